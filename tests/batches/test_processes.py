from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jmtools.batches import processes as engine
from jmtools.batches.processes import run_ordered
from jmtools.errors import LimitError
from tests.conftest import ROOT


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


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_reader_that_does_not_read_holds_the_input_back_and_ctrl_c_ends_it() -> None:
    """64 MB are at hand and the reader stops: only what is in flight is taken, and memory stays small."""
    line = json.dumps({"text": "江海区启动防汛演练，各部门协同作战。" * 20}, ensure_ascii=False).encode() + b"\n"
    block = memoryview(line * (65536 // len(line)))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "jmtools", "segment", "--jobs", "2"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdin is not None
        assert process.stdout is not None
        into, out_of, given = process.stdin.fileno(), process.stdout.fileno(), 0
        children: list[str] = []
        os.set_blocking(into, False)
        while given < 64_000_000:
            # Read until the workers are there; from then on, two seconds in which nothing is taken are a halt.
            outs, ins, _ = select.select([] if children else [out_of], [into], [], 2 if children else 30)
            if not (outs or ins):
                break
            if outs:
                os.read(out_of, 1 << 16)
            if ins:
                given += os.write(into, block)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert given < 8_000_000
        (peak,) = (v for v in Path(f"/proc/{process.pid}/status").read_text().splitlines() if v.startswith("VmHWM"))
        assert int(peak.split()[1]) < 150_000
        assert 1 <= len(children) <= 2  # the second starts when it is needed
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (-signal.SIGINT, b"")
        assert out == b"" or out.endswith(b"\n")
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_processes_that_nobody_asked_for_start_later() -> None:
    here, most = {os.getpid()}, engine.UNASKED_THRESHOLD
    assert {
        pid for _, pid in run_ordered(range(6), Slow, jobs=2, weigh=lambda _: 9, known=most - 9, unasked=True)
    } == here
    assert {pid for _, pid in run_ordered(range(6), Slow, jobs=2, weigh=lambda _: 9, unasked=True)} == here
    assert {pid for _, pid in run_ordered(range(6), Slow, jobs=2, known=most, unasked=True)}.isdisjoint(here)
