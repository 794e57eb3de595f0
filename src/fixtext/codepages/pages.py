"""Which code pages there are: their names, families and byte classes. Builds no table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fixtext.codepages.names import lookup

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CodePage:
    """A legacy or Unicode encoding as this library knows it.

    Attributes:
        name: stable identifier, lower case, such as ``cp936``.
        python_name: name of Python's codec for it, or of the nearest one that Python has; None if there is none.
        whatwg_name: name of the encoding in the WHATWG Encoding Standard whose *bytes* this page reads, or None.
        family: ``single-byte``, ``gbk``, ``big5``, ``sjis``, ``euc``, ``uhc``, ``johab``, ``iso-2022`` or ``utf``.
        title: name for people, such as ``Windows-1252``.
        lead_bytes: bytes that open a two-byte sequence; empty where there are no such sequences.
        trail_bytes: bytes that may close a two-byte sequence.
    """

    name: str
    python_name: str | None
    whatwg_name: str | None
    family: str
    title: str
    lead_bytes: frozenset[int] = _NONE
    trail_bytes: frozenset[int] = _NONE


# Lead and trail bytes of the two-byte sequences, as inclusive ranges in hex. Source: WHATWG Encoding Standard,
# sections 10-14; Lunde, CJKV Information Processing (2nd ed.), chapter 4 and appendices.
_BYTE_CLASSES = {
    "gbk": ("81-FE", "40-7E 80-FE"),
    "euc": ("A1-FE", "A1-FE"),
    "big5": ("81-FE", "40-7E A1-FE"),
    "big5-plain": ("A1-F9", "40-7E A1-FE"),
    "sjis": ("81-9F E0-FC", "40-7E 80-FC"),
    "euc-jp": ("8E A1-FE", "A1-FE"),
    "uhc": ("81-FE", "41-5A 61-7A 81-FE"),
    "johab": ("84-D3 D8-DE E0-F9", "31-7E 81-FE"),
}

# name | Python's codec | WHATWG name | family | title | byte classes, where there are two-byte sequences
_MULTI_BYTE = """
utf-8 | utf-8 | UTF-8 | utf | UTF-8
utf-16le | utf-16-le | UTF-16LE | utf | UTF-16 little-endian
utf-16be | utf-16-be | UTF-16BE | utf | UTF-16 big-endian
utf-32le | utf-32-le |  | utf | UTF-32 little-endian
utf-32be | utf-32-be |  | utf | UTF-32 big-endian
utf-7 | utf-7 |  | utf | UTF-7
cesu-8 | utf-8 |  | utf | CESU-8
mutf-8 | utf-8 |  | utf | Java's modified UTF-8
gbk | gbk |  | gbk | GBK | gbk
gb18030 | gb18030 |  | gbk | GB18030 | gbk
cp936 | gbk |  | gbk | Windows-936 (GBK) | gbk
whatwg-gbk | gb18030 | GBK | gbk | GBK (web browsers) | gbk
euc-cn | gb2312 |  | euc | GB2312 (EUC-CN) | euc
hz | hz |  | iso-2022 | HZ
hz-stripped | hz |  | iso-2022 | HZ without its tildes
big5 | big5 |  | big5 | Big5 | big5-plain
big5-hkscs | big5hkscs |  | big5 | Big5-HKSCS | big5
cp950 | cp950 |  | big5 | Windows-950 | big5
whatwg-big5 | big5hkscs | Big5 | big5 | Big5 (web browsers) | big5
euc-tw |  |  | euc | EUC-TW | euc
shift_jis | shift_jis |  | sjis | Shift_JIS | sjis
cp932 | cp932 | Shift_JIS | sjis | Windows-932 (Windows-31J) | sjis
euc-jp | euc_jp |  | euc | EUC-JP | euc-jp
euc-jp-ms | euc_jp |  | euc | EUC-JP (Microsoft) | euc-jp
whatwg-euc-jp | euc_jp | EUC-JP | euc | EUC-JP (web browsers) | euc-jp
iso-2022-jp | iso2022_jp | ISO-2022-JP | iso-2022 | ISO-2022-JP
iso-2022-jp-stripped | iso2022_jp |  | iso-2022 | ISO-2022-JP without its escape bytes
iso-2022-kr | iso2022_kr |  | iso-2022 | ISO-2022-KR
euc-kr | euc_kr |  | euc | EUC-KR | euc
cp949 | cp949 | EUC-KR | uhc | Windows-949 (UHC) | uhc
johab | johab |  | johab | Johab | johab
"""

_SINGLE_BYTE = """
ascii | ascii |  | ASCII
latin-1 | latin-1 |  | Latin-1
cp1250 | cp1250 | windows-1250 | Windows-1250
cp1251 | cp1251 | windows-1251 | Windows-1251
cp1252 | cp1252 | windows-1252 | Windows-1252
cp1253 | cp1253 | windows-1253 | Windows-1253
cp1254 | cp1254 | windows-1254 | Windows-1254
cp1255 | cp1255 | windows-1255 | Windows-1255
cp1256 | cp1256 | windows-1256 | Windows-1256
cp1257 | cp1257 | windows-1257 | Windows-1257
cp1258 | cp1258 | windows-1258 | Windows-1258
cp874 | cp874 | windows-874 | Windows-874
cp1250-strict | cp1250 |  | Windows-1250, undefined bytes refused
cp1251-strict | cp1251 |  | Windows-1251, undefined bytes refused
cp1252-strict | cp1252 |  | Windows-1252, undefined bytes refused
cp1253-strict | cp1253 |  | Windows-1253, undefined bytes refused
cp1254-strict | cp1254 |  | Windows-1254, undefined bytes refused
cp1255-strict | cp1255 |  | Windows-1255, undefined bytes refused
cp1257-strict | cp1257 |  | Windows-1257, undefined bytes refused
cp1258-strict | cp1258 |  | Windows-1258, undefined bytes refused
cp874-strict | cp874 |  | Windows-874, undefined bytes refused
cp437 | cp437 |  | DOS 437
cp720 | cp720 |  | DOS 720
cp737 | cp737 |  | DOS 737
cp775 | cp775 |  | DOS 775
cp850 | cp850 |  | DOS 850
cp852 | cp852 |  | DOS 852
cp855 | cp855 |  | DOS 855
cp857 | cp857 |  | DOS 857
cp858 | cp858 |  | DOS 858
cp860 | cp860 |  | DOS 860
cp861 | cp861 |  | DOS 861
cp862 | cp862 |  | DOS 862
cp863 | cp863 |  | DOS 863
cp865 | cp865 |  | DOS 865
cp866 | cp866 | IBM866 | DOS 866
cp869 | cp869 |  | DOS 869
cp1125 | cp1125 |  | DOS 1125
iso-8859-2 | iso8859-2 | ISO-8859-2 | ISO 8859-2
iso-8859-3 | iso8859-3 | ISO-8859-3 | ISO 8859-3
iso-8859-4 | iso8859-4 | ISO-8859-4 | ISO 8859-4
iso-8859-5 | iso8859-5 | ISO-8859-5 | ISO 8859-5
iso-8859-6 | iso8859-6 | ISO-8859-6 | ISO 8859-6
iso-8859-7 | iso8859-7 | ISO-8859-7 | ISO 8859-7
iso-8859-8 | iso8859-8 | ISO-8859-8 | ISO 8859-8
iso-8859-9 | iso8859-9 |  | ISO 8859-9
iso-8859-10 | iso8859-10 | ISO-8859-10 | ISO 8859-10
iso-8859-11 | iso8859-11 |  | ISO 8859-11
iso-8859-13 | iso8859-13 | ISO-8859-13 | ISO 8859-13
iso-8859-14 | iso8859-14 | ISO-8859-14 | ISO 8859-14
iso-8859-15 | iso8859-15 | ISO-8859-15 | ISO 8859-15
iso-8859-16 | iso8859-16 | ISO-8859-16 | ISO 8859-16
tis-620 | tis-620 |  | TIS-620
koi8-r | koi8-r | KOI8-R | KOI8-R
koi8-u | koi8-u |  | KOI8-U
koi8-t | koi8-t |  | KOI8-T
mac-roman | mac-roman | macintosh | Mac Roman
mac-cyrillic | mac-cyrillic | x-mac-cyrillic | Mac Cyrillic
mac-greek | mac-greek |  | Mac Greek
mac-iceland | mac-iceland |  | Mac Icelandic
mac-latin2 | mac-latin2 |  | Mac Central European
mac-turkish | mac-turkish |  | Mac Turkish
kz-1048 | kz1048 |  | KZ-1048
ptcp154 | ptcp154 |  | PTCP154
"""


def _rows() -> dict[str, tuple[str, str, str, str, str]]:
    rows: dict[str, tuple[str, str, str, str, str]] = {}
    for line in _MULTI_BYTE.strip().splitlines():
        name, python_name, whatwg_name, family, title, *classes = (field.strip() for field in line.split("|"))
        rows[name] = (python_name, whatwg_name, family, title, classes[0] if classes else "")
    for line in _SINGLE_BYTE.strip().splitlines():
        name, python_name, whatwg_name, title = (field.strip() for field in line.split("|"))
        rows[name] = (python_name, whatwg_name, "single-byte", title, "")
    return rows


_ROWS = _rows()

CODE_PAGES: tuple[str, ...] = tuple(_ROWS)
"""Names of all code pages, in a stable order: Unicode, Chinese, Japanese, Korean, single-byte."""


def byte_set(ranges: str) -> frozenset[int]:
    """Read inclusive hex ranges such as ``"40-7E 80-FE"``."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def code_page(name: str) -> CodePage:
    """Return what is known about a code page; any alias that `lookup` knows will do.

    >>> code_page("Windows-1252").title
    'Windows-1252'

    Raises:
        UnknownCodePageError: a `ValueError` and a `LookupError`; names the nearest known name.
    """
    return _code_page(name if name in _ROWS else lookup(name))


@cache
def _code_page(name: str) -> CodePage:
    python_name, whatwg_name, family, title, classes = _ROWS[name]
    leads, trails = _BYTE_CLASSES[classes] if classes else ("", "")
    return CodePage(name, python_name or None, whatwg_name or None, family, title, byte_set(leads), byte_set(trails))


@cache
def names_by_python_codec() -> dict[str, str]:
    """Return the first code page of each of Python's codecs, by the name that `codecs.lookup` gives the codec."""
    import codecs

    found: dict[str, str] = {}
    for name, (python_name, *_) in _ROWS.items():
        if python_name:
            found.setdefault(codecs.lookup(python_name).name, name)
    return found
