"""Run the tests on any machine that has Python and git: ``python3 tools/run_tests.py [arguments of pytest]``."""

import subprocess
import sys

from environment import ROOT, clean_variables, ready

if __name__ == "__main__":
    python = ready(".venv-test", "[test]")
    command = [str(python), "-m", "pytest", *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=str(ROOT), env=clean_variables(), check=False).returncode)
