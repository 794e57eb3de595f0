"""Healthy text to measure on, from packages that can be had by name, with pinned versions (``packages.json``).

*manuals*: Debian's translated manuals, prose and markup in 24 languages; Django's message catalogues; packages of
Chinese authors, source code with their comments. *kinds*: what is no prose or of a kind of its own, in some 100
languages and all large scripts: spelling dictionaries and thesauri, help, quotations, locale data, word lists,
dictionaries of characters and their sounds, keyboard layouts, banners, source code; some of it in legacy encodings.
Nothing of it is part of this project: it is fetched into a cache folder and read there.

    python -m benchmarks fetch [--cache FOLDER]
"""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from benchmarks.containers import contents

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from model_builder.sources import Sources

CACHE = Path.home() / ".cache" / "fixtext-benchmarks"
EXAM = Path(__file__).resolve().parents[2] / "shared" / "exam" / "clean"
"""Real material that is not part of this project either; used too where it is present."""

PACKAGES: dict[str, dict[str, dict[str, str]]] = json.loads(
    Path(__file__).with_name("packages.json").read_text("utf-8")
)
"""Set of texts -> registry -> package -> version; Debian's are those of Debian 12."""

ENGLISH = {"debian-reference-en": "2.100"}
"""The same for English, which is almost all ASCII: there is nothing in it to be harmed, but its speed is measured."""

HALVES = ("first", "second")
"""The halves of *kinds*, parted by the packages' names alone, so that one can be left unseen while the other is looked
at."""

SETS = ("manuals", "kinds", *HALVES, *(name for name in PACKAGES if name not in ("manuals", "kinds")))
"""What can be measured."""

SUFFIXES = (".po", ".py", ".js", ".ts", ".md", ".rst", ".json")
LARGEST = 2_000_000
"""Bytes of a file among the manuals; larger ones are bundles."""

SHARE = 2_500_000
PIECE = 1_500_000
"""Bytes of one package among the kinds, its files in an order that says nothing of them, and bytes that a file gives,
from its first third on, as whole lines."""

BINARY = {
    *(".png", ".jpg", ".gif", ".wav", ".ogg", ".mo", ".pyc", ".so", ".zip", ".idx", ".svg", ".woff", ".woff2", ".ttf"),
    *(".map", ".npz", ".bin", ".pkl", ".model", ".wasm", ".db"),
}
OPENED = ("eighth", "ninth")
"""Sets of whose packages what is in catalogues, archives and dictionaries counts as well."""

_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


class Text(NamedTuple):
    """A healthy text.

    Attributes:
        name: ``source/path``.
        text: what it says; empty if it is not UTF-8.
        data: its bytes.
    """

    name: str
    text: str
    data: bytes = b""


def fetch(cache: Path, sets: Iterable[str] = SETS) -> None:
    """Download and unpack what is not in the cache yet.

    Args:
        cache: the folder.
        sets: whose packages, of `SETS`; of a half all of *kinds*.

    Raises:
        RuntimeError: a program that is needed is missing.
        subprocess.CalledProcessError: a package cannot be had; what it printed says why.
    """
    for name in {"kinds" if name in HALVES else name for name in sets}:
        packages = PACKAGES[name]
        Sources(cache, packages["pypi"], packages["npm"]).fetch()
        wanted = {**packages["debian"], **ENGLISH}
        missing = {name: version for name, version in wanted.items() if not _folder(cache, name, version).is_dir()}
        if missing:
            _fetch_from_debian(cache, missing)


def _fetch_from_debian(cache: Path, packages: dict[str, str]) -> None:
    for program in ("apt-get", "dpkg-deb"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is needed to fetch Debian's packages")
    wanted = [f"{name}={version}" for name, version in packages.items()]
    subprocess.run(["apt-get", "download", *wanted], check=True, cwd=cache)
    for name, version in packages.items():
        (archive,) = cache.glob(f"{name}_{version.replace(':', '%3a')}_*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, _folder(cache, name, version)], check=True)


def texts(cache: Path, which: str = "manuals") -> Iterator[Text]:
    """Yield every text of a set that is at hand, those of a package together, in an order that is always the same."""
    packages = PACKAGES["kinds" if which in HALVES else which]
    sources = Sources(cache, packages["pypi"], packages["npm"])
    folders = {name: _folder(cache, name, version) for name, version in packages["debian"].items()}
    folders |= {name: sources.root(name) for name in (*packages["pypi"], *packages["npm"])}
    for name, folder in sorted(folders.items()):
        if which == "manuals":
            is_wanted = _is_manual if name in packages["debian"] else _is_source
            yield from _read(name, sorted(path for path in folder.rglob("*") if is_wanted(path)))
        elif which not in HALVES or which == HALVES[crc32(name.encode()) & 1]:
            yield from _sampled(name, folder, opened=which in OPENED)
    if which == "manuals" and EXAM.is_dir():
        for path in sorted(EXAM.glob("*/*")):
            data = path.read_bytes()
            yield Text(f"exam/{path.parent.name}/{path.name}", data.decode("utf-8"), data)


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


def _is_source(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.is_file() and path.stat().st_size <= LARGEST


def _read(source: str, paths: Iterable[Path], *, ascii_too: bool = False) -> Iterator[Text]:
    """Yield the texts of files, once each; what is not UTF-8 or all ASCII has nothing to be harmed."""
    seen: set[str] = set()
    for path in paths:
        try:
            text = _unpacked(path).decode("utf-8")
        except (UnicodeDecodeError, gzip.BadGzipFile):
            continue
        if path.suffix == ".html":
            text = html.unescape(_TAG.sub("", text))
        if (ascii_too or not text.isascii()) and text not in seen:
            seen.add(text)
            yield Text(f"{source}/{path.name}", text, text.encode())


def _sampled(source: str, folder: Path, *, opened: bool = False) -> Iterator[Text]:
    """Yield the texts of a package up to its share, whatever they are written in."""
    binary = BINARY - {".mo"} if opened else BINARY
    paths = [path for path in folder.rglob("*") if path.suffix.lower() not in binary and not path.is_symlink()]
    total, seen = 0, set[bytes]()
    for path in sorted(paths, key=lambda path: crc32(str(path.relative_to(folder)).encode())):
        if not path.is_file():
            continue
        for name, whole in _contents(path, opened=opened):
            if total >= SHARE:
                return
            data = _piece(whole)
            if data.isascii() or data in seen or len(_CONTROLS.intersection(data[:4000])) > 1:
                continue
            seen.add(data)
            try:
                text = data.decode("utf-8")
                if name.endswith((".html", ".htm")):
                    text = html.unescape(_TAG.sub("", text))
                    data = text.encode()
            except UnicodeDecodeError:
                text = ""
            total += len(data)
            yield Text(f"{source}/{name}", text, data)


def _contents(path: Path, *, opened: bool) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of what a file holds, nothing if it cannot be unpacked."""
    try:
        yield from contents(path) if opened else [(path.name, _unpacked(path))]
    except (gzip.BadGzipFile, EOFError, zipfile.BadZipFile, struct.error):
        return


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _piece(data: bytes) -> bytes:
    if len(data) <= PIECE:
        return data
    start = data.find(b"\n", len(data) // 3) + 1
    end = data.find(b"\n", start + PIECE) + 1
    return data[start : end or start + PIECE]
