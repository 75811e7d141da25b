"""Lines of known roles become articles: how paragraphs are joined."""

from __future__ import annotations

import pytest

from jmtools.fields.file_names import Folio
from jmtools.pages import split_page
from jmtools.pages.articles import assemble
from jmtools.pages.lines import page_lines
from jmtools.pages.model import Decoded

FIRST = "澜江市大数据中心昨天发布新一代服务平台，平台由本地企业与 Open"
SECOND = "Data 联盟共同建设，首批接入政务数据三百二十项，市民可以在线查询。"
PAGE = f"""大数据平台上线服务市民
本报记者 陶若川
{FIRST}
{SECOND}
平台还开放了接口，供高校和企业申请使用，申请材料一个工作日内审完。
"""


def test_words_of_letters_that_a_column_parted_have_their_space_again() -> None:
    assert "与 Open Data 联盟" in _text(PAGE)


def test_han_characters_that_a_column_parted_are_joined_without_one() -> None:
    assert "本地企业与联盟共同建设" in _text(PAGE.replace(" Open\nData ", "\n"))


def _text(page: str) -> str:
    (article,) = assemble(page, page_lines(page), Decoded(list("HBOEP"), [], []), Folio(), None)
    return str(article["text"])


@pytest.mark.parametrize(
    "opening", ["本报讯（记者 何欣）昨日，市图书馆新馆开放。", "〔山海社東港十五日電〕圖書館昨開放。"]
)
def test_a_short_line_that_opens_with_a_dateline_and_ends_in_a_stop_is_text(opening: str) -> None:
    page = "\n".join([opening, "新馆面积三万平方米，藏书一百二十万册。", "读者凭身份证即可入馆。"])
    (record,) = split_page(page)
    assert record["headline"] is None
    assert record["text"] == page
