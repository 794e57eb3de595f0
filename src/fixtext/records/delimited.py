"""CSV and TSV with a header, quoted as RFC 4180 has it: rows stay byte for byte but for the texts that change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fixtext.records.errors import RejectedError, ShardError
from fixtext.records.lines import Batch, joined, lines
from fixtext.records.rows import Texts
from fixtext.records.streams import Source
from fixtext.records.treatment import Treatment

_CLOSE = re.compile(rb'[^"]*(?:""[^"]*)*"(?!")')
_BOM = b"\xef\xbb\xbf"


class Delimited:
    """Reads and writes rows of columns. A quote counts only at the beginning of a column."""

    def __init__(self, treatment: Treatment, delimiter: bytes) -> None:
        """Treat columns that are parted by a character of ASCII."""
        self._treatment = treatment
        self._delimiter = delimiter
        self._names: list[str] = []
        self._columns: list[tuple[str, int]] = []
        self._must_quote = re.compile(rb'["\r\n%s]' % re.escape(delimiter))

    def batches(self, source: Source) -> Iterator[Batch]:
        """Yield the rows of a source.

        Raises:
            ShardError: it cannot be read to its end, or its first line is too large.
        """
        limit = self._treatment.limits.record_bytes
        for batch in joined(lines(source, limit), self, limit):
            if batch.oversize is not None and not self._names:
                raise ShardError("its first line, which names the columns, is too large")
            yield batch

    def header(self, row: bytes) -> bytes:
        """Learn the names of the columns, and return them with those that are added.

        Raises:
            ShardError: a field is not among them, a column that is to be added is, or there are too many.
        """
        try:
            self._names = [name.decode("utf-8") for name in map(_unquoted, self._split(row.removeprefix(_BOM)))]
        except (UnicodeDecodeError, RejectedError) as error:
            raise ShardError(f"its first line does not name the columns: {error}") from None
        most = self._treatment.limits.fields
        if len(self._names) > most:
            raise ShardError(f"it has {len(self._names):,} columns, and {most:,} are allowed")
        for field in self._treatment.fields:
            if field in self._names:
                self._columns.append((field, self._names.index(field)))
            elif not self._treatment.allow_missing:
                raise ShardError(f"there is no column {field!r}; there are: {', '.join(self._names)[:200]}")
        for name in self._treatment.columns:
            if name in self._names:
                raise ShardError(f"there is a column {name!r} already")
        return self._appended(row, [name.encode("ascii") for name in self._treatment.columns])

    def texts(self, row: bytes) -> Texts | None:
        """Return the texts of a row; None of a blank line.

        Raises:
            RejectedError: ``nul``, ``quoting``, ``columns`` or ``not-utf-8``.
        """
        if b"\0" in row:
            raise RejectedError("nul", "there is a NUL byte in it")
        columns = self._split(row)
        if len(columns) != len(self._names):
            if not row.strip(b"\r\n"):
                return None
            raise RejectedError("columns", f"it has {len(columns):,} columns, and the header has {len(self._names):,}")
        try:
            if not row.isascii():
                row.decode("utf-8")
            return [(name, _unquoted(columns[index]).decode("utf-8")) for name, index in self._columns]
        except UnicodeDecodeError as error:
            raise RejectedError("not-utf-8", f"byte {error.start + 1} of it is not UTF-8") from None

    def with_texts(self, row: bytes, texts: Mapping[str, str]) -> bytes:
        """Return a row with other texts in the columns that are meant."""
        columns = self._split(row)
        end = row[len(_without_end(row)) :]
        for _name, index in self._columns:
            new = texts.get(_unquoted(columns[index]).decode("utf-8"))
            if new is not None:
                columns[index] = self._quoted(new.encode("utf-8", "replace"), always=columns[index][:1] == b'"')
        return self._delimiter.join(columns) + end

    def with_columns(self, row: bytes, values: Mapping[str, Any]) -> bytes:
        """Return a row with further columns; lists and edits are JSON."""
        told = (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values.values())
        return self._appended(row, [text.encode("utf-8", "backslashreplace") for text in told])

    def ends_quoted(self, line: bytes, *, quoted: bool) -> bool:
        """Return whether a line ends inside quotes, if it begins inside them or not."""
        place = 0
        if not quoted and line.startswith(_BOM):
            place = len(_BOM)
        while True:
            if quoted or line[place : place + 1] == b'"':
                close = _CLOSE.match(line, place if quoted else place + 1)
                if close is None:
                    return True
                place, quoted = close.end(), False
            place = line.find(self._delimiter, place) + 1
            if not place:
                return False

    def fits(self, record: bytes) -> bool:
        """Return whether a record of several lines has as many columns as the header, or is the header."""
        try:
            count = len(self._split(record, strictly=True))
        except RejectedError:
            return False
        return not self._names or count == len(self._names)

    def _split(self, row: bytes, *, strictly: bool = False) -> list[bytes]:
        """Return the columns of a row as they are written; strictly, nothing may stand behind a closing quote.

        Raises:
            RejectedError: ``quoting``.
        """
        row = _without_end(row)
        if b'"' not in row:
            return row.split(self._delimiter)
        columns: list[bytes] = []
        start = 0
        while True:
            place = start
            if row[start : start + 1] == b'"':
                close = _CLOSE.match(row, start + 1)
                if close is None:
                    raise RejectedError(
                        "quoting", f"the quote that column {len(columns) + 1} begins with is not closed"
                    )
                place = close.end()
                if strictly and row[place : place + 1] not in (self._delimiter, b""):
                    raise RejectedError("quoting", f"there is text behind the quotes of column {len(columns) + 1}")
            end = row.find(self._delimiter, place)
            if end < 0:
                columns.append(row[start:])
                return columns
            columns.append(row[start:end])
            start = end + 1

    def _quoted(self, text: bytes, *, always: bool = False) -> bytes:
        if always or self._must_quote.search(text):
            return b'"' + text.replace(b'"', b'""') + b'"'
        return text

    def _appended(self, row: bytes, columns: list[bytes]) -> bytes:
        if not columns:
            return row
        bare = _without_end(row)
        return self._delimiter.join((bare, *map(self._quoted, columns))) + row[len(bare) :]


def _without_end(row: bytes) -> bytes:
    """Return a row without the end of its line."""
    return row.removesuffix(b"\n").removesuffix(b"\r")


def _unquoted(column: bytes) -> bytes:
    if column[:1] != b'"':
        return column
    end = column.rindex(b'"')
    return column[1:end].replace(b'""', b'"') + column[end + 1 :]
