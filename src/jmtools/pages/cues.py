"""The table of cues: what a line of a newspaper page looks like, with the role it speaks for and a printed example.

The table is `data/cues.tsv`. A cue only says that a line looks like something; how much that counts, and for which
role, is learned (see `docs/split.md`) and stands in `data/split_model.json`. Patterns look at the first or last 48
characters of a line, or at the whole of a short one, so that none of them can cost more than a constant.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from jmtools.installed import data_path

_TABLE = data_path("cues.tsv")
_REACH = 48
_SHORT = 64
_WORDS = {
    "{paper}": (
        "[一-龥]{0,8}(?:日报|晚报|早报|晨报|商报|时报|都市报|导报|快报|青年报|新报|周刊|周报|电视台|客户端|融媒)"
    ),
    "{agency}": "(?:新华社|中新社|中新网|新华网|央视网|人民网|路透社|法新社|美联社)",
    "{jump}": "(?:今日|本报)?第? ?[A-Za-z]{0,2}(?:[0-9０-９一二三四五六七八九十]{1,3}|头(?=版))",
    "{cn}": "[一二三四五六七八九十百]",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table.

    Attributes:
        name: Name of the feature.
        where: `head` and `tail` search in the first or last characters, `whole` must fit all of a short line.
        pattern: A regular expression.
        role: The role for which it mostly speaks, in words.
        example: A line that it must find.
    """

    name: str
    where: str
    pattern: str
    role: str
    example: str


def read_cues(path: Path = _TABLE) -> tuple[Cue, ...]:
    """Read a table of cues: five columns, `#` before a comment."""
    cues = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, where, pattern, role, example = row.split("\t")
            for word, stands_for in _WORDS.items():
                pattern = pattern.replace(word, stands_for)
            cues.append(Cue(name, where, pattern, role, example))
    return tuple(cues)


CUES = read_cues()

_COMPILED = tuple((cue.name, cue.where, re.compile(cue.pattern, re.DOTALL)) for cue in CUES)
_HEADS = tuple((name, pattern.search) for name, where, pattern in _COMPILED if where == "head")
_TAILS = tuple((name, pattern.search) for name, where, pattern in _COMPILED if where == "tail")
_WHOLES = tuple((name, pattern.fullmatch) for name, where, pattern in _COMPILED if where == "whole")


_TRADITIONAL = str.maketrans(
    "記員攝圖為據報訊電實習產華聯發導責編輯對廣聲遺號轉續從線話繫讀長壇論評與標題閱點鏈接說稱強調認紹問觀專獨關於無網時聞國際開欄綜東詢賣優傳",
    "记员摄图为据报讯电实习产华联发导责编辑对广声遗号转续从线话系读长坛论评与标题阅点链接说称强调认绍问观专独关于无网时闻国际开栏综东询卖优传",
)


def simplify(text: str) -> str:
    """Return a text with the Traditional characters of cues and credits in their Simplified form, one for one.

    >>> simplify("本報記者 區念祖")
    '本报记者 區念祖'
    """
    return text.translate(_TRADITIONAL)


def find_cues(text: str) -> list[str]:
    """Return the names of the cues that a line shows, in Simplified or Traditional characters.

    >>> find_cues("（上接第一版）")
    ['column_tag', 'jump_in', 'paren_line']
    """
    head = simplify(text[:_REACH])
    found = [name for name, search in _HEADS if search(head)]
    tail = simplify(text[-_REACH:])
    found += [name for name, search in _TAILS if search(tail)]
    if len(text) <= _SHORT:
        text = simplify(text)
        found += [name for name, match in _WHOLES if match(text)]
    return found
