"""The command ``fixtext``: options in, exit status out."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

import fixtext
from fixtext.cli import streams
from fixtext.cli.asked import asked_options
from fixtext.cli.streams import Unreadable

EXIT_FAILED = 1  # a detector has a bug, or the output could not be written
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it
EXIT_BROKEN_PIPE = 141  # 128 + SIGPIPE, the status of `cat` in `cat big | head -1`

EPILOG = """\b
Examples:
  fixtext page.txt > healthy.txt      repair a file
  curl example.org/page | fixtext     repair what comes through a pipe
  fixtext --explain page.txt > out    also tell what was done, on stderr

Text in no known way damaged comes out byte for byte as it went in.
"""


def _list_detectors(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from fixtext.detectors.registry import available

    lines = available()
    width = max(len(line.name) for line in lines)
    for line in lines:
        state = "on" if line.default else "off"
        click.echo(f"{line.name:<{width}}  {state:<3}  {line.summary} ({line.origin})")
    context.exit()


@click.command(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("file", required=False, type=click.Path(path_type=str, allow_dash=True))
@click.option("--explain", is_flag=True, help="List every repair on stderr: where, before, after, and why.")
@click.option(
    "-d",
    "--detector",
    "detectors",
    multiple=True,
    metavar="NAME",
    help="Look for this kind of damage only; may be given several times. Installed plug-ins run only if named.",
)
@click.option(
    "--holes",
    type=click.Choice(["mark", "keep", "guess"]),
    default="mark",
    show_default=True,
    help="What becomes of a lost character that is too uncertain: U+FFFD, the damage as it was, or the best guess.",
)
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="How probable a lost character must be to be put back.",
)
@asked_options
@click.option("--git", "history", is_flag=True, help="Look for the lost bytes of FILE in its last commits first.")
@click.option(
    "--list-detectors",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_detectors,
    help="List the kinds of damage that can be found, and exit.",
)
@click.version_option(fixtext.__version__, prog_name="fixtext", message="%(prog)s %(version)s")
def command(
    file: str | None,
    explain: bool,
    detectors: tuple[str, ...],
    holes: str,
    min_probability: float,
    history: bool,
    **asked: Any,
) -> None:
    """Find damaged (garbled) text, work out how it was damaged, and write it healthy.

    Reads FILE, or standard input if FILE is - or left out; UTF-8. The text goes to standard output, everything else to
    standard error.
    """
    try:
        chosen = detectors or None
        config = fixtext.Config(detectors=chosen, holes=holes, required_probability=min_probability, **asked)
        _repair(file, explain, config, history)
    except KeyboardInterrupt:  # click would print an empty line
        raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
    except BrokenPipeError:  # click would exit with a status that differs between its versions
        streams.abandon_output()
        raise click.exceptions.Exit(EXIT_BROKEN_PIPE) from None


def _repair(file: str | None, explain: bool, config: fixtext.Config, history: bool) -> None:
    if history and file in (None, "-"):
        raise click.UsageError("--git needs the name of a FILE")
    data = streams.read(file)
    try:
        repair = _with_history(str(file), data, config) if history else fixtext.repair_bytes(data, config)
    except UnicodeDecodeError as error:
        raise Unreadable(streams.name_of(file), streams.not_utf8(data, error)) from None
    if explain:
        from fixtext.cli.explain import explanation

        source = repair.undo() if repair.changed else repair.text
        sys.stderr.write("".join(explanation(source, repair)))
        sys.stderr.flush()
    for note in repair.notes:
        click.echo(f"fixtext: {note}", err=True)
    streams.write(repair.text if repair.changed else data)


def _with_history(file: str, data: bytes, config: fixtext.Config) -> fixtext.Repair:
    from fixtext.cli.history import NoHistory, versions
    from fixtext.detectors import registry
    from fixtext.detectors.lossy.history import History
    from fixtext.engine import run

    try:
        known = versions(file)
    except NoHistory as error:
        raise Unreadable(streams.name_of(file), f"it has no history: {error}; leave --git out") from None
    detectors = [History(known), *registry.select(config.detectors)]
    return run(data.decode("utf-8", "surrogateescape"), detectors, config)


def main() -> NoReturn:
    """Run the command and leave the process with its exit status; no input leads to a traceback."""
    sys.exit(_status())


def _status() -> int:
    try:
        status = command.main(prog_name="fixtext", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except (KeyboardInterrupt, click.Abort):
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        streams.abandon_output()
        return EXIT_BROKEN_PIPE
    except Exception as error:
        return _known_failure(error)


def _known_failure(error: Exception) -> int:
    from fixtext.detectors.registry import BrokenDetectorError, UnknownDetectorError
    from fixtext.engine import DetectorError

    if isinstance(error, UnknownDetectorError):
        return _fail(str(error), EXIT_USAGE)
    if isinstance(error, (BrokenDetectorError, DetectorError)):
        return _fail(f"{error}; nothing was written", EXIT_FAILED)
    raise error


def _fail(message: str, status: int) -> int:
    click.echo(f"fixtext: {message}", err=True)
    return status
