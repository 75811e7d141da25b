"""Text as databases export it, where labels name what each line is: 标题：…, 作者：…, 日期：…, 版次：…, 正文：…."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jmtools.fields.dates import read_date
from jmtools.fields.file_names import Folio
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.io.json_types import Fields
from jmtools.pages.folio import read_folio
from jmtools.pages.lines import Line
from jmtools.pages.roles import ROLES, STARTS

_KINDS: dict[str, str] = {
    **dict.fromkeys(["标题", "题名", "篇名", "正标题", "主标题", "题目", "文章标题", "新闻标题"], "title"),
    **dict.fromkeys(["引题", "肩题", "眉题", "引标题"], "kicker"),
    **dict.fromkeys(["副题", "副标题"], "deck"),
    **dict.fromkeys(["作者", "记者", "著者", "责任者"], "author"),
    **dict.fromkeys(["报纸", "报纸名称", "报名", "报刊名称", "刊名", "报刊", "媒体"], "newspaper"),
    **dict.fromkeys(["来源", "出处", "稿源"], "source"),
    **dict.fromkeys(["日期", "出版日期", "发布日期", "发表日期", "见报日期", "时间", "发布时间", "报纸日期"], "date"),
    **dict.fromkeys(["版次", "版面", "版号", "版名", "版页"], "page"),
    **dict.fromkeys(["正文", "内容", "全文", "正文内容", "文章内容"], "text"),
    **dict.fromkeys(["关键词", "摘要", "分类", "栏目", "专栏", "分类号", "字数", "语种", "文件名", "专题"], "note"),
}
_LABEL = LazyPattern(r"(?:【([一-龥]{2,6})】\s*[：:]?|《?<?([一-龥]{2,6})>?》?\s*[：:])\s*(.*)")
_BETWEEN_AUTHORS = LazyPattern(r"\s*[;；,，、]\s*")
_PAPER = LazyPattern(r"[一-龥]{2,12}[报報](?:社|海外版)?")
_HEAD = 10  # characters: more stand in no label
_MAY_BE_TITLE = LazyPattern("(?:[标標][题題]|[题題][名目]|篇名)[^\u4e00-\u9fff]")
_FEWEST = 3  # labels of an article, its title among them
_HEADLINE, _FURTHER, _BYLINE, _PARAGRAPH, _NOTE = (frozenset(role) for role in "HhBPN")
_TEXT = frozenset(ROLES) - STARTS - _FURTHER


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page of articles with labels.

    Attributes:
        lines: What the labels name, without the labels; a line that only says date, page or paper is left out, and
            the first line of an article has the place of its first label.
        roles: The only roles that each line, by index, may have.
        known: What labels say of paper, date and page of an article, by the number of its first raw line.
    """

    lines: list[Line]
    roles: dict[int, frozenset[str]]
    known: dict[int, Folio]


@dataclass(slots=True)
class _Labelled:
    """A line with its label."""

    kind: str
    value: str
    line: Line


def read_labels(lines: Sequence[Line], texts: Sequence[str]) -> LabelledPage | None:
    """Return the articles of a page that labels describe; None for a page of a paper.

    An article begins with three or more lines with labels, one of them the title's.

    Args:
        lines: The lines of the page.
        texts: The same as `reading.read_page` reads them.
    """
    if not any(map(_MAY_BE_TITLE.search, [text[:_HEAD] for text in texts])):
        return None
    labelled = [_label(line, text) for line, text in zip(lines, texts, strict=True)]
    if not any(one is not None and one.kind == "title" for one in labelled):
        return None
    page = LabelledPage([], {}, {})
    found = 0
    i = 0
    while i < len(lines):
        block = _block(labelled, i)
        if len(block) >= _FEWEST and any(one.kind == "title" for one in block):
            _add_article(page, block)
            found += 1
            i += len(block)
            continue
        _add(page, lines[i], _TEXT if found else frozenset(ROLES))
        i += 1
    return page if found else None


def set_known(records: Sequence[Fields], known: Mapping[int, Folio]) -> None:
    """Give records the paper, date and page that labels name."""
    for record in records:
        folio = known.get(record["line_start"])
        if folio is not None:
            for name in ("newspaper", "date", "page", "page_name"):
                record[name] = getattr(folio, name) or record[name]


def _label(line: Line, text: str) -> _Labelled | None:
    match = _LABEL.fullmatch(text)
    kind = _KINDS.get(match[1] or match[2]) if match else None
    if match is None or kind is None:
        return None
    return _Labelled(kind, line.text[match.start(3) :].strip(), line)


def _block(labelled: Sequence[_Labelled | None], first: int) -> list[_Labelled]:
    """Return the labelled lines that follow one another, up to the text or the next title."""
    block: list[_Labelled] = []
    for place in range(first, len(labelled)):
        one = labelled[place]
        if one is None or (one.kind == "title" and any(before.kind == "title" for before in block)):
            break
        block.append(one)
        if one.kind == "text":
            break
    return block


def _add_article(page: LabelledPage, block: Sequence[_Labelled]) -> None:
    """Add the lines of an article, its headline first."""
    by_kind: dict[str, list[_Labelled]] = {}
    for one in block:
        if one.value:
            by_kind.setdefault(one.kind, []).append(one)
    begin = len(page.lines)
    for kind in ("kicker", "title", "deck"):
        for one in by_kind.get(kind, []):
            _add(page, replace(one.line, text=one.value), _FURTHER if len(page.lines) > begin else _HEADLINE)
    for one in by_kind.get("author", []):
        _add(page, replace(one.line, text=_BETWEEN_AUTHORS.sub(" ", one.value)), _BYLINE)
    for one in by_kind.get("note", []):
        _add(page, one.line, _NOTE)
    for one in by_kind.get("source", []):
        if not _PAPER.fullmatch(one.value):
            _add(page, one.line, _NOTE)
    for one in by_kind.get("text", []):
        _add(page, replace(one.line, text=one.value), _PARAGRAPH)
    if len(page.lines) > begin:
        top = block[0].line
        page.lines[begin] = replace(page.lines[begin], first=top.first, start=top.start, gap=1)
        page.known[top.first] = _folio(by_kind)


def _folio(by_kind: Mapping[str, Sequence[_Labelled]]) -> Folio:
    papers = [one.value for one in by_kind.get("newspaper", [])]
    papers += [one.value for one in by_kind.get("source", []) if _PAPER.fullmatch(one.value)]
    date = next((read_date(one.value) for one in by_kind.get("date", [])), None)
    printed = " ".join(one.value for one in by_kind.get("page", []))
    page = read_folio([printed if not printed.isdigit() else f"第{printed}版"])
    return Folio(papers[0] if papers else None, date, page.page, page.page_name)


def _add(page: LabelledPage, line: Line, roles: frozenset[str]) -> None:
    page.roles[len(page.lines)] = roles
    page.lines.append(line)
