"""Real items as published, one JSON object each, as pages of lines with roles that are told by their looks.

An item has `head` lines and `body` lines, and may have a `place` line between them: the wire, or who wrote it. Items of
one `date` and `page` whose `order` is a number make a page; others are put together a few at a time.
"""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from split_gold import LabelledPage

from jmtools.pages.credits import byline_authors
from jmtools.pages.lines import Line
from jmtools.pages.shapes import complete

Row = tuple[str, str]
_TOGETHER = 6  # items whose place on a page is not known
_MOST_LINES = 60  # of a body: longer ones are documents
_SHORT, _MOST_SHORT = 30, 0.34  # characters; share of short lines, above which an item is a list or a poem
_SUBHEAD = 36  # characters
_PICTURE = 3  # lines of an item that is nothing but captions
_CREDIT = re.compile(r".{0,24}(?:摄|摄影报道|摄影|供图)\s*(?:[（(][一-龥]{2,8}[）)])?\s*")
_CAPTION = re.compile(r"(?:图为|上图|下图|左图|右图|图[①②③④])")
_WIRE = re.compile(r".*[电電讯訊]")
_WIRED = re.compile(r"日[电電讯訊]")
_NOTE = re.compile(
    r"[（(](?:作者|本报|据|来源|执笔|新华社|记者).{0,60}[）)]|——编\s*者"
    r"|(?:本版)?(?:制图|版式设计|版式|责编|本版责编|数据来源|图片来源|资料来源)[：:].*"
)


def item_pages(file: Path) -> list[LabelledPage]:
    """Read a file of items as pages."""
    pages: dict[str, list[tuple[int, list[Row]]]] = defaultdict(list)
    loose: list[list[Row]] = []
    for item in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        rows = _item_rows(item)
        if rows and isinstance(item["order"], int):
            pages[f"{item['date']}_{item['page']}"].append((item["order"], rows))
        elif rows:
            loose.append(rows)
    found = [
        _page(f"{file.stem}/{name}", [rows for _, rows in sorted(items, key=lambda pair: pair[0])])
        for name, items in sorted(pages.items())
    ]
    return found + [_page(f"{file.stem}/{at}", loose[at : at + _TOGETHER]) for at in range(0, len(loose), _TOGETHER)]


def _page(name: str, items: Sequence[list[Row]]) -> LabelledPage:
    rows = [row for item in items for row in item]
    lines = [Line(text, number, number, 0, 0, 0) for number, (_, text) in enumerate(rows, 1)]
    return LabelledPage(name, lines, [role for role, _ in rows])


def _item_rows(item: dict[str, Any]) -> list[Row]:
    """Return the lines of an item with their roles, or nothing where they cannot be told."""
    head, body = (
        [text for line in item[part] if (text := line.replace("\xa0", " ").strip())] for part in ("head", "body")
    )
    if not head or not body or len(body) > _MOST_LINES:
        return []
    short = sum(1 for line in body if len(line) <= _SHORT and not complete(line))
    if short > _MOST_SHORT * len(body) + 2:
        return []
    rows = [("H" if i == 0 else "h", line) for i, line in enumerate(head)]
    place = (item.get("place") or "").strip()
    if place and _WIRE.fullmatch(place):
        body[0] = f"〔{place}〕{body[0]}"
    elif place:
        rows.append(("B", place))
    picture = len(body) <= _PICTURE and any(_CREDIT.fullmatch(line) for line in body)
    return rows + [("C" if picture else _role(line, i), line) for i, line in enumerate(body)]


def _role(line: str, place: int) -> str:
    """Return the role of a line of the body."""
    if _CAPTION.match(line) or (len(line) <= _SHORT and _CREDIT.fullmatch(line)):
        return "C"
    authors = byline_authors(line) if len(line) <= 40 else None
    if authors is not None and (place == 0 or any(role != "作者" for _, role in authors)):
        return "B"
    if _NOTE.fullmatch(line):
        return "P" if _WIRED.search(line) else "N"  # a wire's own line is kept in the text
    return "S" if len(line) <= _SUBHEAD and not complete(line) and line[-1] not in "：:，," else "P"
