"""Numbers, names and records of the topics found: by size, by the previous fit, or as the user says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from jmtools.io.json_types import Fields
from jmtools.io.records import round6
from jmtools.topics.describe import TERMS, Describer, Topic
from jmtools.topics.follow import TopicChanges
from jmtools.topics.guide import Name, Seed, resolve
from jmtools.topics.labels import SEPARATOR, distinct_label
from jmtools.topics.tree import levels
from jmtools.topics.vectors import Ints


@dataclass
class Numbered:
    """Topics that have got their numbers.

    Attributes:
        rows: Row of the weights of each of their parts; a merged topic has several.
        numbers: Number of each of these rows.
        records: A record for each topic, by number, without representatives.
        free: First number that was never used.
    """

    rows: list[int]
    numbers: list[int]
    records: list[Fields]
    free: int
    course: TopicChanges = field(default_factory=TopicChanges)


def order_by_size(sizes: Sequence[int], describer: Describer) -> list[int]:
    """Return the rows that have records, the largest first, then by first term."""
    terms = describer.terms([[row] for row in range(len(sizes))]) if sizes else []
    rows = [row for row, size in enumerate(sizes) if size]
    return sorted(rows, key=lambda r: (-sizes[r], terms[r][0][0] if terms[r] else "", r))


def number_topics(
    describer: Describer,
    rows: list[int],
    sizes: Sequence[int],
    *,
    course: TopicChanges,
    seeds: Sequence[Seed] = (),
    kept_names: Mapping[int, str] | None = None,
) -> Numbered:
    """Number topics and describe them.

    Args:
        describer: Knows their words.
        rows: Rows of the weights, in the order in which they are numbered.
        sizes: Records of each row.
        course: Numbers of these rows, and where they come from if there was a fit before.
        seeds: Topics that were wanted: the first rows.
        kept_names: Names that a person gave to topics of the fit before.
    """
    total = max(1, sum(sizes))
    records = []
    for row, number, topic in zip(rows, course.numbers, describer.topics([[row] for row in rows]), strict=True):
        record = _record(number, topic, sizes[row], total)
        name = (kept_names or {}).get(number)
        if row < len(seeds):
            record["seed"] = list(seeds[row].words)
            name = seeds[row].name or name
        records.append(_named(record, name))
    if course.status:
        for record, status, origins in zip(records, course.status, course.origins, strict=True):
            record |= {"status": status, "from": origins}
    records.sort(key=lambda r: r["topic"])
    free = max([*course.numbers, *course.gone], default=-1) + 1
    return Numbered(rows, list(course.numbers), records, free, course)


def rename(numbered: Numbered, describer: Describer, sizes: Sequence[int], names: Iterable[Name], path: str) -> None:
    """Give topics the names that a file says; several under one name become one, with the lowest of their numbers.

    Raises:
        DataError: If the file names a topic that is not there.
    """
    records = {record["topic"]: record for record in numbered.records}
    labels = {number: record["label"] for number, record in records.items()}
    merged = resolve(names, labels, path)
    into = {number: numbers[0] for _, numbers in merged for number in numbers}
    numbered.numbers = [into.get(number, number) for number in numbered.numbers]
    if any(len(numbers) > 1 for _, numbers in merged):
        order = sorted(set(numbered.numbers))
        groups = [[r for r, n in zip(numbered.rows, numbered.numbers, strict=True) if n == own] for own in order]
        total = max(1, sum(sizes))
        for number, rows, topic in zip(order, groups, describer.topics(groups), strict=True):
            fresh = _record(number, topic, sum(sizes[row] for row in rows), total)
            old = records[number]
            records[number] = _named(old | fresh, old["label"] if old.get("named") else None)
        records = {number: records[number] for number in order}
    for name, numbers in merged:
        _named(records[numbers[0]], name)
    numbered.records = list(records.values())


def tell_apart(records: Iterable[Fields]) -> None:
    """Give more words to labels that another topic has, as a name that a person gave or as a label."""
    records = list(records)
    taken = {record["label"] for record in records if record.get("named")}
    for record in records:
        if not record.get("named"):
            spare = [term["term"] for term in record["terms"]]
            record["label"] = distinct_label(record["label"].split(SEPARATOR), spare, taken)
            taken.add(record["label"])


def add_levels(numbered: Numbered, describer: Describer, sizes: Ints) -> list[Fields]:
    """Give each topic record its `parent`, and return the records of the topics above, level by level."""
    numbers = [record["topic"] for record in numbered.records]
    groups = [[r for r, n in zip(numbered.rows, numbered.numbers, strict=True) if n == own] for own in numbers]
    weight = np.array([sizes[rows].sum() for rows in groups], np.int64)
    profiles = np.stack([describer.profiles[rows].mean(axis=0) for rows in groups]) if groups else np.zeros((0, 1))
    below, above = numbered.records, []
    members = [[i] for i in range(len(groups))]
    free = numbered.free
    for level, found in enumerate(levels(profiles, weight), 1):
        count = int(found.max()) + 1
        inside = [np.flatnonzero(found == g).tolist() for g in range(count)]
        topics = describer.topics([[row for i in own for row in groups[i]] for own in inside])
        records = []
        for group, topic in enumerate(topics):
            size = int(weight[inside[group]].sum())
            records.append(_record(free + group, topic, size, max(1, int(weight.sum()))) | {"level": level})
        for record, own in zip(below, members, strict=True):
            record["parent"] = free + int(found[own[0]])
        for record in records:
            record["children"] = [r["topic"] for r in below if r["parent"] == record["topic"]]
        below, members, free = records, inside, free + count
        above += records
    for record in below:
        record["parent"] = None
    return above


def _record(number: int, topic: Topic, size: int, total: int) -> Fields:
    return {
        "topic": number,
        "label": topic.label,
        "size": size,
        "share": round6(size / total),
        "terms": [{"term": term, "weight": weight} for term, weight in topic.terms[:TERMS]],
        "representatives": [],
        "coherence": topic.coherence,
        "stability": topic.stability,
    }


def _named(record: Fields, name: str | None) -> Fields:
    if name is not None:
        record |= {"label": name, "named": True}
    return record
