"""Speed: the same texts through each tool in turn, so that whatever else the machine does hits all of them."""

from __future__ import annotations

import os
import platform
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from benchmarks.glossed import glossed, pages
from benchmarks.healthy import Text
from benchmarks.peers import Tool
from benchmarks.tables import Table
from fixtext.channels import Channel, Decode, Encode

CLEAN = {
    "clean Chinese": ("manpages-zh", "debian-reference-zh-cn", "zh-Hans"),
    "clean Japanese": ("manpages-ja", "debian-reference-ja", "ja"),
    "clean Korean": ("debian-faq-ko", "ko"),
    "clean German": ("manpages-de", "de"),
    "clean Russian": ("manpages-ru", "ru"),
    "source code": ("akshare", "feapder", "code"),
}
"""Name -> the sources that it is cut from, see `benchmarks.healthy`."""

DAMAGED = {
    "UTF-8 read as GBK": Channel((Encode("utf-8"), Decode("gb18030"))),
    "GBK read as Latin-1": Channel((Encode("gb18030"), Decode("latin-1"))),
    "UTF-8 read as GBK, bytes lost": Channel((Encode("utf-8"), Decode("gb18030", "replace"))),
}


def inputs(texts: Iterator[Text], size: int) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of about so many bytes in UTF-8 each."""
    parts: dict[str, list[str]] = {name: [] for name in CLEAN}
    for text in texts:
        names = text.name.split("/")
        for name, sources in CLEAN.items():
            if names[0] in sources or (names[0] == "exam" and names[1] in sources):
                parts[name].append(text.text)
    for name, found in parts.items():
        if found:
            yield name, _cut("\n".join(found), size)
    english = "The scan of English text, its quotes “and” dashes – are few; most units are ASCII throughout.\n"
    yield "clean English", _cut(english, size)
    healthy = "".join(pages(size // 3))
    for name, channel in DAMAGED.items():
        yield name, _cut("".join(_damaged(healthy, channel)), size)
    chance = random.Random(1)
    yield "glossed", "".join(glossed(page, chance) for page in pages(size // 3))


def _cut(text: str, size: int) -> str:
    """Return so many bytes of a text, repeated if it is too short."""
    data = text.encode("utf-8", "ignore")
    return (data * (size // len(data) + 1))[:size].decode("utf-8", "ignore")


def _damaged(healthy: str, channel: Channel) -> Iterator[str]:
    """Yield long lines of those clauses that come through the channel; read strictly, few whole sentences do."""
    line = ""
    for clause in re.findall(r"[^，。\n]+[，。\n]?", healthy):
        try:
            line += channel.damage(clause.strip())
        except UnicodeError:
            continue
        if len(line) > LINE:
            yield line + "\n"
            line = ""


LINE = 300
"""Code points of a damaged line at the least."""


def measure(named: Iterator[tuple[str, str]], tools: Mapping[str, Tool], rounds: int) -> Table:
    """Return megabytes of UTF-8 a second of each tool, and the median of the ratios of fixtext to it.

    Slow tools see a shorter piece of the same text: what takes more than two seconds is cut to a tenth.
    """
    others = [name for name in tools if name != "fixtext"]
    columns = ["text", "decode", *tools, *(f"fixtext / {name}" for name in others)]
    table = Table("Speed of whole texts, best of the rounds", "MB a second", columns, keys=1)
    for name, text in named:
        pieces = dict.fromkeys(tools, text)
        speeds: dict[str, list[float]] = {tool: [] for tool in tools}
        decoded: list[float] = []
        for _ in range(rounds):
            data = text.encode()
            decoded.append(_speed(len(data), partial(data.decode, "utf-8")))
            for tool, run in tools.items():
                piece = pieces[tool]
                size = len(piece.encode())
                speed = _speed(size, partial(run, piece))
                speeds[tool].append(speed)
                if size / 1e6 / speed > 2 and len(piece) > 20_000:
                    pieces[tool] = piece[: len(piece) // 10]
        ratios = [
            statistics.median(own / other for own, other in zip(speeds["fixtext"], speeds[peer], strict=True))
            for peer in others
        ]
        table.rows.append([name, max(decoded), *(max(speeds[tool]) for tool in tools), *ratios])
    return table


def _speed(size: int, work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return size / 1e6 / max(1e-9, time.perf_counter() - start)


def machine() -> str:
    """Return what the figures were measured on: processor, cores, Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {python}"
