"""Words of languages in Latin letters."""

from __future__ import annotations

import pytest

from fixtext.language.words import is_known


@pytest.mark.parametrize(
    "word", ["donn\u00e9es", "Fran\u00e7ais", "f\u00fcr", "FUN\u00c7\u00c3O", "kl\u00ed\u010d", "Andr\u00e9", "p\u00e5"]
)
def test_known(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize(
    "word", ["", "donnees", "donn\u00c8es", "f\u00b8r", "\u0434\u0430", "\u4e2d\u6587", "\ud800\u00e9"]
)
def test_unknown(word: str) -> None:
    assert not is_known(word)
