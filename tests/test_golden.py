"""Whole documents: what stands in samples/, and the documents the project began with.

``samples/<damage>/<name>.in.txt`` must give ``<name>.out.txt``, byte for byte. ``pytest --update-golden`` writes the
latter from what comes out now; read the difference before committing it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import ClassVar

import pytest

import fixtext
from fixtext import Channel, Config, Repair
from fixtext.channels import InsertGlosses, ReadPieces, glossed_page
from fixtext.detectors.registry import BUILT_IN
from tests.conftest import ROOT
from tests.detectors.glossed_pages import folded
from tests.proofs import prove

SAMPLES = sorted((ROOT / "samples").glob("*/*.in.txt"))
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
EXAM = ROOT.parent / "shared" / "exam" / "gloss"


def repaired(data: bytes, config: Config | None = None) -> str:
    """Repair a document and check what every repair promises."""
    source = data.decode("utf-8")
    repair = fixtext.repair_bytes(data, config)
    prove(source, repair)
    for edit in repair.edits:
        assert Channel.from_dict(edit.channel.to_dict()) == edit.channel
    assert fixtext.repair(repair.text, config).text is repair.text
    return repair.text


def test_there_are_samples() -> None:
    assert SAMPLES


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name[:-7]}")
def test_sample(sample: Path, pytestconfig: pytest.Config) -> None:
    golden = sample.with_name(sample.name.replace(".in.txt", ".out.txt"))
    damage = sample.parent.name
    config = None if BUILT_IN[damage].default else Config(detectors=(damage,))
    result = repaired(sample.read_bytes(), config).encode()
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(result)
    assert result.decode() == golden.read_bytes().decode()


@pytest.mark.skipif(not SEEDS, reason="the documents the project began with are not beside this checkout")
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
class TestSeed:
    """What is known of the two documents without having their text here."""

    WORDS: ClassVar = {"000_": ("專科", 5), "003_": ("讓我們在家門口", 1)}
    """By the beginning of the file name: words that were torn, and how often they have to be there."""

    LEFT_ALONE: ClassVar = {"000_": [], "003_": ["縣創", "專科能力"]}
    """Places that the site left undamaged, against its habit."""

    def test_it_is_healed(self, seed: Path) -> None:
        data = seed.read_bytes()
        text = repaired(data)
        assert text != data.decode("utf-8")
        assert not re.search("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", text)  # no gloss is left, whole or torn
        assert "?" not in text
        assert not re.search("[\u3040-\u30ff\u0370-\u03ff\u2500-\u257f\ue000-\uf8ff\ufffd]", text)
        words, times = self.WORDS[seed.name[:4]]
        assert text.count(words) == times
        assert not fixtext.repair_bytes(data).suspects

    def test_the_whole_page_damages_again_to_what_was_seen(self, seed: Path) -> None:
        """One site, that of all edits together, on the whole text: stronger than the certificates one by one."""
        source = seed.read_bytes().decode("utf-8")
        repair = fixtext.repair(source)
        again, seen = folded(site_of(repair).damage(repair.text)), folded(source)
        alone = self.LEFT_ALONE[seed.name[:4]]
        codes = SequenceMatcher(None, seen, again, autojunk=False).get_opcodes()
        differences = [seen[start - 2 : end + 8] for code, start, end, *_ in codes if code != "equal"]
        assert len(differences) == len(alone)
        for words, difference in zip(alone, differences, strict=True):
            assert words in difference


def site_of(repair: Repair) -> Channel:
    """Return the site that put in all the glosses of a repair and cut all its marks."""
    steps = [step for edit in repair.edits for step in edit.channel.steps]
    glosses = {pair for step in steps if isinstance(step, InsertGlosses) for pair in step.glosses}
    assert len(glosses) == len({char for char, _ in glosses})  # one reading a character
    marks = dict.fromkeys(mark for step in steps if isinstance(step, ReadPieces) for mark in step.marks)
    return glossed_page(sorted(glosses), marks="".join(marks), fold=False)


@pytest.mark.skipif(not EXAM.is_dir(), reason="the pages the project is measured on are not beside this checkout")
class TestExam:
    """Pages like the seeds, with their answers."""

    KNOWN: ClassVar = {"maryquant-6457.txt": 1, "victorzhang-23333149.txt": 1}
    """File -> places that come out otherwise; docs/damage/glossed.md says why."""

    def test_damage_sites_are_exact(self) -> None:
        with (EXAM / "sites.tsv").open(encoding="utf-8", newline="") as rows:
            sites = list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
        texts = {site["file"]: folded(fixtext.fix(page(EXAM / "in" / site["file"]))) for site in sites}
        missed = Counter(site["file"] for site in sites if folded(site["expected"]) not in texts[site["file"]])
        assert not missed - Counter(self.KNOWN)
        assert len(sites) - missed.total() >= 0.95 * (len(sites) - sum(self.KNOWN.values()))

    def test_no_page_is_worse_and_nearly_all_characters_are_right(self) -> None:
        wrong = size = 0
        for path in sorted((EXAM / "in").glob("*.txt")):
            source, expected = page(path), folded(page(EXAM / "expected" / path.name))
            before, after = difference(folded(source), expected), difference(folded(fixtext.fix(source)), expected)
            assert after < before, path.name
            wrong += after
            size += len(expected)
        assert wrong <= 0.002 * size


def page(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def difference(text: str, expected: str) -> int:
    """Return how many characters of the longer side do not match."""
    codes = SequenceMatcher(None, text, expected, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for code, i1, i2, j1, j2 in codes if code != "equal")
