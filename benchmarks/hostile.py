"""Text made to be slow: what it takes, beside ordinary damaged text of the same size."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import fixtext
from benchmarks.speed_inputs import DAMAGED
from benchmarks.tables import Table

REPEATED = {
    "question marks": "?",
    "U+FFFD": "\ufffd",
    "U+FFFD read as GBK": "\u951f\u65a4\u62f7",
    "the same, twice": "\u95bf\u71b8\u67bb\u93b7",
    "brackets": "(",
    "glosses of nothing": "(\u0101)",
    "glosses": "\u5340(q\u016b)",
    "nested glosses": "\u5340(((q\u016b)q\u016b)q\u016b)",
    "torn glosses": "?c\u00e8)?c\u00e8)",
    "marks": "?\uff1b",
    "backticks": "` `` ",
    "tags": "<code>",
    "NUL": "\0",
    "lone surrogates": "\ud800",
    "two misreadings in turn": "\u6d63\u72b2\u30bd\u00c4\u00e3\u00ba\u00c3",
    "combining accents": "e\u0301",
    "escapes": "$B",
    "questions in Chinese": "\u4f60\u597d?",
}
RANDOM = {
    "rare ideographs": (0x4E00, 0x9FA5),
    "Latin letters at random": (0xA0, 0x100),
    "characters at random": (0x20, 0xD800),
}


def inputs(size: int) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of so many code points each."""
    for name, piece in REPEATED.items():
        yield name, (piece * (size // len(piece) + 1))[:size]
    chance = random.Random(3)
    for name, (first, last) in RANDOM.items():
        yield name, "".join(chr(chance.randrange(first, last)) for _ in range(size))


def measure(size: int) -> Table:
    """Return seconds of processor time for each text, and how often an ordinary damaged text takes that."""
    healthy = "今天早上我们在学校门口等了很久，后来大家决定一起坐车去城里的图书馆看书。\n"
    damaged = DAMAGED["UTF-8 read as GBK, bytes lost"].damage(healthy)
    fixtext.fix(damaged)  # the model is loaded once
    ordinary = _seconds((damaged * (size // len(damaged) + 1))[:size])
    table = Table(
        f"{size:,} code points made to be slow; lines of UTF-8 read as GBK with losses take {ordinary:.2f} s",
        "seconds",
        ["text", "fixtext", "times ordinary"],
        keys=1,
    )
    for name, text in inputs(size):
        seconds = _seconds(text)
        table.rows.append([name, seconds, seconds / ordinary])
    return table


def _seconds(text: str) -> float:
    start = time.process_time()
    fixtext.fix(text)
    return time.process_time() - start
