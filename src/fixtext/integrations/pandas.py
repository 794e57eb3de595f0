"""pandas: importing this module gives every Series of texts ``.fixtext``.

import fixtext.integrations.pandas
frame["text"] = frame["text"].fixtext.fix()
frame = frame.join(frame["text"].fixtext.score())
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from fixtext.config import Config
from fixtext.records.texts import fix_texts, score_texts
from fixtext.records.treatment import SCORES


@pd.api.extensions.register_series_accessor("fixtext")
class FixtextAccessor:
    """Repairs and scores a Series; what is no str in it is left as it is."""

    def __init__(self, series: pd.Series) -> None:
        """Take a Series of texts.

        Raises:
            AttributeError: it can hold no text.
        """
        kind = series.dtype
        if not (pd.api.types.is_string_dtype(kind) or pd.api.types.is_object_dtype(kind)):
            raise AttributeError(f".fixtext is for a Series of texts, and this is one of {kind}")
        self._series = series

    def fix(self, config: Config | None = None) -> pd.Series:
        """Return the Series with damage repaired, with the same index, name and type."""
        values = self._texts()
        fixed = fix_texts(values, config)
        result = self._series.copy()
        changed = [place for place, text in enumerate(fixed) if text is not values[place]]
        if changed:
            result.iloc[changed] = [fixed[place] for place in changed]
        return result

    def score(self, config: Config | None = None) -> pd.DataFrame:
        """Return a frame with the same index and the columns of a score; missing where there is no text."""
        scores = score_texts(self._texts(), config)
        rows = [[None] * len(SCORES) if each is None else list(asdict(each).values()) for each in scores]
        frame = pd.DataFrame(rows, index=self._series.index, columns=list(SCORES))
        kinds = {SCORES[1]: "Float64", SCORES[2]: "Float64", SCORES[3]: "Int64", SCORES[4]: "boolean"}
        return frame.astype(kinds)

    def _texts(self) -> list[str | None]:
        values: list[Any] = self._series.tolist()
        return [value if isinstance(value, str) else None for value in values]
