"""Faults of the machine: every Nth call fails, kills at any moment, memory and disk run out, clocks jump."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_jmtools
from tests.faults.conftest import Run
from tests.test_contract import INPUT, LINES, READERS, SPECS, commands
from tests.warm import SHORT, Fault

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
OLD = b'{"id":"old"}\n'
# A call that fails, with what; all of them while a file is written over an old one.
FAULTS = (("create", "EROFS"), ("write", "ENOSPC"), ("fchmod", "EPERM"), ("fsync", "EIO"), ("replace", "EACCES"))
MOST_CALLS = 40
TRACED = [name for name in ("segment", "freq", "table") if name in SPECS]  # one command of each kind that loads little
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


def call(name: str, *more: str | Path) -> list[str]:
    return [sys.executable, "-m", "jmtools", name, *SPECS[name].arguments, *map(str, more)]


@commands(*READERS)
def test_when_the_nth_call_fails_the_old_file_stays(run: Run, name: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_bytes(INPUT)
    whole = run(name, source).stdout
    for function, error in FAULTS:
        for forever in (False, True):
            for number in range(1, MOST_CALLS):
                target.write_bytes(OLD)
                done = run(name, source, "-o", target, fault=Fault(function, number, error, forever))
                now = target.read_bytes()
                where = (function, number, forever, done)
                if not done.hits:
                    assert (now, done.returncode) == (whole, 0), where
                    break
                assert now in (OLD, whole), where
                assert (done.returncode == 0) == (now == whole), where
                assert done.returncode in (0, 74), where
                assert bool(done.stderr) == bool(done.returncode), where
                assert done.stderr.count(b"\n") <= 1, where
                assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out"], where
            assert number > 1 or function == "write"  # every file is made, synced and put in place: the fault was met


@commands(*READERS)
def test_when_a_read_fails_it_is_told(run: Run, name: str, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(INPUT * 40)
    for number in range(1, MOST_CALLS):
        done = run(name, source, fault=Fault("read", number, "EIO"))
        if not done.hits:
            break
        assert done.returncode == 74
        assert re.search(rb"^jmtools \w+: /.*: cannot read: input/output error\n$", done.stderr)
    assert number > 1


@commands(*READERS)
def test_output_that_is_taken_byte_by_byte_arrives_whole(run: Run, name: str) -> None:
    done = run(name, stdin=INPUT, fault=Fault("write", 1, SHORT, forever=True))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == run(name, stdin=INPUT).stdout


@needs_strace
@pytest.mark.parametrize("name", TRACED)
def test_the_system_calls_themselves_may_fail(name: str, tmp_path: Path) -> None:
    """As above, below Python: whatever writes, syncs or renames, in whichever library."""
    source, target, log = tmp_path / "in.jsonl", tmp_path / "out", tmp_path / "log"
    source.write_bytes(INPUT)
    whole = subprocess.run(call(name, source), capture_output=True, env=ENVIRONMENT, check=True).stdout
    for names, error in (("write", "ENOSPC"), ("fsync,fdatasync", "EIO"), ("?rename,?renameat,?renameat2", "EACCES")):
        target.write_bytes(OLD)
        inject = f"inject={names}:error={error}:when=1"
        tracer = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", f"trace={names}", "-e", inject]
        done = subprocess.run(
            [*tracer, *call(name, source, "-o", target)], capture_output=True, env=ENVIRONMENT, check=False
        )
        assert b"INJECTED" in log.read_bytes()
        assert b"Traceback" not in done.stderr
        assert (done.returncode, target.read_bytes()) in ((74, OLD), (0, whole))
        assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "log", "out"]
    tracer = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-P", str(source), "-e", "trace=read"]
    tracer += ["-e", "inject=read:error=EIO:when=1+"]  # every read: the first only looks what kind of file it is
    done = subprocess.run([*tracer, *call(name, source)], capture_output=True, env=ENVIRONMENT, check=False)
    assert done.returncode == 74
    assert str(source).encode() in done.stderr


KILLS = 60


def test_killed_at_any_moment_what_is_left_is_whole() -> None:
    """A share of `make kills`: every command with -o FILE, folders that are resumed, spools, models."""
    script = ROOT / "tests" / "faults" / "kills.py"
    command = [sys.executable, str(script), "--kills", str(KILLS)]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, timeout=600, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(rf"^\| all \| {KILLS} \|.*\| 0 \|$", done.stdout, re.MULTILINE)
    for scene in (*(n for n in SPECS if SPECS[n].kind in READERS), "--resume", "spool", "--save-model"):
        assert scene in done.stdout


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


@commands("corpus", "report")
def test_a_full_spool_is_told(run: Run, name: str) -> None:
    lines = [line.replace(b'"r', b'"%d-' % i) for i in range(40) for line in LINES]
    done = run(name, "-", stdin=b"\n".join(lines) + b"\n", file_limit=4096)
    assert done.returncode in (0, 74)  # 0 where a command keeps nothing on disk and writes little
    assert b"Traceback" not in done.stderr
    assert bool(done.stderr) == bool(done.returncode)
    if SPECS[name].kind == "corpus":
        assert done.returncode == 74
        assert b"TMPDIR" in done.stderr


@commands("corpus")
def test_without_a_place_for_temporary_files_it_is_told(run: Run, name: str, tmp_path: Path) -> None:
    spooled = b"".join(line.replace(b'"r', b'"%d-' % i) + b"\n" for i in range(10) for line in LINES)
    for folder in ("/proc/self", str(tmp_path / "missing")):
        done = run(name, stdin=spooled, env={"TMPDIR": folder}, file_limit=1 << 30)
        assert done.returncode == 0  # Python goes on to the next place that can be written, none is shared by name
    private = tmp_path / "tmp"
    private.mkdir()
    assert run(name, stdin=spooled, env={"TMPDIR": str(private)}, file_limit=1 << 30).returncode == 0
    assert list(private.iterdir()) == []


def test_files_are_private_while_they_are_written(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with subprocess.Popen(
        call("segment", "-", "-o", target), env=ENVIRONMENT, stdin=subprocess.PIPE, umask=0
    ) as process:
        assert process.stdin is not None
        deadline = time.monotonic() + 60
        temps: list[Path] = []
        while not temps and time.monotonic() < deadline:
            temps = list(tmp_path.iterdir())
            time.sleep(0.01)
        assert [oct(temp.stat().st_mode & 0o777) for temp in temps] == ["0o600"]
        process.stdin.write(INPUT)
        process.stdin.close()
    assert oct(target.stat().st_mode & 0o777) == "0o666"
    assert list(tmp_path.iterdir()) == [target]


@commands(*READERS)
def test_a_clock_that_jumps_changes_nothing(run: Run, name: str) -> None:
    done = run(name, stdin=INPUT, fault=Fault("clock", forever=True))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == run(name, stdin=INPUT).stdout


def test_a_page_whose_name_is_not_utf8_is_split_and_read(tmp_path: Path) -> None:
    page = os.fsencode(tmp_path) + b"/a\xff.txt"
    Path(os.fsdecode(page)).write_text("市医保局开展检查\n\n昨日，市医保局开展检查。\n", encoding="utf-8")
    for command in ("split", "read"):
        done = run_jmtools(command, os.fsdecode(page))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout.splitlines()[0])["source"].endswith("a\\udcff.txt")
    Path(os.fsdecode(page)).write_text('{"text": "春茶开采\\n昨日开采。"}\n', encoding="utf-8")
    done = run_jmtools("split", os.fsdecode(page))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"].endswith("a\\udcff.txt")


def test_a_terminal_ends_split_by_one_ctrl_d() -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "jmtools", "split"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdin=slave, stdout=subprocess.PIPE, env=environment) as process:
        os.write(master, b"\x04")
        assert process.wait(60) == 0
    os.close(slave)
    os.close(master)
