"""Names of people, places and organisations, found by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.words.core_library import load_library
from jmtools.words.found_names import cut_at_names, find_spans, names_among
from jmtools.words.name_chain import KINDS, name_chain, spans_of
from jmtools.words.name_features import words_of
from jmtools.words.reader import SegmentOptions
from jmtools.words.segment import load_segmenter
from jmtools.words.shadow import simplified
from jmtools.words.tokens import TokenAdder, TokenOptions

Tagger = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="module")
def tag() -> Tagger:
    """Return what `segment --add pos` does."""
    adder = TokenAdder(SegmentOptions(), TokenOptions(extras=("pos",), names_from=("text", "bodies", "authors")))

    def tag(text: str, **fields: object) -> list[tuple[str, str]]:
        [found] = adder.apply([{"text": text, **fields}])
        return list(zip(found["tokens"], found["pos"], strict=True))

    return tag


@pytest.mark.parametrize(
    ("text", "name", "pos"),
    [
        ("岚州晚报记者周建华报道，灯会今晚开幕。", "周建华", "nr"),
        ("昨天，谭志坚在清溪镇开了一家面馆。", "谭志坚", "nr"),
        ("昨天，谭志坚在清溪镇开了一家面馆。", "清溪镇", "ns"),
        ("台风昨天在岚州市登陆。", "岚州市", "ns"),
        ("球队的前锋萨尔卡诺夫梅开二度。", "萨尔卡诺夫", "nr"),
        ("总统玛尔塔·凯恩昨天抵达。", "玛尔塔·凯恩", "nr"),
        ("岚州市人力资源和社会保障局昨日公布了标准。", "岚州市人力资源和社会保障局", "nt"),
        ("昨天，国家发展和改革委员会发布消息。", "国家发展和改革委员会", "nt"),
        ("昨天，國家發展和改革委員會發布消息。", "國家發展和改革委員會", "nt"),
        ("岚州市住房和城乡建设局与岚州大学签署协议。", "岚州市住房和城乡建设局", "nt"),
        ("警方在石桥乡柳河村找到了走失的老人。", "柳河村", "ns"),
        ("湖滨社区的老人食堂开张了。", "湖滨社区", "ns"),
    ],
)
def test_a_name_is_one_word(tag: Tagger, text: str, name: str, pos: str) -> None:
    assert (name, pos) in tag(text)


@pytest.mark.parametrize(
    "text",
    [
        "他待人和蔼，今天下午还去医院看望了老人。",
        "文明施工让这个高达百米的工地变得干净，努力奋斗的工人都很高兴。",
        "崇高的理想支撑着大家从容应对，于是时间定在下周。",
        "万一下雨，活动顺延；方向明确，步伐安定。",
    ],
)
def test_what_only_looks_like_a_name_is_none(tag: Tagger, text: str) -> None:
    assert [word for word, pos in tag(text) if pos in ("nr", "nrt", "nrfg", "ns", "nt")] == []


def test_a_name_that_was_found_once_is_one_everywhere_in_its_record(tag: Tagger) -> None:
    found = tag("本报讯（记者 岑望汐）灯会开幕。望着岑望汐远去的背影，大家都笑了。")
    assert found.count(("岑望汐", "nr")) == 2


def test_a_name_of_the_byline_is_one_word(tag: Tagger) -> None:
    assert ("和平汐", "nr") in tag("灯会开幕，和平汐还在路上。", authors=[{"name": "和平汐"}])


def test_words_of_the_users_dictionary_stay(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("dict") / "words.txt"
    path.write_text("建华走进\n", "utf-8")
    adder = TokenAdder(SegmentOptions(user_dicts=(str(path),)), TokenOptions(extras=("pos",), names_from=("text",)))
    assert "建华走进" in adder.apply([{"text": "昨天，周建华走进会场，灯会开幕。"}])[0]["tokens"]


def test_jiebas_own_segmentation_has_no_names() -> None:
    adder = TokenAdder(SegmentOptions(segmenter="jieba"), TokenOptions(extras=("pos",), names_from=("bodies",)))
    text = "岚州市人力资源和社会保障局昨日公布了标准。"
    assert adder.apply([{"text": text}])[0]["tokens"] == load_segmenter("jieba").cut(text)


_NAMES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5), st.sampled_from(KINDS)), max_size=6)


@given(st.text("周建华报道岚州市·a ", max_size=25), _NAMES, st.sampled_from(["华", "州市", ""]))
def test_no_character_is_lost_or_moved(text: str, drawn: list[tuple[int, int, str]], fixed: str) -> None:
    tokens = re.findall(r"..?", text)
    spans, last = [], 0
    for start, size, kind in sorted(drawn):
        if start >= last and start + size <= len(text):
            spans.append((start, last := start + size, kind))
    words = cut_at_names(tokens, spans, list, is_fixed=lambda word: word == fixed)
    assert "".join(words) == text
    assert tokens.count(fixed) == words.count(fixed) or fixed == "华"
    assert set(names_among(words, spans).values()) <= {*KINDS, ""}
    if not fixed:
        assert [place for place in names_among(words, spans).values() if place] == [kind for _, _, kind in spans]


@pytest.mark.skipif(load_library() is None, reason="no compiled core in this installation")
@given(
    st.text(st.sampled_from("周建华报道岚州市人力资源和社会保障局公司阿卜杜拉·、，。（）A1７a\n龘𠀀說國"), max_size=60)
)
def test_both_cores_find_the_same(text: str) -> None:
    plain, chain = simplified(text), name_chain()
    words = words_of(load_segmenter().cut(text))
    assert spans_of(chain._best(chain._scores(plain, words))) == chain.find(plain, words)


def test_nothing_is_found_in_nothing() -> None:
    assert find_spans([]) == []
    assert find_spans([" ", "\n"]) == []
