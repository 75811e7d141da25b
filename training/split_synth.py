"""New training pages from labelled ones: items recombined, set in another style, cut, captioned and boxed anew.

Simulated pages are too tidy: every paper has its own spacing, punctuation and habits. `compose` draws a style for a
page and sets items of several pages in it, so that what is learned is what the styles have in common.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import split_furniture as furniture
import split_kinds as kinds
from split_gold import LabelledPage

from jmtools.pages.continuity import edges, junction
from jmtools.pages.lines import Line
from jmtools.pages.roles import STARTS

Row = tuple[str, str]
_HALF = str.maketrans("，：；？！（）", ",:;?!()")
_FULL = str.maketrans(",:;?!()", "，：；？！（）")
LEAD = re.compile(
    r"^[（(]?(?:据)?[一-龥]{0,8}(?:讯|电)\s*(?:[（(][^（）()]{1,40}[）)]|记者[^：:。]{2,20}报道[：:])?\s*"
)
_SUBHEADS = "plain plain plain comma number mark bracket colon pair name lines long voices story story".split()  # noqa: SIM905
_CLAUSE = re.compile(r"(?:^|(?<=[，。；：！？,;:!?]))[一-龥0-9%]{5,40}")


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one paper.

    Attributes:
        kind: `database`, `site` (a paper's own, put together again) or `paper`.
        gaps: `all` blank line between all lines, `items` only between items, `none`, `text` between all but headline lines.
        item_gap: Blank lines above an item where there are any.
        punctuation: `half`, `full` or `asis`.
        headline: `joined` by a space, `lines`, or `glued` without a space.
        bylines: Share of bylines of their own line that are kept.
        leads: Share of 本报讯（记者…） leads that are kept.
        subheads: Share of long articles that get subheads.
        breaks: Share of long paragraphs that a column break cuts.
        captions: Captions per item.
        furniture: Factor of what stands in `furniture.FURNITURE`.
        indent: What each paragraph begins with.
    """

    kind: str
    gaps: str
    item_gap: int
    punctuation: str
    headline: str
    bylines: float
    leads: float
    subheads: float
    breaks: float
    captions: float
    furniture: float
    indent: str


_BARE = 0.52


def draw_style(rng: random.Random, *, bare: bool = False) -> Style:
    """Draw the habits of a paper, or only of text as databases and papers' own sites keep it."""
    kind = rng.random() * (_BARE if bare else 1.0)
    if kind < 0.26:  # running text from a database: no blank lines, no column breaks
        return Style(
            "database",
            "none",
            0,
            "full",
            rng.choice(("glued", "glued", "lines")),
            0.1,
            rng.choice((0.2, 0.6)),
            0.5,
            0.0,
            0.03,
            0.1,
            "",
        )
    if kind < _BARE:  # a paper's own site, put together again: no column breaks
        return Style(
            "site",
            rng.choice(("text", "all")),
            rng.choice((1, 1, 2)),
            rng.choice(("half", "half", "full")),
            "lines",
            rng.choice((0.0, 0.0, 0.1)),
            0.6,
            0.7,
            0.0,
            0.03,
            0.1,
            "",
        )
    return Style(
        "paper",
        rng.choice(("all", "all", "items", "text", "none")), rng.choice((1, 1, 1, 2, 3)), rng.choice(("half", "full", "asis")),
        rng.choice(("joined", "lines", "joined")), rng.choice((0.4, 1.0)), rng.choice((0.3, 1.0)), rng.choice((0.2, 0.6)),
        rng.choice((0.0, 0.08, 0.2)), rng.choice((0.1, 0.4)), rng.choice((0.5, 1.5)), rng.choice(("", "", "", "　　", "  ")),
    )  # fmt: skip


def items_of(pages: Sequence[LabelledPage]) -> list[list[Row]]:
    """Return the items of labelled pages as rows of role and text."""
    items: list[list[Row]] = []
    for page in pages:
        item: list[Row] | None = None
        for line, role in zip(page.lines, page.roles, strict=True):
            if role in STARTS or item is None:
                item = []
                items.append(item)
            item.append((role, line.text))
    return [item for item in items if item[0][0] in "HJ"]


def compose(items: Sequence[list[Row]], rng: random.Random, *, bare: bool = False) -> LabelledPage:
    """Set some items, and furniture, as one page in a new style."""
    style = draw_style(rng, bare=bare)
    chosen = rng.sample(items, rng.randint(3, 11))
    if rng.random() < 0.2:  # a column of briefs
        briefs = [item for item in rng.sample(items, min(len(items), 80)) if len(item) <= 3 and item[0][0] == "H"]
        place = rng.randint(0, len(chosen))
        chosen[place:place] = briefs[: rng.randint(3, 8)]
    parts = [[row for row in _set_item(item, style, rng) if row[1].strip()] for item in chosen]
    for make, share in furniture.FURNITURE:
        if rng.random() < share * style.furniture:
            parts.insert(rng.randint(0, len(parts)), make(rng))
    if style.kind == "database" and rng.random() < 0.15:
        parts.insert(rng.randint(0, len(parts)), kinds.law_item(rng))
    if style.kind == "site" and rng.random() < 0.6:
        parts.append(kinds.imprint(rng))
    elif rng.random() < 0.5 * min(style.furniture, 1.0):
        parts.insert(0 if rng.random() < 0.7 else len(parts), furniture.folio(rng))
    page = LabelledPage("composed", [], [], composed=True)
    for i, part in enumerate(parts):
        inner = rng.choice((0, 1)) if part[0][0] in "ADFT" and style.gaps != "none" else None
        for j, (role, text) in enumerate(part):
            page.lines.append(Line(_punctuate(text, style), 0, 0, 0, 0, _gap(style, i, j, role, inner)))
            page.roles.append(role)
    return page


def _gap(style: Style, item: int, row: int, role: str, inner: int | None) -> int:
    if row == 0:
        return 0 if item == 0 or style.gaps == "none" else style.item_gap
    if style.gaps in ("none", "items"):
        return 0
    if inner is not None:
        return inner
    return 0 if role in "hB" and style.gaps == "text" else 1


def _punctuate(text: str, style: Style) -> str:
    if style.punctuation == "asis":
        return text
    return text.translate(_HALF if style.punctuation == "half" else _FULL)


def _set_item(item: list[Row], style: Style, rng: random.Random) -> list[Row]:
    head = [text for role, text in item if role in "Hh"]
    rows = [(role, text) for role, text in item if role not in "Hh"]
    rows = [row for row in rows if row[0] != "B" or rng.random() < style.bylines]
    rows = mend(rows)
    keep_lead = rng.random() < style.leads
    first = next((i for i, row in enumerate(rows) if row[0] == "P"), None)
    if first is not None and not keep_lead:
        text = LEAD.sub("", rows[first][1])
        rows[first] = ("P", text if len(text) > 15 else rows[first][1])
    if head and not any(role in "SCX" for role, _ in rows):
        picture = _picture(head, [text for role, text in rows if role == "P"], style, rng)
        if picture:
            return picture
    paragraphs = sum(1 for role, _ in rows if role == "P")
    if paragraphs >= 5 and rng.random() < style.subheads and not any(role == "S" for role, _ in rows):
        rows = with_subheads(rows, rng)
    if paragraphs >= 2 and rng.random() < 0.04:
        rows.insert(
            next(i for i, row in enumerate(rows) if row[0] == "P"),
            ("P", rng.choice(("编者按", "核心阅读", "阅读提示", "开栏的话"))),
        )
    if style.kind == "database" and rng.random() < 0.05:
        rows.insert(
            rng.randint(min(2, len(rows)), len(rows)), ("N", rng.choice(("（A、D版）", "（A、B版）", "（A版）")))
        )
    rows = _with_captions(_broken(rows, style, rng), style, rng)
    if rng.random() < 0.9:
        rows = _with_advertisement(rows, rng)
    lines = _headline(head, style, rng) if head else []
    if style.kind == "site" and lines:
        column = rng.random() < 0.25
        if column:
            lines[-1] = (lines[-1][0], lines[-1][1] + kinds.tag_word(rng))
        rows = kinds.site_rows(rows, rng, column=column)
    if style.kind == "database" and lines and rng.random() < 0.05:
        lines.append(("h", kinds.deck([text for role, text in rows if role == "P"], rng)))
    return lines + rows


def _picture(head: list[str], texts: list[str], style: Style, rng: random.Random) -> list[Row]:
    """Turn an item into one of a picture, or return nothing."""
    if not texts or rng.random() >= {"paper": 0.12, "database": 0.25, "site": 0.3}[style.kind]:
        return []
    if style.kind == "database" and len(texts) <= 9 and len(texts[0]) < 260:
        lines = _headline(head, style, rng)
        tag, rows = kinds.picture_of_database(texts, rng)
        if tag and rng.random() < 0.15:
            return [("H", rng.choice(("图片新闻", "图片报道"))), *rows]
        return [*lines[:-1], (lines[-1][0], lines[-1][1] + tag), *rows]
    if len(texts) > 3 or len(texts[0]) > 300:
        return []
    if style.kind == "site":
        if len(texts) == 1 and rng.random() < 0.06:
            return kinds.verse_item(rng, texts[0])
        return _headline(head, style, rng) + kinds.picture_of_site(texts, rng)
    lines = _headline(head, style, rng, picture=True)
    return lines + _photo(texts, rng, tagged=lines[-1][1].endswith(kinds.TAGS))


def mend(rows: list[Row]) -> list[Row]:
    """Put broken paragraphs together again, so that they can be cut elsewhere; what stood inside goes after them."""
    out: list[Row] = []
    inside: list[Row] = []
    for role, text in rows:
        if role in "ME" and any(r == "P" for r, _ in out):
            at = max(i for i, row in enumerate(out) if row[0] == "P")
            out[at] = ("P", out[at][1] + text)
            if role == "E":
                out += inside
                inside = []
        elif role in "csn":
            inside.append((role.upper(), text))
        elif role == "u":
            continue
        else:
            out.append(("P" if role == "O" else role, text))
    return out + inside


def _headline(head: list[str], style: Style, rng: random.Random, *, picture: bool = False) -> list[Row]:
    parts = [part for text in head for part in re.split(r"[ 　]+", text) if part]
    if style.headline == "joined":
        lines = [" ".join(parts)]
    elif style.headline == "glued":
        lines = ["".join(parts)]
    else:
        lines = []
        for part in parts:  # a line wrap inside a headline keeps its space, a new part gets a line
            if lines and len(lines[-1]) < 9 and len(part) < 12 and rng.random() < 0.5:
                lines[-1] += " " + part
            else:
                lines.append(part)
    if picture and rng.random() < 0.5:
        lines[-1] += rng.choice(kinds.TAGS)
    elif rng.random() < 0.05:
        lines[-1] += rng.choice(("（今日谈）", "（新闻观察）", "(图片故事)", "（快评）", "（百姓关注）", "(民生视线)"))
    return [("H" if i == 0 else "h", line) for i, line in enumerate(lines)]


def _photo(texts: list[str], rng: random.Random, *, tagged: bool) -> list[Row]:
    """Turn a short item into a picture with captions."""
    if tagged:  # （图片） above one paragraph: what is below counts as text
        return [("P", text) for text in texts]
    texts = [re.sub(r"[（(][^（()）]*(?:记者|电|通讯员)[^（()）]*[）)]$", "", text) for text in texts]
    photographer = furniture.person(rng, spaced=True)
    credit = rng.choice(
        (
            f"{photographer}摄",
            f"{photographer}摄(影像图库)",
            f"本报记者 {photographer}摄",
            f"（{photographer}摄）",
            f"{photographer} 文/图",
            "新华社发",
        )
    )
    if rng.random() < 0.4:
        texts[-1] = rng.choice(("图为", "图为日前，")) + texts[-1] if rng.random() < 0.6 else texts[-1]
    if not tagged and rng.random() < 0.15:
        numbered = [f"{number}、{text}" for number, text in enumerate(texts, 1)]
        return [("C", "图片："), *(("C", text) for text in numbered[:-1]), ("C", f"{numbered[-1]}（本报记者{credit}）")]
    if rng.random() < 0.5:
        texts[-1] += rng.choice(("", " ")) + credit
        return [("C", text) for text in texts]
    return [("C", text) for text in [*texts, credit]]


def with_subheads(rows: list[Row], rng: random.Random) -> list[Row]:
    """Set two to five subheads of one style into an article, each made of words of the paragraphs below it."""
    places = [i for i, row in enumerate(rows) if row[0] == "P"][1:]
    chosen = sorted(rng.sample(places, min(len(places), rng.randint(2, 5))))
    kind = rng.choice(_SUBHEADS)
    size = rng.randint(6, 14)
    out: list[Row] = []
    for i, (role, text) in enumerate(rows):
        if i in chosen:
            below = "".join(text for role, text in rows[i : i + 3] if role == "P")
            if kind == "voices":  # one speaker after the other, each headed by what he or she says
                speaker = kinds.speaker(rng)
                out += [("S", f"{speaker}：{said}") for said in _subhead(below, "plain", size + 6, 0, rng)]
                text = (
                    speaker + rng.choice(("说，", "表示，", "认为，", "在接受采访时说，")) if rng.random() < 0.8 else ""
                ) + text
            else:
                out += [("S", line) for line in _subhead(below, kind, size, chosen.index(i), rng)]
        out.append((role, text))
    return out


def _subhead(below: str, kind: str, size: int, number: int, rng: random.Random) -> list[str]:
    if kind == "story":  # of a round-up: what happened, in the words with which its story begins
        size += 8
    clauses = [clause for clause in (_phrase(part, size) for part in _CLAUSE.findall(below)) if clause]
    if kind == "story" and clauses:
        return [" ".join(clauses[: rng.choice((1, 1, 2))])]
    clauses = rng.sample(clauses, min(len(clauses), 3)) or ["新的起点"]
    text = clauses[0]
    if kind == "comma":
        return [text + "，" + clauses[-1]]
    if kind == "lines":  # two lines of about the same length
        return clauses[:2]
    if kind == "long":
        return ["，".join(clauses[: 2 if size < 10 else 3])]
    if kind == "number":
        return ["一二三四五六七"[number] + "、" + text]
    if kind == "mark":
        return [rng.choice("■●◆") + text] if number == 0 else ["■" + text]
    if kind == "bracket":
        return [f"【{text[:6]}】"]
    if kind == "colon":
        return [text[:5] + "：" + clauses[-1]]
    if kind == "name":
        return [furniture.person(rng) + "：" + text]
    if kind == "pair":
        return [text[: rng.randint(4, 8)] + "——", clauses[-1] + "，" + clauses[0]]
    return [text]


def _phrase(clause: str, size: int) -> str:
    """Return a clause, or as much of its beginning as makes a phrase of at most so many characters."""
    for end in range(min(len(clause), size), 3, -1):
        whole = end == len(clause)
        if whole or (edges()[1].get(clause[end - 1], "0") >= "3" and not junction(clause[end - 1 : end + 1])):
            return clause[:end]
    return ""


def _broken(rows: list[Row], style: Style, rng: random.Random) -> list[Row]:
    """Cut some paragraphs as column breaks do."""
    out: list[Row] = []
    for role, text in rows:
        if role != "P" or len(text) < 50 or rng.random() >= style.breaks:
            out.append((role, text))
            continue
        cuts = [
            k
            for k in range(18, len(text) - 6)
            if text[k - 1] not in "。！？，；：、,;:!?” " and text[k] not in "，。、；：？！”）》,;:?!) "
        ]
        if not cuts:
            out.append((role, text))
            continue
        places = sorted(rng.sample(cuts, 2 if len(cuts) > 200 and rng.random() < 0.2 else 1))
        pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
        out += [("O", pieces[0]), *[("M", piece) for piece in pieces[1:-1]], ("E", pieces[-1])]
    return out


def _with_advertisement(rows: list[Row], rng: random.Random) -> list[Row]:
    """Set an advertisement into a broken paragraph."""
    inside = [i for i in range(1, len(rows)) if rows[i][0] in "ME" and rows[i - 1][0] in "OM"]
    if not inside:
        return rows
    place = rng.choice(inside)
    make = rng.choice((furniture.advertisement, furniture.public_service))
    return rows[:place] + [("u", text) for _, text in make(rng)] + rows[place:]


def _with_captions(rows: list[Row], style: Style, rng: random.Random) -> list[Row]:
    """Set a caption between paragraphs, or into a broken one."""
    paragraphs = [text for role, text in rows if role in "POE" and len(text) > 20]
    if not paragraphs or rng.random() >= style.captions:
        return rows
    sentences = [s for s in re.split(r"(?<=。)", rng.choice(paragraphs)) if 8 <= len(s) <= 70]
    body = rng.choice(sentences or ["市民在现场参观。"])
    if sentences and rng.random() < 0.65:  # most captions say what the text does not
        rows = [(role, text.replace(body, "", 1) if text != body else text) for role, text in rows]
        rows = [(role, text) for role, text in rows if text]
    body = body.strip("“”")
    name = furniture.person(rng, spaced=rng.random() < 0.4)
    credit = rng.choice(
        (
            f" 本报记者 {name} 摄",
            f" {name} 摄",
            f"{name}摄",
            f"（{name}摄）",
            f" 通讯员 {name} 摄",
            "（资料图片）",
            f"（本报记者 {name}摄）",
            "",
            "",
            "",
            "",
        )
    )
    body = rng.choice(("图为", "▲", "◀", "", "", "", "", "", "上图：", "图为日前，")) + body
    lines = [body, credit.strip()] if credit and rng.random() < 0.15 else [body + credit]
    place = rng.randint(1, len(rows))
    inside = [i for i in range(1, len(rows)) if rows[i][0] in "ME"]
    if inside and rng.random() < 0.8:
        place = rng.choice(inside)
    role = "c" if place < len(rows) and rows[place][0] in "ME" else "C"
    return rows[:place] + [(role, line) for line in lines] + rows[place:]
