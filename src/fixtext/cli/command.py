"""The command ``fixtext``: options in, exit status out."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, NoReturn

import click

from fixtext.cli import streams, wording
from fixtext.cli.asked import asked_options
from fixtext.cli.charset_options import charset_options
from fixtext.cli.errors import EXIT_BROKEN_PIPE, EXIT_INTERRUPTED, EXIT_USAGE, Failure
from fixtext.cli.file_options import file_options
from fixtext.cli.grouping import FileName, GroupedCommand
from fixtext.cli.information import answer, information_options, tell
from fixtext.cli.mode_options import mode_options
from fixtext.cli.output_options import output_options
from fixtext.cli.plan_options import plan_options
from fixtext.cli.record_options import record_options, wants_records
from fixtext.cli.repair_options import repair_options
from fixtext.cli.settings_options import settings_options
from fixtext.cli.stream_options import stream_options
from fixtext.cli.wording import gettext as _

EPILOG = """\b
Examples:
  fixtext page.txt > healthy.txt      repair a file
  curl example.org/page | fixtext     repair what comes through a pipe
  fixtext --explain page.txt > out    also tell what was done, on stderr
  fixtext --check docs/               name the files that would change
  fixtext --diff docs/ | less         see how
  fixtext -w --backup docs/           repair them, and keep the old ones
  fixtext --about misdecoded          what that damage is, and how it comes about

Text in no known way damaged comes out byte for byte as it went in.
Exit status: 0 nothing left to report, 1 damage found with --check or --diff, 2 wrong usage or a file failed.
"""


@click.command(
    cls=GroupedCommand,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=FileName())
@mode_options
@repair_options
@asked_options
@charset_options
@file_options
@stream_options
@output_options
@record_options
@plan_options
@settings_options
@information_options
@click.pass_context
def command(context: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Find damaged (garbled) text, work out how it was damaged, and write it healthy.

    Reads FILE, or standard input if FILE is - or left out, in any encoding, and writes UTF-8. The text goes to
    standard output, everything else to standard error. With --check, --diff or --write there may be several files, and
    directories.
    """
    try:
        status = _run(context, files, options)
    except KeyboardInterrupt:  # click would print an empty line
        status = EXIT_INTERRUPTED
    except BrokenPipeError:  # click would exit with a status that differs between its versions
        streams.abandon_output()
        status = EXIT_BROKEN_PIPE
    if status:
        raise click.exceptions.Exit(status)


def _run(context: click.Context, files: tuple[str, ...], options: dict[str, Any]) -> int:
    from fixtext.cli.settings.settings import Settings

    settings = Settings(context, isolated=options["isolated"])
    wording.choose(settings.run["lang"])
    lines = answer(context)
    if lines is not None:
        tell(lines)
        return 0
    if options["show_settings"]:
        from fixtext.cli.settings.showing import shown

        for line in shown(settings, context, files):
            streams.tell(line)
        return 0
    if wants_records(options):
        from fixtext.cli.record_run import RecordRun

        return RecordRun(files, options, settings).status()
    if options["names"]:
        from fixtext.cli import names

        return names.run(files, options, settings)
    if options["detect"]:
        from fixtext.cli.detecting import detecting

        return detecting(files, settings)
    from fixtext.cli.run import Run

    return Run(files, options, settings).status()


def main() -> NoReturn:
    """Run the command and leave the process with its exit status; no input leads to a traceback."""
    # Nothing here is linear algebra: threads for it take 40 ms of the start of numpy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Nor are there many cycles: looking for them takes 15 % of the repair of glossed pages, 4 % of that of lost bytes.
    gc.set_threshold(20_000)
    status = _status()
    gc.freeze()  # a process that ends looks for cycles in all that it has: 20 ms
    sys.exit(status)


def _status() -> int:
    try:
        status = command.main(prog_name="fixtext", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except (KeyboardInterrupt, click.Abort):
        return EXIT_INTERRUPTED
    except click.UsageError as error:
        Failure(None, _("{error}; see: fixtext --help").format(error=error.format_message().rstrip(".。"))).show()
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        streams.abandon_output()
        return EXIT_BROKEN_PIPE
    except (ValueError, RuntimeError) as error:
        return _known_failure(error)


def _known_failure(error: ValueError | RuntimeError) -> int:
    from fixtext.cli.foreign import told
    from fixtext.detectors.registry import BrokenDetectorError, UnknownDetectorError

    if isinstance(error, UnknownDetectorError):
        Failure(None, told(str(error))).show()
    elif isinstance(error, BrokenDetectorError):
        Failure(None, _("{error}; nothing was written").format(error=told(str(error)))).show()
    else:
        raise error
    return EXIT_USAGE
