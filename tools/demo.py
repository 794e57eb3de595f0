"""Repair a damaged text and show what was done: ``python3 tools/demo.py [FILE]``, by default one of samples/."""

import subprocess
import sys
from pathlib import Path

from environment import ROOT, clean_variables, ready


def main() -> int:
    """Show the text before and after, and every repair; return the command's exit status."""
    python = ready(".venv")
    samples = sorted((ROOT / "samples" / "glossed").glob("*.in.txt"))
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else samples[0]
    command = [str(python), "-m", "fixtext", "--explain", str(file)]
    done = subprocess.run(command, capture_output=True, env=clean_variables(), check=False)
    explanation = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        sys.stderr.write(explanation)
        return done.returncode
    _show("before: " + str(file), file.read_bytes().decode("utf-8"))
    _show("after", done.stdout.decode("utf-8", "replace"))
    _show("what was done", explanation)
    return 0


def _show(title: str, text: str) -> None:
    sys.stdout.buffer.write(("\n--- " + title + " ---\n\n" + text.rstrip() + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
