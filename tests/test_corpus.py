"""keyness, collocates, kwic and trend: what they count is what others count."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from nltk.metrics import BigramAssocMeasures
from scipy.stats import chi2_contingency

from jmtools.collocates.node import CollocateCounter, CollocateOptions
from jmtools.collocates.scores import ShownOptions
from jmtools.counts.term_counter import CountOptions
from jmtools.io.records import round6
from jmtools.keyness.comparison import KeynessCounter, KeynessOptions
from jmtools.keyness.sides import side_of_records
from jmtools.stats.tables2x2 import benjamini_hochberg
from jmtools.trend.report import TrendCounter, TrendOptions
from jmtools.words.term_filter import FilterOptions
from tests.conftest import ROOT, run_jmtools


def sample() -> list[dict[str, Any]]:
    records = []
    for path in sorted((ROOT / "seeds").glob("ljrb-*.expected.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if record["type"] == "article":
                records.append({key: record[key] for key in ("headline", "text", "date", "page")})
    return records


SAMPLE = sample()
LINES = b"".join(json.dumps(record).encode() + b"\n" for record in SAMPLE)


def output(*arguments: str | Path, stdin: bytes = LINES) -> list[dict[str, Any]]:
    done = run_jmtools(*arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert all(b": note: " in line for line in done.stderr.splitlines()), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def report(counter: Any, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    total = counter.merge(counter.count(records[:20]), counter.count(records[20:]))
    return list(counter.records(total))


@pytest.mark.parametrize("term", ["医保", "水库", "的", "没有这个词"])
def test_there_are_as_many_lines_as_freq_counts(term: str, tmp_path: Path) -> None:
    (tmp_path / "terms").write_text(term, encoding="utf-8")
    (counted,) = output("freq", "--terms", tmp_path / "terms")
    assert len(output("kwic", term)) == counted["freq"]
    (counted,) = output("freq", "--unit", "string", "--terms", tmp_path / "terms", "--min-freq", "0")[:1] or [
        {"freq": 0}
    ]
    assert len(output("kwic", "--unit", "string", term)) == counted["freq"]


ROWS: list[dict[str, Any]] = [
    {"date": "2024-03-11", "text": "市医保局加强医保基金监管。医保基金安全。基金与医保。"},
    {"date": "2024-03-12", "text": "保基金是医保的事，医保，基金也是。医\n保基金。"},
    {"date": "2024-03-13", "tokens": ["医保基金", "的", "医保", "基", "金"], "text": "医保基金的医保基金"},
    {"date": "2024-03-14", "tokens": ["医保", "监管"], "text": "医保基金监管"},  # 基金 was taken out by a stop list
    {"date": "2024-03-15", "text": "管理医保监管"},
]


@pytest.mark.parametrize(
    ("query", "node", "daily"),
    [
        # A word is itself; what is several words, with or without blanks, is where words in a row make it up.
        ("医保", "医保", [4, 2, 1, 1, 1]),
        ("医保基金", "医保基金", [2, 0, 2, 0, 0]),
        ("医保 基金", "医保基金", [2, 0, 0, 0, 0]),
        ("医保 基金 监管", "医保基金监管", [1, 0, 0, 0, 0]),
        ("医保监管", "医保监管", [0, 0, 0, 0, 1]),  # not where a word was taken out between
    ],
)
def test_what_is_several_words_is_found_by_every_command(
    query: str, node: str, daily: list[int], tmp_path: Path
) -> None:
    lines = b"".join(json.dumps(r).encode() + b"\n" for r in ROWS)
    (tmp_path / "terms").write_text(query, encoding="utf-8")
    terms = ("--terms", tmp_path / "terms")
    hits = output("kwic", query, "--allow-mixed", stdin=lines)
    assert [sum(hit["date"] == r["date"] for hit in hits) for r in ROWS] == daily
    assert {hit["node"] for hit in hits} == {node}
    days = output("trend", *terms, "--by", "day", "--allow-mixed", stdin=lines)
    assert [day["freq"] for day in days] == daily
    (counted,) = output("freq", *terms, "--allow-mixed", stdin=lines)
    assert (counted["freq"], counted["docfreq"]) == (sum(daily), sum(map(bool, daily)))
    company = output("collocates", query, "--allow-mixed", "--min-freq", "1", stdin=lines)
    assert {row["freq_node"] for row in company} == {sum(daily)}
    key = ("--target-where", "date < 2024-03-12", "--reference-where", "date >= 2024-03-12", "--min-freq", "1")
    (row,) = output("keyness", *terms, *key, "--direction", "both", "--allow-mixed", stdin=lines)
    assert (row["freq_target"], row["freq_reference"]) == (daily[0], sum(daily[1:]))


def test_rates_are_of_the_same_words_everywhere(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("医保", encoding="utf-8")
    (tmp_path / "two").write_text("医保\n医保基金", encoding="utf-8")
    one, two = (output("freq", "--group-by", "date:month", "--terms", tmp_path / n) for n in ("one", "two"))
    rates = {row["period"]: row["ipm"] for row in output("trend", "--term", "医保") if row["docs"]}
    for rows in (one, two):
        assert {row["group"]: row["ipm"] for row in rows if row["term"] == "医保" and row["group"]} == rates


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


def test_keyness_is_what_scipy_says() -> None:
    options = KeynessOptions(
        CountOptions(where='date ~ "2024-04"'), reference_where='date ~ "2024-03"', min_freq=1, direction="both"
    )
    rows = report(KeynessCounter(options), SAMPLE)
    n_target, n_reference = (sum(row[f"freq_{side}"] for row in rows) for side in ("target", "reference"))
    for row in rows[::25]:
        a, b = row["freq_target"], row["freq_reference"]
        table = [[a, b], [n_target - a, n_reference - b]]
        assert row["ll"] == pytest.approx(
            chi2_contingency(table, lambda_="log-likelihood", correction=False)[0], rel=1e-4
        )
        assert row["chi2"] == pytest.approx(chi2_contingency(table, correction=False)[0], rel=1e-4)
        assert row["direction"] == ("over" if a / n_target >= b / n_reference else "under")
    assert [row["ll"] for row in rows] == sorted((row["ll"] for row in rows), reverse=True)
    assert max(row["p_bh"] for row in rows) <= 1
    first = sorted(row["p"] for row in rows)
    assert sorted(row["p_bh"] for row in rows) == pytest.approx(benjamini_hochberg(first), rel=1e-4)


def test_a_record_that_repeats_a_word_counts_once_by_records() -> None:
    target = [{"text": "粽子" + "，粽子" * 50}, *({"text": "龙舟比赛开始"} for _ in range(9))]
    reference = [{"text": "足球比赛"} for _ in range(10)]
    lines = b"".join(
        json.dumps({**r, "side": s}).encode() + b"\n" for s, rs in (("t", target), ("r", reference)) for r in rs
    )
    sides = ("--target-where", 'side = "t"', "--reference-where", 'side = "r"', "-n", "1")
    assert output("keyness", *sides, stdin=lines)[0]["term"] == "粽子"
    assert output("keyness", *sides, "--level", "records", stdin=lines)[0]["term"] in ("龙舟", "开始")


def test_the_reference_may_be_records_or_their_counts(tmp_path: Path) -> None:
    march = [r for r in SAMPLE if r["date"] < "2024-04"]
    april = b"".join(json.dumps(r).encode() + b"\n" for r in SAMPLE if r["date"] >= "2024-04")
    records, counts = tmp_path / "march.jsonl", tmp_path / "march.freq"
    records.write_bytes(b"".join(json.dumps(r).encode() + b"\n" for r in march))
    counts.write_bytes(run_jmtools("freq", records).stdout)
    one = output("keyness", "--reference", records, "-n", "20", stdin=april)
    other = output("keyness", "--reference", counts, "-n", "20", stdin=april)
    assert [row["term"] for row in one] == [row["term"] for row in other]
    assert [row["ll"] for row in one] == pytest.approx([row["ll"] for row in other], rel=1e-3)
    assert run_jmtools("keyness", stdin=april).returncode == 2


SHOWN = ShownOptions(min_freq=1)


def test_collocates_are_counted_as_by_hand() -> None:
    text = "市 医保 局 加强 医保 基金 监管 。 基金 安全 医保 放心".split()  # noqa: SIM905
    rows = report(CollocateCounter(CollocateOptions("医保", window=(1, 2), shown=SHOWN)), [{"tokens": text}])
    found = {row["term"]: (row["left"], row["right"], row["freq_term"]) for row in rows}
    assert found == {
        "市": (1, 0, 1), "局": (0, 1, 1), "加强": (1, 1, 1), "基金": (0, 1, 2), "监管": (0, 1, 1),
        "安全": (1, 0, 1), "放心": (0, 1, 1),
    }  # fmt: skip
    # 加强 is on the right of one 医保 and on the left of the next: one token, counted once.
    spans, n = sum(left + right for left, right, _ in found.values()) - 1, 11
    fund = next(row for row in rows if row["term"] == "基金")
    assert fund["expected"] == pytest.approx(spans * 2 / n, rel=1e-5)
    assert fund["mi"] == round6(BigramAssocMeasures.pmi(1, (spans, 2), n))
    assert fund["freq_node"] == 3


def test_a_string_has_collocates_wherever_it_stands() -> None:
    records = [{"text": "市医保局开展宣传。医保局与学校合作，保局。"}, {"text": "学校"}]
    rows = report(CollocateCounter(CollocateOptions("保局", unit="string", within="record", shown=SHOWN)), records)
    assert {row["freq_node"] for row in rows} == {sum(r["text"].count("保局") for r in records)}
    assert next(row for row in rows if row["term"] == "学校")["left"] == 1
    assert not any("医保" in row["term"] for row in rows)  # the node stands in place of the words that it touches
    rows = report(CollocateCounter(CollocateOptions("保局", unit="char", window=(1, 1), shown=SHOWN)), records)
    assert {(row["term"], row["left"], row["right"]) for row in rows} == {
        ("医", 2, 0),
        ("作", 1, 0),
        ("开", 0, 1),
        ("与", 0, 1),
    }


def test_strings_are_compared_as_they_stand() -> None:
    counting = CountOptions(unit="string", strings=("保局", "学校"), where="side = 1")
    records = [{"text": "医保局，保局。", "side": 1}, {"text": "学校保局", "side": 2}]
    options = KeynessOptions(
        counting, reference_where="side = 2", min_freq=1, direction="both", filter=FilterOptions(("保局",))
    )
    (row,) = report(KeynessCounter(options), records)
    assert (row["term"], row["freq_target"], row["freq_reference"]) == ("保局", 2, 1)
    assert row["ipm_target"] == pytest.approx(2 / 7 * 1e6, rel=1e-5)


@pytest.mark.parametrize(("words", "docs"), [(1, 1), (97_000, 12), (1_234_567, 999), (98_765_432, 54_321)])
def test_the_size_of_a_reference_is_read_from_its_rates(words: int, docs: int) -> None:
    freqs = {n for n in (1, 7, 1_000, words // 50, words // 3) if 0 < n <= words}
    records = [
        {"term": str(n), "freq": n, "docfreq": d, "ipm": round6(n / words * 1e6), "docfreq_pct": round6(d / docs * 100)}
        for n, d in zip(sorted(freqs), range(1, docs + 1), strict=False)
    ]
    side = side_of_records(records)
    assert side.size(1) == pytest.approx(words, rel=1e-6)
    assert side.docs == docs


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


def test_a_year_before_is_the_same_day_and_issues_and_pages_are_counted_apart() -> None:
    records = [
        {"text": "医保 新规", "date": "2023-03-11", "page": "A01", "newspaper": "甲报"},
        {"text": "医保 医保", "date": "2024-03-11T06:00", "page": "A01", "newspaper": "甲报"},
        {"text": "医保", "date": "2024-03-11", "page": "A02", "newspaper": "甲报"},
        {"text": "学校", "date": "2024-03-11", "page": "A01", "newspaper": "乙报"},
    ]
    rows = report(TrendCounter(TrendOptions(terms=("医保",), by="day")), records)
    assert len(rows) == 367
    assert (rows[-1]["issues"], rows[-1]["pages"]) == (2, 3)
    assert (rows[-1]["per_issue"], rows[-1]["per_page"]) == (1.5, 1.0)
    assert rows[-1]["change_year"] == pytest.approx((rows[-1]["ipm"] / rows[0]["ipm"] - 1) * 100, rel=1e-4)
    months = report(TrendCounter(TrendOptions(terms=("医保",), by="month")), [{"text": "医保", "date": "2024-03"}])
    assert months[0]["freq"] == 1


def test_a_period_without_an_issue_is_a_gap_and_not_a_zero() -> None:
    records: list[dict[str, Any]] = [
        {"text": "医保新规", "date": "2023-01-05"},
        {"text": "防汛", "date": "2023-02-05"},
        {"text": "医保医保", "date": "2024-01-09"},
        {"text": "无日期的医保", "date": None},
    ]
    rows = report(TrendCounter(TrendOptions(terms=("医保",), by="month")), records)
    assert [row["period"] for row in rows][:3] == ["2023-01", "2023-02", "2023-03"]
    assert [row["freq"] for row in rows] == [1, 0, *[None] * 10, 2]
    assert rows[-1]["change_year"] == pytest.approx(round6((rows[-1]["ipm"] / rows[0]["ipm"] - 1) * 100), rel=1e-4)


def test_fields_are_followed_and_the_sum_over_periods_is_the_total() -> None:
    rows = report(TrendCounter(TrendOptions(field="page", by="day")), SAMPLE)
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["page"]] += row["freq"] or 0
    assert sums == Counter(record["page"] for record in SAMPLE)
    (summary, *_) = report(TrendCounter(TrendOptions(field="page", by="day", overall=True)), SAMPLE)
    assert summary["periods"] == 3
    assert (summary["first"], summary["last"]) == ("2024-03-11", "2024-04-15")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kwic", " "), b"QUERY"),
        (("kwic", "--unit", "regex", "("), b"QUERY"),
        (("kwic", "--sort", "L9", "a"), b"--sort"),
        (("collocates", " "), b"NODE"),
        (("collocates", "a", "--window", "x"), b"--window"),
        (("trend",), b"--term"),
        (("trend", "--term", "a", "--field", "page"), b"--field"),
    ],
)
def test_a_wrong_option_is_named(arguments: tuple[str, ...], words: bytes) -> None:
    done = run_jmtools(*arguments, stdin=b"")
    assert done.returncode == 2
    assert words in done.stderr
