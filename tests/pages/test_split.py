import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.pages import split_page
from jmtools.pages.features import view_page
from jmtools.pages.lines import page_lines
from tests.conftest import run_jmtools

PAGE = """

老城改造提速 三条老街年内换新颜

山城日报记者 李小明

6月3日,记者从市住建局了解到,今年我市将投入2.4亿元改造三条老街,涉及居民1200户,工程预计年底完工。

市住建局负责人介绍,老街改造坚持“修旧如旧”,管线全部入地,沿街商铺统一店招,让老街坊住得舒心,让游客看得
安心。

先通管网再铺路

在老街东段,施工人员正在铺设雨污分流管道。市住建局工程科科长赵大成说,老街每逢暴雨必积水,这次先把管

图为6月2日,施工人员在老街铺设管道。 山城日报记者 李小明 摄

网换新,再铺青石板路面,路面和管道一次做到位。

“以后下雨天出门不用穿雨靴了。”家住老街的王阿姨说。

图书馆延长开放时间

山城日报讯(记者/周文 通讯员/郑丽)从本月起,市图书馆开放时间延长到晚上十点,周末不闭馆,读者可以在自习区借阅图书。

馆长许立说,延长开放后,每天晚上约有三百名读者到馆,其中一半是中学生。

上接A01版

据了解,今年以来市政部门已经疏通下水道42公里,清掏检查井五千多座,汛期积水点减少了一半。

讲文明 树新风 公益广告

一粥一饭 当思来处不易

山城市文明办 山城日报社 宣
"""


def test_a_page_becomes_its_articles() -> None:
    records = split_page(PAGE)
    assert [record["type"] for record in records] == ["article", "article", "continuation", "psa"]
    first, second, third, _ = records
    assert first["headline"] == "老城改造提速 三条老街年内换新颜"
    assert first["authors"] == [{"name": "李小明", "role": "记者"}]
    assert first["subheads"] == ["先通管网再铺路"]
    assert first["captions"] == ["图为6月2日,施工人员在老街铺设管道。 山城日报记者 李小明 摄"]
    assert "这次先把管网换新,再铺青石板路面" in first["text"]
    assert second["authors"] == [{"name": "周文", "role": "记者"}, {"name": "郑丽", "role": "通讯员"}]
    assert third["continued_from"] == "A01"


def test_ids_depend_on_the_text_alone() -> None:
    assert [r["id"] for r in split_page(PAGE, source="a")] == [r["id"] for r in split_page(PAGE, source="b")]
    assert len({r["id"] for r in split_page(PAGE)}) == 4


def characters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


def content(record: dict[str, Any]) -> Counter[str]:
    fields = [record["headline"], record["byline"], record["text"]]
    fields += record["subheads"] + record["captions"] + record["marks"]
    return characters("".join(field or "" for field in fields))


def spans_of(record: dict[str, Any]) -> list[dict[str, int]]:
    """Return the places of a page that a record takes: one, or two around an advertisement."""
    return record.get("spans") or [record]


LINES = st.lists(st.one_of(st.sampled_from(PAGE.split("\n")), st.text(max_size=80)), max_size=30)


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_no_character_is_lost_or_invented(lines: list[str]) -> None:
    page = "\n".join(lines)
    records = split_page(page)
    newline = "\r" if "\n" not in page and "\r" in page else "\n"
    spans = sorted((span["char_start"], n) for n, record in enumerate(records) for span in spans_of(record))
    held = dict.fromkeys(range(len(records)), "")
    end = 0
    for start, n in spans:
        assert not page[end:start].strip()
        end = next(span["char_end"] for span in spans_of(records[n]) if span["char_start"] == start)
        held[n] += page[start:end]
    assert not page[end:].strip()
    for n, record in enumerate(records):
        assert content(record) == characters(held[n])
        assert page.count(newline, 0, record["char_start"]) + 1 == record["line_start"]
        assert page.count(newline, 0, record["char_end"]) + 1 == record["line_end"]


def test_a_record_says_how_sure_it_is() -> None:
    sure = split_page(PAGE)
    assert all(0.6 <= record["confidence"] <= 1 for record in sure)
    torn = split_page("\n".join(["某月某日", "甲乙丙丁", "又有一件事", "不知道,", "丙丁甲"] * 4))
    assert min(record["confidence"] for record in torn) < max(record["confidence"] for record in sure)


def test_a_first_line_over_the_limit_is_told_and_the_next_record_is_split() -> None:
    long, page = (
        json.dumps({"text": text}).encode() for text in ("昨日，市民在公园散步。" * 60_000, "春茶开采\n昨日开采。")
    )
    done = run_jmtools("split", "--max-line", "1", "--on-error", "skip", stdin=long + b"\n" + page + b"\n")
    assert done.returncode == 3
    assert b"line 1, byte 0: has 3.8 MiB, over the limit; --max-line" in done.stderr
    assert [json.loads(line)["headline"] for line in done.stdout.splitlines()] == ["春茶开采"]


TEXT = "昨天上午,三号码头的新航线开通,首班船载着二百多名旅客驶向对岸的渔村。"


@pytest.mark.parametrize(
    ("lines", "bare"),
    [
        (["新航线开通", TEXT, "■记者手记", TEXT], True),
        (["新航线开通", "■本报记者 周闻", TEXT], False),
        (["新航线开通", TEXT + TEXT[:-8], "驶向对岸的渔村。", "■记者手记", TEXT], True),
        (["新航线开通", TEXT + TEXT[:-8], "驶向对岸的渔村。", "■记者手记", TEXT, "（下转3版）"], False),
        (["新航线开通", TEXT, "（下转3版）"], True),
        (["新航线开通", "", "本报记者 周闻", "", TEXT], False),
        (["新航线开通", TEXT, "（下转3版）", "（上接1版）", TEXT], False),
        (["新航线开通", "本报记者 周闻", TEXT], True),
    ],
)
def test_text_of_databases_and_sites_is_told_from_printed_pages(lines: list[str], bare: bool) -> None:
    assert view_page(page_lines("\n".join(lines))).bare == bare


def test_entities_in_a_page_are_decoded_and_told() -> None:
    page = "岚州&ldquo;夜游&rdquo;开放\n\n　　本报讯&nbsp;岚州古城昨日起开放夜游，首日迎客三千人，R&D 中心亮灯。\n"
    done = run_jmtools("split", stdin=page.encode())
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "岚州“夜游”开放" in text
    assert "R&D" in text
    assert "&ldquo;" not in text
    assert b"entities of web pages decoded before splitting (3)" in done.stderr
