"""Pairs of similar texts as a user's own script finds them: `near_duplicates.py datasketch|pairs RECORDS.jsonl`.

`datasketch`: MinHash (128 permutations) and LSH at 0.7; `pairs`: every text against every other by Jaccard of their
strings of five characters. Prints the number of pairs, seconds and memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import combinations
from pathlib import Path

SIZE = 5
THRESHOLD = 0.7


def main() -> None:
    """Find pairs, and print what that took."""
    kind, path = sys.argv[1:]
    texts = [json.loads(line)["text"] for line in Path(path).read_bytes().splitlines()]
    begun = time.process_time()
    count = {"datasketch": with_datasketch, "pairs": all_pairs}[kind](texts)
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{kind}: {len(texts):,} records, {count:,} pairs, {seconds:.1f} s of CPU, {memory} MiB")


def strings(text: str) -> set[str]:
    """Return the strings of five characters of a text."""
    return {text[at : at + SIZE] for at in range(len(text) - SIZE + 1)}


def with_datasketch(texts: list[str]) -> int:
    """Return the number of pairs by MinHash."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    count = 0
    for number, text in enumerate(texts):
        found = MinHash(num_perm=128)
        found.update_batch([string.encode() for string in strings(text)])
        count += len(index.query(found))
        index.insert(number, found)
    return count


def all_pairs(texts: list[str]) -> int:
    """Return the number of pairs by comparing each text with each."""
    sets = list(map(strings, texts))
    return sum(len(one & other) >= THRESHOLD * len(one | other) for one, other in combinations(sets, 2))


if __name__ == "__main__":
    main()
