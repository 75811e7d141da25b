"""kwic: every place of a query, with what stands around it."""

from __future__ import annotations

import itertools
import json
import random
import re

import pytest

from jmtools.kwic import Concordancer, KwicOptions
from tests.conftest import run_jmtools
from tests.sample_articles import SAMPLE, output


def test_a_place_leads_back_to_the_text() -> None:
    for hit in output("kwic", "--unit", "regex", "[一二三四]月[十一二三四五六七八九]+日", "--window", "5"):
        record = next(r for r in SAMPLE if r["headline"] == hit["headline"] and hit["node"] in r[hit["field"]])
        text = record[hit["field"]]
        if text[hit["char_start"] : hit["char_end"]] == hit["node"]:
            assert text[max(0, hit["char_start"] - 5) : hit["char_start"]].replace("\n", " ") == hit["left"]
            assert text[hit["char_end"] : hit["char_end"] + 5].replace("\n", " ") == hit["right"]
        assert re.fullmatch("[一二三四]月[十一二三四五六七八九]+日", hit["node"])


def test_phrases_neighbours_windows_and_sorting() -> None:
    records = [{"text": "市医保局加强医保基金监管。医保基金安全。"}, {"text": "基金公司与医保无关。"}]
    lines = b"".join(json.dumps(r).encode() + b"\n" for r in records)
    assert [h["node"] for h in output("kwic", "医保 基金", stdin=lines)] == ["医保基金", "医保基金"]
    near = output("kwic", "基金", "--near", "医保", "--near-window", "0", stdin=lines)
    assert [h["left"][-2:] for h in near] == ["医保", "医保"]
    words = output("kwic", "基金", "--window-unit", "word", "--window", "1", stdin=lines)
    assert [(h["left"], h["right"]) for h in words] == [("医保", "监管"), ("医保", "安全"), ("", "公司")]
    ordered = [h["right"][:2] for h in output("kwic", "基金", "--sort", "R1", stdin=lines)]
    assert ordered == sorted(ordered)


def test_a_sample_is_the_same_for_the_same_seed_and_part_of_the_whole() -> None:
    whole = output("kwic", "的")
    drawn = output("kwic", "的", "--sample", "10", "--seed", "5")
    assert len(drawn) == 10
    assert [hit for hit in whole if hit in drawn] == drawn
    assert drawn == output("kwic", "的", "--sample", "10", "--seed", "5", "--jobs", "2")
    assert drawn != output("kwic", "的", "--sample", "10", "--seed", "6")


def test_all_neighbours_are_wanted_and_words_can_be_counted() -> None:
    records = [{"text": "医保基金监管从严。医保待遇提高，基金平稳运行。医保宣传。"}]
    lines = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    assert len(output("kwic", "医保", "--near", "基金", "--near-window", "4", stdin=lines)) == 1
    both = ("--near", "基金", "--near", "提高", "--window-unit", "word")
    assert [len(output("kwic", "医保", *both, "--near-window", n, stdin=lines)) for n in ("1", "4", "9")] == [0, 1, 3]


def test_places_are_those_of_the_text_where_words_were_dropped() -> None:
    record = {"headline": "医保", "text": "新的医保的政策", "tokens": ["医保", "新", "医保", "政策"]}
    rows = output("kwic", "医保", stdin=json.dumps(record).encode())
    assert [(r["field"], r["char_start"], r["left"], r["right"]) for r in rows] == [
        ("headline", 0, "", ""),
        ("text", 2, "新的", "的政策"),
    ]
    assert output("kwic", "的", stdin=json.dumps(record).encode()) == []


@pytest.mark.parametrize(("unit", "query"), [("word", "openai"), ("string", "OPENai"), ("regex", "open.i")])
def test_case_is_folded_on_request(unit: str, query: str) -> None:
    source = '{"text":"OpenAI发布，OPENAI跟进。"}\n'.encode()
    done = run_jmtools("kwic", "--fold-case", "--unit", unit, query, stdin=source)
    assert [json.loads(line)["node"] for line in done.stdout.splitlines()] == ["OpenAI", "OPENAI"]
    assert run_jmtools("kwic", "--unit", unit, query, stdin=source).stdout == b""


@pytest.mark.parametrize(("unit", "within"), [*itertools.product(("char", "word"), (0, 1, 3, 8))])
def test_near_is_what_a_look_at_every_pair_finds(unit: str, within: int) -> None:
    rng = random.Random(within)
    tokens = [rng.choice(["医保", "基金", "的", "码头"]) for _ in range(60)]
    record = {"text": "".join(tokens), "tokens": tokens}
    options = KwicOptions(("医保",), near=("基金", "码头"), near_window=within, window_unit=unit)
    found = [one["char_start"] for one in Concordancer(options).expand([record])]
    edges = list(itertools.accumulate((len(one) if unit == "char" else 1 for one in tokens), initial=0))
    starts = list(itertools.accumulate(map(len, tokens), initial=0))
    near = {
        (at, other)
        for at, other in itertools.permutations(range(len(tokens)), 2)
        if edges[max(at, other)] - edges[min(at, other) + 1] <= within
    }
    places = [
        at
        for at, one in enumerate(tokens)
        if one == "医保"
        and all(any((at, i) in near for i, other in enumerate(tokens) if other == word) for word in options.near)
    ]
    assert found == [starts[at] for at in places]
