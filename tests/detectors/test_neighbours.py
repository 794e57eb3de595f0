"""The table over all characters finds every pair, however full of them or empty of them a block is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fixtext.detectors import neighbours
from fixtext.detectors.neighbours import ALONE, ANYTHING, BEHIND, Neighbours, Table, table_of

FIRSTS, SECONDS = "éж中", "aж\u2019"
LETTERS = "жщ"


@pytest.fixture(autouse=True, scope="module")
def _short_blocks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "BLOCK", 64)
        yield


def throughout(codes: NDArray[np.uint32]) -> NDArray[np.intp]:
    is_letter = np.isin(codes, [ord(letter) for letter in LETTERS])
    return np.flatnonzero(is_letter[:-BEHIND] & is_letter[1 : 1 - BEHIND])


KINDS = [
    Neighbours([(table_of(FIRSTS), table_of(SECONDS)), (table_of("b"), table_of("\u2019")), (ALONE, ANYTHING)]),
    Neighbours([(table_of(LETTERS), table_of(LETTERS))], None, throughout),
    Neighbours([(table_of(LETTERS), table_of(LETTERS))]),
]
CONTROL = "\0\x01\x7f\x80\x9f"


def expected(text: str) -> list[list[int]]:
    pairs = list(zip(text, text[1:] + "\n", strict=False))
    first = [
        at
        for at, (one, other) in enumerate(pairs)
        if (one in FIRSTS and other in SECONDS) or one + other == "b\u2019" or one in CONTROL
    ]
    second = [at for at, (one, other) in enumerate(pairs) if one in LETTERS and other in LETTERS]
    return [first, second, second]


plain = st.text(alphabet="ab Z~\n", max_size=300)
odd = st.text(alphabet=FIRSTS + SECONDS + LETTERS + CONTROL + "\U0001f600", max_size=80)
few = st.one_of(st.text(alphabet=FIRSTS + SECONDS + CONTROL, max_size=3), st.just("b\u2019"))


@given(st.lists(st.one_of(plain, odd, few), max_size=6).map("".join))
@example("Z" * 63 + "\xe9a")
def test_all_pairs_are_found(text: str) -> None:
    assert [found.tolist() for found in Table(KINDS).places(text)] == expected(text)


@given(st.lists(st.tuples(plain, few), min_size=1, max_size=6))
def test_pairs_of_printable_ascii_are_found_too(parts: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, parts))
    (found,) = Table([Neighbours([(table_of("~"), table_of("Z"))])]).places(text)
    assert found.tolist() == [at for at in range(len(text)) if text.startswith("~Z", at)]
