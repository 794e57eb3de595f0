"""The detector of lost bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fixtext.config import Config
from fixtext.detectors.lossy.signs import DOT_BEFORE, DOT_BEHIND, HOLE, LETTER, MISREAD, SIGNS, WRITTEN_DOT
from fixtext.detectors.signs import Sign, Texts
from fixtext.findings import Candidate, Span, Suspect

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from fixtext.detectors.lossy.sites import Site
    from fixtext.detectors.neighbours import Neighbours


_MARKS = (
    Sign("?\ufffd", "(?<=[^\0-\x7f].)"),
    Sign("\ufffd", f"(?<=[{LETTER}].)|(?=[{LETTER}])"),
    Sign(MISREAD[-1], f"(?<={MISREAD})"),
    Sign("E", f"(?<=[{DOT_BEFORE}].)"),
    Sign("\u30fb", f"(?<=[\uff61-\uff9f{DOT_BEHIND}].)|(?=[\uff61-\uff9f])"),
    *(Sign(sign[-1], f"(?<={sign})" if len(sign) > 1 else "") for sign in SIGNS),
)


_HOLE = re.compile(f"{HOLE}(?:(?<=[{LETTER}{HOLE}].)|(?=[{LETTER}{HOLE}]))|{MISREAD}")
"""A hole beside a Latin letter (`letters`) or another one (`gone`), or one that was read once more."""

_WRITTEN_DOT = re.compile(WRITTEN_DOT)
_BROKEN = re.compile("[\ud800-\udfff\ufffd]")
"""Before a mark, these show that there may be broken sequences of UTF-8 (`sites`)."""

_SAMPLE = 8
"""Places without a byte that are weighed to see whether they can be told."""

_GONE = re.compile(
    "(?:\u951f\u65a4\u62f7)+|(?:\u95bf\u71b8\u67bb\u93b7(?:\u70fd\u6553\u93c2\u3086\u5af9)*(?:\u70fd\u6553)?)+"
)
"""U+FFFD that was read as GBK, and the same read as GBK again: what it stood for is gone."""

_GONE_SHORT, _GONE_LONG = "\u951f\u65a4\u62f7", "\u95bf\u71b8\u67bb\u93b7"
"""What every such place begins with: two literals are found thirty times faster than the pattern."""

_ESCAPED = re.compile("[\udc80-\udcff]+")


class LossyDetector:
    """Finds places where bytes were lost on the way, and restores what context can tell."""

    name = "lossy"
    summary = "bytes lost in a wrong reading, with ? or U+FFFD in their place: \u64cd\ufffd? for \u64cd\u4f5c"

    def signs(self, texts: Texts) -> Sequence[Sign]:
        """Return what such places are known by: marks behind anything but ASCII, dots beside half-width kana, signs."""
        return [] if texts == "ascii" else _MARKS

    def scan(self, text: str) -> Sequence[Span]:
        """Return the broken places of UTF-8, and the runs that are misread UTF-8 with marks."""
        marked = "?" in text or HOLE in text or MISREAD in text or any(sign in text for sign in SIGNS)
        written = [] if text.isascii() else _written(text)
        if text.isascii() or not (marked or written or "\u30fb" in text):
            return ()
        # Text without marks starts without all this, 80 ms.
        from fixtext.detectors.lossy import question_marks
        from fixtext.detectors.lossy.dots import is_dotted
        from fixtext.detectors.lossy.runs import hits
        from fixtext.detectors.lossy.sites import may_have_sites, sites

        if not (marked or is_dotted(text)):
            return written
        found = [Span(site.start, site.end) for site in sites(text)] if may_have_sites(text) else []
        found += [Span(*match.span()) for match in _gone(text)]
        found += _holes(text)
        found += question_marks.spans(text)
        return sorted([*found, *written, *(span for span, _ in hits(text))])

    def neighbours(self, texts: Texts) -> Sequence[Neighbours]:
        """Return by which neighbours such places are to be known in long texts."""
        from fixtext.detectors.lossy.long_texts import neighbours

        return neighbours()

    def scan_at(self, text: str, *places: NDArray[intp]) -> Sequence[Span]:
        """Return the same as `scan`, given where such neighbours stand."""
        marks, dots, signs, written = places
        if not any(map(len, places)):
            return ()
        before = "".join([text[at] for at in marks.tolist()])
        holes = signs.tolist()
        are_holes = all(text[at] == HOLE or text.startswith(MISREAD, at) for at in holes)
        if len(dots) or not are_holes or _BROKEN.search(before):
            return self.scan(text)
        found = [Span(*match.span()) for match in (_HOLE.match(text, at) for at in holes) if match]
        found += _written(text) if len(written) else []
        if not len(marks):
            return sorted(found)
        from fixtext.detectors.lossy import question_marks
        from fixtext.detectors.lossy.runs import hits

        at_marks = (marks + 1).tolist()
        found += question_marks.spans(text, at_marks)
        return sorted([*found, *(span for span, _ in hits(text, at_marks))])

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Weigh what may have stood at each place."""
        from fixtext.detectors.lossy import question_marks
        from fixtext.detectors.lossy.runs import hits
        from fixtext.detectors.lossy.sites import sites

        found = [site for site in sites(text) if _is_plausible(text, site)]
        torn = [site for site in found if site.known]
        if found and _is_utf8(text, found):
            yield from _round_trip(text, torn or found, config)
        for match in _gone(text):
            yield Suspect("lossy", Span(*match.span()), "U+FFFD was read as GBK, and what it stood for is gone")
        if _written(text):
            from fixtext.detectors.lossy import written_back
            from fixtext.language import default_model

            yield from written_back.findings(text, default_model(), config)
        if "?" in text:
            from fixtext.language import default_model

            yield from question_marks.findings(text, default_model(), config)
        misread = hits(text)
        if misread:
            from fixtext.detectors.lossy.misread import Misread
            from fixtext.language import default_model

            yield from Misread(text, misread, default_model(), config).findings()
        elif not found and _holes(text):
            from fixtext.detectors.lossy import gone, letters

            findings = list(letters.findings(text, config))
            yield from findings or gone.suspects(text)


def _round_trip(text: str, found: Sequence[Site], config: Config) -> Iterator[Candidate | Suspect]:
    from fixtext.detectors.lossy.roundtrip import RoundTrip
    from fixtext.language import default_model

    model = default_model()
    # Where no byte is left, the hole of an earlier repair looks the same; but that one was too uncertain.
    if found[0].known or RoundTrip(text, found[:_SAMPLE], model, config).is_told():
        yield from RoundTrip(text, found, model, config).findings()
    else:
        for site in found:
            yield Suspect("lossy", Span(site.start, site.end), "bytes are lost here, and nothing is left of them")


def _is_plausible(text: str, site: Site) -> bool:
    """Whether a place is one; where no byte is left, only behind Chinese or Japanese text."""
    if site.known:
        return True
    return site.start > 0 and "\u2e80" <= text[site.start - 1] <= "\uffef" and text[site.start - 1] != "\ufffd"


def _is_utf8(text: str, found: Sequence[Site]) -> bool:
    """Whether what is not broken is UTF-8: in a text of another encoding such places occur by chance."""
    escaped = sum(map(len, _ESCAPED.findall(text)))
    explained = sum(sum(value is not None for value in site.known) for site in found)
    if escaped <= explained:
        return True
    healthy = len(text) - len(text.encode("ascii", "ignore")) - escaped
    return healthy > 4 * (escaped - explained)


def _holes(text: str) -> list[Span]:
    """Return the holes beside Latin letters or other holes, and those that were read once more."""
    return [Span(*match.span()) for match in _HOLE.finditer(text)] if HOLE in text or MISREAD in text else []


def _written(text: str) -> list[Span]:
    """Return the dots that were written back, if there is anything to be said of them."""
    if _WRITTEN_DOT.search(text) is None:
        return []
    from fixtext.detectors.lossy import written_back

    return written_back.spans(text)


def _gone(text: str) -> Iterator[re.Match[str]]:
    return _GONE.finditer(text) if _GONE_SHORT in text or _GONE_LONG in text else iter(())
