import time
from typing import Any

import pytest

from jmtools.normalize.normalizer import NormalizeOptions, Normalizer

PAGE = (
    '<p>岚州市&nbsp;今天发布&ldquo;绿道&rdquo;规划&#8230;&amp;nbsp;见<a href="https://lan.example.cn/a?id=3">全文</a></p>\n'
    "首页 | 上一页 第1页 第2页 下一页\n"
    "热线lvdao@lan.example.cn IMG_2041.jpg，详见www.lan.example.cn/b。\n"
    "【打印本页】 【关闭窗口】\n"
    "市民翻到第1页，说下一页更好看。"
)


def normalized(text: str, **options: Any) -> str:
    fields = Normalizer(NormalizeOptions(**options)).apply([{"text": text}])[0]
    return str(fields.get("text", text))


def test_entities_are_decoded_by_default_and_the_rest_stays() -> None:
    text = normalized("岚州&ldquo;绿道&rdquo;&amp;ndash;<b>A</b>&#65;&lt;3")
    assert text == "岚州“绿道”–<b>A</b>A<3"
    assert normalized("岚州&ldquo;", residue="keep") == "岚州&ldquo;"
    assert normalized("&nbspG岚州") == " G岚州"
    assert normalized("R&D与AT&T;") == "R&D与AT&T;"


def test_only_residue_leaves_what_a_reader_saw() -> None:
    lines = [line.strip() for line in normalized(PAGE, only="residue").split("\n") if line.strip()]
    assert lines == [
        "岚州市 今天发布“绿道”规划… 见全文",
        "热线 ，详见。",
        "市民翻到第1页，说下一页更好看。",
    ]


def test_nothing_else_is_changed() -> None:
    text = "Ａ股後市，江 门 日 报"
    assert normalized(text, only="residue") == text


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("柳河镇&lt;p&gt;开镇集&lt;/p&gt;&lt;br/&gt;", "柳河镇\n开镇集\n\n"),
        ("柳河镇<script type='a'>if (a<b) { c(); }</script>开集<STYLE>.a{b:c}</STYLE>", "柳河镇开集"),
        ("柳河镇<script>开集", "柳河镇开集"),
        ("<figure>图</figure><o:p></o:p><st1:city>柳河</st1:city>镇", "图柳河镇"),
        ("[img]http://pic.example.cn/a.gif[/img][url=http://a.example.cn]柳河[/url]", "柳河"),
        ("柳河镇（http://t.cn/Rab12）开集，mailto:zhen@liuhe.example.cn", "柳河镇开集，"),
        ("登录liuhe.gov.cn/apply或mail.liuhe.gov.cn办理，住店上Booking.com", "登录或办理，住店上Booking.com"),
        ("WWW.LIUHE.CN开集", "开集"),
        ("柳河&zwnj;镇&#8203;开&#xfeff;集", "柳河镇开集"),
        ("镇集u=12,34&fm=21.jpg开张", "镇集开张"),
        ("开集。\n上一页 1 2 3 下一页\n", "开集。\n"),
        ("开集。共3页 第1页 下一页 尾页", "开集。"),
        ("开集。[1] [2] 下一页", "开集。"),
        ("开集。\n分享到： 微信 微博 QQ空间\n【打印】【关闭】\n", "开集。\n"),
        ("开集。\n上一篇：柳河灯会\n下一篇：柳河花市\n", "开集。\n"),
        ("您当前的位置：首页 > 新闻 > 社会\n开集。", "开集。"),
        ("首页 > 新闻 > 社会\n开集。", "开集。"),
        ("开集。\n（责任编辑：白小禾）", "开集。\n"),
        ("开集。（责任编辑：白小禾）", "开集。"),
        ("开集。\n扫一扫关注柳河微信公众号\n版权所有 翻版必究\n柳ICP备0号", "开集。\n柳ICP备0号"),
    ],
)
def test_kinds_of_residue(page: str, left: str) -> None:
    assert normalized(page, only="residue") == left


@pytest.mark.parametrize(
    "text",
    [
        "收藏\n评论\n他翻到下一页，关闭了收音机。",
        "位置：柳河镇东\n首页刊登了照片。",
        "责任编辑白小禾说，版权所有者是柳河镇。",
        "第一页 是目录",
        "更多的人来到集市。",
        "5<b且a>3，[3]见注",
    ],
)
def test_what_only_looks_like_residue_stays(text: str) -> None:
    assert normalized(text, only="residue") == text


def test_every_kind_is_counted() -> None:
    normalizer = Normalizer(NormalizeOptions(only="residue", report=True))
    normalizer.apply([{"text": PAGE}])
    changes = list(normalizer.change_records(normalizer.take_side_counts() or {}))
    assert {change["kind"] for change in changes} == {"tag", "entity", "address", "image name", "page furniture"}


@pytest.mark.parametrize(
    "piece",
    ["<a ", "&amp;", "a@", "a.", "第1页 ", "&#", "首页|", "【", "<script>", "[url=", "a.cn/", "&lt;p", "位置："],
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece)) + "x"
        begin = time.process_time()
        normalized(text, only="residue")
        return time.process_time() - begin

    seconds(100)
    assert seconds(80_000) < 10 * seconds(20_000) + 0.2
