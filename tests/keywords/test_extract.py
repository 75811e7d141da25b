"""Keywords: what is chosen, why, and with which table."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.counts.idf_tables import IdfTable, load_table, merge_tables, table_lines
from jmtools.counts.idf_values import background_idf
from jmtools.io.records import round6
from jmtools.keywords import KeywordExtractor, KeywordOptions, keywords, vocabulary
from jmtools.keywords.choice import choose
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import MAX_WORDS, METHODS
from jmtools.words.segment import load_segmenter, record_text
from tests.conftest import ROOT, run_jmtools

ARTICLE = {
    "headline": "医保基金监管进社区",
    "text": "本报讯 市医保局昨日启动医保基金监管宣传月活动。"
    "手册《5G看病·问答》同时发放。工作人员走进东湖社区，向居民讲解《医保基金使用监督管理条例》。"
    "医保基金是群众的看病钱，医保局表示，将严查骗保行为。居民陈向东说，讲得明白。",
}
SHORT = {"text": "春耕备耕正当时，农技员下田指导水稻育秧。"}


def chosen(record: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(keywords([record], KeywordOptions(**options)))["keywords"]
    return found


def terms(record: dict[str, Any], **options: Any) -> list[str]:
    return [keyword["term"] for keyword in chosen(record, **options)]


def test_phrases_and_titles_are_found_and_nested_ones_folded() -> None:
    found = terms(ARTICLE, top=6)
    assert "医保基金监管" in found
    assert "医保局" in found
    assert not {"昨日", "将", "表示", "本报讯"} & set(found)


def test_scores_fall_and_counts_are_true() -> None:
    found = chosen(ARTICLE)
    text = record_text(ARTICLE)
    assert [k["score"] for k in found] == sorted((k["score"] for k in found), reverse=True)
    for keyword in found:
        assert 1 <= keyword["tf"] <= text.count(keyword["term"])
        assert keyword["score"] == round6(keyword["score"])


def test_plain_tfidf_is_what_a_hand_computes() -> None:
    words = [w for w in load_segmenter().cut(record_text(SHORT)) if len(w) > 1]
    counts, table = Counter(words), background_idf()
    expected = {w: round6(n / len(words) * table.idf(w)) for w, n in counts.items()}
    found = chosen(SHORT, method="tfidf", stopwords="none", top=99)
    assert {k["term"]: k["score"] for k in found} == expected


def test_every_factor_can_be_switched_off_and_does_something() -> None:
    with_all = chosen(ARTICLE, explain=True, top=20)
    for keyword in with_all:
        assert math.prod(keyword["factors"].values()) == pytest.approx(keyword["score"], rel=1e-3)
    for group in [name for name in with_all[0]["factors"] if name != "constant"]:
        without = {k["term"]: k["score"] for k in chosen(ARTICLE, without_factors=(group,), top=40)}
        assert without != {k["term"]: k["score"] for k in chosen(ARTICLE, top=40)}, group


def test_lists_decide_what_may_be_chosen() -> None:
    assert terms(ARTICLE, terms=("医保局", "骗保", "足球")) == ["医保局"] or "骗保" in terms(
        ARTICLE, terms=("医保局", "骗保", "足球")
    )
    assert "医保局" not in terms(ARTICLE, exclude=("医保局",))
    tagged = terms(ARTICLE, pos=("nr", "ns"), method="tfidf")
    assert set(tagged) < set(terms(ARTICLE, method="tfidf", top=99))


def test_diversity_brings_other_characters() -> None:
    def shared(found: list[str]) -> int:
        return sum(len(set(a) & set(b)) for i, a in enumerate(found) for b in found[:i])

    assert shared(terms(ARTICLE, top=5, diversity=0.6)) < shared(terms(ARTICLE, top=5))


def test_diversity_is_marginal_relevance_as_a_hand_computes() -> None:
    """0.5·0.8 − 0.5·0.5 = 0.15 for the term that shares a character, 0.5·0.7 = 0.35 for the other."""
    rows = [RankedTerm(-1.0, "医保", 1, 0, 1), RankedTerm(-0.8, "保险", 1, 1, 1), RankedTerm(-0.7, "足球", 1, 2, 1)]

    def places(chosen: list[RankedTerm]) -> list[int]:
        return [row.number for row in chosen]

    assert places(choose(rows, 3, diversity=0.5)) == [0, 2, 1]
    sentences = [{1, 2}, {3}, {1, 2}]
    # 保险: 0.4 − 0.5·0.5/2 = 0.275; 足球, in the same sentences as 医保: 0.35 − 0.5·1/2 = 0.1
    assert places(choose(rows, 3, diversity=0.5, sentences=lambda row: sentences[row.number])) == [0, 1, 2]
    assert places(choose(rows, 3)) == [0, 1, 2]


def test_amounts_and_dates_are_no_terms_nor_end_one() -> None:
    text = "冒充医保局的三人落网。三月底前，三人团伙作案六次，三人被拘留，三月底开庭，一季度起诉。"
    found = terms({"text": text}, top=99)
    assert not {"三人", "三月底", "六次", "一季度"} & set(found)
    assert any("三人团伙" in term for term in found)


def test_a_piece_of_a_word_gives_way_to_the_word() -> None:
    """The dictionary has 龙夺锦 as a name; it never stands without 赛."""
    text = "沅口端午赛龙夺锦，十二支龙舟队争先。赛龙夺锦结束后，冠军队说，赛龙夺锦靠的是齐心。"
    found = terms({"text": text}, top=99)
    assert "赛龙夺锦" in found
    assert "龙夺锦" not in found
    alone = text + "他们把龙夺锦三字写在船头，龙夺锦三字是红的。"
    assert "龙夺锦" in terms({"text": alone}, top=99)


def test_no_more_terms_are_made_than_are_needed() -> None:
    """The first keywords come from the best 16; later terms are made one by one."""

    def rows() -> Iterator[RankedTerm]:
        yield RankedTerm(-90.0, "江门国家高新区", 3, 0, 3)
        yield RankedTerm(-80.0, "高新区", 3, 1, 1)  # never without the longer one
        yield RankedTerm(-70.0, "恩平", 9, 2, 1)
        for number in range(3, 17):
            yield RankedTerm(-60.0 + number, f"{number}号码头", 9, number, 1)
        raise AssertionError("one too many")

    assert [row.term for row in choose(rows(), 2)] == ["江门国家高新区", "恩平"]


@cache
def extractor_of(method: str) -> KeywordExtractor:
    return KeywordExtractor(KeywordOptions(method=method))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.fixed_dictionaries({"text": st.text(max_size=60)}), max_size=5), st.sampled_from(METHODS))
def test_any_text_has_keywords_that_stand_in_it(records: list[dict[str, str]], method: str) -> None:
    extractor = extractor_of(method)
    together = extractor.apply(records)
    assert together == [extractor.apply([record])[0] for record in records]
    for record, fields in zip(records, together, strict=True):
        for keyword in fields["keywords"]:
            assert keyword["term"] in record["text"]


def test_a_table_is_counted_saved_read_and_merged(tmp_path: Path) -> None:
    lines = b"".join(json.dumps(r).encode() + b"\n" for r in (ARTICLE, SHORT, SHORT))
    path = tmp_path / "own.idf"
    done = run_jmtools("keywords", "--idf", "corpus", "--save-idf", path, stdin=lines)
    assert done.returncode == 0
    table = load_table(path)
    assert isinstance(table, IdfTable)
    assert (table.docs, table.df["医保"], table.df["春耕"]) == (3, 1, 2)
    assert b"".join(table_lines(table)) == path.read_bytes()
    twice = merge_tables([table, table])
    assert (twice.docs, twice.df["春耕"], twice.segmentation) == (6, 4, table.segmentation)
    assert twice.idf("春耕") == pytest.approx(math.log(7 / 5) + 1)
    again = run_jmtools("keywords", "--idf", path, stdin=lines)
    first, second = ([json.loads(line)["keywords"] for line in out.splitlines()] for out in (done.stdout, again.stdout))
    assert first == second


@pytest.mark.parametrize(
    "content",
    [b"", b"\xe5\x8c\xbb\xe4\xbf\x9d x11.2\n", b'{"format":"jmtools-idf","version":9,"docs":1}\n',
     b'{"format":"jmtools-idf","version":1,"docs":1}\n{"term":"a","df":2}\n',
     b'{"format":"jmtools-idf","version":1,"docs":1}\n{"term":"a","df":1}\n{"term":"a","df":1}\n'],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.idf"
    path.write_bytes(content)
    done = run_jmtools("keywords", "--idf", path, stdin=b'{"text":"a"}\n')
    assert done.returncode != 0
    assert b"bad.idf" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--save-idf", "x"), b"--idf corpus"),
        (("--without-factors", "nothing"), b"nothing"),
    ],
)
def test_options_that_contradict_each_other_are_named(arguments: tuple[str, ...], words: bytes) -> None:
    done = run_jmtools("keywords", *arguments, stdin=b"")
    assert done.returncode == 2
    assert words in done.stderr


def test_one_pass_and_two_give_the_same_with_the_same_table() -> None:
    table = IdfTable(10, {"医保": 3})
    one = KeywordExtractor(KeywordOptions(), table=table).apply([ARTICLE, SHORT])
    other = KeywordExtractor(KeywordOptions(), table=table).apply([SHORT, ARTICLE])
    assert one == other[::-1]


def test_headlines_of_the_sample_pages_are_hit() -> None:
    """Quality gate: of articles with a headline, nearly all have a keyword of their first three in it."""
    hits = total = 0
    for path in sorted((ROOT / "seeds").glob("*.expected.jsonl")):
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for record in keywords(r for r in records if r["type"] == "article" and r.get("headline")):
            if len(record["text"]) > 150:
                total += 1
                hits += any(keyword["term"] in record["headline"] for keyword in record["keywords"][:3])
    assert total > 20
    assert hits / total > 0.9


def test_keywords_of_a_record_without_end_come_from_its_beginning_and_say_so() -> None:
    tokens = ["医保基金", "。"] * (MAX_WORDS // 2) + ["防汛", "。"]
    long, short = KeywordExtractor(KeywordOptions()).apply([{"tokens": tokens}, {"tokens": tokens[-4:]}])
    assert [(k["term"], k["tf"]) for k in long["keywords"]] == [("医保基金", MAX_WORDS // 2)]
    assert long["keywords_by"]["words"] == MAX_WORDS
    assert {k["term"] for k in short["keywords"]} == {"医保基金", "防汛"}
    assert "words" not in short["keywords_by"]


@pytest.mark.parametrize("method", ["default", "tfidf"])
def test_what_is_forgotten_between_batches_changes_nothing(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted((ROOT / "seeds").glob("*.expected.jsonl"))
    records = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    batches = [records[start : start + 5] for start in range(0, len(records), 5)]
    options = KeywordOptions(method=method)
    expected = [field for batch in batches for field in KeywordExtractor(options).apply(batch)]
    monkeypatch.setattr(vocabulary, "MEMO_LIMIT", 200)
    forgetful = KeywordExtractor(options)
    forgetful._by_number = None  # as where the core does not run
    assert [field for batch in batches for field in forgetful.apply(batch)] == expected
    known = forgetful.ranker.vocabulary
    known.trim()
    assert len(known) == len(known.words) == len(known.idf) == len(known.plain) <= 200
    assert "，" in known  # what stands in every batch is not forgotten
