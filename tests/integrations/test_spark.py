"""Spark, started here in local mode with two workers."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtext.records import Treatment
from tests.integrations.conftest import Golden, example, told
from tests.records.corpus import READ_AS_LATIN, ZH

pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is not installed", allow_module_level=True)
from fixtext.integrations.spark import fix_udf, map_in_arrow, score_udf, treat, treated_schema

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2, 4]")  # a task may fail three times
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def test_functions_of_columns(spark: Any, golden: Golden) -> None:
    frame = spark.createDataFrame(golden.records)
    rows = frame.select("id", fix_udf()("text").alias("text"), score_udf()("text").alias("score")).collect()
    assert {row["id"]: row["text"] for row in rows} == golden.fixed
    assert {row["id"]: told(row["score"].asDict()) for row in rows} == golden.scores


def test_repartitioned_and_shuffled_it_is_the_same(spark: Any, golden: Golden) -> None:
    frame = spark.createDataFrame(golden.records).orderBy("url").repartition(5)
    rows = treat(frame, Treatment(("text",))).collect()
    assert {row["id"]: row["text"] for row in rows} == golden.fixed


def test_whole_frames(spark: Any, golden: Golden) -> None:
    treatment = Treatment(("text",), score_only=True, edits=True)
    frame = treat(spark.createDataFrame(golden.records), treatment)
    rows = frame.collect()
    names = [f"fixtext_{name}" for name in next(iter(golden.scores.values()))]
    assert {row["id"]: told({name: row[name] for name in names}) for row in rows} == golden.scores
    assert frame.columns == ["id", "text", "url", *names, "fixtext_edits"]
    for row in rows:
        assert sum(edit["guessed"] for edit in row["fixtext_edits"]) == row["fixtext_guessed"]


def test_nested_fields(spark: Any) -> None:
    frame = spark.createDataFrame(
        [(1, [{"content": READ_AS_LATIN, "role": "user"}])],
        "id long, messages array<struct<content: string, role: string>>",
    )
    treatment = Treatment(("messages[].content",))
    (row,) = frame.mapInArrow(map_in_arrow(treatment), treated_schema(frame.schema, treatment)).collect()
    assert row["messages"][0].asDict() == {"content": ZH, "role": "user"}


def test_the_example(spark: Any, golden: Golden) -> None:
    rows = example("spark_job").healthy(spark.createDataFrame(golden.records)).collect()
    kept = {number for number, told in golden.scores.items() if told["repairable"] or told["damaged_share"] < 0.2}
    assert {row["id"]: row["text"] for row in rows} == {number: golden.fixed[number] for number in kept}


def test_a_worker_that_is_killed(spark: Any, golden: Golden, tmp_path: Path) -> None:
    mark = str(tmp_path / "killed")
    treatment = Treatment(("text",))
    treated = map_in_arrow(treatment)

    def dies_once(batches: Iterator[Any]) -> Iterator[Any]:
        for number, batch in enumerate(treated(batches)):
            yield batch
            if number == 1 and not Path(mark).exists():
                Path(mark).touch()
                os.kill(os.getpid(), 9)

    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "4")
    frame = spark.createDataFrame(golden.records).repartition(2)
    rows = frame.mapInArrow(dies_once, frame.schema).collect()
    assert Path(mark).exists()
    assert {row["id"]: row["text"] for row in rows} == golden.fixed
