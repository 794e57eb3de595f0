"""Encodings found, beside chardet and charset-normalizer, in the same run.

    pip install chardet charset-normalizer
    python benchmarks/charset.py --collection chardet-5.2.0/tests --texts zh.txt=gbk tw.txt=big5 ja.txt=cp932 ...

A collection is a folder with a folder for each encoding, named ``gb2312`` or ``windows-1250-polish``, as in the source
distribution of chardet 5.2. An answer is right if it is that encoding, one that has all its characters at the same
places, or one that reads the file to the same text. Texts are UTF-8; what their encoding lacks is left out. Times are
processor times, the best of three; the short strings are stretches of the letters of the texts.
"""

from __future__ import annotations

import argparse
import codecs
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from fixtext import codepages  # noqa: E402
from fixtext.charset import detect  # noqa: E402

LENGTHS = (2, 4, 6, 8, 12, 20)
SUPERSETS = [
    {"gb2312", "gbk", "gb18030"},
    {"shift_jis", "cp932"},
    {"euc_kr", "cp949"},
    {"big5", "big5hkscs", "cp950"},
    {"tis-620", "cp874", "iso8859-11"},
    {"iso8859-1", "cp1252", "iso8859-15"},
    {"iso8859-2", "cp1250"},
    {"iso8859-9", "cp1254"},
    {"iso8859-7", "cp1253"},
    {"iso8859-8", "cp1255"},
    {"utf-16", "utf-16-le", "utf-16-be"},
    {"utf-32", "utf-32-le", "utf-32-be"},
    {"utf-8", "utf-8-sig"},
    {"ascii", "cp1252", "utf-8", "iso8859-1"},
]
LETTERS = re.compile("[\u3041-\u3093\u30a1-\u30f6\u4e00-\u9fff\uac00-\ud7a3]+(?: [\uac00-\ud7a3]+)*")

Answer = Callable[[bytes], "str | None"]


def answers() -> dict[str, Answer]:
    """Return the detectors that are installed."""
    found: dict[str, Answer] = {"fixtext": lambda data: detect(data).encoding}
    try:
        import chardet

        found["chardet"] = lambda data: chardet.detect(data)["encoding"]
    except ImportError:
        pass
    try:
        import charset_normalizer

        def best(data: bytes) -> str | None:
            match = charset_normalizer.from_bytes(data).best()
            return None if match is None else match.encoding

        found["charset-normalizer"] = best
    except ImportError:
        pass
    return found


def read(data: bytes, encoding: str) -> str:
    """Decode by any name that Python or we know."""
    try:
        return data.decode(encoding, "replace").lstrip("\ufeff")
    except LookupError:
        return codepages.decode(data, encoding, "replace").lstrip("\ufeff")


def is_right(data: bytes, answer: str | None, expected: str) -> bool:
    """Return whether an answer is as good as the expected one."""
    if answer is None:
        return False
    try:
        names = {codecs.lookup(answer).name, codecs.lookup(codepages.code_page(expected).python_name or expected).name}
        if len(names) == 1 or any(names <= group for group in SUPERSETS):
            return True
    except LookupError:
        pass
    return read(data, answer) == read(data, expected)


def expected_of(folder: str) -> str:
    """Return the encoding that a folder is named for: without the language at its end."""
    for name in (folder, folder.rpartition("-")[0]):
        try:
            return codepages.lookup(name)
        except codepages.UnknownCodePageError:
            continue
    return codecs.lookup(folder).name


def collection(folder: Path, detectors: dict[str, Answer]) -> None:
    """Print how many files of each encoding are right."""
    right: dict[str, Counter[str]] = {name: Counter() for name in detectors}
    total: Counter[str] = Counter()
    spent = dict.fromkeys(detectors, 0.0)
    for file in sorted(folder.glob("*/*")):
        data, expected = file.read_bytes(), expected_of(file.parent.name)
        total[expected] += 1
        for name, answer in detectors.items():
            start = time.process_time()
            got = answer(data)
            spent[name] += time.process_time() - start
            right[name][expected] += is_right(data, got, expected)
    print(f"| encoding | files | {' | '.join(detectors)} |")
    for encoding, count in sorted(total.items()):
        print(f"| {encoding} | {count} | {' | '.join(str(right[name][encoding]) for name in detectors)} |")
    print(f"| all | {total.total()} | {' | '.join(str(right[name].total()) for name in detectors)} |")
    print(f"| seconds | | {' | '.join(f'{spent[name]:.1f}' for name in detectors)} |")


def short_strings(text: str, encoding: str, detectors: dict[str, Answer]) -> None:
    """Print how often strings of some letters are right, 200 of each length."""
    runs = LETTERS.findall(text)
    for length in LENGTHS:
        chance = random.Random(f"{encoding} {length}")
        long_enough = [run for run in runs if len(run.replace(" ", "")) >= length]
        right: Counter[str] = Counter()
        for _ in range(200):
            run = chance.choice(long_enough)
            start = chance.randrange(len(run))
            piece = re.match(rf"(?:\S ?){{{length}}}", run[start:].strip())
            data = (piece[0] if piece else run[: length + run[:length].count(" ")]).strip().encode(encoding, "ignore")
            for name, answer in detectors.items():
                right[name] += is_right(data, answer(data), encoding)
        print(f"| {encoding} | {length} | {' | '.join(f'{right[name] / 2:.1f}' for name in detectors)} |", flush=True)


def speed(text: str, encoding: str, detectors: dict[str, Answer]) -> None:
    """Print milliseconds for a megabyte."""
    data = text.encode(encoding, "ignore")
    data = (data * (1 + 1_000_000 // len(data)))[:1_000_000]
    data = data[: data.rindex(b"\n")]
    times = {}
    for name, answer in detectors.items():
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            answer(data)
            best = min(best, time.process_time() - start)
        times[name] = f"{best * 1e3:.1f}"
    print(f"| {encoding} | {' | '.join(times.values())} |", flush=True)


def main() -> None:
    """Measure and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collection", type=Path)
    parser.add_argument("--texts", nargs="*", default=[], metavar="FILE=ENCODING")
    options = parser.parse_args()
    detectors = answers()
    if options.collection:
        collection(options.collection, detectors)
    texts = [argument.rpartition("=")[::2] for argument in options.texts]
    for measure, heading in ((short_strings, "encoding | letters"), (speed, "1 MB, ms")):
        print(f"\n| {heading} | {' | '.join(detectors)} |")
        for file, encoding in texts:
            measure(Path(file).read_text(encoding="utf-8"), encoding, detectors)


if __name__ == "__main__":
    main()
