"""Say where the time of a pass goes: `profile_pass.py CORPUS.jsonl [--write]`, a table in docs/benchmarks/speed.md.

Each command runs twice in one process, first on a few lines, so that start-up is not in the figures, then on the corpus
under cProfile. Its own cost per call makes calls of small functions look dearer than they are.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

TARGET = Path(__file__).parent.parent / "docs" / "benchmarks" / "speed.md"
WARM_LINES = 20

# Command → what of it is shown: a name, the functions whose time counts with all they call, those whose time does not.
Part = tuple[str, tuple[str, ...], tuple[str, ...]]
CUT: Part = ("segmentation in the core", ("core.py:numbers_of_plain", "core.py:numbers_of_texts", "segment.py:cut"), ())
READ: Part = ("reading, parsing, writing", ("workers.py:read", "records.py:splice", "outputs.py:write"), ())
NUMBERS: Part = ("the rest of words to numbers", ("numbers.py:of",), CUT[1])
RANKING = ("native_ranking.py:candidates", "native_ranking.py:words")
RANKED: tuple[Part, ...] = (
    CUT,
    NUMBERS,
    READ,
    ("new words: idf, tags, roles", ("facts.py:learn",), ()),
    ("candidates, factors, the best of each record, in the core", RANKING, ()),
    ("terms, choice, fields", ("by_number.py:fields",), ("numbers.py:of", "facts.py:learn", *RANKING)),
)
COMMANDS: dict[str, tuple[Part, ...]] = {
    "keywords --method tfidf": RANKED,
    "keywords": RANKED,
    "freq": (
        CUT,
        ("the rest of words to numbers", ("term_counter.py:_numbered_words",), CUT[1]),
        READ,
        ("sums", ("term_counter.py:_sum", "tally.py:total", "tally.py:merge"), ()),
        ("the lines of the terms", ("frequencies.py:_table", "frequencies.py:_shown_rows", "table.py:lines"), ()),
    ),
}


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = ["| | % of the pass |", "| --- | --- |"]
    for command, parts in COMMANDS.items():
        found = shares(profiled(command.split(), options.corpus), parts)
        rows.append(f"| **`{command}`** | |")
        rows += [f"| {name} | {share:.0f} |" for name, share in found]
    table = "\n".join(rows)
    print(table)
    if options.write:
        text = TARGET.read_text("utf-8")
        new = re.sub(r"(<!-- profile -->\n).*?(<!-- end of profile -->)", rf"\1{table}\n\2", text, flags=re.DOTALL)
        TARGET.write_text(new, "utf-8")


def profiled(arguments: Sequence[str], corpus: Path) -> pstats.Stats:
    """Return the profile of a command over a corpus, its modules loaded before."""
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder, "few.jsonl")
        with corpus.open("rb") as lines:
            few.write_bytes(b"".join(line for line, _ in zip(lines, range(WARM_LINES), strict=False)))
        run([*arguments, str(few)])
        profile = cProfile.Profile()
        profile.enable()
        run([*arguments, str(corpus)])
        profile.disable()
    return pstats.Stats(profile)


def run(arguments: Sequence[str]) -> None:
    """Run a command in this process."""
    from jmtools.cli import cli

    cli.main(args=[*arguments, "-o", os.devnull], prog_name="jmtools", standalone_mode=False)


def shares(stats: pstats.Stats, parts: Sequence[Part]) -> list[tuple[str, float]]:
    """Return the share of each part in percent, and of the rest."""
    whole = stats.total_tt  # type: ignore[attr-defined]
    found = []
    for name, with_these, without in parts:
        time = sum(cumulative(stats, one) for one in with_these) - sum(cumulative(stats, one) for one in without)
        found.append((name, 100 * time / whole))
    return [*found, ("the rest", 100 - sum(share for _, share in found))]


def cumulative(stats: pstats.Stats, name: str) -> float:
    """Return the time of a function (`file.py:function`) with all that it calls."""
    total = 0.0
    for (file, _, function), (_, _, _, time, _) in stats.stats.items():  # type: ignore[attr-defined]
        if f"{Path(file).name}:{function}" == name:
            total += time
    return total


if __name__ == "__main__":
    main()
