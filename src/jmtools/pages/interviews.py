"""Short lines between texts that begin an item, or none: above questions and answers, quotations, whole sentences."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.credits import byline_authors, plain, sure_authors
from jmtools.pages.datelines import read_dateline
from jmtools.pages.page_head import furniture_at_head
from jmtools.pages.roles import INNER, STARTS
from jmtools.pages.shapes import complete, short_and_open
from jmtools.pages.signed_lines import roles_by_signatures

_FURTHER, _SUBHEAD = frozenset("h"), frozenset("S")
_ASKED = compile_pattern(r"(?:[问問]|(?:读者|网友|观众|听众|市民)[^，。：:]{0,10})[：:﹕︰]").match
_SHORT = 30  # characters
_TEXT, _ABOVE = 20, 10
_FEWEST = 2
_SENTENCE, _SAID, _CALL = 40, 12, 20  # characters
_COLUMN = 8
_GOES_ON = LazyPattern(
    r"(?:至于|另一方面|此外|另外|不过|然而|但是|但(?!丁|愿)|可是|而且|而(?!立|今)|也(?!门|许)|与此同时|同时|对此|因此|不仅如此|除此之外|据了解|据介绍|如今|一是|面对|这是"
    r"|[他她](?!们?[是叫姓，]|山|乡))"
)
_APART = LazyPattern(r"^[（(【《<▶◀]|[上紧]接|[下紧]转|图片|[0-9]版")  # jumps, pictures
_OPENS = LazyPattern(r"当地时间|编者按|编者的话|开栏的话")
_WHEN = LazyPattern(r"近日|日前|最近|昨[天日]|今[天日]|[0-9]日")
_CREDIT = 8  # characters at the end of a caption
_LEAD = 16  # characters in which a report says when
_QUOTED = LazyPattern(r"“[^“”]{2,26}”")


def roles_by_answers(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of short lines, by index, above questions (问：) and of quotations between texts.

    Where each question of a page has a line above it, that line is the headline. Quotations are subheads if there are
    two of them: of 145 on labelled pages 132 began no item, and of the others most stood alone or above a dateline.

    Neither does a short sentence with its full stop, without a dateline, below another: of 3,212 one did.

    >>> page = ["瓜怎么选？", "问：瓜怎么选？", "答：听声音。", "米怎么存？", "问：米怎么存？", "答：放花椒。"]
    >>> [i for i, roles in sorted(roles_by_answers(page).items()) if roles == STARTS]
    [0, 3]
    >>> sorted(roles_by_answers(["瓜", "问：瓜？", "答：好。", "问：米？", "答：也好。"]))
    []
    """
    return _headings(texts) | _quotations(texts) | _continued(texts) | _sentences(texts) | _calls(texts)


def roles_by_quotations(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the roles of quotations between texts, by index: subheads, but for databases that keep these as text.

    Of 123 on labelled pages without digits of full width 120 were subheads.
    """
    return dict.fromkeys(_quotations(texts), _SUBHEAD)


def _headings(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    asked = [i for i, text in enumerate(texts) if _ASKED(text)]
    if len(asked) < _FEWEST or not all(i and _is_heading(texts, i - 1) for i in asked):
        return {}
    return {i - 1: STARTS for i in asked}


def _is_heading(texts: Sequence[str], i: int) -> bool:
    text = texts[i]
    if len(text) > _SHORT or text[0] in "“「答問问" or (i and not _ends(texts[i - 1])):
        return False
    return not complete(text) or text[-1] in "？?﹖"


def _ends(text: str) -> bool:
    """Say whether a text ends there; the name of who asked may stand behind its last sentence."""
    return complete(text) or len(text) > _SHORT


def _quotations(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    found = [
        i
        for i in range(1, len(texts) - 1)
        if texts[i][0] in "“「"
        and texts[i][-1] in "”」"
        and not complete(texts[i])
        and _QUOTED.fullmatch(plain(texts[i]))
        and len(texts[i - 1]) > _ABOVE
        and complete(texts[i - 1])
        and len(texts[i + 1]) > _TEXT
        and read_dateline(texts[i + 1]) is None
        and not _WHEN.search(texts[i + 1], 0, _LEAD)  # a report
    ]
    return dict.fromkeys(found, INNER) if len(found) >= _FEWEST else {}


def _continued(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the short lines above a text that goes on with what was said above (至于, 另一方面), or opens a report.

    Of 68 lines of the first kind on labelled pages none began an item but above the caption of a picture, of 33 of the
    second (当地时间, 编者按) 32 did.
    """
    return {
        i: INNER if _GOES_ON.match(texts[i + 1]) else STARTS
        for i in range(1, len(texts) - 1)
        if len(texts[i]) <= _SHORT
        and (_GOES_ON.match(texts[i + 1]) or _OPENS.match(texts[i + 1]))
        and not _APART.search(texts[i])
        and byline_authors(texts[i]) is None
        and "摄" not in texts[i + 1][-_CREDIT:]
        and len(texts[i + 1]) > _TEXT
        and not complete(texts[i])
        and len(texts[i - 1]) > _SAID
        and complete(texts[i - 1])
        and not (len(texts[i].split()) > 1 and roles_by_signatures(texts[i - 1 : i + 1]))
    }


def _sentences(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    return {
        i: INNER
        for i in range(1, len(texts))
        if texts[i][-1] == "。"
        and len(texts[i]) <= _SENTENCE
        and len(texts[i - 1]) > _SAID
        and complete(texts[i - 1])
        and read_dateline(texts[i]) is None
    }


def _calls(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the first lines of headlines that are a call or a question and stand below no text (暴雨橙色预警！)."""
    found = [i for i in range(len(texts) - 2) if len(texts[i]) <= _CALL and _is_call(texts, i)]
    return dict.fromkeys(found, STARTS) | {i + 1: _FURTHER for i in found}


def _is_call(texts: Sequence[str], i: int) -> bool:
    """Say whether a line is a call, or on top of a page a saying, above the further line of a headline."""
    text, title, below = texts[i : i + 3]
    if text[-1] not in "！？”" or not complete(text):
        return False
    if i and (text[-1] == "”" or complete(texts[i - 1]) or texts[i - 1][-1] in "：，、—"):
        return False
    if i > 1 and len(texts[i - 1]) <= _COLUMN and complete(texts[i - 2]):
        return False  # the name of a column stands above
    if not short_and_open(title, _SHORT) or title[-1] in "：:" or byline_authors(title) or sure_authors(title):
        return False
    whole = len(below) > _SHORT and complete(below)
    return (whole or (not i and byline_authors(below) is not None)) and not _goes_on(texts, i)


def _goes_on(texts: Sequence[str], i: int) -> bool:
    """Say whether the line above may be the first of the same headline: it is short, and no furniture of the page."""
    above = texts[i - 1]
    return i > 0 and short_and_open(above, _SHORT) and above[-1] not in "）)" and i != furniture_at_head(texts)
