"""Measure the language model on held-out text: bits per character, recovery of lost bytes, misreadings, speed.

    python benchmarks/language_model.py [bits] [lost] [document] [misread] [speed] [--held-out FOLDER]

The held-out folder holds healthy text as <language>/<file>; the default is ../shared/exam/clean beside the project.
Nothing in it was used to build the model.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np

from fixtext.language import LanguageModel, default_model, script_of

HELD_OUT = Path(__file__).resolve().parent.parent.parent / "shared" / "exam" / "clean"
OTHER_SCRIPT = 8.7
"""Bits by which candidates of the other Chinese script than the text's are handicapped (6 nats)."""
CHINESE = (
    "zh-Hans/javaguide.md",
    "zh-Hans/vue-docs-zh-cn.md",
    "zh-Hans/manpages-zh.zh_CN.troff",
    "zh-Hans/classical-original.txt",
    "zh-Hant/react-docs-zh-hant.md",
    "zh-Hant/taiwan-laws.txt",
    "zh-Hant/quantangshi-trad.json",
    "yue/hkcancor.cha.txt",
)
CODE_PAGES = ("utf-8", "gbk", "big5", "cp932", "euc-jp", "cp949", "cp1251", "koi8-r", "cp1252", "latin-1")


def is_han(char: str) -> bool:
    """Return whether a character is a common ideograph."""
    return "\u4e00" <= char <= "\u9fff"


def prose_lines(path: Path) -> list[str]:
    """Return the lines of a file that are mostly letters: no code, no tables, no tone patterns of poems."""
    text = path.read_text("utf-8", "replace")
    text = re.sub(r"```.*?```|<[^>]*>|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    lines = (line.strip(' \t#*->|",0123456789[]') for line in text.splitlines())
    foreign = "zh" in path.parent.name or path.parent.name in ("ja", "ko", "yue", "th", "ru", "ar", "hi")
    kept = []
    for line in lines:
        letters = sum(map(str.isalpha, line))
        beyond = sum(char.isalpha() and char > "\x7f" for char in line)
        if (
            len(set(line)) >= 8
            and letters >= 10
            and letters >= 0.6 * len(line)
            and (not foreign or beyond >= 0.6 * letters)
        ):
            kept.append(line)
    return kept


def files(held_out: Path) -> list[Path]:
    """Return all held-out files."""
    return sorted(path for path in held_out.glob("*/*") if path.parent.name not in ("hard", "code"))


def bits_per_character(model: LanguageModel, held_out: Path) -> None:
    """Print the average bits of a character, file by file."""
    print(f"{'file':40} {'characters':>10} {'bits/char':>9}")
    for path in files(held_out):
        lines = prose_lines(path)[:3000]
        text = "\n".join(lines)[:200_000]
        print(f"{path.relative_to(held_out)!s:40} {len(text):10,} {model.bits(text) / max(len(text), 1):9.2f}")


# Lost bytes


@cache
def _by_bytes(codec: str, kept: tuple[int, ...]) -> dict[bytes, list[str]]:
    found: dict[bytes, list[str]] = {}
    for code in range(0x80, 0x10000):
        try:
            encoded = chr(code).encode(codec)
        except UnicodeEncodeError:
            continue
        if len(encoded) == (2 if codec == "gbk" else 3):
            found.setdefault(bytes(encoded[index] for index in kept), []).append(chr(code))
    return found


LOSSES = {
    "GBK lead": ("gbk", (1,)),
    "GBK trail": ("gbk", (0,)),
    "UTF-8 1st": ("utf-8", (1, 2)),
    "UTF-8 2nd": ("utf-8", (0, 2)),
    "UTF-8 3rd": ("utf-8", (0, 1)),
    "UTF-8 1+2": ("utf-8", (2,)),
    "UTF-8 2+3": ("utf-8", (0,)),
}


def recovered(
    model: LanguageModel, text: str, loss: str, sample: int, seed: int = 0
) -> tuple[float, list[tuple[float, bool]]]:
    """Return the share of characters whose lost byte is found at first guess, and (margin in bits, right) of each."""
    codec, kept = LOSSES[loss]
    table = _by_bytes(codec, kept)
    chosen = random.Random(seed)
    places = [place for place in range(2, len(text) - 2) if is_han(text[place])]
    results: list[tuple[float, bool]] = []
    for place in chosen.sample(places, min(sample, len(places))):
        truth = text[place]
        try:
            encoded = truth.encode(codec)
        except UnicodeEncodeError:
            continue
        candidates = table[bytes(encoded[index] for index in kept)]
        around = [script_of(char) for char in text[max(place - 50, 0) : place] + text[place + 1 : place + 50]]
        other = "hans" if around.count("hant") > around.count("hans") else "hant"
        left, right = text[place - 2 : place], text[place + 1 : place + 3]
        count = len(candidates)
        befores = [left] * count + [left[1] + char for char in candidates] + [char + right[0] for char in candidates]
        chars = [*candidates, *[right[0]] * count, *[right[1]] * count]
        scores = model.transitions(befores, chars).reshape(3, count).sum(axis=0)
        scores = scores + np.array([OTHER_SCRIPT * (script_of(char) == other) for char in candidates])
        order = np.argsort(scores, kind="stable")
        margin = float(scores[order[1]] - scores[order[0]]) if count > 1 else 99.0
        results.append((margin, candidates[order[0]] == truth))
    return sum(right for _, right in results) / max(len(results), 1), results


def chinese_texts(held_out: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of the Chinese held-out files, lines joined as in the file."""
    for name in CHINESE:
        yield name, "\n".join(prose_lines(held_out / name))[:150_000]
    pages = sorted((held_out.parent / "gloss" / "expected").glob("*.txt"))
    yield "web pages", "\n".join(line for page in pages for line in prose_lines_of_page(page))


def prose_lines_of_page(path: Path) -> list[str]:
    """Return the lines of a Chinese web page."""
    lines = path.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if sum(map(is_han, line)) >= 10]


def lost_bytes(model: LanguageModel, held_out: Path, sample: int) -> None:
    """Print how often a lost byte is recovered, by kind of text and of loss, and what the margin says."""
    print(f"{'text':34}" + "".join(f"{name:>11}" for name in LOSSES) + "  bits/char")
    margins: list[tuple[float, bool]] = []
    sums = np.zeros(len(LOSSES))
    count = 0
    for name, text in chinese_texts(held_out):
        row = []
        for loss in LOSSES:
            rate, results = recovered(model, text, loss, sample)
            row.append(100 * rate)
            if loss.startswith("GBK"):
                margins += results
        sums += row
        count += 1
        bits = model.bits(text) / len(text)
        print(f"{name:34}" + "".join(f"{rate:11.1f}" for rate in row) + f"{bits:11.2f}")
    print(f"{'mean':34}" + "".join(f"{rate:11.1f}" for rate in sums / count))
    print("\nmargin of first over second guess, GBK bytes, all texts together")
    for bits in (0, 1, 2, 3, 4, 5, 6, 8, 10):
        beyond = [right for margin, right in margins if margin >= bits]
        print(f"  >= {bits:2} bits: {len(beyond) / len(margins):6.1%} of the cases, {np.mean(beyond):6.1%} right")


def with_document(model: LanguageModel, held_out: Path, sample: int) -> None:
    """Print what the document's own n-grams bring: trained on the rest of the same file."""
    print(f"{'text':34} {'context':>9} {'GBK lead':>16} {'GBK trail':>16}")
    for name, text in chinese_texts(held_out):
        for size in (8_000, 25_000, 75_000):
            test, rest = text[:20_000], text[20_000 : 20_000 + size]
            if len(rest) < size:
                continue
            own = model.with_document([rest])
            row = ""
            for loss in ("GBK lead", "GBK trail"):
                row += "".join(f"{100 * recovered(m, test, loss, sample)[0]:8.1f}" for m in (model, own)) + " "
            print(f"{name:34} {size:9,} {row}")


# Misreadings


def misread(text: str, source: str, target: str) -> str | None:
    """Return a text encoded in one code page and read in another, or None if that cannot be or changes nothing."""
    try:
        damaged = text.encode(source).decode(target)
    except UnicodeError:
        return None
    return damaged if damaged != text else None


LANGUAGES: dict[str, tuple[str, ...]] = {
    "zh-Hans": ("gbk", "utf-8"), "zh-Hant": ("big5", "utf-8", "gbk"), "ja": ("cp932", "euc-jp", "utf-8"),
    "ko": ("cp949", "utf-8"), "ru": ("cp1251", "koi8-r", "utf-8"), "fr": ("cp1252", "utf-8"),
    "de": ("cp1252", "utf-8"), "es": ("cp1252", "utf-8"), "vi": ("utf-8",), "th": ("utf-8",), "ar": ("utf-8",),
    "hi": ("utf-8",),
}  # fmt: skip


def windows(path: Path, length: int, count: int, seed: int) -> Iterator[str]:
    """Yield stretches of a file, three quarters of each beyond ASCII, or something at all in Latin letters."""
    lines = prose_lines(path)
    least = 1 if path.parent.name in ("fr", "de", "es", "vi") else 0.75 * length
    chosen = random.Random(seed)
    for _ in range(count):
        line = chosen.choice(lines)
        start = chosen.randrange(max(len(line) - length, 0) + 1)
        window = line[start : start + length]
        if len(window) == length and sum(char > "\x7f" for char in window) >= least:
            yield window


def misreadings(model: LanguageModel, held_out: Path, count: int) -> None:
    """Print how often the healthy text is cheaper than its misreading, pair by pair."""
    for length in (4, 8, 12):
        print(f"\n{length} characters: healthy text cheaper than its misreading (%), pairs below 99.9")
        total = right = 0
        for language, sources in LANGUAGES.items():
            paths = sorted((held_out / language).iterdir())
            samples = [window for path in paths for window in windows(path, length, count, seed=length)]
            for source in sources:
                for target in CODE_PAGES:
                    pairs = [(text, misread(text, source, target)) for text in samples]
                    known = [(text, damaged) for text, damaged in pairs if damaged is not None]
                    if len(known) < 20:
                        continue
                    good = sum(model.bits(text) < model.bits(damaged) for text, damaged in known)
                    total += len(known)
                    right += good
                    if good < 0.999 * len(known):
                        rate = 100 * good / len(known)
                        print(f"  {language:8} {source:>7} read as {target:8} {rate:6.2f}  {len(known):6}")
        print(f"  all pairs: {100 * right / total:.3f} % of {total:,}")


# Speed


def clock(action: Callable[[], object], least: float = 0.3) -> float:
    """Return the seconds of one call, averaged."""
    calls = 0
    start = time.perf_counter()
    while not calls or time.perf_counter() - start < least:
        action()
        calls += 1
    return (time.perf_counter() - start) / calls


def speed(model: LanguageModel, held_out: Path) -> None:
    """Print the times of loading and scoring."""
    from fixtext.language.model import DATA
    from fixtext.language.table import Table

    text = "\n".join(prose_lines(held_out / CHINESE[0]))[:100_000]
    keys = sorted({(text[place - 2 : place], text[place]) for place in range(2, 60_000)})
    random.Random(0).shuffle(keys)
    befores, chars = [before for before, _ in keys], [char for _, char in keys]
    print(f"open the file                {clock(lambda: LanguageModel(Table(DATA))) * 1e3:9.3f} ms")

    def one_by_one(scorer: LanguageModel) -> None:
        for before, char in keys:
            scorer.transition(before, char)

    cold = min(clock(lambda: one_by_one(LanguageModel(model._table)), 0) for _ in range(5))
    print(f"transition, not remembered   {cold / len(keys) * 1e6:9.3f} us")
    one_by_one(model)
    print(f"transition, remembered       {clock(lambda: one_by_one(model)) / len(keys) * 1e6:9.3f} us")
    print(f"transitions, batch           {clock(lambda: model.transitions(befores, chars)) / len(keys) * 1e6:9.3f} us")
    few = befores[:126], chars[:126]
    print(f"transitions, batch of 126    {clock(lambda: model.transitions(*few)) * 1e6:9.1f} us")
    print(f"bits, 100,000 characters     {clock(lambda: model.bits(text)) * 1e3:9.1f} ms")
    rest = text[:100_000]
    own = clock(lambda: model.with_document([rest]).transition("中", "文"))
    print(f"with_document, 100,000 chars {own * 1e3:9.1f} ms to the first answer")
    megabyte = text * 10
    own = clock(lambda: model.with_document([megabyte]).transition("中", "文"))
    print(f"with_document, 1 M chars     {own * 1e3:9.1f} ms to the first answer")
    mixed = model.with_document([rest])
    cold = clock(lambda: one_by_one(model.with_document([rest])), 0)
    print(f"  transition, not remembered {(cold - own) / len(keys) * 1e6:9.3f} us")
    print(f"  transitions, batch         {clock(lambda: mixed.transitions(befores, chars)) / len(keys) * 1e6:9.3f} us")


def main(arguments: Iterable[str] | None = None) -> None:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["bits", "lost", "document", "misread", "speed"])
    parser.add_argument("--held-out", type=Path, default=HELD_OUT)
    parser.add_argument("--sample", type=int, default=1000)
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    model = default_model()
    if "bits" in options.parts:
        bits_per_character(model, options.held_out)
    if "lost" in options.parts:
        lost_bytes(model, options.held_out, options.sample)
    if "document" in options.parts:
        with_document(model, options.held_out, options.sample)
    if "misread" in options.parts:
        misreadings(model, options.held_out, options.sample // 2)
    if "speed" in options.parts:
        speed(model, options.held_out)


if __name__ == "__main__":
    main()
