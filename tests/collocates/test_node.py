"""collocates: the words around a node, each token once."""

from __future__ import annotations

import pytest
from nltk.metrics import BigramAssocMeasures

from jmtools.collocates.node import CollocateCounter, CollocateOptions
from jmtools.collocates.scores import ShownOptions
from jmtools.io.records import round6
from tests.sample_articles import report

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
