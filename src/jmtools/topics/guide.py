"""What the user gives: words that a topic should be about, and names for topics, or one name for several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from jmtools.errors import DataError, RecordError
from jmtools.io.files import read_all
from jmtools.io.records import decode_value
from jmtools.topics.vectors import Ints, Matrix

_LARGEST = 1 << 24
_MOST = 1000
_OWN = 0.5  # of the records of a seed's words: the share in one found topic from which that topic is the seed's
_BREAK = re.compile(r"[\s,，、;；]+")


class Seed(NamedTuple):
    """A topic that is wanted: its name, if it has one, and some of its words."""

    name: str | None
    words: tuple[str, ...]


class Name(NamedTuple):
    """A name and the topics, by number or by label, that it is given to; several become one."""

    name: str
    topics: tuple[int | str, ...]


def read_seeds(path: str) -> tuple[Seed, ...]:
    """Read a file with one topic a line: `name: word word …`, or words alone; `#` begins a comment.

    Raises:
        FileError: If it cannot be read.
        DataError: If a line has no word.
    """
    seeds = []
    for number, line in _lines(path):
        name, colon, words = line.replace("：", ":", 1).rpartition(":")
        found = tuple(dict.fromkeys(word for word in _BREAK.split(words) if word))
        if not found:
            raise DataError(f"{path}: line {number}: a topic without words; write NAME: WORD WORD")
        seeds.append(Seed(name.strip() or None if colon else None, found))
    names = [seed.name for seed in seeds if seed.name]
    if len(set(names)) < len(names) or len(seeds) > _MOST:
        raise DataError(f"{path}: a name stands twice, or there are more than {_MOST:,} topics")
    return tuple(seeds)


def read_names(path: str) -> tuple[Name, ...]:
    """Read a file with one name a line: topics, a tab, the name. Topics are numbers or labels, joined by commas.

    A line may also be a topic record whose `label` was changed, so that an edited `--topics` file serves too.

    Raises:
        FileError: If it cannot be read.
        DataError: If a line is of another kind, or a topic stands in two lines.
    """
    names = []
    for number, line in _lines(path):
        names.append(_of_record(path, number, line) if line.startswith("{") else _of_columns(path, number, line))
    given = Counter(topic for name in names for topic in name.topics)
    if twice := sorted(str(topic) for topic, times in given.items() if times > 1)[:1]:
        raise DataError(f"{path}: topic {twice[0]} stands in two lines")
    return tuple(names)


def resolve(names: Iterable[Name], labels: Mapping[int, str], path: str) -> list[tuple[str, list[int]]]:
    """Return each name with the numbers of its topics.

    Raises:
        DataError: If a topic is not there.
    """
    of_label = {label: number for number, label in labels.items()}
    out = []
    for name in names:
        numbers = []
        for topic in name.topics:
            found = topic if isinstance(topic, int) else of_label.get(topic)
            if found is None or found not in labels:
                raise DataError(f"{path}: there is no topic {topic}; --topics FILE shows those that there are")
            numbers.append(found)
        out.append((name.name, sorted(numbers)))
    return out


def guided(matrix: Matrix, labels: Ints, k: int, wanted: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Make room for wanted topics in a partition.

    Args:
        matrix: TF-IDF, shape (records, terms).
        labels: Topic of each record, shape (records,).
        k: Number of topics.
        wanted: Columns of the words of each wanted topic.

    Returns:
        New labels, in which the wanted topics come first, and the records that must stay in them: -1 for all others.
    """
    weights = np.zeros((matrix.shape[1], len(wanted)))
    for topic, columns in enumerate(wanted):
        weights[list(columns), topic] = 1
    speaks = np.asarray(matrix @ weights)
    best = speaks.argmax(axis=1)
    top = np.sort(speaks, axis=1)
    clear = top[:, -1] > (2 * top[:, -2] if len(wanted) > 1 else 0)
    anchors = np.where(clear, best, -1)
    new = np.full(k, -1, np.int64)
    shares = np.zeros((len(wanted), k))
    for topic in range(len(wanted)):
        inside = labels[anchors == topic]
        if len(inside):
            shares[topic] = np.bincount(inside, minlength=k) / len(inside)
    for topic, found in sorted(np.ndindex(*shares.shape), key=lambda at: -shares[at]):
        if shares[topic, found] >= _OWN and new[found] < 0 and topic not in new:
            new[found] = topic
    rest = np.flatnonzero(new < 0)
    new[rest] = len(wanted) + np.arange(len(rest))
    moved = np.where(anchors >= 0, anchors, new[labels])
    return moved, anchors


def _lines(path: str) -> Iterable[tuple[int, str]]:
    try:
        text = read_all(path, limit=_LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path}: not UTF-8") from None
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip("\r \t")
        if bare and not bare.startswith("#"):
            yield number, bare


def _of_columns(path: str, number: int, line: str) -> Name:
    topics, tab, name = line.partition("\t")
    found = tuple(int(t) if t.isdecimal() else t for t in map(str.strip, topics.split(",")) if t)
    if not tab or not found or not name.strip():
        raise DataError(f"{path}: line {number}: write topics, a tab and a name, such as 3,5<tab>NAME")
    return Name(name.strip(), found)


def _of_record(path: str, number: int, line: str) -> Name:
    try:
        data = decode_value(line.encode("utf-8"))
    except RecordError as error:
        raise DataError(f"{path}: line {number}: {error}") from None
    if not isinstance(data, dict) or type(data.get("topic")) is not int or type(data.get("label")) is not str:
        raise DataError(f"{path}: line {number}: a topic record has a `topic` and a `label`")
    return Name(data["label"], (data["topic"],))
