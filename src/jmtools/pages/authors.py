"""Authors, place and origin of an article: its credits, put together from bylines, notes and paragraphs."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import byline_authors, plain, sure_authors
from jmtools.pages.datelines import read_dateline
from jmtools.pages.inline_credits import head_authors, is_author_note, is_photo_credit, tail_authors

_REACH = 40  # characters at the end of a text within which its source stands
_WIRE = LazyPattern(r"[（(](?:据|来源[：:]\s*|综合)?(?:新华社|中新社|中央社)")
_REPRINT = LazyPattern(
    r"据《|摘自|原载|转载|(?:稿件|资料)?来源[：:]|据[一-龥]{2,8}(?:日报|晚报|早报|晨报|时报|商报|都市报|网)"
)
_EDITED = LazyPattern(r"[【（(\[]?(?:本[版期]|责任|值班|执行)?编辑[：:／/].*")  # edited a page, wrote nothing
_SPOKEN = LazyPattern(r"[一-龥·]{2,5}口述[\s　、，,/／]*")  # whoever told it did not write it
_ASKED = LazyPattern(r"[问問][：:﹕︰]")  # who asked did not write the answer
_OWN = LazyPattern(r"本报|本刊")
_MARKS = "■□◎●◆▲ 　"  # before a byline
_STAFF = ("记者", "实习生")


@dataclass(slots=True)
class Credits:
    """What the credits of one article say."""

    authors: list[dict[str, str]] = field(default_factory=list)
    dateline: dict[str, str | None] | None = None
    origin: str | None = None

    def add(self, found: Sequence[tuple[str, str]]) -> None:
        """Add (name, role) pairs, each name once unless it has two roles; photographers are no authors."""
        for name, role in found:
            author = {"name": name, "role": role}
            plain_author = {"name": name, "role": "作者"}
            again = role == "作者" and any(name == one["name"] for one in self.authors)
            if plain_author in self.authors and role not in ("作者", "摄"):
                self.authors[self.authors.index(plain_author)] = author
            elif author not in self.authors and role != "摄" and not again:
                self.authors.append(author)


def read_credits(bylines: Sequence[str], marks: Sequence[str], paragraphs: Sequence[str]) -> Credits:
    """Return what the lines of an article say of its authors and its origin.

    A dateline may stand below an editor's note, and a second one further down.

    >>> read_credits([], [], ["编者按：春耕将到。", "本报山城3月2日电 （记者李小明）种子备齐。"]).authors
    [{'name': '李小明', 'role': '记者'}]
    >>> read_credits(["作者：李小明"], [], ["本报讯（记者李小明）种子备齐。"]).authors
    [{'name': '李小明', 'role': '记者'}]
    >>> read_credits(["【编辑：李小明】"], [], ["种子备齐。"]).authors
    []
    >>> read_credits(["永晴"], [], ["种子备齐。"]).authors
    [{'name': '永晴', 'role': '作者'}]
    >>> read_credits([], [], ["问：种子何时备齐？（李小明）", "答：三月。"]).authors
    []
    >>> read_credits([], [], ["种子备齐。（来源：山城日报）"]).origin
    'reprint'
    """
    read = Credits()
    for line in bylines:
        if not is_photo_credit(line) and not is_author_note(line) and not _EDITED.fullmatch(plain(line)):
            line = _SPOKEN.sub("", line)
            read.add(byline_authors(line) or sure_authors(line) or tail_authors(line))
    for i, text in enumerate((*bylines, *paragraphs), -len(bylines)):
        dateline = read_dateline(text.lstrip(_MARKS))
        if i == 0 or (dateline and i > 0):
            read.add(head_authors(text))
        if dateline and read.dateline is None:
            read.dateline = {"place": dateline.place, "date": dateline.date, "agency": dateline.agency}
    for paragraph in dict.fromkeys((*paragraphs[:1], *paragraphs[-1:])):
        if not _ASKED.match(paragraph):
            read.add(tail_authors(paragraph))
    for line in itertools.filterfalse(is_author_note, marks):
        read.add(tail_authors(line))
    read.origin = _origin(read, bylines, marks, paragraphs)
    return read


def _origin(read: Credits, bylines: Sequence[str], marks: Sequence[str], paragraphs: Sequence[str]) -> str | None:
    agency = plain((read.dateline or {}).get("agency") or "")
    words = plain(" ".join([*bylines, *marks, *(paragraph[-_REACH:] for paragraph in paragraphs[-1:])]))
    if agency.endswith(("社", "网")) or _WIRE.search(words):
        return "wire"
    if _REPRINT.search(words):
        return "reprint"
    if agency or _OWN.search(words) or any(author["role"] in _STAFF for author in read.authors):
        return "own"
    return None
