"""Run the fuzzer: ``python -m tests.fuzz [--seconds N] [--corpus FOLDER] [TARGET ...]``; needs the extra ``fuzz``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import click

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("--explain", "--check", "--diff", "--format\0json", "--detector\0glossed", "--script\0tw", "--min-bits\x0020")

RUN = """
import sys
import atheris
with atheris.instrument_imports(include=["fixtext"]):
    from tests.fuzz.targets import TARGETS
atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
atheris.Fuzz()
"""


def seeds(folder: Path, target: str) -> None:
    """Write the seed corpus of a target: the damaged samples line by line, or words of the command."""
    folder.mkdir(parents=True, exist_ok=True)
    if target == "options":
        found = [word.encode() for word in WORDS]
    else:
        samples = sorted((ROOT / "samples").glob("*/*.in.txt"))
        found = [line for path in samples for line in path.read_bytes().splitlines() if line.strip()]
    for number, data in enumerate(found):
        (folder / f"seed-{number:04}").write_bytes(data)


@click.command()
@click.argument("targets", nargs=-1, type=click.Choice(sorted(TARGETS)))
@click.option("--seconds", default=15, help="How long each target is run.")
@click.option("--corpus", type=click.Path(path_type=Path), help="Where inputs are kept; a temporary folder otherwise.")
def main(targets: tuple[str, ...], seconds: int, corpus: Path | None) -> None:
    """Fuzz the targets one after the other; exit 1 if one fails."""
    failed = []
    with tempfile.TemporaryDirectory() as temporary:
        for target in targets or sorted(TARGETS):
            folder = (corpus or Path(temporary)) / target
            seeds(folder, target)
            limits = [
                f"-max_total_time={seconds}",
                "-timeout=300",  # by the clock, which says little on a busy machine
                "-rss_limit_mb=4096",
                "-max_len=4000",
                "-seed=1",
            ]
            artifacts = f"-artifact_prefix={corpus or Path.cwd()}/{target}-"
            command = [sys.executable, "-c", RUN, target, *limits, artifacts, "-print_final_stats=1", str(folder)]
            click.echo(f"{target}: {seconds} s")
            if subprocess.run(command, cwd=ROOT, check=False).returncode:
                failed.append(target)
    if failed:
        raise click.ClickException(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
