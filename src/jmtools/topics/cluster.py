"""All records into topics: one canonical order, one consensus partition, one linear model that assigns everything."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from jmtools.batches.feature import CorpusFeature, Tell, tell_nobody
from jmtools.counts.tally import Vocabulary
from jmtools.errors import OptionError
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import decode_value
from jmtools.io.spool import ArraySpool
from jmtools.topics.fit import MAX_SETTLE, Fitted, fit_topics
from jmtools.topics.fit_sample import FitSample, sample_of
from jmtools.topics.follow import TopicChanges, affinity, follow
from jmtools.topics.latent import Singles
from jmtools.topics.methods import METHODS
from jmtools.topics.model import TopicModel
from jmtools.topics.numbering import Numbered, add_levels, number_topics, order_by_size, rename, tell_apart
from jmtools.topics.options import ClusterOptions
from jmtools.topics.outside import check_same_vectors, no_vectors
from jmtools.topics.shared_words import WordPlaces
from jmtools.topics.vectors import Floats, Ints, Small, VectorSpace, choose_terms
from jmtools.topics.witnesses import spare_copies
from jmtools.topics.words import Bags, WordScanner
from jmtools.words.shadow import count_scripts, mixes_scripts

_REPRESENTATIVES = 3


class CorpusTopics(CorpusFeature[Bags]):
    """Absorbs every record's words, fits, gives every record its topic.

    Memory holds the vocabulary, 24 bytes a record, and the words of at most 50,000 records; the words of the others
    are in a temporary file.
    """

    def __init__(
        self, options: ClusterOptions, previous: TopicModel | None = None, *, needs_model: bool = True
    ) -> None:
        """Prepare for records.

        Args:
            options: How they are clustered.
            previous: The model whose topics go on in the new ones.
            needs_model: Whether a model is made of no records too.
        """
        if options.k is not None and options.k < 1:
            raise OptionError("-k: a number from 1 up, or auto")
        if options.method not in METHODS:
            raise OptionError(f"--method {options.method}: one of {', '.join(METHODS)}")
        self.options, self.previous = options, previous
        self.needs_model = needs_model or previous is not None or bool(options.names)
        self.course = TopicChanges()
        self.table: list[dict[str, float]] = []
        self.alike = self.mixed_scripts = False
        self.model: TopicModel | None = None
        self._spool = ArraySpool()
        self._words, self._places = Vocabulary(), WordPlaces()
        self._digests = array("q")
        self._segmentation = ""

    @cached_property
    def _df(self) -> Ints:
        """How many records have each word."""
        return np.zeros(1 << 12, np.int64)

    @cached_property
    def _labels(self) -> Ints:
        """The topic of each record, or its row of the weights."""
        return np.zeros(0, np.int64)

    @cached_property
    def _scores(self) -> Floats:
        """The probability of each record's topic."""
        return np.zeros(0)

    @cached_property
    def _of_word(self) -> Small:
        """The column of each word."""
        return np.zeros(0, np.int32)

    def absorb(self, bags: Bags) -> None:
        """Take in the next batch."""
        own = self._places.of(bags.words, self._words.encode)
        size = len(self._words.numbers)
        if size > len(self._df):
            self._df = np.append(self._df, np.zeros(size, np.int64))
        self._df[own] += np.bincount(bags.numbers, minlength=len(own))
        self._digests.frombytes(bags.digests.tobytes())
        self._segmentation = bags.segmentation
        labels = np.frombuffer(bags.labels, np.uint8)
        vectors = no_vectors() if bags.vectors is None else bags.vectors
        self._spool.append(own.astype(np.int32)[bags.numbers], bags.counts, bags.sizes, labels, vectors)

    @property
    def docs(self) -> int:
        """Return how many records were absorbed."""
        return len(self._digests)

    def fit(self, tell: Tell = tell_nobody) -> None:
        """Find the topics, and the topic of every record; of no records only where somebody waits for a model.

        Raises:
            OptionError: If the segmentation differs from that of the model before.
        """
        if not self.docs and not self.needs_model:
            return
        try:
            self._fit(tell)
        finally:
            self._spool.close()

    def _fit(self, tell: Tell) -> None:
        docs = len(self._digests)
        if self.previous is not None and docs and self.previous.segmentation != self._segmentation:
            raise OptionError(
                f"--update: the model's words were segmented by {self.previous.segmentation}, "
                f"these by {self._segmentation}; give the same --segmenter and --user-dict"
            )
        if self.previous is not None:
            check_same_vectors(self.previous.vectors, self.options.vectors)
        words = self._words.terms()
        self.mixed_scripts = mixes_scripts(*count_scripts("".join(words)))
        sample = self._collect()
        space = self._space(words, sample)
        self._of_word = of_word = _columns(words, space.columns)
        of_previous = None if self.previous is None else _columns(words, self.previous.space.columns)
        self._words, self._places = Vocabulary(), WordPlaces()
        del words
        fitted = fit_topics(space, sample, of_word, options=self.options, tell=tell)
        self.table, self.alike = fitted.table, fitted.alike
        threshold = self.options.threshold
        self.model = TopicModel(space, fitted.weights, [], self._segmentation, threshold, vectors=fitted.vectors)
        if sample.whole and self.previous is None:  # all were fitted on, or a copy of each
            labels, scores = fitted.spread(len(sample.sizes))
            self._labels, self._scores = labels[sample.copy_of], scores[sample.copy_of]
            before = np.zeros((0, len(fitted.weights)), np.int64)
        else:
            tell("assigning all records")
            before = self._judge_all(of_word, of_previous)
        self._number(fitted, before)

    @property
    def wordless(self) -> int:
        """Return how many records have no word of any topic."""
        return int((self._labels < 0).sum())

    def fields(self) -> Iterator[Fields]:
        """Yield the new fields of each record."""
        if self.model is not None:
            for label, score in zip(self._labels.tolist(), self._scores.tolist(), strict=True):
                yield self.model.fields(label, score)

    def topic_records(self) -> list[Fields]:
        """Return a record for each topic, the largest first."""
        return [] if self.model is None else self.model.topics

    def _collect(self) -> FitSample:
        """Return the words of the records that are fitted on: all, or those with the smallest digests; few copies."""
        digests = np.array(self._digests, np.int64)
        mask = spare_copies(digests)
        whole = int(mask.sum()) <= MAX_SETTLE
        if not whole:
            mask &= digests <= np.sort(digests[mask])[MAX_SETTLE - 1]
        numbers, counts, sizes = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
        vectors: list[Singles] = []
        first = 0
        for batch_numbers, batch_counts, batch_sizes, _, batch_vectors in self._spool.read():
            kept = mask[first : first + len(batch_sizes)]
            entries = np.repeat(kept, batch_sizes)
            numbers.append(batch_numbers[entries])
            counts.append(batch_counts[entries])
            sizes.append(batch_sizes[kept])
            if len(batch_vectors):
                vectors.append(batch_vectors[kept])
            first += len(batch_sizes)
        found = np.concatenate(numbers), np.concatenate(counts), np.concatenate(sizes)
        sample = sample_of(*found, digests=digests, mask=mask, whole=whole)
        return replace(sample, vectors=np.concatenate(vectors)) if vectors else sample

    def _space(self, words: list[str], sample: FitSample) -> VectorSpace:
        """Return the vector space; copies of a text count once in it."""
        seen = self._df[: len(words)]
        df, texts = sample.count_texts(seen, self.docs)
        return choose_terms(words, df, texts, self.options.k, seen=seen, entries=(sample.numbers, sample.sizes))

    def _judge_all(self, of_word: Small, of_previous: Small | None) -> Ints:
        """Give every record its row of the weights; return how many records each old topic shares with each row."""
        model, previous = self.model, self.previous
        assert model is not None  # noqa: S101 - set by the caller
        labels, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
        old = previous.numbers if previous is not None else []
        place = {number: i for i, number in enumerate(old)}
        together = np.zeros((len(old), len(model.weights)), np.int64)
        for numbers, counts, sizes, _, vectors in self._spool.read():
            found = model.judge(of_word[numbers], counts, sizes, vectors)
            labels.append(found[0])
            scores.append(found[1])
            if previous is not None and of_previous is not None:
                known, _ = previous.judge(of_previous[numbers], counts, sizes, vectors)
                both = (known >= 0) & (found[0] >= 0)
                np.add.at(together, (np.array([place[n] for n in known[both].tolist()], np.int64), found[0][both]), 1)
        self._labels, self._scores = np.concatenate(labels), np.concatenate(scores)
        return together

    def _number(self, fitted: Fitted, before: Ints) -> None:
        """Number the topics, leave out empty ones, and describe them."""
        model, options = self.model, self.options
        assert model is not None  # noqa: S101 - set by the caller
        size_of = np.bincount(self._labels[self._labels >= 0], minlength=len(model.weights))
        sizes = size_of.tolist()
        describer = fitted.describer
        rows = order_by_size(sizes, describer)
        course, kept_names = self._course(rows, fitted, before)
        numbered = number_topics(describer, rows, sizes, course=course, seeds=options.seeds, kept_names=kept_names)
        numbered.free = max(numbered.free, self.previous.free if self.previous is not None else 0)
        self.course = course
        rename(numbered, describer, sizes, options.names, options.names_from)
        self._settle_model(numbered)
        if options.hierarchy:
            model.topics += add_levels(numbered, describer, size_of)
        tell_apart(model.topics)
        shown = self._representatives(model.numbers)
        for record in model.topics:
            record["representatives"] = shown.get(record["topic"], [])

    def _course(self, rows: list[int], fitted: Fitted, before: Ints) -> tuple[TopicChanges, dict[int, str]]:
        """Return the numbers of the rows, in their order, and the names that topics have kept."""
        previous, model = self.previous, self.model
        if previous is None or model is None:
            return TopicChanges(list(range(len(rows)))), {}
        alike = affinity(previous, model.space, fitted.describer.profiles[rows])
        course = follow(before[:, rows], alike, previous.numbers, previous.free)
        return course, {r["topic"]: r["label"] for r in previous.topics if r.get("named")}

    def _settle_model(self, numbered: Numbered) -> None:
        """Keep the rows that stay, under their numbers; records get numbers instead of rows."""
        model = self.model
        assert model is not None  # noqa: S101 - set by the caller
        model.weights = model.weights[numbered.rows]
        if model.vectors is not None:
            model.vectors.centres = model.vectors.centres[numbered.rows]
        model.rows, model.free = numbered.numbers, numbered.free
        model.topics = list(numbered.records)
        if len(set(numbered.numbers)) < len(numbered.numbers):
            self._judge_all(self._of_word, None)
            return
        new = np.full(max(numbered.rows, default=0) + 2, -1, np.int64)
        new[numbered.rows] = numbered.numbers
        self._labels = np.where(self._labels >= 0, new[self._labels], -1)

    def _representatives(self, topics: list[int]) -> dict[int, list[Fields]]:
        """Return id and headline of the records with the highest scores of each topic."""
        digests = np.array(self._digests, np.int64)
        order = np.lexsort((digests, -self._scores.round(6), self._labels))
        sorted_labels = self._labels[order]
        chosen: dict[int, int] = {}
        for topic in topics:
            start, end = np.searchsorted(sorted_labels, [topic, topic + 1]).tolist()
            shown_digests: set[int] = set()  # copies of one text are shown once
            for place in order[start:end]:
                if len(shown_digests) == _REPRESENTATIVES:
                    break
                if int(digests[place]) not in shown_digests:
                    shown_digests.add(int(digests[place]))
                    chosen[int(place)] = topic
        shown: dict[int, Fields] = {}
        first = 0
        for _, _, sizes, labels, _ in self._spool.read():
            here = [place for place in chosen if first <= place < first + len(sizes)]
            if here:
                lines = labels.tobytes().splitlines()
                shown |= {place: decode_value(lines[place - first]) for place in here}
            first += len(sizes)
        return {topic: [shown[place] for place, own in chosen.items() if own == topic] for topic in topics}


def _columns(words: list[str], columns: Mapping[str, int]) -> Small:
    return np.array([columns.get(word, -1) for word in words] or [-1], np.int32)


def cluster(records: Iterable[Record], options: ClusterOptions | None = None) -> Iterator[Fields]:
    """Yield records with their topics."""
    options = options or ClusterOptions()
    kept = list(records)
    feature = CorpusTopics(options)
    scanner = WordScanner(options.segment, options.stopwords, options.vectors)
    if len({scanner.vector_length(record) for record in kept}) > 1:
        raise OptionError("vectors: all records must have vectors of one length")
    feature.absorb(scanner.scan(kept))
    feature.fit()
    for record, fields in zip(kept, feature.fields(), strict=True):
        yield {**record, **fields}
