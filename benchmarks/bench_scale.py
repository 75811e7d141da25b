"""Measure a cluster of two workers on this machine beside two processes: `bench_scale.py [--mb 100] [--rounds 3]`.

Each round runs a command with `--jobs 2` and then with `--scheduler`, on the same input, filters into a folder of
parts. The bytes must be the same. Reported are medians over the rounds of the ratio of the times, wall and CPU (that of
the driver and its workers, the scheduler's left out); 1 is the speed of two processes, 0.7 is wanted. The first
round is not counted: in it the workers load their dictionary, as they do once in their life.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from run import HERE, JMTOOLS, corpus_of, environment, shown

GOAL = 0.7
CASES = {
    "segment": ("segment",),
    "keywords --method tfidf": ("keywords", "--method", "tfidf"),
    "keywords": ("keywords",),
    "keywords --idf corpus": ("keywords", "--method", "tfidf", "--idf", "corpus"),
    "freq": ("freq",),
}
REPORTS = ("freq",)


def main() -> None:
    """Start a cluster and run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help=f"among {', '.join(CASES)}; none is all")
    parser.add_argument("--mb", type=float, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    corpus = corpus_of(options.mb)
    shown("| | `--jobs 2` s | cluster s | speed of the cluster | by CPU time | wanted | same bytes |")
    shown("| --- | --- | --- | --- | --- | --- | --- |")
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0, silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        for name, command in CASES.items():
            if not options.cases or name in options.cases:
                compare(name, command, corpus, client, options.rounds)


def compare(name: str, command: tuple[str, ...], corpus: Path, client: Any, rounds: int) -> None:
    """Run one command both ways and show its row."""
    far = ("--scheduler", client.scheduler.address)
    pairs, same = [], True
    for _ in range(rounds + 1):
        near = timed([*JMTOOLS, *command, str(corpus), "--jobs", "2"], name in REPORTS, lambda: 0.0)
        away = timed([*JMTOOLS, *command, str(corpus), *far], name in REPORTS, lambda: worker_seconds(client))
        pairs.append((near, away))
        same = same and near[2] == away[2]
    pairs = pairs[1:]
    wall = statistics.median(near[0] / away[0] for near, away in pairs)
    cpu = statistics.median(near[1] / away[1] for near, away in pairs)
    seconds = [statistics.median(pair[side][0] for pair in pairs) for side in (0, 1)]
    numbers = f"{seconds[0]:.1f} | {seconds[1]:.1f} | **{wall:.2f}** | {cpu:.2f} | {GOAL}"
    shown(f"| {name} | {numbers} | {'yes' if same else 'NO'} |")


def timed(command: list[str], to_stdout: bool, elsewhere: Callable[[], float]) -> tuple[float, float, str]:
    """Run a command; return seconds of wall and of CPU time, and a hash of what it wrote."""
    import resource

    folder = tempfile.mkdtemp(dir=HERE / "out")
    try:
        place = [] if to_stdout else ["-o", f"{folder}/out/"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        other, start = elsewhere(), time.perf_counter()
        with (Path(folder) / "stdout").open("wb") as stdout:
            subprocess.run([*command, *place], stdout=stdout, env=environment(), check=True)
        wall, other = time.perf_counter() - start, elsewhere() - other
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        digest = hashlib.sha256()
        for path in [Path(folder) / "stdout", *sorted((Path(folder) / "out").glob("part-*"))]:
            digest.update(path.read_bytes())
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return wall, own + other, digest.hexdigest()
    finally:
        shutil.rmtree(folder)


def worker_seconds(client: Any) -> float:
    """Return the CPU seconds that the workers have taken in their lives."""
    return float(sum(client.run(time.process_time).values()))


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent / "src"))
    main()
