import pytest

from jmtools.pages import split_page

ARTICLE = """\
北岭大桥今日通车
本报讯（记者 李小明）北岭大桥今天上午正式通车，两岸居民过江只要十分钟。大桥全长一千二百米，双向六车道，工期三年。
通车当天，市公交公司开通两条过江线路。家住河东的王女士说，以后上班不用再绕路了。
河西新开图书馆
本报讯（记者 王芳）河西图书馆昨天开门迎客，藏书二十万册，周末开放到晚上九点。馆内设有儿童阅览室和自习室。
"""

HEADS = {
    "name": ["山城日报"],
    "date": ["2006年4月18日　星期二"],
    "section": ["社会新闻"],
    "editors": ["责任编辑：李小明　美术编辑：王　芳"],
    "section between page and date": ["第2版", "边防生活", "1982年8月1日 星期日"],
    "weather and telephone": ["山城日报", "2006年4月18日　星期二", "今天 多云 26℃~34℃ 明天 中雨", "新闻热线 96000"],
    "section with its pages": ["2016年9月29日　星期四", "山城新闻　A14-15"],
    "page alone": ["山城日报", "B4", "2018年9月4日 星期二"],
    "letter box": ["山城日报", "第612期 2011年11月25日", "投稿信箱：page@example.com"],
    "all": ["山城日報", "中華民國三十七年四月十八日", "第二版"],
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_lines_at_the_head_of_a_page_change_nothing_below(head: list[str]) -> None:
    plain = split_page(ARTICLE)
    folio, *found = split_page("\n".join(head) + "\n" + ARTICLE)
    assert folio["type"] == "folio"
    assert (folio["line_start"], folio["line_end"]) == (1, len(head))
    kept = ("type", "headline", "text", "authors", "confidence", "flags")
    assert [[record[name] for name in kept] for record in found] == [[one[name] for name in kept] for one in plain]


def test_a_page_that_is_nothing_but_such_lines_loses_none() -> None:
    assert sum(record["line_end"] - record["line_start"] + 1 for record in split_page("山城日报\n第二版\n")) == 2


def test_a_person_may_say_that_an_article_begins_there() -> None:
    from jmtools.pages.articles import page_digest
    from jmtools.pages.splitting import SplitOptions

    text = "体育新闻\n" + ARTICLE
    options = SplitOptions(borders={page_digest(text).hex(): {1: True, 2: False}})
    assert split_page(text, options=options)[0]["line_end"] > 2


@pytest.mark.parametrize("headline", ["60秒读山城", "13号楼装电梯的故事"])
def test_a_number_with_its_measure_is_no_page(headline: str) -> None:
    page = ["山城日报 2020年6月12日 P2", headline, *ARTICLE.splitlines()[1:3]]
    assert [record["headline"] for record in split_page("\n".join(page))][1:] == [headline]
