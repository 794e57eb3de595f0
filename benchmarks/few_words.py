"""A few misread words in a healthy line of source code, markup, configuration or chat: exact rates by misreading.

    python -m benchmarks.few_words [--cache FOLDER] [--each N] [--languages fr,ja] [--packages seen|held-out] [--show]

The words are translations of messages of Python packages (`PACKAGES`), the lines our own (`few_words.txt`). A line
counts if every byte survived the misreading. How often each misreading is drawn (`CHANNELS`) is how often it is met in
issues and source code in public: an order of magnitude.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import ftfy

import fixtext
from benchmarks import healthy
from benchmarks.matrix_lines import damaged
from fixtext.channels import Channel, Decode, Encode, Within

PACKAGES = {
    "seen": ("django-5.2.8", "plone-app-locales-7.0.4", "mezzanine-6.1.1"),
    "held-out": (
        *("wagtail-8.0.1", "kolibri-0.19.5", "django-cms-5.1.3", "pretix-2026.8.0", "django-oscar-4.2.1"),
        "django-allauth-65.22.1",
    ),
}
"""Packages whose catalogues were looked at, and those whose were not; fetched with the sets of `benchmarks.healthy`."""

WESTERN = ("fr", "de", "es", "pt", "nl", "sv", "da")
LOCALES = {
    "zh-Hans": ("zh_Hans", "zh_CN"),
    "zh-Hant": ("zh_Hant", "zh_TW"),
    **{name: (name,) for name in ("ja", "ko", "ru", "uk", "el", "th", "vi", "pl", "cs", "tr", "hu")},
    **{name: (name,) for name in WESTERN},
}

_READERS = (
    *(("cp1252", 12), ("latin-1", 3), ("mac-roman", 3), ("cp437", 3), ("cp850", 1), ("cp866", 1), ("cp1251", 2)),
    *(("cp1250", 1), ("koi8-r", 1), ("ptcp154", 1), ("gbk", 3), ("gb18030", 3), ("big5", 1), ("cp932", 1)),
    *(("cp949", 1), ("cp1254", 1)),
)
_OTHERS = {
    "zh-Hans": (("gbk cp1252", 4), ("gbk latin-1", 2), ("gbk big5", 2), ("gbk cp949", 1), ("gbk cp932", 1)),
    "zh-Hant": (("big5 cp1252", 2), ("big5 latin-1", 1), ("big5 gbk", 3)),
    "ja": (("cp932 cp1252", 2), ("cp932 gbk", 4), ("cp932 cp850", 1), ("euc-jp cp1252", 2), ("euc-jp latin-1", 2)),
    "ko": (("cp949 cp1252", 3), ("cp949 latin-1", 1), ("cp949 gbk", 3)),
    "ru": (("cp1251 cp1252", 4), ("koi8-r cp1251", 2), ("cp1251 koi8-r", 2), ("cp866 cp1251", 1), ("cp1251 cp866", 1)),
    "uk": (("cp1251 cp1252", 3), ("cp1251 koi8-r", 1), ("cp866 cp1251", 1)),
    "el": (("cp1253 cp1252", 3), ("cp1253 latin-1", 1)),
    "th": (("tis-620 cp1252", 3), ("tis-620 latin-1", 1)),
    "pl": (("cp1250 cp1252", 2), ("iso-8859-2 cp1252", 1)),
    "cs": (("cp1250 cp1252", 2), ("iso-8859-2 cp1252", 1)),
    "hu": (("cp1250 cp1252", 1),),
    "tr": (("cp1254 cp1252", 2),),
    **dict.fromkeys(
        WESTERN,
        (
            *(("cp1252 mac-roman", 4), ("mac-roman cp1252", 3), ("cp1252 cp437", 2), ("cp1252 cp850", 2)),
            *(("cp437 cp1252", 1), ("cp850 cp1252", 2)),
        ),
    ),
}
CHANNELS = {
    name: (*((f"utf-8 {reader}", often) for reader, often in _READERS), ("utf-8 cp1252 x2", 2), *_OTHERS.get(name, ()))
    for name in LOCALES
}
"""Misreadings of each language, and how often each is drawn."""

LINES = Path(__file__).with_name("few_words.txt").read_text("utf-8").splitlines()
FRAMES = [line for line in LINES if line.isascii()]
BESIDE = [line for line in LINES if not line.isascii()]
"""Lines with signs that are healthy and stay so: what is misread was put into them."""

LENGTHS = ((2, 6), (7, 16), (17, 60))

_MESSAGE = re.compile(r'^msgstr(?:\[0\])? "([^"\\]+)"$', re.MULTILINE)
_SENTENCE = re.compile(r"[.\u3002:\uff1a,\uff0c!?()]\s*")
_NO_WORDS = re.compile(r"[{}%<>\n\"'`\\$&|=]|\ufffd")
"""Translations of one line, where they are cut, and what no words have."""


class Case(NamedTuple):
    """A damaged line: language, misreading, whether signs stand beside, the two texts."""

    language: str
    channel: str
    beside: bool
    damaged: str
    healthy: str


@cache
def phrases(cache_: Path, packages: tuple[str, ...], language: str) -> dict[tuple[int, int], list[str]]:
    """Return the translations of packages by length, those with characters beyond ASCII and without placeholders."""
    found: set[str] = set()
    for package in packages:
        for locale in LOCALES[language]:
            for path in sorted((cache_ / "unpacked" / package).rglob(f"{locale}/LC_MESSAGES/*.po")):
                for said in _MESSAGE.findall(path.read_text("utf-8", "replace")):
                    if not _NO_WORDS.search(said):
                        found.update(part.strip() for part in (said, *_SENTENCE.split(said)))
    kept = [text for text in found if not text.isascii()]
    return {(low, high): sorted(text for text in kept if low <= len(text) <= high) for low, high in LENGTHS}


def cases(cache_: Path, packages: tuple[str, ...], language: str, each: int, seed: int = 3) -> Iterator[Case]:
    """Yield so many damaged lines of each length."""
    chooser = random.Random(seed + crc32(language.encode()))
    names, weights = zip(*CHANNELS[language], strict=True)
    for texts in phrases(cache_, packages, language).values():
        made = tried = 0
        while texts and made < each and tried < 40 * each:
            tried += 1
            phrase = chooser.choice(texts)
            name = chooser.choices(names, weights)[0]
            beside = chooser.random() < 0.12
            before, after = chooser.choice(BESIDE if beside else FRAMES).split("@@")
            text = damaged(phrase, channel := _channel(name))
            if text is None:
                continue
            whole = Channel((Within(((len(before), len(before) + len(phrase), channel),)),)) if beside else channel
            line = before + phrase + after
            try:
                got = whole.damage(line)
            except UnicodeError:
                continue
            if got.startswith(before):
                made += 1
                yield Case(language, name, beside, got, line)


@cache
def _channel(name: str) -> Channel:
    source, reader, *times = name.split()
    return Channel((Encode(source), Decode(reader)) * (2 if times else 1))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=healthy.CACHE)
    parser.add_argument("--each", type=int, default=40, help="lines of a language and length")
    parser.add_argument("--languages", default=",".join(LOCALES))
    parser.add_argument("--packages", choices=PACKAGES, default="held-out")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="print what is not restored")
    arguments = parser.parse_args()
    totals: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for language in arguments.languages.split(","):
        for case in cases(arguments.cache, PACKAGES[arguments.packages], language, arguments.each, arguments.seed):
            got = fixtext.fix(case.damaged)
            seen = Counter(
                lines=1,
                exact=got == case.healthy,
                wrong=got not in (case.healthy, case.damaged),
                ftfy=ftfy.fix_encoding(case.damaged) == case.healthy,
            )
            kind = "signs beside" if case.beside else "alone"
            for key in (("all", ""), (language, ""), ("", case.channel), ("", kind)):
                totals[key].update(seen)
            if arguments.show and got != case.healthy:
                print(f"{language}\t{case.channel}\t{case.damaged}\t{got}\t{case.healthy}")
    print(f"{'':32} {'lines':>6} {'exact':>6} {'wrong':>6} {'ftfy':>6}")
    for (language, channel), seen in sorted(totals.items()):
        shares = (100 * seen["exact"] / seen["lines"], seen["wrong"], 100 * seen["ftfy"] / seen["lines"])
        print(f"{language or channel:32} {seen['lines']:6} {shares[0]:6.1f} {shares[1]:6} {shares[2]:6.1f}")


if __name__ == "__main__":
    main()
