"""How much of the text of files `jmtools read` writes: `python benchmarks/bench_read.py FOLDER [FOLDER ...]`.

Prints a row of a table for each folder and kind of file, from `jmtools read --report`: files read, refused with a
reason and flagged; characters in the files, written, lost and left out on purpose; seconds. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HEAD = (
    "| folder | kind | files | read | refused | flagged | characters | written | lost | left out | seconds |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def reports(folder: Path, jobs: int) -> list[dict[str, Any]]:
    """Run the program on a folder and return its report."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "report.jsonl"
        command = [sys.executable, "-m", "jmtools", "read", "--on-error", "skip", "--report", str(path)]
        command += ["-o", "/dev/null", "--jobs", str(jobs), str(folder)]
        done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 3):
            sys.exit(done.stderr.decode("utf-8", "replace"))
        return [json.loads(line) for line in path.read_bytes().splitlines()]


def table_row(folder: str, kind: str, found: list[dict[str, Any]]) -> str:
    """Return the row of one kind of file in one folder."""
    total = {key: sum(one[key] for one in found) for key in ("chars", "written", "lost", "left_out", "seconds")}
    cells: list[str | int] = [folder, kind, len(found), sum(one["refused"] is None for one in found)]
    cells += [sum(one["refused"] is not None for one in found), sum(bool(one["flags"]) for one in found)]
    cells += [total[key] for key in ("chars", "written", "lost", "left_out")]
    shown = [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells]
    return "| " + " | ".join([*shown, f"{total['seconds']:.1f}"]) + " |"


def reasons(found: Iterable[dict[str, Any]]) -> str:
    """Return the reasons of refusal with their counts."""
    counts = Counter(one["refused"].partition(" (")[0].partition(";")[0] for one in found if one["refused"])
    return "\n".join(f"{count:5} {reason}" for reason, count in counts.most_common())


def main() -> None:
    """Print the table, and behind it why files were refused."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--save", type=Path, help="keep the reports as JSON Lines")
    options = parser.parse_args()
    print(HEAD, flush=True)
    every = []
    for folder in options.folder:
        found = reports(folder, options.jobs)
        every += found
        kinds = sorted({Path(one["file"]).suffix.lower() for one in found})
        for kind in kinds:
            rows = [one for one in found if Path(one["file"]).suffix.lower() == kind]
            print(table_row(folder.name, kind, rows), flush=True)
    print(f"\n{reasons(every)}")
    if options.save:
        options.save.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in every), "utf-8")


if __name__ == "__main__":
    main()
