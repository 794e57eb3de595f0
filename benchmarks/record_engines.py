"""Engines in local mode with two workers, started once, and the library beside them, for `benchmarks.records`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.records import TREATMENT
from fixtext.records.runner import run_shards
from fixtext.records.shards import shards

Work = Callable[[str, str], None]
"""Reads Parquet from a folder, repairs it, and writes Parquet to another."""

LIBRARY = "library, 2 processes"


@contextmanager
def started() -> Iterator[dict[str, Work]]:
    """Start the engines; give what each does."""
    import ray
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session: Any = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=1 << 30)
    ray.data.DataContext.get_current().enable_progress_bars = False

    def of_spark(source: str, target: str) -> None:
        from fixtext.integrations.spark import treat

        frame = session.read.parquet(source)
        treat(frame, TREATMENT).write.mode("overwrite").parquet(target)

    def of_ray(source: str, target: str) -> None:
        from fixtext.integrations.ray import Fixtext

        data = ray.data.read_parquet(source).map_batches(Fixtext(), batch_format="pyarrow", batch_size=1024)
        data.write_parquet(target, mode="overwrite", compression="zstd")

    try:
        yield {
            LIBRARY: _library,
            "Spark": of_spark,
            "Ray Data": of_ray,
            "datatrove": _datatrove,
        }
    finally:
        ray.shutdown()
        session.stop()


def _library(source: str, target: str) -> None:
    for done in run_shards(shards([f"{source}/*.parquet"], f"{target}/"), TREATMENT, workers=2, again=True):
        assert done.error is None, done.error


def _datatrove(source: str, target: str) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import ParquetReader
    from datatrove.pipeline.writers.parquet import ParquetWriter

    from fixtext.integrations.datatrove import FixtextFormatter

    pipeline = [ParquetReader(source), FixtextFormatter(), ParquetWriter(target, compression="zstd")]
    log = f"{target}/log"
    LocalPipelineExecutor(
        pipeline, tasks=2, workers=2, skip_completed=False, logging_dir=log, start_method="fork"
    ).run()
