"""The fuzz targets: each takes bytes of a fuzzer and raises if a promise is broken."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from itertools import pairwise
from pathlib import Path
from unittest import mock

import fixtext
from fixtext import Config
from fixtext.channels.beam import search
from fixtext.charset.reading import UnreadableError
from fixtext.cli.command import _status
from fixtext.detectors.glossed.lattice import ALPHABET, TornLattice
from fixtext.detectors.glossed.page_model import page_model
from tests.proofs import prove

EVERY = Config(detectors=("encoded", "glossed", "lossy", "misdecoded", "western"))
LONGEST = 2000
"""Code points of a text: the fuzzer looks for odd texts, not for long ones."""


def repair(data: bytes) -> None:
    """Any text is repaired without an error, provably, and only once."""
    try:
        text = data.decode("utf-8", "surrogatepass")[:LONGEST]
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")[:LONGEST]
    for config in (None, EVERY):
        result = fixtext.repair(text, config)
        prove(text, result)
        again = fixtext.repair(result.text, config)
        assert again.text == result.text, f"{text!r} -> {result.text!r} -> {again.text!r}"


def repair_bytes(data: bytes) -> None:
    """Any bytes are repaired, or refused as no text; what is not repaired survives."""
    try:
        result = fixtext.repair_bytes(data[:LONGEST])
    except UnreadableError:
        return
    if not result.edits and result.encoding == "utf-8":
        assert result.text.encode("utf-8", "surrogateescape") == data[:LONGEST]


def lattice(data: bytes) -> None:
    """The search along the lattice of any torn text ends, and what it finds leads along the arcs."""
    text = data.decode("utf-8", "ignore")[:60]
    if not text:
        return
    arcs = TornLattice(text, {"冊": "cè"}, 0, {*range(len(text))}).arcs
    for found in search(arcs, len(text), ALPHABET, page_model((), False), width=4, margin=20.0):
        steps = found.path()
        assert steps[-1].node == len(text)
        assert all(before.node <= after.node for before, after in pairwise(steps))


def options(data: bytes) -> None:
    """The command answers any words with a status of its own, never with a traceback."""
    words = [word for word in data.decode("utf-8", "ignore").split("\0") if word]
    if any(word.startswith(WRITES) or Path(word).exists() for word in words):  # a folder, "/" say, would be walked
        return
    out, err = TextIOWrapper(BytesIO(), "utf-8"), StringIO()
    arguments = ["fixtext", "--isolated", *words, "--", "pyproject.toml"]
    stdin = mock.patch.object(sys, "stdin", TextIOWrapper(BytesIO(b"text\n"), "utf-8"))
    with redirect_stdout(out), redirect_stderr(err), stdin, mock.patch.object(sys, "argv", arguments):
        assert _status() in (0, 1, 2)


WRITES = ("-w", "--w", "-o", "--o", "--b", "--ap", "--un", "--r", "-p", "--pat", "--na", "--files", "--c", "-j")
"""What begins like an option that writes a file or waits for somebody."""

TARGETS = {target.__name__: target for target in (repair, repair_bytes, lattice, options)}
