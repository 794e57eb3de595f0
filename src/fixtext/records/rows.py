"""Records that are rows of bytes, JSON lines and CSV: treated in batches, written as they were but for what changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, Protocol

from fixtext.findings import Repair
from fixtext.records.counters import Counters
from fixtext.records.errors import RejectedError
from fixtext.records.lines import Batch
from fixtext.records.rejects import Rejects
from fixtext.records.streams import Source
from fixtext.records.treatment import Outcome, Treatment

Texts = list[tuple[str, str]]
"""The texts of a record, each with the path that leads to it."""

Found = Callable[[int, str, str, Repair], None]
"""Is told of each text in which something was found: line or row, path, text, what was found."""


class Format(Protocol):
    """One format of rows."""

    def batches(self, source: Source) -> Iterator[Batch]:
        """Yield the records of a source."""
        ...

    def header(self, row: bytes) -> bytes | None:
        """Return what becomes of the first row if it names the columns; None if it is a record as all are."""
        ...

    def texts(self, row: bytes) -> Texts | None:
        """Return the texts of a record; None of what is no record, such as a blank line.

        Raises:
            RejectedError: it is kept aside.
        """
        ...

    def with_texts(self, row: bytes, texts: Mapping[str, str]) -> bytes:
        """Return a record with other texts, old -> new."""
        ...

    def with_columns(self, row: bytes, values: Mapping[str, Any]) -> bytes:
        """Return a record with further columns."""
        ...


def treat_rows(
    source: Source,
    sink: IO[bytes],
    form: Format,
    treatment: Treatment,
    rejects: Rejects,
    counters: Counters,
    found: Found | None = None,
) -> None:
    """Treat all records of a source.

    Raises:
        ShardError: the source cannot be read to its end, or lacks a column.
        engine.DetectorError: a detector failed.
    """
    is_first = True
    for batch in form.batches(source):
        rows, lines = batch.rows, batch.lines
        if is_first and rows:
            is_first = False
            header = form.header(rows[0])
            if header is not None:
                sink.write(header)
                rows, lines = rows[1:], lines[1:]
        if batch.oversize is not None:
            counters.records += 1
            counters.reject("too-large")
            batch.oversize.keep(rejects, treatment.limits.record_bytes)
        if rows:
            sink.writelines(_treated(rows, lines, form, treatment, rejects, counters, found))


def _treated(
    rows: list[bytes],
    lines: list[int],
    form: Format,
    treatment: Treatment,
    rejects: Rejects,
    counters: Counters,
    found: Found | None,
) -> list[bytes]:
    """Return what becomes of the rows of a batch."""
    results: list[bytes] = []
    places: list[tuple[int, int, Texts]] = []  # of each record: where it is in the results, its line, its texts
    owners: list[int] = []  # of each text: where its record is in the places
    texts: list[str] = []
    for row, number in zip(rows, lines, strict=True):
        try:
            where = form.texts(row)
        except RejectedError as error:
            counters.records += 1
            counters.reject(error.kind)
            rejects.add(("line", number), error.kind, error.reason, row.rstrip(b"\r\n"))
            continue
        if where is not None:
            for _path, text in where:
                texts.append(text)
                owners.append(len(places))
            places.append((len(results), number, where))
        results.append(row)
    repairs = treatment.repairs(texts)
    counters.records += len(places)
    counters.texts += len(texts)
    counters.characters += sum(map(len, texts))
    told: dict[int, dict[str, Repair]] = {}
    for index, repair in repairs.items():
        told.setdefault(owners[index], {})[texts[index]] = repair
    for owner in told if not treatment.columns else range(len(places)):
        place, number, where = places[owner]
        mine = [(path, text, told.get(owner, {}).get(text)) for path, text in where]
        counters.take(mine)
        if found is not None:
            for path, text, outcome in mine:
                if outcome is not None:
                    found(number, path, text, outcome)
        results[place] = _renewed(results[place], mine, form, treatment)
    return results


def _renewed(row: bytes, mine: list[Outcome], form: Format, treatment: Treatment) -> bytes:
    """Return what becomes of one record."""
    if not treatment.score_only:
        changes = {text: repair.text for _path, text, repair in mine if repair is not None and repair.text is not text}
        if changes:
            row = form.with_texts(row, changes)
    return form.with_columns(row, treatment.added(mine)) if treatment.columns else row
