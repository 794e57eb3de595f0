"""How common a pair of Chinese characters is, estimated from the word list of jieba (PyPI, MIT).

Only the speed of script conversion depends on it, never its output.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

VERSION = "0.42.1"
SHA256 = "055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2"


class PairFrequency:
    """Occurrences of a pair of characters in the text that jieba's word list was counted on."""

    def __init__(self, simplified: dict[int, str], archive: Path | None) -> None:
        """Count the word list; pairs are looked up in their Simplified form."""
        self._simplified = simplified
        self._inside: Counter[str] = Counter()
        self._starts: Counter[str] = Counter()
        self._ends: Counter[str] = Counter()
        for line in _word_list(archive).splitlines():
            word, count, *_ = line.split(" ")
            self._starts[word[0]] += int(count)
            self._ends[word[-1]] += int(count)
            for index in range(len(word) - 1):
                self._inside[word[index : index + 2]] += int(count)
        self._words = sum(self._starts.values())

    def __call__(self, pair: str) -> float:
        """Return the estimate: inside words as counted, across words as if they followed each other at random."""
        pair = pair.translate(self._simplified)
        return self._inside[pair] + self._ends[pair[0]] * self._starts[pair[-1]] / self._words


def _word_list(archive: Path | None) -> str:
    with tempfile.TemporaryDirectory() as folder:
        if archive is None:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
            subprocess.run([*pip, "--dest", folder, f"jieba=={VERSION}"], check=True)
            archive = Path(folder, f"jieba-{VERSION}.tar.gz")
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != SHA256:
            raise SystemExit(f"{archive} is not jieba {VERSION}: its SHA-256 is {digest}")
        with tarfile.open(archive) as tar:
            source = tar.extractfile(f"jieba-{VERSION}/jieba/dict.txt")
            if source is None:
                raise SystemExit("no word list in the archive")
            return source.read().decode("utf-8")
