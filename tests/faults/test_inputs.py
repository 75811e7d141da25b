"""Bad input of every kind at every command: told by line, or taken whole; no traceback, no loss in silence."""

from __future__ import annotations

import bz2
import contextlib
import functools
import gzip
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jmtools.cli.frame.kept_runs import without_run
from tests.conftest import ROOT, run_jmtools
from tests.faults.conftest import Run
from tests.test_contract import INPUT, LINES, READERS, SPECS, commands

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

# Lines that no command may take.
BAD_LINES = {
    "not json": b"2026-11-23 WARN something odd",
    "torn": b'{"id":"x","text":"broken',
    "two records": LINES[0] + b" " + LINES[1],
    "number": b"123",
    "string": b'"text"',
    "null": b"null",
    "array": b"[1,2]",
    "invalid utf-8": b'{"text":"abc\xff\xfe\xe4\xb8"}',
    "cesu-8": b'{"text":"a\xed\xa0\x80b\xc0\x80c"}',
    "gbk": '{"text":"中国人民银行"}'.encode("gbk"),
    "raw NUL": b'{"text":"ab\x00cd"}',
    "raw ESC": b'{"text":"\x1b]0;pwned\x07"}',
    "lone surrogate": b'{"text":"a\\ud800b"}',
    "NaN": b'{"text":"a","x":NaN}',
    "Infinity": b'{"text":"a","x":-Infinity}',
    "1e999": b'{"text":"a","x":1e999}',
    "100,000 deep": b'{"text":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "unclosed": b'{"text":"a","x":' + b"[" * 100_000,
    "100,000 commas": b'{"a":[' + b"," * 100_000,
    "carriage returns": LINES[0] + b"\r" + LINES[1],
    "byte order mark inside": b"\xef\xbb\xbf" + LINES[0],
}
# Further lines that a command that reads text may not take.
BAD_TEXTS = {
    "text missing": b'{"id":"x"}',
    "text null": b'{"text":null}',
    "text number": b'{"text":42}',
    "text array": b'{"text":["a"]}',
    "text object": b'{"text":{"a":1}}',
    "text boolean": b'{"text":true}',
    "headline number": b'{"text":"a","headline":1}',
}
# Additions to a good record that every filter passes on as they are.
ODD_MEMBERS = (
    b'"n":9007199254740993',
    b'"n":18446744073709551617',
    b'"n":-9223372036854775809',
    b'"n":123456789123456789123456789123',
    b'"n":[1.10,1E5,-0.0,1e-400,123456789.123456789]',
    b'"k":"first","k":"second"',
    b'"x":' + b"[" * 300 + b"1" + b"]" * 300,
    '"s":"👨\u200d👩\u200d👧𠮷\u202eabc\u202c\u2028\ufeff\u200b\u3000\U0010ffff"'.encode(),
    b'"s":"\\ud83d\\udc68 \\u0000 \\/ \\u4e2d"',
    b'"":1,"a.b":2,"\\n":3," ":4,"__proto__":5,"$ref":6',
    b'"text2":"\x7f\xc2\x9b"',
)


@commands(*READERS)
def test_every_kind_of_bad_line_is_named_and_nothing_good_is_lost(run: Run, name: str, tmp_path: Path) -> None:
    bad = {**BAD_LINES, **(BAD_TEXTS if SPECS[name].needs_text else {})}
    lines, numbers = [], []
    for index, line in enumerate(bad.values()):
        lines += [LINES[index % len(LINES)], line]
        numbers.append(len(lines))
    good = lines[::2]
    rejects = tmp_path / "rejects.jsonl"
    done = run(name, "--on-error", "skip", "--rejects", rejects, stdin=b"\n".join(lines) + b"\n")
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stderr
    kept = [json.loads(line) for line in rejects.read_bytes().splitlines()]
    assert [r["line"] for r in kept] == numbers
    raws = [bytes.fromhex(r["raw_hex"]) if "raw_hex" in r else r["raw"].encode() for r in kept]
    assert raws == list(bad.values())
    assert without_run(done.stdout) == without_run(run(name, stdin=b"\n".join(good) + b"\n").stdout)
    assert f"{len(lines)} records read, {len(good)} taken, {len(bad)} rejected".encode() in done.stderr


@commands("filter", "corpus")
def test_foreign_fields_keep_their_spelling(run: Run, name: str) -> None:
    lines = [line[:-1] + b"," + member + b"}" for line, member in zip(LINES, ODD_MEMBERS, strict=False)]
    done = run(name, stdin=b"\n".join(lines) + b"\n")
    assert (done.returncode, done.stderr) == (0, b"")
    for line, member, out in zip(lines, ODD_MEMBERS, done.stdout.split(b"\n"), strict=False):
        assert member in out, line


@commands(*READERS)
def test_one_long_line_and_one_long_run_of_rare_characters(run: Run, name: str) -> None:
    long = json.dumps({"id": "long", "text": "第三次会议审议通过了《决定》。" * 60_000}, ensure_ascii=False).encode()
    rare = json.dumps({"id": "rare", "text": "龘" * 100_000}, ensure_ascii=False).encode()
    done = run(name, stdin=b"\n".join([*LINES, long, rare]) + b"\n")
    wordless = {"cluster": 1, "assign": 2}.get(name)  # the rare ones
    lost = f"jmtools {name}: note: {wordless} of 18 records have no word of any topic: their topic is -1\n"
    assert (done.returncode, done.stderr.decode()) == (0, "" if wordless is None else lost)
    short = run(name, "--max-line", "0.5", stdin=b"\n".join([*LINES, long]) + b"\n")
    assert short.returncode == 65
    assert f"line {len(LINES) + 1}".encode() in short.stderr
    assert b"--max-line" in short.stderr


@commands(*READERS)
def test_whole_files_of_the_wrong_kind(run: Run, name: str, tmp_path: Path) -> None:
    packed = gzip.compress(INPUT)
    wrong = {
        "utf-16.jsonl": INPUT.decode().encode("utf-16"),
        "random.bin": bytes((i * 7919 >> 3) & 255 for i in range(100_000)),
        "torn.gz": packed[:-20],
        "bent.gz": packed[:40] + bytes([packed[40] ^ 255]) + packed[41:],
        "torn.bz2": bz2.compress(INPUT)[:-9],
        "cr.jsonl": INPUT.replace(b"\n", b"\r"),
    }
    for file, data in wrong.items():
        path = tmp_path / file
        path.write_bytes(data)
        done = run(name, path)
        assert done.returncode == 65, file
        assert str(path).encode() in done.stderr
        assert done.stderr.count(b"\n") == 1
        path.unlink()


@commands(*READERS)
def test_folders_pipes_devices_and_odd_names(run: Run, name: str, tmp_path: Path) -> None:
    expected = without_run(run(name, stdin=INPUT).stdout)
    for odd in ("a b.jsonl", "a\nb.jsonl", "新闻 '\"$(x)`.jsonl", os.fsdecode(b"\xd6\xd0\xff.jsonl")):
        path = tmp_path / odd
        path.write_bytes(INPUT)
        assert without_run(run(name, path).stdout) == expected
        path.unlink()
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    threading.Thread(target=lambda: fifo.write_bytes(INPUT), daemon=True).start()
    assert without_run(run(name, fifo).stdout) == expected
    for path in (tmp_path, Path("/proc/self/mem")):
        done = run(name, path)
        assert done.returncode == 74
        assert str(path).encode() in done.stderr
    closed = [sys.executable, "-m", "jmtools", name, *SPECS[name].arguments]
    ended = subprocess.run(
        ["bash", "-c", 'exec "$@" <&-', "bash", *closed], capture_output=True, env=ENVIRONMENT, check=False
    )
    assert ended.returncode == 74
    assert re.search(rb"<stdin>: cannot read", ended.stderr)


@commands(*READERS)
def test_output_onto_the_input_is_safe(run: Run, name: str, tmp_path: Path) -> None:
    path = tmp_path / "same.jsonl"
    path.write_bytes(INPUT)
    expected = without_run(run(name, stdin=INPUT).stdout)
    assert run(name, path, "-o", path).returncode == 0
    assert without_run(path.read_bytes()) == expected
    assert run(name, path, "--rejects", path).returncode == 2
    assert without_run(path.read_bytes()) == expected


# What must not run: code in the folder where jmtools is called, and anything that opens a connection. An audit hook
# sees every attempt of Python code; where the system lets us, the process has no network at all besides.
ALONE = """
import sys
def refuse(event, arguments):
    if event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "http")):
        sys.__stderr__.write(f"NETWORK {event} {arguments}")
        raise SystemExit(99)
sys.addaudithook(refuse)
sys.argv[0] = "jmtools"
from jmtools.cli import main
main()
"""
PAGE = "A01 要闻 2024年3月11日 星期一\n\n澜江水位上涨\n\n本报讯（记者 李小明）连日暴雨，防汛指挥部启动四级应急响应。\n"


@functools.cache
def without_network() -> tuple[str, ...]:
    """Return what runs a program in a network of its own with no way out; nothing where that is forbidden."""
    for prefix in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        with contextlib.suppress(OSError):
            if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
                return prefix
    return ()


@pytest.mark.parametrize("name", [name for name in SPECS if name != "demo"])  # demo only calls the others
def test_no_network_and_a_hostile_folder_change_nothing(name: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for module in ("json", "jieba", "rjieba", "orjson", "click", "numpy", "sitecustomize", "tabulate"):
        (here / f"{module}.py").write_text("raise SystemExit('PWNED')\n")
    (here / "jmtools.toml").write_text("not [ toml")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "words.txt").write_text("防汛指挥部\n", encoding="utf-8")
    (tmp_path / "in.jsonl").write_bytes(INPUT)
    if name == "search":
        assert run_jmtools("index", tmp_path / "found.db", tmp_path / "in.jsonl").returncode == 0
    if name == "rerun":
        manifest = ("--manifest", tmp_path / "run.json")
        assert run_jmtools("freq", tmp_path / "in.jsonl", *manifest).returncode == 0
    arguments = {
        "rerun": ("../run.json",),
        "split": ("../page.txt",),
        "read": ("../page.txt",),
        "idf": ("build", "../in.jsonl"),
        "profile": ("learn", "../page.txt"),
        "dict": ("check", "../words.txt", "../in.jsonl"),
        "config": ("show",),
        "completion": ("bash",),
        "doctor": (),
        "help": ("io",),
        "index": ("../paper.db", "../in.jsonl"),
        "search": ("会议", "../found.db"),
        "show": ("r00", "../in.jsonl"),
    }.get(name, (*SPECS[name].arguments, "../in.jsonl"))
    done = subprocess.run(
        [*without_network(), sys.executable, "-P", "-c", ALONE, name, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=here,
        env={**ENVIRONMENT, "HOME": "/nonexistent", "TMPDIR": "/proc", "TERM": "dumb", "COLUMNS": "0"},
        check=False,
    )
    assert b"NETWORK" not in done.stderr
    assert b"PWNED" not in done.stdout + done.stderr
    assert done.returncode == 0 or (name, done.returncode) == ("doctor", 66)  # it may call such an environment sick
    assert done.stderr == b""
    assert done.stdout


def test_the_guard_against_the_network_sees_a_connection() -> None:
    code = ALONE.replace(
        "from jmtools.cli import main\nmain()", "import socket\nsocket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"NETWORK socket" in done.stderr
