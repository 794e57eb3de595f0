"""What all tests share: the option that rewrites golden files, and packages installed once a run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)  # a busy machine is no reason to fail
settings.load_profile("shared-machine")

ROOT = Path(__file__).resolve().parent.parent

RunPython = Callable[..., "subprocess.CompletedProcess[bytes]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite samples/*/*.out.txt with what comes out now")


@pytest.fixture(scope="session")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example plug-in and return the folder to put on the path; no package is looked up anywhere."""
    target = tmp_path_factory.mktemp("plugin")
    install_offline(ROOT / "tests" / "plugin_example", target)
    return target


def install_offline(source: Path, target: Path) -> None:
    """Install a source tree or a wheel into a folder of its own, with the build backend that is at hand."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*pip, "--target", target, source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def run_python() -> RunPython:
    """Return a function that runs Python with arguments, bytes for its input, folders to put first on its path, the
    folder to run in, and environment variables.
    """

    def run(
        *arguments: str | Path,
        stdin: bytes = b"",
        path: tuple[Path, ...] = (),
        folder: Path | None = None,
        **variables: str,
    ) -> object:
        inherited = os.environ.get("PYTHONPATH", "")
        folders = [*map(str, path), *(str(Path(item).resolve()) for item in inherited.split(os.pathsep) if item)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders), **variables}
        return subprocess.run(
            [sys.executable, *arguments],
            input=stdin,
            capture_output=True,
            cwd=folder,
            env=environment,
            check=False,
            timeout=120,
        )

    return run  # type: ignore[return-value]
