"""Kill runs at random moments and look at what they left: `make kills N=1000`.

A run is a fork of a process that has loaded everything, so that a kill meets the work and not the start of Python. Half
of the kills come at any moment of a run, half in its last third, where files are written, synced and renamed. One in
ten is SIGTERM, one in ten SIGINT, the others SIGKILL. Afterwards a file is the old one or the new one, a folder holds
whole parts, the temporary folder is empty, no worker lives on, and the next run gives the same bytes and tidies up.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from jmtools.cli import cli as commands  # noqa: E402
from jmtools.errors import JmtoolsError  # noqa: E402
from tests.test_contract import INPUT, LINES, READERS, SPECS  # noqa: E402
from tests.warm import become_jmtools, spools_to_disk  # noqa: E402

OLD = b'{"id":"old"}\n'
SECONDS_TO_LEAVE = 5.0
TIMED_RUNS = 2
TRIAL = re.compile("[a-z0-9_]{8}")  # Python's empty file by which it tries a temporary folder
SIGNALS, WEIGHTS_OF_SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT), (8, 1, 1)


class TornError(AssertionError):
    """A promise was broken."""


@dataclass
class Scene:
    """What is run and killed over and over in a folder of its own.

    Attributes:
        name: As the table calls it.
        folder: Its own; `in.jsonl` is the input, `tmp` the temporary folder.
        arguments: Of the command.
        check: Looks at what a run left; says what it was, such as "old" or "new".
        reset: Puts back what was there before a run.
        finish: Looks at the end, after a run that nobody kills.
        seen: How often it saw what.
        wall: Seconds that a run takes.
        pid: Of the last run.
    """

    name: str
    folder: Path
    arguments: list[str]
    check: Callable[[], str]
    reset: Callable[[], None]
    finish: Callable[[], None]
    seen: Counter[str | signal.Signals] = field(default_factory=Counter)
    wall: float = 0.0
    pid: int = 0

    def run(self, *, kill_after: float | None = None, number: int = signal.SIGKILL) -> int:
        """Run the command in a fork, perhaps kill it, and return how it ended."""
        errors = self.folder / "stderr"
        errors.write_bytes(b"")  # a run may be killed before it opens it
        before = signal.signal(
            signal.SIGINT, signal.SIG_DFL
        )  # an early one must end the fork, not unwind into our stack
        self.pid = pid = os.fork()
        if pid == 0:
            _child(self.arguments, self.folder, errors)
        signal.signal(signal.SIGINT, before)
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(pid, number)
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, -number):
            raise TornError(f"{self.name}: ended with {code}: {errors.read_bytes()[-500:]!r}")
        if errors.read_bytes():
            raise TornError(f"{self.name}: said {errors.read_bytes()[:200]!r}")
        _wait_for_workers(pid)
        return code

    def prepare(self) -> None:
        """Load what the command loads into this process, and measure how long a run takes."""
        commands.main(args=[*self.arguments], prog_name="jmtools", standalone_mode=False)
        for _ in range(TIMED_RUNS):
            self.reset()
            start = time.monotonic()
            self.run()
            self.wall = time.monotonic() - start
        self.reset()

    def kill(self, rng: random.Random) -> None:
        """Kill one run and look at what it left."""
        after = self.wall * (rng.uniform(0, 1.1) if rng.random() < 0.5 else rng.uniform(0.65, 1.1))
        number = rng.choices(SIGNALS, WEIGHTS_OF_SIGNALS)[0]
        code = self.run(kill_after=after, number=number)
        self.seen["ended before" if code == 0 else signal.Signals(-code)] += 1
        self.wall *= 0.85 if code == 0 else 1.05  # follow the machine: most kills shall meet a run
        self.seen[self.check()] += 1
        left = [path for path in self.folder.rglob(".jmtools-*") if path.is_file()]
        own = [path.name for path in left if path.name.startswith(f".jmtools-{self.pid}-")]
        if own and code != -signal.SIGKILL:
            raise TornError(f"{self.name}: {signal.Signals(number).name} left {own[0]}")
        self.seen["temporary files left"] += bool(left)
        if any(path.stat().st_size or not TRIAL.fullmatch(path.name) for path in (self.folder / "tmp").iterdir()):
            raise TornError(f"{self.name}: left a file in the temporary folder")

    def close(self) -> None:
        """Run to the end once more: everything is as if nobody had killed anything."""
        self.run()
        self.finish()
        left = list(self.folder.rglob(".jmtools-*"))
        if left:
            raise TornError(f"{self.name}: {left[0]} was never removed")


def _child(arguments: Sequence[str], folder: Path, errors: Path) -> NoReturn:
    os.setsid()
    os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.environ["TMPDIR"] = tempfile.tempdir = str(
        folder / "tmp"
    )  # Python's own trial file there is not what we look for
    spools_to_disk()
    become_jmtools([*arguments])


def _wait_for_workers(group: int) -> None:
    """Wait until no process of a run is left, and complain when one stays."""
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        if time.monotonic() > deadline:
            os.killpg(group, signal.SIGKILL)
            raise TornError("a worker outlived its run")
        time.sleep(0.01)


def make_folder(base: Path, name: str, data: bytes) -> Path:
    folder = base / name.replace(" ", "-")
    (folder / "tmp").mkdir(parents=True)
    (folder / "in.jsonl").write_bytes(data)
    return folder


def file_scene(base: Path, name: str, command: str, *more: str, data: bytes = INPUT * 4) -> Scene:
    """A command that writes one file over an old one."""
    folder = make_folder(base, name, data)
    target = folder / "out"
    whole: list[bytes] = []

    def check() -> str:
        now = target.read_bytes()
        if not whole:
            whole.append(now)
        if now not in (OLD, whole[0]):
            raise TornError(f"{name}: {len(now)} bytes that are neither the old nor the new file")
        return "old" if now == OLD else "new"

    def finish() -> None:
        if check() != "new":
            raise TornError(f"{name}: a run that nobody killed left the old file")

    arguments = [command, *SPECS[command].arguments, *more, str(folder / "in.jsonl"), "-o", str(target)]
    scene = Scene(name, folder, arguments, check, lambda: void(target.write_bytes(OLD)), finish)
    scene.run()
    check()
    return scene


def folder_scene(base: Path, name: str, command: str, *more: str, copies: int) -> Scene:
    """A command that writes parts and goes on where it was killed."""
    lines = (line.replace(b'"r', b'"%d-' % i) for i in range(copies) for line in LINES)
    folder = make_folder(base, name, b"\n".join(lines) + b"\n")
    target = folder / "parts"
    arguments = [command, *SPECS[command].arguments, *more, str(folder / "in.jsonl"), "-o", f"{target}/"]
    scene = Scene(name, folder, [*arguments, "--resume"], str, lambda: None, lambda: None)
    scene.run()
    whole = {path.name: path.read_bytes() for path in target.glob("part-*")}

    def check() -> str:
        parts = list(target.glob("part-*"))
        for part in parts:
            if part.read_bytes() != whole.get(part.name):
                raise TornError(f"{name}: {part.name} is not whole")
        return "complete" if len(parts) == len(whole) else "some parts" if parts else "no part"

    def finish() -> None:
        if {path.name: path.read_bytes() for path in target.glob("part-*")} != whole:
            raise TornError(f"{name}: resumed, but not the same parts")
        remove(target)

    def reset() -> None:
        if target.exists() and len(list(target.glob("part-*"))) == len(whole):
            scene.run()  # the run after the last kill: complete, and the same
            finish()

    scene.check, scene.reset, scene.finish = check, reset, finish
    return scene


def model_scene(base: Path) -> Scene:
    """A model written over another: what can be read is one or the other, a mixture is refused."""
    from jmtools.topics.model import HEAD, TERMS, WEIGHTS, load_model

    name = "cluster --save-model"
    folder = make_folder(base, name, INPUT * 4)
    target = folder / "model"
    arguments = ["cluster", "-k", "4", "--save-model", str(target), str(folder / "in.jsonl"), "-o", os.devnull]
    scene = Scene(name, folder, arguments, str, lambda: None, lambda: None)
    scene.run()
    new = {member: (target / member).read_bytes() for member in (HEAD, TERMS, WEIGHTS)}
    kept = ROOT / "tests" / "data" / "topics"
    old = {member: (kept / member).read_bytes() for member in new}

    def check() -> str:
        try:
            load_model(str(target))
        except JmtoolsError:
            return "refused"
        now = {member: (target / member).read_bytes() for member in new}
        if now not in (old, new):
            raise TornError(f"{name}: a mixture of two models was read")
        return "old" if now == old else "new"

    def reset() -> None:
        for member, data in old.items():
            (target / member).write_bytes(data)

    def finish() -> None:
        if check() != "new":
            raise TornError(f"{name}: a run that nobody killed left another model")

    scene.check, scene.reset, scene.finish = check, reset, finish
    return scene


def archive_scene(base: Path) -> Scene:
    """Records added to an archive: it holds those of before, or all of them, and SQLite finds it whole."""
    name = "index ARCHIVE"
    lines = [line.replace(b'"r', b'"%d-' % n) for n in range(60) for line in LINES]
    folder = make_folder(base, name, b"\n".join([*LINES[1:], LINES[0].replace(b"0", b"1"), *lines]) + b"\n")
    target, kept = folder / "paper.db", folder / "old.db"
    first = folder / "first.jsonl"
    first.write_bytes(INPUT)
    commands.main(args=["index", str(kept), str(first)], prog_name="jmtools", standalone_mode=False)
    states: dict[tuple[bytes, ...], str] = {held(kept): "old"}
    scene = Scene(name, folder, ["index", str(target), str(folder / "in.jsonl")], str, lambda: None, lambda: None)

    def reset() -> None:
        for path in folder.glob("paper.db*"):
            path.unlink()
        target.write_bytes(kept.read_bytes())

    def check() -> str:
        state = states.get(held(target))
        if state is None:
            raise TornError(f"{name}: neither the old records nor the new")
        with contextlib.closing(sqlite3.connect(target)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise TornError(f"{name}: SQLite finds it damaged")
            connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
        return state

    def finish() -> None:
        if check() != "new":
            raise TornError(f"{name}: a run that nobody killed left the old records")

    reset()
    scene.run()
    states[held(target)] = "new"
    scene.check, scene.reset, scene.finish = check, reset, finish
    return scene


def held(archive: Path) -> tuple[bytes, ...]:
    """Return the records of an archive."""
    from jmtools.archive.reader import read_any

    return tuple(line for batch in read_any([str(archive)]) if batch is not None for line in batch.lines)


def state_scene(base: Path) -> Scene:
    """What `watch` has seen: the old state or the new one."""
    data = b"".join(line[:-1] + b',"story":"s%d"}\n' % n for n, line in enumerate(LINES * 4))
    return side_scene(base, "watch", "--seen", data, b'{"rule":"x","story":"s1","id":"a","date":null}\n')


def side_scene(base: Path, command: str, option: str, data: bytes, old: bytes) -> Scene:
    """A command that writes another file beside its output: the old one or the new one."""
    name = f"{command} {option}"
    side = base / f"{command}-side.jsonl"
    side.write_bytes(old)
    scene = file_scene(base, name, command, option, str(side), data=data)
    side.write_bytes(old)
    scene.run()
    new, outer, outer_check = side.read_bytes(), scene.reset, scene.check

    def check() -> str:
        outer_check()
        now = side.read_bytes()
        if now not in (old, new):
            raise TornError(f"{name}: {len(now)} bytes that are neither the old nor the new file")
        return "old" if now == old else "new"

    def reset() -> None:
        outer()
        side.write_bytes(old)

    def finish() -> None:
        if check() != "new":
            raise TornError(f"{name}: a run that nobody killed left the old file")

    scene.check, scene.reset, scene.finish = check, reset, finish
    return scene


def void(_value: object) -> None:
    """Take a value and do nothing."""


def remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def scenes(base: Path, only: str) -> Iterator[Scene]:
    """Yield every scene: each command with -o FILE, then folders, spools, archives, states, models."""
    for command, spec in SPECS.items():
        if spec.kind in READERS and only in command:
            yield file_scene(base, f"{command} -o FILE", command)
    if only in "keywords spool":
        yield file_scene(base, "keywords --idf corpus (spool)", "keywords", "--idf", "corpus")
    if only in "segment resume":
        yield folder_scene(base, "segment -o DIR --resume", "segment", "--part-size", "0.01", copies=10)
        more = ("--part-size", "0.15", "--jobs", "2")
        yield folder_scene(base, "segment -o DIR --resume --jobs 2", "segment", *more, copies=200)
    if only in "cluster resume":
        yield folder_scene(base, "cluster -o DIR --resume (spool)", "cluster", "--part-size", "0.005", copies=6)
    if only in "index archive":
        yield archive_scene(base)
    if only in "watch seen":
        yield state_scene(base)
    if only in "dedupe report":
        yield side_scene(base, "dedupe", "--report", INPUT * 4, OLD)
    if only in "model":
        yield model_scene(base)


def main() -> int:
    """Kill, look, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="for all scenes together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="scenes of commands with this in their names")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    warnings.simplefilter("ignore")
    torn = kills = 0
    print("| scene | kills | ended before | left behind | temporary files to remove | torn |\n" + "| --- " * 6 + "|")
    with tempfile.TemporaryDirectory(prefix="jmtools-kills-") as base:
        found = list(scenes(Path(base), options.only))
        for number, scene in enumerate(found):
            scene.prepare()
            share = options.kills // len(found) + (number < options.kills % len(found))
            done = 0
            try:
                while done < share:
                    scene.reset()
                    scene.kill(rng)
                    done = sum(scene.seen[name] for name in SIGNALS)
                scene.close()
            except TornError as error:
                torn += 1
                print(error, file=sys.stderr)
            kills += done
            print(row(scene, done), flush=True)
    print(f"| all | {kills} | | | | {torn} |")
    return 1 if torn else 0


def row(scene: Scene, kills: int) -> str:
    states = ("old", "new", "no part", "some parts", "complete", "refused")
    left = ", ".join(f"{scene.seen[state]} {state}" for state in states if scene.seen[state])
    cells = (scene.name, kills, scene.seen["ended before"], left, scene.seen["temporary files left"], 0)
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    sys.exit(main())
