"""Faults of the machine: every Nth system call fails, kills at any moment, memory runs out."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_contract import INPUT, LINES, READERS, SPECS, commands, run

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
OLD = b'{"id":"old"}\n'
FAULTS = (("write", "ENOSPC"), ("fsync", "EIO"), ("rename", "EACCES"), ("fchmod", "EPERM"))
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


def call(name: str, *more: str | Path) -> list[str]:
    return [sys.executable, "-m", "jmtools", name, *SPECS[name].arguments, *map(str, more)]


@needs_strace
@commands(*READERS)
@pytest.mark.parametrize(("system_call", "error"), FAULTS)
def test_when_the_nth_call_fails_the_old_file_stays(name: str, system_call: str, error: str, tmp_path: Path) -> None:
    source, target, log = tmp_path / "in.jsonl", tmp_path / "out", tmp_path / "log"
    source.write_bytes(INPUT)
    whole = run(name, source).stdout
    hits = 0
    for number in (1, 2, 3):
        target.write_bytes(OLD)
        names = {"rename": "?rename,?renameat,?renameat2", "fsync": "fsync,fdatasync"}.get(system_call, system_call)
        inject = f"inject={names}:error={error}:when={number}"
        tracer = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", f"trace={names}", "-e", inject]
        done = subprocess.run(
            [*tracer, *call(name, source, "-o", target)], capture_output=True, env=ENVIRONMENT, check=False
        )
        if b"INJECTED" not in log.read_bytes():
            break
        hits += 1
        now = target.read_bytes()
        assert b"Traceback" not in done.stderr
        assert now in (OLD, whole)
        assert (done.returncode == 0) == (now == whole), done.stderr
        assert done.returncode == 0 or done.stderr
        assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "log", "out"]
    assert hits or not whole


@needs_strace
@commands(*READERS)
def test_when_a_read_fails_it_is_told(name: str, tmp_path: Path) -> None:
    source, log = tmp_path / "in.jsonl", tmp_path / "log"
    source.write_bytes(INPUT * 40)
    for number in (1, 2, 3):
        tracer = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-P", str(source), "-e", "trace=read"]
        tracer += ["-e", f"inject=read:error=EIO:when={number}"]
        done = subprocess.run([*tracer, *call(name, source)], capture_output=True, env=ENVIRONMENT, check=False)
        if b"INJECTED" not in log.read_bytes():
            break
        assert done.returncode == 74
        assert str(source).encode() in done.stderr
        assert done.stderr.count(b"\n") == 1


@commands(*READERS)
def test_killed_at_any_moment_a_file_is_old_or_new(name: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "d" / "out"
    target.parent.mkdir()
    source.write_bytes(INPUT * 20)
    start = time.monotonic()
    whole = run(name, source).stdout
    wall = time.monotonic() - start
    rng = random.Random(name)
    for number in (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        target.write_bytes(OLD)
        with subprocess.Popen(call(name, source, "-o", target), env=ENVIRONMENT, stderr=subprocess.PIPE) as process:
            time.sleep(wall * rng.uniform(0.3, 1.0))
            process.send_signal(number)
            _, err = process.communicate()
        assert target.read_bytes() in (OLD, whole)
        assert process.returncode in (0, -number) or b"KeyboardInterrupt" in err
        if number != signal.SIGKILL:
            assert err == b""
    assert run(name, source, "-o", target).returncode == 0
    assert target.read_bytes() == whole
    assert list(target.parent.iterdir()) == [target]


@commands("filter")
def test_a_killed_worker_ends_the_run_with_a_message(name: str, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(INPUT * 4000)
    with subprocess.Popen(
        call(name, source, "--jobs", "2"), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        children: list[int] = []
        while not children and process.poll() is None:
            found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            children = list(map(int, found))
        assert children
        os.kill(children[0], signal.SIGKILL)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 71
    assert b"worker" in err
    assert err.count(b"\n") == 1


@commands(*READERS)
def test_too_little_memory_is_told(name: str, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    text = "中国人民" * 8_000_000
    source.write_bytes(json.dumps({"id": "a", "text": text}, ensure_ascii=False).encode() + b"\n")
    limit = 640 << 20
    done = subprocess.run(
        call(name, source),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        check=False,
    )
    assert done.returncode in (0, 71)
    if done.returncode:
        assert b"memory" in done.stderr
        assert b"Traceback" not in done.stderr


def small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@commands("corpus")
def test_a_full_spool_is_told(name: str) -> None:
    lines = [line.replace(b'"r', b'"%d-' % i) for i in range(40) for line in LINES]
    done = subprocess.run(
        call(name, "-"),
        input=(b"\n".join(lines) + b"\n") * 20,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        preexec_fn=small_files,
        check=False,
    )
    assert done.returncode in (0, 74)
    assert b"Traceback" not in done.stderr
