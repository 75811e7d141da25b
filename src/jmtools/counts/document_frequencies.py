"""Tables of document frequencies: counted from records, merged, looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.counts.idf_tables import IdfTable, counted_table, load_table, merge_tables, table_records
from jmtools.counts.idf_values import BACKGROUND, IdfValues, background_idf
from jmtools.counts.tally import Tally
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions, TermCounter, is_word
from jmtools.io.json_types import Fields
from jmtools.io.records import round6
from jmtools.words.reader import SegmentOptions


class IdfCounter(TermCounter, ReportFeature[Tally, Tally]):
    """Counts in how many records each word stands, and gives the table: a report."""

    def __init__(self, segment: SegmentOptions, *, min_docfreq: int = 1, max_memory: int | None = None) -> None:
        """Take the options; words in fewer than `min_docfreq` records are left out of the table."""
        super().__init__(CountOptions(segment=segment, max_memory=max_memory))
        self._min_df = min_docfreq
        self._notes: Sequence[str] = ()

    def records(self, total: Tally) -> Iterator[Fields]:
        """Yield the head of the table and a record for each word."""
        self._notes = gather([total], room=self.options.max_memory).note(self._min_df)
        counts = total.counts.get(((), 1))
        df: dict[str, int] = {}
        if counts is not None:
            names = total.vocabularies[1].terms()
            numbers, _, docfreq = counts.total()
            df = {
                names[number]: count
                for number, count in zip(numbers.tolist(), docfreq.tolist(), strict=True)
                if count >= self._min_df and is_word(names[number])
            }
        docs = 0 if counts is None else counts.docs
        yield from table_records(IdfTable(docs, df, self._units.fingerprint))

    def notes(self) -> Sequence[str]:
        """Return what was dropped for want of memory."""
        return self._notes


def merged_records(paths: Sequence[str], *, min_docfreq: int = 1, allow_mixed: bool = False) -> Iterator[Fields]:
    """Yield the table of all records of several tables.

    Raises:
        OptionError: If their records were segmented differently, unless `allow_mixed`, or one has no counts.
        ModelError: If one is no table.
    """
    tables = [counted_table(read_table(path), path) for path in paths]
    if allow_mixed and len({table.segmentation for table in tables}) > 1:
        tables = [replace(table, segmentation=None) for table in tables]
    merged = merge_tables(tables)
    df = {word: count for word, count in merged.df.items() if count >= min_docfreq}
    yield from table_records(replace(merged, df=df))


def table_summary(path: str) -> Fields:
    """Return what a table is: `table`, `kind`, `docs`, `terms`, `once`, `segmentation`, `idf_median`."""
    table = read_table(path)
    if isinstance(table, IdfValues):
        df = table.frequencies()
        terms, docs, cut = len(table.table), table.docs, None
        once = None if df is None else sum(count == 1 for count in df.values())
        middle = table.unknown
    else:
        terms, docs, cut = len(table.df), table.docs, table.segmentation
        once = sum(count == 1 for count in table.df.values())
        counts = sorted(table.df.values())
        middle = table.idf_of(counts[len(counts) // 2] if counts else 0)
    return {
        "table": path,
        "kind": _kind(table),
        "docs": docs,
        "terms": terms,
        "once": once,
        "segmentation": cut,
        "idf_median": round6(middle),
    }


def _kind(table: IdfTable | IdfValues) -> str:
    if isinstance(table, IdfTable):
        return "counted"
    return "jieba's background" if table.name == BACKGROUND else "jieba's format"


def table_rows(path: str, *, terms: Sequence[str] | None = None, top: int | None = None) -> Iterator[Fields]:
    """Yield words of a table, the commonest first: `term`, `df`, `df_pct`, `idf`, and whether the table has them.

    Args:
        path: A table, or `background`.
        terms: Show these, in their order, whether the table has them or not; None for all.
        top: How many; None for all.
    """
    table = read_table(path)
    known = set(table.table.words()) if isinstance(table, IdfValues) else set(table.df)
    if terms is None:
        words = sorted(known)
        terms = [words[at] for at in np.argsort(table.idfs(words), kind="stable").tolist()]
    for term, count in zip(terms[:top], table.counts_of(terms[:top]), strict=True):
        percent = None if count is None or not table.docs else round6(100 * count / table.docs)
        yield {"term": term, "df": count, "df_pct": percent, "idf": round6(table.idf(term)), "known": term in known}


def read_table(path: str) -> IdfTable | IdfValues:
    """Return the table of a file, or jieba's for `background`."""
    return background_idf() if path == BACKGROUND else load_table(path)
