"""What stands between and below the items of composed pages: briefs without a headline, letters' ends, separators."""

import random
import re
from collections.abc import Sequence

import split_furniture as furniture
from split_synth import LEAD

Row = tuple[str, str]
_BRIEF = (50, 260)  # characters
_SEPARATORS = ("＊＊＊", "＊＊＊＊＊", "***", "* * *", "※※※", "☆☆☆", "————", "◇◇◇", "+++")
_EDITORS = ("——编者", "———编者", "—编者", "（编者）", "（本报编辑部）", "——编　者")
_PLACES = ("山城", "临川", "青石镇", "河口县", "白云区", "江南某厂", "北岭村", "柳湾中学")
_WRITERS = ("读者", "村民", "教师", "工人", "学生", "战士", "居民", "")
_VERSES = (
    "江上春风早", "渔舟带雨归", "灯前人未睡", "窗外一枝梅", "石径通云处", "松声满翠微", "夜深潮渐落", "星火照空矶",
    "柳岸新泥软", "犁开第一行", "炉红铁水沸", "汗落雪花飞", "麦浪翻金浪", "镰刀映晚霞", "山高知路远", "水浅见鱼稀",
    "故园秋草长", "驿路晓霜微", "一笛牛背上", "炊烟绕竹扉", "桥断邻翁渡", "桑老阿婆肥", "村鼓催新谷", "儿童笑解衣",
)  # fmt: skip
_POEMS = ("夜泊", "秋晨", "春耕", "炉前", "早市", "山行", "归舟", "听雨", "新桥", "麦收", "守岛", "老槐")
_SERIES = ("诗二首", "短诗一束", "田园杂咏（二首）", "五言二首", "旅途短章", "诗三首")
_OPENING = re.compile(r"[一-龥]{2,4}(?=[今是在有从，家的和])")


def headless(items: Sequence[list[Row]], rng: random.Random) -> list[list[Row]]:
    """Return briefs without a headline, each one paragraph: the first ones of some items."""
    found: list[list[Row]] = []
    plain = rng.random() < 0.7  # a wire or a dateline tells by itself
    for item in items:
        text = next((text for role, text in item if role == "P"), "")
        text = LEAD.sub("", text) if plain else text
        if _BRIEF[0] <= len(text) <= _BRIEF[1] and text[-1] in "。！？）)":
            found.append([("H", text)])
    return found


def separator(rng: random.Random) -> str:
    """Return a line of marks that stands between items, or between an article and what is said of it."""
    return rng.choice(_SEPARATORS)


def editors_sign(rng: random.Random) -> str:
    """Return how editors sign a note."""
    return rng.choice(_EDITORS)


def letter_end(rng: random.Random) -> list[Row]:
    """Return the lines in which a letter is signed."""
    name = furniture.person(rng)
    other = furniture.person(rng)
    place = rng.choice(_PLACES)
    lines = rng.choice(
        (
            [f"（{name}）"],
            [name],
            [f"{place} {name}"],
            [f"{place}{rng.choice(_WRITERS)}{name}"],
            [f"（{place} {name}）"],
            [f"{place} {name}", f"{rng.choice(_PLACES)} {other}"],
            [f"{name}", f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"],
            [f"您的读者：{name}"],
        )
    )
    return [("N", line) for line in lines]


def name_kicker(text: str, rng: random.Random) -> str:
    """Return a line above a headline that says with a colon who, or which place, the item is about."""
    known = _OPENING.match(text)
    if known and rng.random() < 0.5:
        return known.group() + "："
    name, other, place = furniture.person(rng), furniture.person(rng), rng.choice(_PLACES)
    return rng.choice((name, name, f"{name}、{other}", f"{name} {other}", f"{place}{name}", place)) + "："


def poems(rng: random.Random) -> list[Row]:
    """Return one poem, or a few under one headline, with who wrote them."""
    several = rng.random() < 0.6
    titles = rng.sample(_POEMS, rng.randint(2, 3) if several else 1)
    marks = rng.choice((("，", "。"), ("，", "。"), ("", "")))
    rows: list[Row] = [("H", rng.choice(_SERIES) if several else titles[0]), ("B", furniture.person(rng))]
    for title in titles:
        rows += [("S", title)] if several else []
        verses = rng.sample(_VERSES, rng.choice((4, 4, 8)))
        if rng.random() < 0.3:
            verses = [a + "，" + b for a, b in zip(verses[::2], verses[1::2], strict=True)]
            rows += [("P", verse + "。") for verse in verses]
        else:
            rows += [("P", verse + marks[i % 2]) for i, verse in enumerate(verses)]
    return rows


def tail_byline(names: str, rng: random.Random) -> str:
    """Return a line below an item that says who wrote it, in brackets or not."""
    role = rng.choice(("", "本报记者 ", "记者", "特约记者", "通讯员 ", "报道员 "))
    place = rng.choice(_PLACES)
    return rng.choice(
        (
            f"（{role}{names}）",
            f"（{role}{names}）",
            f"（{place} {names}）",
            f"{role or '通讯员 '}{names}",
            f"文/{names}",
            f"{names} 供稿",
            f"{place} {names}",
        )
    )


def page_head(name: str, section: str, rng: random.Random) -> list[str]:
    """Return some of the lines that a paper has at the head of its pages, its name among them if no other."""
    year, month, day = rng.randint(1946, 2020), rng.randint(1, 12), rng.randint(1, 28)
    number = rng.choice(
        (f"第{rng.randint(2, 900)}期", f"总第{rng.randint(2, 900)}期", f"（第{rng.randint(2, 900)}号）")
    )
    house = rng.choice(_PLACES) + rng.choice(("厂报", "院报", "校报", "社区报", "工人报", "简报", "通讯"))
    date = f"{year}年{month}月{day}日"
    lines = (
        rng.choice((name, name, house)),
        rng.choice(
            (f"{date} 星期{rng.choice('一二三四五六日')}", date, f"{number} {date}", f"{number} {date} 内部交流")
        ),
        section,
        f"第{rng.randint(1, 16)}版",
    )
    return [line for line in lines if rng.random() < 0.5] or [name]
