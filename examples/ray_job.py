"""Ray Data: repair one column of JSON lines or Parquet on all processors.

pip install 'fixtext[ray]'
ray job submit -- python examples/ray_job.py in.parquet out/
"""

from __future__ import annotations

import sys

import ray
import ray.data

from fixtext.integrations.ray import Fixtext


def healthy(dataset: ray.data.Dataset) -> ray.data.Dataset:
    """Repair ``text``, with every edit told in a column, in tasks: these read and write as well."""
    return dataset.map_batches(Fixtext(("text",), edits=True), batch_format="pyarrow", batch_size=1024)


if __name__ == "__main__":
    source, target = sys.argv[1:]
    ray.init()
    read = ray.data.read_parquet if source.endswith(".parquet") else ray.data.read_json
    healthy(read(source)).write_parquet(target)
