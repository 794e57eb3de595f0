"""The examples in docstrings say what is true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import fixtext

MODULES = [module.name for module in pkgutil.walk_packages(fixtext.__path__, "fixtext.")]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_examples(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "fixtext":
            raise
        pytest.skip(f"{error.name} is not installed: it belongs to an extra")
    assert doctest.testmod(module).failed == 0
