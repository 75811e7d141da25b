"""Runs without the start of Python: a process that has loaded everything forks a child for each run of a command.

For tests that run every command many times. What depends on the start (locale, hash seed, imports, the memory limit) is
tested in processes of its own. A run can be told to let the Nth call of a system function fail, once or for ever.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 120
SHORT = "short"  # in place of an error: a write takes one byte
_O_CREATE = os.O_CREAT


@dataclass(frozen=True)
class Fault:
    """Which call fails.

    Attributes:
        call: A function of `os`; `create` is an `open` that makes a file; `clock` lets all clocks jump.
        number: The how-manieth, from 1.
        error: Name of the errno, or `SHORT`.
        forever: Whether all later calls fail too.
    """

    call: str
    number: int = 1
    error: str = "EIO"
    forever: bool = False


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    returncode: int
    stdout: bytes
    stderr: bytes
    hits: int


class Warm:
    """The process that forks. Use as a context manager."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="jmtools-warm-")
        path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-W", "ignore", __file__]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT
        )

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._folder.cleanup()

    def run(
        self,
        *arguments: str | Path,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        fault: Fault | None = None,
        file_limit: int | None = None,
    ) -> Done:
        """Run a command and wait for its end.

        Args:
            arguments: The command and what it is told.
            stdin: Its standard input, a file.
            cwd: Where it runs.
            env: Added to the environment; too late for what Python reads at its start.
            fault: A call that fails.
            file_limit: Bytes that a file may have; the spools go to disk at once then.
        """
        folder = Path(self._folder.name)
        (folder / "in").write_bytes(stdin)
        request = {
            "arguments": [os.fsencode(a).decode("latin-1") for a in arguments],
            "folder": str(folder),
            "cwd": str(cwd or folder),
            "env": dict(env or {}),
            "fault": asdict(fault) if fault is not None else None,
            "file_limit": file_limit,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        code = json.loads(self._process.stdout.readline())
        out, err, hits = ((folder / name).read_bytes() for name in ("out", "err", "hits"))
        return Done(code, out, err, len(hits))


def load(command: str) -> None:
    """Load into this process what a command loads, by running it on a few records."""
    from jmtools.cli import cli
    from tests.test_contract import INPUT, READERS, SPECS

    spec = SPECS.get(command)
    if spec is None or spec.kind not in READERS:
        return
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.write(INPUT)
        file.flush()
        arguments = [command, *spec.arguments, "-o", os.devnull, file.name]
        cli.main(args=arguments, prog_name="jmtools", standalone_mode=False)


def become_jmtools(arguments: list[str]) -> NoReturn:
    """Do in a forked child what `jmtools ARGUMENTS` does, and end."""
    from jmtools.cli import main

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    tempfile.tempdir = None
    sys.argv = ["jmtools", *arguments]
    code = 70
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def spools_to_disk() -> None:
    """Let a small input reach the temporary folder."""
    from jmtools.io import spool

    spool._IN_MEMORY = 1 << 10


def _serve() -> None:
    loaded: set[str] = set()
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    for line in requests:
        request = json.loads(line)
        arguments = [os.fsdecode(a.encode("latin-1")) for a in request["arguments"]]
        if arguments and arguments[0] not in loaded:
            load(arguments[0])
            loaded.add(arguments[0])
        pid = os.fork()
        if pid == 0:
            requests.close()
            answers.close()
            _set_up(request)
            become_jmtools(arguments)
        answers.write(json.dumps(_wait(pid)).encode() + b"\n")
        answers.flush()


def _wait(pid: int) -> int:
    deadline = time.monotonic() + SECONDS
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)


def _set_up(request: Mapping[str, Any]) -> None:
    folder = Path(request["folder"])
    os.setsid()
    os.dup2(os.open(folder / "in", os.O_RDONLY), 0)
    for name, descriptor in (("out", 1), ("err", 2)):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    hits = os.open(folder / "hits", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.chdir(request["cwd"])
    os.environ.update(request["env"])
    if request["file_limit"] is not None:
        import resource

        spools_to_disk()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["file_limit"],) * 2)
    if request["fault"] is not None:
        fault = Fault(**request["fault"])
        if fault.call == "clock":
            _let_clocks_jump()
        else:
            _inject(fault, hits)


def _let_clocks_jump() -> None:
    """Give the wall clock a leap of a year back or forth at every look, the monotonic one seconds forward."""
    year, looks = 365 * 86400.0, 0
    real, monotonic = time.time, time.monotonic

    def jumping() -> float:
        nonlocal looks
        looks += 1
        return real() + (year if looks % 2 else -year)

    def leaping() -> float:
        nonlocal looks
        looks += 1
        return monotonic() + looks * 3600

    time.time, time.monotonic = jumping, leaping


def _inject(fault: Fault, hits: int) -> None:
    """Let calls of a function of `os` fail from now on; messages on standard error get through."""
    write = os.write
    count = 0

    def fails(*arguments: Any) -> bool:
        nonlocal count
        if fault.call == "write" and arguments[0] == 2:
            return False
        if fault.call == "create" and not arguments[1] & _O_CREATE:
            return False
        count += 1
        if count != fault.number and not (fault.forever and count > fault.number):
            return False
        write(hits, b"x")
        return True

    name = "open" if fault.call == "create" else fault.call
    real: Callable[..., Any] = getattr(os, name)

    def call(*arguments: Any, **more: Any) -> Any:
        if not fails(*arguments):
            return real(*arguments, **more)
        if fault.error == SHORT:
            return write(arguments[0], bytes(arguments[1][:1]))
        number = getattr(errno, fault.error)
        raise OSError(number, os.strerror(number))

    setattr(os, name, call)


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    with contextlib.suppress(KeyboardInterrupt):
        _serve()
