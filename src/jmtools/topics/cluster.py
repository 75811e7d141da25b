"""All records into topics: one canonical order, one consensus partition, one linear model that assigns everything."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jmtools.errors import OptionError
from jmtools.records import decode_value, round6
from jmtools.spool import ArraySpool
from jmtools.tokens import SegmentOptions
from jmtools.topics.describe import TERMS, Topic
from jmtools.topics.fit import MAX_REFINE, fit_topics
from jmtools.topics.model import TopicModel
from jmtools.topics.vectors import Ints, choose_terms
from jmtools.topics.words import Bags, WordScanner

_REPRESENTATIVES = 3


@dataclass(frozen=True)
class ClusterOptions:
    """How records are clustered.

    Attributes:
        segment: How text is cut.
        stopwords: Stop list.
        k: Number of topics; None to choose it.
        k_range: Smallest and largest number to choose from; None for a range that fits the number of records.
        seed: Of everything that draws.
        threshold: Probability under which a record becomes an outlier; 0 for none.
    """

    segment: SegmentOptions = field(default_factory=SegmentOptions)
    stopwords: str = "default"
    k: int | None = None
    k_range: tuple[int, int] | None = None
    seed: int = 0
    threshold: float = 0.0


class CorpusTopics:
    """Absorbs every record's words, fits, gives every record its topic.

    Memory holds the vocabulary, 24 bytes a record, and the words of at most 50,000 records; the words of the others
    are in a temporary file.
    """

    def __init__(self, options: ClusterOptions) -> None:
        if options.k is not None and options.k < 1:
            raise OptionError("-k: a number from 1 up, or auto")
        self.options = options
        self.table: list[dict[str, float]] = []
        self.model: TopicModel | None = None
        self._spool = ArraySpool()
        self._numbers: dict[str, int] = {}
        self._df: Ints = np.zeros(1 << 12, np.int64)
        self._digests = array("q")
        self._segmentation = ""
        self._labels: Ints = np.zeros(0, np.int64)
        self._scores = np.zeros(0)

    def absorb(self, bags: Bags) -> None:
        """Take in the next batch."""
        numbers = self._numbers
        ids = np.array([numbers.setdefault(word, len(numbers)) for word in bags.words] or [0], np.int64)
        if len(numbers) > len(self._df):
            self._df = np.append(self._df, np.zeros(len(numbers), np.int64))
        mine = ids[bags.numbers]
        self._df += np.bincount(mine, minlength=len(self._df))
        self._digests.frombytes(bags.digests.tobytes())
        self._segmentation = bags.cut
        labels = np.frombuffer(bags.labels, np.uint8)
        self._spool.append(mine.astype(np.int32), bags.counts, bags.sizes, labels)

    def fit(self) -> None:
        """Find the topics, and the topic of every record."""
        docs = len(self._digests)
        space = choose_terms(list(self._numbers), self._df[: len(self._numbers)], docs)
        of_word = np.array([space.columns.get(word, -1) for word in self._numbers] or [-1], np.int64)
        self._numbers.clear()
        digests = np.array(self._digests, np.int64)
        limit = np.sort(digests)[MAX_REFINE - 1] if docs > MAX_REFINE else None
        chosen, order = self._collect(of_word, digests, limit)
        fitted = fit_topics(space, *chosen, order=order, options=self.options)
        self.table = fitted.table
        self.model = TopicModel(space, fitted.weights, [], self._segmentation, self.options.threshold)
        self._judge_all(of_word)
        self._number(fitted.topics)
        self._spool.close()

    def fields(self) -> Iterator[dict[str, Any]]:
        """Yield the new fields of each record."""
        if self.model is not None:
            for label, score in zip(self._labels.tolist(), self._scores.tolist(), strict=True):
                yield self.model.fields(label, score)

    def topic_records(self) -> list[dict[str, Any]]:
        """Return a record for each topic, the largest first."""
        return [] if self.model is None else self.model.topics

    def _collect(self, of_word: Ints, digests: Ints, limit: Any) -> tuple[tuple[Ints, Ints, Ints], Ints]:
        """Return columns, counts and sizes of the records that are fitted on, and their canonical order."""
        columns, counts, sizes, kept = [], [], [], []
        first = 0
        for numbers, times, lengths, _ in self._spool.read():
            mine = digests[first : first + len(lengths)]
            mask = np.ones(len(lengths), np.bool_) if limit is None else mine <= limit
            entries = np.repeat(mask, lengths)
            columns.append(of_word[numbers[entries]])
            counts.append(times[entries].astype(np.int64))
            sizes.append(lengths[mask].astype(np.int64))
            kept.append(mine[mask])
            first += len(lengths)
        none = [np.zeros(0, np.int64)]
        joined = tuple(np.concatenate(none + parts) for parts in (columns, counts, sizes))
        order: Ints = np.argsort(np.concatenate(none + kept), kind="stable")
        return (joined[0], joined[1], joined[2]), order

    def _judge_all(self, of_word: Ints) -> None:
        assert self.model is not None  # noqa: S101 - set by the caller
        labels, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
        for numbers, counts, sizes, _ in self._spool.read():
            found = self.model.judge(of_word[numbers], counts.astype(np.int64), sizes.astype(np.int64))
            labels.append(found[0])
            scores.append(found[1])
        self._labels, self._scores = np.concatenate(labels), np.concatenate(scores)

    def _number(self, topics: list[Topic]) -> None:
        """Number the topics by size, then by first term; leave out those that nobody is in."""
        assert self.model is not None  # noqa: S101 - set by the caller
        inside = self._labels >= 0
        sizes = np.bincount(self._labels[inside], minlength=len(topics)).tolist()
        order = [i for i, size in enumerate(sizes) if size]
        order.sort(key=lambda i: (-sizes[i], topics[i].terms[0][0] if topics[i].terms else ""))
        new = np.full(len(topics) + 1, -1, np.int64)
        new[order] = np.arange(len(order))
        self._labels = new[self._labels]
        self.model.weights = self.model.weights[order]
        shown = self._representatives(len(order))
        for number, index in enumerate(order):
            topic = topics[index]
            self.model.topics.append(
                {
                    "topic": number,
                    "label": topic.label,
                    "size": sizes[index],
                    "share": round6(sizes[index] / len(self._labels)),
                    "terms": [{"term": term, "weight": weight} for term, weight in topic.terms[:TERMS]],
                    "representatives": shown[number],
                    "coherence": topic.coherence,
                    "stability": topic.stability,
                }
            )

    def _representatives(self, topics: int) -> list[list[dict[str, Any]]]:
        """Return id and headline of the records with the highest scores of each topic."""
        digests = np.array(self._digests, np.int64)
        order = np.lexsort((digests, -self._scores.round(6), self._labels))
        starts = np.searchsorted(self._labels[order], np.arange(topics + 1))
        chosen: dict[int, int] = {}
        for topic in range(topics):
            for place in order[starts[topic] : min(starts[topic] + _REPRESENTATIVES, starts[topic + 1])].tolist():
                chosen[place] = topic
        shown: dict[int, dict[str, Any]] = {}
        first = 0
        for _, _, sizes, labels in self._spool.read():
            here = [place for place in chosen if first <= place < first + len(sizes)]
            if here:
                lines = labels.tobytes().splitlines()
                shown |= {place: decode_value(lines[place - first]) for place in here}
            first += len(sizes)
        return [[shown[place] for place, own in chosen.items() if own == topic] for topic in range(topics)]


def cluster(records: Iterable[Mapping[str, Any]], options: ClusterOptions | None = None) -> Iterator[dict[str, Any]]:
    """Yield records with their topics."""
    options = options or ClusterOptions()
    kept = list(records)
    feature = CorpusTopics(options)
    feature.absorb(WordScanner(options.segment, options.stopwords).scan(kept))
    feature.fit()
    for record, fields in zip(kept, feature.fields(), strict=True):
        yield {**record, **fields}
