"""Measure what every command takes to start: `bench_startup.py [COMMAND…] [--rounds 9] [--imports] [--write]`.

Each command runs on an empty input, and with `--help`. Reported is the CPU time of the whole process (user and system),
the least of all rounds, since whatever else the machine does can only add to it; in each round all commands run in
turn. `--imports` names the modules that cost most instead. `--write` writes the table into docs/benchmarks/speed.md.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
TARGET = ROOT / "docs" / "benchmarks" / "speed.md"
WANTED = 0.12  # seconds of CPU
RULES = str(ROOT / "tests" / "data" / "rules.txt")
MODEL = str(ROOT / "tests" / "data" / "topics")
# What each command needs beside its input; `{}` is a folder that is new at each run.
ARGUMENTS = {
    "read": (),
    "split": (),
    "profile": ("learn", "/dev/null", "-o", "{}/profile.json"),
    "normalize": (),
    "select": ("date >= 2024-01-01",),
    "dedupe": (),
    "index": ("{}/archive.db",),
    "watch": (RULES,),
    "segment": (),
    "dict": ("check", "/dev/null"),
    "newwords": (),
    "keywords": (),
    "keywords --method tfidf": ("--method", "tfidf"),
    "idf": ("build", "-o", "{}/idf.tsv"),
    "cluster": (),
    "assign": ("--allow-mixed", "--model", MODEL),
    "summary": (),
    "freq": (),
    "keyness": ("--target-where", 'page = "A01"', "--reference-where", 'page != "A01"'),
    "collocates": ("会议",),
    "kwic": ("会议",),
    "cooc": (),
    "trend": ("--term", "会议"),
    "table": (),
    "report": (),
    "convert": ("--to", "csv"),
    "check": (),
    "config": ("show",),
    "completion": ("bash",),
    "doctor": (),
}
FEW = {"doctor"}  # runs whose time does not depend on imports alone: it tries what is installed


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", help="names of commands; none is all")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--imports", action="store_true", help="name the modules that take longest")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    chosen = {name: call(name) for name in ARGUMENTS if not options.commands or name.split()[0] in options.commands}
    if options.imports:
        for name, command in chosen.items():
            print(name, *slowest_imports(command), sep="\n  ")
        return
    rows = table(chosen, options.rounds)
    print(*rows, sep="\n")
    if options.write:
        write(rows)


def call(name: str) -> list[str]:
    """Return the command line of a row of the table."""
    return [PYTHON, "-m", "jmtools", name.split()[0], *ARGUMENTS[name]]


def table(commands: dict[str, list[str]], rounds: int) -> list[str]:
    """Return the rows of the table, floors first."""
    floors = {"`python -c pass`": [PYTHON, "-c", "pass"], "`import click`": [PYTHON, "-c", "import click"]}
    version = {"`jmtools --version`": [PYTHON, "-m", "jmtools", "--version"]}
    helps = {name: [*command[:4], "--help"] for name, command in commands.items() if " " not in name}
    runs = [*floors.values(), *version.values(), *commands.values(), *helps.values()]
    least = [min(times) for times in zip(*([cpu(run) for run in runs] for _ in range(rounds)), strict=True)]
    named = dict(zip([*floors, *version, *commands, *(f"{name} --help" for name in helps)], least, strict=True))
    rows = ["| | CPU s, empty input | CPU s, `--help` |", "| --- | --- | --- |"]
    rows += [f"| {name} | {named[name]:.3f} | |" for name in (*floors, *version)]
    for name in commands:
        shown = f"{named[name]:.3f}" if named[name] <= WANTED or name in FEW else f"**{named[name]:.3f}**"
        helped = f"{named[f'{name} --help']:.3f}" if name in helps else ""
        rows.append(f"| {name} | {shown} | {helped} |")
    return rows


def cpu(command: list[str]) -> float:
    """Return the seconds of CPU of one run on an empty input."""
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "r+b") as nothing:
        full = [argument.replace("{}", folder) for argument in command]
        process = subprocess.Popen(full, stdin=nothing, stdout=nothing, stderr=nothing, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(f"{command[3:]}: exit {process.returncode}", file=sys.stderr)
    return usage.ru_utime + usage.ru_stime


def slowest_imports(command: list[str], count: int = 15) -> list[str]:
    """Return the modules that took longest by themselves, and their milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        full = [PYTHON, "-X", "importtime", *(argument.replace("{}", folder) for argument in command[1:])]
        done = subprocess.run(full, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment())
    found = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", done.stderr)
    return [f"{int(own) / 1000:6.1f} {name}" for own, name in sorted(found, key=lambda f: -int(f[0]))[:count]]


def environment() -> dict[str, str]:
    """Return the environment in which the product runs."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled
    return variables


def write(rows: list[str]) -> None:
    """Put the table into the page."""
    begin, end = "<!-- start-up -->", "<!-- end of start-up -->"
    before, _, rest = TARGET.read_text("utf-8").partition(begin)
    TARGET.write_text(before + "\n".join([begin, *rows, end]) + rest.partition(end)[2], "utf-8")


if __name__ == "__main__":
    main()
