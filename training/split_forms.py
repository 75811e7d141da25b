"""Pages of many printed forms, composed of the items of labelled pages: a form is drawn page by page.

A paper's habits are learned at once and do not carry over; so every item appears in the forms of many papers: its
headline in pieces or as one line, its text as paragraphs, as sentences or as one block, its lead with the wire forms of
several decades, below page heads and section lines, above editors' lines.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import split_endings as endings
import split_furniture as furniture
from split_gold import LabelledPage
from split_synth import LEAD, mend, with_subheads

from jmtools.pages.lines import Line
from jmtools.pages.roles import STARTS

Row = tuple[str, str]
_HEADLINE = 48  # characters: a longer first line is text
_HALF = str.maketrans("，：；？！（）", ",:;?!()")
_FULL = str.maketrans(",:;?!()", "，：；？！（）")
_WIRE = re.compile(
    r"^(?:[〔【（(\[][^〕】）)\]]{2,20}[电電讯訊][〕】）)\]]|(?:据)?[一-龥]{2,8}[0-9０-９一二三四五六七八九十廿卅]{0,4}月?"
    r"[0-9０-９一二三四五六七八九十廿卅]{1,4}日[电電讯訊])\s*(?:[（(][^）)]{1,40}[）)])?\s*"
)
_LONG_CLAUSE = 60  # characters
_NO_ROW, _AT_END = 0.5, 0.5
_POEMS = 0.04  # share of varied pages with a poem
_CALLED = 0.05  # share of headlines that are a question or a call
_FEW_ITEMS = 0.12  # share of pages with no more than three items
_STRAY = 0.06  # share of pages with blank lines anywhere
_FURNISHED = 0.25  # of the share of notices, tables and advertisements that printed pages have
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」』）)]*|[^。！？!?]+$")
_CLAUSE = re.compile(r"[^。！？!?；;]*[。！？!?；;]+[”’」』）)]*|[^。！？!?；;]+$")
_AGENCIES = (
    "中央社",
    "合眾社",
    "路透社",
    "聯合社",
    "法國新聞社",
    "海外社",
    "哈瓦斯社",
    "本報",
    "大華社",
    "中社",
    "電通社",
    "國民社",
)
_NEW_AGENCIES = ("新华社", "中新社", "本报", "中央社", "法新社", "路透社", "美联社", "中通社", "据新华社")
_TOWNS = "南京 上海 漢口 重慶 廣州 天津 青島 杭州 蘇州 倫敦 巴黎 華盛頓 柏林 東京 紐約 羅馬 香港 台北 西安 成都 北平 長沙 貴陽 福州".split()  # noqa: SIM905
_NEW_TOWNS = [
    "北京",
    "上海",
    "广州",
    "东京",
    "伦敦",
    "巴黎",
    "香港",
    "台北",
    "纽约",
    "成都",
    "西安",
    "武汉",
    "曼谷",
    "首尔",
    "莫斯科",
    "开罗",
    "柏林",
    "高雄",
    "沈阳",
    "合肥",
]
_DAYS = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 廿一 廿二 廿三 廿四 廿五 廿六 廿七 廿八 廿九 三十 卅一".split()  # noqa: SIM905
_SECTIONS = "要闻 国际新闻 社会新闻 本地新闻 体育 经济 文化 娱乐 副刊 港闻 两岸 财经 地方通讯 读者来信 简讯 本市新闻 教育 健康 副刊 一周要闻".split()  # noqa: SIM905
_COLUMNS = "春到基层 一线见闻 走近科学 读者来信 本周人物 街谈巷议 身边的故事 行走乡村 专家视点 难忘瞬间 新闻背景 城市笔记 国际随笔 社评 短评 时评".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Form:
    """The habits of one page.

    Attributes:
        headline: `asis`, `pieces`, `joined`, `glued` or `main` (one piece alone).
        text: `asis`, `block` (one paragraph an item), `long`, `sentences` or `clauses` (each its own line).
        lead: What opens a text: `asis`, `none`, `wire`, `bracket`, `wire_line` (a line of its own), `xun`.
        byline: `asis`, `none`, `line`, `tail`, `names`.
        length: `asis`, `brief` (first paragraphs alone) or `mixed`.
        kicker: Share of items with a line above the headline that says where or what.
        subheads: Share of long items that get subheads.
        plain: Share of items that lose the subheads that they have.
        gaps: Blank lines: `none`, between `items`, between all but headline lines (`text`), between `all` lines,
            anywhere (`stray`).
        punctuation: `asis`, `half` or `full`.
        heads: How probable a paper's name, a date line or section lines are.
        missing: Share of the marks that are lost.
        lost: These marks.
        indent: `none`, `text` (paragraphs alone) or `all`.
        number: Items of a page.
        letters: Share of items that are letters.
    """

    headline: str
    text: str
    lead: str
    byline: str
    length: str
    kicker: float
    subheads: float
    plain: float
    gaps: str
    punctuation: str
    heads: float
    missing: float
    lost: str
    indent: str
    number: int
    letters: float


_PLAIN = Form(
    headline="asis",
    text="asis",
    lead="asis",
    byline="asis",
    length="asis",
    kicker=0.0,
    subheads=0.0,
    plain=0.5,
    gaps="none",
    punctuation="asis",
    heads=0.0,
    missing=0.0,
    lost="",
    indent="none",
    number=8,
    letters=0.0,
)
_MANNERS: dict[str, dict[str, tuple[Any, ...]]] = {
    "block of the forties": {
        "headline": ("pieces", "pieces", "asis", "main"), "text": ("block",), "lead": ("wire", "wire", "bracket", "wire_line"),
        "byline": ("none",), "gaps": ("none", "none", "items", "all"), "plain": (1.0,), "length": ("asis", "asis", "mixed"),
    },
    "block": {
        "headline": ("main", "glued", "main"), "text": ("block",), "lead": ("none", "none", "bracket", "asis"),
        "byline": ("none",), "gaps": ("none", "none", "items", "all"), "plain": (1.0,),
    },
    "sentences": {
        "headline": ("main", "glued", "main"), "text": ("sentences", "clauses"), "lead": ("none", "none", "none", "xun"),
        "byline": ("none",), "subheads": (0.0, 0.4, 0.7), "plain": (0.0, 0.5, 1.0), "gaps": ("none", "none", "all"),
        "length": ("asis", "mixed"),
    },
    "letters and essays": {
        "headline": ("glued", "main", "asis"), "text": ("sentences", "asis"), "lead": ("none",), "byline": ("names", "tail", "asis", "line"),
        "gaps": ("none",),
        "letters": (0.0, 0.5, 0.8),
    },
    "paragraphs": {
        "headline": ("asis", "asis", "pieces", "joined"), "kicker": (0.0, 0.2, 0.6, 1.0), "subheads": (0.0, 0.0, 0.4),
        "plain": (0.0, 0.0, 0.3), "gaps": ("none", "none", "none", "items", "text", "all"), "indent": ("none", "none", "text"),
    },
    "reports": {
        "headline": ("main", "asis"), "lead": ("bracket", "bracket", "wire", "xun"), "byline": ("none",), "length": ("mixed", "brief", "asis"),
        "plain": (0.0, 1.0), "gaps": ("none", "items", "all"),
    },
    "briefs": {
        "headline": ("main", "asis", "pieces"), "lead": ("wire", "bracket", "xun", "none", "asis"), "byline": ("none", "asis"),
        "length": ("brief",), "plain": (1.0,), "gaps": ("none", "none", "items", "all"), "number": (8, 12, 16),
        "kicker": (0.0, 0.0, 0.0, 1.0),
    },
    "any": {
        "headline": ("asis", "pieces", "joined", "glued", "main"), "text": ("asis", "asis", "asis", "block", "long", "sentences"),
        "lead": ("asis", "none", "wire", "bracket", "wire_line", "xun"), "byline": ("asis", "none", "line", "tail", "names"),
        "length": ("asis", "brief", "mixed"), "kicker": (0.0, 0.0, 0.15, 0.5, 0.9), "subheads": (0.0, 0.3, 0.8), "plain": (0.0, 0.0, 1.0),
        "gaps": ("none", "items", "text", "all"), "indent": ("none", "text", "all", "text"),
    },
}  # fmt: skip
_SHARES = (2, 2, 3, 2, 4, 2, 2, 3)


def draw_form(rng: random.Random) -> Form:
    """Draw the habits of a page: a manner, and what it leaves open."""
    manner = _MANNERS[rng.choices(list(_MANNERS), _SHARES)[0]]
    drawn = {name: rng.choice(values) for name, values in manner.items()}
    drawn.setdefault("number", rng.randint(3, 10))
    drawn.setdefault("indent", rng.choice(("none", "none", "none", "text", "all")))
    punctuation = rng.choice(("asis", "asis", "asis", "half", "full"))
    heads = rng.choice((0.0, 0.0, 0.0, 1.0))
    missing = rng.choice((0, 0, 0, 0, 0, 0, 0, 0.5))
    lost = rng.choice(("，。、；：“”", "。！？；", "。"))
    if rng.random() < _STRAY:
        drawn["gaps"] = "stray"
    if rng.random() < _FEW_ITEMS:  # as where one article was copied
        subheads = rng.choice((0.0, 0.7, 1.0))
        drawn.update(number=rng.choice((1, 1, 2, 2, 3)), subheads=subheads, plain=0.0, length="asis")
    return replace(_PLAIN, punctuation=punctuation, heads=heads, missing=missing, lost=lost, **drawn)


def compose_plain(pool: Sequence[list[Row]], rng: random.Random, *, varied: bool) -> LabelledPage:
    """Set items of one paper as they are in another order."""
    return compose_form([pool], [1.0], rng, varied=varied, form=replace(_PLAIN, number=rng.randint(5, 14), plain=0.0))


def compose_form(
    pools: Sequence[Sequence[list[Row]]],
    shares: Sequence[float],
    rng: random.Random,
    *,
    varied: bool = True,
    form: Form | None = None,
) -> LabelledPage:
    """Set items of one source, at times of several, as one page in a new form.

    Args:
        pools: Items of each source.
        shares: How many pages are made of each.
        rng: What draws.
        varied: Also draw neighbours, and set tables, briefs without a headline and lines of marks between the items.
        form: The form, if it is not to be drawn.
    """
    given, form = form, form or draw_form(rng)
    pool = rng.choices(pools, shares)[0]
    number = min(form.number * (2 if form.length == "brief" else 1), len(pool))
    items = _drawn(pool, number, rng) if varied else rng.sample(list(pool), number)
    if rng.random() < 0.15:
        other = rng.choices(pools, shares)[0]
        items[: number // 2] = rng.sample(list(other), min(number // 2, len(other)))
    setter = _Setter(form, rng)
    parts = [part for part in (setter.item(item) for item in items) if part]
    if not parts:  # items without a headline, or with a long one
        return compose_form(pools, shares, rng, varied=varied, form=given)
    if varied:
        _set_between(parts, pool, setter, rng)
    _furnish(parts, setter, rng)
    page = LabelledPage("composed", [], [], composed=True)
    for i, part in enumerate(parts):
        for j, (role, text) in enumerate(part):
            text = setter.finish(text, role).strip()
            if text:
                page.lines.append(Line(text, 0, 0, 0, 0, setter.gap(i, j, role), setter.indent(role)))
                page.roles.append(role)
    return page


def set_rows(page: LabelledPage, pool: Sequence[list[Row]], rng: random.Random) -> LabelledPage:
    """Set a row of briefs without a headline below the items of a composed page, or between them, on every other page."""
    if rng.random() < _NO_ROW:
        return page
    briefs = endings.headless(_drawn(pool, min(rng.randint(2, 9), len(pool)), rng), rng)
    starts = [i for i, role in enumerate(page.roles) if role in STARTS and i] or [len(page.roles)]
    place = len(page.roles) if rng.random() < _AT_END else rng.choice(starts)
    gap = page.lines[1].gap if len(page.lines) > 1 else 0
    page.lines[place:place] = [Line(text, 0, 0, 0, 0, gap) for [(_, text)] in briefs]
    page.roles[place:place] = [role for [(role, _)] in briefs]
    return page


def _set_between(parts: list[list[Row]], pool: Sequence[list[Row]], setter: "_Setter", rng: random.Random) -> None:
    """Set between the items of a page briefs without a headline, tables and notices, and lines of marks."""
    if rng.random() < 0.15:
        place = rng.choice((len(parts), rng.randint(1, len(parts))))
        parts[place:place] = endings.headless(_drawn(pool, min(rng.randint(2, 8), len(pool)), rng), rng)
    for make, share in furniture.BOXES:
        if rng.random() < _FURNISHED * share:
            parts.insert(rng.randint(0, len(parts)), make(rng))
    if rng.random() < _POEMS:
        parts.insert(rng.randint(0, len(parts)), endings.poems(rng))
    setter.between(parts)


def _furnish(parts: list[list[Row]], setter: "_Setter", rng: random.Random) -> None:
    """Set the lines at the head of a page, sections and credits."""
    if rng.random() < setter.form.heads:
        parts.insert(0, setter.page_head())
        while rng.random() < 0.3:
            parts.insert(rng.randint(1, len(parts)), [("F", rng.choice(_SECTIONS))])
    if rng.random() < 0.1:
        parts.append([("F", setter.editors())])
    if rng.random() < 0.15:
        parts[rng.randrange(len(parts))].append(("N", setter.maker()))


def _drawn(pool: Sequence[list[Row]], number: int, rng: random.Random) -> list[list[Row]]:
    """Draw items: neighbours, which may be about one matter as on a real page, or any."""
    if rng.random() < 0.5:
        place = rng.randrange(len(pool) - number + 1)
        return list(pool[place : place + number])
    return rng.sample(list(pool), number)


class _Setter:
    """Sets items in one form."""

    def __init__(self, form: Form, rng: random.Random) -> None:
        self.form, self.rng = form, rng
        self.column = rng.choice(_COLUMNS)
        self.kicker_kind = rng.choice(("place", "column", "colon", "tag", "clause", "name"))
        self.wire_open, self.wire_close = rng.choice(("〔〕", "【】", "（）", "[]", "()", "〔〕", "【】"))
        self.old = rng.random() < 0.5
        self.name = rng.choice(("绿洲", "海东", "江声", "山城", "大公", "新民", "青江", "临川")) + rng.choice(
            ("日报", "晚报", "时报", "商报")
        )
        self.item_gap = rng.choice((1, 1, 2))
        self.stray = rng.choice((0.15, 0.3, 0.5))

    def gap(self, item: int, row: int, role: str) -> int:
        gaps = self.form.gaps
        if gaps == "stray":
            return int(self.rng.random() < self.stray)
        if row == 0:
            return 0 if item == 0 or gaps == "none" else self.item_gap
        if gaps in ("none", "items"):
            return 0
        return 0 if role in "hB" and gaps == "text" else 1

    def indent(self, role: str) -> int:
        form = self.form
        if form.indent == "none":
            return 0
        if role in "PCNO":
            return 2
        return 0 if form.indent == "text" else self.rng.choice((4, 6, 8)) if role in "Hh" else 2

    def page_head(self) -> list[Row]:
        rng = self.rng
        lines = endings.page_head(self.name, rng.choice(_SECTIONS), rng)
        if rng.random() < 0.3:
            lines = [" ".join(lines)]
        return [("F" if i == 0 else "f", line) for i, line in enumerate(lines)]

    def editors(self) -> str:
        rng = self.rng
        who = furniture.person(rng)
        return rng.choice(
            (
                f"（本版编辑{who}）",
                f"本版责编：{who}",
                f"责任编辑：{who} {furniture.person(rng)}",
                f"本版编辑 {who}",
                f"版面设计 {who}",
            )
        )

    def maker(self) -> str:
        rng = self.rng
        return rng.choice(
            ("本版制图：", "制图：", "版式设计：", "图片来源：", "资料来源：", "举报电话：", "数据来源：", "绘图：")
        ) + rng.choice((furniture.person(rng), furniture.person(rng), "本报资料室"))

    def between(self, parts: list[list[Row]]) -> None:
        """Set a line of marks below some items or all, or the name of the editors below one."""
        rng = self.rng
        if rng.random() < 0.06:
            line, share = endings.separator(rng), rng.choice((0.2, 1.0))
            for part in parts[:-1]:
                if rng.random() < share:
                    part.append(("N", line))
        if rng.random() < 0.06:
            rng.choice(parts).append(("P", endings.editors_sign(rng)))

    def item(self, item: list[Row]) -> list[Row]:
        form, rng = self.form, self.rng
        head = [text for role, text in item if role in "Hh"]
        rows = mend([row for row in item if row[0] not in "HhJjXTADFadfu"])
        if rng.random() < form.plain:
            rows = [row for row in rows if row[0] != "S"]
        if not head or not rows or len(head[0]) > _HEADLINE:
            return []
        picture = not any(role == "P" for role, _ in rows)
        if not picture:
            rows = self._bylines(self._lead(self._length(rows)))
            rows = self._text(self._subheads(rows))
            rows = self._letter(rows) if rng.random() < form.letters else rows
        return [*self._head(head, next((text for role, text in rows if role == "P"), "")), *rows]

    def _head(self, head: list[str], text: str) -> list[Row]:
        form, rng = self.form, self.rng
        pieces = [part for text in head for part in re.split(r"[ 　]+", text) if part]
        if form.headline == "pieces":
            lines = pieces if max(map(len, pieces)) < 40 else head
        elif form.headline == "joined":
            lines = [" ".join(head)]
        elif form.headline == "glued":
            lines = ["".join(head)]
        elif form.headline == "main":
            fit = [piece for piece in pieces if 5 <= len(piece) <= 22] or pieces
            lines = [max(fit[:2], key=len)]
        else:
            lines = list(head)
        if rng.random() < _CALLED and "一" <= lines[-1][-1] <= "龥":
            lines[-1] += rng.choice("！？")
        if rng.random() < form.kicker:
            lines = self._kicker(lines, text)
        return [("H" if i == 0 else "h", line) for i, line in enumerate(lines)]

    def _kicker(self, lines: list[str], text: str) -> list[str]:
        rng = self.rng
        if self.kicker_kind == "name":
            return [endings.name_kicker(text, rng), *lines]
        town = rng.choice(_NEW_TOWNS)
        if self.kicker_kind == "place":
            return [
                rng.choice(
                    (
                        town,
                        town + rng.choice(("青石村", "南湖区", "柳湾镇", "沙洲社区")),
                        rng.choice("青云白临") + rng.choice("江州山川") + "市" + rng.choice(("河口村", "石门镇")),
                    )
                ),
                *lines,
            ]
        if self.kicker_kind == "column":
            return [self.column, *lines]
        if self.kicker_kind == "colon":
            return [rng.choice((town + "：", "——" + self.column, self.column + "：", town + "市长：")), *lines]
        if self.kicker_kind == "tag":
            return [*lines[:-1], lines[-1] + f"（{self.column}）"]
        return [furniture.person(rng) + rng.choice(("强调", "指出", "表示", "在会上要求")), *lines]

    def _length(self, rows: list[Row]) -> list[Row]:
        form, rng = self.form, self.rng
        brief = form.length == "brief" or (form.length == "mixed" and rng.random() < 0.4)
        if not brief:
            return rows
        places = [i for i, row in enumerate(rows) if row[0] == "P"]
        keep = rng.choice((1, 1, 1, 2, 3))
        end = places[keep] if keep < len(places) else len(rows)
        cut = [row for row in rows[:end] if row[0] != "S"]
        while cut and cut[-1][0] in "BC":
            cut.pop()
        return cut if any(row[0] == "P" for row in cut) else rows

    def _lead(self, rows: list[Row]) -> list[Row]:
        form, rng = self.form, self.rng
        first = next(i for i, row in enumerate(rows) if row[0] == "P")
        text = rows[first][1]
        if form.lead == "asis":
            return rows
        bare = LEAD.sub("", _WIRE.sub("", text))
        bare = bare if len(bare) > 12 else text
        if form.lead == "none":
            return [*rows[:first], ("P", bare), *rows[first + 1 :]]
        if rng.random() < 0.12:  # not every item has one
            return [*rows[:first], ("P", bare), *rows[first + 1 :]]
        wire = self._wire()
        if form.lead == "wire":
            text = f"{self.wire_open}{wire}{self.wire_close}{bare}"
        elif form.lead == "bracket":
            what = rng.choice(
                (
                    "综合报导",
                    "本报讯",
                    "特派记者／综合外电报导",
                    "记者／台北报导",
                    "国际中心／综合外电报导",
                    "本报专讯",
                    "专讯",
                    "综合报道",
                    "特约通讯",
                )
            )
            text = f"{self.wire_open}{what}{self.wire_close}{bare}"
        elif form.lead == "xun":
            text = (
                rng.choice(
                    (
                        "本报讯",
                        "专讯",
                        f"{wire}",
                        f"{wire}　",
                        f"{wire}（记者{furniture.person(rng)}）",
                        "本报讯（记者" + furniture.person(rng) + "）",
                        "据" + wire + " ",
                    )
                )
                + bare
            )
        else:
            line = rng.choice(
                (f"{self.wire_open}{wire}{self.wire_close}", wire, f"{self.wire_open}{wire}{self.wire_close}")
            )
            return [*rows[:first], ("B", line), ("P", bare), *rows[first + 1 :]]
        return [*rows[:first], ("P", text), *rows[first + 1 :]]

    def _wire(self) -> str:
        rng = self.rng
        if self.old:
            return (
                rng.choice(_AGENCIES)
                + rng.choice(_TOWNS)
                + rng.choice(_DAYS)
                + "日"
                + rng.choice(("电", "电", "专电", "讯"))
            )
        return (
            rng.choice(_NEW_AGENCIES)
            + rng.choice(_NEW_TOWNS)
            + rng.choice(("", f"{rng.randint(1, 12)}月"))
            + f"{rng.randint(1, 28)}日"
            + rng.choice(("电", "电", "讯", "专电"))
        )

    def _bylines(self, rows: list[Row]) -> list[Row]:
        form, rng = self.form, self.rng
        if form.byline == "asis":
            return rows
        kept = [row for row in rows if row[0] != "B" or re.search("[电電讯訊]", row[1])]
        if form.byline == "none" or rng.random() < 0.25:
            return kept
        names = furniture.person(rng) + (" " + furniture.person(rng) if rng.random() < 0.2 else "")
        first = next(i for i, row in enumerate(kept) if row[0] == "P")
        if form.byline == "tail":
            last = max(i for i, row in enumerate(kept) if row[0] == "P")
            tail = endings.tail_byline(names, rng)
            if tail[0] == "（" and rng.random() < 0.5:
                kept[last] = ("P", kept[last][1] + tail)
            else:
                kept.insert(last + 1, ("N" if tail[0] == "（" else "B", tail))
            return kept
        line = (
            names
            if form.byline == "names"
            else rng.choice(("本报记者 ", "记者", "本报特约记者 ", "文/", "□", "驻外记者 ", "通讯员 ", "")) + names
        )
        kept.insert(0 if first == 0 else min(first, 1), ("B", line))
        return kept

    def _subheads(self, rows: list[Row]) -> list[Row]:
        form, rng = self.form, self.rng
        paragraphs = sum(role == "P" for role, _ in rows)
        if paragraphs >= 4 and rng.random() < form.subheads and not any(role == "S" for role, _ in rows):
            return with_subheads(rows, rng)
        return rows

    def _text(self, rows: list[Row]) -> list[Row]:
        form = self.form
        if form.text == "asis":
            return rows
        if form.text in ("sentences", "clauses"):
            return [
                (role, part)
                for role, text in rows
                for part in (self._sentences(text) if role == "P" else [text])
                if part.strip()
            ]
        out: list[Row] = []
        for role, text in rows:
            if form.text == "block" and role == "S":
                continue
            joins = form.text == "block" or (len(out[-1][1]) if out else 0) + len(text) < 320
            if role == "P" and out and out[-1][0] == "P" and joins:
                out[-1] = ("P", out[-1][1] + text)
            else:
                out.append((role, text))
        return out

    def _sentences(self, text: str) -> list[str]:
        """Return a paragraph as sentences, or as clauses, of which a long one goes over to another line at a comma."""
        if self.form.text == "sentences":
            return _SENTENCE.findall(text)
        parts: list[str] = []
        for part in _CLAUSE.findall(text):
            comma = part.find("，", len(part) // 2) + 1
            if len(part) > _LONG_CLAUSE and comma and self.rng.random() < 0.25:
                parts += [part[:comma], part[comma:]]
            else:
                parts.append(part)
        return parts

    def _letter(self, rows: list[Row]) -> list[Row]:
        """Set a greeting above a text, and a name below it."""
        rng = self.rng
        first = next(i for i, row in enumerate(rows) if row[0] == "P")
        name = furniture.person(rng)
        greeting = rng.choice((f"{name}朋友：", "编辑同志：", f"{name}同学：", "亲爱的读者：", f"{name}：", "朋友们！"))
        below = endings.letter_end(rng) if rng.random() < 0.6 else []
        return [*rows[:first], ("P", greeting), *rows[first:], *below]

    def finish(self, text: str, role: str) -> str:
        form, rng = self.form, self.rng
        if form.punctuation in ("half", "full"):
            text = text.translate(_HALF if form.punctuation == "half" else _FULL)
        if form.missing and role in "POME":
            text = "".join(char for char in text if char not in form.lost or rng.random() >= form.missing)
        return text
