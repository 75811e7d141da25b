"""Pages in the manner of many papers, with what `split` should make of them.

    python -m tests.pages.manners [FOLDER] [--show]

A page is one file of `tests/manners/`, or a part of one (`----` between them): every line has its role and a blank
before it. The roles are those of `jmtools.pages.roles`, and four more: `K` a kicker, `G` a deck, `I` a paragraph that
begins an item without a headline, `Q` a line that may be text or not, such as the signature of a letter. Rows that are
no lines of the page say more of the item above: `@ ROLE NAME` an author (`@ NAME`: his role is 作者), `= ORIGIN`,
`> PAGE` where it goes on.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jmtools.pages import split_page
from jmtools.pages.jumps import cut_jump_out
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "manners"
_STARTS = frozenset("HKIJATDF")
_BOXES = frozenset("ADF")
_HEADLINE = frozenset("HhKGT")
_TEXT = frozenset("PI")


@dataclass(slots=True)
class Item:
    """What one item of a page should be."""

    start: str
    first: int
    last: int = 0
    headline: list[str] = field(default_factory=list)
    kicker: str | None = None
    deck: str | None = None
    subheads: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    origin: str | None = None
    jump: str | None = None
    either: list[str] = field(default_factory=list)


def read_page(text: str) -> tuple[str, list[Item]]:
    """Return the page as printed, and its items."""
    lines: list[str] = []
    items: list[Item] = []
    above = ""
    for row in text.rstrip("\n").split("\n"):
        mark, rest = row[:1], row[2:]
        if mark == "@":
            *role, name = rest.split()
            items[-1].authors.append((name, role[0] if role else "作者"))
        elif mark == "=":
            items[-1].origin = rest
        elif mark == ">":
            items[-1].jump = rest
        else:
            lines.append(rest)
            if not mark:
                continue
            if mark in _STARTS and not (mark in "HK" and above == "K"):
                items.append(Item(mark, len(lines)))
            _add(items[-1], mark, rest)
            items[-1].last = len(lines)
            above = mark
    return "\n".join(lines) + "\n", items


def _add(item: Item, mark: str, text: str) -> None:
    if mark in _HEADLINE:
        item.headline.append(text)
        item.kicker = text if mark == "K" else item.kicker
        item.deck = text if mark == "G" else item.deck
    elif mark in _TEXT:
        item.paragraphs.append(_squeeze(cut_jump_out(text)[0]))
    elif mark == "Q":
        item.either.append(_squeeze(text))
    elif mark == "S":
        item.subheads.append(_squeeze(text))
    elif mark == "C":
        item.captions.append(_squeeze(text))


def _squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def wrong(item: Item, record: dict[str, Any] | None) -> list[str]:
    """Return what is wrong with the record that begins where an item does."""
    if record is None:
        return ["start"]
    if item.start in _BOXES:
        return [] if record["line_end"] == item.last else ["end"]
    found = {
        "headline": _squeeze(record["headline"]) == _squeeze("".join(item.headline)),
        "text": _paragraphs(record, item.either) == item.paragraphs,
        "subheads": [_squeeze(part) for part in record["subheads"]] == item.subheads,
        "captions": [_squeeze(part) for part in record["captions"]] == item.captions,
        "authors": sorted((one["name"], one["role"]) for one in record["authors"]) == sorted(item.authors),
        "kicker": record["kicker"] == item.kicker,
        "origin": item.origin is None or record["origin"] == item.origin,
        "jump": record["continued_to"] == item.jump,
    }
    return [name for name, right in found.items() if not right]


def _paragraphs(record: dict[str, Any], either: list[str]) -> list[str]:
    parts = [_squeeze(part) for part in record["text"].split("\n")]
    return [part for part in parts if part and part not in either]


def score(folder: Path, *, show: bool = False) -> Counter[str]:
    """Return counts of what is right on the pages of a folder; print what is wrong."""
    counts: Counter[str] = Counter()
    for file in sorted(folder.glob("*.roles")):
        for n, page in enumerate(file.read_text("utf-8").split("----\n"), 1):
            text, items = read_page(page)
            records = split_page(text)
            by_start = {record["line_start"]: record for record in records}
            more = sorted(set(by_start) - {item.first for item in items})
            bad = 0
            for item in items:
                record = by_start.get(item.first)
                faults = wrong(item, record)
                counts.update(faults)
                counts["items"] += 1
                counts["found"] += record is not None
                counts["exact"] += not {"start", "end", "headline", "text"} & {*faults}
                counts["all"] += not faults
                bad += bool(faults)
                if faults and show:
                    print(
                        f"{file.stem}.{n}:{item.first}: {''.join(item.headline)[:24]!r} {faults}", _saw(faults, record)
                    )
            counts["records"] += len(records)
            counts["pages"] += 1
            counts["right pages"] += not bad and not more
            if more and show:
                print(f"{file.stem}.{n}: begins at {[(n, text.splitlines()[n - 1][:24]) for n in more]}")
    return counts


def _saw(faults: list[str], record: dict[str, Any] | None) -> str:
    if record is None:
        return ""
    names = {"jump": "continued_to", "end": "line_end"}
    return (
        f"conf {record['confidence']} {record['flags']} "
        + str({name: record[names.get(name, name)] for name in faults})[:300]
    )


def figures(counts: Counter[str]) -> dict[str, float]:
    """Return boundary F1, the shares of items right in start, headline and text, and in all, and of pages."""
    return {
        "boundary": round(2 * counts["found"] / (counts["items"] + counts["records"]), 3),
        "exact": round(counts["exact"] / counts["items"], 3),
        "all": round(counts["all"] / counts["items"], 3),
        "pages": round(counts["right pages"] / counts["pages"], 3),
    }


if __name__ == "__main__":
    for name in [arg for arg in sys.argv[1:] if arg != "--show"] or ["repaired", "held_back"]:
        print(name, figures(score(FOLDER / name, show="--show" in sys.argv)))
