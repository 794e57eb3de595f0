"""``--detect``: what encoding files are in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fixtext.cli import streams
from fixtext.cli.errors import EXIT_USAGE, Failure
from fixtext.cli.files.walking import Item
from fixtext.cli.printable import printable
from fixtext.cli.wording import gettext as _
from fixtext.cli.work import read

if TYPE_CHECKING:
    from fixtext.charset import Detection
    from fixtext.cli.settings.settings import Settings

_HEADINGS = ("file", "encoding", "web", "lead", "newline", "bom", "unreadable", "next")


def detecting(names: tuple[str, ...], settings: Settings) -> int:
    """Print what encoding each file is in, as a table or as JSON, and return the exit status."""
    from fixtext.charset import detect

    found: list[tuple[str, Detection]] = []
    status = 0
    for name in names or ("-",):
        item = Item(None, _("standard input")) if name == "-" else Item(name, name)
        try:
            data, _known = read(item)
        except Failure as failure:
            failure.show()
            status = EXIT_USAGE
            continue
        found.append((item.name, detect(data)))
    if settings.run["form"] == "json":
        streams.tell(json.dumps([record(name, one) for name, one in found], indent=1))
    elif settings.run["form"] == "jsonl":
        for name, one in found:
            streams.tell(json.dumps(record(name, one)))
    else:
        for line in _table([_HEADINGS, *(_row(name, one) for name, one in found)]):
            streams.tell(line)
    return status


def record(name: str, found: Detection) -> dict[str, Any]:
    """Return what is known about a file as JSON values; an infinite margin is null."""
    return {
        "path": name,
        "encoding": found.encoding,
        "certain": found.certain,
        "margin": _finite(found.margin),
        "bom": found.bom,
        "newline": found.newline,
        "size": found.size,
        "undecodable": found.undecodable,
        "refusal": found.refusal or None,
        "candidates": [
            {
                "encoding": one.encoding,
                "python": one.python,
                "whatwg": one.whatwg,
                "bits": one.bits,
                "undecodable": one.undecodable,
            }
            for one in found.candidates
        ],
    }


def _finite(bits: float) -> float | None:
    return bits if bits < float("inf") else None


def _row(name: str, found: Detection) -> tuple[str, ...]:
    if not found.candidates:
        return printable(name), "-", "-", "-", "-", "-", "-", found.refusal
    best = found.candidates[0]
    lead = "-" if found.margin == float("inf") else f"{found.margin:.0f}"
    others = ", ".join(f"{one.encoding} +{one.bits - best.bits:.0f}" for one in found.candidates[1:4])
    lost = f"{found.undecodable:.2%}" if best.undecodable else "0"
    bom = "yes" if found.bom else "no"
    sure = "" if found.certain else "?"
    return printable(name), best.encoding + sure, best.whatwg or "-", lead, found.newline, bom, lost, others or "-"


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
