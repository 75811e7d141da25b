"""Print the size of the sample pages: items, kinds of item and characters a page.

Run: python benchmarks/seed_pages.py [SEEDS]
"""

import json
import sys
from collections import Counter
from pathlib import Path


def main(folder: Path) -> None:
    """Write one line for each page that has expected articles, and the sum."""
    total: Counter[str] = Counter()
    for gold in sorted(folder.rglob("*.expected.jsonl")):
        items = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        kinds = Counter(str(item["type"]) for item in items)
        size = sum(len(item["headline"] or "") + len(item["text"]) for item in items)
        total += kinds
        total["characters"] += size
        named = " ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        sys.stdout.write(f"{gold.name.removesuffix('.expected.jsonl')}: {size} characters; {named}\n")
    sys.stdout.write(f"all: {dict(sorted(total.items()))}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "seeds")
