"""What a person can choose about topics."""

from __future__ import annotations

from dataclasses import dataclass, field

from jmtools.topics.guide import Name, Seed
from jmtools.words.reader import SegmentOptions

VECTOR_WEIGHT = 0.5


@dataclass(frozen=True)
class ClusterOptions:
    """How records are clustered.

    Attributes:
        segment: How text is segmented.
        stopwords: Stop list.
        method: Family of clustering, one of `METHODS`.
        k: Number of topics; None to choose it.
        k_range: Smallest and largest number to choose from; None for a range that fits the number of records.
        seed: Seed of all random draws.
        threshold: Probability under which a record becomes an outlier; 0 for none.
        seeds: Topics that are wanted.
        names: Names for topics, as they are numbered without them.
        names_from: Where the names come from, for messages.
        hierarchy: Whether there are topics of topics.
        vectors: Field in which records bring a vector; None for words alone.
        vector_weight: How much the vectors count beside the words: 1 for vectors alone.
    """

    segment: SegmentOptions = field(default_factory=SegmentOptions)
    stopwords: str = "default"
    method: str = "partition"
    k: int | None = None
    k_range: tuple[int, int] | None = None
    seed: int = 0
    threshold: float = 0.0
    seeds: tuple[Seed, ...] = ()
    names: tuple[Name, ...] = ()
    names_from: str = "names"
    hierarchy: bool = False
    vectors: str | None = None
    vector_weight: float = VECTOR_WEIGHT
