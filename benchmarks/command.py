"""How fast the command starts, and how many small files it checks: ``python benchmarks/command.py``.

Times are processor times, best of several, so that a busy machine matters little. Compiled modules have to be there, as
they are after an installation: do not run it with ``PYTHONDONTWRITEBYTECODE``.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LINE = "健康的文字，原樣留下。這是一個測試用的檔案。\n"


def seconds(*arguments: str, rounds: int = 15) -> float:
    """Return the processor time of a process, the best of several."""
    best = float("inf")
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        text = LINE * (4096 // len(LINE.encode()))
        for number in range(1000):
            (Path(folder) / f"{number:04}.txt").write_text(text, encoding="utf-8")
        click = seconds("-c", "import click")
        program = "from fixtext.cli.command import main; main()"  # what the installed command runs
        check = seconds("-c", program, "--check", str(Path(folder) / "0000.txt"))
        print(f"import click {click * 1000:.1f} ms, fixtext --check {check * 1000:.1f} ms, {check / click:.2f} times")

        from fixtext.cli.command import command

        best = float("inf")
        for _ in range(7):
            start = time.process_time()
            command.main(["--check", folder], standalone_mode=False)
            best = min(best, time.process_time() - start)
        print(f"1,000 files of 4 KB, warm: {1000 / best:,.0f} files/s")


if __name__ == "__main__":
    main()
