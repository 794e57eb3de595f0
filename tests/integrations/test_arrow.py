"""PyArrow: arrays, tables, and functions of Arrow's registry."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integrations.conftest import Golden
from tests.records.corpus import READ_AS_LATIN, ZH

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
import pyarrow.compute as pc  # noqa: E402

from fixtext.integrations import arrow  # noqa: E402
from fixtext.records import Treatment  # noqa: E402


def test_golden(golden: Golden) -> None:
    table = pa.Table.from_pylist(golden.records)
    for column in (
        table["text"],
        pa.chunked_array([table["text"].slice(0, 7).combine_chunks(), table["text"].chunk(0)[7:]]),
    ):
        assert arrow.fix(column).to_pylist() == list(golden.fixed.values())
        assert arrow.score(column).to_pylist() == list(golden.scores.values())


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())], ids=str)
def test_types_stay(kind: Any) -> None:
    array = pa.array([READ_AS_LATIN, None, "fine"], kind)
    fixed = arrow.fix(array)
    assert (fixed.type, fixed.to_pylist()) == (kind, [ZH, None, "fine"])


def test_healthy_arrays_are_the_same_objects() -> None:
    array = pa.array([ZH, None])
    assert arrow.fix(array) is array
    column = pa.chunked_array([array])
    assert arrow.fix(column) is column
    with pytest.raises(TypeError, match="array of strings"):
        arrow.fix(pa.array([1]))


def test_functions_of_the_registry(golden: Golden) -> None:
    arrow.register()
    table = pa.Table.from_pylist(golden.records)
    assert pc.call_function("fixtext_fix", [table["text"]]).to_pylist() == list(golden.fixed.values())
    assert pc.call_function("fixtext_score", [table["text"]]).to_pylist() == list(golden.scores.values())
    found = table.filter(pc.equal(pc.struct_field(pc.call_function("fixtext_score", [table["text"]]), "guessed"), 0))
    assert found.num_rows == sum(score["guessed"] == 0 for score in golden.scores.values())


def test_tables(golden: Golden) -> None:
    table = pa.Table.from_pylist(golden.records)
    done = arrow.treat(table, Treatment(("text",)))
    assert done.schema == table.schema
    assert done["text"].to_pylist() == list(golden.fixed.values())
    empty = arrow.treat(table.slice(0, 0), Treatment(("text",), edits=True))
    assert (empty.num_rows, empty.schema.names[-1]) == (0, "fixtext_edits")
