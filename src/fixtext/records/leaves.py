"""The texts of one field in an array of Arrow, however deep: found, and put back when they have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fixtext.records.errors import RecordsError
from fixtext.records.paths import FieldPath


def check_type(path: FieldPath, schema: pa.Schema, *, allow_missing: bool) -> None:
    """Raise a RecordsError if a path does not lead to text."""
    kind: pa.DataType = pa.struct(list(schema))
    for step in path.steps:
        if step is None:
            if not is_list(kind):
                raise RecordsError(f"{path.words}: an array is expected, and there is {kind}")
            kind = kind.value_type
            continue
        if not pa.types.is_struct(kind):
            raise RecordsError(f"{path.words}: a struct is expected, and there is {kind}")
        index = kind.get_field_index(step)
        if index < 0:
            if allow_missing:
                return
            names = ", ".join(field.name for field in kind)
            raise RecordsError(
                f"there is no field {step!r} (or more than one) for {path.words}; there are: {names:.200}"
            )
        kind = kind.field(index).type
    if not is_text(kind.value_type if pa.types.is_dictionary(kind) else kind):
        raise RecordsError(f"{path.words} is of type {kind}, which is no text")


def is_text(kind: pa.DataType) -> bool:
    """Whether an array of this type holds text."""
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def is_list(kind: pa.DataType) -> bool:
    """Whether an array of this type holds arrays of any length."""
    return pa.types.is_list(kind) or pa.types.is_large_list(kind)


class Leaves:
    """The texts of one field in a batch.

    Attributes:
        path: which field.
        texts: those that are looked at, in order.
        places: where each of them is in the array of the field.
        rows: the row that each of them belongs to.
        refused: row -> kind and reason, for those that are not looked at.
    """

    def __init__(self, path: FieldPath, batch: pa.StructArray, limit: int) -> None:
        """Find them.

        Args:
            path: leads to text, or to nothing.
            batch: all columns.
            limit: the most bytes that a text may have.
        """
        self.path = path
        self.refused: dict[int, tuple[str, str]] = {}
        array, owners = _found(batch, path.steps)
        self._array = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
        if pa.types.is_string_view(self._array.type):
            self._array = self._array.cast(pa.large_string())
        values = self._values(owners, limit)
        self.places = [place for place, value in enumerate(values) if value is not None]
        self.texts: list[str] = [value for value in values if value is not None]
        self.rows = self.places if owners is None else [owners[place] for place in self.places]

    def _values(self, owners: Sequence[int] | None, limit: int) -> list[str | None]:
        longest = pc.max(pc.binary_length(self._array)).as_py() or 0
        if longest <= limit:
            try:
                values: list[str | None] = self._array.to_pylist()
            except UnicodeDecodeError:
                pass
            else:
                return values
        values = []
        for place, data in enumerate(self._bytes()):
            value = None
            row = place if owners is None else owners[place]
            if data is not None and len(data) > limit:
                reason = f"{self.path.words} has {len(data):,} bytes, and {limit:,} are allowed"
                self.refused[row] = ("too-large", reason)
            elif data is not None:
                try:
                    value = data.decode("utf-8")
                except UnicodeDecodeError as error:
                    self.refused[row] = ("not-utf-8", f"byte {error.start + 1} of {self.path.words} is not UTF-8")
            values.append(value)
        return values

    def _bytes(self) -> Iterator[bytes | None]:
        is_large = pa.types.is_large_string(self._array.type)
        for scalar in self._array.view(pa.large_binary() if is_large else pa.binary()):
            yield scalar.as_py()

    def put_back(self, batch: pa.StructArray, new: Sequence[str]) -> pa.StructArray:
        """Return a batch with other texts in the place of these."""
        old = self._array
        if len(self.places) == len(old):
            array = pa.array(new, old.type)
        elif not self.refused:
            values: list[str | None] = [None] * len(old)
            for place, text in zip(self.places, new, strict=True):
                values[place] = text
            array = pa.array(values, old.type)
        else:  # what is no UTF-8 has to come out as it is
            data = list(self._bytes())
            for place, text in zip(self.places, new, strict=True):
                data[place] = text.encode("utf-8", "replace")
            is_large = pa.types.is_large_string(old.type)
            array = pa.array(data, pa.large_binary() if is_large else pa.binary()).view(old.type)
        return _with(batch, self.path.steps, array)


def _found(array: pa.Array, steps: Sequence[str | None]) -> tuple[pa.Array, list[int] | None]:
    """Return the array that steps lead to, and the row that each element belongs to; None if each is a row."""
    owners: Any = None
    for step in steps:
        if step is None:
            parents = pc.list_parent_indices(array)
            owners = parents if owners is None else owners.take(parents)
            array = array.flatten()
            continue
        index = array.type.get_field_index(step)
        if index < 0:
            return pa.array([], pa.string()), []
        array = _child(array, index)
    return array, None if owners is None else owners.to_pylist()


def _child(array: pa.StructArray, index: int) -> pa.Array:
    """Return a child of a struct, null where the struct is."""
    child = array.field(index)
    if array.null_count == 0:
        return child
    return pc.if_else(array.is_valid(), child, pa.scalar(None, child.type))


def _with(array: pa.Array, steps: Sequence[str | None], new: pa.Array) -> pa.Array:
    """Return an array with another one in the place that steps lead to."""
    if not steps:
        if pa.types.is_dictionary(array.type):
            return new.dictionary_encode().cast(array.type)
        return new if new.type == array.type else new.cast(array.type)
    mask = array.is_null() if array.null_count else None
    if steps[0] is None:
        inner = _with(array.flatten(), steps[1:], new)
        lengths = pc.fill_null(pc.list_value_length(array), 0).to_pylist()
        offsets = [0]
        for length in lengths:
            offsets.append(offsets[-1] + length)
        is_large = pa.types.is_large_list(array.type)
        kind = pa.LargeListArray if is_large else pa.ListArray
        starts = pa.array(offsets, pa.int64() if is_large else pa.int32())
        return kind.from_arrays(starts, inner, type=array.type, mask=mask)
    index = array.type.get_field_index(steps[0])
    children = [array.field(each) for each in range(array.type.num_fields)]
    children[index] = _with(_child(array, index), steps[1:], new)
    return pa.StructArray.from_arrays(children, fields=list(array.type), mask=mask)
