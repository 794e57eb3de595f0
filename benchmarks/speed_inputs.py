"""Texts to measure speed on: healthy ones of packages with pinned versions, and damaged ones; always the same bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from benchmarks import healthy
from benchmarks.glossed import glossed, pages
from fixtext.channels import Channel, Decode, Encode

SOURCES = {
    "zh-Hans": ("manpages-zh", "debian-reference-zh-cn"),
    "zh-Hant": ("debian-reference-zh-tw",),
    "ja": ("manpages-ja", "debian-reference-ja"),
    "ko": ("debian-faq-ko",),
    "de": ("manpages-de",),
    "ru": ("manpages-ru",),
    "code": ("akshare", "feapder"),
}
"""Healthy text -> the packages that it is cut from, see `benchmarks.healthy`; ``en`` is `healthy.ENGLISH`."""

HEALTHY = (*SOURCES, "en")
"""Names of all healthy texts."""

DAMAGED = {
    "UTF-8 read as GBK": Channel((Encode("utf-8"), Decode("gb18030"))),
    "GBK read as Latin-1": Channel((Encode("gb18030"), Decode("latin-1"))),
    "UTF-8 read as GBK, bytes lost": Channel((Encode("utf-8"), Decode("gb18030", "replace"))),
}
"""Damage that Chinese text goes through."""

WESTERN = Channel((Encode("utf-8"), Decode("latin-1")))
"""Damage that German text goes through."""

LINE = 300
"""Code points of a damaged line at the least."""

VARIED = 8_000_000
"""Bytes of text after which it may repeat itself; what a source has is less for some."""


def texts(cache: Path, size: int, names: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of so many bytes in UTF-8 each; a text is repeated if its sources have less.

    Args:
        cache: where `healthy.fetch` has put the packages.
        size: bytes of each text.
        names: which texts; all if there are none.
    """
    parts = _healthy(cache)
    for name, found in parts.items():
        if found and (name in names or not names):
            yield name, cut("\n".join(found), size)
    varied = min(size, VARIED)
    for name, channel in DAMAGED.items():
        if name in names or not names:
            yield name, cut("".join(damaged("".join(pages(varied // 3)), channel)), size)
    western = "UTF-8 read as Latin-1"
    if parts["de"] and (western in names or not names):
        yield western, cut("".join(damaged("\n".join(parts["de"])[:varied], WESTERN)), size)
    if "glossed" in names or not names:
        chance = random.Random(1)
        yield "glossed", cut("".join(glossed(page, chance) for page in pages(varied // 3)), size)


def _healthy(cache: Path) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {name: [] for name in SOURCES}
    for text in healthy.texts(cache):
        source = text.name.partition("/")[0]
        for name, sources in SOURCES.items():
            if source in sources:
                parts[name].append(text.text)
    parts["en"] = [text.text for text in healthy.english(cache)]
    return parts


def cut(text: str, size: int) -> str:
    """Return so many bytes of a text, repeated if it is too short."""
    data = text.encode("utf-8", "ignore")
    return (data * (size // len(data) + 1))[:size].decode("utf-8", "ignore")


def damaged(text: str, channel: Channel) -> Iterator[str]:
    """Yield long lines of those clauses that come through the channel; read strictly, few whole sentences do."""
    line = ""
    for clause in re.findall(r"[^，。\n]+[，。\n]?", text):
        try:
            line += channel.damage(clause.strip())
        except UnicodeError:
            continue
        if len(line) > LINE:
            yield line + "\n"
            line = ""


def write(path: Path, text: str, size: int) -> None:
    """Write a file of so many bytes: a text, as often as it takes, and the beginning of it."""
    data = text.encode()
    with path.open("wb") as file:
        for _ in range(size // len(data)):
            file.write(data)
        file.write(data[: size % len(data)].decode("utf-8", "ignore").encode())


def write_many(folder: Path, text: str, count: int, size: int) -> None:
    """Write small files: consecutive pieces of a text."""
    folder.mkdir(exist_ok=True)
    data = text.encode()
    for number in range(count):
        start = number * size % max(1, len(data) - size)
        piece = data[start : start + size].decode("utf-8", "ignore")
        (folder / f"{number:04}.txt").write_text(piece, encoding="utf-8", newline="")
