"""Finds out the encoding of bytes: a ranked list in bits, never a bare label."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fixtext import codepages
from fixtext.charset import marks
from fixtext.charset.encodings import UTF_8, UTF_16, Encoding
from fixtext.charset.race import ROUNDS, Contender, race, wide
from fixtext.charset.sample import stretches
from fixtext.charset.weighing import is_random, read

CERTAIN = 10.0
"""Bits by which the best encoding must lead for bytes to be converted without asking: odds of 1 to 1,000."""

_SHOWN = 8
_MANY_NULLS = 0.02
_CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_BINARY = 0.03
"""Share of control characters above which bytes are no text. Text has none, but for form feeds and escapes."""
_LOOKED_AT = 1 << 16
_BINARY_DATA = "it is binary data, not text"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding that bytes may be in.

    Attributes:
        encoding: name of the code page, as in `fixtext.codepages.CODE_PAGES`.
        python: name of Python's codec for it, or of the nearest one; None if there is none.
        whatwg: its name in the WHATWG Encoding Standard; None if that does not have it.
        bits: what the sample costs when read so, in bits.
        undecodable: share of the bytes that cannot be read so, 0 to 1; of all bytes for the likeliest encoding, of
            the sample for the others.
    """

    encoding: str
    python: str | None
    whatwg: str | None
    bits: float
    undecodable: float


@dataclass(frozen=True, slots=True)
class Detection:
    """What is known about the encoding of bytes.

    Attributes:
        candidates: encodings, the likeliest first; empty if the bytes are no text that can be read.
        margin: bits by which the first leads before the next that reads the bytes otherwise; infinite if a byte order
            mark or pure ASCII leaves no question.
        bom: length of the byte order mark, in bytes; 0 without one.
        newline: ``lf``, ``crlf``, ``cr``, ``mixed``, or ``none`` if there is no end of a line.
        size: length of the data, in bytes.
        refusal: why the bytes are not read, for people; empty if they are.
    """

    candidates: tuple[Candidate, ...]
    margin: float
    bom: int
    newline: str
    size: int
    refusal: str = ""

    @property
    def encoding(self) -> str | None:
        """Name of the likeliest encoding; None if the bytes are no text that can be read."""
        return self.candidates[0].encoding if self.candidates else None

    @property
    def certain(self) -> bool:
        """Whether the lead is large enough to convert the bytes without asking: 10 bits."""
        return bool(self.candidates) and self.margin >= CERTAIN

    @property
    def undecodable(self) -> float:
        """Share of the bytes that the likeliest encoding cannot read, 0 to 1."""
        return self.candidates[0].undecodable if self.candidates else 0.0


def detect(data: bytes | bytearray | memoryview) -> Detection:
    r"""Find out the encoding of bytes.

    Args:
        data: the whole file; a sample of it is weighed, all of it is checked.

    >>> detect("\u6211\u4eec\u53bb\u516c\u56ed".encode("gbk")).encoding
    'gbk'

    Raises:
        TypeError: not bytes.
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"fixtext.detect takes bytes, not {type(data).__name__}")
    data = bytes(data)
    mark = marks.mark(data)
    if mark is not None:
        page, length = mark
        return _alone(data, page, bom=length)
    if data.isascii() and b"\0" not in data:
        return _of_seven_bits(data)
    if b"\0" in data:
        return _with_nulls(data)
    return _of_eight_bits(data)


def _alone(data: bytes, page: str, bom: int = 0) -> Detection:
    return _detection(data, [_candidate(page, 0.0, undecodable(data, page) / (len(data) or 1))], float("inf"), bom)


def _of_seven_bits(data: bytes) -> Detection:
    from fixtext.charset import seven_bit

    found = seven_bit.candidates(data)
    if not found:
        return _alone(data, "ascii")
    candidates = [_candidate(page, bits, 0.0) for page, bits in found]
    return _detection(data, candidates, candidates[1].bits - candidates[0].bits)


def _with_nulls(data: bytes) -> Detection:
    if marks.cannot_be_utf_16(data):
        return _refused(data, _BINARY_DATA) if _has_many_nulls(data) else _of_eight_bits(data)
    best = wide(data, [Contender(UTF_8, 0.0, 0.0)])[0]
    page = marks.wide_form(data)
    if page is not None and best.encoding is not UTF_8:
        return _alone(data, page)
    if best.encoding is not UTF_8 and _is_wide_text(data, best.encoding.pages[0]):
        return _alone(data, best.encoding.pages[0])
    if _has_many_nulls(data):
        return _refused(data, _BINARY_DATA)
    return _of_eight_bits(data)


def _is_wide_text(data: bytes, page: str) -> bool:
    """Whether data is text if it is read as UTF-16, not bytes of a picture."""
    if marks.cannot_be_utf_16(data) or not marks.is_text(data, page):
        return False
    return not is_random(codepages.decode(data[: _LOOKED_AT // 2 * 2], page, "replace"))


def _has_many_nulls(data: bytes) -> bool:
    return data.count(b"\0") > _MANY_NULLS * len(data)


def _of_eight_bits(data: bytes) -> Detection:
    beginning = data[:_LOOKED_AT]
    if len(beginning) - len(beginning.translate(None, _CONTROLS)) > _BINARY * len(beginning):
        from fixtext.charset import ebcdic

        if ebcdic.is_ebcdic(beginning):
            return _refused(data, ebcdic.REFUSAL)
        found = wide(data, ())[0].encoding.pages[0]
        if _is_wide_text(data, found):
            return _alone(data, found)
        return _refused(data, _BINARY_DATA)
    if data.isascii():
        return _alone(data, "ascii")
    fault = marks.utf_8_fault(data)
    for page in marks.surrogate_forms(data, fault):
        return _alone(data, page)
    if fault >= 0 and marks.is_mostly_utf_8(data):
        return _alone(data, "utf-8")
    result = race(data, fault < 0)
    ranking = result.ranking
    if fault >= 0 and not result.convincing:
        from fixtext.charset import ebcdic

        if ebcdic.is_ebcdic(beginning):
            return _refused(data, ebcdic.REFUSAL)
        ranking = _with_wide(data, ranking)
    candidates = [_of_group(data, ranking[0])]
    candidates += [_candidate(one.encoding.pages[0], one.bits, one.lost) for one in ranking[1:_SHOWN]]
    return _detection(data, candidates, _margin(data, ranking))


def _with_wide(data: bytes, ranking: list[Contender]) -> list[Contender]:
    """Put UTF-16 into the ranking: it is weighed over other bytes, so its lead over the best of the others counts."""
    if len(data) % 2 or marks.cannot_be_utf_16(data):
        return ranking
    order = wide(data, ranking[:_SHOWN])
    utf_16 = next(one for one in order if one.encoding in UTF_16)
    rival = next(one for one in order if one.encoding not in UTF_16)
    placed = utf_16._replace(bits=ranking[0].bits + utf_16.bits - rival.bits)
    return sorted([*ranking, placed], key=lambda one: one.bits)


def _of_group(data: bytes, contender: Contender) -> Candidate:
    """Return the plainest code page of a group that reads all of the data, else the one that reads most of it.

    What is read as a private-use character does not count as read, if another page has a character for it.
    """
    pages = contender.encoding.pages
    if reads(data, pages[0]):
        return _candidate(pages[0], contender.bits, 0.0)
    private: dict[str, int] = {}
    for page in pages[1:]:
        if reads(data, page):
            plain = page in _AS_PYTHON and page != "cp932"
            private[page] = 0 if plain else len(_PRIVATE.findall(codepages.decode(data, page)))
            if not private[page]:
                break
    if private:
        return _candidate(min(private, key=private.__getitem__), contender.bits, 0.0)
    lost = {page: undecodable(data, page) for page in pages}
    page = min(lost, key=lost.__getitem__)
    return _candidate(page, contender.bits, lost[page] / len(data))


def reads(data: bytes, page: str) -> bool:
    """Return whether a code page reads all of the data."""
    python = codepages.code_page(page).python_name
    try:
        if page in _AS_PYTHON and python:  # makes no tables
            data.decode(python)
        else:
            codepages.decode(data, page)
    except UnicodeDecodeError:
        return False
    return True


_AS_PYTHON = ("utf-8", "gbk", "gb18030", "big5", "big5-hkscs", "cp932", "euc-jp", "euc-kr", "johab")
"""Pages that read the same bytes as Python's codec."""


def undecodable(data: bytes, page: str) -> int:
    """Return how many bytes a code page cannot read."""
    try:
        codepages.decode(data, page)
    except UnicodeDecodeError:
        if page.startswith("utf-") and page != "utf-8":  # units of several bytes: ASCII bytes cannot be escaped
            return codepages.decode(data, page, "replace").count("\ufffd")
        return len(_ESCAPED.findall(codepages.decode(data, page, "surrogateescape")))
    return 0


_ESCAPED = re.compile("[\udc80-\udcff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def _margin(data: bytes, ranking: list[Contender]) -> float:
    """Return by how much the first leads before the next that reads the data otherwise."""
    sample = stretches(data, ROUNDS[1])
    first = [read(stretch, ranking[0].encoding.probe) for stretch in sample]
    for other in ranking[1:]:
        if any(read(stretch, other.encoding.probe) != text for stretch, text in zip(sample, first, strict=True)):
            return other.bits - ranking[0].bits
    return float("inf")


def _candidate(page: str, bits: float, lost: float) -> Candidate:
    described = codepages.code_page(page)
    return Candidate(page, described.python_name, described.whatwg_name or _WHATWG.get(page), round(bits, 1), lost)


_WHATWG = {
    "gbk": "GBK",
    "cp936": "GBK",
    "gb18030": "gb18030",
    "big5": "Big5",
    "cp950": "Big5",
    "big5-hkscs": "Big5",
    "shift_jis": "Shift_JIS",
    "euc-jp": "EUC-JP",
    "euc-jp-ms": "EUC-JP",
    "euc-kr": "EUC-KR",
    "cp949": "EUC-KR",
    "latin-1": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "iso-8859-11": "windows-874",
    "tis-620": "windows-874",
    "koi8-u": "KOI8-U",
}
"""The encoding of the standard that a page is called by on the web, where its bytes are read a little differently."""


def _refused(data: bytes, reason: str) -> Detection:
    return Detection((), 0.0, 0, "none", len(data), reason)


def _detection(data: bytes, candidates: list[Candidate], margin: float, bom: int = 0) -> Detection:
    return Detection(tuple(candidates), round(margin, 1), bom, marks.newline(data, candidates[0].encoding), len(data))


__all__ = ["CERTAIN", "UTF_8", "Candidate", "Detection", "Encoding", "detect", "undecodable"]
