"""The wheel: what is built is whole, and works far from the source tree."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import fixtext
from tests.conftest import ROOT, RunPython, install_offline

pytestmark = pytest.mark.slow

PACKAGE = ROOT / "src" / "fixtext"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    install_offline(wheel, target)
    return target


def test_every_file_of_the_package_is_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    files = {
        f"fixtext/{file.relative_to(PACKAGE).as_posix()}"
        for file in PACKAGE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert "fixtext/py.typed" in files
    assert files <= inside
    assert any(name.endswith("/LICENSE") for name in inside)
    assert not [name for name in inside if not name.startswith(("fixtext/", f"fixtext-{fixtext.__version__}"))]


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path, run_python: RunPython) -> None:
    done = run_python("-c", "import fixtext; print(fixtext.__file__)", path=(installed,), folder=tmp_path)
    assert Path(done.stdout.decode().strip()).is_relative_to(installed)


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("glossed/*.in.txt"))[:1], ids=lambda path: path.name)
def test_a_sample_is_repaired(sample: Path, installed: Path, tmp_path: Path, run_python: RunPython) -> None:
    done = run_python("-m", "fixtext", sample, path=(installed,), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == sample.with_name(sample.name.replace(".in.txt", ".out.txt")).read_bytes()


def test_the_command_is_installed(installed: Path, tmp_path: Path, run_python: RunPython) -> None:
    (command,) = (installed / "bin").glob("fixtext*")
    done = run_python(command, "--version", path=(installed,), folder=tmp_path)
    assert done.stdout.decode().splitlines()[0] == f"fixtext {fixtext.__version__}"
