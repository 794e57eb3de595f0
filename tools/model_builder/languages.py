"""The shares of the languages, and the counts of those that are written with an alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from .characters import Folding
from .chinese import chinese_counts
from .counts import Counts, count_text
from .japanese import japanese_counts
from .sources import Sources

SHARES = {
    "zh": 40.0, "en": 12.0, "ja": 10.0, "ko": 7.0, "ru": 5.0, "uk": 2.0, "bg": 0.7, "be": 0.4, "sr": 0.7, "mk": 0.3,
    "kk": 0.3, "mn": 0.2, "el": 2.0, "th": 2.0, "ar": 2.0, "fa": 0.7, "ur": 0.3, "he": 2.0, "hi": 2.0, "mr": 0.3,
    "vi": 3.0, "fr": 2.5, "de": 2.5, "es": 2.5, "pt": 2.0, "it": 1.5, "nl": 0.8, "sv": 0.7, "da": 0.5, "nb": 0.5,
    "fi": 0.7, "is": 0.3, "pl": 1.5, "cs": 1.2, "sk": 0.5, "sl": 0.4, "hr": 0.5, "hu": 1.2, "ro": 1.0, "tr": 1.8,
    "az": 0.3, "lt": 0.4, "lv": 0.4, "et": 0.4, "ca": 0.4, "sq": 0.2, "id": 0.6, "eo": 0.1, "cy": 0.1, "ga": 0.1,
    "hy": 0.2, "ka": 0.2, "bn": 0.3, "ta": 0.2, "te": 0.15, "gu": 0.15, "pa": 0.15, "code": 3.0,
}  # fmt: skip
"""Share of each language in the text that the model expects, in percent before scaling: the author's choice. It sets
what a first character costs out of context; after a character or two the context decides."""

CHINESE = {"words": 0.80, "prose": 0.15, "classics": 0.05}
"""Shares of the word model, of modern running text and of old verse and drama. Without running text 4.9 points of lost
GBK bytes are not recovered; without the classics, classical prose costs 0.5 bits a character more."""

RIGHTS = {
    "zh": ("cmn_hans", "cmn_hant"), "en": ("eng",), "ja": ("jpn",), "ko": ("kor",), "ru": ("rus",), "uk": ("ukr",),
    "bg": ("bul",), "be": ("bel",), "sr": ("srp_cyrl", "srp_latn"), "mk": ("mkd",), "kk": ("kaz",), "mn": ("khk",),
    "el": ("ell_monotonic",), "th": ("tha",), "ar": ("arb",), "fa": ("pes_1",), "ur": ("urd",), "he": ("heb",),
    "hi": ("hin",), "mr": ("mar",), "vi": ("vie",), "fr": ("fra",), "de": ("deu_1996",), "es": ("spa",),
    "pt": ("por_PT", "por_BR"), "it": ("ita",), "nl": ("nld",), "sv": ("swe",), "da": ("dan",), "nb": ("nob",),
    "fi": ("fin",), "is": ("isl",), "pl": ("pol",), "cs": ("ces",), "sk": ("slk",), "sl": ("slv",), "hr": ("hrv",),
    "hu": ("hun",), "ro": ("ron_2006",), "tr": ("tur",), "az": ("azj_latn",), "lt": ("lit",), "lv": ("lav",),
    "et": ("est",), "ca": ("cat",), "sq": ("als",), "id": ("ind",), "eo": ("epo",), "cy": ("cym",), "ga": ("gle",),
    "hy": ("hye",), "ka": ("kat",), "bn": ("ben",), "ta": ("tam",), "te": ("tel",), "gu": ("guj",), "pa": ("pan",),
}  # fmt: skip
"""Translations of the Universal Declaration of Human Rights, by the file names of the package."""

TYPESCRIPT = {
    "zh": ("zh-cn", "zh-tw"), "ja": ("ja",), "ko": ("ko",), "ru": ("ru",), "cs": ("cs",), "de": ("de",), "es": ("es",),
    "fr": ("fr",), "it": ("it",), "pl": ("pl",), "pt": ("pt-br",), "tr": ("tr",),
}  # fmt: skip
ELECTRON = {"en": ("en-US",), "zh": ("zh-CN",), "ja": ("ja-JP",), "fr": ("fr-FR",), "es": ("es-ES",)}


INDENTS = {"zh": "\u3000\u3000", "ja": "\u3000"}
"""How paragraphs begin in print. Interface texts never do, so every third longer line of them is given it."""
HOME_ASSISTANT = {"zh": ("zh-Hans", "zh-Hant"), "sr": ("sr", "sr-Latn"), "pt": ("pt", "pt-BR")}
"""Codes there that differ from ours."""


def running_text(sources: Sources, language: str) -> Iterator[str]:
    """Yield the lines of all running text that the sources hold in a language, as it is written."""
    if language == "code":
        yield from sources.program_text().splitlines()
        return
    for code in RIGHTS.get(language, ()):
        yield from sources.rights(code).splitlines()
    for locale in TYPESCRIPT.get(language, ()):
        yield from sources.typescript(locale)
        yield from sources.monaco(locale)
    for locale in ELECTRON.get(language, ()):
        for page in sources.electron(locale):
            yield from page.splitlines()
    for locale in HOME_ASSISTANT.get(language, (language,)):
        yield from sources.home_assistant(locale)


def folded_lines(sources: Sources, folding: Folding, language: str) -> list[str]:
    """Return the lines of all running text in a language, folded; indentation is kept in program text alone."""
    lines = map(folding.text, running_text(sources, language))
    if language == "code":
        return [line.rstrip() for line in lines]
    kept = [re.sub(r"[ \t]+", " ", line).strip() for line in lines if line.strip()]
    indent = INDENTS.get(language)
    if indent is None:
        return kept
    return [_laid_out(line, indent) if number % 3 == 0 else line for number, line in enumerate(kept)]


def _laid_out(line: str, indent: str) -> str:
    """Set a line as a book would: indented, and with a wide space after a question or an exclamation."""
    if len(line) < 15:
        return line
    return indent + (re.sub("([？！])(?=[\u3041-\u9fff])", "\\1\u3000", line) if indent == "\u3000" else line)


def language_counts(sources: Sources, folding: Folding, language: str) -> Counts:
    """Return the expected counts of a language; their scale is of no account."""
    lines = folded_lines(sources, folding, language)
    prose = count_text(lines)
    if language == "zh":
        result = prose.scaled(CHINESE["prose"])
        result.add_all(count_text(map(folding.text, sources.classics())).scaled(CHINESE["classics"]))
        result.add_all(chinese_counts(sources, folding, lines).scaled(CHINESE["words"]))
        return result
    if language == "ja":
        result = prose.scaled(0.35)
        result.add_all(japanese_counts(sources, folding, lines).scaled(0.65))
        return result
    if language == "ko":  # lingua has no more than single syllables of Korean
        result = prose.scaled(1.0)
        syllables = Counts()
        singles = sources.lingua("ko", 1)
        syllables.add((np.array(list(map(ord, singles))),), np.array(list(singles.values())))
        result.add_all(syllables.scaled(0.6))
        return result
    return prose if language == "code" else alphabet_counts(sources, folding, language, prose)


def alphabet_counts(sources: Sources, folding: Folding, language: str, prose: Counts) -> Counts:
    """Return expected counts of a language with spaces between words, per character.

    lingua's tables say what stands inside words; where words begin and end is learnt from running text, smoothed with
    what is commonest inside words.
    """
    letters, share = _code_table(sources.lingua(language, 1), folding)
    if not letters:
        return prose
    size = len(letters)
    index = {letter: number for number, letter in enumerate(letters)}
    follow = np.zeros((size, size))
    for gram, probability in sources.lingua(language, 2).items():
        a, b = (index.get(folding.fold(char)) for char in gram)
        if a is not None and b is not None:
            follow[a, b] += probability
    follow /= np.maximum(follow.sum(axis=1, keepdims=True), 1e-12)
    ends, starts = np.zeros(size), np.zeros(size)
    seen = np.zeros(size)
    keys, weights = prose.merged(2)
    for key, weight in zip(keys.tolist(), weights.tolist(), strict=True):
        a, b = index.get(chr(key >> 21)), index.get(chr(key & 0x1FFFFF))
        if a is not None:
            seen[a] += weight
            ends[a] += weight if b is None else 0.0
        elif b is not None:
            starts[b] += weight
    end = (ends + 20 * ends.sum() / max(seen.sum(), 1)) / (seen + 20)
    start = (starts + 20 * share) / (starts.sum() + 20)
    counts = Counts()
    codes = np.array(list(map(ord, letters)))
    space = ord(" ")
    ending = float((share * end).sum())
    counts.add((codes,), share)
    counts.add((space,), ending)
    counts.add((codes, space), share * end)
    counts.add((space, codes), ending * start)
    inside = share[:, None] * (1 - end)[:, None] * follow
    counts.add((codes[:, None], codes[None, :]), inside)
    pairs = inside.copy()
    counts.add((codes[:, None], codes[None, :], space), pairs * end[None, :])
    counts.add((codes[:, None], space, codes[None, :]), (share * end)[:, None] * start[None, :])
    counts.add((space, codes[:, None], codes[None, :]), (ending * start * (1 - end))[:, None] * follow)
    single = ending * start * end
    counts.add((space, codes, space), single)
    columns: list[list[float]] = [[], [], [], []]
    for gram, probability in sources.lingua(language, 3).items():
        a, b, c = (index.get(folding.fold(char)) for char in gram)
        if a is not None and b is not None and c is not None:
            weight = pairs[a, b] * (1 - end[b]) * probability
            for column, value in zip(columns, (codes[a], codes[b], codes[c], weight), strict=True):
                column.append(value)
    counts.add(tuple(columns[:3]), columns[3])
    result = counts.scaled(0.5)
    result.add_all(prose.scaled(0.5))
    return result


def _code_table(
    shares: dict[str, float], folding: Folding
) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Return the letters of a language that make up more than a millionth of it, and their shares."""
    folded: dict[str, float] = {}
    for letter, share in shares.items():
        key = folding.fold(letter)
        folded[key] = folded.get(key, 0.0) + share
    total = sum(folded.values())
    letters = sorted(letter for letter, share in folded.items() if share > 2e-6 * total and len(letter) == 1)
    values = np.array([folded[letter] for letter in letters])
    return letters, values / max(values.sum(), 1e-12)
