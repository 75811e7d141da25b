from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.dedupe.alignment import match
from jmtools.dedupe.folding import fold
from jmtools.dedupe.passages import LEAST, fingerprints
from jmtools.dedupe.scanner import StoryScanner
from jmtools.dedupe.stories import Stories, StoryOptions
from tests.conftest import ROOT, run_jmtools

CASE = ROOT / "tests" / "cases" / "dedupe" / "basic" / "in.jsonl"
RECORDS = [json.loads(line) for line in CASE.read_text("utf-8").splitlines()]
LETTERS = "江海北渡澜临港云屏沅口站桥船水天地人车路学校医院工厂田山石木金土火风雨雪春夏秋冬日月星"


def stories_of(records: list[dict[str, Any]], **options: Any) -> dict[str, dict[str, Any]]:
    stories = Stories(StoryOptions(**options))
    for start in range(0, len(records), 2):
        stories.absorb(StoryScanner().scan(records[start : start + 2]))
    stories.fit()
    found = zip(records, stories.fields(), strict=True)
    return {str(record["id"]): fields for record, fields in found if fields is not None}


def prose(seed: int, size: int) -> str:
    draw = random.Random(seed)
    return "".join(draw.choice(LETTERS) + ("，" if draw.random() < 0.1 else "") for _ in range(size))


def record(name: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "date": "2024-05-07", "newspaper": "江海日报", "page": "A01", "text": text, **more}


def test_a_story_has_its_copies_its_parts_and_what_it_stands_in() -> None:
    found = stories_of(RECORDS)
    assert len({found[name]["story"] for name in ("a1", "a2", "a3", "a4")}) == 1
    assert {found[name]["story_first"] for name in ("a1", "a2", "a3", "a4")} == {"a2"}  # page 05 sorts before A03
    (inside,) = [one for one in found["a3"]["contains"] if one["id"] == "a4"]
    assert RECORDS[2]["text"][inside["char_start"] : inside["char_end"]] == RECORDS[3]["text"][:-1]
    assert {one["id"] for one in found["a4"]["contained_in"]} >= {"a1", "a3"}


def test_a_round_up_joins_none_of_its_stories_and_says_what_it_contains() -> None:
    found = stories_of(RECORDS)
    assert found["a6"]["story_size"] == found["a5"]["story_size"] == 1
    assert [one["id"] for one in found["a6"]["contains"]] == ["a4", "a5"]


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(len(RECORDS))))
def test_the_order_of_the_input_does_not_matter(order: list[int]) -> None:
    assert stories_of([RECORDS[place] for place in order]) == stories_of(RECORDS)


@settings(max_examples=60, deadline=None)
@given(
    before=st.text(LETTERS, max_size=300),
    after=st.text(LETTERS, max_size=300),
    seed=st.integers(0, 99),
    size=st.integers(LEAST, 120),
)
def test_a_passage_is_found_inside_any_text_at_its_place(before: str, after: str, seed: int, size: int) -> None:
    part = prose(seed, size)
    inner, outer = fold(part).codes, fold(before + part + after).codes
    assert set(fingerprints(inner).tolist()) & set(fingerprints(outer).tolist()) or len(inner) < LEAST
    found = match(inner, outer)
    start = len(fold(before).codes)
    assert found.share == 1
    assert found.other_span[0] <= start
    assert found.other_span[1] >= start + len(inner)


@pytest.mark.parametrize(("days", "joined"), [(4, False), (0, True)])
def test_what_a_paper_prints_every_day_joins_nothing(days: int, joined: bool) -> None:
    notice = prose(1, 60)
    records = [record(f"n{day}", notice, date=f"2024-05-{day:02}") for day in range(1, 8)]
    found = stories_of(records, days=days)
    assert (found["n1"]["story_size"] == 7) is joined
    assert (found["n3"]["story_kind"] == "boilerplate") is not joined


def test_other_figures_make_no_other_boilerplate() -> None:
    prices = "今日市区农贸市场价格：大白菜每公斤{}元，土豆每公斤{}元，鸡蛋每公斤{}元，猪后腿肉每公斤{}元。"
    draw = random.Random(5)
    records = [
        record(f"p{day}", prices.format(*(draw.randint(2, 60) for _ in range(4))), date=f"2024-05-{day:02}")
        for day in range(1, 8)
    ]
    assert {fields["story_size"] for fields in stories_of(records).values()} == {1}


def test_records_far_apart_in_time_are_no_story_with_days() -> None:
    text = prose(2, 80)
    records = [record(f"d{day}", text, date=f"2024-05-{day:02}") for day in (1, 3, 20)]
    assert {f["story_size"] for f in stories_of(records).values()} == {3}
    found = stories_of(records, apart=5)
    assert [found[name]["story_size"] for name in ("d1", "d3", "d20")] == [2, 2, 1]


def test_the_kinds() -> None:
    text = prose(3, 200)
    records = [
        record("k1", text, headline="甲"),
        record("k2", text, headline="甲", page="A02"),
        record("k3", text, headline="乙丙", page="A03"),
        record("k4", text[:90] + prose(9, 20) + text[110:], page="A04"),
        record("k5", text[:100], page="A05"),
        record("k6", prose(10, 150) + text, page="A06"),
    ]
    kinds = {name: fields["story_kind"] for name, fields in stories_of(records).items()}
    assert kinds == {"k1": "first", "k2": "same", "k3": "reprint", "k4": "edited", "k5": "part", "k6": "whole"}


def test_against_drop_and_report(tmp_path: Path) -> None:
    old, new, report = tmp_path / "old.jsonl", tmp_path / "new.jsonl", tmp_path / "stories.jsonl"
    lines = CASE.read_bytes().splitlines(keepends=True)
    old.write_bytes(lines[0])
    new.write_bytes(b"".join(lines[1:]))
    done = run_jmtools("dedupe", "--against", old, "--drop", "repeats", "--report", report, new)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a2", "a5", "a6"]
    (story,) = [json.loads(line) for line in report.read_bytes().splitlines()]
    assert (story["story_size"], story["first"], story["last"]) == (4, "2024-05-07", "2024-05-08")
    assert [one["id"] for one in story["records"]] == ["a2", "a1", "a4", "a3"]
    bad = run_jmtools("dedupe", "--against", new, "--against", tmp_path / "none", old)
    assert bad.returncode == 74


def test_a_formula_that_stands_in_unrelated_records_joins_nothing() -> None:
    formula = prose(1, 120)
    notices = [record(f"n{n}", formula + prose(10 + n, 900)) for n in range(4)]
    alone = record("f", formula + prose(2, 40))
    found = stories_of([*notices, alone])
    assert len({fields["story"] for fields in found.values()}) == 5
    assert {one["id"] for one in found["f"]["contained_in"]} == {"n0", "n1", "n2", "n3"}
    few = stories_of([*notices[:2], alone])
    assert few["f"]["story"] == few["n0"]["story"]  # two reports may well hold one brief


@pytest.mark.parametrize("names", [(1, "a"), (1, None), (True, "x"), ("a", 2)])
def test_ids_may_be_of_two_kinds(names: tuple[object, ...]) -> None:
    lines = b"".join(json.dumps({"id": name, "text": f"第{at}篇。"}).encode() + b"\n" for at, name in enumerate(names))
    done = run_jmtools("dedupe", stdin=lines)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2), done.stderr


def test_unrelated_records_with_one_id_are_two_stories() -> None:
    texts = ("沅口站水位超过警戒线，沿江四个乡镇转移群众四千三百人。", "我国科研团队在南海绘成首份深海冷泉微生物图谱。")
    records = [{"id": 1, "text": text * 2, "date": f"2024-03-1{at}"} for at, text in enumerate(texts)]
    lines = [json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records]
    done = run_jmtools("dedupe", stdin=b"".join(lines))
    names = [json.loads(line)["story"] for line in done.stdout.splitlines()]
    assert len(set(names)) == 2
    assert "with the `id` of another story's: 1" in done.stderr.decode()
    alone = json.loads(run_jmtools("dedupe", stdin=lines[0]).stdout)["story"]
    assert names[0] == alone  # the earlier one keeps its name
