"""Records as tables: aligned text that fits a terminal, Markdown, HTML, LaTeX, CSV and TSV; nothing in a cell acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jmtools.batches.feature import CountFeature
from jmtools.errors import OptionError
from jmtools.fields.delimited import csv_rows, plain, tsv_rows
from jmtools.fields.missing import FieldTracker, Sightings
from jmtools.fields.path import Cell, Path
from jmtools.io.json_types import Record
from jmtools.io.visible import show
from jmtools.table.cells import parts_in_place, whole_row
from jmtools.table.widths import ELLIPSIS, LEAST, cut_start_to_width, cut_to_width, fit_widths

ALIGNED = ("plain", "simple", "grid", "rounded")
MARKUP = ("github", "html", "latex")
DELIMITED = ("csv", "tsv")
FORMATS = (*ALIGNED, *MARKUP, *DELIMITED)
_TABULATE = {"rounded": "rounded_outline"}
# Columns between two cells and at both edges together, and at the edges alone.
_GAPS = {"plain": (2, 0), "simple": (2, 0), "grid": (3, 4), "rounded": (3, 4)}

# The fields of an article that people look at first; the table shows these unless `--fields` names others.
DIGEST = (
    *("id", "date", "page", "type", "headline", "authors.name"),
    *("keywords.term", "topic", "topic_label", "topic_score"),
)
CONCORDANCE = ("date", "page", "left", "node", "right")  # of places that `kwic` found
CONTEXT = {"left", "node", "right"}
_HEADED = frozenset(spec.partition(".")[0] for spec in DIGEST)  # one of these makes a record with `text` an article
_PADDED = 60  # characters up to which the columns of Markdown are set below each other
_SHORT = 10  # columns up to which values are not cut: a date
_RULE = re.compile(r"[-+|=─│╭╮╰╯├┤┬┴┼═╪╞╡ :]+")


@dataclass(frozen=True)
class TableOptions:
    """What a table looks like.

    Attributes:
        fields: Paths, in order; empty for the usual ones.
        without: Columns that are left out.
        format: One of `FORMATS`.
        width: Columns of the terminal that an aligned table must fit into; None for no limit.
        cell: Columns that one cell of an aligned table may have; None for no limit.
        raw: Leave control characters as they are.
        excel_safe: In CSV and TSV, put an apostrophe before what a spreadsheet would run as a formula.
        color: Set the header off by terminal colours.
    """

    fields: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    format: str = "plain"
    width: int | None = None
    cell: int | None = None
    raw: bool = False
    excel_safe: bool = True
    color: bool = False


@dataclass
class TablePart:
    """The cells of some records: one row a record, the columns seen, in order, and the fields that were asked for."""

    rows: list[dict[str, Cell]] = field(default_factory=list)
    sightings: Sightings = field(default_factory=Sightings)
    columns: dict[str, None] = field(default_factory=dict)
    hits: bool = False  # whether there are places that `kwic` found
    articles: bool = False  # whether there are articles


class TableBuilder(CountFeature[TablePart, TablePart]):
    """Collects records and sets them as a table."""

    def __init__(self, options: TableOptions) -> None:
        self._options = options
        self._paths = [Path(spec) for spec in options.fields]
        self._tracker = FieldTracker((*options.fields, *options.without))
        self._concordance = [Path(spec) for spec in CONCORDANCE] if self._digests else []
        # An aligned cell is never wider than this: longer text need not be kept.
        limits = [n for n in (options.width, options.cell) if n] if options.format in ALIGNED else []
        self._keep = min(limits) + 1 if limits else None

    def count(self, batch: Sequence[Record]) -> TablePart:
        """Take the cells out of a batch of records."""
        part = TablePart()
        paths = self._paths or ([Path(spec) for spec in DIGEST] if self._digests else [])
        if self._tracker:
            part.sightings = self._tracker.look(batch)
        for data in batch:
            digest = bool(self._paths) or ("text" in data and not _HEADED.isdisjoint(data))
            hit = not digest and bool(self._concordance) and _is_hit(data)
            part.hits |= hit
            part.articles |= digest
            chosen = paths if digest else self._concordance if hit else []
            row = (
                {p.spec: p.cell(data) for p in chosen if p.values(data) is not None}
                if chosen
                else whole_row(data, nested=self._digests)
            )
            if chosen is paths and not self._paths and chosen and not row.get("headline"):
                row["text"] = data["text"]
            for name in self._options.without:
                row.pop(name, None)
            part.columns.update(dict.fromkeys(row))
            part.rows.append({name: self._cut(cell) for name, cell in row.items()})
        return part

    def merge(self, total: TablePart, part: TablePart) -> TablePart:
        """Append the rows of the next batch."""
        total.sightings.add(part.sightings)
        total.columns.update(part.columns)
        total.rows += part.rows
        total.hits |= part.hits
        total.articles |= part.articles
        return total

    def columns(self, total: TablePart) -> list[str]:
        """Return the columns, in order.

        Raises:
            OptionError: If a field was asked for that no record has.
        """
        seen = parts_in_place(total.columns, total.rows)
        for message in total.sightings.messages():
            raise OptionError(message)
        if not self._paths:
            first = (*(DIGEST if total.articles else ()), *(CONCORDANCE if total.hits else ()))
            usual = [name for name in first if name in seen] if self._digests else []
            usual = list(dict.fromkeys(usual))
            return usual + [name for name in seen if name not in usual]
        return [path.spec for path in self._paths]

    def lines(self, total: TablePart) -> Iterator[str]:
        """Yield the lines of the whole table.

        Raises:
            OptionError: If a field was asked for that no record has.
        """
        columns = self.columns(total)
        if not columns:
            return
        if self._options.format in DELIMITED:
            yield self.delimited([columns])
            yield self.delimited([row.get(name) for name in columns] for row in total.rows)
            return
        yield from _Layout(self._options, columns, total.rows).lines()

    def delimited(self, rows: Iterable[Sequence[Cell]]) -> str:
        """Return rows as CSV or TSV."""
        write = tsv_rows if self._options.format == "tsv" else csv_rows
        return write(rows, excel_safe=self._options.excel_safe, raw=self._options.raw)

    @property
    def _digests(self) -> bool:
        return self._options.format not in DELIMITED

    def _cut(self, cell: Cell) -> Cell:
        if self._keep is None or not isinstance(cell, str) or len(cell) <= self._keep:
            return cell
        # A character may take no column (combining marks), so keep some more than the columns that can be shown.
        return cell[: self._keep * 4]


def _is_hit(data: Record) -> bool:
    """Tell whether a record is a place with its context; `collocates` has counts under the same names."""
    return data.keys() >= CONTEXT and isinstance(data["left"], str)


class _Layout:
    """One table set by tabulate: cells made visible, numbers aligned, widths fitted."""

    def __init__(self, options: TableOptions, columns: Sequence[str], rows: Sequence[Mapping[str, Cell]]) -> None:
        self._options = options
        self._columns = list(columns)
        values = [[row.get(name) for row in rows] for name in columns]
        self._numeric = [_is_numeric(column) for column in values]
        self._texts = [
            _align_numbers(column) if numeric else [self._text(cell) for cell in column]
            for column, numeric in zip(values, self._numeric, strict=True)
        ]

    def lines(self) -> Iterator[str]:
        """Yield the lines of the table."""
        import tabulate

        headers = [self._text(name) for name in self._columns]
        numeric, texts, missing = self._numeric, self._texts, False
        if self._options.format in ALIGNED:
            widths = self._widths(headers)
            shown = [i for i, width in enumerate(widths) if width]
            missing = len(shown) < len(widths)
            headers = [cut_to_width(headers[i], widths[i]) for i in shown] + [ELLIPSIS] * missing
            texts = [[self._fitted(i, text, widths[i]) for text in texts[i]] for i in shown]
            numeric = [numeric[i] or self._is_context(i, "left") for i in shown] + [False] * missing
        rows = [[*row, ELLIPSIS] if missing else list(row) for row in zip(*texts, strict=True)]
        # Markup is not padded: one long text would be repeated as blanks in every row.
        left = "left" if self._options.format in ALIGNED or _narrow(texts) else None
        aligns = ["right" if n else left for n in numeric]
        padding, tabulate.MIN_PADDING = tabulate.MIN_PADDING, 0  # by default headers get two columns more
        try:
            table = tabulate.tabulate(
                rows,
                headers,
                tablefmt=_TABULATE.get(self._options.format, self._options.format),
                disable_numparse=True,
                stralign=left,
                colalign=aligns if rows else None,
                headersalign=aligns,
                preserve_whitespace=self._options.format in ALIGNED,
            )
        finally:
            tabulate.MIN_PADDING = padding
        yield from self._finish(table.split("\n"))

    def _is_context(self, index: int, name: str) -> bool:
        """Tell whether a column is this one of a concordance: what stands before its node is set flush right."""
        return self._columns[index] == name and set(self._columns) >= CONTEXT

    def _fitted(self, index: int, text: str, width: int) -> str:
        if self._is_context(index, "left"):
            return cut_start_to_width(text, width)
        text = cut_to_width(text, width)
        return f"\x1b[1;31m{text}\x1b[0m" if self._options.color and self._is_context(index, "node") else text

    def _finish(self, lines: list[str]) -> Iterator[str]:
        header_done = False
        for line in lines:
            line = line.rstrip(" ") if self._options.format in ("plain", "simple") else line
            if self._options.color:
                if _RULE.fullmatch(line):
                    line = f"\x1b[2m{line}\x1b[0m"
                elif not header_done:
                    line, header_done = f"\x1b[1m{line}\x1b[0m", True
            yield line + "\n"

    def _widths(self, headers: Sequence[str]) -> list[int]:
        from wcwidth import wcswidth

        cells = [max(map(wcswidth, texts), default=0) for texts in self._texts]
        natural = [max(wcswidth(header), cell, 1) for header, cell in zip(headers, cells, strict=True)]
        if self._options.cell:
            natural = [min(n, self._options.cell) for n in natural]
        if not self._options.width:
            return natural
        # A number is never cut, nor is a date; the name above may be.
        whole = [numeric or cell <= _SHORT for numeric, cell in zip(self._numeric, cells, strict=True)]
        least = [max(cell, LEAST) if keep else LEAST for keep, cell in zip(whole, cells, strict=True)]
        gap, edges = _GAPS[self._options.format]
        widths = fit_widths(natural, self._options.width - edges - gap * (len(natural) - 1), least)
        while 0 in widths:  # the sign for what is missing needs a column of its own, but gaps have become free
            shown = widths.index(0)
            room = self._options.width - edges - gap * shown - 1
            again = fit_widths(natural[:shown], room, least[:shown])
            if 0 not in again:
                return again + [0] * (len(natural) - shown)
            widths = again + [0] * (len(natural) - shown)
        return widths

    def _text(self, cell: Cell) -> str:
        text = plain(cell)
        if self._options.format == "github":
            text = re.sub(r"([|*`\[\]\\])", r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")
        if self._options.raw:
            return text
        breaks = {"github": "<br>", "html": "\n", "latex": "\n"}.get(self._options.format, "\\n")
        lines = text.replace("\r\n", "\n").replace("\t", "\\t").split("\n")
        return breaks.join(show(line) for line in lines)


def _narrow(columns: Sequence[Sequence[str]]) -> bool:
    return all(len(text) <= _PADDED for column in columns for text in column)


def _is_numeric(column: Sequence[Cell]) -> bool:
    filled = [cell for cell in column if cell is not None]
    return bool(filled) and all(isinstance(cell, int | float) for cell in filled)


def _align_numbers(column: Sequence[Cell]) -> list[str]:
    """Write numbers so that, set flush right, their points stand below each other."""
    texts = [plain(cell) for cell in column]
    tails = [len(text) - text.index(".") if "." in text else 0 for text in texts]
    longest = max(tails, default=0)
    return [text + " " * (longest - tail) if text else "" for text, tail in zip(texts, tails, strict=True)]
