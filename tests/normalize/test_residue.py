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


def test_every_kind_is_counted() -> None:
    normalizer = Normalizer(NormalizeOptions(only="residue", report=True))
    normalizer.apply([{"text": PAGE}])
    changes = list(normalizer.change_records(normalizer.take_side_counts() or {}))
    assert {change["kind"] for change in changes} == {"tag", "entity", "address", "image name", "page furniture"}


@pytest.mark.parametrize("piece", ["<a ", "&amp;", "a@", "a.", "第1页 ", "&#", "首页|", "【"])
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece)) + "x"
        begin = time.process_time()
        normalized(text, only="residue")
        return time.process_time() - begin

    seconds(100)
    assert seconds(80_000) < 10 * seconds(20_000) + 0.2
