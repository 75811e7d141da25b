import pytest

from jmtools.errors import ModelError
from jmtools.io.encodings import decode_text
from jmtools.pages import Page, PageSplitter, SplitOptions
from jmtools.pages.explain import explain_page
from jmtools.pages.features import view_page
from jmtools.pages.forms import Build
from jmtools.pages.leanings import Leanings
from jmtools.pages.lines import page_lines
from jmtools.pages.profile import Profile, format_profile, learn_profile, parse_profile
from jmtools.pages.review import doubtful_borders, read_borders
from tests.conftest import ROOT
from tests.pages.test_split import PAGE


def test_a_reviewed_border_is_obeyed() -> None:
    splitter = PageSplitter()
    split = splitter.split(Page(PAGE))
    subhead = next(line.first for line in split.lines if line.text == "先通管网再铺路")
    borders = {split.key: {subhead: True}}
    again = PageSplitter(SplitOptions(borders=borders)).split(Page(PAGE))
    assert subhead in [record["line_start"] for record in again.records]
    headline = split.records[1]["line_start"]
    joined = PageSplitter(SplitOptions(borders={split.key: {headline: False}})).split(Page(PAGE))
    assert headline not in [record["line_start"] for record in joined.records]


def test_review_is_text_that_reads_back() -> None:
    splitter = PageSplitter()
    split = splitter.split(Page("\n".join(["某月某日", "甲乙丙丁", "又有一件事", "不知道,", "丙丁甲"] * 4), "p.txt"))
    rows = list(doubtful_borders(split, splitter.model))
    assert rows[0] == ""
    assert rows[1] == f"@ {split.key} p.txt"
    assert read_borders(rows) == {}
    decided = [row.replace("?", "+", 1) for row in rows]
    assert set(read_borders(decided)) == {split.key}


# The short lines above 不过 and 如今 go on with the article by a rule; by their looks alone they are headlines.
RULED = """老渡工的新行当
桥通车以后，老渡工单小舟没有闲着，他把渡船改成了茶馆，三个月就收回了本钱。
江面漂着茶叶渣
不过，茶叶渣和瓜子壳也漂到了江面上，对岸的住户意见不小，水务站上门三次。
靠岸还是离岸
如今，单小舟在岸上租了一间小屋，船板拆下来做了凳子，摆在屋门口。
"""


def test_a_line_that_a_rule_decides_against_the_weights_is_in_doubt() -> None:
    splitter = PageSplitter()
    split = splitter.split(Page(RULED))
    assert [record["line_start"] for record in split.records] == [1]
    asked = [row.partition("| ")[2] for row in doubtful_borders(split, splitter.model) if row.startswith("?")]
    assert asked == ["江面漂着茶叶渣", "靠岸还是离岸"]
    decided = PageSplitter(SplitOptions(borders={split.key: {3: False, 5: False}}))
    assert list(doubtful_borders(decided.split(Page(RULED)), splitter.model)) == []


def test_each_line_is_explained() -> None:
    splitter = PageSplitter()
    rows = list(explain_page(splitter.split(Page(PAGE)), splitter.model))
    assert [row["text"] for row in rows] == [line.strip() for line in PAGE.split("\n") if line.strip()]
    assert all(len(row["cues"]) <= 2 and 0 <= row["probability"] <= 1 for row in rows)
    assert rows[0]["role"].startswith("headline")


def test_a_profile_learns_what_repeats_and_is_obeyed() -> None:
    pages = [f"山城日报\n\nA0{i} 要闻 2023年5月{20 + i}日 星期四 责编/李小明\n{PAGE}" for i in range(1, 5)]
    profile = learn_profile(pages)
    assert profile.newspaper == "山城日报"
    assert "A# * #年#月#日 星期* 责编:*" in profile.folio
    assert parse_profile(format_profile(profile)) == profile
    split = PageSplitter(SplitOptions(profile=profile)).split(Page(pages[0]))
    assert split.records[0]["type"] == "folio"
    assert split.records[1]["newspaper"] == "山城日报"


def test_a_profile_learns_what_the_headlines_of_a_paper_look_like() -> None:
    texts = [
        "河口镇昨天修好了通往县城的公路，沿线三个村子的菜农从此不必绕道。镇里说，明年还要修两座桥。",
        "白山林场给六十名护林员配了对讲机，老人说过去报一次火警得跑十里山路，现在按一下就行。",
        "江城剧院请来评弹名家，票价只收八元，退休工人排队领票，台下坐得满满当当，掌声响了很久。",
        "粮站的磅秤换成了电子的，卖粮的人自己看数，排队的时间比去年短了一半，没有人再为斤两争吵。",
        "纺织厂把旧仓库腾出来给女工办托儿所，阿姨是从退休教师里请来的，每月只收伙食费。",
        "码头上新来了两台吊车，装一船煤从前要一天一夜，如今三个钟头，船老大说赶潮水不用愁了。",
    ]
    page = "\n".join(
        f"【简讯】第{n}件事\n〔本报河口{n}日电〕{text}\n小标题{n}\n{text[5:]}\n{text[12:]}"
        for n, text in zip("一二三四五六", texts, strict=True)
    )
    split = PageSplitter().split(Page(page))
    borders = {split.key: {line.first: line.text.startswith("【") for line in split.lines}}
    leanings = Leanings()
    leanings.add(split.decoded, PageSplitter(SplitOptions(borders=borders)).split(Page(page)).decoded)
    table = leanings.table()
    assert table["opens0&1"] < 0
    profile = Profile(headlines=table)
    assert parse_profile(format_profile(profile)) == profile
    other = page.replace("第", "另")
    before, after = (PageSplitter(SplitOptions(profile=one)).split(Page(other)) for one in (None, profile))
    subheads = [i for i, line in enumerate(after.lines) if line.text.startswith("小标题")]
    chances = [sum(map(split.decoded.start_probability, subheads)) for split in (before, after)]
    assert chances[1] < chances[0]


def test_a_profile_counts_how_pages_are_built() -> None:
    text = "河口镇昨天修好了通往县城的公路，沿线三个村子的菜农从此不必绕道。镇里说，明年还要修两座桥。"
    page = f"公路修通\n〔本报河口三日电〕{text}\n码头\n新添渡船\n{text}\n{text}\n粮仓改建\n{text}"
    profile = learn_profile([page, f"山城日报\n第二版\n{page}"])
    assert profile.build == Build(6, 4, 2, 6, 2)
    assert parse_profile(format_profile(profile)) == profile


def test_a_page_of_one_article_is_told_how_the_others_are_built() -> None:
    text = "河口镇昨天修好了通往县城的公路，沿线三个村子的菜农从此不必绕道。镇里说，明年还要修两座桥。"
    page = page_lines(f"公路修通\n{text}\n下月开始收粮\n{text}")
    alone, told = (view_page(page, whole=True, paper=paper) for paper in (None, Build(40, 0, 0, 40, 0)))
    assert "unit5&1" in alone.groups[2][-1]
    assert "unit1&1" in told.groups[2][-1]


@pytest.mark.parametrize("rows", ["texts = -1", "texts = true", "chapters = 3", "texts = 1\ntexts_with_wire = 2"])
def test_a_profile_with_impossible_counts_is_refused(rows: str) -> None:
    with pytest.raises(ModelError, match="build"):
        parse_profile(f"[build]\n{rows}\n")


@pytest.mark.parametrize("value", ["nan", "10", "true", '"much"'])
def test_a_trait_of_headlines_is_a_number(value: str) -> None:
    with pytest.raises(ModelError, match="headlines are numbers"):
        parse_profile(f'[headlines]\n"gap>" = {value}')


def test_the_sample_pages_teach_a_profile() -> None:
    pages = [decode_text(page.read_bytes()) for page in sorted((ROOT / "seeds").glob("ljrb-*.txt"))]
    profile = learn_profile(pages)
    assert profile.newspaper == "澜江日报"
    assert "A# *" in profile.folio
    headlines = {row["headline"] for page in pages for row in PageSplitter().split(Page(page)).records}
    assert profile.fixed_roles([headline for headline in headlines if headline]) == {}
