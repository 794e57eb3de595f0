"""Which characters can have lost bytes where a page of Windows shows one mark for two bytes that it does not have."""

from __future__ import annotations

import re
from functools import cache, cached_property

from fixtext import codepages
from fixtext.detectors.lossy.choices import Known
from fixtext.detectors.lossy.sites import KEPT_BYTE


class LostPairs:
    """What is lost in pairs in one page."""

    def __init__(self, page: str, mark: str, leads: tuple[int, ...], native: str, begin: int | None = None) -> None:
        """Take what is known of the page.

        Args:
            page: the page, as Windows reads it.
            mark: what it shows for two bytes.
            leads: first bytes in UTF-8 of the characters of its language.
            native: the encoding that has all of these.
            begin: the first byte of characters that can lose their first two bytes to one mark, if only one can.
        """
        self._page, self._mark, self._leads, self._native, self._begin = page, mark, leads, native, begin

    def fits(self, known: Known, char: str) -> bool:
        """Whether a character can have lost the bytes of it that are None."""
        data = char.encode()
        first, second, last = (known[0], known[1], known[-1]) if len(known) == 3 else (0, 0, 0)
        if first is None and second == last == KEPT_BYTE:
            return not self._are_lost(data[1], data[2]) and self._is_native(char)
        if first is None and second is None and last is None:  # between two marks, or before one
            pairs = [(data[1], data[2])] + [(data[0], data[1])] * (self._begin is None)
            return any(self._are_lost(*pair) for pair in pairs) and self._is_native(char)
        if first is None and second is None:
            return self._are_lost(data[0], data[1])
        lost = [data[place] for place, value in enumerate(known) if value is None]
        return len(lost) != 2 or first is None or first == self._begin or self._are_lost(lost[0], lost[1])

    def last(self, known: Known, behind: bytes | None) -> frozenset[int] | None:
        """Return the last bytes that can have been lost with what follows; see `Fits`."""
        if known[-2] is None:
            return None
        return self._with_ascii if behind is not None else self._with_leads

    def touch(self, known: tuple[Known, Known], chars: str) -> bool:
        """Whether two characters can have lost the last byte of one and the first of the other, if they lost both."""
        first, second = known
        if (first[0] is None and first[1] is None) or first[-1] is not None or second[0] is not None:
            return True
        if second[:2] == (None, None) and self._begin is None:
            return True  # its first two bytes were lost together
        return self._are_lost(chars[0].encode()[-1], chars[1].encode()[0])

    def _are_lost(self, first: int, second: int) -> bool:
        return _reads(self._page, first, second) == self._mark

    def _is_native(self, char: str) -> bool:
        try:
            return bool(char.encode(self._native))
        except UnicodeEncodeError:
            return False

    @cached_property
    def _with_ascii(self) -> frozenset[int]:
        """Those lost with an ASCII character; what cannot open a pair is not."""
        return frozenset(byte for byte in range(0x80, 0xC0) if self._are_lost(byte, 0x20))

    @cached_property
    def _with_leads(self) -> frozenset[int]:
        """Those lost with the first byte of the next character; 2 ms, which text without marks need not wait for."""
        return frozenset(byte for byte in range(0x80, 0xC0) if any(self._are_lost(byte, lead) for lead in self._leads))


@cache
def _reads(page: str, first: int, second: int) -> str:
    return codepages.decode(bytes((first, second)), page, "windows")


_SELDOM = "\u0800-\u1fff\ua000-\uabff\ue000-\uefff"
NEVER = {
    "cp932": re.compile(f"[{_SELDOM}\uac00-\ud7a3]"),
    "cp949": re.compile(f"[{_SELDOM}\u3000\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"),
    "cp950": re.compile(f"[{_SELDOM}\uac00-\ud7a3]"),
}
"""Characters that are not guessed where their first byte is lost: those of other scripts than the page's own, of which
nothing is left then, the wide space in Korean (it would be guessed for lines that are drawn), and small scripts from
Thai to Canadian syllabics and Vai."""

LOST_PAIRS = {
    "cp932": LostPairs("cp932", "\u30fb", (*range(0xE3, 0xEA), 0xEF), "shift_jis", 0xEF),
    "cp949": LostPairs("cp949", "?", (0xE3, *range(0xEA, 0xEE), 0xEF), "euc_kr"),
    "cp950": LostPairs("cp950", "?", (*range(0xE3, 0xEA), 0xEF), "big5"),
}
