"""How much of the text of files `jmtools read` writes: `python benchmarks/bench_read.py FOLDER [FOLDER ...]`.

Prints a row of a table for each folder and kind of file, from `jmtools read --report`: files read, refused with a
reason and flagged, how many of them for annotations; characters in the files, written, lost, doubtful and left out;
seconds. Nothing is fetched. Long runs can be done in parts: `--part 1/4 --save A`, …, then `--saved A B C D`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jmtools.read.files import SUFFIXES

HEAD = (
    "| folder | kind | files | read | refused | flagged | annotations | characters | written | lost | doubtful "
    "| left out | seconds |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
CHARS = ("chars", "written", "lost", "doubtful", "left_out")
_AT_ONCE = 20  # files


def reports(files: Sequence[Path], jobs: int, seconds: float) -> list[dict[str, Any]]:
    """Run the program on files and return its report; a file that takes longer than its seconds is one that failed."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "report.jsonl"
        command = [sys.executable, "-m", "jmtools", "read", "--on-error", "skip", "--report", str(path)]
        command += ["-o", "/dev/null", "--jobs", str(jobs), *map(str, files)]
        try:
            done = subprocess.run(command, stderr=subprocess.PIPE, check=False, timeout=_AT_ONCE * seconds)
        except subprocess.TimeoutExpired:
            if len(files) > 1:
                return [one for file in files for one in reports([file], 1, seconds)]
            return [{"file": str(files[0]), "refused": f"takes over {seconds:g} s", "flags": {}, "seconds": seconds}]
        if done.returncode not in (0, 3):
            sys.exit(done.stderr.decode("utf-8", "replace"))
        return [json.loads(line) for line in path.read_bytes().splitlines()]


def groups(folder: Path, files: Sequence[Path]) -> list[Sequence[Path]]:
    """Return what is read in one run: files at a time, but a folder whose METS files may name others as it is."""
    if any(path.suffix.lower() == ".xml" for path in files):
        return [[folder]]
    return [files[begin : begin + _AT_ONCE] for begin in range(0, len(files), _AT_ONCE)]


def table_row(folder: str, kind: str, found: list[dict[str, Any]]) -> str:
    """Return the row of one kind of file in one folder."""
    total = {key: sum(one.get(key, 0) for one in found) for key in (*CHARS, "seconds")}
    cells: list[str | int] = [folder, kind, len(found), sum(one["refused"] is None for one in found)]
    cells += [sum(one["refused"] is not None for one in found), sum(bool(one["flags"]) for one in found)]
    cells += [sum("annotations" in one["flags"] for one in found), *(total[key] for key in CHARS)]
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
    parser.add_argument("--seconds", type=float, default=30.0, help="the most that a file may take [default: 30]")
    parser.add_argument("--part", default="1/1", metavar="I/N", help="every N-th file of a folder, from the I-th on")
    parser.add_argument("--saved", type=Path, nargs="*", help="make the table of kept reports; nothing is read")
    parser.add_argument("--save", type=Path, help="append the reports to this file as JSON Lines")
    options = parser.parse_args()
    print(HEAD, flush=True)
    every = [json.loads(line) for path in options.saved or () for line in path.read_bytes().splitlines()]
    part, parts = map(int, options.part.split("/"))
    for folder in options.folder:
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)[part - 1 :: parts]
        found = [one for one in every if Path(one["file"]).is_relative_to(folder)]
        if options.saved is None:
            for group in groups(folder, files):
                done = reports(group, options.jobs, options.seconds)
                found += done
                if options.save:
                    with options.save.open("a", encoding="utf-8") as file:
                        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in done)
            every += found
        for kind in sorted({Path(one["file"]).suffix.lower() for one in found}):
            rows = [one for one in found if Path(one["file"]).suffix.lower() == kind]
            print(table_row(folder.name, kind, rows), flush=True)
    print(f"\n{reasons(every)}")


if __name__ == "__main__":
    main()
