"""Score `jmtools split` on pages that are wrapped hard, as text copied from a PDF or read by OCR is.

    python training/split_wraps.py FOLDER [FOLDER ...] [--width N] [--form NAME] [--lines]

Every page of a folder (`NAME.txt` with `NAME.gold.jsonl`) is written anew in each form and width: paragraphs cut at a
fixed width, their first lines shorter by an indent, with or without the blanks. Prints the share of lines that come
back whole, and the share of items that are right in start, headline and every paragraph, beside that of plain pages.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))
from bench_split import right_records
from split_gold import Item, LabelledPage, label_page, squeeze

from jmtools.pages import Page, PageSplitter
from jmtools.pages.lines import page_lines
from jmtools.pages.reading import read_page
from jmtools.pages.unwrapping import unwrap

_INDENTED = "POC"
_FLUSH = "MEB"
_TRAILING = "，。、；：？！”’）》」』﹔﹗﹖﹕"
_LEADING = "“‘（《「『【"


@dataclass(frozen=True, slots=True)
class Form:
    """How a page is wrapped.

    Attributes:
        indent: Characters by which the first line of a paragraph is shorter.
        blanks: The blanks of the indent still stand there.
        headlines: `whole` leaves headlines as long as they are, `flush` and `indented` cut them too.
        tidy: No line begins with a closing mark or ends with an opening one.
        second: Every other item stands in a column of so many more characters.
        gaps: Blank lines stay.
    """

    indent: int = 2
    blanks: bool = False
    headlines: str = "whole"
    tidy: bool = False
    second: int = 0
    gaps: bool = True


FORMS = {
    "pdf": Form(),
    "pdf_flush": Form(headlines="flush", gaps=False),
    "pdf_all": Form(headlines="indented", gaps=False),
    "blanks": Form(blanks=True),
    "blanks_tidy": Form(blanks=True, tidy=True, headlines="flush"),
    "tidy": Form(tidy=True, gaps=False),
    "flush": Form(indent=0, headlines="flush"),
    "two": Form(second=6, gaps=False),
    "one": Form(indent=1, gaps=False),
}
WIDTHS = (14, 20, 24, 32)


def wrap_line(text: str, width: int, first: int, *, tidy: bool) -> Iterator[str]:
    """Yield the parts of a line, the first of another width than the others."""
    at, room = 0, first
    while at < len(text):
        end = at + room
        if tidy and end < len(text):
            if text[end] in _TRAILING:
                end += 1
            elif text[end - 1] in _LEADING:
                end -= 1
        yield text[at:end]
        at, room = end, width


def wrap_page(page: LabelledPage, form: Form, width: int) -> tuple[str, list[int]]:
    """Return a page wrapped hard, and for each of its lines the number of the first line that is made of it."""
    rows: list[str] = []
    starts = []
    item = 0
    for line, role in zip(page.lines, page.roles, strict=True):
        item += role in "HJATDF"
        room = width + form.second * (item % 2)
        if form.gaps:
            rows += [""] * line.gap
        starts.append(len(rows) + 1)
        if role in _INDENTED:
            parts = list(wrap_line(line.text, room, room - form.indent, tidy=form.tidy))
            rows += [("　" * form.indent if form.blanks else "") + parts[0], *parts[1:]]
        elif role in _FLUSH or form.headlines == "flush":
            rows += wrap_line(line.text, room, room, tidy=form.tidy)
        elif form.headlines == "indented":
            rows += wrap_line(line.text, room, room - form.indent, tidy=form.tidy)
        else:
            rows.append(line.text)
    return "\n".join(rows) + "\n", starts


def load(folder: Path) -> Iterator[tuple[LabelledPage, list[Item]]]:
    """Yield the labelled pages of a folder with their gold items."""
    for file in sorted(folder.glob("*.gold.jsonl")):
        items = [json.loads(row) for row in file.read_text("utf-8").splitlines()]
        text = file.with_name(file.name.replace(".gold.jsonl", ".txt")).read_text("utf-8")
        yield label_page(f"{folder.name}/{file.name}", text, items), items


def recovered(page: LabelledPage, text: str) -> tuple[int, int]:
    """Return how many lines of a page come back whole from its wrapped text, and how many there are."""
    lines = page_lines(text)
    found = {squeeze(line.text) for line in unwrap(lines, read_page(lines))}
    wanted = [squeeze(line.text) for line, role in zip(page.lines, page.roles, strict=True) if role not in "Hh"]
    return sum(line in found for line in wanted), len(wanted)


def right(splitter: PageSplitter, text: str, items: Sequence[Item], first: dict[int, int]) -> int:
    """Return how many items of a page are right in start, headline and every paragraph."""
    moved = [{**item, "line_start": first.get(item["line_start"], 0)} for item in items]
    return sum(right_records(splitter.split(Page(text)).records, moved))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--width", type=int, action="append")
    parser.add_argument("--form", action="append", choices=list(FORMS))
    parser.add_argument("--lines", action="store_true", help="lines alone, not items")
    args = parser.parse_args()
    splitter = PageSplitter()
    pages = [one for folder in args.folders for one in load(folder)]
    number = sum(len(items) for _, items in pages)
    if not args.lines:
        plain = 0
        for page, items in pages:
            text, starts = wrap_page(page, Form(), 1_000_000)
            plain += right(splitter, text, items, _first(page, starts))
        print(f"as it is: items {plain / number:.3f}")
    for name in args.form or FORMS:
        for width in args.width or WIDTHS:
            whole = lines = hits = 0
            for page, items in pages:
                text, starts = wrap_page(page, FORMS[name], width)
                one, of = recovered(page, text)
                whole, lines = whole + one, lines + of
                hits += 0 if args.lines else right(splitter, text, items, _first(page, starts))
            print(f"{name:12} {width:3}  lines {whole / lines:.3f}  items {hits / number:.3f}", flush=True)


def _first(page: LabelledPage, starts: Sequence[int]) -> dict[int, int]:
    return {line.first: start for line, start in zip(page.lines, starts, strict=True)}


if __name__ == "__main__":
    main()
