"""Options that say which files are looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fixtext.cli.files import BACKUP_SUFFIX
from fixtext.cli.grouping import FileName, option, option_group

if TYPE_CHECKING:
    from fixtext.cli.files.ignoring import Patterns
    from fixtext.cli.files.walking import Selection
    from fixtext.cli.settings.settings import Settings

file_options = option_group(
    "Which files",
    option(
        "--include",
        key="include",
        multiple=True,
        metavar="GLOB",
        help="In directories, look only at files that fit this, as in a .gitignore; may be given several times.",
    ),
    option(
        "--exclude",
        key="exclude",
        multiple=True,
        metavar="GLOB",
        help="In directories, leave out what fits this; may be given several times.",
    ),
    option("--force-exclude", key="force-exclude", is_flag=True, help="Leave it out even if it is named itself."),
    option(
        "--respect-gitignore/--no-respect-gitignore",
        key="respect-gitignore",
        default=True,
        show_default=True,
        help="In directories, leave out what git ignores.",
    ),
    option(
        "--files-from",
        metavar="FILE",
        type=FileName(),
        help="Look at the files named in FILE (- is standard input), separated by NUL as git ls-files -z does it.",
    ),
    option("--names", is_flag=True, help="Look at the names of files instead; with -w, rename those that are garbled."),
    option(
        "--stdin-filename",
        metavar="NAME",
        help="What standard input is called: in messages, and for the settings that hold for it.",
    ),
)


def selection(settings: Settings) -> Selection:
    """Return which files are taken: globs of options are about the working directory, those of files about theirs."""
    from fixtext.cli.files.walking import Selection

    run = settings.run
    return Selection(
        _patterns("include", run, settings),
        _patterns("exclude", run, settings),
        run["force_exclude"],
        run["respect_gitignore"],
        run["backup"] or BACKUP_SUFFIX,
    )


def _patterns(name: str, run: Mapping[str, Any], settings: Settings) -> tuple[Patterns, ...]:
    globs = run[name]
    if not globs:
        return ()
    from fixtext.cli.files.ignoring import Patterns

    here = os.path.realpath(os.curdir)
    folder = here if settings.is_given(name) or settings.here is None else os.path.realpath(settings.here.folder)
    return (Patterns(folder, globs),)
