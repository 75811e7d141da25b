from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from jmtools import engine
from jmtools.engine import run_ordered
from jmtools.errors import LimitError


class Slow:
    def __call__(self, task: int) -> tuple[int, int]:
        time.sleep(0.02 if task % 3 else 0.001)
        return task, os.getpid()


class Killer:
    def __call__(self, task: int) -> int:
        if task == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return task


class Failing:
    def __call__(self, task: int) -> int:
        if task == 4:
            raise MemoryError
        return task


@pytest.fixture(autouse=True)
def _pool_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "POOL_THRESHOLD", 1)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    results = list(run_ordered(range(20), Slow, jobs=jobs, weigh=lambda _: 1))
    assert [task for task, _ in results] == list(range(20))
    assert len({pid for _, pid in results}) >= min(2, jobs)


def test_a_pool_starts_at_once_where_enough_is_known_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "POOL_THRESHOLD", 100)
    here = {os.getpid()}
    assert {pid for _, pid in run_ordered(range(6), Slow, jobs=2, weigh=lambda _: 1, known=100)}.isdisjoint(here)
    assert {pid for _, pid in run_ordered(range(6), Slow, jobs=2, weigh=lambda _: 1, known=90)} == here


def test_a_pause_hands_out_what_is_finished() -> None:
    seen: list[int] = []

    def tasks() -> Iterator[int | None]:
        yield from (0, 1, 2)
        yield None
        assert seen == [0, 1, 2]
        yield 3

    for task, _ in run_ordered(tasks(), Slow, jobs=2, weigh=lambda _: 1):
        seen.append(task)
    assert seen == [0, 1, 2, 3]


def test_no_more_is_read_than_is_in_flight() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield taken

    results = run_ordered(tasks(), Slow, jobs=2, weigh=lambda _: 1)
    for _ in range(10):
        next(results)
    assert taken < 30
    results.close()


def test_a_killed_worker_is_told() -> None:
    with pytest.raises(LimitError, match="killed"):
        list(run_ordered(range(1, 20), Killer, jobs=2, weigh=lambda _: 1))


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_a_worker_arrives(jobs: int) -> None:
    work: Callable[[], Callable[[int], int]] = Failing
    with pytest.raises(MemoryError):
        list(run_ordered(range(20), work, jobs=jobs, weigh=lambda _: 1))
