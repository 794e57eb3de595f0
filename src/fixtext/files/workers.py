"""Work spread over processes: results come in the order of the jobs, and are the same as without processes.

A process has a pipe of its own and one job at a time, so nothing piles up: at most `AHEAD` jobs a process are read
ahead of the one whose result is awaited. Processes start only once they pay; before that, jobs are done in this one.

Ctrl-C, or an iterator that is closed early, ends the processes at once. If this process is killed, they end with the
job that they are at, when they find their pipe closed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Result = TypeVar("Result")

AHEAD = 2
"""Jobs a process that may be done or under way before the one whose result comes next."""

PAYS = 0.5
"""Seconds of work that have to be left for processes to be started. To fork two takes 20 ms, to spawn them 190 ms,
and on two cores the work then takes 0.6 to 0.9 of the time."""


ONCE = 0.1
"""Seconds of the jobs behind the first that are taken for what is needed once, not for work: 16 MB of healthy text are
done in less than it takes to start processes, but the second MB, in which code pages are loaded, takes 0.03 to 0.06."""

FAR = 4
"""How far above the median the mean of the jobs may be: beyond that few jobs took most of the time, by chance."""


class WorkerError(RuntimeError):
    """A job failed, or the process that did it died; the exception of the job is the cause (``__cause__``).

    Attributes:
        job: what the job is called.
    """

    def __init__(self, job: str, message: str) -> None:
        super().__init__(job, message)
        self.job = job
        self.message = message

    def __str__(self) -> str:
        return f"{self.job}: {self.message}"


def cores() -> int:
    """Return how many cores this process may use, at least 1."""
    with suppress(AttributeError, OSError):  # not everywhere
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def ordered(
    function: Callable[[Job], Result],
    jobs: Iterable[Job],
    *,
    workers: int,
    name: Callable[[Job], str] = repr,
    size: Callable[[Job], int] | None = None,
    total: int | None = None,
    pays: float = PAYS,
    method: str | None = None,
    elsewhere: Callable[[Job], Result] | None = None,
) -> Iterator[Result]:
    """Yield the results of a function for jobs, in the order of the jobs.

    Args:
        function: what is done for each; with more than one worker something that can be pickled, as jobs and results
            have to be. Whatever it returns must depend on the job alone.
        jobs: taken one by one, only a few ahead.
        workers: processes; with 1 everything is done in this one.
        name: tells what a job is called in errors.
        size: how large a job is, in any unit; None: all are alike.
        total: the size of all jobs together, None if nobody knows: then as much is expected as has been done.
        pays: seconds of work that have to be left for processes to be started; 0 starts them at once.
        method: how they are started, ``fork``, ``spawn`` or ``forkserver``; None is the platform's way.
        elsewhere: what processes do, if it is not ``function`` itself but one that leaves out what is not needed here.

    Raises:
        WorkerError: a job failed; the results of those before it have been yielded.
    """
    source = iter(jobs)
    elsewhere = elsewhere or function
    if workers > 1 and pays <= 0:
        yield from _in_processes(elsewhere, source, workers, name, method)
        return
    took = _Took(total)
    for number, job in enumerate(source):
        start = time.perf_counter()
        try:
            result = function(job)
        except Exception as error:
            raise _failure(name(job), error) from error
        if workers > 1:
            took.add(time.perf_counter() - start, 1 if size is None else size(job), is_first=not number)
        yield result
        if workers > 1 and took.left() > pays:
            yield from _in_processes(elsewhere, source, workers, name, method)
            return


class _Took:
    """What the jobs have taken so far, and what the others will take by that."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._spent = 0.0
        self._rates: list[float] = []
        self._sizes = 0

    def add(self, seconds: float, size: int, *, is_first: bool) -> None:
        if self._total is not None:
            self._total -= size
        if not is_first:  # which also loads what all need
            self._spent += seconds
            self._rates.append(seconds / max(1, size))
            self._sizes += size

    def left(self) -> float:
        """Return how many seconds of work are left: as many as are behind if nobody knows the size of all."""
        if not self._sizes:
            return 0.0
        usual = sorted(self._rates)[len(self._rates) // 2] * self._sizes
        spent = max(0.0, min(self._spent - ONCE, FAR * usual))
        return spent if self._total is None else spent * self._total / self._sizes


def _failure(job: str, error: BaseException) -> WorkerError:
    return WorkerError(job, f"{type(error).__name__}: {error}")


class _Worker(Generic[Job, Result]):
    """A process and this side's end of its pipe; at most one job is under way in it."""

    def __init__(self, context: BaseContext, function: Callable[[Job], Result], others: list[Connection]) -> None:
        self.pipe, theirs = context.Pipe()
        forks = context.get_start_method() == "fork"
        inherited = [*others, self.pipe] if forks else []
        target: Any = _serve
        self.process: BaseProcess = context.Process(target=target, args=(theirs, function, inherited), daemon=True)  # type: ignore[attr-defined]
        with _without_ctrl_c():
            self.process.start()
        theirs.close()
        self.number = -1
        self.job: Job | None = None

    def give(self, number: int, job: Job) -> None:
        self.number, self.job = number, job
        with suppress(BrokenPipeError):  # it has died; `result` tells
            self.pipe.send(job)

    def result(self, name: Callable[[Job], str]) -> tuple[int, Result | WorkerError]:
        """Return the number of the job that is done, and what came of it."""
        number, self.number = self.number, -1
        assert self.job is not None
        called = name(self.job)
        self.job = None
        try:
            failed, value = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(1)
            return number, WorkerError(called, f"the process that worked on it died ({self.process.exitcode})")
        if not failed:
            return number, value
        error = _failure(called, value) if isinstance(value, Exception) else WorkerError(called, value)
        error.__cause__ = value if isinstance(value, Exception) else None
        return number, error

    def end(self) -> None:
        self.process.terminate()
        self.pipe.close()


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Keep Ctrl-C from processes that are started meanwhile, from their first moment on; here it comes later."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_processes(
    function: Callable[[Job], Result],
    jobs: Iterator[Job],
    count: int,
    name: Callable[[Job], str],
    method: str | None,
) -> Iterator[Result]:
    from multiprocessing import connection, get_context

    workers: list[_Worker[Job, Result]] = []
    try:
        context = get_context(method)
        results: dict[int, Result | WorkerError] = {}
        given = awaited = 0
        more = True
        while True:
            idle = [worker for worker in workers if worker.number < 0]
            while more and given - awaited < count * AHEAD and (idle or len(workers) < count):
                try:
                    job = next(jobs)
                except StopIteration:
                    more = False
                    break
                if not idle:
                    workers.append(_Worker(context, function, [worker.pipe for worker in workers]))
                    idle.append(workers[-1])
                idle.pop().give(given, job)
                given += 1
            if awaited in results:
                result = results.pop(awaited)
                awaited += 1
                if isinstance(result, WorkerError):
                    raise result
                yield result
                continue
            busy = {worker.pipe: worker for worker in workers if worker.number >= 0}
            if not busy:
                return
            for pipe in connection.wait(list(busy)):
                number, outcome = busy[pipe].result(name)  # type: ignore[index]
                results[number] = outcome
    finally:
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.process.join()


def _serve(pipe: Connection, function: Callable[[Any], Any], inherited: list[Connection]) -> None:
    """Do jobs until the other side is gone: the whole life of a process."""
    import signal

    for other in inherited:  # or the pipe of a process would stay open as long as its brothers live
        other.close()
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the one that started this one ends it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            job = pipe.recv()
            try:
                answer = (False, function(job))
            except Exception as error:
                answer = (True, error)
            try:
                pipe.send(answer)
            except (TypeError, AttributeError, ValueError) as error:  # it cannot be pickled
                pipe.send((True, f"{type(answer[1]).__name__} cannot be handed over: {error}"))
