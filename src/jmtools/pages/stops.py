"""Full stops that were lost: where OCR left out many, lines of text get one again before features read them."""

from collections.abc import Sequence

from jmtools.pages.continuity import edges
from jmtools.pages.line_breaks import TELLING, Breaks
from jmtools.pages.lost_stops import SHORTEST, may_end

_SURELY = 48  # characters: a longer line is text, whatever its marks are
_LEAST = 30  # characters: a shorter line may be a headline
_LOST = 0.17  # least share of a page's lines of text that lost their stop; measured: 0.00 to 0.15 where none was lost
_FEWEST = 2  # lines
_PROBABLE = 0.5  # that a line is text, that its sentence ends with it
_INNER = frozenset("。，,；;")
_OFTEN = ("3", "4")  # that a character begins a clause, by `edges`

# How like a sentence a short line is: of labelled short lines, 45 % of sentences and 4 % of headlines have 2.5, 76 %
# and 23 % have 1.
_SENTENCE, _SHORT_SENTENCE = 2.5, 1.0  # on pages without, and with, short paragraphs that end in a full stop
_COMMA, _EACH, _AT_MOST, _BEGINS = 1.5, 0.5, 4, 0.5
_USUAL_LENGTH, _PER = 14, 8  # characters


def restore_stops(texts: Sequence[str]) -> tuple[list[str], Breaks | None]:
    """Return the lines of a page, with full stops where many were lost; other pages as they are.

    A page breaks some sentences at the end of a column and goes on with them further down. Where more of its lines of
    text end without a mark, and nothing below goes on with them, marks were lost, or never printed.

    Args:
        texts: Lines, as features read them.

    Returns:
        The lines, and what is known of their ends, or None where no marks were lost.

    >>> lost = "全市春耕生产进展顺利，各县已备足种子化肥，农机站检修拖拉机三百台，供电部门架设了线路"
    >>> [text[-2:] for text in restore_stops([lost, lost, "春耕", lost + "。"])[0]]
    ['路。', '路。', '春耕', '路。']
    """
    restored = list(texts)
    long = [i for i, text in enumerate(texts) if is_long(text)]
    least = max(_FEWEST, _LOST * len(long))
    lost = [i for i in long if may_end(texts[i])]
    if len(lost) < least:
        return restored, None
    breaks = Breaks(texts)
    ending = [i for i in lost if breaks.ends_here(i) > _PROBABLE]
    if len(ending) < least:
        return restored, None
    for i in _in_print(texts, breaks) if breaks.printed else [*ending, *_sentences(texts)]:
        restored[i] += "。"
    return restored, breaks


def _in_print(texts: Sequence[str], breaks: Breaks) -> list[int]:
    """Return the lines of a printed page that are text and end their sentence, short ones too."""
    asked = [i for i, text in enumerate(texts) if len(text) >= SHORTEST and may_end(text)]
    return [i for i in asked if breaks.is_text(i) > _PROBABLE and breaks.ends_here(i) > _PROBABLE]


def _sentences(texts: Sequence[str]) -> list[int]:
    """Return the short lines that are more like sentences than headlines, on a page that breaks none."""
    short = [i for i, text in enumerate(texts) if SHORTEST <= len(text) < _LEAST and i]
    usual = sum(1 for i in short if texts[i][-1] == "。") >= _FEWEST
    least = _SHORT_SENTENCE if usual else _SENTENCE
    return [i for i in short if may_end(texts[i]) and _likeness(texts[i]) >= least]


def is_long(text: str) -> bool:
    """Say whether a line is so long that it is text."""
    if len(text) < _LEAST or (" " in text and len(text) <= _SURELY):
        return False
    return len(text) > _SURELY or not _INNER.isdisjoint(text)


def _likeness(text: str) -> float:
    """Return how like a sentence a short line is, and unlike a headline."""
    if " " in text or text[-1] in "）)】":
        return 0.0
    telling = min(sum(char in TELLING for char in text), _AT_MOST)
    begins = edges()[0].get(text[0]) in _OFTEN
    return (
        _COMMA * ("，" in text or "," in text) + _EACH * telling + _BEGINS * begins + (len(text) - _USUAL_LENGTH) / _PER
    )
