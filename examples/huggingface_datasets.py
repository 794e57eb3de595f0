"""Hugging Face datasets: a plain batched function is all that is needed.

pip install 'fixtext[records]' datasets
python examples/huggingface_datasets.py in.jsonl out.jsonl
"""

from __future__ import annotations

import sys
from typing import Any

from datasets import Dataset, load_dataset

from fixtext.records.texts import fix_texts, score_texts


def fixed(batch: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Repair a batch of columns."""
    return {"text": fix_texts(batch["text"])}


def is_kept(batch: dict[str, list[Any]]) -> list[bool]:
    """Keep what is healthy, or can be repaired wholly."""
    return [score is not None and score.repairable for score in score_texts(batch["text"])]


def healthy(dataset: Dataset) -> Dataset:
    """Drop what cannot be repaired, and repair the rest; `num_proc` spreads it over processes."""
    return dataset.filter(is_kept, batched=True).map(fixed, batched=True)


if __name__ == "__main__":
    source, target = sys.argv[1:]
    healthy(load_dataset("json", data_files=source, split="train")).to_json(target, force_ascii=False)
