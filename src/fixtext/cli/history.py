"""Older versions of a file, from git."""

from __future__ import annotations

import subprocess
from pathlib import Path

COMMITS = 30
"""Commits that are looked at, the newest first."""

_SECONDS = 20
"""Time that one call of git may take."""

_LARGEST = 32 << 20
"""Bytes of a version that is still looked at."""


class NoHistory(Exception):  # noqa: N818 - a state of the file, told to the user as it is
    """There is no git, or the file is in no work tree; the message is one clause for the user."""


def versions(file: str) -> list[str]:
    """Return the texts that the last commits have for a file and that are valid UTF-8, each once, the newest first.

    Raises:
        NoHistory: git is not installed, fails, or does not know the file.
    """
    path = Path(file).resolve()
    commits = _git(path.parent, "log", f"--max-count={COMMITS}", "--format=%H", "--", f"./{path.name}").split()
    if not commits:
        raise NoHistory("git has no commit of it")
    found: dict[str, None] = {}
    for commit in commits:
        try:
            data = _git(path.parent, "show", f"{commit.decode()}:./{path.name}")
            if len(data) <= _LARGEST:
                found.setdefault(data.decode("utf-8"))
        except (NoHistory, UnicodeDecodeError):  # deleted in this commit, or damaged there already
            continue
    return list(found)


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "--no-pager", *arguments], capture_output=True, timeout=_SECONDS, check=False
        )
    except FileNotFoundError:
        raise NoHistory("git is not installed") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoHistory(f"git failed: {error}") from None
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoHistory(message[0] if message else "git failed")
    return done.stdout
