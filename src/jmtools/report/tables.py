"""Records of other commands as tables that say what they are: title, columns in order with units, short numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jmtools.fields.path import Cell, flat
from jmtools.io.json_types import Record
from jmtools.report.collect import number_of

TABLE_ROWS = 500


@dataclass(frozen=True)
class Kind:
    """A kind of records: the key of its title, the fields by which it is known, its columns, the one drawn as bars."""

    key: str
    known_by: frozenset[str]
    columns: tuple[str, ...]
    bar: str


@dataclass(frozen=True)
class TermTable:
    """Records of one kind as a table: columns, rows, which columns are numbers, and the column drawn as bars."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    bar: int
    top: float
    total: int
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class ConcordanceLine:
    """A place that `kwic` found: what stands before and after, where, and the number of the article or -1."""

    left: str
    node: str
    right: str
    where: str
    article: int


def _kind(key: str, known_by: str, columns: str, bar: str = "") -> Kind:
    return Kind(key, frozenset(known_by.split()), tuple(columns.split()), bar)


# The first whose fields a record has; what a record has besides is named below its table.
KINDS = (
    _kind(
        "t_keyness",
        "term ll log_ratio freq_target",
        "term direction freq_target freq_reference ipm_target ipm_reference docfreq_target docfreq_reference ll p_bh"
        " log_ratio",
        "ll",
    ),
    _kind("t_collocates", "node term log_dice", "node term freq left right expected log_dice mi ll", "log_dice"),
    _kind("t_kwic", "left node right", "left node right", ""),
    _kind("t_cooc", "term_a term_b", "term_a term_b freq freq_a freq_b log_dice npmi ll", "log_dice"),
    _kind("t_summary", "slope tau", "term first last periods freq slope tau p bursts", ""),
    _kind("t_newwords", "term pmi left_entropy", "term freq docfreq pmi left_entropy right_entropy cut", "freq"),
    _kind(
        "t_freq",
        "term freq docfreq",
        "group ngram rank term freq docfreq docfreq_pct ipm ipm_low ipm_high range dp dp_norm juilland_d cv arf",
        "freq",
    ),
    _kind("t_idf", "term df idf", "term df df_pct idf", "df"),
)
_USUAL_BARS = ("freq", "ll", "log_dice", "score", "ipm", "count")


def make_tables(records: Iterable[Record]) -> list[TermTable]:
    """Return one table for each kind of records; those of no known kind by their fields."""
    kinds: defaultdict[tuple[str, tuple[str, ...]], list[Record]] = defaultdict(list)
    for data in records:
        kind = kind_of(data)
        if kind is None or kind.key != "t_kwic":
            kinds[(kind.key if kind else "t_other", tuple(data))].append(data)
    return [_table(key, fields, found) for (key, fields), found in kinds.items()]


def make_places(records: Iterable[Record], index: Mapping[str, int]) -> list[ConcordanceLine]:
    """Return the places of `kwic` records."""
    found = []
    for data in records:
        kind = kind_of(data)
        if kind is not None and kind.key == "t_kwic" and isinstance(data["left"], str):
            left, node, right = (str(flat(data[name]) or "").replace("\n", " ") for name in ("left", "node", "right"))
            where = " ".join(str(flat(data[n])) for n in ("date", "page", "headline") if data.get(n))
            found.append(ConcordanceLine(left, node, right, where, index.get(str(data.get("id")), -1)))
    return found


def kind_of(data: Record) -> Kind | None:
    """Return what kind of record this is, or None."""
    return next((kind for kind in KINDS if kind.known_by <= data.keys()), None)


def short(value: Cell) -> str:
    """Return a number with at most three significant digits; whole numbers are counts and stay whole.

    Example:
        >>> short(12345.6), short(0.04567), short(1234), short("词"), short(None), short(2.5e-7)
        ('12,300', '0.0457', '1,234', '词', '', '2.5e-07')
    """
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if value.is_integer() and abs(value) < 1000:
        return f"{value:g}"
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 and abs(rounded) < 1e15 else f"{rounded:g}"


def _table(key: str, fields: tuple[str, ...], records: Sequence[Record]) -> TermTable:
    kind = next((k for k in KINDS if k.key == key), None)
    columns = tuple(name for name in kind.columns if name in fields) if kind is not None else fields
    hidden = tuple(name for name in fields if name not in columns)
    rows = tuple(tuple(flat(data[name]) for name in columns) for data in records[:TABLE_ROWS])
    numeric = tuple(
        any(isinstance(row[i], int | float) for row in rows) and not any(isinstance(row[i], str) for row in rows)
        for i in range(len(columns))
    )
    wanted = (kind.bar,) if kind is not None else _USUAL_BARS
    bar = next((columns.index(n) for n in wanted if n in columns and numeric[columns.index(n)]), -1)
    values = [abs(number_of(row[bar]) or 0.0) for row in rows] if bar >= 0 else []
    return TermTable(key, columns, rows, numeric, bar, float(max(values, default=1) or 1), len(records), hidden)
