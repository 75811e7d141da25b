"""What databases and papers' own sites print in another way than a page does: picture items, notes, leads, laws.

Every function takes rows of role and text (roles as in `jmtools.pages.roles`) and a `random.Random`, and returns rows.
"""

import random
import re

import split_furniture as furniture

Row = tuple[str, str]

TAGS = ("（图片）", "（图片新闻）", "(组图)", "（图片报道）")
_CREDIT_END = re.compile(r"[（(][^（()）]*(?:记者|电|通讯员|报道)[^（()）]*[）)]$")
_STOCK = ("影像图库", "东方图库", "本报资料", "光影图库")
_TAG_WORDS = "人民观察 新语 今日谈 街谈 思想论坛 文化观 体坛笔记 民生观 开卷 百姓话题 青春寄语 现场评论 一线视角 纵横谈 专题思考 学与思 新数据 新看点".split()  # noqa: SIM905, E501
_POSTS = ("大学法学院教授", "师范大学历史学院副教授", "社会科学院研究员", "市委党校教师", "农业大学校长", "文化研究中心副主任", "航天中心工程师", "海洋学院教授", "村党支部书记")  # noqa: E501 # fmt: skip
_VERSES = (
    ("山路修到门口，", "果子卖出山沟。", "日子越过越好，", "笑声飞上枝头。"),
    ("一网通到田头，", "买卖不再发愁。", "春耕秋收有数，", "农家更有盼头。"),
    ("老街换了新颜，", "灯火照亮檐前。", "邻里常来常往，", "烟火里是人间。"),
    ("书屋建在村口，", "孩子来了不走。", "读罢千山万水，", "梦想从此起头。"),
)
_LAWS = ("河道保护条例", "公园管理办法", "城市绿化条例", "志愿服务条例", "档案管理规定", "食品摊贩管理办法", "电梯安全条例")  # noqa: E501 # fmt: skip
_CHAPTERS = ("总则", "规划与建设", "管理与维护", "监督检查", "法律责任", "附则")
_DUTIES = (
    "加强{law}工作的组织领导，将所需经费列入本级预算。",
    "建立举报制度，公布举报电话和信箱，及时处理群众反映的问题。",
    "任何单位和个人都有保护公共设施的义务，对损坏设施的行为有权劝阻和举报。",
    "鼓励社会力量参与，对成绩显著的单位和个人给予表彰。",
    "有关主管部门应当每年向社会公布工作情况，接受监督。",
    "违反前款规定的，由主管部门责令限期改正；逾期不改正的，处以五百元以上二千元以下的罚款。",
)
_ITEMS = (
    "制定年度计划并组织实施",
    "检查设施运行状况",
    "受理投诉和举报",
    "开展宣传教育",
    "法律、法规规定的其他职责",
)
_NUMERALS = "一二三四五六七八九十"


def picture_of_database(texts: list[str], rng: random.Random) -> tuple[str, list[Row]]:
    """Return the tag of a picture item's headline and its rows, as a database without pictures keeps them.

    Below （图片） stands text, its credit a note; below a line 图片： stand captions.
    """
    if rng.random() < 0.08:
        return rng.choice(TAGS[:2]), []
    texts = [_CREDIT_END.sub("", text) for text in texts]
    signed_by = [f"（{rng.choice(('新华社', '本报'))}记者{furniture.person(rng)}摄）" for _ in texts]
    if rng.random() < 0.35:
        rows: list[Row] = []
        if len(texts) > 2 and rng.random() < 0.4:
            rows.append(("P", texts[0]))
            texts = texts[1:]
        rows.append(("C", rng.choice(("图片：", "图片：", "照片："))))
        if len(texts) == 1:
            return rng.choice(("", "（附图片1张）")), [*rows, ("C", texts[0]), ("C", signed_by[0])]
        numbered = [f"{number}、{text}" for number, text in enumerate(texts, 1)]
        signed = rng.random() < 0.6
        rows += [("C", text + (f"（{furniture.person(rng)}摄）" if signed else "")) for text in numbered]
        if not signed:
            rows[-1] = ("C", rows[-1][1] + f"（本报记者{furniture.person(rng)}摄）")
        return f"（附图片{len(numbered)}张）", rows
    if len(texts) > 1 and rng.random() < 0.3:
        rows = [("P", f"{number}、{text}{credit}") for number, (text, credit) in enumerate(zip(texts, signed_by, strict=True), 1)]  # noqa: E501 # fmt: skip
        return f"（附图片{len(texts)}张）", rows
    rows = [("P", text) for text in texts]
    if rng.random() < 0.4:
        rows[-1] = ("P", _shown(rows[-1][1], rng))
    if rng.random() < 0.5:
        rows.append(("N", signed_by[0]))
    else:
        rows[-1] = ("P", rows[-1][1] + signed_by[0])
    return rng.choice(TAGS), rows


def picture_of_site(texts: list[str], rng: random.Random) -> list[Row]:
    """Return the rows of a picture item as a paper's site keeps them: captions, the last a credit of its own."""
    texts = [_CREDIT_END.sub("", text) for text in texts]
    if len(texts) == 1 and rng.random() < 0.5:
        sentences = [part for part in re.split(r"(?<=。)", texts[0]) if part]
        if len(sentences) > 1:
            texts = ["".join(sentences[:-1]), sentences[-1]]
    if rng.random() < 0.7:
        texts[-1] = _shown(texts[-1], rng)
    names = "  ".join(_spaced(rng) for _ in range(rng.choice((1, 1, 1, 2, 3))))
    stock = f"({rng.choice(_STOCK)})" if rng.random() < 0.5 else ""
    credit = rng.choice((f"{names}摄{stock}", f"{names}摄{stock}", f"{names}摄影报道", f"本报记者 {names}摄", f"新华社记者 {names}摄"))  # noqa: E501 # fmt: skip
    if rng.random() < 0.12:
        texts[-1] += credit
        return [("C", text) for text in texts]
    return [("C", text) for text in [*texts, credit]]


def _shown(text: str, rng: random.Random) -> str:
    return rng.choice(("图为", "图为", "图为日前，", "图为近日，")) + text


def _spaced(rng: random.Random) -> str:
    name = furniture.person(rng)
    return f"{name[0]}  {name[1]}" if len(name) == 2 else name


def verse_item(rng: random.Random, text: str) -> list[Row]:
    """Return a picture with a verse, as a column of comment prints it."""
    verse = rng.choice(_VERSES)
    lines = [("P", "这正是："), *(("P", line) for line in verse)]
    rows = [("H", rng.choice(("图片报道", "画里有话", "图说"))), ("P", text), *lines]
    return [*rows, ("P", f"{_spaced(rng)}图  {_spaced(rng)}文")]


def speaker(rng: random.Random) -> str:
    """Return somebody with an office, or some people, whose words are quoted."""
    if rng.random() < 0.25:
        return rng.choice(("市民代表", "专家观点", "美方人士", "企业负责人", "村民", "网友", "业内人士", "外国学者"))
    office = rng.choice(("市长", "总统", "总理", "议长", "外长", "会长", "教授", "所长", "董事长", "代表", "委员", "院长", "秘书长"))  # noqa: E501 # fmt: skip
    return rng.choice(("青江", "临川", "白山", "云州", "东陵", "南渡", "桂河")) + office + furniture.person(rng)


def tag_word(rng: random.Random) -> str:
    """Return the name of a column in brackets, as it stands at the end of a headline."""
    word = rng.choice(_TAG_WORDS)
    return f"({word}{rng.choice(('', '', '', '·' + rng.choice(_TAG_WORDS), rng.choice('①②③④⑤')))})"


def site_rows(rows: list[Row], rng: random.Random, *, column: bool) -> list[Row]:
    """Turn an article into what a paper's site keeps of it: notes as last paragraphs, a lead without a full stop.

    Args:
        rows: The rows below the headline.
        rng: Random numbers.
        column: Whether the headline ends with the name of a column.
    """
    rows = [("P", text) if role == "N" else (role, text) for role, text in rows]
    texts = [text for role, text in rows if role == "P" and 25 <= len(text) <= 400]
    if texts and rng.random() < (0.45 if column else 0.05):
        clauses = [part for part in re.split(r"[。，；！？,;]", "，".join(texts)) if 6 <= len(part) <= 24]
        if len(clauses) > 3:
            at = rng.randrange(len(clauses) - 2)
            lead = "，".join(clauses[at : at + rng.randint(2, 4)]).strip("“”")
            rows.insert(0, ("P", lead + ("。" if rng.random() < 0.15 else "")))
    if rng.random() < (0.35 if column else 0.08):
        who = f"{rng.choice('东南西北')}{rng.choice(('山', '江', '海', '州'))}{rng.choice(_POSTS)}"
        note = (
            f"(作者为{who})",
            f"(作者单位:{who[:6]})",
            f"(作者系{who})",
            f"({_spaced(rng)}采访整理)",
            "(本报记者综合整理)",
        )
        rows.append(("P", rng.choice(note)))
    elif rng.random() < 0.06:
        rows.append(("P", rng.choice(("(本报里昂电)", "(本报日内瓦7月4日电)", "(新华社金边3月1日电)", "(据新华社电)"))))
    return rows


def deck(texts: list[str], rng: random.Random) -> str:
    """Return a long last line of a headline: what somebody said, or a sentence of the text without its full stop."""
    sentences = [part for text in texts for part in re.split(r"[。！？]", text) if 22 <= len(part) <= 70] or ["各方表示要抓住机遇，乘势而上，把各项任务落到实处"]  # noqa: E501 # fmt: skip
    return rng.choice(sentences).strip("“”") + rng.choice(("", "", "（附图片1张）"))


def database_rows(rows: list[Row], rng: random.Random) -> list[Row]:
    """Add to an article what a database keeps of it besides the text: edition marks, notes, pictures at its end."""
    chance = rng.random()
    if chance < 0.05:
        rows.insert(
            rng.randint(min(2, len(rows)), len(rows)), ("N", rng.choice(("（A、D版）", "（A、B版）", "（A版）")))
        )
    elif chance < 0.12:
        if rng.random() < 0.3:
            rows.append(("P", rng.choice(("二○○一年三月", "2001年1月", "二○○○年岁末于白山"))))
        who = f"{rng.choice('东南西北')}{rng.choice(('山', '江', '海', '州'))}{rng.choice(_POSTS)}"
        rows.append(("N", rng.choice((f"（作者为{who}）", f"（作者系{who}）", f"（作者单位：{who[:6]}）"))))
    elif chance < 0.17:
        place = rng.choice(("里昂", "大阪", "日内瓦", "云州", "维也纳", "河口"))
        rows.append(("N", f"（本报{place}{rng.randint(1, 12)}月{rng.randint(1, 28)}日电）"))
    elif chance < 0.23 and len(rows) > 3:
        texts = [part for _, text in rows for part in re.split(r"(?<=。)", text) if 12 <= len(part) <= 70]
        rows.append(("C", "图片："))
        rows.append(("C", rng.choice(texts or ["会场一角。"])))
        rows.append(("C", f"（{rng.choice(('新华社', '本报'))}记者{furniture.person(rng)}摄）"))
    return rows


def _amendment(rng: random.Random, law: str) -> list[Row]:
    rows: list[Row] = [("H", f"关于修改《{law}》的决定")]
    rows.append(("P", f"常务委员会会议决定对《{law}》作如下修改："))
    for i in range(rng.randint(4, 10)):
        head = f"{_numeral(i + 1)}、第{_numeral(rng.randint(1, 40))}条"
        duty = rng.choice(_DUTIES).format(law=law[:-2])
        chance = rng.random()
        if chance < 0.4:
            listed = "".join(f"“（{_NUMERALS[k]}）{item}；" for k, item in enumerate(_ITEMS[: rng.randint(2, 4)]))
            rows += [("P", f"{head}修改为：“主管部门履行下列职责："), ("P", listed[:-1] + "。”")]
        else:
            rows.append(("P", f"{head}改为第{_numeral(rng.randint(1, 40))}条，修改为：“{duty}”"))
    return [*rows, ("P", "本决定自公布之日起施行。")]


def law_item(rng: random.Random) -> list[Row]:
    """Return a law: its title, when it was passed, chapters, articles, lists."""
    law = rng.choice(_LAWS)
    if rng.random() < 0.3:
        return _amendment(rng, law)
    place = rng.choice(("青江省", "临川市", "云州省", "白山市"))
    rows: list[Row] = [("H", place + law)]
    passed = f"{place}第{rng.choice('七八九十')}届人民代表大会常务委员会第{rng.choice('二三五六')}次会议通过"
    rows.append(("P", f"（{rng.randint(1995, 2022)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日{passed}）"))
    space = rng.choice(("", "　", " "))
    chapters = _CHAPTERS[: rng.randint(2, 6)]
    titles = [f"第{_NUMERALS[i]}章{space}{title}" for i, title in enumerate(chapters)]
    chaptered = rng.random() < 0.7
    if chaptered and rng.random() < 0.5:
        rows += [("P", "目录"), *(("P", title) for title in titles)]
    number = 0
    for title in titles:
        rows += [("S", title)] if chaptered else []
        for _ in range(rng.randint(2, 4)):
            number += 1
            head = f"第{_numeral(number)}条{space}"
            if rng.random() < 0.25:
                rows.append(("P", f"{head}{place}各级人民政府主管部门履行下列职责："))
                marks = [f"（{_NUMERALS[i]}）" for i in range(rng.randint(2, 5))]
                listed = [mark + item for mark, item in zip(marks, _ITEMS, strict=False)]
                rows += [("P", text + ("。" if i == len(listed) - 1 else "；")) for i, text in enumerate(listed)]
            else:
                rows.append(("P", head + rng.choice(_DUTIES).format(law=law[:-2])))
    return rows


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十") + (
        _NUMERALS[ones - 1] if ones else ""
    )


def imprint(rng: random.Random) -> list[Row]:
    """Return the lines about the makers of a page that stand at its end on a paper's site."""
    names = "  ".join(_spaced(rng) for _ in range(rng.choice((2, 3, 3, 4))))
    sign = rng.choice("：:")
    texts = [f"本版责编{sign}{names}"]
    if rng.random() < 0.3:
        texts.append(rng.choice((f"本版邮箱{sign}comment@example.com", f"电子信箱{sign}books@example.com", f"本版邮箱{sign}page@example.com（来稿请注明栏目名）")))  # noqa: E501 # fmt: skip
    if rng.random() < 0.5:
        texts.append(f"版式设计{sign}{_spaced(rng)}")
    if rng.random() < 0.1:
        texts.insert(1, f"制图{sign}{_spaced(rng)}")
    return [("F" if i == 0 else "f", text) for i, text in enumerate(texts)]
