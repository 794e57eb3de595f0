#!/usr/bin/env python3
"""Damage our own healthy pages the way sites do: writes ``samples/glossed/<name>.in.txt``.

Beside each lie ``<name>.healthy.txt``, a page of ours, and ``<name>.channel.json``, what happens to it. The result of
the repair, ``<name>.out.txt``, is not written here but by ``pytest tests/test_golden.py --update-golden``.

    python tools/build_samples.py                     # all of them
    python tools/build_samples.py --straddles FILE    # characters and marks that a site would find between characters
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples" / "glossed"

sys.path.insert(0, str(ROOT / "src"))

from fixtext.channels.channel import Channel  # noqa: E402
from fixtext.channels.gloss_steps import CUT_MARKS  # noqa: E402
from fixtext.language.readings import readings_of  # noqa: E402


def damaged(healthy: Path) -> str:
    """Return what becomes of a healthy page in its own channel.

    Raises:
        UnicodeError: the page has characters that GBK lacks.
    """
    channel = healthy.with_name(healthy.name.replace(".healthy.txt", ".channel.json"))
    steps = json.loads(channel.read_text(encoding="utf-8"))
    # Without `newline` Python would hand out the system's own line ends.
    with healthy.open(encoding="utf-8", newline="") as text:
        return Channel.from_dict(steps).damage(text.read())


def straddles(text: str) -> dict[str, list[str]]:
    """Return character or mark -> the places where its two bytes in GBK belong to two neighbours, with readings."""
    found: dict[str, list[str]] = defaultdict(list)
    for at in range(len(text) - 1):
        left, right = text[at].encode("gbk"), text[at + 1].encode("gbk")
        if len(left) == len(right) == 2:
            char = (left[1:] + right[:1]).decode("gbk", "ignore")
            if char and (char in CUT_MARKS or readings_of(char)):
                found[" ".join((char, *readings_of(char)))].append(text[max(0, at - 2) : at + 4].replace("\n", " "))
    return found


def main() -> int:
    """Write all damaged pages, or list what straddles in one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--straddles", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.straddles:
        for char, places in sorted(straddles(options.straddles.read_text(encoding="utf-8")).items()):
            sys.stdout.buffer.write(f"{char}: {' | '.join(places)}\n".encode())
        return 0
    for healthy in sorted(SAMPLES.glob("*.healthy.txt")):
        target = healthy.with_name(healthy.name.replace(".healthy.txt", ".in.txt"))
        target.write_bytes(damaged(healthy).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
