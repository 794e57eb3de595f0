"""Finds out the encoding of bytes: a ranked list in bits, never a bare label."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fixtext import codepages
from fixtext.charset import marks, seven_bit
from fixtext.charset.encodings import UTF_8, Encoding
from fixtext.charset.race import Contender, race, wide
from fixtext.charset.weighing import read

CERTAIN = 8.0
"""Bits by which the best encoding must lead for bytes to be converted without asking: odds of 1 to 256."""

_SHOWN = 8
_MANY_NULLS = 0.02
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY = 0.03
"""Share of control characters above which bytes are no text. Text has none, but for form feeds and escapes."""
_LOOKED_AT = 1 << 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding that bytes may be in.

    Attributes:
        encoding: name of the code page, as in `fixtext.codepages.CODE_PAGES`.
        python: name of Python's codec for it, or of the nearest one; None if there is none.
        whatwg: its name in the WHATWG Encoding Standard; None if that does not have it.
        bits: what the sample costs when read so, in bits.
        undecodable: bytes that cannot be read so, of all bytes.
    """

    encoding: str
    python: str | None
    whatwg: str | None
    bits: float
    undecodable: int


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
        """Whether the lead is large enough to convert the bytes without asking: 8 bits."""
        return bool(self.candidates) and self.margin >= CERTAIN

    @property
    def undecodable(self) -> float:
        """Share of the bytes that the likeliest encoding cannot read, 0 to 1."""
        return self.candidates[0].undecodable / self.size if self.candidates and self.size else 0.0


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
    for page in marks.surrogate_forms(data):
        return _alone(data, page)
    return _of_eight_bits(data)


def _alone(data: bytes, page: str, bom: int = 0) -> Detection:
    return _detection(data, [_candidate(data, page, 0.0)], float("inf"), bom)


def _of_seven_bits(data: bytes) -> Detection:
    found = seven_bit.candidates(data)
    if not found:
        return _alone(data, "ascii")
    candidates = [_candidate(data, page, bits) for page, bits in found]
    return _detection(data, candidates, candidates[1].bits - candidates[0].bits)


def _with_nulls(data: bytes) -> Detection:
    best = wide(data, Contender(UTF_8, 0.0))[0]
    page = marks.wide_form(data)
    if page is not None and best.encoding is not UTF_8:
        return _alone(data, page)
    if best.encoding is not UTF_8 and marks.is_text(data, best.encoding.pages[0]):
        return _alone(data, best.encoding.pages[0])
    if data.count(b"\0") > _MANY_NULLS * len(data):
        return _refused(data, "it is binary data, not text")
    return _of_eight_bits(data)


def _of_eight_bits(data: bytes) -> Detection:
    beginning = data[:_LOOKED_AT]
    if len(_CONTROLS.findall(beginning)) > _BINARY * len(beginning):
        from fixtext.charset import ebcdic

        if ebcdic.is_ebcdic(beginning):
            return _refused(data, ebcdic.REFUSAL)
        found = wide(data, None)[0].encoding.pages[0]
        if marks.is_text(data, found):
            return _alone(data, found)
        return _refused(data, "it is binary data, not text")
    well_formed = _is_utf_8(data)
    if not _HIGH.search(data):
        return _alone(data, "ascii")
    ranking = race(data, well_formed)
    if not well_formed:
        from fixtext.charset import ebcdic

        if ebcdic.is_ebcdic(beginning):
            return _refused(data, ebcdic.REFUSAL)
        ranking = _with_wide(data, ranking)
    candidates = [_of_group(data, contender) for contender in ranking[:_SHOWN]]
    return _detection(data, candidates, _margin(data, ranking))


def _with_wide(data: bytes, ranking: list[Contender]) -> list[Contender]:
    """Put UTF-16 into the ranking where it reads the beginning better than the best of the others."""
    if len(data) % 2:
        return ranking
    order = wide(data, ranking[0])
    if order[0].encoding is ranking[0].encoding:
        lead = order[1].bits - order[0].bits
        return sorted([*ranking, Contender(order[1].encoding, ranking[0].bits + lead)], key=lambda one: one.bits)
    lead = next(one.bits for one in order if one.encoding is ranking[0].encoding) - order[0].bits
    return [Contender(order[0].encoding, ranking[0].bits - lead), *ranking]


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_group(data: bytes, contender: Contender) -> Candidate:
    """Return the plainest code page of a group that reads all of the data, else the one that reads most of it."""
    counted = [(undecodable(data, page), page) for page in contender.encoding.pages[:1]]
    if counted[0][0]:
        counted += [(undecodable(data, page), page) for page in contender.encoding.pages[1:]]
    least, page = min(counted, key=lambda pair: pair[0])
    return _candidate(data, page, contender.bits, least)


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


def _margin(data: bytes, ranking: list[Contender]) -> float:
    """Return by how much the first leads before the next that reads the data otherwise."""
    beginning = data[:_LOOKED_AT]
    first = read(beginning, ranking[0].encoding.probe)
    for other in ranking[1:]:
        if read(beginning, other.encoding.probe) != first:
            return other.bits - ranking[0].bits
    return float("inf")


def _candidate(data: bytes, page: str, bits: float, lost: int | None = None) -> Candidate:
    described = codepages.code_page(page)
    whatwg = described.whatwg_name or _WHATWG.get(page)
    if lost is None:
        lost = undecodable(data, page)
    return Candidate(page, described.python_name, whatwg, round(bits, 1), lost)


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
