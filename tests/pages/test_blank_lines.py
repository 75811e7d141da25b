import random

from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.pages import split_page
from jmtools.pages.blank_lines import drop_random_blanks
from jmtools.pages.lines import page_lines

ARTICLES = [
    (
        "北岭大桥通车",
        "本报讯 北岭大桥今天上午正式通车，两岸居民过江只要十分钟，大桥全长一千二百米，双向六车道。",
        "通车当天，市公交公司开通两条过江线路，家住河东的王女士说，以后她上班不用再绕路了。",
        "大桥管理处说，前三个月货车夜间通行，白天绕行北环路，请司机们留意路牌。",
    ),
    (
        "全县春耕进展顺利",
        "本报讯 截至昨天，全县已备足种子化肥，农机站检修拖拉机三百台，供电部门架设了线路，春耕进展顺利。",
        "县农业局的技术员分赴各乡，在田头讲解新品种的育秧方法，青石镇的农民说，今年的秧苗长得比去年齐。",
        "气象台预计，下旬气温回升较快，适宜播种，请各乡抓紧整地，并注意防范月底可能出现的倒春寒。",
    ),
    (
        "图书馆周末延长开放",
        "本报讯 市图书馆从本周起延长周末开放时间，晚上九点闭馆，少儿阅览室同时增加座位八十个。",
        "馆长周文清说，去年周末到馆的读者比平日多一倍，座位不够，许多学生只好坐在楼梯上看书。",
    ),
]


def text_of(spaced: set[int]) -> str:
    lines = [line for article in ARTICLES for line in article]
    return "".join(line + "\n" * (2 if i in spaced else 1) for i, line in enumerate(lines))


def headlines(text: str) -> list[str]:
    return [record["headline"] for record in split_page(text)]


@settings(deadline=None)
@given(st.sets(st.integers(0, 9), min_size=3, max_size=4))
def test_blank_lines_at_random_places_say_nothing(spaced: set[int]) -> None:
    assert headlines(text_of(spaced)) == [article[0] for article in ARTICLES]


def test_blank_lines_above_articles_stay() -> None:
    lines = page_lines(text_of({3, 7}))
    assert [line.gap for line in drop_random_blanks(lines)] == [0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]


def test_blank_lines_above_paragraphs_stay() -> None:
    lines = page_lines(text_of(set(range(11))))
    assert drop_random_blanks(lines) == lines


def test_second_blank_lines_at_random_places_count_as_one() -> None:
    rows = text_of(set(range(11))).split("\n\n")
    text = "\n\n".join("\n" + row if i in {2, 6, 8} else row for i, row in enumerate(rows))
    assert [line.gap for line in drop_random_blanks(page_lines(text))] == [0] * 11


def test_a_wrapped_page_with_blank_lines_inside_its_sentences_is_joined() -> None:
    rng = random.Random(5)
    rows = []
    for headline, *paragraphs in ARTICLES:
        rows.append(headline)
        for paragraph in paragraphs:
            rows.append(paragraph[:14])
            rows += [paragraph[at : at + 16] for at in range(14, len(paragraph), 16)]
    text = "".join(row + "\n" * (1 + (rng.random() < 0.3)) for row in rows)
    records = split_page(text)
    assert [(record["headline"], record["text"].split("\n")) for record in records] == [
        (headline, paragraphs) for headline, *paragraphs in ARTICLES
    ]


def test_two_blank_lines_above_headlines_are_no_random_ones() -> None:
    text = "老粮仓改建完工后成了全县最大的图书馆，藏书八万册，本月起每天免费开放十个小时。"
    items = ["\n\n".join([f"第{n}号船队出海捕鱼", text, text]) for n in "一二三四五六"]
    poem = "船歌\n\n江面慢慢合上\n像一封信\n封好了口"
    page = "\n\n\n".join([poem, *items[:3], text + "\n\n\n" + text, *items[3:], text + "\n\n\n" + text]) + "\n"
    lines = page_lines(page)
    assert [line.gap for line in drop_random_blanks(lines)] == [line.gap for line in lines]
