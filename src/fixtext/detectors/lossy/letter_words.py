"""What may have stood in a word whose letters beyond ASCII are gone, and how probable it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from fixtext.detectors.lossy.letter_languages import Weights
from fixtext.language.skeletons import HOLE, default_skeletons

UNKNOWN, UNKNOWN_SHORT = 0.3, 0.2
"""How often, as if counted, there are words with the same skeleton that were not seen: with three letters and more, of
which words that are alike tell something, and with two. Which form of a word was seen depends on the subject."""

UNSURE = 2
"""Exponent of what similar words say where no word is known: the holes of a word depend on each other, in harmony of
vowels above all, and they are told one by one."""

FLAT = 0.8
"""Exponent of counts: which form of a word is frequent differs between the texts that were counted and others."""

NO_LETTER, NO_LETTER_THERE = 3e-4, 3e-3
"""Share of signs that stand between spaces, dashes and quotation marks above all, among the words of a text: between
two words, and elsewhere."""

ALIKE = 0.05
"""Probability of a language from which words are compared with an unknown one."""

_TRIED = 4
"""Letters that are tried in one place of an unknown word."""

_HOLES = re.compile(f"{HOLE}+")
_ENGLISH = re.compile(
    f"(?:[a-z]+n{HOLE}t|[a-z]{{2,}}{HOLE}s|(?:i|you|we|they){HOLE}(?:ve|ll|d|re|m)|(?:it|that|he|she|there){HOLE}ll)"
)
"""Words with an apostrophe, as Windows-1252 has it."""

_NEGATIVE = re.compile("(?:do|does|did|is|are|was|were|has|have|had|ca|could|wo|would|should|must|need|ai)n")
_ELISION = re.compile(f"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu){HOLE}(?=[aeiouyh{HOLE}][a-z{HOLE}]|[ay]$)")
_ELISIONS = {"fr": _ELISION}

Options = list[tuple[str, float]]
"""Letters for the holes of a word, with their probabilities, the likeliest first."""


def options(skeleton: str, languages: Weights, before: str = "", behind: str = "", *, quoted: bool = False) -> Options:
    """Return what may stand in the holes of a word.

    Args:
        skeleton: the word in small letters.
        languages: the probabilities of the languages of its line.
        before: the skeleton of the word before it, for a word of one letter.
        behind: the same of the word behind it.
        quoted: whether there may be quotation marks among the holes of the line.
    """
    apostrophe = _with_apostrophe(skeleton, languages)
    if apostrophe is not None:
        return apostrophe
    known: dict[str, float] = {}
    if len(skeleton) == 1:
        known = _single(languages, before, behind)
    else:
        sizes = default_skeletons().sizes
        for way in default_skeletons().ways(skeleton):
            share = sum(
                [languages.get(language, 0.0) * count**FLAT / sizes[language] for language, count in way.counts.items()]
            )
            if share:
                known[way.letters] = known.get(way.letters, 0.0) + share
    once = sum([share / default_skeletons().sizes[language] for language, share in languages.items()])
    if len(skeleton) == 1:
        unknown = NO_LETTER if before and behind else NO_LETTER_THERE
    elif len(skeleton) == 2 or (not known and (skeleton[0] == HOLE or (quoted and skeleton[-1] == HOLE))):
        unknown = UNKNOWN_SHORT * once  # perhaps a mark at one end of a word of ASCII
    else:
        unknown = UNKNOWN * once
        surely = 1 if known else UNSURE
        for letters, likelihood in _alike(skeleton, languages).items():
            probability = likelihood**surely
            known[letters] = known.get(letters, 0.0) + UNKNOWN * once * probability
            unknown -= UNKNOWN * once * probability
    total = sum(known.values()) + max(0.0, unknown)
    return sorted(((letters, share / total) for letters, share in known.items()), key=lambda one: (-one[1], one[0]))


def is_contraction(skeleton: str) -> bool:
    """Whether a word is an English one with an apostrophe."""
    return _with_apostrophe(skeleton, {"en": 1.0}) is not None


def is_known(skeleton: str, languages: Weights) -> bool:
    """Whether some word of a likely language has a skeleton."""
    if _with_apostrophe(skeleton, languages) is not None:
        return True
    return any(
        languages.get(language, 0.0) >= ALIKE for way in default_skeletons().ways(skeleton) for language in way.counts
    )


def _single(languages: Weights, before: str, behind: str) -> dict[str, float]:
    """Return the letters that are words by themselves, given the words beside them, and the share of what is none."""
    skeletons = default_skeletons()
    found: dict[str, float] = {}
    for way in skeletons.ways(HOLE):
        for language, count in way.counts.items():
            share = languages.get(language, 0.0) * count / skeletons.sizes[language]
            if not share:
                continue
            beside = skeletons.beside.get(language, {}).get(way.letters)
            if beside is not None:
                share *= _ratio(beside.behind, beside.times, behind, language)
                share *= _ratio(beside.before, beside.times, before, language)
            found[way.letters] = found.get(way.letters, 0.0) + share
    return found


def _ratio(seen: dict[str, int], count: int, word: str, language: str) -> float:
    """Return how much more frequent a word is beside a letter than elsewhere."""
    skeletons = default_skeletons()
    elsewhere = sum([way.counts.get(language, 0.0) for way in skeletons.ways(word)]) / skeletons.sizes[language]
    if word == "" or not elsewhere:
        return 1.0
    return (seen.get(word, 0) / count + 0.2 * elsewhere) / (1.2 * elsewhere)


def _alike(skeleton: str, languages: Weights) -> dict[str, float]:
    """Return what stands in the holes of similar words, by probability; nothing if none is similar enough."""
    found: dict[str, float] = {}
    for language, weight in languages.items():
        if weight < ALIKE or language == "en":
            continue
        parts: list[Sequence[tuple[str, float]]] = []
        for match in _HOLES.finditer(skeleton):
            likely = default_skeletons().alike(
                skeleton[: match.start()], match.end() - match.start(), skeleton[match.end() :], language
            )
            parts.append(sorted(likely.items(), key=lambda one: (-one[1], one[0]))[:_TRIED])
        for chosen in product(*parts):
            probability = weight
            for _, share in chosen:
                probability *= share
            letters = "".join([letters for letters, _ in chosen])
            found[letters] = found.get(letters, 0.0) + probability
    return found


def _with_apostrophe(skeleton: str, languages: Weights) -> Options | None:
    """Return an apostrophe, if that is what a hole is; and the rest of a word behind one."""
    if languages.get("en", 0.0) >= 0.5 and skeleton.count(HOLE) == 1 and _ENGLISH.fullmatch(skeleton):
        stem = skeleton.partition(HOLE)[0]
        if skeleton.endswith("t") and not _NEGATIVE.fullmatch(stem):
            return None
        if skeleton.endswith("s") and not any("en" in way.counts for way in default_skeletons().ways(stem)):
            return None  # of a name that may have lost a letter
        return [("\u2019", languages["en"] * 0.98)]
    if languages.get("fr", 0.0) < 0.5:
        return None
    match = _ELISION.match(skeleton)
    if match is None or default_skeletons().ways(skeleton):
        return None
    rest = skeleton[match.end() :]
    if HOLE not in rest:
        return [("\u2019", languages["fr"] * 0.98)]
    return [("\u2019" + letters, probability * 0.98) for letters, probability in options(rest, languages)]
