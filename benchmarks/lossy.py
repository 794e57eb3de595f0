"""Lost bytes: characters and lines restored, speed, and whether the probabilities are true.

    python benchmarks/lossy.py FILE ... [--limit CHARACTERS] [--channel NAME]

The files are healthy UTF-8 text that no table of this project was counted from. A stretch from the middle of each is
damaged by every channel and repaired as a whole, always guessing. Lines count if they lost something; what lost
nothing is the business of other detectors. ftfy stands beside. The speed is that of the lines that count, put together.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import ftfy

import fixtext
from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import QuestionForReplacement

CHANNELS = {
    "gb18030, U+FFFD": Channel((Encode("utf-8"), Decode("gb18030", "replace"))),
    "gbk, ?": Channel((Encode("utf-8"), Decode("gbk", "replace"), QuestionForReplacement())),
    "cp936, ? swallows": Channel((Encode("utf-8"), Decode("cp936", "windows"))),
    "round trip cp936": Channel(
        (Encode("utf-8"), Decode("cp936", "windows"), Encode("cp936"), Decode("utf-8", "surrogateescape"))
    ),
    "round trip cp932": Channel(
        (Encode("utf-8"), Decode("cp932", "windows"), Encode("cp932", "windows"), Decode("utf-8", "surrogateescape"))
    ),
    "round trip cp932, U+FFFD": Channel(
        (Encode("utf-8"), Decode("cp932", "windows"), Encode("cp932", "windows"), Decode("utf-8", "replace"))
    ),
    "gbk of Java": Channel((Encode("utf-8"), Decode("gbk", "java"))),
    "gbk of PHP": Channel((Encode("utf-8"), Decode("gbk", "php"))),
    "gbk, ignored": Channel((Encode("utf-8"), Decode("gbk", "ignore"))),
    "gb18030, ignored": Channel((Encode("utf-8"), Decode("gb18030", "ignore"))),
    "cp932, ignored": Channel((Encode("utf-8"), Decode("cp932", "ignore"))),
    "cp949, ? for pairs": Channel((Encode("utf-8"), Decode("cp949", "windows"))),
    "cp949, U+FFFD for pairs": Channel((Encode("utf-8"), Decode("cp949", "whatwg"))),
    "cp950, ? for pairs": Channel((Encode("utf-8"), Decode("cp950", "windows"))),
    "cp949, U+FFFD": Channel((Encode("utf-8"), Decode("cp949", "replace"))),
    "cp950, U+FFFD": Channel((Encode("utf-8"), Decode("cp950", "replace"))),
    "cp932, U+FFFD": Channel((Encode("utf-8"), Decode("cp932", "replace"))),
    "cp1252, U+FFFD": Channel((Encode("utf-8"), Decode("cp1252-strict", "replace"))),
}
MAIN = tuple(CHANNELS)[:4]


def pieces(text: str, channel: Channel) -> Iterator[tuple[str, str]]:
    """Yield stretches of whole lines with what the channel makes of them: a swallowed line feed joins two lines."""
    chunk = ""
    for line in text.splitlines(keepends=True):
        chunk += line
        damaged = channel.damage(chunk)
        if damaged.endswith("\n"):
            yield chunk, damaged
            chunk = ""


def lost(healthy: str, damaged: str, channel: Channel) -> bool:
    """Whether a line lost something: it has a mark more than the healthy one, or bytes of it were ignored or dots."""
    reading = channel.steps[1]
    if channel in (CHANNELS["round trip cp932"], CHANNELS["round trip cp932, U+FFFD"]):
        return healthy != damaged
    if isinstance(reading, Decode) and reading.errors == "ignore":
        try:
            codepages.decode(healthy.encode(), reading.code_page)
        except UnicodeError:
            return True
        return False
    return "\ufffd" in damaged or damaged.count("?") > healthy.count("?")


def right(healthy: str, got: str) -> int:
    """Return how many characters of a healthy text are in the repaired one, in order."""
    if healthy == got:
        return len(healthy)
    return sum(block.size for block in SequenceMatcher(None, healthy, got, autojunk=False).get_matching_blocks())


def places_right(healthy: str, got: str) -> Callable[[int], bool]:
    """Return what tells whether a character of a repaired text is one of the healthy text in its place.

    What stays damaged before it may be longer or shorter than what it was.
    """
    if healthy == got:
        return lambda _: True
    blocks = SequenceMatcher(None, healthy, got, autojunk=False).get_matching_blocks()
    known = {place for block in blocks for place in range(block.b, block.b + block.size)}
    return known.__contains__


def calibration(guesses: Iterable[tuple[float, bool]]) -> float:
    """Print the reliability table and return the expected calibration error over ten bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for probability, correct in guesses:
        bins[min(9, int(probability * 10))].append((probability, correct))
    total, error = sum(map(len, bins)), 0.0
    for number, found in enumerate(bins):
        if found:
            said = sum(probability for probability, _ in found) / len(found)
            was = sum(correct for _, correct in found) / len(found)
            error += len(found) / total * abs(said - was)
            print(f"    {number / 10:.1f}  n {len(found):6d}  said {said:.3f}  was {was:.3f}")
    return error


def measure(name: str, channel: Channel, texts: list[str], limit: int) -> None:
    """Print one line of the table."""
    chars = good = lines = exact = ftfy_exact = size = 0
    seconds = 0.0
    guessed: list[tuple[float, bool]] = []
    for text in texts:
        begin = text.find("\n", len(text) // 3) + 1 if len(text) > limit else 0
        parts = list(pieces(text[begin : begin + limit], channel))
        damaged = "".join(after for _, after in parts)
        repair = fixtext.repair(damaged, fixtext.Config(detectors=("lossy",), holes="guess"))
        lossy_lines = "".join(after for healthy, after in parts if lost(healthy, after, channel))
        start = time.process_time()
        fixtext.repair(lossy_lines, fixtext.Config(detectors=("lossy",), holes="guess"))
        seconds += time.process_time() - start
        size += len(lossy_lines.encode("utf-8", "surrogateescape"))
        edits = list(repair.edits)
        position = 0
        for healthy, after in parts:
            end = position + len(after)
            mine = []
            while edits and edits[0].span.start < end:
                mine.append(edits.pop(0))
            got, at = "", position
            here = []
            for edit in mine:
                got += damaged[at : edit.span.start]
                here += [(guess.probability, len(got) + guess.offset) for guess in edit.guesses]
                got, at = got + edit.after, edit.span.end
            got += damaged[at:end]
            position = end
            is_right = places_right(healthy, got)
            guessed += [(probability, is_right(place)) for probability, place in here]
            if not lost(healthy, after, channel):
                continue
            exactly = got == healthy
            chars, good = chars + len(healthy), good + right(healthy, got)
            lines, exact = lines + 1, exact + exactly
            ftfy_exact += ftfy.fix_text(after.encode("utf-8", "replace").decode()) == healthy
    print(
        f"{name}: characters {good / max(chars, 1):.2%}, lines {exact / max(lines, 1):.1%} of {lines}, "
        f"ftfy {ftfy_exact / max(lines, 1):.1%}, {size / max(seconds, 1e-9) / 1e6:.3f} MB/s"
    )
    print(f"    ECE {calibration(guessed):.3f}")


def main() -> None:
    """Read the options and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=20_000)
    parser.add_argument("--channel", action="append", choices=CHANNELS, help="default: the first four")
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in options.files]
    for name in options.channel or MAIN:
        measure(name, CHANNELS[name], texts, options.limit)


if __name__ == "__main__":
    main()
