"""Sentences and paragraphs of a Chinese text, as places in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from jmtools.fields.lazy_pattern import LazyPattern

WITHIN = ("sentence", "paragraph", "record")  # the stretches of text that two words can share

# A sentence ends at a full stop, question or exclamation mark or ellipsis, its closing quotes and brackets included,
# and at every line break. A Latin full stop ends one only before white space or the end of the text (not in 3.5).
_SENTENCE = LazyPattern(
    r"[^。！？!?…\n.]*+"
    r"(?:(?:\.(?!\s|$)[^。！？!?…\n.]*+)*+)"
    r"(?:[。！？!?…]++[”’」』）)\]】》〉\"']*+|\.[”’」』）)\]】\"']*+|\n|$)"
)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the sentences of a text as (start, end); together they are the whole text.

    White space after a sentence belongs to the next one; a line that is blank belongs to the sentence before it.

    >>> [("甲说：“好！”乙走了。\n丙3.5米")[a:b] for a, b in sentence_spans("甲说：“好！”乙走了。\n丙3.5米")]
    ['甲说：“好！”', '乙走了。\n', '丙3.5米']
    """
    start = end = 0
    for match in _SENTENCE.finditer(text):
        if match.end() == match.start():
            continue
        if match[0].isspace() and end:
            end = match.end()
            continue
        if end > start:
            yield start, end
        start, end = match.span()
    if end > start:
        yield start, end


def stretch_ends(text: str, within: str) -> list[int]:
    r"""Return where the sentences or paragraphs of a text end, or the whole of it: every command's one definition.

    >>> [stretch_ends("甲。乙；丙\n丁", within) for within in WITHIN]
    [[2, 6, 7], [6, 7], [7]]
    """
    if within == "sentence":
        return [end for _, end in sentence_spans(text)]
    if within == "paragraph":
        return [place + 1 for place, char in enumerate(text) if char == "\n"] + [len(text)]
    return [len(text)]


def stretch_of(starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Return the number of the stretch in which each place lies.

    >>> stretch_of([0, 1, 3], [2, 4])
    [0, 0, 1]
    """
    return [bisect_right(ends, start) for start in starts]
