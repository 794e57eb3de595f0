"""What code pages are called elsewhere: WHATWG labels, Python's names, what people type."""

from __future__ import annotations

from functools import cache, lru_cache


class UnknownCodePageError(LookupError, ValueError):
    """No code page has that name."""


# Labels that Python's own alias table does not have, or that mean something else to it than in the wild. Source: the
# labels of the WHATWG Encoding Standard, section 4.2. Two of its labels are not followed: iso-8859-1 and ascii, which
# it reads as windows-1252, are pages of their own here, because it matters which of them did the damage.
_ALIASES = """
utf-8: utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf8mb4 cp65001
cesu-8: cesu8 utf8mb3
mutf-8: mutf8 modified-utf-8
utf-16le: utf-16 utf16 ucs-2 ucs2 iso-10646-ucs-2 csunicode unicode unicodefeff cp1200
utf-16be: unicodefffe cp1201
utf-32le: utf-32 utf32 ucs-4 ucs4 cp12000
utf-32be: cp12001
utf-7: utf7 cp65000
gbk: gb2312 gb-2312 chinese csgb2312 csiso58gb231280 gb-2312-80 iso-ir-58 x-gbk
cp936: ms936 windows-936 x-mswin-936
gb18030: gb-18030 gb18030-2000 gb18030-2005 cp54936
euc-cn: euccn gb2312-80 gb2312-1980 eucgb2312-cn cp20936 cp51936
hz: hz-gb hz-gb-2312 cp52936
big5: csbig5 cn-big5 x-x-big5 big5-tw
cp950: ms950 windows-950 x-windows-950
big5-hkscs: big5hkscs hkscs
euc-tw: euctw x-euc-tw cns11643
shift_jis: shift-jis sjis csshiftjis x-sjis shiftjis
cp932: ms932 ms-kanji windows-31j windows-932 mskanji
euc-jp: eucjp x-euc-jp cseucpkdfmtjapanese ujis cp20932
euc-jp-ms: eucjp-ms eucjp-win eucjpms cp51932
iso-2022-jp: csiso2022jp cp50220 cp50221 cp50222
iso-2022-kr: csiso2022kr cp50225
euc-kr: euckr cseuckr cp51949
cp949: ks-c-5601-1987 ks-c-5601-1989 ks-c-5601 ksc5601 ksc-5601 korean iso-ir-149 csksc56011987 windows-949 uhc ms949
johab: cp1361 ms1361
ascii: us-ascii cp20127
latin-1: latin1 iso-8859-1 iso8859-1 iso88591 l1 cp819 cp28591
cp1252: ansi x-cp1252 windows-1252
cp1250: x-cp1250
cp1251: x-cp1251
cp1253: x-cp1253
cp1254: x-cp1254
cp1255: x-cp1255
cp1256: x-cp1256
cp1257: x-cp1257
cp1258: x-cp1258
cp874: windows-874 dos-874
cp866: csibm866
iso-8859-8: csiso88598e csiso88598i iso-8859-8-i iso-8859-8-e logical visual
iso-8859-6: csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i ecma-114 asmo-708
iso-8859-15: csisolatin9
iso-8859-7: sun-eu-greek elot-928
koi8-r: koi koi8 cskoi8r cp20866
koi8-u: koi8-ru cp21866
mac-roman: macintosh mac csmacintosh x-mac-roman macroman cp10000
mac-cyrillic: x-mac-cyrillic x-mac-ukrainian maccyrillic cp10007
mac-greek: x-mac-greek
mac-latin2: x-mac-ce mac-centraleurope
mac-turkish: x-mac-turkish
tis-620: tis620
"""


def lookup(name: str) -> str:
    """Return the name of the code page that goes by this name, in any case, with any punctuation.

    Known are the names in `CODE_PAGES`, the labels of the WHATWG Encoding Standard and the names of Python's codecs.
    A name of our own goes first, then the label as the web uses it (``GB2312`` means GBK), then Python's.

    >>> lookup("GB2312"), lookup("Latin1"), lookup("windows_1252"), lookup("SJIS")
    ('gbk', 'latin-1', 'cp1252', 'shift_jis')

    Raises:
        UnknownCodePageError: a `ValueError` and a `LookupError`; names the nearest known name.
    """
    return _lookup(_key(name), name)


def _key(name: str) -> str:
    """Fold a name to what is compared: ASCII letters and digits, lower case, one hyphen between words."""
    parts: list[str] = []
    word = ""
    for char in name.strip().lower():
        if char.isascii() and char.isalnum():
            word += char
        elif word:
            parts.append(word)
            word = ""
    return "-".join([*parts, word] if word else parts)


@cache
def _labels() -> dict[str, str]:
    from fixtext.codepages.pages import CODE_PAGES

    labels: dict[str, str] = {}
    for line in _ALIASES.strip().splitlines():
        name, _, aliases = line.partition(":")
        labels.update((_key(alias), name) for alias in aliases.split())
    labels.update((f"cp{28590 + part}", f"iso-8859-{part}") for part in (2, 3, 4, 5, 6, 7, 8, 9, 13, 15))
    labels.update((f"iso8859{part}", f"iso-8859-{part}") for part in (*range(2, 12), *range(13, 17)))
    labels.update((_key(name), name) for name in CODE_PAGES)
    return labels


@lru_cache(maxsize=1024)
def _lookup(key: str, name: str) -> str:
    labels = _labels()
    # "windows-1251", "ibm437", "cp-437", "936": the number says it all.
    found = labels.get(key) or labels.get(f"cp{_digits(key)}") or _by_python_name(name)
    if found is None:
        raise UnknownCodePageError(_complaint(key, name))
    return found


def _digits(key: str) -> str:
    if key.isdigit():
        return key
    for prefix in ("windows-", "windows", "ibm-", "ibm", "dos-", "dos", "cp-", "cp"):
        if key.startswith(prefix) and key[len(prefix) :].isdigit():
            return key[len(prefix) :]
    return ""


def _by_python_name(name: str) -> str | None:
    import codecs

    from fixtext.codepages.pages import names_by_python_codec

    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: a null character in the name
        return None
    return names_by_python_codec().get(codec.name)


def _complaint(key: str, name: str) -> str:
    import difflib

    near = difflib.get_close_matches(key, _labels(), n=1, cutoff=0.5)
    return f"unknown code page {name!r}" + (f"; did you mean {_labels()[near[0]]!r}?" if near else "")
