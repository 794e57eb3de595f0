"""Polars: the namespaces of a Series and of an expression."""

from __future__ import annotations

import pytest

from tests.integrations.conftest import Golden
from tests.records.corpus import READ_AS_LATIN, ZH

pl = pytest.importorskip("polars", reason="polars is not installed")
from fixtext.integrations.polars import SCORE_TYPE  # noqa: E402


def test_golden(golden: Golden) -> None:
    frame = pl.DataFrame(golden.records)
    assert frame["text"].fixtext.fix().to_list() == list(golden.fixed.values())
    assert frame["text"].fixtext.score().to_list() == list(golden.scores.values())


def test_lazy_frames(golden: Golden) -> None:
    frame = pl.LazyFrame(golden.records).with_columns(
        pl.col("text").fixtext.fix(), pl.col("text").fixtext.score().alias("score")
    )
    assert frame.collect_schema() == {"id": pl.Int64, "text": pl.String, "url": pl.String, "score": SCORE_TYPE}
    done = frame.filter(pl.col("score").struct.field("damaged_share") > 0).collect()
    damaged = {number for number, score in golden.scores.items() if score["damaged_share"] > 0}
    assert set(done["id"].to_list()) == damaged
    assert all(golden.fixed[row["id"]] == row["text"] for row in done.to_dicts())


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical])
def test_types_and_names_stay(kind: object) -> None:
    series = pl.Series("text", [READ_AS_LATIN, None, "fine"]).cast(kind)
    fixed = series.fixtext.fix()
    assert (fixed.name, fixed.dtype, fixed.to_list()) == ("text", series.dtype, [ZH, None, "fine"])
    assert series.fixtext.score().to_list()[1] is None
