"""Ray Data: repair one column of JSON lines or Parquet with actors on all processors but one.

pip install 'fixtext[ray]'
ray job submit -- python examples/ray_job.py in.parquet out/
"""

from __future__ import annotations

import sys

import ray
import ray.data

from fixtext.integrations.ray import Fixtext


def healthy(dataset: ray.data.Dataset, actors: int) -> ray.data.Dataset:
    """Repair ``text``, with every edit told in a column. Leave a processor to what reads and writes."""
    choices = {"fields": ("text",), "edits": True}
    workers = ray.data.ActorPoolStrategy(size=actors)
    return dataset.map_batches(
        Fixtext, fn_constructor_kwargs=choices, batch_format="pyarrow", batch_size=1024, compute=workers
    )


if __name__ == "__main__":
    source, target = sys.argv[1:]
    ray.init()
    read = ray.data.read_parquet if source.endswith(".parquet") else ray.data.read_json
    healthy(read(source), max(1, int(ray.cluster_resources()["CPU"]) - 1)).write_parquet(target)
