"""Measure `cluster` on labelled records: `bench_cluster.py GOLD.jsonl… [--peers PYTHON] [--out DIR] [--write]`.

With `--read K` it prints K topics of each set as an editor sees them, for the reading in docs/benchmarks/cluster.md;
with `--vectors FIELD` the product uses the vectors that the records bring.

GOLD has `id`, `text` and `label`. The product runs with the number of labels, with five seeds and every method, and
with `-k auto`; the peers (benchmarks/peers/topics.py) run under PYTHON, an interpreter that has jieba, scikit-learn,
tomotopy and BERTopic; what DIR has already of theirs is not made again. NMI, ARI, ACC are over all records; coherence
is the mean NPMI of the pairs of the top ten terms over the records as jieba cuts them, diversity the share of these
terms that stand in one topic only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.metrics.cluster import contingency_matrix

from jmtools.words.reader import SegmentOptions, WordReader

HERE = Path(__file__).parent
TARGET = HERE.parent / "docs" / "benchmarks" / "cluster.md"
BEGIN, END = "<!-- table -->\n", "<!-- end -->\n"
HEAD = "| set | tool | topics | NMI | ARI | ACC | coherence | diversity | CPU s |"
PEERS = ("kmeans", "nmf", "lda", "tomotopy", "bertopic")
METHODS = ("nmf", "lda", "density", "communities")


def main() -> None:
    """Run everything and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--peers", help="interpreter for the peers; none leaves them out")
    parser.add_argument("--out", type=Path, default=HERE / "out" / "topics")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--methods", choices=["all", "default"], default="all", help="default: no other --method")
    parser.add_argument("--vectors", metavar="FIELD", help="vectors of the records, taken beside the words")
    parser.add_argument("--read", metavar="K", type=int, help="only print K topics of each set")
    parser.add_argument("--write", action="store_true", help=f"put the table into {TARGET.name}")
    options = parser.parse_args()
    if options.read:
        for gold in options.gold:
            print("\n".join(reading(gold, options.out / gold.stem, options.read)))
        return
    rows = [HEAD, "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    print("\n".join(rows), flush=True)
    for gold in options.gold:
        for row in rows_of(gold, options):
            rows.append(row)
            print(row, flush=True)
    if options.write:
        before, _, rest = TARGET.read_text("utf-8").partition(BEGIN)
        TARGET.write_text(before + BEGIN + "\n".join(rows) + "\n" + END + rest.partition(END)[2], "utf-8")


def rows_of(gold: Path, options: argparse.Namespace) -> list[str]:
    """Return the rows of one set."""
    truth = {r["id"]: r["label"] for r in map(json.loads, gold.read_text("utf-8").splitlines())}
    k, folder = len(set(truth.values())), options.out / gold.stem
    rows = []
    if options.peers:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
        script = str(HERE / "peers" / "topics.py")
        subprocess.run([options.peers, script, str(gold), str(k), str(folder)], check=True, env=environment)
    words = folder / "words.json"
    docs = [set(doc) for doc in json.loads(words.read_text("utf-8"))] if words.exists() else words_of(gold)
    more = ("--vectors", options.vectors) if options.vectors else ()
    for name in PEERS:
        if (folder / f"{name}.jsonl").exists():
            terms = json.loads((folder / f"{name}.terms.json").read_text("utf-8"))
            rows.append(line(gold.stem, name, [score(truth, folder / f"{name}.jsonl")], terms, docs, None))
    seeds = [product(gold, folder, "-k", str(k), "--seed", str(seed), *more) for seed in range(options.seeds)]
    name = f"**jmtools cluster**, mean of {options.seeds} seeds"
    rows.append(line(gold.stem, name, [score(truth, s[0]) for s in seeds], seeds[0][1], docs, seeds[0][2]))
    methods = METHODS if options.methods == "all" else ()
    for extra in (("-k", "auto"), *(("-k", str(k), "--method", method) for method in methods)):
        path, terms, cpu = product(gold, folder, *extra, *more)
        rows.append(line(gold.stem, "jmtools " + " ".join(extra[-2:]), [score(truth, path)], terms, docs, cpu))
    return rows


def words_of(gold: Path) -> list[set[str]]:
    """Return the words of each record, as the product segments them."""
    reader = WordReader(SegmentOptions())
    return [set(reader.tokens(json.loads(row))) for row in gold.read_text("utf-8").splitlines()]


def reading(gold: Path, folder: Path, k: int) -> list[str]:
    """Return the topics as rows of a table: label, size, terms."""
    product(gold, folder, "-k", str(k))
    records = map(json.loads, (folder / "jmtools.topics.jsonl").read_text("utf-8").splitlines())
    rows = [f"| {r['label']} | {r['size']} | {' '.join(t['term'] for t in r['terms'])} |" for r in records]
    return ["| label | records | terms |", "| --- | --- | --- |", *rows]


def product(gold: Path, folder: Path, *options: str) -> tuple[Path, list[list[str]], float]:
    """Run the product; return its records, the top terms of its topics and its CPU seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    out, topics = folder / "jmtools.jsonl", folder / "jmtools.topics.jsonl"
    command = [sys.executable, "-m", "jmtools", "cluster", *options, "--topics", str(topics), "-o", str(out), str(gold)]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
    records = [json.loads(row) for row in topics.read_text("utf-8").splitlines()]
    kept = out.with_name("jmtools-" + "-".join(o.strip("-") for o in options) + ".jsonl")
    out.replace(kept)
    return kept, [[t["term"] for t in record["terms"]] for record in records], usage.ru_utime + usage.ru_stime


def score(truth: dict[str, str], path: Path) -> dict[str, float]:
    """Return NMI, ARI, ACC and the number of topics."""
    found = {r["id"]: r["topic"] for r in map(json.loads, path.read_text("utf-8").splitlines())}
    y, z = list(truth.values()), [found[identity] for identity in truth]
    table = contingency_matrix(y, z)
    rows, columns = linear_sum_assignment(-table)
    return {
        "NMI": float(normalized_mutual_info_score(y, z)),
        "ARI": float(adjusted_rand_score(y, z)),
        "ACC": float(table[rows, columns].sum() / len(y)),
        "topics": len(set(z) - {-1}),
        "outliers": z.count(-1) / len(z),
    }


def line(
    data: str, name: str, scores: list[dict[str, float]], terms: list[list[str]], docs: list[set[str]], cpu: Any
) -> str:
    """Return a row of the table."""
    cells = [data, name]
    topics, outliers = scores[0]["topics"], scores[0]["outliers"]
    cells.append(f"{topics}" + (f", {outliers:.0%} outliers" if outliers > 0.001 else ""))
    for key in ("NMI", "ARI", "ACC"):
        values = [s[key] for s in scores]
        spread = f" ± {statistics.pstdev(values):.3f}" if len(values) > 1 else ""
        cells.append(f"{statistics.mean(values):.3f}{spread}")
    cells += [f"{coherence(terms, docs):.3f}" if docs else "", f"{diversity(terms):.2f}", f"{cpu:.0f}" if cpu else ""]
    return f"| {' | '.join(cells)} |"


def coherence(topics: list[list[str]], docs: list[set[str]]) -> float:
    """Return the mean NPMI of the pairs of each topic's terms; words that jieba does not cut so are left out."""
    wanted = {term for terms in topics for term in terms}
    own: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for doc in docs:
        here = sorted(doc & wanted)
        own.update(here)
        both.update(combinations(here, 2))
    size, means = len(docs), []
    for terms in topics:
        values = []
        for a, b in combinations(sorted(term for term in terms if own[term]), 2):
            p = both[a, b] / size
            values.append(np.log(p * size * size / own[a] / own[b]) / -np.log(p) if 0 < p < 1 else -1.0)
        means.append(float(np.mean(values)) if values else 0.0)
    return float(np.mean(means))


def diversity(topics: list[list[str]]) -> float:
    """Return the share of terms that are different."""
    terms = [term for row in topics for term in row[:10]]
    return len(set(terms)) / max(1, len(terms))


if __name__ == "__main__":
    main()
