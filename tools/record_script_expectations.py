"""Record what official OpenCC makes of hostile text, so that the tests can check it without that package.

    python -m venv opencc-venv && opencc-venv/bin/pip install opencc==1.4.2
    python tools/record_script_expectations.py opencc-venv/bin/python [--opencc opencc-1.4.2.tar.gz]

Writes tests/script/recorded: a file of hashes (see tests/script/recording.py), and OpenCC's own test cases.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tools")]

from opencc_release import VERSION, Release  # noqa: E402

from fixtext.script.configs import CONFIGS  # noqa: E402
from tests.script import recording  # noqa: E402
from tests.script.official import convert_lines, version  # noqa: E402


def main() -> None:
    """Write the recordings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", type=Path, help="an interpreter that has the official package")
    parser.add_argument("--opencc", type=Path, help="the source distribution of OpenCC, if already at hand")
    options = parser.parse_args()
    try:
        found = version(options.python)
    except subprocess.CalledProcessError:
        raise SystemExit(f"{options.python} has no official opencc") from None
    if found != VERSION:
        raise SystemExit(f"{options.python} has OpenCC {found}, not {VERSION}")
    recording.FOLDER.mkdir(exist_ok=True)
    with recording.HASHES.open("w", encoding="ascii", newline="\n") as file:
        for config in CONFIGS:
            lines = recording.lines(config)
            whole, *outputs = convert_lines(options.python, config, ["\n".join(lines), *lines])
            file.write(recording.record(config, lines, outputs, whole) + "\n")
    cases = Release.fetch(options.opencc).text("test/testcases/testcases.json")
    # The file has comments and trailing commas, which JSON proper has not.
    cases = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"^\s*//.*$", "", cases, flags=re.MULTILINE))
    table = [[case["input"], case["expected"]] for case in json.loads(cases)["cases"]]
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in table)
    recording.CASES.write_text(f"[\n{text}\n]\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
