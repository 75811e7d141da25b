"""Papers that print one mark before every headline, such as ◎ in the 1920s: its lines start articles."""

from collections.abc import Sequence

from jmtools.pages.credits import byline_authors
from jmtools.pages.roles import ROLES, STARTS

_MARKS = frozenset("◎●○▲△■□◆◇★☆※❖◉▼▽►▶➤◈⊙〇")
_LONGEST = 30  # characters of a headline
_FEWEST = 3  # lines
_MOSTLY = 0.7  # of the lines with a mark
_HEADING_MARKS = "◎●◉○"
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
        return _without_stops(texts, head)
    found = [i for i in range(head, len(texts) - 1) if texts[i][0] == mark and _may_be_headline(texts[i])]
    if len(found) < _FEWEST or found[0] != head or any(texts[i + 1][0] == mark for i in found):
        return _without_stops(texts, head)
    texts_below = [i + 1 for i in found if len(texts[i + 1]) > _LONGEST_BELOW]
    return dict.fromkeys(found, _HEADLINE) | dict.fromkeys(texts_below, _NO_HEADLINE)


def _without_stops(texts: Sequence[str], head: int) -> dict[int, frozenset[str]]:
    """Return the roles of lines with such a mark on a page without full stops, wherever the first of them stands.

    Below another one such a line may go on with the headline: ◉蘇州 ●財政廳整頓牙稅.

    >>> text = "江口某女校學生年十八歲幼由父母許字米商之子今冬擬行完娶陳女堅不肯從自投學校"
    >>> page = ["◉江口", "●女學生拒婚", text, "●典當被盜", text, "●米價", text]
    >>> {i: "".join(sorted(roles)) for i, roles in sorted(roles_by_marks(page).items()) if i % 2}
    {1: 'ADFHJT', 3: 'ADFHJT', 5: 'ADFHJT'}
    """
    long = [text for text in texts[head:] if len(text) > _LONGEST]
    if not long or sum("。" not in text for text in long) * 2 <= len(long):
        return {}
    found: dict[int, frozenset[str]] = {}
    for mark in _HEADING_MARKS:
        marked = [i for i in range(head, len(texts) - 1) if texts[i][0] == mark]
        heads = [i for i in marked if _is_short(texts[i]) and texts[i + 1][0] != mark]
        if len(heads) >= _FEWEST and len(heads) >= _MOSTLY * len(marked):
            found |= dict.fromkeys(heads, STARTS)
            found |= {i + 1: _NO_HEADLINE for i in heads if len(texts[i + 1]) > _LONGEST}
    return {i: roles | {"h"} if roles is STARTS and found.get(i - 1) is STARTS else roles for i, roles in found.items()}


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and text[-1] not in _ENDS


def _may_be_headline(text: str) -> bool:
    return _is_short(text) and byline_authors(text[1:]) is None
