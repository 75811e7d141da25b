"""TextRank, PositionRank and YAKE against other people's implementations, closed forms and worked examples."""

from __future__ import annotations

import gc
import math
import re
import warnings
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.keywords import KeywordOptions, keywords
from jmtools.keywords.graphs import TEXTRANK_POS
from jmtools.keywords.walks import position_rank, text_rank
from jmtools.keywords.yake import yake
from jmtools.words.segment import load_segmenter, record_text
from tests.keywords.test_extract import ARTICLE, chosen, terms

METHODS = ("default", "tfidf", "textrank", "positionrank", "yake")
LONG = {"text": (ARTICLE["text"] + "\n") * 2 + "东湖社区居民领取手册，医保局工作人员讲解监管条例，基金安全关系群众。"}


@cache
def textrank_class() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba leaves a file open when it is imported
        from jieba.analyse.textrank import TextRank

        gc.collect()
    return TextRank


def jieba_textrank(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """What jieba makes of words that are cut and tagged already."""

    class Cut:
        def cut(self, _text: str) -> Iterator[Any]:
            return (SimpleNamespace(word=word, flag=flag) for word, flag in pairs)

    ranker = textrank_class()()
    ranker.tokenizer = Cut()
    ranker.stop_words = set()
    return dict(ranker.textrank("", topK=None, withWeight=True))


TAGGED = st.tuples(st.sampled_from(["医保", "基金", "社区", "居民", "监管", "手册"]), st.sampled_from(["n", "v", "d"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGGED, max_size=40))
def test_textrank_gives_the_ranks_of_jieba(pairs: list[tuple[str, str]]) -> None:
    ours = text_rank([word if tag in TEXTRANK_POS else None for word, tag in pairs])
    assert ours == pytest.approx(jieba_textrank(pairs), rel=1e-12)


def test_textrank_of_a_record_is_jiebas_on_the_same_words() -> None:
    found = {k["term"]: k["score"] for k in chosen(LONG, method="textrank", top=99, stopwords="none")}
    expected = jieba_textrank(load_segmenter().tag(record_text(LONG)))
    assert len(found) > 8
    assert found == pytest.approx(expected, rel=1e-5)


def test_a_word_that_stands_often_and_early_leads_positionrank() -> None:
    """The example of the paper: on the 2nd, 5th and 10th place a word has the weight 1/2 + 1/5 + 1/10 = 0.8."""
    words = np.full(10, -1)
    words[[1, 4, 9]] = 7
    words[3] = 8  # 1/4
    place = np.arange(1, 11)
    alone = position_rank(words, place, window=1)  # no edges: the walk only ever starts anew
    assert alone == pytest.approx({7: 0.8 / 1.05, 8: 0.25 / 1.05})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-1, 6), min_size=2, max_size=40), st.integers(2, 12))
def test_positionrank_solves_the_equation_of_its_walk(words: list[int], window: int) -> None:
    found = position_rank(np.array(words), np.arange(1, len(words) + 1), window=window)
    names = sorted(set(words) - {-1})
    assert sorted(found) == names
    if not names:
        return
    index = {name: number for number, name in enumerate(names)}
    near, bias = np.zeros((len(names), len(names))), np.zeros(len(names))
    for i, left in enumerate(words):
        for right in words[i + 1 : i + window]:
            if left != right and -1 not in (left, right):
                near[index[left], index[right]] += 1
                near[index[right], index[left]] += 1
        if left != -1:
            bias[index[left]] += 1 / (i + 1)
    bias /= bias.sum()
    out = near.sum(axis=0)
    walk = np.where(out > 0, near / np.where(out > 0, out, 1), bias[:, None])
    solved = np.linalg.solve(np.eye(len(names)) - 0.85 * walk, 0.15 * bias)
    assert [found[name] for name in names] == pytest.approx(solved.tolist(), abs=1e-6)


def test_positionrank_chooses_phrases_that_add_up() -> None:
    found = chosen(ARTICLE, method="positionrank", explain=True)
    assert any(len(k["term"]) > 3 for k in found)
    assert all(k["factors"].keys() - {"choice"} == {"rank"} for k in found)


ENGLISH = (
    "The harbour board of Lanfield met on Monday night. The Harbour board agreed to rebuild the old ferry dock before "
    "winter. A new ferry will cross the wide Lan river at noon and at dusk. The ferry dock is made of oak, and the oak "
    "is old. The mayor of Lanfield told the board that the NRA would pay for half of the dock. Nobody asked how the "
    "town would pay for the other half of the ferry dock."
)
STOP = frozenset(["the", "of", "on", "to", "a", "at", "and", "is", "that", "would", "for", "before", "how", "will"])
# yake 0.7.3: KeywordExtractor(n=3, dedup_lim=1.0, window_size=1, top=1000, stopwords=STOP).extract_keywords(ENGLISH)
YAKE = {
    "monday night": 0.0103749454, "met on monday": 0.0116594456, "harbour board agreed": 0.0180712455,
    "harbour board": 0.0184393343, "lanfield met": 0.0383649236, "ferry dock": 0.0400350805,
    "old ferry dock": 0.0607830707, "monday": 0.0666677545, "harbour": 0.0688231233, "ferry": 0.0747769517,
    "board": 0.0861314314, "dock": 0.0896221569, "lanfield": 0.106862812, "wide lan river": 0.116278349,
    "mayor of lanfield": 0.146167754, "board of lanfield": 0.165532853, "nra would pay": 0.172324894,
    "agreed to rebuild": 0.214910206, "oak": 0.245785525, "nra": 0.335824124, "cross the wide": 0.359037968,
    "told the board": 0.39752425, "agreed": 0.420587567,
}  # fmt: skip


def test_yake_gives_the_scores_of_its_authors() -> None:
    sentences = [
        [word if word.isalnum() else None for word in re.findall(r"\w+|,", sentence)]
        for sentence in ENGLISH.split(". ")
    ]
    found = yake(sentences, STOP, shortest=3)
    assert len(found) == 61
    assert {term: found[term][0] for term in YAKE} == pytest.approx(YAKE, rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_places_lead_back_to_the_text(method: str) -> None:
    found = chosen(ARTICLE, method=method, explain=True, top=20)
    assert len(found) > 3
    for keyword in found:
        assert len(keyword["places"]) == keyword["tf"]
        for place in keyword["places"]:
            assert ARTICLE[place["field"]][place["char_start"] : place["char_end"]].strip() == keyword["term"]


@pytest.mark.parametrize("method", METHODS)
def test_a_record_has_the_same_keywords_in_any_company(method: str) -> None:
    records = [ARTICLE, {"text": ""}, LONG, {"text": "12。，"}, {"headline": "x", "text": "春耕"}]
    options = KeywordOptions(method=method)
    together = [r["keywords"] for r in keywords(records, options)]
    assert together == [next(keywords([record], options))["keywords"] for record in records]


def test_forms_of_tf_change_the_score_as_they_say() -> None:
    scores = {
        form: {k["term"]: k for k in chosen(LONG, method="tfidf", tf=form, top=99)} for form in ("raw", "log", "bm25")
    }
    for term, raw in scores["raw"].items():
        idf = raw["score"] / raw["tf"]
        assert scores["log"][term]["score"] == pytest.approx(idf * math.log1p(raw["tf"]), rel=1e-5)
        assert scores["bm25"][term]["score"] == pytest.approx(idf * raw["tf"] * 2.2 / (raw["tf"] + 1.2), rel=1e-5)
    assert terms(LONG, tf="raw", top=20) != terms(LONG, tf="log", top=20)
