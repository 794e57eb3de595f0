"""What an author exempts from repair: by a marker, or by showing it as an example.

Markers stand anywhere in a line, in whatever comment syntax the file has: ``fixtext: ignore`` exempts its line,
``fixtext: off`` this line and all that follow, up to and including the line with ``fixtext: on``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fixtext.config import Config
from fixtext.findings import Candidate, Span, Suspect

EXAMPLE_BITS = 64.0
"""What a repair must save beyond the required bits where the author shows an example and nothing else is damaged: four
times what a repair needs elsewhere. A quoted word of misread text saves 20 to 60 bits (`浣犲ソ` 24), a damaged block
of code hundreds."""

EXAMPLES = 3
"""So many examples of one damage have to be outweighed together at most; some detectors give every repair of a page the
bits of the whole page."""

_ESCAPED = re.compile("[\udc80-\udcff]")
MARKER = re.compile(r"fixtext:\s*(off|on|ignore)\b")


_BLOCK = (
    r"^(?P<fence>```|~~~)[^\n]*\n.*?(?:^(?P=fence)|\Z)"  # Markdown: fenced code
    r"|(?<=[:\uff1a])[ \t]*\n(?:[ \t]*\n)+(?:(?: {2,}|\t)[^\n]*(?:\n(?:[ \t]*\n)*|\Z))+"  # what a colon announces
    r"|^[ \t]*>>> [^\n]*(?:\n[ \t]*[^\s][^\n]*)*"  # a doctest, to the next blank line
)
_TICKS = r"`+|\n[ \t]*\n"
_TAGS = r"<(/?)(code|pre|samp|kbd|tt|q)\b[^<>]*>"


def markers(text: str) -> list[Span]:
    """Return the lines that markers exempt, in order, not overlapping."""
    if "fixtext:" not in text:
        return []
    spans: list[Span] = []
    off: int | None = None
    for match in MARKER.finditer(text):
        word = match.group(1)
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end()) + 1 or len(text)
        if word == "off" and off is None:
            off = start
        elif word == "on" and off is not None:
            spans.append(Span(off, end))
            off = None
        elif word == "ignore" and off is None and (not spans or spans[-1].end <= start):
            spans.append(Span(start, end))
    if off is not None:
        spans.append(Span(off, len(text)))
    return spans


def examples(text: str) -> list[Span]:
    """Return what Markdown, reStructuredText and HTML show as code or quotation, in order, not overlapping."""
    found = [match.span() for match in re.finditer(_BLOCK, text, re.MULTILINE | re.DOTALL)]
    return merged([*found, *_code_spans(text), *_elements(text)])


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield code spans: a string of backticks to the next one as long, in the same paragraph (CommonMark 6.1)."""
    openings: dict[int, int] = {}
    for match in re.finditer(_TICKS, text):
        start, end = match.span()
        if text[start] == "\n":
            openings.clear()
        elif end - start in openings:
            yield openings.pop(end - start), end
            openings.clear()
        else:
            openings[end - start] = start


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """Yield HTML elements that show code or quote, the outermost ones."""
    openings: dict[str, int] = {}
    for match in re.finditer(_TAGS, text, re.IGNORECASE):
        name = match[2].lower()
        if not match[1]:
            openings.setdefault(name, match.start())
        elif name in openings:
            yield openings.pop(name), match.end()


def merged(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the same ranges in order, those that overlap as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1].end:
            result[-1] = Span(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Span(start, end))
    return result


def touches(span: tuple[int, int], spans: Sequence[Span]) -> bool:
    """Whether a span overlaps one of others that are in order and do not overlap."""
    return _around(span, spans) is not None


def _around(span: tuple[int, int], spans: Sequence[Span]) -> Span | None:
    """Return the last of some spans that a span overlaps."""
    index = bisect_left(spans, span[1], key=_start)
    return spans[index - 1] if index > 0 and spans[index - 1].end > span[0] else None


def _cuts(span: Span, inner: Sequence[Span]) -> bool:
    """Whether a span takes one of the two delimiters of a code span: whoever set them read what is between them."""
    around = _around(span, inner)
    return around is not None and (span.start <= around.start < span.end) != (span.start < around.end <= span.end)


def _start(span: Span) -> int:
    return span.start


def sift(
    text: str, candidates: Sequence[Candidate], suspects: Sequence[Suspect], config: Config
) -> tuple[list[Candidate], list[Suspect]]:
    """Take out what the author exempts.

    What markers exempt is gone without a word. What only undoes an example becomes a suspect: that the author shows it
    is the likelier story where the same damage is nowhere else in the text, unless the repair saves `EXAMPLE_BITS` more
    than are required, for each of up to `EXAMPLES` examples.

    Args:
        text: the text that was looked at.
        candidates: repairs whose certificates hold.
        suspects: what looks damaged and stays.
        config: `quote_aware` and `required_bits` count.
    """
    exempt = markers(text)
    left, told = list(candidates), list(suspects)
    if exempt:
        left = [candidate for candidate in left if not touches(candidate.span, exempt)]
        told = [suspect for suspect in told if not touches(suspect.span, exempt)]
    most = config.required_bits + EXAMPLE_BITS * EXAMPLES
    # To look for examples takes longer than to repair a long stretch, which no example would keep from being repaired.
    spans = examples(text) if config.quote_aware and any(candidate.bits < most for candidate in left) else []
    if not spans:
        return left, told
    inner = merged(_code_spans(text))  # each shows something by itself, also where all of a section is an example
    elsewhere = {candidate.damage for candidate in left if not touches(candidate.span, spans)}
    within: dict[str, set[Span]] = defaultdict(set)
    for candidate in left:
        within[candidate.damage].add(_around(candidate.span, inner) or _around(candidate.span, spans) or Span(0, 0))
    enough = {
        damage: config.required_bits + EXAMPLE_BITS * min(EXAMPLES, len(found)) for damage, found in within.items()
    }
    made: list[Candidate] = []
    for candidate in left:
        torn = _ESCAPED.search(text, *candidate.span) is not None  # nobody shows bytes that are no text
        outweighs = candidate.bits >= enough[candidate.damage] and not _cuts(candidate.span, inner)
        if torn or candidate.damage in elsewhere or outweighs:
            made.append(candidate)
        else:
            told.append(Suspect(candidate.damage, candidate.span, "shown as an example, as it seems", (candidate,)))
    return made, told
