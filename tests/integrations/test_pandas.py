"""pandas: the accessor of a Series."""

from __future__ import annotations

import pytest

from tests.integrations.conftest import Golden, told
from tests.records.corpus import READ_AS_LATIN, ZH

pd = pytest.importorskip("pandas", reason="pandas is not installed")
import fixtext.integrations.pandas  # noqa: E402, F401


def test_golden(golden: Golden) -> None:
    frame = pd.DataFrame(golden.records).set_index("id")
    assert frame["text"].fixtext.fix().to_dict() == golden.fixed
    scores = frame["text"].fixtext.score()
    assert {number: told(dict(row)) for number, row in scores.iterrows()} == golden.scores


@pytest.mark.parametrize("kind", ["object", "str", "string", "category"])
def test_types_index_and_name_stay(kind: str) -> None:
    series = pd.Series([READ_AS_LATIN, None, "fine"], index=[5, 5, 7], name="text").astype(kind)
    if kind == "category":
        with pytest.raises(AttributeError, match="Series of texts"):
            _ = series.fixtext
        return
    fixed = series.fixtext.fix()
    assert (fixed.dtype, list(fixed.index), fixed.name) == (series.dtype, [5, 5, 7], "text")
    assert [fixed.iloc[0], fixed.iloc[2]] == [ZH, "fine"]
    assert pd.isna(fixed.iloc[1])
    assert series.iloc[0] == READ_AS_LATIN, "the old one stays"
    assert pd.isna(series.fixtext.score()["fixtext_guessed"].iloc[1])


def test_a_series_of_numbers_has_no_texts() -> None:
    with pytest.raises(AttributeError, match="Series of texts"):
        _ = pd.Series([1]).fixtext
