"""Write how some code pages write otherwise than Python's codecs, which takes too long to be worked out at every start.

    python tools/build_writings.py

`fixtext.codepages.chinese` and `japanese` decide, so it has to be built again whenever those change; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from fixtext.codepages import chinese, japanese
from fixtext.codepages.writings import FILE, packed

PAGES = {
    "whatwg-big5": chinese.whatwg_big5,
    "euc-jp-ms": japanese.euc_jp_ms,
}

if __name__ == "__main__":
    Path(FILE).write_bytes(packed({page: difference().writing() for page, difference in PAGES.items()}))
