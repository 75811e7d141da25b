import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.words.segment import load_segmenter, word_tags
from jmtools.words.shadow import is_traditional, simplified, traditional_forms
from jmtools.words.stopwords import load_stop_rules, load_stopwords


def test_traditional_text_is_cut_where_simplified_text_is() -> None:
    cut = load_segmenter("rjieba").cut
    simple = "然后摄影机拍下了台风吹倒的历史建筑，居民说这个时候什么都没有了，于是着手重建。"
    printed = "然後攝影機拍下了颱風吹倒的歷史建築，居民說這個時候甚麼都沒有了，於是著手重建。"
    words = cut(printed)
    assert [len(word) for word in words] == [len(word) for word in cut(simple)]
    assert "".join(words) == printed
    assert words[:4] == ["然後", "攝影機", "拍下", "了"]


@pytest.mark.parametrize(
    ("printed", "simple"),
    [
        ("著名作家談他的著作", "著名作家谈他的著作"),
        ("看著乾淨的麵條", "看着干净的面条"),
        ("乾隆年間", "乾隆年间"),
        ("登上瞭望台瞭解情況", "登上瞭望台了解情况"),
        ("覆蓋全島，答覆市民", "覆盖全岛，答复市民"),
        ("衞生署啟動羣組", "卫生署启动群组"),
        ("敍利亞的大砲，枱燈和化粧品", "叙利亚的大炮，台灯和化妆品"),
    ],
)
def test_a_character_of_two_meanings_is_read_by_its_neighbours(printed: str, simple: str) -> None:
    assert simplified(printed) == simple


def test_simplified_text_stays_what_it_is() -> None:
    text = "著名作家于是着手写乾隆，藉此了解覆盖全国的历史。"
    assert simplified(text) is text
    assert not is_traditional("作家陳映真说，这次来访让他很高兴，对大家表示感谢。")
    assert is_traditional("作家陳映真說")


@given(st.text())
def test_a_shadow_has_the_length_of_its_text(text: str) -> None:
    assert len(simplified(text)) == len(text)


def test_tags_and_stop_words_of_both_scripts() -> None:
    tags = word_tags()
    assert [tags[word] for word in ("攝影機", "記者", "廣東", "說")] == [
        tags[word] for word in ("摄影机", "记者", "广东", "说")
    ]
    assert {"这个", "這個", "什么", "甚麼", "什麼", "時候", "後來", "The", "with"} <= load_stopwords()
    assert not {"IT", "US", "醫院", "後備"} & load_stopwords()
    assert load_stop_rules()["這個"] == load_stop_rules()["这个"]
    assert {"里", "裡", "裏"} <= set(traditional_forms("里"))
