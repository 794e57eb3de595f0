"""Each integration needs its own engine alone, and the records need none for JSON lines and CSV."""

from __future__ import annotations

import importlib.util
import os
import shutil

import pytest

from tests.conftest import RunPython

NEEDS = {
    "fixtext.integrations.arrow": {"pyarrow"},
    "fixtext.integrations.pandas": {"pandas"},
    "fixtext.integrations.polars": {"polars"},
    "fixtext.integrations.spark": {"pyspark", "pyarrow", "pandas"},
    "fixtext.integrations.ray": {"pyarrow"},
    "fixtext.integrations.datatrove": {"datatrove", "regex", "pyarrow", "pandas"},
    "fixtext.records.runner": set(),
    "fixtext.records.texts": set(),
}
"""Module -> what may be installed of what anybody needs."""

ENGINES = {"pyarrow", "pandas", "polars", "pyspark", "ray", "datatrove", "datasets", "orjson", "regex"}


@pytest.mark.skipif(os.environ.get("FIXTEXT_ENGINES") != "required", reason="engines may be missing here")
def test_nothing_is_skipped_where_all_engines_have_to_be() -> None:
    assert [name for name in sorted(ENGINES) if importlib.util.find_spec(name) is None] == []
    assert shutil.which("java")


@pytest.mark.parametrize("module", NEEDS)
def test_no_other_engine_is_needed(module: str, run_python: RunPython) -> None:
    for needed in NEEDS[module]:
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed")
    hidden = ENGINES - NEEDS[module]
    program = f"import sys; sys.modules.update(dict.fromkeys({sorted(hidden)!r})); import {module}"
    done = run_python("-c", program)
    assert done.returncode == 0, done.stderr.decode()
