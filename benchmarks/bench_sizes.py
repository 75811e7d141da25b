"""Say how cost grows with the input: `bench_sizes.py [COMMAND…] [--mb 1 10 100 1000] [--picture FILE.svg]`.

Each command runs once on each corpus of `corpus.py`, in one process. Shown are CPU seconds, megabytes a second of CPU
(start-up included), and the largest resident memory. The picture has both axes by powers of ten.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

from run import JMTOOLS, Cost, corpus_of, cost, shown

COMMANDS = {
    "freq": ("freq",),
    "tfidf": ("keywords", "--method", "tfidf"),
    "keywords": ("keywords",),
    "corpus idf": ("keywords", "--method", "tfidf", "--idf", "corpus"),
}
COLOURS = ("#1b6ca8", "#c8553d", "#2a7f62", "#7a4b94")
WIDTH, HEIGHT, EDGE = 640, 420, 60


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", help=f"among {', '.join(COMMANDS)}; none is all")
    parser.add_argument("--mb", type=float, nargs="+", default=[1, 10, 100, 1000])
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    found: dict[str, list[Cost]] = {}
    shown("| | " + " | ".join(f"{size:g} MB" for size in options.mb) + " |")
    shown("| --- |" + " --- |" * len(options.mb))
    for name, command in COMMANDS.items():
        if options.commands and name not in options.commands:
            continue
        found[name] = [cost([*JMTOOLS, *command, "--jobs", "1"], corpus_of(size)) for size in options.mb]
        cells = [
            f"{one.cpu:.2f} s, {size / one.cpu:.1f} MB/s, {one.memory:.0f} MB"
            for size, one in zip(options.mb, found[name], strict=True)
        ]
        shown(f"| {name} | {' | '.join(cells)} |")
    if options.picture is not None:
        options.picture.write_text(picture(options.mb, found), "utf-8")


def picture(sizes: list[float], found: dict[str, list[Cost]]) -> str:
    """Return CPU seconds by megabytes as SVG."""
    seconds = [one.cpu for costs in found.values() for one in costs]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def across(size: float) -> float:
        return EDGE + (math.log10(size) - first) / ((last - first) or 1) * (WIDTH - 3 * EDGE)

    def up(second: float) -> float:
        return HEIGHT - EDGE - (math.log10(second) - low) / ((high - low) or 1) * (HEIGHT - 2 * EDGE)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{EDGE}" y="24">CPU seconds by MB of articles, one process, start-up included</text>',
    ]
    for power in range(low, high + 1):
        y = up(10**power)
        parts.append(f'<path d="M{EDGE} {y:.1f}H{WIDTH - 2 * EDGE}" stroke="#ddd"/>')
        parts.append(f'<text x="{EDGE - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g}</text>')
    for size in sizes:
        x = across(size)
        parts.append(f'<path d="M{x:.1f} {EDGE}V{HEIGHT - EDGE}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{size:g}</text>')
    ends = sorted(found, key=lambda name: -found[name][-1].cpu)
    for (name, costs), colour in zip(found.items(), COLOURS, strict=False):
        points = " ".join(f"{across(size):.1f},{up(one.cpu):.1f}" for size, one in zip(sizes, costs, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = EDGE + 20 * ends.index(name)
        parts.append(f'<text x="{WIDTH - 2 * EDGE + 8}" y="{y}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
