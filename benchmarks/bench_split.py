"""Score `jmtools split` on folders of labelled pages, and time it.

    python benchmarks/bench_split.py SCORER FOLDER [FOLDER ...] [--model FILE] [--show]

SCORER is a program called with pairs of gold and predicted files that prints its figures as JSON with `--json`.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from jmtools.pages import Page, PageSplitter
from jmtools.pages.passes import load_model


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--only", default="*", help="glob of page names")
    parser.add_argument("--show", action="store_true", help="print what differs")
    args = parser.parse_args()
    splitter = PageSplitter(model=load_model(args.model) if args.model else None)
    for folder in args.folders:
        with tempfile.TemporaryDirectory() as scratch:
            pairs, size, seconds = predict(splitter, folder, args.only, Path(scratch))
            command = [sys.executable, str(args.scorer), "--json", *(["--show"] if args.show else []), *pairs]
            figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        figures["MB/s"] = round(size / seconds / 1e6, 2)
        print(f"{folder.name}/{args.only}", "  ".join(f"{name} {value}" for name, value in figures.items()))


def predict(splitter: PageSplitter, folder: Path, only: str, scratch: Path) -> tuple[list[str], int, float]:
    """Split the pages of a folder; return pairs of files, bytes read and seconds of CPU."""
    pairs, size, seconds = [], 0, 0.0
    for gold in sorted(folder.glob(f"{only}.gold.jsonl")):
        text = gold.with_name(gold.name.replace(".gold.jsonl", ".txt")).read_text(encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_SELF)
        records = splitter.split(Page(text)).records
        after = resource.getrusage(resource.RUSAGE_SELF)
        seconds += after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        size += len(text.encode())
        predicted = scratch / f"{gold.name}.out"
        predicted.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        pairs += [str(gold), str(predicted)]
    return pairs, size, seconds


if __name__ == "__main__":
    main()
