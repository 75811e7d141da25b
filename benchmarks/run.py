"""Measure speed and memory against peers: `run.py [CASE…] [--mb 10] [--rounds 3] [--write]`.

Each round runs a peer and then every product command that is compared with it, one after the other, on the same input.
Reported are medians over the rounds: of the ratios of wall time, and of CPU time (workers counted), which other users
of the machine disturb less. `--write` writes docs/benchmarks/speed.md; without it the tables go to the terminal only.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE / "out"
PYTHON = sys.executable
JMTOOLS = [PYTHON, "-m", "jmtools"]
TARGET = HERE.parent / "docs" / "benchmarks" / "speed.md"


@dataclass(frozen=True)
class Case:
    """One claim: a product command against a peer on the same input, and how many times as fast it is to be."""

    name: str
    product: tuple[str, ...]
    goal: float


@dataclass(frozen=True)
class Group:
    """A peer and what is compared with it."""

    peer: tuple[str, ...]
    cases: tuple[Case, ...]
    lines: int | None = None


TFIDF = ("keywords", "--method", "tfidf")
TWO = ("--jobs", "2")
GROUPS = (
    Group(
        ("keywords_jieba.py",),
        (
            Case("keywords tfidf, background idf", (*TFIDF, "--idf", "background"), 35),
            Case("keywords tfidf, background idf, 2 jobs", (*TFIDF, "--idf", "background", *TWO), 60),
            Case("keywords, default method", ("keywords",), 14),
            Case("keywords, default method, 2 jobs", ("keywords", *TWO), 20),
        ),
    ),
    Group(("keywords_sklearn.py",), (Case("keywords tfidf, corpus idf", (*TFIDF, "--idf", "corpus"), 25),)),
    Group(("freq_jieba.py",), (Case("freq", ("freq",), 40), Case("freq, 2 jobs", ("freq", *TWO), 60))),
    Group(("cluster_sklearn.py", "10"), (Case("cluster, 10,000 articles", ("cluster", "-k", "10"), 8),), lines=10_000),
)
STREAMS = (("segment",), ("keywords",), TFIDF)
# What streams, with its memory at several sizes; `split` reads the pages of `seeds/`, again and again.
FLAT = (
    *STREAMS,
    ("split",),
    ("normalize",),
    ("select", 'page = "A01"'),
    ("kwic", "经济"),
    ("assign", "--allow-mixed", "--model", str(HERE.parent / "tests" / "data" / "topics")),
)
SLOW = {"split": 100}  # MB that it is not asked to go past: a gigabyte takes a quarter of an hour
PAGE = HERE.parent / "seeds" / "ljrb-20240311-A01.txt"
PAGE_GOAL = 0.6
CEILING = """
import sys, time
import orjson, rjieba
rjieba.cut("")
spent = 0.0
for line in sys.stdin.buffer:
    record = orjson.loads(line)
    text = (record.get("headline") or "") + chr(10) + record["text"]
    start = time.process_time()
    rjieba.cut(text)
    spent += time.process_time() - start
print(spent, file=sys.stderr)
"""


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds of wall time and of CPU, MB (10^6 bytes) of resident memory."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Run what is asked for and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="parts of names of cases, or ceiling, memory, one page; none is all")
    parser.add_argument("--mb", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory-mb", type=float, nargs="+", default=[1, 10])
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    tables = [
        list(speed(options.cases, options.mb, options.rounds)),
        list(ceiling(options.mb, options.rounds)) if wanted("ceiling", options.cases) else [],
        list(memory(options.memory_mb)) if wanted("memory", options.cases) else [],
        list(one_page(3 * options.rounds)) if wanted("one page", options.cases) else [],
    ]
    if options.write:
        write(tables, options.mb, options.rounds)


def wanted(name: str, parts: list[str]) -> bool:
    """Tell whether a table or a case was asked for."""
    return not parts or any(part in name for part in parts)


def shown(row: str) -> str:
    """Print a row as soon as it is known, and return it."""
    print(row, flush=True)
    return row


def corpus_of(megabytes: float) -> Path:
    """Return the corpus of a size, made if it is not there."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"corpus-{megabytes:g}.jsonl"
    if not path.exists():
        # In a process of its own: a child's largest memory begins with that of the process that starts it.
        subprocess.run([PYTHON, HERE / "corpus.py", str(megabytes), path], check=True)
    return path


def speed(parts: list[str], megabytes: float, rounds: int) -> Iterator[str]:
    """Yield the table of the peers."""
    yield shown("| | peer s | jmtools s | times as fast | by CPU time | MB peer | MB jmtools | wanted |")
    yield shown("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for group in GROUPS:
        cases = [case for case in group.cases if wanted(case.name, parts)]
        if cases:
            corpus = corpus_of(megabytes) if group.lines is None else head(group.lines)
            costs = measured(group.peer, cases, corpus, rounds)
            for case in cases:
                yield shown(row(case, costs))


def measured(peer: tuple[str, ...], cases: list[Case], corpus: Path, rounds: int) -> dict[str, list[Cost]]:
    """Return what the peer (under "") and each case took, round by round."""
    costs: dict[str, list[Cost]] = defaultdict(list)
    for _ in range(rounds):
        costs[""].append(cost([PYTHON, str(HERE / "peers" / peer[0]), *peer[1:]], corpus))
        for case in cases:
            costs[case.name].append(cost([*JMTOOLS, *case.product], corpus))
    return costs


def row(case: Case, costs: dict[str, list[Cost]]) -> str:
    """Return the line of a case in the table."""
    pairs = list(zip(costs[""], costs[case.name], strict=True))
    seconds = [statistics.median(cost.wall for cost in side) for side in zip(*pairs, strict=True)]
    wall = statistics.median(a.wall / b.wall for a, b in pairs)
    cpu = statistics.median(a.cpu / b.cpu for a, b in pairs)
    most = [max(cost.memory for cost in side) for side in zip(*pairs, strict=True)]
    numbers = f"{seconds[0]:.1f} | {seconds[1]:.2f} | **{wall:.1f}** | {cpu:.1f} | {most[0]:.0f} | {most[1]:.0f}"
    return f"| {case.name} | {numbers} | {case.goal:g} |"


def ceiling(megabytes: float, rounds: int) -> Iterator[str]:
    """Yield how much of a pass is the segmenter alone."""
    corpus = corpus_of(megabytes)
    yield shown("| | CPU s | of it rjieba.cut |")
    yield shown("| --- | --- | --- |")
    for case in (("segment",), TFIDF, ("keywords",), ("freq",)):
        empty, whole, cut = [], [], []
        for _ in range(rounds):
            empty.append(cost([*JMTOOLS, *case], Path(os.devnull)).cpu)
            whole.append(cost([*JMTOOLS, *case], corpus).cpu)
            with corpus.open("rb") as stdin:
                done = subprocess.run([PYTHON, "-c", CEILING], stdin=stdin, stderr=subprocess.PIPE, check=True)
            cut.append(float(done.stderr))
        total, start, inner = (statistics.median(numbers) for numbers in (whole, empty, cut))
        share = f"{inner / (total - start):.0%} of the pass, {inner / total:.0%} with start-up"
        yield shown(f"| {' '.join(case)} | {total:.2f}, {start:.2f} of them start-up | {inner:.2f}: {share} |")


def memory(sizes: list[float]) -> Iterator[str]:
    """Yield the largest resident memory of the commands that stream."""
    yield shown("| MB resident | " + " | ".join(f"{size:g} MB" for size in sizes) + " |")
    yield shown("| --- |" + " --- |" * len(sizes))
    for case in FLAT:
        source = pages_of if case[0] == "split" else corpus_of
        asked = [size for size in sizes if size <= SLOW.get(case[0], size)]
        found = [f"{cost([*JMTOOLS, *case], source(size)).memory:.0f}" for size in asked]
        found += ["–"] * (len(sizes) - len(found))
        yield shown(f"| {' '.join(case).replace(str(HERE.parent) + os.sep, '')} | " + " | ".join(found) + " |")


def one_page(rounds: int) -> Iterator[str]:
    """Yield what a pipe over one page takes beside the peer, which is given the articles of that page."""
    articles = OUT / "one-page.jsonl"
    OUT.mkdir(exist_ok=True)
    pipe = ([*JMTOOLS, "split", str(PAGE)], [*JMTOOLS, "keywords"])
    with articles.open("wb") as target:
        subprocess.run(pipe[0], stdout=target, env=environment(), check=True)
    peer = [PYTHON, str(HERE / "peers" / "keywords_jieba.py")]
    pairs = [(cost(peer, articles), cost(pipe[0], Path(os.devnull), pipe[1])) for _ in range(rounds)]
    wall, cpu = (statistics.median(getattr(b, name) / getattr(a, name) for a, b in pairs) for name in ("wall", "cpu"))
    seconds = [statistics.median(cost.wall for cost in side) for side in zip(*pairs, strict=True)]
    yield shown("| | peer s | jmtools s | of the peer's time | by CPU time | wanted, at most |")
    yield shown("| --- | --- | --- | --- | --- | --- |")
    name = f"`split PAGE \\| keywords`, {len(articles.read_bytes().splitlines())} articles"
    yield shown(f"| {name} | {seconds[0]:.2f} | {seconds[1]:.2f} | **{wall:.2f}** | {cpu:.2f} | {PAGE_GOAL} |")


def cost(command: list[str], source: Path, then: list[str] | None = None) -> Cost:
    """Run a command on standard input, and another on its output, and return what it took.

    CPU time is that of both and of their workers, memory that of the larger of them without its workers.
    """
    usages = []
    with source.open("rb") as stdin:
        start = time.perf_counter()
        first = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE if then else subprocess.DEVNULL, env=environment()
        )
        processes = [first]
        if then and first.stdout:
            processes.append(subprocess.Popen(then, stdin=first.stdout, stdout=subprocess.DEVNULL, env=environment()))
            first.stdout.close()
        for process in processes:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
            usages.append(usage)
        wall = time.perf_counter() - start
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Cost(wall, cpu, max(usage.ru_maxrss for usage in usages) * 1024 / 1e6)


def environment() -> dict[str, str]:
    """Return the environment in which product and peers run."""
    variables = {**os.environ, "PYTHONPATH": str(HERE.parent / "src"), "OMP_NUM_THREADS": "1"}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled, and so are the peers'
    return variables


def pages_of(megabytes: float) -> Path:
    """Return page records of a size, made if they are not there."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"pages-{megabytes:g}.jsonl"
    if not path.exists():
        # The pages of one issue: they are in UTF-8, others are not.
        texts = [page.read_text("utf-8") for page in sorted(PAGE.parent.glob(f"{PAGE.stem[:-2]}*.txt"))]
        lines = [json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n" for text in texts]
        with path.open("wb") as file:
            while file.tell() < megabytes * 1e6:
                file.writelines(lines)
    return path


def head(lines: int) -> Path:
    """Return the first lines of a corpus as a file of its own."""
    path = OUT / f"head-{lines}.jsonl"
    if not path.exists():
        source = corpus_of(max(1, lines / 500))
        with source.open("rb") as file:
            path.write_bytes(b"".join(line for line, _ in zip(file, range(lines), strict=False)))
    return path


def write(tables: list[list[str]], megabytes: float, rounds: int) -> None:
    """Put the tables into the page, each after its heading, and leave what people wrote there."""
    versions = {name: importlib.metadata.version(name) for name in ("jieba", "rjieba", "scikit-learn", "orjson")}
    setting = ", ".join(f"{name} {version}" for name, version in versions.items())
    first = (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f} at the end, "
        f"Python {platform.python_version()}, {setting}; {megabytes:g} MB, {rounds} rounds."
    )
    page = TARGET.read_text("utf-8")
    for name, rows in zip(("setting", "speed", "ceiling", "memory", "one page"), ([first], *tables), strict=True):
        if len(rows) > 2 or name == "setting":
            begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
            before, _, rest = page.partition(begin)
            page = before + "\n".join([begin, *rows, end]) + rest.partition(end)[2]
    TARGET.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
