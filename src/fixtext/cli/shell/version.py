"""``--version``: what is needed to say which program did what."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import entry_points

import fixtext
from fixtext.detectors.registry import GROUP


def lines() -> Iterator[str]:
    """Yield the version, that of Python, the language model by its digest, and the detectors of other packages."""
    yield f"fixtext {fixtext.__version__}"
    yield f"Python {sys.version.split()[0]} ({sys.implementation.name}, {sys.platform})"
    path = os.path.join(os.path.dirname(fixtext.__file__), "language", "data", "model.bin")
    with open(path, "rb") as stream:
        data = stream.read()
    yield f"model sha256:{sha256(data).hexdigest()[:16]} ({len(data) / 1e6:.1f} MB)"
    plugins = sorted(
        f"{entry.name} ({entry.dist.name} {entry.dist.version})" if entry.dist else entry.name
        for entry in entry_points(group=GROUP)
    )
    yield "plug-ins: " + (", ".join(plugins) or "none")
