"""Parquet: texts in columns are repaired, everything else is handed on; row groups end where those of the input end."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from fixtext.records.columns import Rejected, treat_batch, treated_schema
from fixtext.records.counters import Counters
from fixtext.records.errors import RecordsError, ShardError
from fixtext.records.rejects import SAMPLE, Rejects
from fixtext.records.rows import Found
from fixtext.records.treatment import Treatment

BATCH = 4 << 20
"""Bytes of a batch, about."""

GROUP = 128 << 20
"""Bytes of a row group that is written, at the most: what people are told to write."""

_DICTIONARY = 1 << 28
"""Bytes that may come at once if each row has the longest text that the dictionary page can hold."""

_HEADER = 32
"""Bytes of a page's header that tell its size."""


def treat_parquet(
    path: str,
    sink: IO[bytes],
    treatment: Treatment,
    rejects: Rejects,
    counters: Counters,
    found: Found | None = None,
) -> None:
    """Treat all rows of a Parquet file.

    Raises:
        ShardError: it cannot be read, or a field is not there or holds no text.
        engine.DetectorError: a detector failed.
    """
    try:
        with open(path, "rb") as stream, pq.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20) as source:
            schema = treated_schema(source.schema_arrow, treatment)
            options = _options(source)
            with pq.ParquetWriter(sink, schema, **options) as writer:
                for group in range(source.num_row_groups):
                    waiting: list[pa.RecordBatch] = []
                    size = 0
                    for batch in _batches(source, stream, group, treatment):
                        waiting.append(treat_columns(batch, treatment, rejects, counters, found))
                        size += waiting[-1].nbytes
                        if size > GROUP:
                            writer.write_table(pa.Table.from_batches(waiting, schema))
                            waiting, size = [], 0
                    if waiting:
                        writer.write_table(pa.Table.from_batches(waiting, schema))
    except (pa.ArrowException, OSError) as error:
        raise ShardError(f"it cannot be read to its end: {error}") from error
    except RecordsError as error:
        raise ShardError(str(error)) from error


def treat_columns(
    batch: pa.RecordBatch, treatment: Treatment, rejects: Rejects, counters: Counters, found: Found | None
) -> pa.RecordBatch:
    """Treat one batch of a file; rows that are kept aside are told with their number, counted from 1.

    Raises:
        RecordsError: see `treat_batch`.
    """
    first = counters.records + 1
    counters.bytes_unpacked += batch.nbytes
    rejected: list[Rejected] = []
    result = treat_batch(batch, treatment, counters, rejected, found, first)
    for row, kind, reason in rejected:
        rejects.add(("row", first + row), kind, reason, _told(batch, row))
    return result


def _options(source: pq.ParquetFile) -> dict[str, Any]:
    """Return how the file is packed, so that its successor is packed alike."""
    metadata = source.metadata
    if not metadata.num_row_groups:
        return {}
    columns = [metadata.row_group(0).column(index) for index in range(metadata.num_columns)]
    codecs = {column.path_in_schema: column.compression.lower() for column in columns}
    codecs = {name: "none" if codec == "uncompressed" else codec for name, codec in codecs.items()}
    if "lzo" in codecs.values() or len(set(codecs.values())) == 1:
        return {"compression": columns[0].compression.lower().replace("uncompressed", "none").replace("lzo", "snappy")}
    return {"compression": codecs}


def _batches(source: pq.ParquetFile, stream: IO[bytes], group: int, treatment: Treatment) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a row group, in batches that stay small whatever the pages hold.

    Raises:
        ShardError: the row group is too large, or unpacks too far.
    """
    limits = treatment.limits
    metadata = source.metadata.row_group(group)
    if metadata.total_byte_size > limits.group_bytes:
        raise ShardError(
            f"its row group {group} has {metadata.total_byte_size:,} bytes, and {limits.group_bytes:,} are allowed"
        )
    average = max(1, metadata.total_byte_size // max(1, metadata.num_rows))
    rows = min(BATCH // average + 1, _DICTIONARY // max(1, _longest(metadata, stream)))
    packed = max(64 << 20, limits.unpacked_ratio * _packed(metadata))
    unpacked = 0
    waiting: list[pa.RecordBatch] = []
    size = 0
    for batch in source.iter_batches(batch_size=max(1, rows), row_groups=[group], use_threads=False):
        size += batch.nbytes
        if unpacked + size > packed:
            raise ShardError(f"its row group {group} unpacks to more than {limits.unpacked_ratio} times its size")
        waiting.append(batch)
        if size >= BATCH:
            yield pa.concat_batches(waiting)
            unpacked, waiting, size = unpacked + size, [], 0
    if waiting:
        yield pa.concat_batches(waiting)


def _packed(metadata: Any) -> int:
    """Return the bytes of a row group on the disk."""
    return sum(int(metadata.column(index).total_compressed_size) for index in range(metadata.num_columns))


def _longest(metadata: Any, stream: IO[bytes]) -> int:
    """Return how many bytes a row can have at the most through texts that are written once and used many times.

    Metadata do not say it: a dictionary of one text of a megabyte, used a million times, is a file of 2 KB.
    """
    longest = 0
    for index in range(metadata.num_columns):
        column = metadata.column(index)
        if column.physical_type != "BYTE_ARRAY":
            continue
        if any(encoding.startswith("DELTA_BYTE_ARRAY") for encoding in column.encodings):
            longest += column.total_uncompressed_size
        elif column.has_dictionary_page:
            longest += _page_size(stream, column.dictionary_page_offset)
    return longest


def _page_size(stream: IO[bytes], offset: int) -> int:
    """Return the unpacked size of the page at an offset.

    A page header is a Thrift struct in compact form of which the first two fields are the type and this size, both i32
    in zigzag form (https://github.com/apache/parquet-format, parquet.thrift).
    """
    place = stream.tell()
    stream.seek(offset)
    data = stream.read(_HEADER)
    stream.seek(place)
    index, value = 0, 0
    for _field in range(2):
        if data[index : index + 1] != b"\x15":
            raise ShardError("a page of it begins with no header")
        index, value, shift = index + 1, 0, 0
        while index < len(data):
            byte = data[index]
            value |= (byte & 0x7F) << shift
            index, shift = index + 1, shift + 7
            if not byte & 0x80:
                break
    return value >> 1


def _told(batch: pa.RecordBatch, row: int) -> bytes:
    """Return a row that is kept aside as JSON; what is long in it is cut, for the input still has it."""
    told: dict[str, Any] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            value = column[row].as_py()
        except UnicodeDecodeError:
            value = column.view(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary())[
                row
            ].as_py()
        told[name] = value[:SAMPLE] if isinstance(value, (str, bytes)) else value
    return json.dumps(told, ensure_ascii=False, default=_jsonable).encode("utf-8", "backslashreplace")


def _jsonable(value: object) -> str:
    return b64encode(value).decode("ascii") if isinstance(value, bytes) else str(value)
