"""PyArrow: arrays of texts repaired or scored, and both as functions of Arrow's own registry.

fixed = arrow.fix(table["text"])
arrow.register()
pyarrow.compute.call_function("fixtext_fix", [table["text"]])
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from fixtext.config import Config
from fixtext.records.columns import COLUMN_TYPES
from fixtext.records.counters import Counters
from fixtext.records.leaves import is_text
from fixtext.records.limits import Limits
from fixtext.records.texts import fix_texts, score_texts
from fixtext.records.treatment import SCORES, Treatment

Texts = TypeVar("Texts", pa.Array, pa.ChunkedArray)

SCORE_TYPE = pa.struct([(name.removeprefix("fixtext_"), COLUMN_TYPES[name]) for name in SCORES])
"""The type of a score: a struct with the attributes of `fixtext.records.Score`."""


def fix(texts: Texts, config: Config | None = None, limits: Limits | None = None) -> Texts:
    """Return an array of texts with their damage repaired, of the same type; the same object if nothing is damaged.

    Raises:
        TypeError: it is no array of strings.
    """
    if isinstance(texts, pa.ChunkedArray):
        chunks = texts.chunks
        fixed_chunks = [fix(chunk, config, limits) for chunk in chunks]
        same = all(new is old for new, old in zip(fixed_chunks, chunks, strict=True))
        return texts if same else pa.chunked_array(fixed_chunks, texts.type)
    values = _values(texts)
    fixed = fix_texts(values, config, limits or Limits())
    if all(new is old for new, old in zip(fixed, values, strict=True)):
        return texts
    if pa.types.is_dictionary(texts.type):
        return pa.array(fixed, texts.type.value_type).dictionary_encode().cast(texts.type)
    return pa.array(fixed, texts.type)


def score(texts: Texts, config: Config | None = None, limits: Limits | None = None) -> Texts:
    """Return an array of scores, of type `SCORE_TYPE`; null where there is no text, or one that is too large.

    Raises:
        TypeError: it is no array of strings.
    """
    if isinstance(texts, pa.ChunkedArray):
        return pa.chunked_array([score(chunk, config, limits) for chunk in texts.chunks], SCORE_TYPE)
    scores = score_texts(_values(texts), config, limits or Limits())
    return pa.array([None if each is None else asdict(each) for each in scores], SCORE_TYPE)


def treat(table: pa.Table, treatment: Treatment, counters: Counters | None = None) -> pa.Table:
    """Return a table with a treatment done to it.

    Raises:
        RecordsError: a field is not there or holds no text, or a column that is to be added is there.
    """
    from fixtext.records.columns import treat_batch, treated_schema

    schema = treated_schema(table.schema, treatment)
    return pa.Table.from_batches([treat_batch(batch, treatment, counters) for batch in table.to_batches()], schema)


def register(config: Config | None = None) -> None:
    """Register ``fixtext_fix`` and ``fixtext_score`` with Arrow's functions, once in a process.

    Raises:
        pyarrow.ArrowKeyError: they are registered already.
    """

    def fixed(_context: Any, texts: Any) -> Any:
        return _of_any(texts, lambda array: fix(array, config))

    def scored(_context: Any, texts: Any) -> Any:
        return _of_any(texts, lambda array: score(array, config))

    told = {"summary": "Repair damaged text", "description": "Each text is a document of its own."}
    pc.register_scalar_function(fixed, "fixtext_fix", told, {"texts": pa.string()}, pa.string())
    told = {"summary": "Score damaged text", "description": "A struct of damage, shares and bits."}
    pc.register_scalar_function(scored, "fixtext_score", told, {"texts": pa.string()}, SCORE_TYPE)


def _of_any(texts: Any, function: Any) -> Any:
    """Apply a function of arrays to an array, or to a scalar."""
    return function(pa.array([texts.as_py()], texts.type))[0] if isinstance(texts, pa.Scalar) else function(texts)


def _values(texts: pa.Array) -> list[str | None]:
    kind = texts.type.value_type if pa.types.is_dictionary(texts.type) else texts.type
    if not is_text(kind) and not pa.types.is_null(kind):
        raise TypeError(f"an array of strings is expected, not of {texts.type}")
    values: list[str | None] = texts.to_pylist()
    return values
