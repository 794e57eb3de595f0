"""Engines in local mode with two workers, started once, for `benchmarks.records`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.records import TREATMENT

Work = Callable[[], object]


@contextmanager
def started(folder: Path) -> Iterator[dict[str, tuple[Work, Work | None]]]:
    """Start the engines; give for each its work from Parquet to Parquet, with fixtext and without."""
    source = f"{folder}/in"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    import ray
    from pyspark.sql import SparkSession

    from fixtext.integrations import spark as ours
    from fixtext.integrations.ray import Fixtext

    session: Any = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, object_store_memory=1 << 30)
    ray.data.DataContext.get_current().enable_progress_bars = False

    def of_spark(treats: bool) -> None:
        frame = session.read.parquet(*sorted(map(str, Path(source).glob("*.parquet"))))
        frame = ours.treat(frame, TREATMENT) if treats else frame
        frame.write.mode("overwrite").parquet(f"{folder}/spark")

    def of_ray(treats: bool) -> None:
        data = ray.data.read_parquet(sorted(map(str, Path(source).glob("*.parquet"))))
        if treats:
            data = data.map_batches(Fixtext, batch_format="pyarrow", batch_size=2000, concurrency=2)
        data.write_parquet(f"{folder}/ray", mode="overwrite")

    def of_datatrove(treats: bool) -> None:
        from datatrove.executor import LocalPipelineExecutor
        from datatrove.pipeline.readers import ParquetReader
        from datatrove.pipeline.writers.parquet import ParquetWriter

        from fixtext.integrations.datatrove import FixtextFormatter

        steps = [FixtextFormatter()] if treats else []
        reader = ParquetReader(source, glob_pattern="*.parquet")
        pipeline = [reader, *steps, ParquetWriter(f"{folder}/datatrove", compression="zstd")]
        LocalPipelineExecutor(
            pipeline, tasks=2, workers=2, skip_completed=False, logging_dir=f"{folder}/log", start_method="fork"
        ).run()

    try:
        yield {
            "Spark": (lambda: of_spark(True), lambda: of_spark(False)),
            "Ray Data": (lambda: of_ray(True), lambda: of_ray(False)),
            "datatrove": (lambda: of_datatrove(True), lambda: of_datatrove(False)),
        }
    finally:
        ray.shutdown()
        session.stop()
