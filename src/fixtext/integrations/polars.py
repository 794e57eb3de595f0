"""Polars: importing this module gives every Series and every expression of texts ``.fixtext``.

import fixtext.integrations.polars
frame.with_columns(pl.col("text").fixtext.fix(), pl.col("text").fixtext.score().alias("score"))
"""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from fixtext.config import Config
from fixtext.records.texts import fix_texts, score_texts

SCORE_TYPE = pl.Struct(
    {
        "damage": pl.List(pl.String),
        "damaged_share": pl.Float64,
        "bits_saved": pl.Float64,
        "guessed": pl.Int64,
        "repairable": pl.Boolean,
    }
)
"""The type of a score: a struct with the attributes of `fixtext.records.Score`."""


@pl.api.register_series_namespace("fixtext")
class FixtextSeries:
    """Repairs and scores a Series of texts."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def fix(self, config: Config | None = None) -> pl.Series:
        """Return the Series with damage repaired."""
        fixed = fix_texts(self._texts(), config)
        return pl.Series(self._series.name, fixed, dtype=pl.String).cast(self._series.dtype)

    def score(self, config: Config | None = None) -> pl.Series:
        """Return a Series of type `SCORE_TYPE`; null where there is no text."""
        scores = score_texts(self._texts(), config)
        told = [None if each is None else {**asdict(each), "damage": list(each.damage)} for each in scores]
        return pl.Series(self._series.name, told, dtype=SCORE_TYPE)

    def _texts(self) -> list[str | None]:
        texts: list[str | None] = self._series.cast(pl.String).to_list()
        return texts


@pl.api.register_expr_namespace("fixtext")
class FixtextExpr:
    """Repairs and scores a column of texts, also of a lazy frame."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def fix(self, config: Config | None = None) -> pl.Expr:
        """Return the column with damage repaired."""

        def fixed(series: pl.Series) -> pl.Series:
            return FixtextSeries(series).fix(config)

        return self._expr.map_batches(fixed, return_dtype=pl.String, is_elementwise=True)

    def score(self, config: Config | None = None) -> pl.Expr:
        """Return a column of type `SCORE_TYPE`."""

        def scored(series: pl.Series) -> pl.Series:
            return FixtextSeries(series).score(config)

        return self._expr.map_batches(scored, return_dtype=SCORE_TYPE, is_elementwise=True)
