"""Records of every kind: healthy, damaged in each way, and beyond repair. Damaged here, from sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

ZH = (
    "\u5065\u5eb7\u7684\u6587\u5b57"
    "\u5e94\u8be5\u539f\u6837\u51fa\u6765\uff0c\u4e00\u4e2a\u5b57\u4e5f\u4e0d\u80fd\u53d8\u3002"
)
"""Healthy text has to come out as it was, and not a character may change."""

JA = (
    "\u5065\u5eb7\u306a\u6587\u7ae0\u306f\u305d\u306e\u307e\u307e\u51fa\u3066\u304f\u308b\u3079\u304d\u3067\u3059\u3002"
)

READ_AS_LATIN = ZH.encode().decode("latin-1")
"""The same in UTF-8, read as Latin-1."""

READ_AS_GBK = (ZH * 2).encode().decode("gb18030", "replace")
"""The same in UTF-8, read as GB18030, with bytes lost."""

CAFE = "Le caf\u00c3\u00a9 est pr\u00c3\u00aat, mais o\u00c3\u00b9 sont les g\u00c3\u00a2teaux ?"
"""French in UTF-8, read as Windows-1252."""


def texts() -> list[str]:
    """Return texts of every kind, a whole document of each kind among the samples too."""
    samples = [_smallest(folder).read_text(encoding="utf-8") for folder in sorted((ROOT / "samples").iterdir())]
    healthy = ["plain text, nothing else", ZH, JA, "", "caf\u00e9 \U0001f600", "a\tb\nc", '"quoted", \\ and, commas']
    return [*healthy, READ_AS_LATIN, READ_AS_GBK, CAFE, f"{ZH} ??? {READ_AS_LATIN}", *samples]


def _smallest(folder: Path) -> Path:
    return min(folder.glob("*.in.txt"), key=lambda file: (file.stat().st_size, file.name))


def records() -> list[dict[str, Any]]:
    """Return records with those texts."""
    return [{"id": number, "text": text, "url": f"https://example.org/{number}"} for number, text in enumerate(texts())]


def lines(found: list[dict[str, Any]]) -> bytes:
    """Return records as JSON lines, one in three with escapes."""
    return b"".join(json.dumps(record, ensure_ascii=record["id"] % 3 == 0).encode() + b"\n" for record in found)
