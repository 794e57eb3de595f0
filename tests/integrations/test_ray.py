"""Ray Data, started here with two processors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtext.records import Treatment
from fixtext.records.errors import RecordsError
from tests.integrations.conftest import Golden, example, told
from tests.records.corpus import READ_AS_LATIN, ZH

pytest.importorskip("ray", reason="ray is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from fixtext.integrations.ray import Fixtext

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def data() -> Iterator[Any]:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray.data
    ray.shutdown()


@pytest.mark.parametrize("form", ["pyarrow", "pandas", "numpy"])
def test_golden(data: Any, golden: Golden, form: str) -> None:
    choices = {"fields": ("text",), "edits": form == "pyarrow"}
    done = data.from_items(golden.records).map_batches(
        Fixtext, fn_constructor_kwargs=choices, batch_format=form, batch_size=8, compute=data.ActorPoolStrategy(size=2)
    )
    rows = done.take_all()
    assert {row["id"]: row["text"] for row in rows} == golden.fixed
    assert set(rows[0]) == {"id", "text", "url", *(["fixtext_edits"] if form == "pyarrow" else [])}


@pytest.mark.parametrize("form", ["pyarrow", "pandas", "numpy"])
def test_tasks(data: Any, golden: Golden, form: str) -> None:
    done = data.from_items(golden.records).map_batches(Fixtext(("text",)), batch_format=form, batch_size=8)
    assert {row["id"]: row["text"] for row in done.take_all()} == golden.fixed


def test_scores_of_a_shuffled_set(data: Any, golden: Golden) -> None:
    done = (
        data.from_items(golden.records)
        .random_shuffle(seed=1)
        .repartition(5)
        .map_batches(
            Fixtext,
            fn_constructor_kwargs={"score_only": True},
            batch_format="pyarrow",
            compute=data.ActorPoolStrategy(size=1),
        )
    )
    names = [f"fixtext_{name}" for name in next(iter(golden.scores.values()))]
    assert {row["id"]: told({name: row[name] for name in names}) for row in done.take_all()} == golden.scores


def test_the_example(data: Any, golden: Golden, tmp_path: Path) -> None:
    example("ray_job").healthy(data.from_items(golden.records)).write_parquet(str(tmp_path / "out"))
    assert {row["id"]: row["text"] for row in data.read_parquet(str(tmp_path / "out")).take_all()} == golden.fixed


class DiesOnce(Fixtext):
    """Is killed by its second batch, once."""

    def __init__(self, mark: str) -> None:
        super().__init__(("text",))
        self._mark = mark
        self._count = 0

    def __call__(self, batch: Any) -> Any:
        self._count += 1
        if self._count == 2 and not Path(self._mark).exists():
            Path(self._mark).touch()
            os.kill(os.getpid(), 9)
        return super().__call__(batch)


def test_a_worker_that_is_killed(data: Any, golden: Golden, tmp_path: Path) -> None:
    mark = str(tmp_path / "killed")
    done = data.from_items(golden.records, override_num_blocks=6).map_batches(
        DiesOnce,
        fn_constructor_args=(mark,),
        batch_format="pyarrow",
        batch_size=4,
        compute=data.ActorPoolStrategy(size=1),
    )
    assert {row["id"]: row["text"] for row in done.take_all()} == golden.fixed
    assert Path(mark).exists()


def test_batches_without_an_engine() -> None:
    import numpy as np

    batch = {"text": np.array([READ_AS_LATIN, None], object), "image": np.zeros((2, 3, 3))}
    done = Fixtext()(batch)
    assert list(done["text"]) == [ZH, None]
    assert done["image"] is batch["image"]
    with pytest.raises(RecordsError, match="no field 'txt'"):
        Fixtext(("txt",))(batch)
    assert Treatment(("text",)) == Fixtext()._treatment
