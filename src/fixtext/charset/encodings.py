"""Which encodings a file may be in, and how likely each is before anything is known of the file."""

from __future__ import annotations

from typing import NamedTuple


class Encoding(NamedTuple):
    """A group of encodings that read almost everything alike.

    Attributes:
        probe: the Python codec that a sample is first read with; the most inclusive of the group.
        pages: code pages of the group, the plainest first: the first one that reads all of the data is the answer.
        prior: bits that naming the group costs.
    """

    probe: str
    pages: tuple[str, ...]
    prior: float


def _table(rows: str) -> tuple[Encoding, ...]:
    encodings = []
    for row in rows.strip().splitlines():
        probe, prior, *pages = row.split()
        encodings.append(Encoding(probe, tuple(pages), float(prior)))
    return tuple(encodings)


# Priors are minus the logarithms of rough shares of what is found in legacy files, in bits: they decide between pages
# that read a text alike (Windows pages before ISO's before those of DOS and the Mac), and next to nothing else: four
# hanzi already differ by 20 bits between readings.
MULTI_BYTE = _table("""
gb18030 3 gbk gb18030 cp936 whatwg-gbk
big5hkscs 4 big5 cp950 big5-hkscs whatwg-big5
cp932 4 cp932
cp949 3 euc-kr cp949
euc_jp 5 euc-jp whatwg-euc-jp euc-jp-ms
euc-tw 14 euc-tw
johab 16 johab
""")
"""East Asian encodings."""

SINGLE_BYTE = _table("""
cp1252 3 cp1252
latin-1 6 latin-1
iso8859-15 9 iso-8859-15
cp1251 7 cp1251
koi8-r 7.5 koi8-r
cp866 9 cp866
iso8859-5 8 iso-8859-5
koi8-u 9 koi8-u
mac-cyrillic 10 mac-cyrillic
cp855 12 cp855
cp1125 14 cp1125
kz1048 14 kz-1048
ptcp154 17 ptcp154
cp1250 5 cp1250
iso8859-2 6 iso-8859-2
cp852 11 cp852
mac-latin2 12 mac-latin2
iso8859-16 12 iso-8859-16
cp1253 6 cp1253
iso8859-7 6.5 iso-8859-7
cp737 11 cp737
cp869 13 cp869
mac-greek 12 mac-greek
cp1254 6.5 cp1254
iso8859-9 7.5 iso-8859-9
cp857 11 cp857
mac-turkish 12 mac-turkish
iso8859-3 13 iso-8859-3
cp1255 6 cp1255
iso8859-8 7 iso-8859-8
cp862 12 cp862
cp1256 6 cp1256
iso8859-6 7 iso-8859-6
cp720 13 cp720
cp1257 8 cp1257
iso8859-13 9 iso-8859-13
iso8859-4 11 iso-8859-4
iso8859-10 12 iso-8859-10
cp775 12 cp775
tis-620 6 tis-620
cp874 6.5 cp874
iso8859-11 8 iso-8859-11
cp1258 7 cp1258
iso8859-14 13 iso-8859-14
mac-roman 11 mac-roman
mac-iceland 14 mac-iceland
cp850 10 cp850
cp437 11 cp437
cp858 14 cp858
cp860 13 cp860
cp861 13 cp861
cp863 13 cp863
cp865 13 cp865
""")
"""Encodings of one byte a character."""

UTF_16 = _table("""
utf-16-le 12 utf-16le
utf-16-be 13 utf-16be
""")
"""Read whether or not there are NUL bytes: Chinese text in UTF-16 may have none."""

JAPANESE = ("cp932", "euc_jp")
"""Probes of encodings in which Japanese is written."""

UTF_8 = Encoding("utf-8", ("utf-8",), 0.0)
