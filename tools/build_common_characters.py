"""Write the characters that the scan for misread text need not ask the language model about.

    python tools/build_common_characters.py

The first line of the file holds the common characters, the second the less common ones, the third the ideographs that
stand beside kana, in the order of their code points. The language model decides, so it has to be built again whenever
the model is; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from fixtext.detectors.misdecoded import suspicion
from fixtext.language import default_model

FILE = Path(suspicion.__file__).with_name("common.txt")


def lines() -> tuple[str, str, str]:
    """Return the common and the less common characters whose class the model decides, and those beside kana."""
    by_class: dict[str, list[str]] = {"c": [], "m": []}
    for code in suspicion.MODELLED:
        members = by_class.get(suspicion.class_of(code))
        if members is not None:
            members.append(chr(code))
    return (
        "".join(by_class["c"]),
        "".join(by_class["m"]),
        "".join(filter(_is_domestic, map(chr, range(0x4E00, 0xA000)))),
    )


def _is_domestic(char: str) -> bool:
    """Whether an ideograph stands beside kana."""
    transition = default_model().transition
    return min(transition(kana, char) for kana in suspicion.PARTICLES) <= suspicion.DOMESTIC_BITS


if __name__ == "__main__":
    FILE.write_text("\n".join([*lines(), ""]), encoding="utf-8", newline="\n")
