"""What is refused leaves nothing behind: an error that holds itself would keep its text, a window of a file, alive."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest

from fixtext.codepages import CODE_PAGES, decode, encode


@pytest.mark.parametrize("page", sorted(CODE_PAGES))
def test_refusals_leave_no_cycles(page: str) -> None:
    def refuse() -> None:
        for text in ("\u4e2d\u6587\ud800\U0001f600", "\u20ac\u00a5\u203e\u4e00\u0e01\u05d0\udfff"):
            with suppress(UnicodeError):
                encode(text, page)
        for data in (b"\x80\x81\xa0\xff\xfe\xff\xff", b"\xff"):
            with suppress(UnicodeError):
                decode(data, page)

    refuse()  # what is made once may have cycles
    gc.collect()
    gc.disable()
    try:
        refuse()
        assert gc.collect() == 0
    finally:
        gc.enable()
