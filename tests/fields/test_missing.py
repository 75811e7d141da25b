"""Fields that no record has: found out, told once, with a suggestion."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.fields.missing import FieldTracker, Sightings
from jmtools.fields.path import Path as FieldPath
from tests.conftest import Run

RECORDS: list[dict[str, Any]] = [
    {"id": "a", "date": "2024-03-11", "text": "医保基金监管。", "authors": [], "mood": None},
    {"id": "b", "date": "2024-03-12", "text": "地铁开通。", "authors": [{"name": "林知远", "role": "记者"}]},
]


def messages(specs: list[str], *batches: list[dict[str, Any]]) -> list[str]:
    watch, seen = FieldTracker(specs), Sightings()
    for batch in batches:
        seen.add(watch.look(batch))
    return seen.messages()


@pytest.mark.parametrize(
    ("spec", "near"),
    [("dat", "date"), ("authors.nam", "authors.name"), ("author.name", "authors.name"), ("date.month", None)],
)
def test_a_field_that_no_record_has_is_named(spec: str, near: str | None) -> None:
    found = messages([spec, "id"], RECORDS)
    assert len(found) == 1
    assert found[0].startswith(f"no record has the field {spec!r}")
    assert near is None or found[0].endswith(f"; did you mean {near!r}?")


@pytest.mark.parametrize("spec", ["authors.name", "authors.0.role", "mood", "mood.name", "text"])
def test_a_field_that_some_record_has_or_may_have_is_not_named(spec: str) -> None:
    assert messages([spec], RECORDS) == []
    assert messages([spec], RECORDS[:1], RECORDS[1:]) == []


def test_without_records_nothing_is_said() -> None:
    assert messages(["dat"]) == messages(["dat"], []) == []


def test_authors_of_nobody_are_no_mistake() -> None:
    assert messages(["authors.name"], RECORDS[:1]) == []
    assert len(messages(["autors.name"], RECORDS[:1])) == 1


names = st.sampled_from(["a", "b", "c", "a.b", "0"])
values = st.recursive(
    st.none() | st.integers(), lambda v: st.lists(v, max_size=3) | st.dictionaries(names, v, max_size=3)
)


@given(st.lists(st.dictionaries(names, values, max_size=3), max_size=4), st.lists(names, min_size=1, max_size=3))
def test_what_a_path_finds_is_never_called_missing(records: list[dict[str, Any]], parts: list[str]) -> None:
    spec = ".".join(parts)
    if any(FieldPath(spec).values(data) is not None for data in records):
        assert messages([spec], records) == []
        assert messages([spec], *([data] for data in records)) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("select", 'dat >= "2024"'),
        ("freq", "--where", 'dat >= "2024"'),
        ("freq", "--group-by", "dat:month"),
        ("freq", "--dispersion", "--parts", "dat"),
        ("keyness", "--target-where", 'date != "a"', "--reference-where", 'date != "b" or dat = "a"'),
        ("kwic", "医保", "--where", "dat = 1", "-j", "2"),
        ("trend", "--field", "dat", "--by", "day"),
        ("trend", "--term", "医保", "--date-field", "dat"),
        ("cooc", "--field", "dat"),
        ("keywords", "--group-by", "dat"),
        ("segment", "--names-from", "dat"),
        ("convert", "--to", "mallet", "--label", "dat"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_every_command_says_it_once(jmtools: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    done = jmtools(*arguments, file)
    note = f"jmtools {arguments[0]}: note: no record has the field 'dat'; did you mean 'date'?\n"
    assert (done.returncode, done.stderr.decode()) == (0, note)


def test_a_field_that_leaves_a_target_empty_is_told_before_the_error(jmtools: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    done = jmtools("keyness", "--target-where", 'dat = "a"', "--reference-where", 'date != "a"', file)
    note, error = done.stderr.decode().splitlines()
    assert (done.returncode, "did you mean 'date'?" in note, "target" in error) == (65, True, True)


def test_exists_asks_whether_there_is_one(jmtools: Run) -> None:
    done = jmtools("select", "dat exists or dat is null", stdin=b'{"date":"2024-03-11"}\n')
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_resumed_run_knows_what_the_first_saw(jmtools: Run, tmp_path: Path) -> None:
    file, folder = tmp_path / "in.jsonl", f"{tmp_path}/out/"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    arguments = ("normalize", "--where", 'dat = "a" or id = "a"', "-o", folder, file)
    jmtools(*arguments)
    (tmp_path / "out" / ".jmtools" / "manifest.json").write_bytes(
        (tmp_path / "out" / ".jmtools" / "manifest.json").read_bytes().replace(b"true", b"false")
    )
    done = jmtools(*arguments, "--resume")
    assert done.stderr.decode().endswith("note: no record has the field 'dat'; did you mean 'date'?\n")
