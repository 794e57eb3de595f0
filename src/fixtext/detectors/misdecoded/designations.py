"""Where ISO-2022-JP and HZ may have lost their escape bytes: what the scan looks for in every text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_JIS = re.compile(r"\$[@B](?:[!-~]{2})+?(?:\([BJ]|(?=\r?\n|\Z))")
_HZ = re.compile(r"~\{(?:[!-w][!-~]){1,400}?~\}")


def designations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, code page) of the runs that may be double-byte characters."""
    # One sign is found many times faster than two, and few texts hold it.
    if "$" in text and ("$B" in text or "$@" in text):
        for match in _JIS.finditer(text):
            yield *match.span(), "iso-2022-jp-stripped"
    if "~" in text and "~{" in text:
        for match in _HZ.finditer(text):
            yield *match.span(), "hz"
