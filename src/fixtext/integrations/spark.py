"""Spark 4.1 and newer: functions for columns, and one for whole frames; batches come and go as Arrow.

    frame.withColumn("text", fix_udf()("text"))
    frame.withColumn("score", score_udf()("text")).where("score.damaged_share < 0.2")
    treat(frame, Treatment(("text", "meta.title"), edits=True))

fixtext has to be installed where the executors run, or be sent to them (``spark-submit --py-files``). The choices
travel with the function; the language model is loaded once by each Python worker, which Spark uses again for all tasks
(``spark.python.worker.reuse``, on by default).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql.functions import arrow_udf
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StringType, StructType

from fixtext.config import Config
from fixtext.records.columns import COLUMN_TYPES, treat_batch
from fixtext.records.treatment import Treatment

SCORE_TYPE = "damage array<string>, damaged_share double, bits_saved double, guessed bigint, repairable boolean"
"""The type of a score: a struct with the attributes of `fixtext.records.Score`."""


def fix_udf(config: Config | None = None) -> Callable[..., Column]:
    """Return a function of columns: texts with their damage repaired."""

    def fixed(texts: pa.Array) -> pa.Array:
        from fixtext.integrations.arrow import fix

        return fix(texts, config)

    fixed.__annotations__ = {"texts": pa.Array, "return": pa.Array}
    return arrow_udf(fixed, StringType())


def score_udf(config: Config | None = None) -> Callable[..., Column]:
    """Return a function of columns: how damaged texts are, as a struct of `SCORE_TYPE`."""

    def scored(texts: pa.Array) -> pa.Array:
        from fixtext.integrations.arrow import score

        return score(texts, config)

    scored.__annotations__ = {"texts": pa.Array, "return": pa.Array}
    return arrow_udf(scored, SCORE_TYPE)


def treat(frame: DataFrame, treatment: Treatment) -> DataFrame:
    """Return a frame with a treatment done to all of it: several fields, nested ones, columns of scores and edits."""
    return frame.mapInArrow(map_in_arrow(treatment), treated_schema(frame.schema, treatment))


def map_in_arrow(treatment: Treatment) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return a function for ``DataFrame.mapInArrow``; its schema is that of `treated_schema`."""

    def treated(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield treat_batch(batch, treatment)

    return treated


def treated_schema(schema: StructType, treatment: Treatment) -> StructType:
    """Return the schema of a frame that is treated."""
    added: Any = from_arrow_schema(pa.schema([(name, COLUMN_TYPES[name]) for name in treatment.columns]))
    return StructType([*schema.fields, *added.fields])
