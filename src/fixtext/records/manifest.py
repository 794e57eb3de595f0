"""What tells that a shard is complete, so that it need not be done again."""

from __future__ import annotations

import json
import os
from typing import Any

import fixtext
from fixtext.records.counters import Counters
from fixtext.records.shards import Shard
from fixtext.records.streams import file_sha256, written
from fixtext.records.treatment import Treatment

VERSION = 1
"""The version of this form."""


def complete(shard: Shard, treatment: Treatment) -> Counters | None:
    """Return what was counted of a shard that is complete; None if it has to be done, or done again.

    It is complete if the same input was treated in the same way by the same version, and the output and the rejected
    records are there as they were written. An input whose size is as it was and whose time of change is not is read
    for its checksum.
    """
    if shard.manifest is None or shard.source is None or shard.output is None or shard.rejects is None:
        return None
    try:
        with open(shard.manifest, encoding="utf-8") as stream:
            told = json.load(stream)
        if told["version"] != VERSION or told["fixtext"] != fixtext.__version__:
            return None
        if told["treatment"] != treatment.fingerprint or told["format"] != shard.form:
            return None
        source, output = os.stat(shard.source), os.stat(shard.output)
        if told["input"]["bytes"] != source.st_size or told["output"]["bytes"] != output.st_size:
            return None
        if told["output"]["mtime_ns"] != output.st_mtime_ns:
            return None
        if told["input"]["mtime_ns"] != source.st_mtime_ns and told["input"]["sha256"] != file_sha256(shard.source):
            return None
        if told["counters"]["rejected"] and not os.path.exists(shard.rejects):
            return None
        return Counters.from_dict(told["counters"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(shard: Shard, treatment: Treatment, source: os.stat_result, digest: str, counters: Counters) -> None:
    """Write that a shard is complete.

    Args:
        shard: the shard; its output is in its place.
        treatment: what was done.
        source: what the system said of the input before it was read.
        digest: the SHA-256 of the input.
        counters: what was counted.

    Raises:
        ShardError: it cannot be written.
    """
    if shard.manifest is None or shard.output is None:
        return
    output = os.stat(shard.output)
    told: dict[str, Any] = {
        "version": VERSION,
        "fixtext": fixtext.__version__,
        "treatment": treatment.fingerprint,
        "format": shard.form,
        "input": {
            "path": shard.source,
            "bytes": source.st_size,
            "mtime_ns": source.st_mtime_ns,
            "sha256": digest,
        },
        "output": {"bytes": output.st_size, "mtime_ns": output.st_mtime_ns},
        "counters": counters.to_dict(),
    }
    with written(shard.manifest) as stream:
        stream.write(json.dumps(told, indent=1).encode("ascii") + b"\n")
