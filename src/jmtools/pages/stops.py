"""Full stops that were lost: where OCR left out many, lines of text get one again before features read them."""

from collections.abc import Sequence

from jmtools.pages.continuity import edges, junction
from jmtools.pages.shapes import complete

_SURELY = 48  # characters: a longer line is text, whatever its marks are
_LEAST = 30  # characters: a shorter line may be a headline
_SHORTEST = 6
_LOST = 0.2  # least share of a page's lines of text that end neither a sentence nor go on below; measured: 0.00 to 0.17
_FEWEST = 2  # lines
_REACH = 3  # lines below among which a broken sentence goes on
_SELDOM, _OFTEN = ("0", "1"), ("3", "4")  # that a character begins or ends a clause, by `edges`
_NO_END = frozenset("，、：—,:-（(“‘《；;")
_INNER = frozenset("。，,；;")

# How like a sentence a short line is: of labelled short lines, 45 % of sentences and 4 % of headlines have 2.5, 76 %
# and 23 % have 1.
_TELLING = frozenset(
    "的了是我他她你也就都在这那不很没着过吗呢们把被让会"
)  # characters of sentences, seldom of headlines
_SENTENCE, _SHORT_SENTENCE = 2.5, 1.0  # on pages without, and with, short paragraphs that end in a full stop
_COMMA, _EACH, _AT_MOST, _BEGINS = 1.5, 0.5, 4, 0.5
_USUAL_LENGTH, _PER = 14, 8  # characters


def restore_stops(texts: Sequence[str]) -> list[str]:
    """Return the lines of a page, with full stops where many were lost; other pages as they are.

    A page breaks some sentences at the end of a column and goes on with them further down. Where a fifth of its lines
    of text end without a mark and nothing below goes on with them, marks were lost, or never printed.

    Args:
        texts: Lines, as features read them.

    >>> lost = "全市春耕生产进展顺利，各县已备足种子化肥，农机站检修拖拉机三百台，供电部门架设了线路"
    >>> [text[-2:] for text in restore_stops([lost, lost, "春耕", lost + "。"])]
    ['路。', '路。', '春耕', '路。']
    """
    restored = list(texts)
    long = [i for i, text in enumerate(texts) if _is_text(text)]
    lost = [i for i in long if _may_end(texts[i]) and not _goes_on(texts, i)]
    if len(lost) < max(_FEWEST, _LOST * len(long)):
        return restored
    for i in lost:
        restored[i] += "。"
    short = [i for i, text in enumerate(texts) if _SHORTEST <= len(text) < _LEAST and i]
    least = _SHORT_SENTENCE if sum(1 for i in short if texts[i][-1] == "。") >= _FEWEST else _SENTENCE
    for i in short:
        if restored[i] == texts[i] and _may_end(texts[i]) and _likeness(texts[i]) >= least:
            restored[i] += "。"
    return restored


def _is_text(text: str) -> bool:
    if len(text) < _LEAST or (" " in text and len(text) <= _SURELY):
        return False
    return len(text) > _SURELY or not _INNER.isdisjoint(text)


def _may_end(text: str) -> bool:
    """Say whether a line that ends no sentence could end one if it had a full stop."""
    return text[-1] not in _NO_END and not complete(text) and edges()[1].get(text[-1]) != "0"


def _goes_on(texts: Sequence[str], i: int) -> bool:
    """Say whether a line below goes on with a line: half of the labelled broken sentences, 2 % of the others."""
    last, (begins, ends) = texts[i][-1], edges()
    seldom_last = ends.get(last) in _SELDOM
    for below in texts[i + 1 : i + 1 + _REACH]:
        join, first = junction(last + below[0]), begins.get(below[0])
        if join == "strong" or (join == "word" and first not in _OFTEN) or (seldom_last and first in _SELDOM):
            return True
    return False


def _likeness(text: str) -> float:
    """Return how like a sentence a short line is, and unlike a headline."""
    if " " in text or text[-1] in "）)】":
        return 0.0
    telling = min(sum(char in _TELLING for char in text), _AT_MOST)
    begins = edges()[0].get(text[0]) in _OFTEN
    return (
        _COMMA * ("，" in text or "," in text) + _EACH * telling + _BEGINS * begins + (len(text) - _USUAL_LENGTH) / _PER
    )
