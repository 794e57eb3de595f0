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


_WHO = ("我们", "大家", "老师和学生", "那个年轻人", "他的朋友", "妹妹")
_WHEN = ("今天早上", "昨天晚上", "去年冬天", "下午三点", "吃过饭以后", "下雨的时候")
_WHERE = ("在学校门口", "从火车站", "到城里的图书馆", "在河边的小路上", "从北京", "在家里")
_WHAT = ("等了很久", "坐车去看电影", "买了两本新书", "给母亲写了一封信", "遇见了老朋友", "决定再试一次")


def ordinary_lines(size: int) -> str:
    """Return so many code points of lines that differ from each other, as those of a text do."""
    chance = random.Random(7)
    lines, length = [], 0
    while length < size:
        line = "".join(chance.choice(part) for part in (_WHEN, _WHO, _WHERE, _WHAT)) + "。\n"
        lines.append(line)
        length += len(line)
    return "".join(lines)


def measure(size: int) -> Table:
    """Return seconds of processor time for each text, and how often an ordinary damaged text takes that."""
    damaged = DAMAGED["UTF-8 read as GBK, bytes lost"].damage(ordinary_lines(size))
    fixtext.fix(damaged[:1000])  # the model is loaded once
    ordinary = _seconds(damaged[:size])
    table = Table(
        f"{size:,} code points made to be slow; varied lines of UTF-8 read as GBK with losses take {ordinary:.2f} s",
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
