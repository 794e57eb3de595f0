"""datatrove: filter and repair JSON lines, on this machine or on a cluster with Slurm.

pip install 'fixtext[datatrove]'
python examples/datatrove_slurm.py in/ out/            # here
python examples/datatrove_slurm.py in/ out/ PARTITION  # sbatch, 100 tasks
"""

from __future__ import annotations

import sys
from typing import Any

from datatrove.executor import LocalPipelineExecutor
from datatrove.executor.slurm import SlurmPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

from fixtext.integrations.datatrove import FixtextFilter, FixtextFormatter


def pipeline(source: str, target: str) -> list[Any]:
    """Drop what is damaged for more than a half, keep that aside, and repair the rest."""
    return [
        JsonlReader(source),
        FixtextFilter(max_damaged_share=0.5, exclusion_writer=JsonlWriter(f"{target}/dropped")),
        FixtextFormatter(edits=True),
        JsonlWriter(f"{target}/healthy"),
    ]


if __name__ == "__main__":
    source, target, *partition = sys.argv[1:]
    steps = pipeline(source, target)
    if partition:
        SlurmPipelineExecutor(
            steps, tasks=100, time="04:00:00", partition=partition[0], logging_dir=f"{target}/log", job_name="fixtext"
        ).run()
    else:
        LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=f"{target}/log").run()
