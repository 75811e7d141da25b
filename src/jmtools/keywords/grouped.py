"""Keywords of groups of records: class-based tf-idf over the terms of their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.counts.forms import commonest_forms
from jmtools.errors import OptionError
from jmtools.fields.grouping import Group, Grouping, group_order
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import round6
from jmtools.keywords.candidates import lay_out
from jmtools.keywords.choice import choose
from jmtools.keywords.extract import read_idf
from jmtools.keywords.listed import listed_among, missing_notes
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import FOLDING, KeywordOptions
from jmtools.keywords.ranker import Ranker
from jmtools.keywords.reader import KeywordReader
from jmtools.keywords.vocabulary import Floats, Ints
from jmtools.words.lexicon import fold_case

TERMS_OF_RECORD = 30  # best terms of a record; those further down reach no group's list and cost memory
_AT_ONCE = 64  # records whose candidates are in memory
_LOOK = 4  # terms looked at for each keyword


@dataclass
class Counted:
    """Counts of one group: its records, and of each term its places and the records that have it."""

    docs: int = 0
    terms: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, term: str, tf: int, df: int) -> None:
        """Add to the counts of a term."""
        before = self.terms.get(term, (0, 0))
        self.terms[term] = before[0] + tf, before[1] + df


Totals = dict[Group, Counted]


class GroupedKeywords(KeywordReader, ReportFeature[Totals, Totals]):
    """Counts the terms of records by group and gives a record for each group: a report."""

    def __init__(self, options: KeywordOptions, group_by: Sequence[str]) -> None:
        """Take the options.

        Raises:
            OptionError: If one of them says something of single records.
        """
        super().__init__(options)
        if options.explain:
            raise OptionError("--explain: a group's keywords stand in many records; leave out --group-by")
        if options.min_chance:
            raise OptionError("--min-chance: it is told of the keywords of single records; leave out --group-by")
        self._options, self._grouping = options, Grouping(group_by)
        self._notes: Sequence[str] = ()
        every = 1 << 30 if options.method == "tfidf" or options.terms is not None else TERMS_OF_RECORD
        single = replace(options, top=every, min_docfreq=1, diversity=0.0, nested=None)
        self._ranker = Ranker(single, read_idf(options))

    def fields_read(self) -> tuple[str, ...]:
        """Return the fields of the groups."""
        return self._grouping.field_names

    def check(self, data: Record) -> None:
        """Check that a record can be put into a group.

        Raises:
            RecordError: If it cannot.
        """
        self._grouping.of(data)

    def count(self, batch: Sequence[Record]) -> Totals:
        """Return the counts of a batch."""
        totals: Totals = {}
        for start in range(0, len(batch), _AT_ONCE):
            self._count(batch[start : start + _AT_ONCE], totals)
        return totals

    def _count(self, batch: Sequence[Record], totals: Totals) -> None:
        flat, lengths, headlines = self.read(batch)
        vocabulary = self._ranker.vocabulary
        vocabulary.trim()
        texts = lay_out(vocabulary.ids(flat), lengths, headlines, vocabulary)
        for data, rows in zip(batch, self._ranker.rows(texts, flat), strict=True):
            for group in self._grouping.of(data):
                counted = totals.setdefault(group, Counted())
                counted.docs += 1
                for row in rows:
                    counted.add(row.term, row.tf, 1)

    def merge(self, total: Totals, part: Totals) -> Totals:
        """Add the counts of later records."""
        for group, counted in part.items():
            mine = total.setdefault(group, Counted())
            mine.docs += counted.docs
            for term, (tf, df) in counted.terms.items():
                mine.add(term, tf, df)
        return total

    def records(self, total: Totals) -> Iterator[Fields]:
        """Yield a record for each group: `group`, `n_docs`, `keywords`."""
        if self._options.terms is None and self._options.method in FOLDING:
            total = _in_commonest_forms(total)
        groups = sorted(total, key=group_order)
        self._notes = list(self._missing(total))
        names = sorted({term for counted in total.values() for term in counted.terms})
        numbers = {name: number for number, name in enumerate(names)}
        tf, df = (np.zeros((len(names),), np.int64) for _ in range(2))
        columns = []
        for group in groups:
            terms = total[group].terms
            ids = np.fromiter((numbers[term] for term in terms), np.int64, len(terms))
            counts = np.array(list(terms.values()), np.int64).reshape(-1, 2)
            tf[ids] += counts[:, 0]
            df[ids] += counts[:, 1]
            columns.append((ids, counts))
        for group, (ids, counts) in zip(groups, columns, strict=True):
            scores = class_tfidf(counts[:, 0], tf[ids], words=int(tf.sum()), classes=len(groups))
            scores = np.where(df[ids] >= self._options.min_docfreq, scores, 0.0)
            keywords = self._keywords([names[number] for number in ids.tolist()], counts, scores)
            yield {"group": self._grouping.label(group), "n_docs": total[group].docs, "keywords": keywords}

    def notes(self) -> Sequence[str]:
        """Return which terms of the user's list no record has."""
        return self._notes

    def _missing(self, total: Totals) -> Iterator[str]:
        terms = self._options.terms
        if terms is not None and total:
            yield from missing_notes(terms, listed_among({t for one in total.values() for t in one.terms}, terms))

    def _keywords(self, names: list[str], counts: Ints, scores: Floats) -> list[Fields]:
        options = self._options
        order = np.argsort(-scores, kind="stable")[: _LOOK * options.top + TERMS_OF_RECORD].tolist()
        found = [(i, *counts[i].tolist()) for i in order if scores[i] > 0]
        rows = sorted(RankedTerm(-round6(float(scores[i])), names[i], tf, i, 0) for i, tf, _ in found)
        words_alone = options.method in ("tfidf", "textrank") or options.terms is not None
        nested = options.nested or ("all" if words_alone else "none")
        chosen = choose(rows, options.top, diversity=options.diversity, nested=nested)
        return [{"term": r.term, "score": -r.order, "tf": r.tf, "df": int(counts[r.number][1])} for r in chosen]


def _in_commonest_forms(total: Totals) -> Totals:
    """Return counts in which terms that differ in case only are one, printed as most often."""
    seen: Counter[str] = Counter()
    for counted in total.values():
        seen.update({term: tf for term, (tf, _) in counted.terms.items()})
    forms = commonest_forms(seen)
    folded: Totals = {}
    for group, counted in total.items():
        mine = folded[group] = Counted(counted.docs)
        for term, (tf, df) in counted.terms.items():
            mine.add(forms[fold_case(term)], tf, df)
    return folded


def class_tfidf(tf: Ints, total: Ints, *, words: int, classes: int) -> Floats:
    """Return class-based tf-idf: tf / words of the class × ln(1 + words a class / total).

    Args:
        tf: Occurrences of each term in the class, shape (terms,).
        total: Occurrences in all classes.
        words: Occurrences of all terms in all classes.
        classes: How many there are.

    Source:
        Grootendorst (2022), BERTopic: neural topic modeling with a class-based TF-IDF procedure, equation 2, with the
        class's frequencies adding up to 1.

    >>> class_tfidf(np.array([3, 1]), np.array([3, 5]), words=8, classes=2).round(4).tolist()
    [0.6355, 0.1469]
    """
    weights: Floats = tf / max(int(tf.sum()), 1) * np.log1p(words / max(classes, 1) / np.maximum(total, 1))
    return weights
