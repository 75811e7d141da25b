"""What `jmtools dedupe` finds of planted repeats: `python benchmarks/bench_dedupe.py DIR`, see planted_stories.py.

Pairs: two records of one story, precision and recall. Spans: a planted part is found where the reported one covers it
and they have at least 0.8 of their letters in common (intersection over union).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

Pair = tuple[str, str]


def main() -> None:
    """Run and score."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("arguments", nargs="*", help="more arguments of dedupe, after --")
    parser.add_argument("--errors", type=int, default=0, help="show so many pairs of each kind of error")
    options = parser.parse_args()
    truth = json.loads((options.folder / "truth.json").read_text("utf-8"))
    command = [sys.executable, "-m", "jmtools", "dedupe", *options.arguments, str(options.folder / "records.jsonl")]
    done = subprocess.run(command, capture_output=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    stories = defaultdict(list)
    for record in found:
        stories[record["story"]].append(record["id"])
    mine, theirs = pairs_of(stories.values()), pairs_of(truth["stories"].values())
    print(f"{len(found)} records · pairs {len(theirs)} planted, {len(mine)} found")
    right = len(mine & theirs)
    print(f"pairs: precision {right / max(1, len(mine)):.4f} recall {right / len(theirs):.4f}")
    recall_by_kind(theirs, mine, truth["how"])
    wrong = Counter(tuple(sorted(truth["how"][name] for name in pair)) for pair in mine - theirs)
    print("wrong pairs:", dict(wrong.most_common(8)))
    spans(found, truth["spans"])
    texts = {record["id"]: record["text"] for record in found}
    for title, some in (("missed", theirs - mine), ("wrong", mine - theirs)):
        for one, other in sorted(some)[: options.errors]:
            print(title, truth["how"][one], texts[one][:150], "|", truth["how"][other], texts[other][:150])


def pairs_of(stories: object) -> set[Pair]:
    """Return every pair of records of one story."""
    return {pair for members in stories for pair in combinations(sorted(members), 2)}  # type: ignore[attr-defined]


def recall_by_kind(theirs: set[Pair], mine: set[Pair], how: dict[str, str]) -> None:
    """Print the recall of pairs with the story's first record, by what was done to the other."""
    total, hit = Counter[str](), Counter[str]()
    for pair in theirs:
        kinds = [how[name] for name in pair if how[name] != "base"]
        if len(kinds) == 1:
            total[kinds[0]] += 1
            hit[kinds[0]] += pair in mine
    print("recall by kind:", {kind: f"{hit[kind]}/{total[kind]}" for kind in sorted(total)})


def spans(found: list[dict[str, object]], planted: list[dict[str, object]]) -> None:
    """Print how many planted parts are found at their place, and how many of those reported are right."""
    text_of = {record["id"]: record["text"] for record in found}
    reported = {}
    for record in found:
        for one in record["contains"]:  # type: ignore[attr-defined]
            reported[record["id"], text_of[one["id"]]] = (one["char_start"], one["char_end"])
    wanted = {(span["outer"], text_of[span["inner"]]): (span["start"], span["end"]) for span in planted}
    good = sum(pair in reported and overlap(reported[pair], span) >= 0.8 for pair, span in wanted.items())  # type: ignore[arg-type]
    named = sum(pair in reported for pair in wanted)
    print(f"spans: {len(wanted)} planted, {named} named, {good} at their place (IoU 0.8); {len(reported)} reported")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return intersection over union."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return common / (max(one[1], other[1]) - min(one[0], other[0]))


if __name__ == "__main__":
    main()
