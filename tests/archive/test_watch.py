from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jmtools.archive.watch_matching import RuleMatcher
from jmtools.archive.watch_rules import WatchRule, can_match, read_rules
from jmtools.errors import OptionError
from jmtools.fields.query import parse_query
from jmtools.words.reader import SegmentOptions, WordReader
from tests.archive.test_search import QUERIES, RECORDS
from tests.conftest import run_jmtools

WORDS = WordReader(SegmentOptions())


def matching(query: str, record: dict[str, Any]) -> list[tuple[int, Any]]:
    return RuleMatcher([WatchRule("r", parse_query(query), 1)], WORDS).find(record)


@pytest.mark.parametrize(("query", "found"), [q for q in QUERIES if not q[0].startswith("NOT")])
def test_a_rule_finds_what_search_finds(query: str, found: str) -> None:
    assert "".join(str(r["id"]) for r in RECORDS if matching(query, r)) == found


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("市长", "南京市长江大桥", False),  # across the end of 南京市
        ('"市长"', "南京市长江大桥", True),
        ("南京", "南京市长江大桥", True),  # inside one word
        ("医保 NEAR/1 基金", "医保，基金", True),
        ("医保 NEAR/0 基金", "医保的基金", False),
        ("基金 NEAR/3 医保", "医保的基金", True),
        ("医保 NEAR/3 医保", "医保", True),
        ('医保 [pos="v"]', "医保介绍", True),
        ('医保 NOT [word="介绍"]', "医保介绍", False),
    ],
)
def test_words_strings_and_distances(query: str, text: str, found: bool) -> None:
    assert bool(matching(query, {"text": text})) is found


def test_words_that_the_record_brings_decide() -> None:
    text = "南京市长江大桥"
    assert not matching("市长", {"text": text, "tokens": ["南京市", "长江大桥"]})
    assert matching("市长", {"text": text, "tokens": ["南京", "市长", "江大桥"]})
    assert matching("市长", {"tokens": ["南京", "市长"]})


def test_near_does_not_reach_from_the_headline_into_the_text() -> None:
    assert not matching("医保 NEAR/5 基金", {"headline": "医保", "text": "基金"})
    assert matching("医保 AND 基金", {"headline": "医保", "text": "基金"})


def test_places_are_those_of_the_field() -> None:
    ((_, places),) = matching('医保 OR "报销"', {"headline": "医保新政", "text": "门诊医保报销。"})
    assert [tuple(place) for place in places] == [
        ("医保", "headline", 0, 2),
        ("医保", "text", 2, 4),
        ("报销", "text", 4, 6),
    ]


def test_thousands_of_rules_are_one_pass() -> None:
    rules = [WatchRule(f"r{n}", parse_query(f'"第{n}号" NOT "第{n}号令"'), n) for n in range(5000)]
    found = RuleMatcher(rules, WORDS).find({"text": "第17号令、第4321号文和第40号"})
    assert [(number, places[0].char_start) for number, places in found] == [(40, 14), (4321, 6)]


@pytest.mark.parametrize(
    ("query", "possible"),
    [
        ("医保 NOT 医保", False),
        ('"医保局" NOT "医保"', False),
        ('医保局 NOT "医保"', False),
        ('"医保" NOT 医保', True),  # the string may stand across words
        ("医保局 NOT 医保", True),
        ("(医保 OR 社保) NOT (医保 OR 社保)", False),
        ("(医保 OR 社保) NOT 医保", True),
        ("医保 NEAR/3 基金 NOT 基金", False),
        ("医保 NEAR/3 基金 NOT (医保 NEAR/5 基金)", False),
        ("医保 NEAR/5 基金 NOT (医保 NEAR/3 基金)", True),
        ('[word="医保" & word!="医保"]', False),
        ("医保 NOT NOT 公告", True),
        (" ".join(f"(甲{n} OR 乙{n})" for n in range(20)), True),
    ],
)
def test_a_rule_that_can_never_match_is_known(query: str, possible: bool) -> None:
    assert can_match(parse_query(query)) is possible


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no rule"),
        ("# nothing", "holds no rule"),
        ("医保:", "line 1: the rule 医保 has no query"),
        ("\n医保: 医保 OR", "line 2: character 6"),
        ("水: 水\n水: 火", "line 2: the rule 水 stands in line 1 already"),
        ("水: NOT 火", "line 1: the rule says only what must not be there"),
        ("水: 水 OR NOT 火", "only what must not be there"),
    ],
)
def test_what_is_no_rule_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(OptionError, match=r"rules\.txt") as told:
        read_rules(text, path="rules.txt")
    assert said in str(told.value)


def test_names_and_plain_terms() -> None:
    rules = read_rules('医保：医保 OR "a:b"\n"a: b" 水\n上午9:45\n防汛\r\n', path="rules.txt")
    assert [rule.name for rule in rules] == ["医保", '"a: b" 水', "上午9:45", "防汛"]


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


def test_stories_are_new_once_over_days(tmp_path: Path) -> None:
    rules = tmp_path / "rules.txt"
    rules.write_text("医保\n报销\n", "utf-8")
    seen = tmp_path / "seen.jsonl"
    first = write(
        tmp_path / "1.jsonl",
        {"id": "a", "text": "医保报销。", "story": "s1"},
        {"id": "b", "text": "医保报销了。", "story": "s1"},
    )
    second = write(
        tmp_path / "2.jsonl",
        {"id": "c", "text": "医保报销！", "story": "s1"},
        {"id": "d", "text": "医保", "story": "s2"},
    )

    def hits(path: Path, *more: str) -> list[tuple[str, str, bool]]:
        done = run_jmtools("watch", rules, path, "--seen", seen, *more)
        assert (done.returncode, done.stderr) == (0, b""), done.stderr
        return [(r["rule"], r["id"], r["new"]) for r in map(json.loads, done.stdout.splitlines())]

    assert hits(first) == [("医保", "a", True), ("报销", "a", True), ("医保", "b", False), ("报销", "b", False)]
    before = seen.read_bytes()
    assert hits(second, "--new-only") == [("医保", "d", True)]
    assert seen.read_bytes().startswith(before)
    again = run_jmtools("watch", rules, second, "--seen", seen, "--new-only", "--quiet", "--exit-code")
    assert (again.returncode, again.stdout, again.stderr) == (1, b"", b"")
    assert run_jmtools("watch", rules, second, "--seen", seen, "--new-only", "--quiet").returncode == 0
    loud = run_jmtools("watch", rules, second, "--seen", seen)
    assert (loud.returncode, loud.stdout.count(b"\n")) == (0, 3)


def test_a_run_that_fails_has_seen_nothing(tmp_path: Path) -> None:
    rules, seen = tmp_path / "rules.txt", tmp_path / "seen.jsonl"
    rules.write_text("医保\n", "utf-8")
    line = '{"text":"医保","story":"s1"}\n'.encode()
    assert run_jmtools("watch", rules, "--seen", seen, stdin=line + b"{").returncode == 65
    assert not seen.exists()
    assert run_jmtools("watch", rules, "--seen", seen, "--on-error", "skip", stdin=line + b"{").returncode == 3
    assert seen.exists()
    seen.write_text("{}\n", "utf-8")
    damaged = run_jmtools("watch", rules, "--seen", seen, stdin=line)
    assert (damaged.returncode, b"no state of watch" in damaged.stderr) == (66, True)
    assert run_jmtools("watch", rules, "--seen", rules, rules).returncode == 66


def test_records_without_a_story_are_known_by_their_letters_and_it_is_said(tmp_path: Path) -> None:
    rules, seen = tmp_path / "rules.txt", tmp_path / "seen.jsonl"
    rules.write_text("医保\n", "utf-8")
    data = '{"text":"医保，照常办理。"}\n{"text":"医保照常办理"}\n{"text":"医保不办理"}\n'.encode()
    done = run_jmtools("watch", rules, "--seen", seen, stdin=data)
    assert [json.loads(line)["new"] for line in done.stdout.splitlines()] == [True, False, True]
    assert b"jmtools dedupe finds stories" in done.stderr


def test_a_rule_that_can_never_match_is_told(tmp_path: Path) -> None:
    rules = tmp_path / "rules.txt"
    rules.write_text("医保\n水: 水 NOT 水\n", "utf-8")
    done = run_jmtools("watch", rules, "--strict", stdin='{"text":"医保"}\n'.encode())
    assert done.returncode == 3
    assert "line 2: the rule 水 can never match" in done.stderr.decode()
