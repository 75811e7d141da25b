"""A fitted clustering as plain data: written to a folder as JSON and npz, read back as data that is checked."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - a class, named as classes are

import numpy as np

from jmtools.errors import ModelError, RecordError
from jmtools.io.files import read_all
from jmtools.io.folders import make_folder
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.outputs import write_whole
from jmtools.io.records import decode_value, encode_indented, encode_record, parse_record, round6
from jmtools.topics.bayes import judge
from jmtools.topics.latent import Singles
from jmtools.topics.outside import LONGEST, VectorTopics
from jmtools.topics.vectors import Floats, Ints, Small, VectorSpace
from jmtools.topics.words import Bags

FORMAT, VERSION = "jmtools-topics", 4
_KNOWN = (3, VERSION)  # in models of version 3 every term is worth the same
HEAD, TERMS, WEIGHTS, VECTORS = "model.json", "terms.jsonl", "weights.npz", "vectors.npz"
_MOST_TOPICS, _MOST_TERMS, _MOST_DOCS = 10_000, 20_000_000, 1 << 53
_MOST_NUMBER = 1 << 31
_LARGEST = 1 << 31
_NPY_HEAD = 1 << 10  # bytes before the numbers of an array


@dataclass
class TopicModel:
    """Assigns records to topics.

    Attributes:
        space: The vector space.
        weights: Of each term for each row, shape (rows, terms).
        topics: `topic`, `label` and whatever else is known of each, in their order.
        segmentation: How the words were segmented.
        threshold: Probability under which a record is marked as an outlier; 0 for none.
        rows: Topic of each row of the weights; a merged topic has several. Empty while rows have no topics yet.
        free: First number of a topic that was never used.
        vectors: What the vectors of records say, where they bring some.
    """

    space: VectorSpace
    weights: Floats
    topics: list[Fields]
    segmentation: str
    threshold: float = 0.0
    rows: list[int] = field(default_factory=list)
    free: int = 0
    vectors: VectorTopics | None = None

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the topics that records can get."""
        return sorted(set(self.rows))

    def judge(self, columns: Small, counts: Small, sizes: Small, vectors: Singles | None = None) -> tuple[Ints, Floats]:
        """Return topic and probability of each record; -1 and 0 for one without any known word, and without a vector.

        While rows have no topics yet, the row is returned in place of the topic.
        """
        if not len(self.weights):
            return np.full(len(sizes), -1, np.int64), np.zeros(len(sizes))
        matrix = self.space.matrix(columns, counts, sizes)
        numbers, groups = np.unique(self.rows or range(len(self.weights)), return_inverse=True)
        merged = len(numbers) < len(groups)
        extra = None if self.vectors is None or vectors is None else self.vectors.evidence(vectors)
        labels, scores = judge(matrix, self.weights, groups if merged else None, extra=extra)
        labels = numbers[labels if merged else groups[labels]]
        empty = np.diff(matrix.indptr) == 0 if extra is None else np.zeros(len(sizes), np.bool_)
        labels[empty], scores[empty] = -1, 0.0
        return labels, scores

    def columns(self, bags: Bags) -> Small:
        """Return the column of each entry of a batch."""
        known = self.space.columns
        of_word = np.array([known.get(word, -1) for word in bags.words] or [-1], np.int32)
        return of_word[bags.numbers]

    def fields(self, label: int, score: float) -> Fields:
        """Return the fields of a record."""
        shown = round6(score)
        if label < 0 or shown < self.threshold:
            return {"topic": -1, "topic_label": None, "topic_score": shown}
        return {"topic": label, "topic_label": self._labels[label], "topic_score": shown}

    @cached_property
    def _labels(self) -> dict[int, str]:
        return {record["topic"]: record["label"] for record in self.topics}


def save_model(model: TopicModel, folder: str) -> None:
    """Write a model; its head comes last and holds the digests of the rest, so that a folder with a head is whole."""
    make_folder(folder)
    rows = zip(model.space.terms, model.space.df.tolist(), model.space.worth.tolist(), strict=True)
    members = {
        TERMS: b"".join(encode_record({"term": term, "df": df, "worth": worth}) for term, df, worth in rows),
        WEIGHTS: _packed("weights", model.weights),
    }
    if model.vectors is not None:
        members[VECTORS] = _packed("vectors", np.vstack([model.vectors.mean, model.vectors.centres]))
    for name, data in members.items():
        write_whole(os.path.join(folder, name), [data])
    head = {
        "format": FORMAT,
        "version": VERSION,
        "docs": model.space.docs,
        "segmentation": model.segmentation,
        "threshold": model.threshold,
        "rows": model.rows,
        "free": model.free,
        "topics": model.topics,
    }
    if model.vectors is not None:
        head["vectors"] = {
            "field": model.vectors.field,
            "weight": model.vectors.weight,
            "dimensions": len(model.vectors.mean),
        }
    write_whole(os.path.join(folder, HEAD), [signed(head, members)])


def _packed(name: str, array: Floats) -> bytes:
    packed = io.BytesIO()
    members: Fields = {name: array}
    np.savez_compressed(packed, **members)
    return packed.getvalue()


def signed(head: Record, members: Mapping[str, bytes]) -> bytes:
    """Return the head with the SHA-256 of every member and of itself."""
    data = {**head, "sha256": {name: _digest(content) for name, content in members.items()}}
    return encode_indented(_with_own(data, _digest(encode_indented(data))))


def load_model(folder: str) -> TopicModel:
    """Read a model.

    Raises:
        FileError: If a file of it cannot be read.
        ModelError: If it is not a model that `--save-model` wrote, or one of its bytes has changed since.
    """
    head = _head(Path(folder, HEAD))
    terms, df, worth = _terms(Path(folder, TERMS), head)
    weights = _array(Path(folder, WEIGHTS), head, (len(head["rows"]), len(terms)))
    space = VectorSpace(terms, np.array(df, np.int64), head["docs"], np.array(worth))
    known = (space, weights, head["topics"], head["segmentation"], float(head["threshold"]))
    return TopicModel(*known, head["rows"], head["free"], _vectors(Path(folder, VECTORS), head))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _member(path: Path, head: Record) -> bytes:
    data = read_all(str(path), limit=_LARGEST)
    if _digest(data) != head["sha256"].get(path.name):
        raise ModelError(f"{path}: is not the file that was saved with {HEAD} (sha256 differs); copy or save it anew")
    return data


def _head(path: Path) -> Fields:
    data = read_all(str(path), limit=_LARGEST)
    try:
        head = decode_value(data)
    except RecordError as error:
        raise ModelError(f"{path}: {error}") from None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise ModelError(f"{path}: not a model of topics; cluster --save-model writes one")
    if head.get("version") not in _KNOWN:
        raise ModelError(f"{path}: version {head.get('version')!r} of the format is not known here; save it anew")
    digests = head.get("sha256")
    own = digests.pop(HEAD, None) if isinstance(digests, dict) else None
    if own is None or own != _digest(encode_indented(head)) or data != encode_indented(_with_own(head, own)):
        raise ModelError(f"{path}: has changed since it was saved (sha256 differs); copy or save it anew")
    topics, docs = head.get("topics"), head.get("docs")
    good = isinstance(topics, list) and len(topics) <= _MOST_TOPICS and all(map(_is_topic, topics))
    if not good or type(docs) is not int or not 0 <= docs < _MOST_DOCS or type(head.get("segmentation")) is not str:
        raise ModelError(f"{path}: `topics` have number and label, `docs` is a number, `segmentation` a string")
    if type(head.get("threshold")) not in (int, float):
        raise ModelError(f"{path}: `threshold` is a number")
    rows, free = head.get("rows"), head.get("free")
    numbers = {topic["topic"] for topic in topics or ()}
    if not isinstance(rows, list) or not all(type(row) is int and row in numbers for row in rows):
        raise ModelError(f"{path}: `rows` are numbers of topics")
    if type(free) is not int or not max(rows, default=-1) < free < _MOST_NUMBER:
        raise ModelError(f"{path}: `free` is a number that no topic has")
    return head


def _with_own(head: Record, own: str) -> Fields:
    return {**head, "sha256": {**head["sha256"], HEAD: own}}


def _is_topic(value: JsonValue) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("label"), str):
        return False
    return type(value.get("topic")) is int and 0 <= value["topic"] < 2 * _MOST_NUMBER


def _terms(path: Path, head: Record) -> tuple[list[str], list[int], list[float]]:
    terms: list[str] = []
    df: list[int] = []
    worth: list[float] = []
    for number, line in enumerate(_member(path, head).splitlines(), 1):
        try:
            data = parse_record(line)
        except RecordError as error:
            raise ModelError(f"{path}: line {number}: {error}") from None
        if type(data.get("term")) is not str or type(data.get("df")) is not int or not 0 <= data["df"] <= head["docs"]:
            raise ModelError(f"{path}: line {number}: not a term with its df")
        said = data.get("worth", 1.0)
        if type(said) not in (int, float) or not 0 <= said <= 1:
            raise ModelError(f"{path}: line {number}: `worth` is a number from 0 to 1")
        terms.append(data["term"])
        df.append(data["df"])
        worth.append(float(said))
    if len(set(terms)) < len(terms) or len(terms) > _MOST_TERMS:
        raise ModelError(f"{path}: a term stands twice, or there are too many")
    return terms, df, worth


def _vectors(path: Path, head: Record) -> VectorTopics | None:
    said = head.get("vectors")
    if said is None:
        return None
    known: Record = said if isinstance(said, dict) else {}
    field, weight, dimensions = known.get("field"), known.get("weight"), known.get("dimensions")
    if (
        not isinstance(field, str)
        or not isinstance(weight, int | float)
        or not isinstance(dimensions, int)
        or not (0 <= weight <= 1 and 0 < dimensions <= LONGEST)
    ):
        raise ModelError(f"{path.parent / HEAD}: `vectors` have a field, a weight up to 1 and dimensions")
    array = _array(path, head, (1 + len(head["rows"]), dimensions))
    return VectorTopics(field, float(weight), array[0].astype(np.float32), array[1:])


def _array(path: Path, head: Record, shape: tuple[int, int]) -> Floats:
    """Read the array; what it says of its size is checked before memory is taken for it."""
    try:
        with ZipFile(io.BytesIO(_member(path, head))) as packed:
            entry = packed.getinfo(path.stem + ".npy")
            if entry.file_size > shape[0] * shape[1] * 8 + _NPY_HEAD:
                raise ValueError(f"{entry.file_size} bytes for {shape[0]} rows and {shape[1]} columns")
            array = io.BytesIO(packed.read(entry))
        np.lib.format.read_magic(array)
        found, _, kind = np.lib.format.read_array_header_1_0(array)
        if found != shape or kind != np.float64:
            raise ValueError(f"{found} numbers for {shape[0]} rows and {shape[1]} columns")
        array.seek(0)
        weights: Floats = np.lib.format.read_array(array, allow_pickle=False)
    except (ValueError, KeyError, EOFError, BadZipFile, NotImplementedError, RuntimeError, ZlibError) as error:
        raise ModelError(f"{path}: not an array of weights ({error})") from None
    if not np.isfinite(weights).all():
        raise ModelError(f"{path}: a weight is not a number")
    return weights
