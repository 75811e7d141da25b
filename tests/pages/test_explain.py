import doctest
import json
import re

from jmtools.io.installed import data_path
from jmtools.pages import Page, PageSplitter, cue_words
from jmtools.pages.explain import explain_page
from tests.conftest import ROOT

PAGE = """三号码头开新航线
本报记者 李小明
三号码头的新航线昨天开通，首班船载着二百多名旅客驶向对岸的渔村，票价不变。
老粮仓改成图书馆
北街的老粮仓改建完工，成了全县最大的图书馆，藏书八万册，本月起免费开放。
"""
_SIDE = re.compile(r"^(?:two )?(?:above|below): ")


def _words() -> set[str]:
    rows = data_path("cue_words.tsv").read_text("utf-8").splitlines()
    return {row.split("\t")[1] for row in rows if not row.startswith("#")}


def test_examples_hold() -> None:
    assert doctest.testmod(cue_words).failed == 0


def test_every_feature_of_the_weights_has_words() -> None:
    model = json.loads(data_path("split_model.json").read_text("utf-8"))
    features = {feature for one in model["passes"] for feature in one["features"]}
    assert {name for name in features if _SIDE.sub("", cue_words.in_words(name)) not in _words()} == set()


def test_the_page_about_split_lists_the_words() -> None:
    page = (ROOT / "docs" / "split.md").read_text("utf-8").splitlines()
    assert {one for one in _words() if f"- {one}" not in page} == set()


def test_cues_are_told_in_words() -> None:
    splitter = PageSplitter()
    rows = list(explain_page(splitter.split(Page(PAGE)), splitter.model))
    assert [row["role"].split(":")[0] for row in rows[:3]] == ["headline", "byline", "whole paragraph"]
    cues = {_SIDE.sub("", cue["cue"]) for row in rows for cue in row["cues"]}
    assert cues
    assert cues <= _words()
