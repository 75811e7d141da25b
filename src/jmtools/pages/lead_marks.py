"""Papers that print one mark before every headline, such as ◎ in the 1920s: its lines start articles."""

from collections.abc import Sequence

from jmtools.pages.credits import byline_authors
from jmtools.pages.roles import ROLES, STARTS

_MARKS = frozenset("◎●○▲△■□◆◇★☆※❖◉▼▽►▶➤◈⊙〇")
_LONGEST = 30  # characters of a headline
_FEWEST = 3  # lines
_ENDS = frozenset("。！？；，.;,")
_LONGEST_BELOW = 22  # characters of a second line of a headline
_HEADLINE = frozenset("H")
_NO_HEADLINE = frozenset(ROLES) - STARTS - frozenset("h")


def roles_by_marks(texts: Sequence[str], head: int = 0) -> dict[int, frozenset[str]]:
    """Return the only roles that lines, by index, may have on a page whose first headline has such a mark.

    A page whose first headline has none uses marks for bylines, lists or subheads.

    Args:
        texts: Lines of a page.
        head: Lines of furniture at its head.

    >>> page = ["◎商會開會", "商會昨開會議。", "◎東門火警", "昨晚東門火警。", "◎輪船觸礁", "順安輪昨觸礁。"]
    >>> [sorted(roles_by_marks(lines)) for lines in (page, ["今年的春茶", *page])]
    [[0, 2, 4], []]
    """
    mark = texts[head][0] if head < len(texts) else ""
    if mark not in _MARKS:
        return {}
    found = [i for i in range(head, len(texts) - 1) if texts[i][0] == mark and _may_be_headline(texts[i])]
    if len(found) < _FEWEST or found[0] != head or any(texts[i + 1][0] == mark for i in found):
        return {}
    texts_below = [i + 1 for i in found if len(texts[i + 1]) > _LONGEST_BELOW]
    return dict.fromkeys(found, _HEADLINE) | dict.fromkeys(texts_below, _NO_HEADLINE)


def _may_be_headline(text: str) -> bool:
    return len(text) <= _LONGEST and text[-1] not in _ENDS and byline_authors(text[1:]) is None
