"""pandas, Polars and PyArrow: a column repaired and scored.

pip install 'fixtext[pandas,polars,records]'
python examples/frames.py
"""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa

import fixtext.integrations.pandas
import fixtext.integrations.polars  # noqa: F401
from fixtext.integrations import arrow

TEXTS = ["caf\u00e9", "caf\u00c3\u00a9 au lait, tr\u00c3\u00a8s chaud"]


def of_pandas() -> pd.DataFrame:
    """Repair a column, and put its score beside it."""
    frame = pd.DataFrame({"text": TEXTS})
    return frame.assign(text=frame["text"].fixtext.fix()).join(frame["text"].fixtext.score())


def of_polars() -> pl.DataFrame:
    """Do the same, lazily."""
    text = pl.col("text")
    return pl.LazyFrame({"text": TEXTS}).with_columns(text.fixtext.fix(), score=text.fixtext.score()).collect()


def of_arrow() -> pa.Table:
    """Do the same with arrays of Arrow."""
    column = pa.chunked_array([TEXTS])
    return pa.table({"text": arrow.fix(column), "score": arrow.score(column)})


if __name__ == "__main__":
    print(of_pandas(), of_polars(), of_arrow().to_pandas(), sep="\n\n")
