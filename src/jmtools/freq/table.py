"""The terms of one group, with their counts, as records and as lines."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.counts.core_vocabulary import CoreVocabulary, different
from jmtools.counts.tally import Counts, Ints, Vocabulary
from jmtools.counts.term_counter import CountOptions, is_word, marks_of
from jmtools.io.json_types import Fields
from jmtools.io.records import encode_record, encode_strings, round6
from jmtools.stats.effects import per_million

if TYPE_CHECKING:
    import numpy.typing as npt

Bools: TypeAlias = "npt.NDArray[np.bool_]"
_PIECE = 1 << 13  # terms that are written at once
_HEAD = 4  # characters of a term that are compared as numbers


class Table:
    """The terms of one group that are words, with their counts."""

    def __init__(
        self, counts: Counts, vocabulary: Vocabulary, options: CountOptions, forms: Mapping[str, str] | None = None
    ) -> None:
        """Take the counts; `forms` says how terms are printed that were counted in another form."""
        self._vocabulary, self._forms = vocabulary, forms
        self._core = vocabulary if isinstance(vocabulary, CoreVocabulary) and not forms else None
        self.numbers, self.freq, self.docfreq = counts.total()
        self.docs, self._dropped = counts.docs, counts.dropped
        n_words = int(self.freq.sum())
        if options.unit != "string" and options.ngrams == (1, 1):
            words = self._are_words()
            n_words = int(self.freq[words].sum())
            self._keep(words | self._are_listed(marks_of(options)))
        self.n = counts.words or n_words + counts.occurrences_dropped
        self._ascending: Ints = np.sort(self.freq)
        # Most terms share their frequencies with others: what depends on a frequency is computed once.
        self._of_freq = functools.cache(self._rank_and_ipm)
        self._of_docfreq = functools.cache(self._percent)

    @functools.cached_property
    def terms(self) -> list[str]:
        """The term of each row."""
        names = self._vocabulary.names(self.numbers)
        return [self._forms.get(name, name) for name in names] if self._forms else names

    def _are_words(self) -> Bools:
        if self._core is not None:
            words = np.ones(len(self.numbers), np.bool_)
            for row, term in self._core.odd_ones(self.numbers):
                words[row] = is_word(term)
            return words
        words = np.fromiter(map(str.isalnum, self.terms), np.bool_, len(self.terms))  # nearly all are words
        for row in np.flatnonzero(~words).tolist():
            words[row] = is_word(self.terms[row])
        return words

    def _are_listed(self, marks: frozenset[str]) -> Bools:
        """Tell which terms are no words, such as …… and 😀, but were asked for."""
        if not marks:
            return np.zeros(len(self.numbers), np.bool_)
        return np.fromiter((term in marks for term in self._vocabulary.names(self.numbers)), np.bool_)

    def _keep(self, rows: Bools) -> None:
        """Drop the other rows."""
        terms = self.__dict__.pop("terms", None)
        if terms is not None:
            self.__dict__["terms"] = [term for term, flag in zip(terms, rows.tolist(), strict=True) if flag]
        self.numbers, self.freq, self.docfreq = self.numbers[rows], self.freq[rows], self.docfreq[rows]

    def by_term(self, rows: Ints) -> Ints:
        """Return rows in the order of their terms."""
        if self._core is not None:
            return rows[self._core.order(self.numbers[rows])]
        return rows[term_order([self.terms[row] for row in rows.tolist()])]

    def at_least(self, freq: int, docfreq: int, top: int | None) -> Ints:
        """Return the rows with these frequencies that can be among the `top` most frequent."""
        if top is not None and top <= 0:
            return np.zeros(0, np.int64)
        if top is not None and top < len(self.numbers):
            freq = max(freq, int(self._ascending[-top]))
        return np.flatnonzero((self.freq >= freq) & (self.docfreq >= docfreq))

    def lines(self, rows: Ints, labels: Fields) -> Iterator[bytes]:
        """Yield the records of rows as lines, many in one piece; `labels` come first in each.

        Most terms share both frequencies with others, so all but the term itself is written once for each such pair.
        """
        head = encode_record({**labels, "term": ""}).removesuffix(b'"}\n')
        if self._core is not None:
            pairs, which = different(self.freq[rows] * (self.docs + 1) + self.docfreq[rows])
            tails = [self._tail(*divmod(pair, self.docs + 1)) for pair in pairs.tolist()]
            yield from self._core.lines(self.numbers[rows], head, tails, which)
            return
        tail_of = functools.cache(self._tail)
        for start in range(0, len(rows), _PIECE):
            piece = rows[start : start + _PIECE]
            terms = encode_strings([self.terms[row] for row in piece.tolist()])
            ends = map(tail_of, self.freq[piece].tolist(), self.docfreq[piece].tolist())
            yield b"".join([part for term, tail in zip(terms, ends, strict=True) for part in (head, term, tail)])

    def row(self, row: int) -> Fields:
        """Return the record of a term; terms of one frequency share the best rank."""
        return self._record(self.terms[row], int(self.freq[row]), int(self.docfreq[row]))

    def absent(self, term: str) -> Fields:
        """Return the record of a term that does not occur."""
        return self._record(term, 0, 0)

    def _record(self, term: str, freq: int, docfreq: int) -> Fields:
        rank, ipm = self._of_freq(freq)
        share = self._of_docfreq(docfreq)
        record = {"term": term, "freq": freq, "rank": rank, "docfreq": docfreq, "docfreq_pct": share, "ipm": ipm}
        return record | {"n_tokens": self.n, "docs": self.docs}

    def _tail(self, freq: int, docfreq: int) -> bytes:
        record = self._record("", freq, docfreq)
        return b'"' + encode_record(record).removeprefix(b'{"term":""')

    def _rank_and_ipm(self, freq: int) -> tuple[int | None, float]:
        above = len(self.numbers) - int(np.searchsorted(self._ascending, freq, side="right"))
        above += sum(terms for frequency, terms in self._dropped.items() if frequency > freq)
        return above + 1 if freq else None, round6(per_million(freq, self.n))

    def _percent(self, docfreq: int) -> float:
        return round6(100 * docfreq / self.docs) if self.docs else 0.0


def term_order(terms: Sequence[str]) -> Ints:
    """Return the order of different terms by code points, as `sorted` has it, in half of the time.

    >>> term_order(["医保基金监管", "春", "医保基金", "医保"]).tolist()
    [3, 2, 0, 1]
    """
    if not terms:
        return np.zeros(0, np.int64)
    codes = np.array(terms, f"U{_HEAD}").view(np.uint32).reshape(-1, _HEAD).astype(np.int64)
    head = codes[:, 0] << 42 | codes[:, 1] << 21 | codes[:, 2]
    order = np.lexsort((codes[:, 3], head))
    alike = (head[order][1:] == head[order][:-1]) & (codes[order, 3][1:] == codes[order, 3][:-1])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], alike, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        order[start : end + 1] = sorted(order[start : end + 1].tolist(), key=terms.__getitem__)
    return order
