"""Texts in columns of Arrow: what Parquet files, Spark, Ray, Polars and `datasets` hand on from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from fixtext.records.counters import Counters
from fixtext.records.errors import RecordsError
from fixtext.records.leaves import Leaves, check_type
from fixtext.records.treatment import EDITS, SCORES, Outcome, Treatment

if TYPE_CHECKING:
    from fixtext.findings import Repair
    from fixtext.records.rows import Found

EDIT_TYPE = pa.struct(
    [
        ("field", pa.string()),
        ("damage", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("before", pa.string()),
        ("after", pa.string()),
        ("bits", pa.float64()),
        ("guessed", pa.int64()),
        ("channel", pa.string()),
    ]
)
"""The type of an edit; places are in code points of the text as it was."""

COLUMN_TYPES: dict[str, pa.DataType] = dict(
    zip(SCORES, (pa.list_(pa.string()), pa.float64(), pa.float64(), pa.int64(), pa.bool_()), strict=True)
) | {EDITS: pa.list_(EDIT_TYPE)}
"""The type of each column that may be added."""


class Rejected(NamedTuple):
    """A row that is kept aside: its place in the batch, the kind of reason, and the reason."""

    row: int
    kind: str
    reason: str


def treated_schema(schema: pa.Schema, treatment: Treatment) -> pa.Schema:
    """Return the schema that treated batches have.

    Raises:
        RecordsError: a field is not there or holds no text, a column that is to be added is there, or there are too
            many columns.
    """
    if len(schema) > treatment.limits.fields:
        raise RecordsError(f"there are {len(schema):,} columns, and {treatment.limits.fields:,} are allowed")
    for path in treatment.paths:
        check_type(path, schema, allow_missing=treatment.allow_missing)
    for name in treatment.columns:
        if name in schema.names:
            raise RecordsError(f"there is a column {name!r} already")
        schema = schema.append(pa.field(name, COLUMN_TYPES[name]))
    return schema


def treat_batch(
    batch: pa.RecordBatch,
    treatment: Treatment,
    counters: Counters | None = None,
    rejected: list[Rejected] | None = None,
    found: Found | None = None,
    first_row: int = 1,
) -> pa.RecordBatch:
    """Return a batch with its texts repaired, or with the columns of their scores.

    A text that is larger than the limits is left as it is, and its row has null in the columns that are added.

    Args:
        batch: any batch; columns that hold no text of ours are handed on as they are.
        treatment: what is done.
        counters: what is counted goes here.
        rejected: if given, rows that are kept aside are told here, and left out of the result.
        found: is told of texts in which something was found.
        first_row: the number of the first row, for ``found``.

    Raises:
        RecordsError: a field is not there or holds no text, or a column that is to be added is there.
        engine.DetectorError: a detector failed.
    """
    schema = treated_schema(batch.schema, treatment)
    counters = Counters() if counters is None else counters
    whole = batch.to_struct_array()
    leaves = [Leaves(path, whole, treatment.limits.record_bytes) for path in treatment.paths]
    refused = {row: why for each in leaves for row, why in each.refused.items()}
    texts = [text for each in leaves for text in each.texts]
    repairs = treatment.repairs(texts)
    counters.records += batch.num_rows
    counters.texts += len(texts)
    counters.characters += sum(map(len, texts))
    rows = _by_row(leaves, repairs, every=bool(treatment.columns))
    for row, outcomes in rows.items():
        counters.take(outcomes)
        if found is not None:
            for path, text, repair in outcomes:
                if repair is not None:
                    found(first_row + row, path, text, repair)
    if repairs and not treatment.score_only:
        whole = _renewed(whole, leaves, repairs)
    arrays = whole.flatten()
    if treatment.columns:
        arrays += _columns(batch.num_rows, rows, refused, treatment)
    result = pa.RecordBatch.from_arrays(arrays, schema=schema)
    if rejected is None or not refused:
        return result
    for row, (kind, reason) in sorted(refused.items()):
        counters.reject(kind)
        rejected.append(Rejected(row, kind, reason))
    return result.filter(pa.array([row not in refused for row in range(batch.num_rows)]))


def _by_row(leaves: Sequence[Leaves], repairs: Mapping[int, Repair], *, every: bool) -> dict[int, list[Outcome]]:
    """Return row -> its texts, in the order of the fields.

    Args:
        leaves: the texts.
        repairs: what was found, by the index of a text among all.
        every: whether rows are told in which nothing was found.
    """
    rows: dict[int, list[Outcome]] = {}
    start = 0
    for each in leaves:
        path = each.path.words
        end = start + len(each.texts)
        for index in range(start, end) if every else (index for index in repairs if start <= index < end):
            rows.setdefault(each.rows[index - start], []).append((path, each.texts[index - start], repairs.get(index)))
        start = end
    return rows


def _renewed(whole: pa.StructArray, leaves: Sequence[Leaves], repairs: Mapping[int, Repair]) -> pa.StructArray:
    """Return all columns with what was repaired; the same arrays where nothing was."""
    start = 0
    for each in leaves:
        end = start + len(each.texts)
        new = {index - start: repair.text for index, repair in repairs.items() if start <= index < end and repair.edits}
        start = end
        if new:
            whole = each.put_back(whole, [new.get(index, text) for index, text in enumerate(each.texts)])
    return whole


def _columns(
    count: int,
    rows: Mapping[int, list[Outcome]],
    refused: Mapping[int, tuple[str, str]],
    treatment: Treatment,
) -> list[pa.Array]:
    values: dict[str, list[Any]] = {name: [None] * count for name in treatment.columns}
    for row in range(count):
        if row not in refused:
            for name, value in treatment.added(rows.get(row, [])).items():
                values[name][row] = value
    return [pa.array(column, COLUMN_TYPES[name]) for name, column in values.items()]
