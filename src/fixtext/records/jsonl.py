"""JSON lines: a record a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fixtext.records import splice
from fixtext.records.errors import RejectedError
from fixtext.records.lines import Batch, lines
from fixtext.records.rows import Texts
from fixtext.records.streams import Source
from fixtext.records.treatment import Treatment

_decoder = json.JSONDecoder(parse_int=float)  # an int of more than 4,300 digits is an error
_BLANK = b" \t\r\n"

_SMALL = 1 << 20
"""Bytes of a line up to which it is parsed before its depth and its names are known: what comes of it is not large."""

_FLAT = {str, int, float, bool, type(None)}
"""Types of what goes no deeper."""


def _parser() -> Callable[[bytes], Any]:
    """Return what parses valid lines: orjson if it is installed (860 MB/s of Chinese text), or `json` (780)."""
    try:
        import orjson
    except ImportError:
        return _loads
    loads: Callable[[bytes], Any] = orjson.loads
    return loads


def _loads(line: bytes) -> Any:
    """Parse a line as orjson does, which refuses halves of surrogate pairs and other encodings than UTF-8.

    Raises:
        ValueError: it is no JSON, or may hold such a half.
    """
    if b"\\ud" in line or b"\\uD" in line:
        raise ValueError("surrogates are looked at slowly")
    return json.loads(line.decode("utf-8"))


class JsonLines:
    """Reads and writes the records of JSON lines."""

    def __init__(self, treatment: Treatment) -> None:
        self._treatment = treatment
        self._limits = treatment.limits
        self._loads = _parser()
        paths = treatment.paths
        self._name = paths[0].steps[0] if len(paths) == 1 and len(paths[0].steps) == 1 else None

    def batches(self, source: Source) -> Iterator[Batch]:
        """Yield the lines of a source."""
        return lines(source, self._limits.record_bytes)

    def header(self, row: bytes) -> None:
        """There is none."""

    def texts(self, line: bytes) -> Texts | None:
        """Return the texts of a line; None of a blank one, which is no record.

        Raises:
            RejectedError: it is no record.
        """
        if len(line) > _SMALL:
            self._refuse_shape(line)
        try:
            record = self._loads(line)
        except (ValueError, RecursionError):
            self._refuse_shape(line)
            return self._slowly(line)  # that parser takes more (NaN), and tells better what is wrong
        if type(record) is not dict:
            raise RejectedError("not-an-object", "it is JSON, but no object")
        if len(record) > self._limits.fields or not _FLAT.issuperset(map(type, record.values())):
            self._refuse_shape(line)
        return self._texts_of(record)

    def with_texts(self, line: bytes, texts: Mapping[str, str]) -> bytes:
        """Return a line with other texts."""
        return splice.replaced(line, self._treatment.paths, texts)

    def with_columns(self, line: bytes, values: Mapping[str, Any]) -> bytes:
        """Return a line with further members."""
        return splice.extended(line, values, is_empty=not line[line.index(b"{") + 1 : line.rindex(b"}")].strip(_BLANK))

    def _texts_of(self, record: Any) -> Texts:
        if type(record) is not dict:
            raise RejectedError("not-an-object", "it is JSON, but no object")
        for name in self._treatment.columns:
            if name in record:
                raise RejectedError("column-taken", f"it has a field {name!r} already")
        if self._name is not None:
            text = record.get(self._name)
            if type(text) is str:
                return [(self._name, text)]
        return [
            (path.words, text)
            for path in self._treatment.paths
            for text in path.texts(record, allow_missing=self._treatment.allow_missing)
        ]

    def _refuse_shape(self, line: bytes) -> None:
        """Refuse what goes too deep or has too many names, before it is parsed."""
        limits = self._limits
        brackets = line.count(b"{") + line.count(b"[")
        if brackets > limits.depth or (len(line) > 5 * limits.fields and line.count(b'"') > 2 * limits.fields):
            depth, fields = splice.shape(line)
            if depth > limits.depth:
                raise RejectedError("too-deep", f"it has {depth:,} levels, and {limits.depth:,} are allowed")
            if fields > limits.fields:
                raise RejectedError("too-many-fields", f"it has {fields:,} names, and {limits.fields:,} are allowed")

    def _slowly(self, line: bytes) -> Texts | None:
        if not line.strip(_BLANK):
            return None
        if b"\0" in line:
            raise RejectedError("nul", "there is a NUL byte in it")
        try:
            words = line.decode("utf-8").removeprefix("\ufeff").strip(" \t\r\n")
        except UnicodeDecodeError as error:
            raise RejectedError("not-utf-8", f"byte {error.start + 1} of it is not UTF-8") from None
        try:
            record = _decoder.decode(words)
        except json.JSONDecodeError as error:
            # The messages of Python's json, which tells what is wrong in no other way.
            is_cut = error.pos >= len(words) or error.msg.startswith(("Unterminated string", "Invalid \\uXXXX"))
            kind = "truncated" if is_cut and words[:1] in ("{", "[") else "not-json"
            raise RejectedError(kind, f"{error.msg.removesuffix(' at')} (character {error.pos + 1})") from None
        found = self._texts_of(record)
        for path, text in found:
            _refuse_surrogates(path, text)
        return found


def _refuse_surrogates(path: str, text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        place = f"character {error.start + 1} of {path}"
        raise RejectedError(
            "surrogate", f"{place} is half of a surrogate pair (U+{ord(text[error.start]):04X})"
        ) from None
