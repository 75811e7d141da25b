"""Labelled pages for `train_split.py`: gold articles laid over the lines of their page, one role a line.

A page of our own writing is one file, `NAME.roles`: the page's lines, each with its role and a space before it.
"""

import json
import random
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jmtools.io.encodings import decode_text
from jmtools.pages.cues import find_cues
from jmtools.pages.jumps import cut_jump_out
from jmtools.pages.lines import Line, page_lines
from jmtools.pages.roles import ROLES
from jmtools.pages.shapes import complete

Item = dict[str, Any]
_STARTS = {"psa": "A", "ad": "A", "folio": "F", "table": "D", "weather": "D", "index": "D"}
_FURTHER = {"psa": "a", "ad": "a", "folio": "f", "table": "d", "weather": "d", "index": "d"}


_SHORTEST, _LONGEST = 24, 260  # characters of paragraphs that are joined, and of what they make
_JOINED = 0.9  # share of them
_LISTED = "（(【1234567890一二三四五六七八九十①②③●■"


@dataclass(slots=True)
class LabelledPage:
    """A page with one role for each of its non-blank lines.

    Attributes:
        name: Folder and name.
        lines: The lines.
        roles: Their roles.
        problems: What of the gold articles is not on the page.
        own: Whether it was written for this project as one `.roles` file.
        composed: Whether it was composed of the items of others.
    """

    name: str
    lines: list[Line]
    roles: list[str]
    problems: list[str] = field(default_factory=list)
    own: bool = False
    composed: bool = False

    @property
    def folder(self) -> str:
        """Return the name of the page's folder."""
        return self.name.rpartition("/")[0]


def squeeze(text: str) -> str:
    """Return a text without its white space."""
    return re.sub(r"\s+", "", text)


def load_pages(folder: Path) -> list[LabelledPage]:
    """Read every `NAME.roles`, and `NAME.txt` with its `NAME.gold.jsonl` or `NAME.expected.jsonl`, in a folder."""
    pages = [own_page(f"{folder.name}/{file.stem}", file.read_text("utf-8")) for file in sorted(folder.glob("*.roles"))]
    for kind in (".gold.jsonl", ".expected.jsonl"):
        for gold_file in sorted(folder.glob(f"*{kind}")):
            name = gold_file.name.removesuffix(kind)
            text = decode_text(gold_file.with_name(name + ".txt").read_bytes())
            items = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
            for item in items:
                item.setdefault("paragraphs", [part for part in item.get("text", "").split("\n") if part])
            pages.append(label_page(f"{folder.name}/{name}", text, items))
    return pages


def own_page(name: str, text: str) -> LabelledPage:
    """Read a page of our own writing.

    >>> page = own_page("print/1", "H 桥通车\\n\\nP 大桥昨天通车。\\n")
    >>> page.roles, [(line.text, line.gap) for line in page.lines]
    (['H', 'P'], [('桥通车', 0), ('大桥昨天通车。', 1)])
    """
    rows = text.split("\n")
    roles = [row[0] for row in rows if row]
    lines = page_lines("\n".join(row[2:] for row in rows))
    if len(lines) != len(roles) or not set(roles) <= set(ROLES):
        raise ValueError(f"{name}: a line without a role, or a role without a line")
    return LabelledPage(name, lines, roles, own=True)


def lengthen(page: LabelledPage) -> LabelledPage:
    """Join paragraphs of a page, so that they are as long as those of a real one."""
    rng = random.Random(page.name)
    longer = LabelledPage(page.name, [], [])
    for line, role in zip(page.lines, page.roles, strict=True):
        above = longer.lines[-1] if role == "P" and longer.roles and longer.roles[-1] == "P" else None
        if above is not None and _join(above.text, line.text) and rng.random() < _JOINED:
            longer.lines[-1] = replace(above, text=above.text + line.text)
        else:
            longer.lines.append(line)
            longer.roles.append(role)
    return longer


def _join(one: str, other: str) -> bool:
    """Say whether two paragraphs could be one."""
    long = min(len(one), len(other)) > _SHORTEST and len(one) + len(other) < _LONGEST
    return long and complete(one) and complete(other) and other[0] not in _LISTED


def label_page(name: str, text: str, items: list[Item]) -> LabelledPage:
    """Lay gold articles over a page."""
    lines = page_lines(text)
    page = LabelledPage(name, lines, [])
    owners = _owners(lines, items)
    head = owners.index(0) if 0 in owners else len(owners)
    roles = ["F"] + ["f"] * (head - 1) if head else []
    found: dict[int, str] = {}
    for number, item in enumerate(items):
        mine = [i for i in range(head, len(lines)) if owners[i] == number]
        found.update(zip(mine, _ItemLabels(item, page).label([lines[i] for i in mine]), strict=True))
    for i in range(head, len(lines)):
        inside = owners[i] != owners[i - 1] and owners[i] in owners[:i] if i else False
        if inside:  # what stood before it is inside a broken paragraph
            for j in range(len(owners[:i]) - owners[:i][::-1].index(owners[i]), i):
                found[j] = "u"
    page.roles = roles + [found[i] for i in range(head, len(lines))]
    return page


def _owners(lines: list[Line], items: list[Item]) -> list[int]:
    """Return for every line the number of the item to which it belongs, -1 before the first."""
    owners = []
    for line in lines:
        last = max((n for n, item in enumerate(items) if item["line_start"] <= line.first), default=-1)
        runs = [n for n, item in enumerate(items) for a, b in item.get("lines", ()) if a <= line.first <= b]
        owners.append(runs[0] if runs else last)
    return owners


def same_start(paragraph: str, text: str) -> bool:
    """Say whether a paragraph begins with a text, single misread characters aside."""
    if len(text) > len(paragraph):
        return False
    different = sum(a != b for a, b in zip(paragraph, text, strict=False))
    return different <= len(text) // 20


class _ItemLabels:
    """The roles of the lines of one gold article, read in order."""

    def __init__(self, item: Item, page: LabelledPage) -> None:
        self.item, self.page = item, page
        self.headline = squeeze(item["headline"] or "")
        self.subheads = [squeeze(subhead) for subhead in item["subheads"]]
        self.captions = [squeeze(caption) for caption in item["captions"]]
        self.rest = [squeeze(paragraph) for paragraph in item["paragraphs"]]
        self.open = ""  # what is left of a broken paragraph

    def label(self, lines: list[Line]) -> list[str]:
        kind = self.item["type"]
        if kind in _FURTHER:
            return [_STARTS[kind]] + [_FURTHER[kind]] * (len(lines) - 1)
        roles: list[str] = []
        for line in lines:
            kept = squeeze(line.text)
            whole = self.open == kept or (bool(self.rest) and self.rest[0] == kept)
            body = line.text if whole else cut_jump_out(line.text)[0]
            roles.append(self._role(squeeze(body), line.text, roles))
        if self.open or self.rest or self.headline:
            self.page.problems.append(
                f"{self.page.name}: left over {self.open[:20]!r} {self.rest[:1]} {self.headline!r}"
            )
        return roles

    def _role(self, text: str, printed: str, before: list[str]) -> str:
        if self.headline.startswith(text):
            self.headline = self.headline[len(text) :]
            return ("T" if self.item["type"] in ("notice", "obituary") else "H") if not before else "h"
        if self.open:
            return self._inside(text)
        if self.rest and self.rest[0] == text:
            self.rest.pop(0)
            return "P"
        if text in self.captions:
            return "C"
        if text in self.subheads:
            return "S"
        if self.rest and same_start(self.rest[0], text):
            paragraph = self.rest.pop(0)
            self.open = paragraph[len(text) :]
            return "O" if self.open else "P"
        if any(text in subhead for subhead in self.subheads):
            return "S"
        if any(text in caption for caption in self.captions):
            return "C"
        return self._outside(text, find_cues(printed), before)

    def _outside(self, text: str, cues: list[str], before: list[str]) -> str:
        """Return the role of a line that no field of the gold article holds."""
        if "jump_in" in cues:
            return "j" if before else "J"
        if "jump_out" in cues:
            return "X"
        if "editors" in cues or "editors_in" in cues:
            return "f" if before and before[-1] in "Ff" else "F"
        if any(role in "PEC" for role in before) or (text[0] in "（(" and before and before[-1] not in "Hh"):
            return "N"
        return "B"

    def _inside(self, text: str) -> str:
        if len(self.open) == len(text) and same_start(self.open, text):
            self.open = ""
            return "E"
        if same_start(self.open, text):
            self.open = self.open[len(text) :]
            return "M"
        if any(text in caption for caption in self.captions):
            return "c"
        return "s" if text in self.subheads else "n"
