"""The benchmark's command: ``python -m benchmarks damage|harm|reviewed|speed|hostile|records|fetch``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import click

from benchmarks import healthy, reviewed
from benchmarks.harm import UNITS, Change
from benchmarks.harm import measure as measure_harm
from benchmarks.peers import PEERS, tools
from benchmarks.tables import Table, differences

RECORDED = Path(__file__).with_name("recorded.json")
TOLERANCE = {"damage": 0.01, "harm": 0.0, "speed": 0.5}
"""Shares by which recorded figures may be missed: a speed depends on the machine, harm on nothing."""

PARTS = ("processes", "growth", "workers", "calls", "lines")
"""What ``speed`` measures."""

_cache = click.option("--cache", type=click.Path(path_type=Path), default=healthy.CACHE, help="Where texts are kept.")


def _common(command: click.decorators.FC) -> click.decorators.FC:
    for option in (
        click.option("--peer", default="", help=f"Other tools, separated by commas: {', '.join(PEERS)}."),
        click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text"),
        click.option("--plot", type=click.Path(path_type=Path), help="Draw the table, PNG or SVG by the name."),
        click.option("--check", is_flag=True, help="Compare with the recorded figures; exit 1 if one is missed."),
        _cache,
    ):
        command = option(command)
    return command


@click.group()
def main() -> None:
    """How much damage is repaired, how much healthy text is harmed, how fast: see docs/benchmark.md."""


@main.command()
@_cache
@click.option("--set", "which", type=click.Choice(healthy.SETS), multiple=True, help="Only these; all by default.")
def fetch(cache: Path, which: tuple[str, ...]) -> None:
    """Fetch the healthy texts."""
    try:
        healthy.fetch(cache, which or healthy.SETS)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
@_common
@click.option("--set", "which", type=click.Choice(healthy.SETS), default="manuals", help="Which texts.")
@click.option("--unit", type=click.Choice(UNITS), default="file", help="What is given to a tool at once.")
@click.option("--most", type=int, help="Lines, or pieces of a few, of a package at most, evenly spread.")
@click.option("--changed", type=click.File("w", encoding="utf-8"), help="Write the changes that are not reviewed here.")
def harm(
    peer: str,
    form: str,
    plot: Path | None,
    check: bool,
    cache: Path,
    which: str,
    unit: str,
    most: int | None,
    changed: TextIO | None,
) -> None:
    """Count the lines of healthy text that are changed wrongly."""

    def show(name: str, change: Change) -> None:
        if changed is not None:
            row = {"text": name, "before": change.before, "after": change.after}
            changed.write(json.dumps(row, ensure_ascii=False) + "\n")

    table = measure_harm(healthy.texts(cache, which), tools(peer), show, unit, most, reviewed.right())
    _print("harm", table, form, plot, check, f"{which} {unit}")


@main.command("reviewed")
@click.argument("found", type=click.File(encoding="utf-8"))
def add_reviewed(found: TextIO) -> None:
    """Add the changes of a file, all of them right, to the list of those that are not counted."""
    click.echo(f"{reviewed.add(found)} added")


@main.command()
@_common
@click.option("--languages", default="zh-Hans,zh-Hant,ja,ko,ru,el,th,vi,fr,de,es")
@click.option("--count", default=4, help="Sentences a language and length.")
@click.option("--corpus", type=click.Path(path_type=Path), default=healthy.EXAM, help="Healthy texts by language.")
def damage(
    peer: str,
    form: str,
    plot: Path | None,
    check: bool,
    cache: Path,
    languages: str,
    count: int,
    corpus: Path,
) -> None:
    """Damage sentences and score what is restored."""
    from benchmarks.damage import cases, measure

    _print("damage", measure(cases(corpus, languages.split(","), count), tools(peer)), form, plot, check)


@main.command()
@click.option("--peer", default="ftfy,plsfix", show_default=True, help="Other tools, separated by commas.")
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Measure only this; may be given several times.")
@click.option("--megabytes", default=1.0, show_default=True, help="Size of each text of library calls.")
@click.option("--file-megabytes", default=50, show_default=True, help="Size of the files of whole processes.")
@click.option("--largest", default=1000, show_default=True, help="Size of the largest file, in megabytes.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--text", "names", multiple=True, help="Measure only this text; may be given several times.")
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where the files are made; they are deleted afterwards."
)
@click.option("--page", type=click.Path(path_type=Path), help="Also write the page docs/performance.md, and its plot.")
@click.option("--check", is_flag=True, help="Compare library calls with the recorded figures; exit 1 if one is missed.")
@_cache
def speed(
    peer: str,
    only: tuple[str, ...],
    megabytes: float,
    file_megabytes: int,
    largest: int,
    rounds: int,
    names: tuple[str, ...],
    folder: Path | None,
    page: Path | None,
    check: bool,
    cache: Path,
) -> None:
    """Measure library calls and whole processes, beside peers in the same run; time and memory up to 1 GB."""
    from benchmarks.performance import Measured, Plan, write

    plan = Plan(
        cache, tuple(filter(None, peer.split(","))), int(megabytes * 1e6), file_megabytes, largest, rounds, names
    )
    measured = Measured(plan)
    for part in only or PARTS:
        for table in measured.measure(part, folder):
            click.echo(table.text())
        if page is not None:
            write(page, measured)
    if check:
        _check("speed", measured.tables["calls"])


@main.command()
@_cache
@click.option("--megabytes", default=10.0, help="Text of all records.")
@click.option("--rounds", default=3)
@click.option("--engines", "what", flag_value="engines", help="Measure what Spark, Ray and datatrove add.")
@click.option("--large", "what", flag_value="large", help="Measure the command on one file of each of two formats.")
@click.option("--sources", "what", flag_value="sources", help="Measure which texts take how much time.")
@click.option("--every-kind", is_flag=True, help="With the last two: word lists, keyboards and source code too.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where records are written; removed at the end.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
def records(
    cache: Path, megabytes: float, rounds: int, what: str | None, every_kind: bool, folder: Path | None, form: str
) -> None:
    """Measure records in files of each format, or what the options say."""
    import tempfile

    from benchmarks import large_records
    from benchmarks import records as ours

    target = folder or Path(tempfile.mkdtemp())
    if what == "large":
        table = large_records.measure(cache, megabytes, target, every_kind=every_kind)
    elif what == "sources":
        table = large_records.sources(cache, megabytes, every_kind=every_kind)
    else:
        work = ours.engines if what == "engines" else ours.measure
        table = work(healthy.texts(cache), megabytes, target, rounds)
    _print("records", table, form, None, check=False)


@main.command()
@click.option("--size", default=50_000, help="Code points of each text.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
def hostile(size: int, form: str) -> None:
    """Measure texts made to be slow."""
    from benchmarks.hostile import measure

    _print("hostile", measure(size), form, None, check=False)


def _print(name: str, table: Table, form: str, plot: Path | None, check: bool, part: str = "") -> None:
    click.echo({"text": table.text, "markdown": table.markdown, "json": table.json}[form](), nl=False)
    if plot is not None:
        table.plot(plot)
    if check:
        _check(name, table, part)


def _check(name: str, table: Table, part: str = "") -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))[name]
    if part:
        if part not in recorded:
            raise click.ClickException(f"nothing is recorded for {part}; there is {', '.join(recorded)}")
        recorded = recorded[part]
    worse = differences(table, recorded, TOLERANCE[name])
    for line in worse:
        click.echo(line, err=True)
    sys.exit(bool(worse))


if __name__ == "__main__":
    try:
        main(prog_name="python -m benchmarks")
    except ValueError as error:
        raise SystemExit(f"Error: {error}") from error
