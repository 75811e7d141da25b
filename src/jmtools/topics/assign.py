"""New records into known topics: a filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from jmtools.batches.feature import FilterFeature
from jmtools.errors import OptionError, RecordError
from jmtools.io.json_types import Fields, Record
from jmtools.topics.model import TopicModel, load_model
from jmtools.topics.words import WordScanner
from jmtools.words.reader import SegmentOptions
from jmtools.words.segment import segmentation_of

NO_TOPIC = -1


class TopicAssigner(FilterFeature):
    """Adds `topic`, `topic_label` and `topic_score` by a saved model."""

    def __init__(self, model: str | TopicModel, segment: SegmentOptions) -> None:
        """Prepare for records.

        Args:
            model: The folder of a saved model, or a model that was just fitted on some of these records.
            segment: How they are segmented.
        """
        self._model = load_model(model) if isinstance(model, str) else model
        # transposed and contiguous once, instead of a copy for each batch
        self._model.weights = np.asfortranarray(self._model.weights)
        vectors = self._model.vectors
        self._scanner = WordScanner(segment, "none", None if vectors is None else vectors.field)
        self._mixed = segment.allow_mixed
        self._assigned: Counter[bool] = Counter()
        cut, wanted = self._scanner.words.fingerprint, self._model.segmentation
        if isinstance(model, str) and cut != wanted and not self._mixed:
            raise OptionError(
                f"--model {model}: its words were segmented by {wanted}, here they would be by {cut}; "
                "give the same --segmenter and --user-dict, or --allow-mixed"
            )

    def vector_length(self, data: Record) -> int | None:
        """Return the length of the vector of a record.

        Raises:
            RecordError: If it is not that of the model's.
        """
        length, vectors = self._scanner.vector_length(data), self._model.vectors
        if vectors is not None and length != len(vectors.mean):
            raise RecordError(f"`{vectors.field}` has {length} numbers, those of the model have {len(vectors.mean)}")
        return length

    def check(self, data: Record) -> None:
        """Check that a record was segmented as the model's were.

        Raises:
            RecordError: If it was not.
        """
        cut = segmentation_of(data)
        if cut is not None and cut != self._model.segmentation and not self._mixed:
            raise RecordError(
                f"has tokens segmented by {cut}, the model's by {self._model.segmentation}; --allow-mixed takes it"
            )

    def apply(self, batch: Sequence[Record]) -> list[Fields]:
        """Return the new fields of each record."""
        model, bags = self._model, self._scanner.scan(batch)
        labels, scores = model.judge(model.columns(bags), bags.counts, bags.sizes, bags.vectors)
        self._assigned.update((labels != NO_TOPIC).tolist())
        return [model.fields(*pair) for pair in zip(labels.tolist(), scores.tolist(), strict=True)]

    def take_side_counts(self) -> Counter[bool]:
        """Return how many records since the last call have a topic (True) and how many have none (False)."""
        counts, self._assigned = self._assigned, Counter()
        return counts
