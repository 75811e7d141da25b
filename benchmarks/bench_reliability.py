"""What jmtools, jq, Miller and csvkit do with bad input and broken outputs, for docs/benchmarks/reliability.md.

Usage: python benchmarks/bench_reliability.py [--jmtools CMD] [--jq CMD] [--mlr CMD] [--in2csv CMD]

Each tool copies records: `jmtools select`, `jq -c .`, `mlr --ijsonl --ojsonl cat`, `in2csv -f ndjson`. A tool that is
not installed is left out.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 60


def record(number: int, more: bytes = b"") -> bytes:
    """Return a line."""
    return b'{"id":"r%d","text":"' % number + "澜江水位上涨".encode() + b'"' + more + b"}\n"


GOOD = [record(number) for number in range(1, 6)]


@dataclass(frozen=True)
class Case:
    """One input or fault.

    Attributes:
        name: As the table calls it.
        data: The input.
        keeps: What must be in the output for the record to be kept; empty for what cannot be kept.
        line: Of what is bad; 0 where nothing is.
        redirect: What the shell does with the descriptors.
        file: Name of the input, where it is not standard input.
    """

    name: str
    data: bytes = b"".join(GOOD)
    keeps: bytes = b""
    line: int = 0
    redirect: str = ""
    file: str = ""


def bad(name: str, line: bytes) -> Case:
    """Return a case with a bad third line."""
    return Case(name, b"".join([*GOOD[:2], line + b"\n", *GOOD[2:]]), line=3)


def keep(name: str, member: bytes) -> Case:
    """Return a case with a member that is to be kept as it is spelled."""
    return Case(name, record(1, b"," + member), keeps=member.split(b":", 1)[1])


CASES = (
    bad("not JSON in line 3", b'{"id":"x","text":"broken'),
    bad("a log line as line 3", b"2026-11-23 WARN something odd"),
    bad("invalid UTF-8 in line 3", b'{"id":"x","text":"abc\xff"}'),
    bad("GBK in line 3", '{"id":"x","text":"中国人民银行"}'.encode("gbk")),
    bad("a raw NUL in line 3", b'{"id":"x","text":"a\x00b"}'),
    bad("half a surrogate pair in line 3", b'{"id":"x","text":"a\\ud800b"}'),
    bad("NaN in line 3", b'{"id":"x","text":"a","n":NaN}'),
    bad("1e999 in line 3", b'{"id":"x","text":"a","n":1e999}'),
    Case("the file ends in the middle of line 5", b"".join(GOOD)[:-20], line=5),
    keep("2^53 + 1", b'"n":9007199254740993'),
    keep("2^64 + 1", b'"n":18446744073709551617'),
    keep("30 digits", b'"n":123456789012345678901234567890'),
    keep("1.10", b'"n":1.10'),
    keep("1E5", b'"n":1E5'),
    keep("a duplicate key", b'"k":1,"k":2'),
    keep("an empty key", b'"":1'),
    keep("300 arrays deep", b'"n":' + b"[" * 300 + b"]" * 300),
    Case("a byte order mark", b"\xef\xbb\xbf" + b"".join(GOOD), keeps=b"r1"),
    Case("Windows line ends", b"".join(GOOD).replace(b"\n", b"\r\n"), keeps=b"r5"),
    Case("output to a full disk", redirect=">/dev/full"),
    Case("standard output closed", redirect=">&-"),
    Case("standard input closed", redirect="<&-"),
    Case("a missing file with an escape in its name", file="no\x1b[31m.jsonl"),
    Case("a folder as input", file="."),
)
TOLD = ("told", "told, line", "kept")


def verdict(case: Case, done: subprocess.CompletedProcess[bytes]) -> str:
    """Say in a word what happened; what is silent or wrong is in bold."""
    if b"Traceback" in done.stderr:
        return "**traceback**"
    if b"\x1b" in done.stderr:
        return "**escape shown**"
    if case.keeps and case.keeps in done.stdout:
        return "kept" if done.returncode == 0 else "**kept, but failed**"
    if done.returncode == 0:
        return "**said nothing**" if not done.stderr else "**said, exit 0**"
    if not done.stderr:
        return "**no message**"
    if case.line:
        return "told, line" if re.search(rb"(line |:)%d\b" % case.line, done.stderr) else "told, no line"
    return "told" if not case.keeps else "refused"


def run(case: Case, command: Sequence[str], folder: Path) -> str:
    """Run a tool on a case and judge it."""
    (folder / "in").write_bytes(case.data)
    call = shlex.join([*command, *([case.file] if case.file else [])])
    source = "" if case.file or "<&-" in case.redirect else "<in"
    shell = ["bash", "-c", f"{call} {source} {case.redirect}"]
    try:
        done = subprocess.run(shell, capture_output=True, cwd=folder, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "**hung**"
    if case.keeps and b'r1"' not in done.stdout.replace(b"r1,", b'r1"') and done.returncode == 0:
        return "**lost**"
    found = verdict(case, done)
    return "**altered**" if case.keeps and found == "**said nothing**" else found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jmtools", default=f"{sys.executable} -m jmtools")
    parser.add_argument("--jq", default="jq")
    parser.add_argument("--mlr", default="mlr")
    parser.add_argument("--in2csv", default="in2csv")
    options = parser.parse_args()
    rest: dict[str, tuple[str, list[str]]] = {
        "jmtools": (options.jmtools, ["select", 'text ~ "."']),
        "jq": (options.jq, ["-c", "."]),
        "Miller": (options.mlr, ["--ijsonl", "--ojsonl", "cat"]),
        "csvkit": (options.in2csv, ["-f", "ndjson"]),
    }
    tools = {name: [*shlex.split(c), *more] for name, (c, more) in rest.items() if shutil.which(shlex.split(c)[0])}
    right: dict[str, int] = dict.fromkeys(tools, 0)
    print("| case | " + " | ".join(tools) + " |\n" + "| --- " * (len(tools) + 1) + "|")
    with TemporaryDirectory(prefix="jmtools-bench-") as folder:
        for case in CASES:
            found = {name: run(case, command, Path(folder)) for name, command in tools.items()}
            for name, word in found.items():
                right[name] += word in TOLD
            print(f"| {case.name} | " + " | ".join(found.values()) + " |", flush=True)
    print("| told with its line, or kept | " + " | ".join(f"{n} of {len(CASES)}" for n in right.values()) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
