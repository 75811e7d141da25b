"""Measure the speed and memory of every command against its peer: `run.py [CASE…] [--mb 10] [--rounds 3]`.

Each round runs peer and product one after the other on the same input; what is reported is the median of the ratios
of wall time, the ratio of CPU time, and the largest resident memory. The tables go to docs/benchmarks/speed.md.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import make

HERE = Path(__file__).parent
OUT = HERE / "out"
PYTHON = sys.executable
JMTOOLS = [PYTHON, "-m", "jmtools"]
TARGET = HERE.parent / "docs" / "benchmarks" / "speed.md"


@dataclass(frozen=True)
class Case:
    """One claim: a product command against a peer script on the same input."""

    name: str
    peer: tuple[str, ...]
    product: tuple[str, ...]
    goal: float
    lines: int | None = None


TFIDF = ("keywords", "--method", "tfidf")
CASES = (
    Case("keywords tfidf, background idf", ("keywords_jieba.py",), (*TFIDF, "--idf", "background"), 10),
    Case("the same, 2 jobs", ("keywords_jieba.py",), (*TFIDF, "--idf", "background", "--jobs", "2"), 19),
    Case("keywords, default method", ("keywords_jieba.py",), ("keywords",), 4),
    Case("the same, 2 jobs", ("keywords_jieba.py",), ("keywords", "--jobs", "2"), 7.5),
    Case("keywords tfidf, corpus idf", ("keywords_sklearn.py",), (*TFIDF, "--idf", "corpus"), 10),
    Case("freq", ("freq_jieba.py",), ("freq",), 12),
    Case("the same, 2 jobs", ("freq_jieba.py",), ("freq", "--jobs", "2"), 22),
    Case("cluster, 10,000 articles", ("cluster_sklearn.py", "10"), ("cluster", "-k", "10"), 5, lines=10_000),
)


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds of wall time and of CPU, MiB of resident memory."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Run the cases and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="parts of case names; none is all")
    parser.add_argument("--mb", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    corpus = corpus_of(options.mb)
    rows = [
        "| | peer s | jmtools s | times as fast (median) | CPU ratio | MiB peer | MiB jmtools | goal |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(rows), flush=True)
    for case in CASES:
        if not options.cases or any(part in case.name for part in options.cases):
            rows.append(row(case, corpus, options.rounds))
            print(rows[-1], flush=True)
    if options.write:
        write(rows, options.mb, options.rounds)


def corpus_of(megabytes: float) -> Path:
    """Return the corpus of a size, made if it is not there."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"corpus-{megabytes:g}.jsonl"
    if not path.exists():
        make(megabytes, path)
    return path


def row(case: Case, corpus: Path, rounds: int) -> str:
    """Measure a case and return its line of the table."""
    if case.lines is not None:
        corpus = head(case.lines)
    pairs = []
    for _ in range(rounds):
        peer = cost([PYTHON, str(HERE / "peers" / case.peer[0]), *case.peer[1:]], corpus)
        pairs.append((peer, cost([*JMTOOLS, *case.product], corpus)))
    wall = statistics.median(a.wall / b.wall for a, b in pairs)
    cpu = statistics.median(a.cpu / b.cpu for a, b in pairs)
    peers, ours = [a for a, _ in pairs], [b for _, b in pairs]
    seconds = [statistics.median(c.wall for c in side) for side in (peers, ours)]
    memory = [max(c.memory for c in side) for side in (peers, ours)]
    cells = [f"{seconds[0]:.2f}", f"{seconds[1]:.2f}", f"**{wall:.1f}**", f"{cpu:.1f}"]
    return f"| {case.name} | {' | '.join(cells)} | {memory[0]:.0f} | {memory[1]:.0f} | {case.goal:g} |"


def cost(command: list[str], source: Path) -> Cost:
    """Run a command on standard input and return what it took; the memory of workers is not in its own."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src"), "OMP_NUM_THREADS": "1"}
    with source.open("rb") as stdin:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def head(lines: int) -> Path:
    """Return the first lines of a corpus as a file of its own."""
    path = OUT / f"head-{lines}.jsonl"
    if not path.exists():
        source = corpus_of(max(1, lines / 500))
        with source.open("rb") as file:
            path.write_bytes(b"".join(line for line, _ in zip(file, range(lines), strict=False)))
    return path


def write(rows: list[str], megabytes: float, rounds: int) -> None:
    """Write the page with the table."""
    versions = {name: importlib.metadata.version(name) for name in ("jieba", "rjieba", "scikit-learn", "orjson")}
    setting = ", ".join(f"{name} {version}" for name, version in versions.items())
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(
        f"# Speed\n\n`python benchmarks/run.py --mb {megabytes:g} --rounds {rounds} --write` wrote this table: "
        f"{megabytes:g} MB of articles that `benchmarks/corpus.py` makes, peer and product alternating, medians of "
        f"{rounds} rounds. Python {platform.python_version()}, {os.cpu_count()} cores, {setting}. "
        "Start-up is included on both sides.\n\n" + "\n".join(rows) + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
