"""Where ISO-2022 and HZ show their escapes, or what is left of them: what the scan looks for in every text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_JIS = re.compile(r"\$[@B](?:[!-~]{2}){1,200}?(?:\([BJ]|(?=\r?\n|\Z))")
_HZ = re.compile(r"~\{(?:[!-w][!-~]){1,400}?~\}")

# Rows 30 to 57 hold the characters of Simplified Chinese that are in use, 21 and 23 its punctuation. Less than four
# characters never save enough; letters and digits alone are names or numbers (of words in HZ 15 % of four, 2 % of
# eight characters are nothing else, 5,125 and 2,781 words of exam/clean). What is in braces of one line lost its tildes
# together: words of a text with spaces between them are too short by themselves.
_GROUP = r"\{(?:[!-w][!-~]){1,400}?\}"
_HZ_STRIPPED = re.compile(rf"\{{(?=[!#0-W])(?:[!-w][!-~]){{2,400}}?\}}(?:[^{{}}\n]{{0,60}}{_GROUP})*")
_BEFORE = re.compile(rf"(?:{_GROUP}[^{{}}\n]{{0,60}})+\Z")
BETWEEN = 61
"""Code points from the end of a word in braces to the next, at most."""
FAR = 400
"""Code points before a run in which words of one character belong to it."""

_GROUPS = re.compile(r"\{((?:[!-w][!-~])+?)\}")
_NAME = re.compile("[-A-Za-z0-9_#${}]+")
LEAST = 4
"""Characters of such a run."""

_LEADS = "!#0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVW"
_IN_USE = frozenset(_LEADS)
_FULL_WIDTH = "#"
"""The row of letters and digits in full width: half of a text at most; ``#1#2#3`` are parameters of TeX."""
USUAL_SHARE = 0.8
"""Of the characters in braces that lost their tildes, so many are of rows in use; braced names have small letters."""

# Whole: from the first escape of a line to the last that goes back to ASCII.
_JIS_WHOLE = re.compile(r"\x1b(?:\$[@B]|\([IJ])(?:[!-~ \t]|\x1b(?:\$[@B]|\([BIJ]))*\x1b\(B")
_KOREAN = re.compile(r"\x1b\$\)C(?:[^\x0e\x0f\x1b]*\x0e(?:[!-~]{2})+\x0f)+")

MANY = 64
APART = 400
"""Signs from which on the rest of a text is searched with the pattern if they are no farther apart, in code points. One
by one they take 0.18 us, the pattern 0.45 ns a code point."""


def designations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, code page) of the runs that may be double-byte characters."""
    if "\x1b" in text:
        for match in _JIS_WHOLE.finditer(text):
            yield *match.span(), "iso-2022-jp"
        for match in _KOREAN.finditer(text):
            yield *match.span(), "iso-2022-kr"
    for match in _found(_JIS, text, "$", "B@"):
        if text[match.start() - 1 : match.start()] != "\x1b" and not _is_code(text, match):
            yield *match.span(), "iso-2022-jp-stripped"
    for match in _found(_HZ, text, "~", "{"):
        if not _is_code(text, match):
            yield *match.span(), "hz"
    for match in _found(_HZ_STRIPPED, text, "{", _LEADS):
        start = match.start()
        if text.rfind("}", max(0, start - BETWEEN), start) >= 0:
            before = _BEFORE.search(text, max(0, start - FAR), start)
            start = before.start() if before else start
        groups = _GROUPS.findall(text, start, match.end())
        leads = "".join(groups)[::2]
        if (
            len(leads) >= LEAST
            and text[start - 1 : start] != "~"
            and sum(map(_IN_USE.__contains__, leads)) >= USUAL_SHARE * len(leads)
            and 2 * leads.count(_FULL_WIDTH) <= len(leads)
            and not all(map(_NAME.fullmatch, groups))
        ):
            yield start, match.end(), "hz-stripped"


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Whether characters stand in a literal of bytes, or the escape byte is spelt out: program text about them."""
    start = match.start()
    line = text.rfind("\n", max(0, start - _LINE), start) + 1 or max(0, start - _LINE)
    spelt = _SPELT.search(text, max(0, start - 6), match.end() + 1)
    return spelt is not None or _BYTES.search(text, line, start) is not None


_BYTES = re.compile(r"(?<![A-Za-z0-9_])[bB][rR]?(?:\"[^\"]*|'[^']*)\Z")
_SPELT = re.compile(r"\\(?:x1[bB]|033|[eE]|u001[bB])[$(]")
_LINE = 200
"""Code points before a place that are looked at."""


def _found(pattern: re.Pattern[str], text: str, sign: str, seconds: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with a sign and one of some other characters.

    A single character is found many times faster than a pattern, or two characters.
    """
    position, seen = text.find(sign), 0
    while position >= 0 and (seen < MANY or position > seen * APART):
        match = pattern.match(text, position) if text[position + 1 : position + 2] in seconds else None
        if match is not None:
            yield match
        position = text.find(sign, position + 1 if match is None else match.end())
        seen += 1
    if position >= 0:
        yield from pattern.finditer(text, position)
