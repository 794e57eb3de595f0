"""Script conversion beside official OpenCC's Python wheel, in the same run.

    python benchmarks/script_conversion.py TEXT... --opencc opencc-venv/bin/python [--configs s2t,t2s] [--rounds 5]

Each measurement is a process of its own, the two kinds in turn, because three packages share the module name
`opencc`. What is timed is the first conversion of the whole text in the process, with a converter that is ready, from
str to str; how long it takes until it is ready is told on its own. Time is processor time, both being of one thread,
so that what else runs on the machine counts little. The figure is the median of the ratios of the rounds. Memory is
the peak above that of the process with the text read, input not counted, output counted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_COMMON = """
import json, resource, sys, time
config, path = sys.argv[1:]
import os
megabytes = os.path.getsize(path) / 1e6
text = open(path, encoding="utf-8", newline="").read()
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
{prepare}
before, start = peak(), time.process_time()
{load}
ready = time.process_time()
result = convert(text)
done = time.process_time()
print(json.dumps([(ready - start) * 1e3, megabytes / (done - ready), peak() - before]))
"""

# The package is imported before the clock starts on both sides; what is loaded for a configuration is not.
PROGRAMS = {
    "fixtext": _COMMON.format(
        prepare="import numpy\nfrom fixtext.script import engines, bulk",
        load="bulk_engine = engines.bulk_engine(config, len(text))\nconvert = bulk_engine.convert",
    ),
    "classified": _COMMON.format(
        prepare="import numpy\nfrom fixtext.script import Converter, engines, bulk",
        load="engines.bulk_engine(config, len(text))\nconvert = Converter(config).convert",
    ),
    "opencc": _COMMON.format(prepare="import opencc", load="convert = opencc.OpenCC(config).convert"),
}


def measure(program: str, python: Path, config: str, text: Path) -> tuple[float, float, float]:
    """Return milliseconds until ready, megabytes of UTF-8 a second, and megabytes of memory above the text."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPENBLAS_NUM_THREADS": "1"}
    command = [str(python), "-c", PROGRAMS[program], config, str(text)]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    ready, speed, memory = json.loads(result.stdout)
    return ready, speed, memory


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+", help="UTF-8 files, 50 MB each or so")
    parser.add_argument("--opencc", type=Path, required=True, help="an interpreter that has the official package")
    parser.add_argument("--configs", default="s2t,t2s,s2twp", help="configurations, separated by commas; or all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--classified", action="store_true", help="measure with segments told apart")
    options = parser.parse_args()
    ours = "classified" if options.classified else "fixtext"
    configs = options.configs.split(",")
    if configs == ["all"]:
        sys.path.insert(0, str(ROOT / "src"))
        from fixtext.script.configs import CONFIGS

        configs = list(CONFIGS)
    print("| text | configuration | OpenCC MB/s | fixtext MB/s | ratio (median, least) | ready ms | memory MB |")
    print("|---|---|---|---|---|---|---|")
    for text in options.texts:
        for config in configs:
            rounds = [
                (measure("opencc", options.opencc, config, text), measure(ours, Path(sys.executable), config, text))
                for _ in range(options.rounds)
            ]
            ratios = [mine[1] / theirs[1] for theirs, mine in rounds]
            middle = [[statistics.median(one[side][index] for one in rounds) for index in range(3)] for side in (0, 1)]
            print(
                f"| {text.stem} | {config} | {middle[0][1]:.0f} | {middle[1][1]:.0f} "
                f"| {statistics.median(ratios):.2f}, {min(ratios):.2f} | {middle[1][0]:.0f} | {middle[1][2]:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
