"""What lets the scan skip healthy text skips nothing else."""

from __future__ import annotations

import re
from itertools import product

from fixtext.detectors.western import places


def test_common_punctuation_alone_is_never_utf8() -> None:
    for pair in product(places.COMMON, repeat=2):
        assert not places.readings("".join(pair))


def test_all_other_characters_are_looked_at() -> None:
    for char in set("".join(places._classes())) - set(places.COMMON):
        assert re.search(places._MAYBE, char)
    assert not re.search(places._MAYBE, "健康的文字，ASCII" + places.COMMON)


def test_a_pair_that_is_utf8_is_never_skipped() -> None:
    _, three, four, further = places._classes()
    for first, second in product(sorted(set(three + four))[:40], sorted(set(further))[:120]):
        if places.readings(first + second + second) or places.readings(first + second * 3):
            assert places._begins_sequence(first + second)
