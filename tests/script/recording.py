"""Hashes of what official OpenCC 1.4.2 makes of hostile lines; written by tools/record_script_expectations.py.

A line a configuration: its name, a hash of the lines put in (so that a change of the generator is noticed), a hash of
their conversion as one text, and the first four bytes of a hash of each line's conversion, in base 64.
"""

from __future__ import annotations

import base64
from hashlib import blake2s
from pathlib import Path
from typing import NamedTuple

from tests.script.adversary import Adversary

FOLDER = Path(__file__).parent / "recorded"
HASHES = FOLDER / "hashes.txt"
CASES = FOLDER / "opencc_testcases.json"
COUNT = 2_000
_SIZE = 4


class Recording(NamedTuple):
    """What was recorded of one configuration."""

    inputs: str
    whole: str
    outputs: list[bytes]


def lines(config: str) -> list[str]:
    """Return the lines that were put in."""
    return list(Adversary(config).lines(COUNT))


def record(config: str, inputs: list[str], outputs: list[str], whole: str) -> str:
    """Return the line that is stored."""
    hashes = base64.b64encode(b"".join(map(line_hash, outputs))).decode("ascii")
    return " ".join((config, text_hash("\n".join(inputs)), text_hash(whole), hashes))


def recorded() -> dict[str, Recording]:
    """Read what was stored."""
    found = {}
    for line in HASHES.read_text(encoding="ascii").splitlines():
        config, inputs, whole, hashes = line.split(" ")
        joined = base64.b64decode(hashes)
        outputs = [joined[index : index + _SIZE] for index in range(0, len(joined), _SIZE)]
        found[config] = Recording(inputs, whole, outputs)
    return found


def text_hash(text: str) -> str:
    """Return the hash of a whole text."""
    return blake2s(text.encode("utf-8"), digest_size=16).hexdigest()


def line_hash(text: str) -> bytes:
    """Return the short hash of a line."""
    return blake2s(text.encode("utf-8"), digest_size=_SIZE).digest()
