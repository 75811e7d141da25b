"""Vectors that records bring: beside the words, instead of them, in models, and told where they are wrong."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from jmtools.topics.model import load_model
from tests.conftest import run_jmtools
from tests.topics.test_topics import articles, fitted, lines, themes_of

OPTIONS = ("--vectors", "embedding", "-k", "4")


def with_vectors(count: int, seed: int = 5) -> list[dict[str, Any]]:
    """Return articles with vectors that tell four corners apart, each of two themes."""
    chance = random.Random(seed)
    records = articles(count, seed)
    for number, record in enumerate(records):
        corner = number % 2 + 2 * (number // 4 % 2)
        record["corner"] = corner
        record["embedding"] = [chance.gauss(3 + 2 * (axis == corner), 0.3) for axis in range(6)]
    return records


def test_vectors_alone_are_followed() -> None:
    records = with_vectors(120)
    feature = fitted(records, k=4, vectors="embedding", vector_weight=1.0)
    pairs = {(f["topic"], record["corner"]) for record, f in zip(records, feature.fields(), strict=True)}
    assert sorted(corner for _, corner in pairs) == [0, 1, 2, 3]
    words = fitted(records, k=4, vectors="embedding", vector_weight=0.0)
    assert sorted(len(themes) for themes in themes_of(words, records).values()) == [1, 1, 1, 1]


def test_records_without_words_have_the_topic_of_their_vector() -> None:
    records = with_vectors(120)
    wordless = [record | {"tokens": []} for record in records[:8]]
    feature = fitted([*records, *wordless], k=4, vectors="embedding", vector_weight=1.0)
    topics = [f["topic"] for f in feature.fields()]
    assert topics[120:] == topics[:8]
    assert feature.wordless == 0


@pytest.mark.parametrize("count", [12, 120])
def test_a_model_assigns_by_vectors_as_it_was_fitted(count: int, tmp_path: Path) -> None:
    records = with_vectors(count)
    path, model = tmp_path / "in.jsonl", tmp_path / "model"
    for record in records:
        record["text"] = "".join(record.pop("tokens"))
    path.write_bytes(lines(records))
    made = run_jmtools("cluster", *OPTIONS, "--save-model", model, path)
    again = run_jmtools("assign", "--model", model, path)
    assert (made.stderr, again.stderr) == (b"", b"")
    assert again.stdout == made.stdout
    assert load_model(str(model)).vectors is not None
    shuffled = records[:]
    random.Random(1).shuffle(shuffled)
    other = run_jmtools("cluster", *OPTIONS, "--jobs", "2", stdin=lines(shuffled))
    assert sorted(other.stdout.splitlines()) == sorted(made.stdout.splitlines())
    path.write_bytes(lines([records[0] | {"embedding": [1.0, 2.0]}]))
    wrong = run_jmtools("assign", "--model", model, path)
    assert wrong.returncode == 65
    assert b"in.jsonl: line 1" in wrong.stderr
    assert b"`embedding` has 2 numbers, those of the model have 6" in wrong.stderr
    refused = run_jmtools("cluster", "--update", model, path)
    assert (refused.returncode, b"--update: the model was fitted with --vectors embedding" in refused.stderr) == (
        2,
        True,
    )


def test_a_sample_is_assigned_by_vectors_too(tmp_path: Path) -> None:
    records = with_vectors(200)
    (tmp_path / "in.jsonl").write_bytes(lines(records))
    done = run_jmtools("cluster", *OPTIONS, "--vector-weight", "1", "--sample", "100", tmp_path / "in.jsonl")
    pairs = {(r["topic"], r["corner"]) for r in map(json.loads, done.stdout.splitlines())}
    assert len(pairs) == 4


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (None, "has no vector in `embedding`"),
        ("0.1 0.2", "`embedding` is no list of numbers"),
        ([], "`embedding` is no list of numbers"),
        ([0.1, "0.2"], "`embedding` is no list of numbers: item 2 is '0.2'"),
        ([0.1, True], "`embedding` is no list of numbers: item 2 is True"),
        ([0.1, 1e30], "`embedding` is no list of numbers: item 2 is a number out of range"),
    ],
)
def test_bad_vectors_are_told_with_file_and_line(bad: Any, reason: str, tmp_path: Path) -> None:
    records = with_vectors(30)
    records[6]["embedding"] = bad
    path = tmp_path / "in.jsonl"
    path.write_bytes(lines(records))
    done = run_jmtools("cluster", *OPTIONS, path)
    assert done.returncode == 65
    assert b"in.jsonl: line 7" in done.stderr
    assert reason.encode() in done.stderr
    skipped = run_jmtools("cluster", *OPTIONS, "--on-error", "skip", path)
    assert (skipped.returncode, len(skipped.stdout.splitlines())) == (3, 29)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_vector_of_another_length_is_a_bad_record_told_with_both_places(jobs: str, tmp_path: Path) -> None:
    records = with_vectors(30)
    records[6]["embedding"] = [0.1, 0.2]
    path, more = tmp_path / "in.jsonl", tmp_path / "more.jsonl"
    path.write_bytes(lines(records))
    more.write_bytes(lines([{"text": "门诊医保", "embedding": [0.5] * 7}, *with_vectors(9, 6)]))
    done = run_jmtools("cluster", *OPTIONS, "--jobs", jobs, path)
    assert (done.returncode, len(done.stdout.splitlines())) == (65, 6)
    assert b"in.jsonl: line 7, byte" in done.stderr
    assert b"has a vector of 2 numbers, but" in done.stderr
    assert b"line 1, byte 0 one of 6" in done.stderr
    rejects = tmp_path / "bad.jsonl"
    done = run_jmtools("cluster", *OPTIONS, "--jobs", jobs, "--on-error", "skip", "--rejects", rejects, path, more)
    assert (done.returncode, len(done.stdout.splitlines())) == (3, 38)
    assert b"more.jsonl: line 1, byte 0: has a vector of 7 numbers, but" in done.stderr
    assert b"40 records read, 38 taken, 2 rejected" in done.stderr
    assert len(rejects.read_bytes().splitlines()) == 2
    path.write_bytes(lines(records).replace(b"[0.1, 0.2]", b"[NaN, 0.2]"))
    skipped = run_jmtools("cluster", *OPTIONS, "--on-error", "skip", path)
    assert (skipped.returncode, b"in.jsonl: line 7" in skipped.stderr) == (3, True)


def test_only_records_that_are_worked_on_decide_the_length_of_vectors(tmp_path: Path) -> None:
    records = with_vectors(60)
    records[0] |= {"type": "ad", "embedding": [0.5]}
    records[1] |= {"year": 1999, "embedding": [0.5, 0.5]}
    records[2]["embedding"] = [0.5, "x"]
    records[9]["embedding"] = [0.1] * 9
    path = tmp_path / "in.jsonl"
    path.write_bytes(lines(records))
    options = (*OPTIONS, "--on-error", "skip", "--where", "year != 1999", path)
    done = run_jmtools("cluster", *options)
    assert (done.returncode, len(done.stdout.splitlines())) == (3, 57)
    assert b"line 10, byte" in done.stderr
    assert b"line 4, byte" in done.stderr  # the first that has a right one
    sampled = run_jmtools("cluster", "--sample", "30", *options)
    assert (sampled.returncode, len(sampled.stdout.splitlines())) == (3, 57)
    assert sampled.stderr.count(b"numbers, but") + sampled.stderr.count(b"those of the model") == 1


def test_vectors_that_tell_nothing_and_idle_options_are_told() -> None:
    records = b"".join(
        json.dumps({"text": text, "v": [0.5, 0.25]}).encode() + b"\n" for text in ("门诊医保", "球队进球") * 8
    )
    done = run_jmtools("cluster", "-k", "2", "--vectors", "v", stdin=records)
    assert done.stderr == b"jmtools cluster: note: --vectors v: all vectors are the same, and tell nothing of topics\n"
    done = run_jmtools("cluster", "-k", "2", "--vector-weight", "0.7", "--threshold", "0.5", stdin=records)
    assert [line[23:] for line in done.stderr.splitlines()] == [
        b"--vector-weight does nothing without --vectors",
        b"--threshold does nothing without --outliers mark",
    ]


@pytest.mark.parametrize("arguments", [(), ("-k", "2")])
@pytest.mark.parametrize("count", [3, 30])
def test_records_without_a_word_are_parted_by_their_vectors(count: int, arguments: tuple[str, ...]) -> None:
    lines = b"".join(
        json.dumps({"text": "。", "v": [index % 2 * 5 + index / 100, index / 50]}).encode() + b"\n"
        for index in range(count)
    )
    done = run_jmtools("cluster", "--vectors", "v", *arguments, stdin=lines)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, count), done.stderr
