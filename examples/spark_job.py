"""Spark: repair one column of Parquet, keep scores and edits beside it.

pip install 'fixtext[spark]'
spark-submit examples/spark_job.py s3a://corpus/in/ s3a://corpus/out/
"""

from __future__ import annotations

import sys

from pyspark.sql import DataFrame, SparkSession

from fixtext.integrations.spark import score_udf, treat
from fixtext.records import Treatment


def healthy(frame: DataFrame) -> DataFrame:
    """Drop what is damaged beyond a fifth of its characters, and repair the rest, with every edit told."""
    scored = frame.withColumn("score", score_udf()("text"))
    kept = scored.where("score.repairable or score.damaged_share < 0.2")
    return treat(kept, Treatment(("text",), edits=True))


if __name__ == "__main__":
    source, target = sys.argv[1:]
    spark = SparkSession.builder.appName("fixtext").getOrCreate()
    healthy(spark.read.parquet(source)).write.mode("overwrite").parquet(target)
