import json
from pathlib import Path

import pytest

from jmtools.words.lexicon import Entry, Lexicon
from jmtools.words.name_forms import NAME_TAGS
from jmtools.words.name_lists import looks_like_name, surnames
from jmtools.words.postag import Tagger, find_names
from jmtools.words.segment import load_segmenter

SEEDS = Path(__file__).parent.parent.parent / "seeds"


@pytest.mark.parametrize(
    ("tokens", "index", "tag"),
    [
        (["江门", "日报"], 0, "ns"),  # jieba's dictionary
        (["临汐", "县"], 0, "n"),  # nobody knows: the fast segmenter's guess
        (["望汐晚报社", "的"], 0, "nt"),
        (["望汐矿业公司", "的"], 0, "nt"),
        (["望汐新区", "的"], 0, "ns"),
        (["记者", "/", "应待", "报道"], 2, "nr"),  # a role before
        (["，", "应待", "说"], 1, "nr"),  # a verb of speech after
        (["，", "应待", "的"], 1, "v"),  # neither: the guess
    ],
)
def test_where_a_tag_comes_from(tokens: list[str], index: int, tag: str) -> None:
    assert Tagger().tags(tokens)[index] == tag


def test_the_users_dictionary_comes_first() -> None:
    assert Tagger(Lexicon([Entry("江门", "x"), Entry("Open AI", "nt")])).tags(["江门", "Ｏｐｅｎ　ＡＩ"]) == ["x", "nt"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（记者/黎禹君 通讯员/聂继业 钟颖杰）", ["黎禹君", "聂继业", "钟颖杰"]),
        ("本报记者 岑望汐 摄", ["岑望汐"]),
        ("，岑望汐表示，", ["岑望汐"]),
        ("岑望还说，", ["岑望"]),
        ("教授欧阳望汐认为", ["欧阳望汐"]),
        ("徐先生说，有人说，于是说，大家说，记者表示", []),
        ("村民和大学说", []),
        ("记者高峰、岑望报道", ["岑望"]),  # 高峰 is a word
        ("（記者　岑望汐、通訊員　欧阳望）李望汐說", ["岑望汐", "欧阳望", "李望汐"]),
        ("", []),
    ],
)
def test_names_that_a_text_shows(text: str, names: list[str]) -> None:
    assert find_names(text) == names


def test_family_names() -> None:
    assert {"陈", "歐陽", "欧阳"} <= surnames()
    assert not looks_like_name("陈望汐江")
    assert looks_like_name("欧阳望汐")


def test_bylines_of_the_sample_paper_are_found_and_tagged() -> None:
    """Quality gate: of the reporters named in a running text, nearly all are found, and tagged once kept whole."""
    records = [json.loads(line) for path in SEEDS.rglob("*.jsonl") for line in path.read_bytes().splitlines()]
    segmenter, tagger = load_segmenter(), Tagger()
    seen = found = tagged = 0
    for record in records:
        text = record.get("text") or ""
        whole = find_names(text)
        for author in record.get("authors") or []:
            name = author["name"]
            if f"记者{name}" in text or f"记者 {name}" in text or f"记者/{name}" in text:
                seen += 1
                found += name in whole
                tokens = segmenter.cut(text)
                tagged += name in tokens and tagger.tags(tokens)[tokens.index(name)] in NAME_TAGS
    if seen < 5:
        pytest.skip(f"the sample paper names {seen} reporters in running text")
    assert found / seen >= 0.85  # the others, 居正 and 辛夷, are words of the dictionary too
    assert tagged <= found


@pytest.mark.parametrize(
    ("tokens", "place", "tag"),
    [
        (["态度", "和蔼"], 1, "n"),
        (["今天下午", "开幕"], 0, "t"),
        (["建设", "文明", "城市"], 1, "n"),
        (["大力支持"], 0, "l"),
        (["记者", "文明", "报道"], 1, "nr"),
        (["李鹏", "来", "了"], 0, "nr"),
        (["邓", "主席", "说"], 0, "nr"),
        (["克林顿", "访问"], 0, "nr"),
    ],
)
def test_the_dictionary_is_not_believed_that_everything_is_a_person(tokens: list[str], place: int, tag: str) -> None:
    assert Tagger().tags(tokens)[place] == tag


def test_foreign_names_of_several_parts_are_found() -> None:
    assert find_names("会上，玛丽·科恩发言，米洛·贝特朗·塞尔旁听。") == ["玛丽·科恩", "米洛·贝特朗·塞尔"]
    assert find_names("水·火·土") == []
