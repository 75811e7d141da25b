"""Labels of topics: three terms each, so that an editor sees at once how the topics differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from functools import cache

from jmtools.words.segment import word_tags

SEPARATOR = "·"
_TERMS = 3
_LOOK = 12  # own terms of each topic that may stand in its label
_SHOWN = 10  # terms of a topic that are shown: a word that stands there in most topics says nothing
_FEW = 3  # topics from which there are most of them
_STREET = re.compile(r".+(?:[路街巷弄里道]|胡同)")
_INSIDE = "里上内"  # ends of words such as 家里 and 网上, which say where anything may be
# 亿美元, 万人次, 第一季度, 每股, 当天: a number, or which one of several, and what is counted; not 两会, 五一, 二手
_AMOUNT = re.compile(
    "(?:[一二三四五六七八九十百千万亿两几数半]+多?|第[一二三四五六七八九十]+|[每这那哪此当同次本])"
    "(?:.*元|美分|人次?|[辆台吨年月日天个名位户家倍岁亩件次届项股套张只米秒分]|公里|季度|分钟|小时|平方米|公顷|公斤)"
)

Terms = Sequence[tuple[str, float]]


def topic_labels(terms: Sequence[Terms]) -> list[str]:
    """Return a label of three terms for each topic, no two the same.

    A term stands only in the label of the topic that it fits best; no term of a label is inside a term of any label;
    words among the best of most topics are left out; three names of places are too bare where another word is there.

    Args:
        terms: Of each topic, with their weights, best first.
    """
    usual = _usual(terms)
    chosen: list[list[str]] = [[] for _ in terms]
    given: list[str] = []
    fitting = [_naming(row[:_LOOK]) for row in _own(terms, usual)]
    own = [[term for term, _ in row if not _is_place(term)] for row in fitting]
    ranked = ((-weight, topic, term) for topic, row in enumerate(fitting) for term, weight in row)
    for _, topic, term in sorted(ranked):
        mine = chosen[topic]
        bare = len(mine) == _TERMS - 1 and own[topic] and all(map(_is_place, [*mine, term]))
        if len(mine) < _TERMS and not bare and not _nests(term, given):
            mine.append(term)
            given.append(term)
    labels: list[str] = []
    for mine, row in zip(chosen, terms, strict=True):
        spare = [term for term, _ in row if term not in mine]
        apart: list[str] = []
        for term in spare:
            if not _nests(term, [*given, *apart]):
                apart.append(term)
        if not mine:  # all of its terms fit other topics better
            mine += ([term for term in apart if term not in usual] or apart or spare)[:_TERMS]
        labels.append(distinct_label(mine, [*apart, *spare], labels))
        given += mine
    return labels


def distinct_label(words: Sequence[str], spare: Sequence[str], taken: Container[str]) -> str:
    """Return a label of these words that is not taken yet: with more words, and at last with a number.

    >>> distinct_label(["停电"], ["供电", "检修"], ["停电", "停电·供电"])
    '停电·供电·检修'
    >>> distinct_label(["停电"], [], ["停电"])
    '停电 2'
    """
    words = list(words)
    more = [term for term in spare if term not in words]
    while more and (not words or SEPARATOR.join(words) in taken):
        words.append(more.pop(0))
    label = base = SEPARATOR.join(words) or "?"
    number = 2
    while label in taken:
        label, number = f"{base} {number}", number + 1
    return label


def _usual(terms: Sequence[Terms]) -> set[str]:
    """Return the terms that are among the best of most topics."""
    if len(terms) < _FEW:
        return set()
    found = Counter(term for row in terms for term, _ in row[:_SHOWN])
    return {term for term, count in found.items() if 2 * count > len(terms)}


def _own(terms: Sequence[Terms], usual: Container[str]) -> list[list[tuple[str, float]]]:
    """Return the terms of each topic that fit no other topic better."""
    best: dict[str, tuple[float, int]] = {}
    for topic, row in enumerate(terms):
        for term, weight in row:
            best[term] = max(best.get(term, (0.0, 0)), (weight, -topic))
    return [
        [(term, weight) for term, weight in row if best[term][1] == -topic and term not in usual]
        for topic, row in enumerate(terms)
    ]


def _naming(terms: Terms) -> Terms:
    """Leave out words that say where anything may be, if others are left."""
    return [one for one in terms if one[0][-1] not in _INSIDE or word_tags()[one[0]] != "s"] or terms


def is_amount(term: str) -> bool:
    """Return whether a word says only how many or which one of what is counted.

    >>> [is_amount(term) for term in ("亿美元", "万人次", "第一季度", "每股", "这天", "五一", "两会", "本科")]
    [True, True, True, True, True, False, False, False]
    """
    return _AMOUNT.fullmatch(term) is not None


def _nests(term: str, given: Sequence[str]) -> bool:
    return any(term in other or other in term for other in given)


@cache
def _is_place(term: str) -> bool:
    """Return whether a term is the bare name of a place or a street."""
    tag = word_tags()[term]
    return tag.startswith("ns") or (tag == "x" and _STREET.fullmatch(term) is not None)
