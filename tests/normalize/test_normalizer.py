import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import OptionError, RecordError
from jmtools.normalize.normalizer import Changes, NormalizeOptions, Normalizer, merge_changes
from jmtools.normalize.residue import residue_rules
from jmtools.normalize.rules import Rules
from jmtools.normalize.script import ScriptConverter
from tests.conftest import Run


def text_of(text: str, **options: Any) -> str:
    record = {"text": text}
    (fields,) = Normalizer(NormalizeOptions(**options)).apply([record])
    return str(fields.get("text", text))


# A simplified text around a slip, so that the script of the record is clear.
def in_simplified(text: str, **options: Any) -> str:
    frame = "这个县的经济发展实现战略转变"
    return text_of(frame + text + frame, **options).removeprefix(frame).removesuffix(frame)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("优服务”四項工作", "优服务”四项工作"),  # OCR slips of the kind that real pages have
        ("主題活动", "主题活动"),
        ("他們說後來", "他们说后来"),
        ("峯会、羣众、図书馆、県城", "峰会、群众、图书馆、县城"),  # variants, Japanese forms
        ("著名的乾隆皇帝登高瞭望，宫商角徵羽", "著名的乾隆皇帝登高瞭望，宫商角徵羽"),  # right as they are
        ("李昇、周珮、於先生", "李昇、周珮、於先生"),  # names
    ],
)
def test_strays_in_a_simplified_record(before: str, after: str) -> None:
    assert in_simplified(before) == after


def test_strays_in_a_traditional_record() -> None:
    frame = "這個縣的經濟發展實現戰略轉變"
    assert text_of(f"{frame}，皇后的头发和发展，裡面台灣，{frame}") == f"{frame}，皇后的頭髮和發展，裡面台灣，{frame}"


def test_a_mixed_record_is_left_alone_and_reported() -> None:
    normalizer = Normalizer(NormalizeOptions(report=True))
    record = {"headline": "对照", "text": "经济发展与經濟發展"}
    assert normalizer.apply([record]) == [{}]
    (row,) = normalizer.change_records(normalizer.take_side_counts() or {})
    assert (row["kind"], row["freq"], row["review"], row["example"]) == ("mixed script", 1, True, "对照")


@pytest.mark.parametrize(
    ("to", "before", "after"),
    [
        ("simplified", "頭髮、乾燥、乾隆、顯著、瞭解、皇后、以後", "头发、干燥、乾隆、显著、了解、皇后、以后"),
        (
            "traditional",
            "头发、发展、干部、干净、皇后、以后、一只、只有",
            "頭髮、發展、幹部、乾淨、皇后、以後、一隻、只有",
        ),
        ("taiwan", "这里的台湾", "這裡的臺灣"),
        ("hongkong", "这里的为", "這裏的為"),
        ("keep", "頭发", "頭发"),
    ],
)
def test_conversion_is_by_phrase(to: str, before: str, after: str) -> None:
    assert text_of(before, to=to) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ａ股涨５．３％，ＧＤＰ（Ｇ２０）", "A股涨5.3%，GDP（G20）"),
        ("　　第一段", "  第一段"),
        ("⺠政局⻓⾦⼯豈不是︵完︶ﬁ", "民政局长金工豈不是（完）fi"),
        ("不\u200b换\ufeff行\u00ad", "不换行"),
        ("龍\U000e0100舟", "龍舟"),
        ("铃\x07声\x1b[31m", "铃声[31m"),
        ("二○○五年、一九九○年、五○二", "二〇〇五年、一九九〇年、五〇二"),
        ("玛丽•安和卡洛斯・门", "玛丽·安和卡洛斯·门"),
        ("他来了--她走了", "他来了——她走了"),
        ("①㎡½℃", "①㎡½℃"),
    ],
)
def test_one_width_and_one_form(before: str, after: str) -> None:
    assert text_of(before) == after


@pytest.mark.parametrize(
    ("spaces", "before", "after"),
    [
        ("letters", "江 畔 晨 报讯", "江 畔 晨 报讯"),  # 报讯 is a word of two: not letter-spacing throughout
        ("letters", "《江 畔 晨 报》", "《江畔晨报》"),
        ("letters", "品味诗词 与中国现代化", "品味诗词 与中国现代化"),
        ("letters", "陈 敏 摄", "陈敏摄"),
        ("letters", "走了， 又来 。", "走了，又来。"),
        ("letters", "我们 江 畔 晨 报", "我们 江 畔 晨 报"),  # where does it begin?
        ("all", "江 畔 晨 报讯 品味  诗词", "江畔晨报讯品味诗词"),
        ("all", "5G 工厂", "5G 工厂"),
        ("keep", "《江 畔 晨 报》， 完", "《江 畔 晨 报》， 完"),
    ],
)
def test_spaces(spaces: str, before: str, after: str) -> None:
    assert text_of(before, spaces=spaces) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2月27日,《中共》正式公布,明确了.", "2月27日，《中共》正式公布，明确了。"),
        ("各县(市、区)在10:30,3.5%;(a, b)", "各县（市、区）在10:30,3.5%；(a, b)"),
        ("GDP,增长5,000元", "GDP，增长5,000元"),
    ],
)
def test_punctuation(before: str, after: str) -> None:
    assert text_of(before, punctuation="full") == after
    assert text_of(before) == before


def test_every_text_field_and_the_original() -> None:
    record = {
        "headline": "四項工作推进，经济发展战略转变",
        "subheads": ["主題"],
        "authors": [{"name": "陳一", "role": "记者"}],
        "captions": None,
        "text": "这个县的经济发展",
        "page": "Ａ０１",
    }
    (fields,) = Normalizer(NormalizeOptions(keep_original=True)).apply([record])
    assert fields == {
        "headline": "四项工作推进，经济发展战略转变",
        "subheads": ["主题"],
        "authors": [{"name": "陈一", "role": "记者"}],
        "original": {name: record[name] for name in ("headline", "subheads", "authors")},
    }
    (only,) = Normalizer(NormalizeOptions(fields=("page",))).apply([record])
    assert only == {"page": "A01"}


def test_the_report_counts_and_marks_choices() -> None:
    normalizer = Normalizer(NormalizeOptions(to="traditional", report=True))
    total: Changes = {}
    for text in ("皇后以后，Ａ", "以后发展，Ａ"):
        normalizer.apply([{"text": text}])
        merge_changes(total, normalizer.take_side_counts() or {})
    rows = {(row["kind"], row["from"], row["to"]): row for row in normalizer.change_records(total)}
    assert rows["script", "后", "後"]["freq"] == 2
    assert rows["script", "后", "後"]["candidates"] == ["后", "後"]
    assert rows["script", "发", "發"]["review"] is True
    assert rows["full width", "Ａ", "A"] == {
        "kind": "full width", "from": "Ａ", "to": "A", "freq": 2, "example": "皇后以后，Ａ", "review": False,
    }  # fmt: skip


def test_what_is_refused() -> None:
    with pytest.raises(RecordError, match="normalize before segment"):
        Normalizer(NormalizeOptions()).check({"text": "", "tokens": []})
    for options in (NormalizeOptions(spaces="some"), NormalizeOptions(to="korean")):
        with pytest.raises(OptionError):
            Normalizer(options)


@settings(max_examples=200, deadline=None)
@given(st.text("四項题后発 \u3000Ａ1．，,(（）⺠豈\n·•○五\u200b", max_size=30))
def test_doing_it_twice_changes_nothing(text: str) -> None:
    once = text_of(text, spaces="all", punctuation="full")
    assert text_of(once, spaces="all", punctuation="full") == once


@pytest.mark.parametrize(
    "char",
    [*"江 (,○-項项Ａ", "江 ", "五○", "(江", "江,", "(江)", "返回1", "[1] ", "打印 ", "<b>", "&lt;", "微信", "更多>"],
)
def test_no_rule_is_slow(char: str) -> None:
    """Half a million of anything takes a second at most; a quadratic rule would take hours, and the run would end."""
    text = char * (500_000 // len(char)) + "江江"
    stripped = Rules(first=residue_rules("strip"))._all
    for rule in [*Rules(spaces="all", punctuation="full")._all, *stripped]:
        rule.pattern.sub(rule.replacement, text)
    ScriptConverter("repair").script_of([text])


def test_the_report_is_the_same_at_any_jobs(jmtools: Run, tmp_path: Path) -> None:
    line = json.dumps({"text": "这个县的经济发展，四項工作，Ａ股。" * 40}).encode() + b"\n"
    outputs = []
    for jobs in ("1", "2"):
        path = tmp_path / f"report{jobs}.jsonl"
        done = jmtools("normalize", "--report", path, "-j", jobs, stdin=line * 1500)
        assert done.returncode == 0, done.stderr
        outputs.append((done.stdout, path.read_bytes()))
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0][1].split(b"\n")[0])["freq"] == 60_000


@pytest.mark.parametrize(
    "line",
    [
        "返回" + "1" * 60 + "啊",
        "返回" + "微信朋友圈" * 40 + "啊",
        "打印" + "推荐阅读" * 40 + "啊",
        "[1] " * 4000 + "返回",
    ],
)
def test_furniture_is_told_in_a_time_that_grows_with_the_line(line: str) -> None:
    assert text_of(line, residue="strip").endswith(("啊", "返回", ""))


def test_pieces_of_furniture_that_begin_alike_are_told_apart() -> None:
    for line in ("推荐阅读", "推荐文章 返回列表", "查看评论 打印", "阅读更多 分享到微信朋友圈", "返回 1234"):
        assert not text_of(f"一段话。\n{line}\n", residue="strip").removeprefix("一段话。").strip()
