"""Where batches run: in this process, or in N processes; results in order, memory bounded by what is in flight."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from jmtools.errors import LimitError

if TYPE_CHECKING:
    from concurrent.futures import Future

Task = TypeVar("Task")
Result = TypeVar("Result")

# Bytes worked on in this process before workers are started: below it they cost more than they save.
POOL_THRESHOLD = 1 << 19
# The same where the user did not ask for workers: from here on they halve the time of what takes a second or more.
UNASKED_THRESHOLD = 1 << 24
_IN_FLIGHT_PER_JOB = 2
_PARENT_CHECK_SECONDS = 1.0
_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def available_jobs() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_of_machine() -> int:
    """Return the bytes of memory that this process may hope for: the machine's, or less in a container."""
    found = [1 << 34]
    with contextlib.suppress(AttributeError, OSError, ValueError):
        found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    with contextlib.suppress(OSError, ValueError), open("/sys/fs/cgroup/memory.max", encoding="ascii") as file:
        found.append(int(file.read()))  # "max" where there is no limit
    return min(found)


def run_ordered(
    tasks: Iterable[Task | None],
    factory: Callable[[], Callable[[Task], Result]],
    *,
    jobs: int = 1,
    weigh: Callable[[Task], int] = lambda _task: 0,
    known: int = 0,
    unasked: bool = False,
) -> Generator[Result, None, None]:
    """Apply one function to every task and yield the results in the order of the tasks.

    Args:
        tasks: The work; `None` says that the next task is not there yet, so that finished results are handed out.
        factory: Builds the function, once in each process; must be picklable for `jobs` > 1.
        jobs: Processes; 1 works in this one.
        weigh: Bytes of a task; a pool is started only after `POOL_THRESHOLD` of them.
        known: Bytes that are known to come; with as many, the pool is started at once.
        unasked: Whether the user did not ask for processes: they are started later, after `UNASKED_THRESHOLD`.

    Raises:
        LimitError: If a worker was killed.
    """
    work = factory()
    if jobs <= 1:
        for task in tasks:
            if task is not None:
                yield work(task)
        return
    rest = iter(tasks)
    threshold = UNASKED_THRESHOLD if unasked else POOL_THRESHOLD
    done = known if known >= threshold else 0
    while done < threshold:
        try:
            task = next(rest)
        except StopIteration:
            return
        if task is not None:
            yield work(task)
            done += weigh(task)
    with _Pool(factory, work, jobs) as pool:
        yield from pool.map(rest)


class _Pool(Generic[Task, Result]):
    def __init__(
        self, factory: Callable[[], Callable[[Task], Result]], work: Callable[[Task], Result], jobs: int
    ) -> None:
        import multiprocessing  # imported here, because one process needs none of it: 10 ms
        from concurrent.futures.process import ProcessPoolExecutor

        # With fork the function built here is inherited, dictionary and all; elsewhere each worker builds its own.
        method = "fork" if sys.platform == "linux" else "spawn"
        context = multiprocessing.get_context(method)
        self._limit = jobs * _IN_FLIGHT_PER_JOB
        arguments: tuple[Any, ...] = (work, None, os.getpid()) if method == "fork" else (None, factory, os.getpid())
        self._executor = ProcessPoolExecutor(jobs, context, initializer=_start_worker, initargs=arguments)

    def __enter__(self) -> _Pool[Task, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        processes = list((getattr(self._executor, "_processes", None) or {}).values())
        if sys.exc_info()[0] is not None:
            for process in processes:
                with contextlib.suppress(OSError, ValueError):
                    process.kill()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def map(self, tasks: Iterable[Task | None]) -> Iterator[Result]:
        from concurrent.futures.process import BrokenProcessPool

        waiting: deque[Future[Any]] = deque()
        try:
            for task in tasks:
                if task is None:
                    while waiting:
                        yield waiting.popleft().result()
                    continue
                with _signals_held():  # a worker is forked with our handlers, and must not run them
                    waiting.append(self._executor.submit(_run, task))
                while waiting and (len(waiting) >= self._limit or waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise LimitError(
                "a worker process was killed, perhaps for want of memory; --jobs 1 needs the least"
            ) from None


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Hold back the signals that end the process until the block is over."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: Callable[[Any], Any] | None = None


def _start_worker(
    work: Callable[[Any], Any] | None, factory: Callable[[], Callable[[Any], Any]] | None, parent: int
) -> None:
    global _work
    for number in _ENDING:
        # Ctrl-C goes to the whole group: the parent decides, and ends the workers itself.
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    _work = work if work is not None else factory() if factory is not None else None


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    os._exit(1)


def _run(task: Any) -> Any:
    if _work is None:
        raise RuntimeError("worker not started")
    return _work(task)
