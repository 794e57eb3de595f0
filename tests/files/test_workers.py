"""Results of several processes: in order, the same as of one, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtext.files.workers import AHEAD, WorkerError, cores, ordered
from tests.conftest import ROOT, RunPython

METHODS = ["fork", "spawn", "forkserver"] if os.name == "posix" else ["spawn"]


def square(number: int) -> int:
    time.sleep(0.01 * (number % 3 == 0))  # the first are not the first to be done
    return number * number


def picky(number: int) -> int:
    if number == 5:
        raise LookupError("lost")
    return number


def dying(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


class StubbornError(Exception):
    def __reduce__(self) -> str:
        raise TypeError("not me")


def stubborn(_number: int) -> int:
    raise StubbornError


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_the_jobs(method: str) -> None:
    assert list(ordered(square, range(40), workers=3, pays=0, method=method)) == [n * n for n in range(40)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_names_its_job(workers: int) -> None:
    got = []
    with pytest.raises(WorkerError, match=r"file 5: LookupError: .*lost") as caught:
        for number in ordered(picky, range(9), workers=workers, pays=0, name=lambda job: f"file {job}"):
            got.append(number)  # noqa: PERF402 - what came before the error counts
    assert got == [0, 1, 2, 3, 4]
    assert isinstance(caught.value.__cause__, LookupError)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_process_that_dies_names_its_job() -> None:
    with pytest.raises(WorkerError, match=r"^3: the process that worked on it died \(-9\)"):
        list(ordered(dying, range(9), workers=2, pays=0))


def test_what_cannot_be_handed_over() -> None:
    with pytest.raises(WorkerError, match="cannot be handed over: not me"):
        list(ordered(stubborn, range(2), workers=2, pays=0))


def test_jobs_are_taken_a_few_ahead_only() -> None:
    taken = 0

    def jobs() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    for awaited, _ in enumerate(ordered(square, jobs(), workers=2, pays=0)):
        assert taken <= awaited + 1 + 2 * AHEAD


def test_no_job_and_one_job() -> None:
    assert list(ordered(square, [], workers=2, pays=0)) == []
    assert list(ordered(square, [3], workers=2, pays=0)) == [9]


def test_little_work_starts_no_process(run_python: RunPython) -> None:
    program = (
        "import sys\n"
        "from fixtext.files.workers import ordered\n"
        "assert list(ordered(str, range(99), workers=8)) == list(map(str, range(99)))\n"
        "assert list(ordered(str, range(99), workers=8, total=99)) == list(map(str, range(99)))\n"
        "assert 'multiprocessing' not in sys.modules"
    )
    assert run_python("-c", program).stderr == b""


def test_much_work_starts_them() -> None:
    pids = set(ordered(pid, range(30), workers=2, total=30, pays=0.05))
    assert len(pids) == 3  # this process began


@pytest.mark.parametrize("slow", [[1], [7], [1, 12]])
def test_single_jobs_that_take_long_do_not(slow: list[int]) -> None:
    jobs = [job in slow for job in range(40)]
    assert len(set(ordered(pid_at_times_late, jobs, workers=2, total=40, pays=0.05))) == 1


def pid(_job: int) -> int:
    time.sleep(0.01)
    return os.getpid()


def pid_at_times_late(is_late: bool) -> int:
    time.sleep(0.07 if is_late else 0.0)
    return os.getpid()


def test_an_iterator_closed_early_ends_them() -> None:
    iterator = ordered(pid, range(99), workers=2, pays=0)
    pids = {next(iterator), next(iterator)}
    iterator.close()  # type: ignore[attr-defined]
    assert not any(_lives(one) for one in pids)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


PROGRAM = """
import os, sys, time
from fixtext.files.workers import ordered

def slow(job):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(SECONDS)
    return job

if __name__ == "__main__":
    list(ordered(slow, range(9), workers=2, pays=0, method=sys.argv[1]))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("number", "seconds"), [(signal.SIGINT, 60), (signal.SIGKILL, 0.3)])
def test_no_process_is_left(number: signal.Signals, seconds: float, method: str, tmp_path: Path) -> None:
    """After Ctrl-C they go at once; if the first process is killed, with the job that they are at."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.replace("SECONDS", str(seconds)))
    command = [sys.executable, str(program), method]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdout is not None
        pids = [int(process.stdout.readline()) for _ in range(2)]
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does
        else:
            process.send_signal(number)
        process.wait(30)
    until = time.monotonic() + 10
    while any(map(_lives, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_lives, pids))


def test_there_is_a_core() -> None:
    assert cores() >= 1
