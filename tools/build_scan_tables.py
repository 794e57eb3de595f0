"""Write what the scan of long texts knows of each character, which takes too long to be worked out at every start.

    python tools/build_scan_tables.py

The language model and the patterns of the scan decide, so it has to be built again whenever one of them changes; a test
compares.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from fixtext.detectors.misdecoded.characters import FILE, computed, packed

if __name__ == "__main__":
    Path(FILE).write_bytes(zlib.compress(packed(computed()), 9))
