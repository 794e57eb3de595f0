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
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

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


def classifier(found: Sequence[Place]) -> bytes:
    """Return the table: the weights of each feature, and the bits of what stands behind given what stands in front."""
    rows = [place.features for place in found]
    fitted = fit(rows, [SWALLOWABLE.index(place.swallowed) for place in found], len(SWALLOWABLE))
    names, weights = [], []
    for feature in sorted(fitted):
        values = np.clip(np.rint(fitted[feature] * UNIT), -127, 127).astype(np.int8)
        if np.abs(values).max() >= LEAST:
            names.append(feature)
            weights.append(values.tobytes())
    pairs = [*likely([(place.before, place.after) for place in found])]
    pairs += likely([(ALONE + place.alone[0], place.alone[1]) for place in found if place.alone])
    blocks = ["\n".join(block).encode() for block in (names, pairs)]
    return MAGIC + struct.pack("<II", *map(len, blocks)) + b"".join(blocks) + b"".join(weights)


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
