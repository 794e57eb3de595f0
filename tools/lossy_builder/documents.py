"""The texts in Simplified Chinese of the packages that the tables of the detector `lossy` are counted from."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from model_builder.sources import NPM, PYPI, Sources

MESSAGES_PYPI = ("home-assistant-frontend", "homeassistant")
MESSAGES_NPM = ("electron-i18n", "monaco-editor", "typescript")
"""Of these only the messages and pages in Chinese are read, and only for the counts: their source is in English."""
PACKAGES = Path(__file__).with_name("packages.tsv")
CODE = (".css", ".js", ".jsx", ".less", ".md", ".py", ".rst", ".scss", ".ts", ".tsx", ".vue", ".wxml", ".wxs")
"""Files with comments and markup: what swallows and is swallowed is counted in these and in `PROSE`."""
PROSE = (".c", ".h", ".html", ".java", ".json", ".yml")
LARGEST = 400_000
"""Bytes of a file; larger ones are bundles and data."""
FEWEST = 40
"""Han characters that a file must have."""

HAN = re.compile("[\u4e00-\u9fff]")


class Document(NamedTuple):
    """One text of a package.

    Attributes:
        package: the name of the package.
        text: the text, with line feeds.
        code: whether it is a file of a package rather than messages out of one.
    """

    package: str
    text: str
    code: bool


def sources(cache: Path) -> Sources:
    """Return the pinned packages under a cache folder."""
    with PACKAGES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pypi = {name: PYPI[name] for name in MESSAGES_PYPI}
    npm = {name: NPM[name] for name in MESSAGES_NPM}
    pypi |= {row["name"]: row["version"] for row in rows if row["index"] == "pypi"}
    npm |= {row["name"]: row["version"] for row in rows if row["index"] == "npm"}
    return Sources(cache, pypi, npm)


def documents(packages: Sources) -> Iterator[Document]:
    """Yield the texts, each once."""
    yield Document("electron-i18n", "\n".join(packages.electron("zh-CN")), code=False)
    yield Document("monaco-editor", "\n".join(packages.monaco("zh-cn")), code=False)
    yield Document("typescript", "\n".join(packages.typescript("zh-cn")), code=False)
    yield Document("homeassistant", "\n".join(packages.home_assistant("zh-Hans")), code=False)
    seen: set[str] = set()
    for package in (*packages.pypi, *packages.npm):
        if package in MESSAGES_PYPI + MESSAGES_NPM:
            continue
        for path in sorted(packages.root(package).rglob("*")):
            text = _chinese(path)
            if text and text not in seen:
                seen.add(text)
                yield Document(package, text, code=True)


def _chinese(path: Path) -> str:
    """Return the text of a file, or nothing if it is no healthy, written text with Chinese in it."""
    skipped = any("dist-info" in part or part in ("dictionary", "node_modules") for part in path.parts)
    if path.suffix.lower() not in CODE + PROSE or ".min." in path.name or skipped or not path.is_file():
        return ""
    if path.stat().st_size > LARGEST:
        return ""
    try:
        text = path.read_text("utf-8")  # universal newlines
    except UnicodeDecodeError:
        return ""
    return text if len(HAN.findall(text)) >= FEWEST and "\ufffd" not in text else ""
