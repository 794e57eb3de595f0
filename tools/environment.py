"""A virtual environment for this checkout, made and kept up to date with the standard library alone.

Written so that a Python that is too old can still read it and say so.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 10)


def ready(name: str, extras: str = "") -> Path:
    """Return the Python of a virtual environment in which this checkout is installed, and run from where it stands.

    The environment is kept for the next time and made anew when pyproject.toml or Python itself has changed.

    Args:
        name: the environment's folder, in the checkout or, if it is set, in ``$FIXTEXT_VENVS``.
        extras: names of optional dependencies to install as well, such as ``[test]``.
    """
    _require_python()
    folder = Path(os.environ.get("FIXTEXT_VENVS") or ROOT) / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "made-from.txt"
    wanted = _made_from(extras)
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    print("Setting up " + str(folder) + " (once, about a minute) ...", file=sys.stderr, flush=True)
    shutil.rmtree(str(folder), ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], "the virtual environment could not be made")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable"]
    _run([*install, str(ROOT) + extras], "the project could not be installed; is there a network?")
    stamp.write_text(wanted, encoding="utf-8")
    return python


def clean_variables() -> "dict[str, str]":
    """Return the environment variables without those that would let other installations show through."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def _require_python() -> None:
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        sys.exit("fixtext needs Python " + wanted + " or newer, and this is " + sys.version.split()[0])
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            sys.exit("this Python lacks the module " + module + "; on Debian and Ubuntu: apt install python3-venv")


def _made_from(extras: str) -> str:
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return "\n".join([str(ROOT), sys.version, extras, digest])


def _run(command: "list[str]", failure: str) -> None:
    if subprocess.run(command, env=clean_variables(), check=False).returncode:
        sys.exit(failure)
