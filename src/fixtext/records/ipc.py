"""Arrow's own files (Feather) and streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa
from pyarrow import ipc

from fixtext.records.columns import treated_schema
from fixtext.records.counters import Counters
from fixtext.records.errors import RecordsError, ShardError
from fixtext.records.parquet import BATCH, treat_columns
from fixtext.records.rejects import Rejects
from fixtext.records.rows import Found
from fixtext.records.treatment import Treatment

_MAGIC = b"ARROW1"


def treat_ipc(
    path: str,
    sink: IO[bytes],
    treatment: Treatment,
    rejects: Rejects,
    counters: Counters,
    found: Found | None = None,
) -> None:
    """Treat all rows of an Arrow file or stream; which of them it is, its first bytes tell.

    Raises:
        ShardError: it cannot be read, or a field is not there or holds no text.
        engine.DetectorError: a detector failed.
    """
    try:
        with pa.memory_map(path) as stream:  # not more of it is in memory than is looked at
            is_file = stream.read(len(_MAGIC)) == _MAGIC
            stream.seek(0)
            source = ipc.open_file(stream) if is_file else ipc.open_stream(stream)
            schema = treated_schema(source.schema, treatment)
            # Feather files are packed with LZ4 unless somebody asks for something else; streams are not.
            options = ipc.IpcWriteOptions(compression="lz4" if is_file else None, unify_dictionaries=is_file)
            make: Any = ipc.new_file if is_file else ipc.new_stream
            with make(sink, schema, options=options) as writer:
                for batch in _batches(source, treatment.limits.group_bytes):
                    writer.write_batch(treat_columns(batch, treatment, rejects, counters, found))
    except (pa.ArrowException, OSError) as error:
        raise ShardError(f"it cannot be read to its end: {error}") from error
    except RecordsError as error:
        raise ShardError(str(error)) from error


def _batches(source: Any, limit: int) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a source in parts that are not too large to be treated at once.

    Raises:
        ShardError: one of them is too large.
    """
    whole = (
        (source.get_batch(index) for index in range(source.num_record_batches))
        if hasattr(source, "num_record_batches")
        else iter(source)
    )
    for batch in whole:
        size = batch.nbytes
        if size > limit:
            raise ShardError(f"a record batch of it has {size:,} bytes, and {limit:,} are allowed")
        rows = max(1, batch.num_rows * BATCH // max(size, 1))
        for start in range(0, batch.num_rows, rows):
            yield batch.slice(start, rows)
