"""Score `jmtools split` on pages as readers, scanners and databases degrade them, beside the same pages as they are.

    python training/split_variants.py FOLDER [FOLDER ...] [--variant NAME] [--every N] [--model FILE]

Every page of a folder (`NAME.txt` with `NAME.gold.jsonl`) is written anew in each variant: half of its sentence marks
or of all its marks gone, as OCR leaves them; a blank line after every line; lines of the paper at its head; marks of
other forms. Prints the share of items that are right in start, headline and every paragraph (marks aside, which the
variants change), the F1 of starts, and the confidence of records beside the share of them that are right.
"""

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from split_gold import Item, LabelledPage
from split_wraps import load

from jmtools.pages import Page, PageSplitter
from jmtools.pages.passes import load_model

SENTENCE_MARKS = "。！？；"
MARKS = "。！？；，、：…—“”‘’（）《》"
_FULL = "，。、；：？！（）“”‘’《》"
_FORMS = {
    "small": str.maketrans("，、；：？！（）", "﹐﹑﹔﹕﹖﹗﹙﹚"),
    "half": str.maketrans("，。；：？！（）“”", ',.;:?!()""'),
    "katakana": str.maketrans("。、“”", "｡､｢｣"),
    "vertical": str.maketrans(_FULL, "︐︒︑︔︓︖︕︵︶﹃﹄﹁﹂︽︾"),
}
_HEADS = {
    "name": ("山城日报",),
    "date": ("2006年4月18日　星期二",),
    "section": ("要闻",),
    "editors": ("责任编辑：李小明　美术编辑：王　芳",),
    "all": ("山城日报", "2006年4月18日　星期二", "第三版　社会新闻", "责任编辑：李小明　美术编辑：王　芳"),
    "old": ("山城日報", "中華民國三十七年四月十八日", "第二版"),
}
_BETWEEN = re.compile(r"(?<=\S)(?=[^\s!-~])|(?<=[^\s!-~])(?=\S)")  # OCR programs leave numbers and Latin words whole
_NO_WORD = re.compile(r"\W+")

Lines = list[tuple[str, int]]  # a text, and the blank lines above it


@dataclass(slots=True)
class Score:
    """What is right of some pages."""

    items: int = 0
    right: int = 0
    hits: int = 0
    found: int = 0
    sure: int = 0
    sure_right: int = 0

    def row(self) -> str:
        """Return the figures as text."""
        boundary = 2 * self.hits / (self.items + self.found or 1)
        sure = self.sure_right / (self.sure or 1)
        return (
            f"items right {self.right / (self.items or 1):.3f}  starts {boundary:.3f}  "
            f"confidence >= 0.9: {self.sure:5} records, right {sure:.3f}"
        )


def _plain(lines: Lines, _: random.Random) -> Lines:
    return lines


def _without(marks: str, share: float = 0.5) -> Callable[[Lines, random.Random], Lines]:
    def lose(lines: Lines, rng: random.Random) -> Lines:
        lost = ["".join(char for char in text if char not in marks or rng.random() < 1 - share) for text, _ in lines]
        return [(text or old, gap) for text, (old, gap) in zip(lost, lines, strict=True)]

    return lose


def _spaced(number: int) -> Callable[[Lines, random.Random], Lines]:
    return lambda lines, _: [(text, gap + number) for text, gap in lines]


def _some_spaced(share: float) -> Callable[[Lines, random.Random], Lines]:
    return lambda lines, rng: [(text, gap + (rng.random() < share)) for text, gap in lines]


def _letter_spaced(lines: Lines, _: random.Random) -> Lines:
    return [(_BETWEEN.sub(" ", text), gap) for text, gap in lines]


def _headed(rows: Sequence[str]) -> Callable[[Lines, random.Random], Lines]:
    return lambda lines, _: [*[(row, 0) for row in rows], *lines]


def _formed(table: dict[int, int]) -> Callable[[Lines, random.Random], Lines]:
    return lambda lines, _: [(text.translate(table), gap) for text, gap in lines]


VARIANTS: dict[str, Callable[[Lines, random.Random], Lines]] = {
    "plain": _plain,
    "half of the sentence marks gone": _without(SENTENCE_MARKS),
    "half of all marks gone": _without(MARKS),
    "all sentence marks gone": _without(SENTENCE_MARKS, 1.0),
    "a blank after every character": _letter_spaced,
    "a blank line after every line": _spaced(1),
    "two after every line": _spaced(2),
    "a blank line after three lines in ten": _some_spaced(0.3),
    **{f"head: {name}": _headed(rows) for name, rows in _HEADS.items()},
    **{f"marks: {name}": _formed(table) for name, table in _FORMS.items()},
}


def write_page(page: LabelledPage, variant: str) -> tuple[str, dict[int, int]]:
    """Return a page in a variant, and for the number of each of its lines the number of that line in the variant."""
    before: Lines = [(line.text, line.gap) for line in page.lines]
    after = VARIANTS[variant](before, random.Random(page.name))
    more = len(after) - len(before)
    rows: list[str] = []
    numbers = []
    for text, gap in after:
        rows += [*[""] * gap, text]
        numbers.append(len(rows))
    return "\n".join(rows) + "\n", dict(zip((line.first for line in page.lines), numbers[more:], strict=True))


def score(splitter: PageSplitter, page: LabelledPage, items: Sequence[Item], variant: str, total: Score) -> None:
    """Add what is right of a page in a variant; folio records do not count."""
    text, numbers = write_page(page, variant)
    gold = {numbers.get(item["line_start"], 0): words_of(item) for item in items if item["type"] != "folio"}
    total.items += len(gold)
    for record in splitter.split(Page(text)).records:
        starts = record["line_start"] in gold
        right = gold.get(record["line_start"]) == words_of(record)
        if record["type"] == "folio":
            continue
        total.found += 1
        total.hits += starts
        total.right += right
        if record["confidence"] >= 0.9:
            total.sure += 1
            total.sure_right += right


def words_of(record: Item) -> tuple[str, list[str]]:
    """Return headline and paragraphs without marks and blanks."""
    paragraphs = record.get("paragraphs")
    paragraphs = record["text"].split("\n") if paragraphs is None else paragraphs
    whole = [_NO_WORD.sub("", paragraph) for paragraph in paragraphs]
    return _NO_WORD.sub("", record["headline"] or ""), [paragraph for paragraph in whole if paragraph]


def pages_of(folders: Sequence[Path], every: int) -> Iterator[tuple[LabelledPage, list[Item]]]:
    """Yield every so manyth labelled page of each folder with its gold items."""
    for folder in folders:
        yield from list(load(folder))[::every]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--variant", action="append", choices=list(VARIANTS))
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth page of a folder")
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    splitter = PageSplitter(model=load_model(args.model) if args.model else None)
    pages = list(pages_of(args.folders, args.every))
    for variant in args.variant or VARIANTS:
        total = Score()
        for page, items in pages:
            score(splitter, page, items, variant, total)
        print(f"{variant:32} {total.row()}", flush=True)


if __name__ == "__main__":
    main()
