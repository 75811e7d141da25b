"""Small kinds of line, three invented pages each: what of them becomes which field of a record."""

from typing import Any

import pytest

from jmtools.pages import split_page

TEXT = [
    "江城市自来水公司用两年时间更新了老城区的一百二十公里供水管网，漏损率从两成降到一成以下，水压也稳定了。",
    "居民李秋云说，以前三楼以上早晚用水困难，现在再也不用半夜接水，家里的水缸也搬走了。",
]

TEA = [
    "停业两年的望江茶馆昨天重新开门，老茶客一早就坐满了十二张桌子。",
    "掌柜葛长庚说，茶价还是两元一碗，说书每周六下午照旧。",
]


def first(*rows: str) -> dict[str, Any]:
    """Return the first record of a page."""
    return split_page("\n".join(rows) + "\n")[0]


@pytest.mark.parametrize(
    ("rows", "kicker", "deck"),
    [
        (
            ["江城推进老旧小区改造——", "三年改造两百个小区", "——来自河东区的报道"],
            "江城推进老旧小区改造——",
            "——来自河东区的报道",
        ),
        (["区长在水务会议上强调", "管网更新不能停"], "区长在水务会议上强调", None),
        (["全市自来水企业依靠技术改造走出困境", "小水表做成大买卖"], "全市自来水企业依靠技术改造走出困境", None),
        (["区长在水务会议上强调 管网更新不能停"], "区长在水务会议上强调", None),
        (["老城区用上新管网 ——江城供水管网更新纪事"], None, "——江城供水管网更新纪事"),
        (["老城区用上新管网 三楼不再夜里接水"], None, None),
    ],
)
def test_kickers_and_decks(rows: list[str], kicker: str | None, deck: str | None) -> None:
    record = first(*rows, "本报记者 李小明", *TEXT)
    assert (record["headline"], record["kicker"], record["deck"]) == (" ".join(rows), kicker, deck)


@pytest.mark.parametrize("head", ["更正", "天氣預報", "遗失声明", "【简讯】", "■本报启事", "讀者來信", "图片新闻"])
def test_a_standing_head_begins_an_item(head: str) -> None:
    records = split_page("\n".join(["供水管网更新", *TEXT, head, "昨天的报道把三月写成了五月，第一段应为三月四日。"]))
    assert [record["line_start"] for record in records] == [1, 4]


def test_the_title_of_a_document_begins_an_item() -> None:
    title = "江城市人民政府关于更新老城区供水管网的通知"
    records = split_page("\n".join(["供水管网更新", *TEXT, "二○一二年三月四日", title, "江政发〔2012〕4号", *TEXT]))
    assert [record["line_start"] for record in records] == [1, 5]


@pytest.mark.parametrize("line", ["文/社区工作者 李小明", "□文/图 本报记者/王芳", "圖文｜李小明", "摄影/王芳"])
def test_a_line_that_says_who_wrote_begins_no_item(line: str) -> None:
    other = "今年暑假，白云街道在四个社区开办公益托管班，请大学生辅导作业，教孩子们画画、下棋，家长不必再为看孩子发愁。"
    records = split_page("\n".join(["供水管网更新", *TEXT, line, "暑期托管班 孩子有去处", other]))
    assert 4 not in [record["line_start"] for record in records]
    assert not any(line in (record["headline"] or "") for record in records)


def test_the_second_line_of_a_headline_is_no_standing_head() -> None:
    assert len(split_page("\n".join(["供水管网更新", "公告", *TEXT]))) == 1


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        ("（本报记者李小明、王芳）", ["李小明", "王芳"]),
        ("（记者　李小明　通讯员　王芳）", ["李小明", "王芳"]),
        ("(记者李小明 王芳)", ["李小明", "王芳"]),
        ("（来源：江城日报）", []),
        ("（作者单位：江城水务协会）", []),
    ],
)
def test_credits_at_the_end_of_a_text(tail: str, names: list[str]) -> None:
    record = first("供水管网更新", TEXT[0], TEXT[1] + tail)
    assert [author["name"] for author in record["authors"]] == names
    assert record["text"].endswith(tail)


@pytest.mark.parametrize(
    ("tail", "origin"), [("（来源：江城日报）", "reprint"), ("（据新华社电）", "wire"), ("（本报记者李小明）", "own")]
)
def test_where_a_text_comes_from(tail: str, origin: str) -> None:
    assert first("供水管网更新", TEXT[0], TEXT[1] + tail)["origin"] == origin


@pytest.mark.parametrize("note", ["（作者单位：江城茶叶协会）", "(作者为江城大学教授)", "（作者系本报特约评论员）"])
def test_a_note_about_an_author_names_none(note: str) -> None:
    record = first("供水管网更新", "本报记者 李小明", *TEXT, note)
    assert [author["name"] for author in record["authors"]] == ["李小明"]
    assert record["byline"] == "本报记者 李小明"


def test_whoever_told_a_story_did_not_write_it_and_nobody_is_named_twice() -> None:
    record = first("供水管网更新", "（孟春兰口述 李小明整理）", *TEXT)
    assert [(author["name"], author["role"]) for author in record["authors"]] == [("李小明", "整理")]
    record = first("供水管网更新", f"本报讯（记者李小明）{TEXT[0]}", TEXT[1] + "（李小明）")
    assert [(author["name"], author["role"]) for author in record["authors"]] == [("李小明", "记者")]


@pytest.mark.parametrize("space", ["\xa0", "　", " "])
def test_blanks_inside_names_and_a_second_wire(space: str) -> None:
    record = first(
        "供水管网更新", f"本报江城3月4日电 （记者李{space}明）{TEXT[0]}", f"本报云台3月4日电 （记者王芳）{TEXT[1]}"
    )
    assert [(author["name"], author["role"]) for author in record["authors"]] == [("李明", "记者"), ("王芳", "记者")]


@pytest.mark.parametrize(("mark", "page"), [("（紧转A02）", "A02"), ("（下转第三版）", "3"), ("▶紧转B7版", "B7")])
def test_a_jump_at_the_end_of_a_text(mark: str, page: str) -> None:
    record = first("供水管网更新", TEXT[0], "更新以后的管网可以用五十年，" + mark)
    assert (record["continued_to"], record["marks"]) == (page, [mark])
    assert record["text"].endswith("五十年，")


@pytest.mark.parametrize("phone", ["举报电话：5508821", "服务热线：4008123456", "投稿邮箱：news@example.com"])
def test_a_number_to_call_is_text_and_no_headline(phone: str) -> None:
    records = split_page("\n".join(["供水管网更新", *TEXT, phone, "老茶馆重新开张", *TEXT[:1]]))
    assert phone in records[0]["text"].split("\n")


@pytest.mark.parametrize("credit", ["本版制图：李小明", "制图：李小明 王芳", "统筹：李小明"])
def test_a_credit_of_the_page_is_no_headline(credit: str) -> None:
    records = split_page("\n".join(["供水管网更新", *TEXT, credit, "老茶馆重新开张", *TEXT[:1]]))
    assert not [record for record in records if credit in (record["headline"] or "") + "".join(record["subheads"])]


def test_a_brief_without_a_headline_is_not_swallowed_by_a_page_head() -> None:
    records = split_page("\n".join(["江城日报", "要闻", *TEXT]))
    assert [record["type"] for record in records] == ["folio", "article"]
    assert records[1]["text"] == "\n".join(TEXT)


@pytest.mark.parametrize(
    "lead",
    [
        "本报讯（记者吕小棠 通讯员田禾）昨日上午，红星路二十二号院加装的两部电梯开始试运行。",
        "据远山社东港9月13日电 东港海关昨日启用新的查验平台，通关时间缩短一半。",
        "【本報訊】紅星路兩部新電梯昨日啟用，一樓住戶張婆婆第一個試乘。",
    ],
)
def test_a_report_above_a_picture_is_no_caption(lead: str) -> None:
    page = f"红星路电梯昨起试运行\n{lead}\n昨日，居民在红星路二十二号院体验新电梯。\n本报记者 郑一帆 摄\n"
    (article,) = split_page(page)
    assert article["type"] == "article"
    assert article["text"] == lead
    assert lead not in article["captions"]


def test_a_page_copied_from_the_site_of_a_paper() -> None:
    """The list of titles, what stands around the articles, and the line of date, page and author below a headline."""
    titles = ["供水管网更新完成", "老茶馆重新开张", "晨练的队伍越来越长"]
    rows = ["3/15/24, 9:12 AM 江城晚报数字报", "江城晚报 2024年03月15日 星期五", "上一版 下一版", "标题导航", *titles]
    for number, title in enumerate(titles):
        rows += [title, *(["三楼也有热水"] if not number else []), "2024年03月15日 A04版：民生 作者：李小明", *TEXT]
        rows += ["江城晚报 版权所有 未经授权不得转载", f"下一篇：{titles[(number + 1) % 3]}"]
    head, table, *articles = split_page("\n".join(rows))
    assert (head["type"], table["type"], table["text"].split("\n")) == ("folio", "table", titles)
    assert [article["headline"] for article in articles] == [titles[0] + " 三楼也有热水", *titles[1:]]
    assert [article["text"] for article in articles] == ["\n".join(TEXT)] * 3
    assert [[author["name"] for author in article["authors"]] for article in articles] == [["李小明"]] * 3


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("記者李小明／東港報導", ["李小明"]),
        ("記者李小明、王芳／綜合報導", ["李小明", "王芳"]),
        ("特派員李小明／遠山報導", ["李小明"]),
        ("記者李小明東港報導", ["李小明"]),
        ("本报记者 李小明 东港报道", ["李小明"]),
        ("（河南山城县文化馆李小明）", ["李小明"]),
    ],
)
def test_a_byline_with_a_place(line: str, names: list[str]) -> None:
    record = first("供水管网更新", line, *TEXT)
    assert (record["headline"], [author["name"] for author in record["authors"]]) == ("供水管网更新", names)


def test_letters_are_signed_and_begin_no_article() -> None:
    rows = [
        "豆腐为什么断档？",
        "编辑同志：",
        "近两个月各菜场的豆腐天天断档，天不亮就要排队，请问是什么原因。",
        "市民 李小明",
        "李小明同志：",
    ]
    rows += [
        "今年大豆调入较去年同期减少两成，已经从外地调运，下月底可以好转。",
        "市副食品公司",
        "老茶馆重新开张",
        *TEXT,
    ]
    letter, report = split_page("\n".join(rows))
    assert (letter["headline"], letter["subheads"]) == ("豆腐为什么断档？", [])
    assert report["headline"] == "老茶馆重新开张"


def test_who_told_a_story_and_who_wrote_it_down_end_it() -> None:
    rows = ["三个女工的心事", *TEXT, "希望报社帮助我们。", "江城纺织厂三名女工口述", "河南山城县李小明代笔", "＊＊＊"]
    story, report = split_page("\n".join([*rows, "老茶馆重新开张", *TEXT]))
    assert (story["headline"], report["headline"]) == ("三个女工的心事", "老茶馆重新开张")
    assert [author["name"] for author in story["authors"]] == ["李小明"]
    assert story["text"] == "\n".join([*TEXT, "希望报社帮助我们。"])


@pytest.mark.parametrize("line", ["■ 山海社东港11月2日电 记者 李小明", "本报东港11月2日电（记者李小明）"])
def test_a_dateline_with_names_on_its_own_line(line: str) -> None:
    record = first("供水管网更新", line, *TEXT)
    assert [author["name"] for author in record["authors"]] == ["李小明"]
    assert record["dateline"]["date"] == "11月2日"


@pytest.mark.parametrize("line", ["详见A06版", ">>A03", "（相关报道见第三版）", "☞B2版"])
def test_where_to_read_on_is_no_headline(line: str) -> None:
    records = split_page("\n".join(["供水管网更新", *TEXT, line, "老茶馆重新开张", *TEA]))
    assert [record["headline"] for record in records if record["type"] == "article"] == [
        "供水管网更新",
        "老茶馆重新开张",
    ]


LETTER = "我在山里教了二十年书，最怕的是下雪天，孩子们要走十里山路，鞋底都磨穿了，想请报纸替他们说句话。"
OTHER = [
    "本报讯　北街小学昨天添了一辆校车，住在河东的六十名学生从此不用再等公共汽车，早上可以多睡半个小时。",
    "校长王大海说，司机和照管员都经过考试，车上装了限速的设备，家长可以在手机上看见车走到哪里。",
]


@pytest.mark.parametrize("marks", ["＊＊＊", "* * * * *", "※　※　※", "————"])
def test_a_line_of_marks_is_neither_a_headline_nor_text(marks: str) -> None:
    records = split_page("\n".join(["雪天上学路", LETTER, marks, "北街小学添校车", *OTHER]) + "\n")
    assert records[0]["headline"] == "雪天上学路"
    assert all(marks not in record["text"] and marks not in record["subheads"] for record in records)
    assert all(record["headline"] != marks for record in records)


@pytest.mark.parametrize("name", ["（李小明）", "（王芳）", "（李小明 王芳）", "（李小明　张大海）", "（李小明王芳）"])
def test_names_in_brackets_end_an_article_and_the_headline_below_begins_one(name: str) -> None:
    records = split_page("\n".join(["雪天上学路", LETTER, name, "北街小学添校车", *OTHER]) + "\n")
    assert [record["headline"] for record in records] == ["雪天上学路", "北街小学添校车"]
    assert records[0]["text"].endswith(LETTER)
    assert name not in records[0]["subheads"]


@pytest.mark.parametrize("line", ["（本版编辑李小明）", "本版责编：李小明 王芳", "本版编辑　王芳"])
def test_the_editors_of_a_page_are_no_part_of_its_last_article(line: str) -> None:
    *_, article, folio = split_page("\n".join(["雪天上学路", LETTER, line]) + "\n")
    assert (article["headline"], folio["type"]) == ("雪天上学路", "folio")
    assert "编" not in article["text"]


@pytest.mark.parametrize("line", ["版式设计：李小明", "制图：王芳", "数据来源：市水务局", "统筹：李小明"])
def test_who_made_the_layout_begins_nothing(line: str) -> None:
    records = split_page("\n".join(["雪天上学路", LETTER, line, "北街小学添校车", *OTHER]) + "\n")
    assert [record["headline"] for record in records] == ["雪天上学路", "北街小学添校车"]
    assert all(line not in record["text"] for record in records)


@pytest.mark.parametrize(
    ("kicker", "title"),
    [
        ("江城第二人民医院护士", "守着夜灯 盼着天亮"),
        ("白沙岛三名邮递员", "同一条船 同一条路"),
        ("山里来了校车", "路远不怕 天黑不慌"),
    ],
)
def test_a_line_of_two_phrases_above_a_byline_is_of_the_headline(kicker: str, title: str) -> None:
    record = first(kicker, title, "本报记者 李小明", *OTHER)
    assert record["headline"] == f"{kicker} {title}"
    assert [author["name"] for author in record["authors"]] == ["李小明"]


def test_two_pieces_of_a_headline_are_no_byline() -> None:
    records = split_page("\n".join(["讀者來論", "教育改革 勿忘教師", *TEXT, "明天天氣 大致多雲 氣溫二十四至二十八度"]))
    assert [record["headline"] for record in records][:1] == ["讀者來論 教育改革 勿忘教師"]
    assert len(records) == 2


@pytest.mark.parametrize(
    "credit", ["李小明　王　芳摄影报道", "李小明摄（影像中国）", "影像中国", "新华社发", "人民视觉"]
)
def test_credits_of_pictures_begin_nothing(credit: str) -> None:
    records = split_page("\n".join(["雪天上学路", LETTER, credit, "北街小学添校车", *OTHER]) + "\n")
    assert [record["headline"] for record in records] == ["雪天上学路", "北街小学添校车"]
    assert credit not in records[0]["text"]


@pytest.mark.parametrize("line", ["（本系列评论结束）", "（据江城市水务局材料）", "（李小明口述，王芳整理）"])
def test_a_line_in_brackets_is_neither_headline_nor_subhead(line: str) -> None:
    records = split_page("\n".join(["雪天上学路", LETTER, line, "北街小学添校车", *OTHER]) + "\n")
    assert [record["headline"] for record in records] == ["雪天上学路", "北街小学添校车"]
    assert records[0]["subheads"] == []


@pytest.mark.parametrize("deck", ["——江城供水管网更新纪实", "——访江城市自来水公司见闻", "———白沙岛三名邮递员侧记"])
def test_a_deck_that_names_the_kind_of_report_goes_on_with_the_headline_above(deck: str) -> None:
    records = split_page("\n".join(["北街小学添校车", *OTHER, "一滴水走了多远？", deck, LETTER, *TEXT]) + "\n")
    assert [record["headline"] for record in records] == ["北街小学添校车", f"一滴水走了多远？ {deck}"]


@pytest.mark.parametrize("wire", ["（新华社江城5月2日电　记者李小明、王大海）", "（本报江城电 记者王芳）"])
def test_a_wire_in_brackets_below_a_text_is_kept_in_it(wire: str) -> None:
    record = first("江城更新供水管网", *TEXT, "今年冬天，最后一段旧管也换下来了。", wire)
    assert record["text"].endswith(wire)


def test_wires_in_a_row_at_the_top_of_a_page_are_items() -> None:
    wires = [
        f"据山海社{place}11月2日电 {place}二日宣布，今年前十个月进口粮食七百三十万吨。"
        for place in ("东港", "北塘", "远山")
    ]
    head, *records = split_page("\n".join(["国际新闻", "2022年11月3日 星期四 第12版", *wires, "老茶馆重新开张", *TEA]))
    assert head["type"] == "folio"
    assert [(record["type"], record["text"]) for record in records[:3]] == [("article", wire) for wire in wires]
    assert records[3]["headline"] == "老茶馆重新开张"


def test_notices_below_a_poem_are_an_item_of_their_own() -> None:
    poem = ["渡口", "李小明", "船走了以后", "江面慢慢合上", "像一封信", "封好了口"]
    notices = [
        "寻人启事两则",
        "寻老友：一九五六年同住东门的王姓邻居，知情者请与本报联系。",
        "寻同学：江城中学甲班同学，请互相转告。",
    ]
    records = split_page("\n".join([*poem, *notices]))
    assert records[-1]["headline"] == "寻人启事两则"
    assert "寻人启事两则" not in records[0]["subheads"]
