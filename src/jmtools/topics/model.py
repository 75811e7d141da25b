"""A fitted clustering as plain data: written to a folder as JSON and npz, read back as data that is checked."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from jmtools.errors import ModelError, RecordError
from jmtools.files import read_all
from jmtools.outputs import write_whole
from jmtools.records import decode_value, encode_indented, encode_record, parse_record, round6
from jmtools.topics.bayes import judge
from jmtools.topics.vectors import Floats, Ints, VectorSpace
from jmtools.topics.words import Bags

FORMAT, VERSION = "jmtools-topics", 1
HEAD, TERMS, WEIGHTS = "model.json", "terms.jsonl", "weights.npz"
_MOST_TOPICS, _MOST_TERMS = 10_000, 20_000_000
_LARGEST = 1 << 31


@dataclass
class TopicModel:
    """What assigns records to topics.

    Attributes:
        space: The vector space.
        weights: Of each term for each topic, shape (topics, terms).
        topics: `topic`, `label` and whatever else is known of each, in their order.
        segmentation: How the words were cut.
        threshold: Probability under which a record is marked as an outlier; 0 for none.
    """

    space: VectorSpace
    weights: Floats
    topics: list[dict[str, Any]]
    segmentation: str
    threshold: float = 0.0

    def judge(self, columns: Ints, counts: Ints, sizes: Ints) -> tuple[Ints, Floats]:
        """Return topic and probability of each record; -1 and 0 for one without any known word."""
        if not len(self.weights):
            return np.full(len(sizes), -1, np.int64), np.zeros(len(sizes))
        matrix = self.space.matrix(columns, counts, sizes)
        labels, scores = judge(matrix, self.weights)
        empty = np.diff(matrix.indptr) == 0
        labels[empty], scores[empty] = -1, 0.0
        return labels, scores

    def columns(self, bags: Bags) -> Ints:
        """Return the column of each entry of a batch."""
        known = self.space.columns
        of_word = np.array([known.get(word, -1) for word in bags.words] or [-1], np.int64)
        return of_word[bags.numbers]

    def fields(self, label: int, score: float) -> dict[str, Any]:
        """Return the fields of a record."""
        shown = round6(score)
        if label < 0 or shown < self.threshold:
            return {"topic": -1, "topic_label": None, "topic_score": shown}
        return {"topic": label, "topic_label": self.topics[label]["label"], "topic_score": shown}


def save_model(model: TopicModel, folder: str) -> None:
    """Write a model; its head comes last, so that a folder with a head is whole."""
    os.makedirs(folder, exist_ok=True)
    packed = io.BytesIO()
    np.savez_compressed(packed, weights=model.weights)
    write_whole(os.path.join(folder, WEIGHTS), [packed.getvalue()])
    rows = zip(model.space.terms, model.space.df.tolist(), strict=True)
    write_whole(os.path.join(folder, TERMS), (encode_record({"term": term, "df": df}) for term, df in rows))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "docs": model.space.docs,
        "segmentation": model.segmentation,
        "threshold": model.threshold,
        "topics": model.topics,
    }
    write_whole(os.path.join(folder, HEAD), [encode_indented(head)])


def load_model(folder: str) -> TopicModel:
    """Read a model.

    Raises:
        FileError: If a file of it cannot be read.
        ModelError: If it is not a model that `--save-model` wrote.
    """
    head = _head(Path(folder, HEAD))
    terms, df = _terms(Path(folder, TERMS))
    path = Path(folder, WEIGHTS)
    try:
        with np.load(io.BytesIO(read_all(str(path), limit=_LARGEST)), allow_pickle=False) as packed:
            weights = packed["weights"]
    except (ValueError, KeyError, EOFError, BadZipFile, OSError) as error:
        raise ModelError(f"{path}: not an array of weights ({error})") from None
    topics = head["topics"]
    if weights.dtype != np.float64 or weights.shape != (len(topics), len(terms)) or not np.isfinite(weights).all():
        raise ModelError(f"{path}: {weights.shape} weights do not fit {len(topics)} topics and {len(terms)} terms")
    space = VectorSpace(terms, np.array(df, np.int64), head["docs"])
    return TopicModel(space, weights, topics, head["segmentation"], float(head["threshold"]))


def _head(path: Path) -> dict[str, Any]:
    try:
        head = decode_value(read_all(str(path), limit=_LARGEST))
    except RecordError as error:
        raise ModelError(f"{path}: {error}") from None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise ModelError(f"{path}: not a model of topics; cluster --save-model writes one")
    if head.get("version") != VERSION:
        raise ModelError(f"{path}: version {head.get('version')!r} of the format is not known here")
    topics, docs = head.get("topics"), head.get("docs")
    good = isinstance(topics, list) and len(topics) <= _MOST_TOPICS and all(map(_is_topic, topics))
    if not good or type(docs) is not int or docs < 0 or type(head.get("segmentation")) is not str:
        raise ModelError(f"{path}: `topics` have a label each, `docs` is a number, `segmentation` a string")
    if type(head.get("threshold")) not in (int, float):
        raise ModelError(f"{path}: `threshold` is a number")
    return head


def _is_topic(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("label"), str)


def _terms(path: Path) -> tuple[list[str], list[int]]:
    terms: list[str] = []
    df: list[int] = []
    for number, line in enumerate(read_all(str(path), limit=_LARGEST).splitlines(), 1):
        try:
            data = parse_record(line)
        except RecordError as error:
            raise ModelError(f"{path}: line {number}: {error}") from None
        if type(data.get("term")) is not str or type(data.get("df")) is not int or data["df"] < 0:
            raise ModelError(f"{path}: line {number}: not a term with its df")
        terms.append(data["term"])
        df.append(data["df"])
    if len(set(terms)) < len(terms) or len(terms) > _MOST_TERMS:
        raise ModelError(f"{path}: a term stands twice, or there are too many")
    return terms, df
