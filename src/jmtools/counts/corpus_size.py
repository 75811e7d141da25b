"""How large a corpus is: records, words, days, pages and authors; by itself, or beside what a report counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.counts.tally import Counts, Tally
from jmtools.counts.term_counter import CountOptions, TermCounter
from jmtools.fields.grouping import Group, group_order, iso_date
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.records import round6
from jmtools.words.reader import ReadsWords, SegmentOptions
from jmtools.words.segment import segmentation_of

STRETCH = 1000  # tokens of a stretch whose type-token ratio is taken


@dataclass
class Size:
    """What was seen of a group of records beside its words."""

    records: int = 0
    without_date: int = 0
    characters: int = 0
    days: set[str] = field(default_factory=set)
    issues: set[tuple[str, str]] = field(default_factory=set)
    pages: set[tuple[str, str, str]] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    newspapers: set[str] = field(default_factory=set)
    segmentations: Counter[str] = field(default_factory=Counter)

    def take(self, data: Record, segmentation: str) -> None:
        """Count a record."""
        self.records += 1
        self.segmentations[segmentation] += 1
        text = data.get("text")
        self.characters += len("".join(text.split())) if isinstance(text, str) else 0
        paper, date = str(data.get("newspaper") or ""), iso_date(str(data.get("date") or ""))
        self.newspapers.update([paper] if paper else [])
        self.authors.update(_names(data.get("authors")))
        if date is None:
            self.without_date += 1
            return
        self.days.add(date)
        self.issues.add((paper, date))
        if isinstance(data.get("page"), str | int):
            self.pages.add((paper, date, str(data["page"])))

    def add(self, later: Size) -> None:
        """Add the counts of later records."""
        self.records += later.records
        self.without_date += later.without_date
        self.characters += later.characters
        self.days |= later.days
        self.issues |= later.issues
        self.pages |= later.pages
        self.authors |= later.authors
        self.newspapers |= later.newspapers
        self.segmentations.update(later.segmentations)


@dataclass
class Sizes:
    """The sizes of all groups, and their words."""

    of_group: dict[Group, Size]
    tally: Tally


class SizeCounter(ReadsWords, ReportFeature[Sizes, Sizes]):
    """Counts the size of a corpus: a report of one record, or of one for each group."""

    def __init__(self, segment: SegmentOptions, *, group_by: tuple[str, ...] = ()) -> None:
        """Get ready.

        Raises:
            OptionError: If a field to group by is none.
        """
        self._terms = TermCounter(CountOptions(segment, group_by=group_by, sequence=True))
        self.words = self._terms.words

    def fields_read(self) -> Sequence[str]:
        """Return the fields of the groups."""
        return self._terms.fields_read()

    def check(self, data: Record) -> None:
        """Check that a record can be put into a group.

        Raises:
            RecordError: If it cannot.
        """
        self._terms.check(data)

    def count(self, batch: Sequence[Record]) -> Sizes:
        """Return the sizes of a batch; records without text have no words."""
        sizes: dict[Group, Size] = {}
        with_words = []
        for data in batch:
            fingerprint = self.words.fingerprint if self.words is not None else ""
            for group in self._terms.grouping.of(data):
                sizes.setdefault(group, Size()).take(data, segmentation_of(data) or fingerprint)
            if data.get("tokens") is not None or isinstance(data.get("text"), str):
                with_words.append(data)
        return Sizes(sizes, self._terms.count(with_words))

    def merge(self, total: Sizes, part: Sizes) -> Sizes:
        """Add the sizes of later records."""
        for group, size in part.of_group.items():
            total.of_group.setdefault(group, Size()).add(size)
        self._terms.merge(total.tally, part.tally)
        return total

    def records(self, total: Sizes) -> Iterator[Fields]:
        """Yield a record for each group; none where no record was read."""
        for group in sorted(total.of_group, key=group_order):
            grouping = self._terms.grouping
            label = {"group": grouping.label(group)} if grouping.specs else {}
            counts = total.tally.counts.get((group, 1), Counts())
            yield label | _record(total.of_group[group], counts)


class WithSize(ReportFeature[JsonValue, JsonValue]):
    """A report that counts the size of its corpus in the same pass."""

    def __init__(self, report: ReportFeature[JsonValue, JsonValue], sizes: SizeCounter) -> None:
        self.report, self.sizes = report, sizes

    def fields_read(self) -> Sequence[str]:
        """Return the fields that the report reads."""
        return self.report.fields_read()

    def check(self, data: Record) -> None:
        """Check a record as the report does."""
        self.report.check(data)

    def segmentation_of(self, data: Record) -> str | None:
        """Return what the report says of a record's segmentation."""
        return self.report.segmentation_of(data)

    def has_residue(self, data: Record) -> bool:
        """Return what the report says of a record's text."""
        return self.report.has_residue(data)

    def count(self, batch: Sequence[Record]) -> tuple[JsonValue, Sizes]:
        """Return the counts of the report, and the size of the batch."""
        return self.report.count(batch), self.sizes.count(batch)

    def merge(self, total: tuple[JsonValue, Sizes], part: tuple[JsonValue, Sizes]) -> tuple[JsonValue, Sizes]:
        """Add later counts."""
        return self.report.merge(total[0], part[0]), self.sizes.merge(total[1], part[1])

    def records(self, total: tuple[JsonValue, Sizes]) -> Iterator[Fields]:
        """Yield the records of the report."""
        return self.report.records(total[0])

    def lines(self, total: tuple[JsonValue, Sizes]) -> Iterator[bytes]:
        """Yield the lines of the report."""
        return self.report.lines(total[0])

    def notes(self) -> Sequence[str]:
        """Return the notes of the report."""
        return self.report.notes()


def _record(size: Size, counts: Counts) -> Fields:
    _, freq, _ = counts.total()
    days = sorted(size.days)
    return {
        "records": size.records,
        "tokens": int(freq.sum()),
        "types": len(freq),
        "hapaxes": int((freq == 1).sum()),
        "sttr": _sttr(counts),
        "characters": size.characters,
        "newspapers": len(size.newspapers),
        "issues": len(size.issues),
        "days": len(days),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "pages": len(size.pages),
        "authors": len(size.authors),
        "without_date": size.without_date,
        "segmentations": sorted(size.segmentations),
    }


def _sttr(counts: Counts) -> float | None:
    """Return the mean share of different words in stretches of a thousand words; None for less than one stretch."""
    words = np.concatenate([np.zeros(0, np.int32), *counts.sequence])
    stretches = len(words) // STRETCH
    if not stretches:
        return None
    shares = [len(np.unique(words[n * STRETCH : (n + 1) * STRETCH])) / STRETCH for n in range(stretches)]
    return round6(sum(shares) / stretches)


def _names(authors: JsonValue) -> list[str]:
    found = []
    for item in authors if isinstance(authors, list) else []:
        name = item.get("name") if isinstance(item, Mapping) else item
        if isinstance(name, str) and name:
            found.append(name)
    return found
