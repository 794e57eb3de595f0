"""Importing is cheap: what a text does not need is not loaded."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import fixtext
from tests.conftest import RunPython

ENGINES = ("datatrove", "pandas", "polars", "pyarrow", "pyspark", "ray", "regex")
"""What the integrations are for, and what those need; whoever uses one installs it."""

HEAVY = ("numpy", "ftfy", "charset_normalizer", "pypinyin", "importlib.metadata", "asyncio", "multiprocessing")


@pytest.mark.parametrize(
    "program",
    [
        "import fixtext",
        "import fixtext; fixtext.fix, fixtext.Channel, fixtext.Detector, fixtext.Repair",
        "import fixtext; assert fixtext.fix('plain text, 健康的文字\\n' * 100)",
        "import sys; sys.argv = ['fixtext', '--help']; from fixtext.cli.command import _status; assert _status() == 0",
        "import sys; sys.argv = ['fixtext', '-']; from fixtext.cli.command import _status; assert _status() == 0",
    ],
)
def test_heavy_modules_stay_out(program: str, run_python: RunPython) -> None:
    report = f"\nimport sys; print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    done = run_python("-c", program + report, stdin="plain text, 健康的文字\n".encode())
    assert (done.returncode, done.stderr.decode().strip()) == (0, "[]")


def test_a_bare_import_loads_nothing_of_the_package(run_python: RunPython) -> None:
    done = run_python("-c", "import sys, fixtext; print([name for name in sys.modules if name.startswith('fixtext.')])")
    assert done.stdout.strip() == b"[]"


def test_every_public_name_is_there() -> None:
    for name in fixtext.__all__:
        assert getattr(fixtext, name).__name__ == name
    assert set(fixtext.__all__) <= set(dir(fixtext))
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = fixtext.nonsense


def test_repair_is_still_a_function_when_everything_is_imported(run_python: RunPython) -> None:
    program = (
        f"ENGINES = {ENGINES!r}\n"
        "import importlib, pkgutil, fixtext\n"
        "for module in pkgutil.walk_packages(fixtext.__path__, 'fixtext.'):\n"
        "    try:\n"
        "        module.name.endswith('__main__') or importlib.import_module(module.name)\n"
        "    except ModuleNotFoundError as error:\n"
        "        assert error.name.split('.')[0] in ENGINES, error\n"
        "assert callable(fixtext.repair) and callable(fixtext.fix) and callable(fixtext.repair_bytes)"
    )
    assert run_python("-c", program).stderr == b""


FLOORS = {
    "codepages": 0,
    "language": 1,
    "channels": 2,
    "findings": 3,
    "config": 3,
    "collector": 4,
    "detectors": 3,
    "composition": 4,
    "arbitration": 4,
    "binary": 4,
    "exemptions": 4,
    "engine": 4,
    "charset": 4,
    "script": 4,
    "normalization": 4,
    "pipeline": 5,
    "records": 6,
    "files": 6,
    "cli": 7,
    "integrations": 7,
    "__main__": 8,
}
"""A module may import from its own floor and from those below; `docs/architecture.md` draws them."""


def test_no_floor_knows_the_floors_above() -> None:
    package = Path(fixtext.__file__).parent
    wrong = []
    for file in sorted(package.rglob("*.py")):
        here = file.relative_to(package).with_suffix("").parts[0]
        if here == "__init__":
            continue
        assert here in FLOORS, f"{here} stands on no floor: give it one here and in docs/architecture.md"
        for module in imported(ast.parse(file.read_text(encoding="utf-8"))):
            package_name, *parts = module.split(".")
            # a public name taken from the package itself may come from any floor up to the engine's
            if package_name == "fixtext" and parts and FLOORS.get(parts[0], FLOORS["engine"]) > FLOORS[here]:
                wrong.append(f"{file.relative_to(package)} imports {module}")
    assert not wrong


def imported(tree: ast.AST) -> set[str]:
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
            if node.module == "fixtext":
                modules.update(f"fixtext.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
    return modules
