"""Kinds of lines that rules tell: signatures, jumps, captions, dates above a page, marks, sections."""

import pytest

from jmtools.pages import split_page

_LAMP = "图书馆的灯一盏一盏熄了，最后只剩下靠窗的那一盏，照着一本没有读完的旧书，还有一个打着瞌睡的人。"
_SNOW = "昨天下了入冬以来的第一场雪，市民纷纷出门，公园里的长椅上坐满了人，孩子们在湖边堆起了雪人。"
_ROAD = "本报讯 解放路昨天铺完最后一层沥青，今天起恢复通车，沿线五个公交站同时启用，行人可走新的天桥。"
_BRIDGE = "本报讯 北门大桥昨天合龙，施工队用了三年，今年年底可以通车，两岸居民过河不用再绕道七公里。"


def _headlines(*lines: str) -> list[str | None]:
    return [record["headline"] for record in split_page("\n".join(lines)) if record["type"] != "folio"]


@pytest.mark.parametrize(
    "signature",
    [
        "小五　李小明（山城区）",
        "中三　王芳",
        "指导老师　王芳",
        "山城电机厂女工　李小妹",
        "东港　学生　李小明",
        "弟小明敬上　十月十二日",
        "山城电机厂　四月十二日",
        "一个中学毕业生　投稿",
        "本报群众工作部",
    ],
)
def test_a_signature_is_no_headline(signature: str) -> None:
    page = "下雨天的操场", _LAMP, _SNOW, signature, "解放路通车", _ROAD, "北门大桥合龙", _BRIDGE
    assert _headlines(*page) == ["下雨天的操场", "解放路通车", "北门大桥合龙"]


@pytest.mark.parametrize("note", ["未完", "——待续——", "解答：儿科医生　王芳", "编译：李小明"])
def test_a_note_that_a_serial_goes_on_or_who_answered_is_no_headline(note: str) -> None:
    page = "灯下", _LAMP, _SNOW, note, "北门大桥合龙", _BRIDGE
    assert _headlines(*page) == ["灯下", "北门大桥合龙"]


def test_a_question_below_a_short_line_begins_no_item() -> None:
    page = "山城晚报　2011年3月21日　第三版", "电梯谁来修", "三年等一部梯？", _LAMP, _SNOW, "北门大桥合龙", _BRIDGE
    assert "三年等一部梯？" not in _headlines(*page)


def test_a_headline_of_two_lines_below_a_poem_is_no_verse() -> None:
    poem = "渡口", "李小明", "船还没有来，", "风先过了河。", "把对岸的灯", "一盏一盏吹亮，", "水在石头下面说话。"
    page = *poem, "南门外", "卖灯的老人", _LAMP, _SNOW, "北门大桥合龙", _BRIDGE
    first, second, third = _headlines(*page)
    assert (first, str(second)[:3], third) == ("渡口", "南门外", "北门大桥合龙")


def test_each_letter_below_one_headline_has_its_writer() -> None:
    letters = "编辑同志：" + _LAMP, "山城县　社员　李小明", "编辑同志：" + _SNOW, "东港　机修车间　王芳"
    records = split_page("\n".join(["读者来信", *letters, "解放路通车", _ROAD]))
    assert [record["headline"] for record in records] == ["读者来信", "解放路通车"]
    assert [author["name"] for author in records[0]["authors"]] == ["李小明", "王芳"]


@pytest.mark.parametrize("mark", ["文接第三版", "——上接第三版——", "（上接第三版）"])
def test_a_jump_in_below_a_text_begins_a_continuation(mark: str) -> None:
    page = "解放路通车", _ROAD, mark, "她说，" + _LAMP, "北门大桥合龙", _BRIDGE
    records = split_page("\n".join(page))
    assert [record["type"] for record in records] == ["article", "continuation", "article"]
    assert records[1]["continued_from"] == "3"


def test_a_jump_out_is_no_headline() -> None:
    records = split_page("\n".join(["解放路通车", _ROAD, "下转第四页", "北门大桥合龙", _BRIDGE]))
    assert [record["headline"] for record in records] == ["解放路通车", "北门大桥合龙"]
    assert records[0]["continued_to"] == "4"


@pytest.mark.parametrize(
    "caption",
    [
        "母亲在灯下等候女儿归来（插图） 李 明绘",
        "大桥合龙时的情景（资料室）",
        "李阿福君近影",
        "大桥夜景　　　　王小芳摄",
    ],
)
def test_a_caption_does_not_swallow_the_headline_below(caption: str) -> None:
    page = "解放路通车", _ROAD, caption, "北门大桥合龙", _BRIDGE
    records = split_page("\n".join(page))
    assert [record["headline"] for record in records] == ["解放路通车", "北门大桥合龙"]
    assert records[0]["captions"] == [caption]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (["港闻", "2010年10月21日"], 2),
        (["体育　B12　98年5月9日"], 1),
        (["江东商报", "江口　民国十八年二月廿六号　礼拜二　第二张　第六版"], 2),
        (["东港日报", "一九九四年七月二十九日 星期五", "编辑 李小明", "执行编辑 王芳"], 4),
    ],
)
def test_lines_down_to_the_date_are_of_the_page(head: list[str], lines: int) -> None:
    records = split_page("\n".join([*head, "解放路通车", _ROAD, "北门大桥合龙", _BRIDGE]))
    assert [record["type"] for record in records] == ["folio", "article", "article"]
    assert records[0]["line_end"] == lines


def test_sections_with_times_and_sides_are_subheads() -> None:
    titles = ["四点四十分　进隧道", "十一点　一趟车过去了", "正方：下去看看", "专家支招"]
    body = [line for title in titles for line in (title, _LAMP)]
    records = split_page("\n".join(["隧道里的二十四小时", _SNOW, *body, "北门大桥合龙", _BRIDGE]))
    assert [record["headline"] for record in records] == ["隧道里的二十四小时", "北门大桥合龙"]
    assert records[0]["subheads"] == titles


def test_marked_headlines_of_a_page_without_stops_begin_items_though_the_first_has_none() -> None:
    text = "江口某女校學生年十八歲幼由父母許字米商之子今冬擬行完娶陳女堅不肯從自投學校請校長代爲作主該校長已函知其父"
    page = "本埠新聞", "●女學生拒婚", text, "●典當被盜", text, "●米價續漲", text
    assert [headline for headline in _headlines(*page) if headline and "●" in headline][-2:] == [
        "●典當被盜",
        "●米價續漲",
    ]


def test_only_indented_lines_between_texts_make_a_page_of_indented_subheads() -> None:
    """A byline or a headline set in the middle of its column is indented too."""
    texts = ["　　" + text for text in (_SNOW, _LAMP, _SNOW)]
    page = ["隧道里的一天", "　　王芳", texts[0], "一点　进隧道", texts[1], "北门大桥合龙", "　　" + _BRIDGE]
    assert _headlines(*page)[:1] == ["隧道里的一天"]
    assert "一点　进隧道" not in _headlines(*page)


def test_the_name_of_a_column_stands_above_a_question() -> None:
    page = "解放路通车", _ROAD, "家长信箱", "孩子上课讲话怎么办？", "教育顾问　李小明", _LAMP
    assert not [headline for headline in _headlines(*page) if headline == "孩子上课讲话怎么办？"]


def test_names_in_traditional_characters_are_authors_whatever_else_stands_in_the_line() -> None:
    page = "〔記者吳建樑／高雄報導〕" + "高雄市警方昨天破獲一個詐騙集團，逮捕嫌犯八人，警方呼籲民眾小心。"
    [record] = split_page("破獲詐騙集團\n" + page)
    assert record["authors"] == [{"name": "吳建樑", "role": "记者"}]


def test_a_byline_behind_a_dash_is_no_deck() -> None:
    [record] = split_page("\n".join(["每一勺酱油都有来历", "——本报记者 李小明 实习生 王芳", _SNOW, _LAMP]))
    assert record["headline"] == "每一勺酱油都有来历"
    assert [author["name"] for author in record["authors"]] == ["李小明", "王芳"]


def test_a_note_below_a_table_belongs_to_it() -> None:
    table = (
        "主要城市房价表",
        "东港　12,300　跌2.1%",
        "山城　9,800　升0.3%",
        "西港　7,600　平",
        "资料来源：业者　制表：李小明",
    )
    records = split_page("\n".join(["解放路通车", _ROAD, *table, "北门大桥合龙", _BRIDGE]))
    assert [record["headline"] for record in records][-1] == "北门大桥合龙"
    assert len(records) == 3


def test_related_news_with_a_headline_of_its_own_begins_an_item() -> None:
    page = "解放路通车", _ROAD, "相关新闻", "邻市：半数小饭桌搬进校舍", _LAMP
    assert _headlines(*page) == ["解放路通车", "相关新闻 邻市：半数小饭桌搬进校舍"]


def test_advertisements_of_one_line_are_no_text_of_the_article_above() -> None:
    ads = "虎标良药　家庭常备　各大药房有售", "招请　车衣女工　月薪七千　包膳"
    records = split_page("\n".join(["解放路通车", _ROAD, *ads, "北门大桥合龙", _BRIDGE]))
    assert records[0]["text"] == _ROAD
    assert [record["headline"] for record in records if record["type"] == "article"] == ["解放路通车", "北门大桥合龙"]
