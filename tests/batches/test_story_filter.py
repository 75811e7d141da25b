"""`--count stories`: every command that counts takes the first record of each story, at any number of processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jmtools.batches.story_filter import StoryMarker
from jmtools.cli.frame.kept_runs import without_run
from jmtools.fields.where import Where
from jmtools.io.lines import LineBatch
from tests.conftest import run_jmtools
from tests.test_contract import RECORDS

# Each record three times, in another paper with another headline; the copies tell the story of the first.
COPIES = [
    {**record, "story": f"s{n:03}", "newspaper": paper, "id": f"{record['id']}{paper}", "origin": "wire"}
    for paper in ("甲报", "乙报", "丙报")
    for n, record in enumerate(RECORDS)
]


def lines_of(records: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


SAID = b"32 records of stories that came before not counted\n"


@pytest.mark.parametrize(
    "command",
    [
        ("freq",),
        ("trend", "--term", "会议", "--by", "day"),
        ("keyness", "--target-where", 'page = "A01"', "--reference-where", 'page != "A01"'),
        ("report", "--to", "md", "--lang", "en"),
    ],
    ids=lambda command: command[0],
)
def test_counting_stories_is_counting_their_first_records(command: tuple[str, ...]) -> None:
    alone = run_jmtools(*command, stdin=lines_of(COPIES[:16]))
    for more in ((), ("--jobs", "2")):
        done = run_jmtools(*command, *more, "--count", "stories", stdin=lines_of(COPIES))
        assert (done.returncode, without_run(done.stdout)) == (0, without_run(alone.stdout))
        assert done.stderr.endswith(SAID)
    assert without_run(run_jmtools(*command, stdin=lines_of(COPIES)).stdout) != without_run(alone.stdout)


def test_a_copy_gets_the_topic_of_its_story() -> None:
    alone = [
        json.loads(line) for line in run_jmtools("cluster", "-k", "4", stdin=lines_of(COPIES[:16])).stdout.splitlines()
    ]
    done = run_jmtools("cluster", "-k", "4", "--count", "stories", stdin=lines_of(COPIES))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in found] == [record["id"] for record in COPIES]
    assert [record["topic"] for record in found] == [record["topic"] for record in alone] * 3


def test_the_first_is_the_first_that_meets_the_condition(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines_of(COPIES))
    where = ("--where", 'newspaper = "乙报"')
    one = run_jmtools("freq", "--count", "stories", *where, path)
    assert one.stdout == run_jmtools("freq", *where, path).stdout
    assert one.stderr == b""
    archive = tmp_path / "a.db"
    run_jmtools("index", archive, path)
    assert (
        run_jmtools("freq", "--count", "stories", archive).stdout
        == run_jmtools("freq", "--count", "stories", path).stdout
    )


def test_records_of_other_types_are_nobodys_first() -> None:
    folio = {**COPIES[0], "type": "folio"}
    done = run_jmtools("freq", "--count", "stories", stdin=lines_of([folio, COPIES[0]]))
    assert done.stdout == run_jmtools("freq", stdin=lines_of(COPIES[:1])).stdout


def test_records_without_a_story_are_counted_and_it_is_said() -> None:
    done = run_jmtools("freq", "--count", "stories", stdin=lines_of(RECORDS))
    assert done.stdout == run_jmtools("freq", stdin=lines_of(RECORDS)).stdout
    assert b"note: 16 records without `story` counted one by one; jmtools dedupe finds stories" in done.stderr


def test_a_line_is_read_as_a_record_where_it_must() -> None:
    lines = [
        b'{"a":{"story":"x"},"story":"s1"}',
        b'{"story":"s1"}',
        b'{"a":{"story":"s1"}}',
        b'{"text":"\\"story\\":\\"s1\\""}',
        b'{"story":"s2","date":"2024-01-01"}',
        b'{"story":"s2","date":"2024-02-01"}',
        b'{"story":5}',
        b'{"story":"s1"',
    ]
    (batch,) = StoryMarker(Where('date >= "2024-02" or not date exists'), None).mark([LineBatch("a", lines, 1, 0)])
    assert batch is not None
    assert batch.repeats >= {1}
    assert batch.repeats.isdisjoint({0, 2, 3, 4, 5, 6})


def test_origin_is_told_by_trend_and_report() -> None:
    records = [*COPIES[:4], *({**record, "origin": "own"} for record in COPIES[4:10])]
    rows = [
        json.loads(line)
        for line in run_jmtools(
            *("trend", "--term", "会议", "--by", "year", "--group-by", "origin"), stdin=lines_of(records)
        ).stdout.splitlines()
    ]
    assert [(row["group"], row["docs"]) for row in rows] == [("own", 6), ("wire", 4)]
    page = run_jmtools("report", "--to", "md", "--lang", "en", stdin=lines_of(records)).stdout.decode()
    assert "own articles **6** · wire articles **4**" in page
