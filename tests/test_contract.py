"""What every command promises, checked for each command in COMMANDS.

A command without a line in SPECS is called with the arguments of its golden case `basic`.
"""

from __future__ import annotations

import gzip
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from jmtools.cli import COMMANDS, cli
from jmtools.cli.frame.kept_runs import without_run
from tests.conftest import ROOT, run_jmtools


@dataclass(frozen=True)
class Spec:
    """How a command is called in these tests.

    kind: filter (same records, new fields) · corpus (the same, after all were read) · report (new records) ·
          sink (not JSON Lines) · source (reads other files) · tool (reads no records).
    """

    kind: str
    arguments: tuple[str, ...] = ()
    needs_text: bool = True


SPECS = {
    "read": Spec("source"),
    "split": Spec("source"),
    "profile": Spec("tool"),
    "normalize": Spec("filter"),
    "select": Spec("filter", ("date >= 2024-01-01",), needs_text=False),
    "dedupe": Spec("corpus"),
    "index": Spec("tool"),
    "search": Spec("tool"),
    "watch": Spec("report", (str(ROOT / "tests" / "data" / "rules.txt"),)),
    "show": Spec("tool"),
    "segment": Spec("filter"),
    "dict": Spec("tool"),
    "newwords": Spec("report", ("--min-freq", "2", "--min-entropy", "0")),
    "keywords": Spec("filter"),
    "idf": Spec("tool"),
    "cluster": Spec("corpus", ("-k", "4")),
    "assign": Spec("filter", ("--model", str(ROOT / "tests" / "data" / "topics"), "--allow-mixed")),
    "summary": Spec("report"),
    "freq": Spec("report"),
    "keyness": Spec("report", ("--target-where", 'page = "A01"', "--reference-where", 'page != "A01"')),
    "collocates": Spec("report", ("会议", "--min-freq", "1")),
    "kwic": Spec("report", ("会议",)),
    "cooc": Spec("report", ("--min-freq", "1")),
    "trend": Spec("report", ("--term", "会议", "--by", "day")),
    "table": Spec("sink", needs_text=False),
    "report": Spec("sink", needs_text=False),
    "convert": Spec("sink", ("--to", "csv"), needs_text=False),
    "check": Spec("filter", needs_text=False),
    "rerun": Spec("tool"),
    "demo": Spec("tool"),
    "config": Spec("tool"),
    "help": Spec("tool"),
    "completion": Spec("tool"),
    "doctor": Spec("tool"),
}


def spec_from_case(name: str) -> Spec:
    """Return how a new command is called: as in its golden case; a filter gives back what it read."""
    case = ROOT / "tests" / "cases" / name / "basic"
    arguments = tuple(shlex.split((case / "args").read_text("utf-8")))
    first = (case / "in.jsonl").read_bytes().splitlines()[0].rstrip(b"}")
    kept = (case / "out.jsonl").read_bytes().startswith(first)
    return Spec("filter" if kept else "report", arguments)


SPECS |= {
    name: spec_from_case(name)
    for name in COMMANDS
    if name not in SPECS and (ROOT / "tests" / "cases" / name / "basic" / "out.jsonl").exists()
}

SENTENCES = (
    "江海市医保局开展医保基金监管宣传活动，工作人员走进社区讲解医保政策。",
    "市教育局公布新学期招生方案，义务教育阶段学校就近入学。",
    "连日暴雨，澜江水位上涨，防汛指挥部启动四级应急响应。",
    "青年足球联赛第三轮开战，主队以二比一战胜对手。",
)
RECORDS = [
    {
        "id": f"r{i:02}",
        "date": f"2024-03-{11 + i % 3}",
        "page": f"A0{1 + i % 4}",
        "headline": SENTENCES[i % 4][:9],
        "text": SENTENCES[i % 4] * (1 + i % 3) + f"第{i}次会议在市政府召开。",
        "topic": i % 3,
        "价格": 1.50,
        "nested": {"b": [1, None], "a": "😀"},
    }
    for i in range(16)
]
LINES = [json.dumps(r, ensure_ascii=False).encode() for r in RECORDS]
INPUT = b"".join(line + b"\n" for line in LINES)


def commands(*kinds: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", [n for n in COMMANDS if n in SPECS and SPECS[n].kind in kinds])


READERS = ("filter", "corpus", "report", "sink")
WRITERS = ("filter", "corpus", "report")


def run(name: str, *more: str | Path, **how: Any) -> subprocess.CompletedProcess[bytes]:
    return run_jmtools(name, *SPECS[name].arguments, *more, **how)


def test_every_command_has_a_spec() -> None:
    missing = sorted(set(COMMANDS) - set(SPECS))
    assert not missing, f"no line in SPECS and no golden case tests/cases/NAME/basic: {missing}"
    assert sorted(SPECS) == sorted(COMMANDS)


def takes_allow_mixed(name: str) -> bool:
    command = cli.get_command(click.Context(cli), name)
    return command is not None and any(param.name == "allow_mixed" for param in command.params)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name in SPECS and takes_allow_mixed(name)])
def test_records_of_two_segmentations_are_not_counted_together(name: str, tmp_path: Path) -> None:
    arguments = ("--to", "vrt") if name == "convert" else SPECS[name].arguments
    if name == "index":
        arguments = (str(tmp_path / "paper.db"),)
    if name == "search":
        return  # reads an archive, which `index` has checked
    if name == "assign":
        arguments = ("--model", str(tmp_path / "model"))
        assert run("cluster", "--save-model", arguments[1], stdin=INPUT).returncode == 0
    other = json.dumps({**RECORDS[0], "tokens": ["医保", "基金"], "segmenter": {"hash": "0123456789ab"}})
    lines = INPUT + other.encode() + b"\n"
    done = run_jmtools(name, *arguments, stdin=lines)
    assert (done.returncode, b"0123456789ab" in done.stderr, b"line 17" in done.stderr) == (65, True, True)
    assert b"--allow-mixed" in done.stderr
    allowed = run_jmtools(name, *arguments, "--allow-mixed", stdin=lines)
    assert (allowed.returncode, allowed.stderr) == (0, b"")


@commands(*READERS)
def test_empty_input_is_no_error_but_said(name: str) -> None:
    for data in (b"", b"\n \n\r\n"):
        done = run(name, stdin=data)
        said = f"jmtools {name}: note: the input is empty: nothing to work on\n"
        assert (done.returncode, done.stderr.decode()) == (0, said)
    assert (done := run(name, "--quiet", stdin=b"")).stderr == b""
    assert done.returncode == 0
    assert run(name, "--strict", stdin=b"").returncode == 3


@commands("filter", "report", "sink")
def test_where_is_select_before_it(name: str) -> None:
    if name == "select":
        return
    condition = 'page in ("A01", "A02") and not topic = 2'
    chosen = [line for line, r in zip(LINES, RECORDS, strict=True) if r["page"] in ("A01", "A02") and r["topic"] != 2]
    done = run(name, "--where", condition, stdin=INPUT + b'{"page": "A09"}\n')
    alone = run(name, stdin=b"".join(line + b"\n" for line in chosen))
    assert 0 < len(chosen) < len(LINES)
    assert (done.returncode, done.stderr, without_run(done.stdout)) == (0, b"", without_run(alone.stdout))
    wrong = run(name, "--where", 'page = "A01', stdin=INPUT)
    assert (wrong.returncode, b"character 8" in wrong.stderr) == (2, True)


def has_types(name: str) -> bool:
    command = cli.get_command(click.Context(cli), name)
    return command is not None and any(param.name == "types" for param in command.params)


@commands("filter", "corpus", "report")
def test_records_that_are_no_news_are_counted_and_left_alone(name: str) -> None:
    if not has_types(name):
        assert name in ("normalize", "select", "dedupe", "segment", "check")  # they count and describe nothing
        return
    news = [line[:-1] + b', "type": "article"}' for line in LINES]
    others = [line.replace(b'"r', b'"x')[:-1] + b',"type":"folio"}' for line in LINES[:3]]
    mixed = [*news[:2], others[0], others[1], *news[2:], others[2]]
    data = b"".join(line + b"\n" for line in mixed)
    alone = run(name, stdin=b"".join(line + b"\n" for line in news)).stdout
    for more in ((), ("--jobs", "2")):
        done = run(name, *more, stdin=data)
        assert b"3 records of other types (3 folio) not worked on; --types all takes them" in done.stderr
        lines = [line for line in done.stdout.splitlines(keepends=True) if line.rstrip() not in others]
        assert (done.returncode, b"".join(lines)) == (0, alone)
        if SPECS[name].kind != "report":
            assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [json.loads(m)["id"] for m in mixed]
    assert b"other types" not in run(name, "--types", "all", stdin=data).stderr
    assert b"folios is no type" in run(name, "--types", "folios", stdin=data).stderr


@commands("filter", "corpus")
def test_records_keep_their_bytes_and_their_order(name: str) -> None:
    done = run(name, stdin=INPUT)
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.splitlines()
    assert len(out) == len(LINES)
    own = "topic" if name in ("cluster", "assign") else None
    for line, result in zip(LINES, out, strict=True):
        if own is None:
            assert result.startswith(line[:-1])
        else:
            kept = {k: v for k, v in json.loads(result).items() if not k.startswith(own)}
            assert kept.items() >= {k: v for k, v in json.loads(line).items() if k != own}.items()


@commands(*WRITERS)
def test_output_is_json_lines(name: str) -> None:
    done = run(name, stdin=INPUT)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"\n")
    for line in done.stdout.removesuffix(b"\n").split(b"\n"):
        assert isinstance(json.loads(line.decode("utf-8"), parse_constant=pytest.fail), dict)


@commands(*READERS)
def test_input_may_have_a_mark_windows_line_ends_no_last_newline_and_compression(name: str, tmp_path: Path) -> None:
    def made(*files: str | Path, stdin: bytes | None = None) -> bytes:
        return without_run(run(name, *files, stdin=stdin).stdout)

    expected = made(stdin=INPUT)
    assert made(stdin=b"\xef\xbb\xbf" + INPUT.replace(b"\n", b"\r\n").removesuffix(b"\r\n")) == expected
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(INPUT))
    assert made(path) == expected
    half = tmp_path / "half.jsonl"
    half.write_bytes(b"\n".join(LINES[:8]))
    assert made(half, "-", stdin=b"\n".join(LINES[8:])) == expected


BAD = {
    "json": b'{"text": "broken',
    "object": b'["text"]',
    "utf8": b'{"text":"\xd6\xd0"}',
    "nan": b'{"text":"a","x":NaN}',
}


@commands(*READERS)
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_is_named_by_file_line_and_byte(name: str, bad: str, tmp_path: Path) -> None:
    path = tmp_path / "input.jsonl"
    path.write_bytes(b"\n".join([*LINES[:3], BAD[bad], *LINES[3:]]) + b"\n")
    done = run(name, path)
    byte = sum(len(line) + 1 for line in LINES[:3])
    assert done.returncode == 65
    assert done.stderr.decode().startswith(f"jmtools {name}: {path}: line 4, byte {byte}: ")
    assert done.stderr.count(b"\n") == 1
    if SPECS[name].kind in ("filter", "corpus"):
        assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["r00", "r01", "r02"]


@commands(*READERS)
def test_skipped_records_are_counted_and_kept(name: str, tmp_path: Path) -> None:
    rejects = tmp_path / "bad.jsonl"
    lines = [*LINES[:3], b"{", *LINES[3:5], b'{"text":1}' if SPECS[name].needs_text else b"[]", *LINES[5:]]
    done = run(name, "--on-error", "skip", "--rejects", rejects, stdin=b"\n".join(lines))
    assert done.returncode == 3
    assert b"18 records read, 16 taken, 2 rejected" in done.stderr
    assert without_run(done.stdout) == without_run(run(name, stdin=INPUT).stdout)
    kept = [json.loads(line) for line in rejects.read_bytes().splitlines()]
    assert [(r["file"], r["line"], r["raw"].encode()) for r in kept] == [
        ("<stdin>", 4, lines[3]),
        ("<stdin>", 7, lines[6]),
    ]
    limited = run(name, "--on-error", "skip", "--max-errors", "1", stdin=b"\n".join(lines))
    assert limited.returncode == 65
    assert b"line 7" in limited.stderr


@commands(*[k for k in READERS if k != "sink"])
def test_a_record_without_text_is_a_bad_line(name: str) -> None:
    if SPECS[name].needs_text:
        done = run(name, stdin=LINES[0] + b'\n{"content":"a"}\n')
        assert done.returncode == 65
        assert b"line 2" in done.stderr
        assert b"`text`" in done.stderr


@commands(*READERS)
def test_a_reader_that_leaves_ends_the_run_in_silence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(INPUT * 20)
    command = [sys.executable, "-m", "jmtools", name, *SPECS[name].arguments, str(path)]
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == -signal.SIGPIPE


@commands(*READERS)
def test_a_full_disk_and_a_closed_output_are_told(name: str) -> None:
    call = f"{sys.executable} -m jmtools {name} {' '.join(map(repr, SPECS[name].arguments))}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for redirect, words in ((">/dev/full", b"no space"), (">&-", b"closed")):
        done = subprocess.run(
            ["bash", "-c", f"{call} {redirect}"], input=INPUT, capture_output=True, env=environment, check=False
        )
        assert done.returncode == 74
        assert words in done.stderr
        assert done.stderr.count(b"\n") == 1


@commands(*READERS)
def test_an_output_file_is_whole_or_the_old_one(name: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run(name, "-o", target, stdin=INPUT).returncode == 0
    whole = target.read_bytes()
    assert whole == run(name, stdin=INPUT).stdout
    target.write_bytes(b"old")
    assert run(name, "-o", target, stdin=INPUT + b"{").returncode == 65
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


ENVIRONMENTS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "zh_CN.UTF-8"},
    {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
    {"PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "2", "TMPDIR": "/nonexistent"},
)


@commands(*READERS)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    data = b"".join(line.replace(b'"r', b'"%d-' % i) + b"\n" for i in range(60) for line in LINES)
    one = run(name, stdin=data)
    assert one.returncode == 0
    for environment in ENVIRONMENTS:
        assert run(name, stdin=data, env=environment).stdout == one.stdout
    for jobs in ("2", "3"):
        assert run(name, "--jobs", jobs, stdin=data * 2).stdout == run(name, stdin=data * 2).stdout


@commands("filter")
def test_a_filter_passes_a_record_on_while_its_input_is_open(name: str) -> None:
    command = [sys.executable, "-m", "jmtools", name, *SPECS[name].arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(LINES[0] + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "r00"
        process.stdin.write(LINES[1] + b"\n")
        process.stdin.close()
        assert json.loads(process.stdout.readline())["id"] == "r01"


@pytest.fixture
def waiting(name: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "jmtools", name, *SPECS[name].arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdin is not None
        process.stdin.write(INPUT)
        process.stdin.flush()
        yield process
        process.kill()


@commands(*READERS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_by_that_signal(name: str, number: signal.Signals, waiting: subprocess.Popen[bytes]) -> None:
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip(f"{number.name} is ignored here, as below nohup, and so it is by what is started")
    deadline = time.monotonic() + 20
    status = Path(f"/proc/{waiting.pid}/status")
    while time.monotonic() < deadline:  # until our handlers are in place
        caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) & 1 << (signal.SIGTERM - 1):
            break
        time.sleep(0.01)
    waiting.send_signal(number)
    out, err = waiting.communicate(timeout=20)
    assert waiting.returncode == -number
    assert err == b""
    assert out == b"" or out.endswith(b"\n")


# A signal whose exception is raised where it cannot get out: in a callback, as Python's imports have them, or in a
# library that catches everything.
SWALLOWED = {
    "in a destructor": """
class Thing:
    def __del__(self): os.kill(os.getpid(), signal.SIGTERM)
def main(**_): Thing(); print("went on")
""",
    "by a library": """
def main(**_):
    try: os.kill(os.getpid(), signal.SIGTERM)
    except BaseException: pass
""",
}


@pytest.mark.parametrize("where", SWALLOWED)
def test_a_signal_that_a_library_swallowed_still_ends_it(where: str) -> None:
    code = "import os, signal, types\nfrom jmtools.cli.frame import process\n" + SWALLOWED[where]
    code += "process.run(types.SimpleNamespace(main=main))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGTERM, b"", b"")


@pytest.mark.parametrize("name", COMMANDS)
def test_usage_errors_and_missing_files(name: str) -> None:
    done = run_jmtools(name, "--no-such-option")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"jmtools ")
    assert done.stderr.count(b"\n") == 1
    if SPECS[name].kind in (*READERS, "source"):
        done = run(name, "no-such-\x1bfile.jsonl")
        assert done.returncode == 74
        assert b"no-such-\\x1bfile.jsonl" in done.stderr
        assert b"Traceback" not in done.stderr
