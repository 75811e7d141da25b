import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.words.protected import cut_around, kind_of, protected_spans
from jmtools.words.segment import load_segmenter, word_tags
from tests.conftest import run_jmtools


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("23,876", "number"),
        ("1,234,567.89", "number"),
        ("3.5%", "number"),
        ("3:2", "number"),
        ("1/3", "number"),
        ("3.5％", "number"),
        ("0.8‰", "number"),
        ("2∶1", "number"),
        ("１，２３４", "number"),
        ("３／４", "number"),
        ("１９９８－２００３", "number"),
        ("９：４５", "time"),
        ("5·12", "date"),
        ("１９９８", "number"),
        ("９．５％", "number"),
        ("9:45", "time"),
        ("10：30", "time"),
        ("9时45分", "time"),
        ("5月19日", "date"),
        ("2024年5月19日", "date"),
        ("２０２４年５月", "date"),
        ("https://news.example.cn/a/b.html?id=3&p=2", "address"),
        ("www.example.com", "address"),
        ("www.example.com/a/b", "address"),
        ("WWW.EXAMPLE.COM", "address"),
        ("t.cn/Rab12", "address"),
        ("liuhe.example.cn/", "address"),
        ("li.lei@mail.example.com.cn", "address"),
        ("&nbsp;", "markup"),
        ("&amp;nbsp;", "markup"),
        ("&lt;br/&gt;", "markup"),
        ("&nbsp", "markup"),
        ("&#160;", "markup"),
        ('<img src="a.jpg" width=300>', "markup"),
        ("</p>", "markup"),
        ("👨\u200d👩\u200d👧", "emoji"),
        ("🇨🇳", "emoji"),
        ("👍🏽", "emoji"),
        ("1\ufe0f\u20e3", "emoji"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "emoji"),
        ("AK-47", ""),
        ("ＡＫ－４７", ""),
        ("ｉＰｈｏｎｅ", ""),
        ("5G-A", ""),
    ],
)
def test_is_one_token_and_of_its_kind(token: str, kind: str) -> None:
    assert load_segmenter("rjieba").cut(f"记者看到{token}的消息") == ["记者", "看到", token, "的", "消息"]
    assert kind_of(token) == kind


def test_what_only_looks_like_one_is_cut_as_ever() -> None:
    cut = load_segmenter("rjieba").cut
    assert cut("第1,2,3名") == ["第", "1", ",", "2", ",", "3", "名"]
    assert cut("R&D; a<b") == ["R", "&", "D", ";", " ", "a", "<", "b"]
    assert cut("１，２，３名") == ["１", "，", "２", "，", "３", "名"]
    assert cut("3月的5日") == ["3", "月", "的", "5", "日"]
    assert [kind_of(word) for word in ("医保", "GDP", "市民@", "——", "", "12月份")] == [""] * 6
    assert word_tags()["ＧＤＰ"] == "eng"


def test_a_date_does_not_lend_its_end_to_the_next_word() -> None:
    assert load_segmenter("rjieba").cut("5月19日报道") == ["5月19日", "报道"]


def test_the_private_character_that_stands_for_tokens_may_stand_in_a_text() -> None:
    assert load_segmenter("rjieba").cut("甲\ue000在5月19日\ue000") == ["甲", "\ue000", "在", "5月19日", "\ue000"]


def test_parts_of_speech() -> None:
    tags = word_tags()
    tokens = ("23,876", "5月19日", "9:45", "www.example.com", "&nbsp;", "🇨🇳")
    assert [tags[token] for token in tokens] == ["m", "t", "t", "x", "x", "x"]


@given(st.text(st.sampled_from("19,:/.%％‰·∶Ｐ年月日时分０１．，@a.w&;<p>🇨🇳👍🏽\u200d\ufe0f\ue000開门")))
def test_nothing_is_lost_and_spans_are_tokens(text: str) -> None:
    words = cut_around(text, list)
    assert "".join(words) == text
    ends = {0}
    for word in words:
        ends.add(max(ends) + len(word))
    assert all(start in ends and end in ends for start, end in protected_spans(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1,111",
        "@",
        "a@",
        "<a ",
        "&nbsp",
        "9年",
        "1:",
        "１",
        "👍\u200d",
        "https://",
        "🇨",
        "Ｐ－",
        "a.cn/",
        "1·",
        "1.1％",
    ],
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        protected_spans(text)
        return time.process_time() - begin

    seconds(1000)
    assert seconds(400_000) < 10 * seconds(100_000) + 0.1


@pytest.mark.parametrize("command", ["keywords", "segment", "cooc", "freq"])
def test_residue_is_told_by_every_command_that_segments(command: str) -> None:
    dirty = '{"text":"渔民&nbsp;出海<br>捕鱼"}\n{"text":"渔民出海"}\n'
    done = run_jmtools(command, stdin=dirty.encode())
    assert done.returncode == 0
    assert b"1 record with tags or entities of web pages in the text" in done.stderr
    assert b"tags or entities" not in run_jmtools(command, stdin='{"text":"R&D渔民，a<b。"}\n'.encode()).stderr
