"""Columns of Arrow: any type that holds text, however deep; what is not meant is handed on."""

from __future__ import annotations

from typing import Any

import pytest

from fixtext import fix
from fixtext.records import Counters, Limits, Treatment
from fixtext.records.errors import RecordsError
from tests.records.corpus import READ_AS_LATIN, ZH, records

pa = pytest.importorskip("pyarrow")
from fixtext.records.columns import COLUMN_TYPES, treat_batch, treated_schema  # noqa: E402


def batch_of(texts: list[str | None], kind: Any = None) -> Any:
    return pa.RecordBatch.from_arrays([pa.array(texts, kind), pa.array(range(len(texts)))], ["text", "id"])


TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_every_type_of_text(kind: Any) -> None:
    batch = batch_of(["fine", None, READ_AS_LATIN, READ_AS_LATIN], kind)
    done = treat_batch(batch, Treatment(("text",)))
    assert done.schema == batch.schema
    done.validate(full=True)
    assert done.to_pydict() == {"text": ["fine", None, ZH, ZH], "id": [0, 1, 2, 3]}


def test_the_texts_are_those_of_the_library() -> None:
    found = records()
    done = treat_batch(pa.RecordBatch.from_pylist(found), Treatment(("text",)))
    assert done["text"].to_pylist() == [fix(record["text"]) for record in found]


def test_healthy_columns_are_the_same_buffers() -> None:
    batch = batch_of(["fine", ZH])
    done = treat_batch(batch, Treatment(("text",)))
    assert [b and b.address for b in done["text"].buffers()] == [b and b.address for b in batch["text"].buffers()]


NESTED = [
    {"m": [{"c": READ_AS_LATIN, "n": 1}, {"c": None, "n": 2}], "s": {"t": READ_AS_LATIN}},
    {"m": None, "s": None},
    {"m": [], "s": {"t": None}},
    {"m": [None, {"c": "fine", "n": 3}, {"c": READ_AS_LATIN, "n": 4}], "s": {"t": "fine"}},
]


@pytest.mark.parametrize("start", [0, 1, 3])
@pytest.mark.parametrize("kind", [pa.list_, pa.large_list])
def test_nested_texts(start: int, kind: Any) -> None:
    inner = pa.struct([("c", pa.string()), ("n", pa.int64())])
    schema = pa.schema([("m", kind(inner)), ("s", pa.struct([("t", pa.string())]))])
    batch = pa.RecordBatch.from_pylist(NESTED, schema).slice(start)
    done = treat_batch(batch, Treatment(("m[].c", "s.t"), edits=True))
    done.validate(full=True)
    expected = repr(NESTED[start:]).replace(repr(READ_AS_LATIN), repr(ZH))
    assert repr(done.select(["m", "s"]).to_pylist()) == expected
    fields = [[edit["field"] for edit in edits] for edits in done["fixtext_edits"].to_pylist()]
    assert fields == [["m[].c", "s.t"], [], [], ["m[].c"]][start:]


def test_what_is_refused_is_left_as_it_is_or_kept_aside() -> None:
    texts = pa.array([b"fine", b"\xff", READ_AS_LATIN.encode(), b"x" * 200]).view(pa.string())
    batch = pa.RecordBatch.from_arrays([texts], ["text"])
    treatment = Treatment(("text",), edits=True, limits=Limits(record_bytes=199))
    done = treat_batch(batch, treatment)
    assert done["text"].view(pa.binary()).to_pylist() == [b"fine", b"\xff", ZH.encode(), b"x" * 200]
    assert [edits is None for edits in done["fixtext_edits"].to_pylist()] == [False, True, False, True]
    rejected: list[Any] = []
    counters = Counters()
    done = treat_batch(batch, treatment, counters, rejected)
    assert done["text"].to_pylist() == ["fine", ZH]
    assert [(row, kind) for row, kind, _reason in rejected] == [(1, "not-utf-8"), (3, "too-large")]
    assert counters.rejected == {"not-utf-8": 1, "too-large": 1}


def test_the_schema_is_that_of_the_batches() -> None:
    treatment = Treatment(("text",), score_only=True, edits=True)
    batch = batch_of([READ_AS_LATIN, None])
    done = treat_batch(batch, treatment)
    assert done.schema == treated_schema(batch.schema, treatment)
    assert done.schema.names == ["text", "id", *COLUMN_TYPES]
    assert done["text"].to_pylist() == [READ_AS_LATIN, None]
    assert done["fixtext_damaged_share"].to_pylist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("txt", "there is no field 'txt' .* there are: text, id"),
        ("id", "id is of type int64, which is no text"),
        ("text.a", "a struct is expected"),
        ("text[]", "an array is expected"),
        ("a..b", "is no path"),
    ],
)
def test_a_wrong_path_is_told(field: str, message: str) -> None:
    with pytest.raises(RecordsError, match=message):
        treat_batch(batch_of(["a"]), Treatment((field,)))


def test_a_taken_column_is_refused() -> None:
    batch = pa.RecordBatch.from_pydict({"text": ["a"], "fixtext_edits": ["b"]})
    with pytest.raises(RecordsError, match="already"):
        treat_batch(batch, Treatment(("text",), edits=True))
