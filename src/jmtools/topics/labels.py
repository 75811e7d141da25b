"""Labels of topics: three terms each, so that an editor sees at once how the topics differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import cache

from jmtools.words.grades import grades_of
from jmtools.words.light_words import is_light, is_loose, source_endings
from jmtools.words.segment import word_tags
from jmtools.words.shadow import simplified_words

SEPARATOR = "·"
_TERMS = 3
_LOOK = 12  # own terms of each topic that may stand in its label
_SHOWN = 10  # terms of a topic that are shown: a word that stands there in most topics says nothing
_LIGHT = 0.15  # of its weight: what a word that says nothing by itself is worth in a label,
_SAYS = (0.1, 0.35, 0.75, 1.0, 1.0, 1.0)  # a word of each grade as a keyword, from 0 to 5,
_PERSON = 0.5  # the name of a person,
_PLACE = 0.7  # of a place,
_ELSEWHERE = 0.7  # and a word that fits another topic better
_FAINT = 0.05  # of the weight of a topic's best term: what weighs less stands there by chance
_STRONG = 0.3  # of the weight of a topic's best term: so weak a term is no better than one that repeats a character
_AGENCY = re.compile(
    ".+讯社|(?:新华|中新|中央|法新|路透|美联|共同|塔斯|俄塔|韩联|朝中|德新|时事|安莎|埃菲|彭博|中国新闻|合众国际)社"
)
_PARTICLES = "的地得了着过"  # with which fragments begin: 地说
_FEW = 3  # topics from which there are most of them
_STREET = re.compile(r".+(?:[路街巷弄里道区县市镇乡]|胡同)")
_INSIDE = "里上内"  # ends of words such as 家里 and 网上, which say where anything may be
# 亿美元, 万人次, 第一季度, 每股, 当天: a number, or which one of several, and what is counted; not 两会, 五一, 二手
_AMOUNT = re.compile(
    "(?:[一二三四五六七八九十百千万亿两几数半]+多?|第[一二三四五六七八九十]+|[每这那哪此当同次本])"
    "(?:.*元|美分|人次?|[辆台吨年月日天个名位户家倍岁亩件次届项股套张只米秒分]|公里|季度|分钟|小时|平方米|公顷|公斤)"
)

Terms = Sequence[tuple[str, float]]


def topic_labels(terms: Sequence[Terms]) -> list[str]:
    """Return a label of three terms for each topic, no two the same.

    A term stands in one label only, that of the topic whose words it leads most; no term of a label is inside a term of
    any label. Words among the best of most topics are left out, words that say little by themselves come late, and so
    do those that repeat a word which is there. Three names of places or people are too bare where another word is
    there.

    Args:
        terms: Of each topic, with their weights, best first.
    """
    usual, most = _usual(terms), _most(terms)
    fitting = [_naming(row[:_LOOK], usual, most) for row in terms]
    chosen: list[list[str]] = [[] for _ in terms]
    given: list[str] = []
    for strict in (True, False):
        for *_, topic, term in _ranked(fitting, least=_STRONG if strict else 0.0):
            mine = chosen[topic]
            bare = len(mine) == _TERMS - 1 and all(map(_is_name, [*mine, term]))
            fits = len(mine) < _TERMS and not (bare and strict) and not (strict and _repeats(term, mine))
            if fits and not _nests(term, given):
                mine.append(term)
                given.append(term)
    labels: list[str] = []
    for mine, row in zip(chosen, terms, strict=True):
        spare = [term for term, _ in row if term not in mine]
        apart: list[str] = []
        for term in spare:
            if not _nests(term, [*given, *apart]):
                apart.append(term)
        if not mine:  # all of its terms stand in other labels
            mine += ([term for term in apart if term not in usual] or apart or spare)[:_TERMS]
        labels.append(distinct_label(mine, [*apart, *spare], labels))
        given += mine
    return labels


def _ranked(rows: Sequence[Terms], *, least: float) -> list[tuple[float, float, int, str]]:
    """Return the terms of all topics, those first that weigh most beside the best of their topic.

    Terms that weigh less than `least` of that are left out. Topic and term stand last.
    """
    return sorted(
        (-weight / row[0][1], -weight, topic, term)
        for topic, row in enumerate(rows)
        for term, weight in row
        if weight >= least * row[0][1]
    )


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


def _most(terms: Sequence[Terms]) -> dict[str, float]:
    """Return the weight of each term in the topic that it fits best."""
    most: dict[str, float] = {}
    for row in terms:
        for term, weight in row:
            most[term] = max(most.get(term, 0.0), weight)
    return most


def _naming(terms: Terms, usual: Container[str], most: Mapping[str, float]) -> Terms:
    """Return the terms that may name a topic with what they are worth in its label, best first."""
    least = _FAINT * max((weight for _, weight in terms), default=0.0)
    kept = [(term, weight) for term, weight in terms if term not in usual and weight >= least]
    inside = [one for one in kept if one[0][-1] not in _INSIDE or word_tags()[one[0]] != "s"]
    worth = [
        (term, weight * _says(term) * (1 if weight >= most[term] else _ELSEWHERE)) for term, weight in inside or kept
    ]
    return sorted(worth, key=lambda one: -one[1])


@cache
def _says(term: str) -> float:
    """Return how much of its weight a word keeps in a label: less where it says little by itself, or is a fragment."""
    (plain,) = simplified_words([term])
    fragment = plain[0] in _PARTICLES and word_tags()[plain] == "x"
    says = _by_grade(grade_of(term))
    if fragment or is_light(plain) or is_loose(plain) or _is_source(plain):
        return min(says, _LIGHT)
    return says * (_PLACE if _is_place(term) else _PERSON if _is_person(term) else 1.0)


def _is_source(plain: str) -> bool:
    """Return whether a word is the name of an agency, a paper or a station: 新华社, 南讯社, 山城日报."""
    if _AGENCY.fullmatch(plain):
        return True
    return any(plain.endswith(ending) and plain != ending for ending in source_endings())


def _by_grade(grade: float) -> float:
    """Return what a word of a grade is worth in a label: between two grades, what lies between theirs."""
    below = min(int(grade), len(_SAYS) - 2)
    return _SAYS[below] + (grade - below) * (_SAYS[below + 1] - _SAYS[below])


@cache
def grade_of(term: str) -> float:
    """Return how good a term is as a keyword, from 0 to 5."""
    (grade,) = grades_of([term])
    return grade


def is_amount(term: str) -> bool:
    """Return whether a word says only how many or which one of what is counted.

    >>> [is_amount(term) for term in ("亿美元", "万人次", "第一季度", "每股", "这天", "五一", "两会", "本科")]
    [True, True, True, True, True, False, False, False]
    """
    return _AMOUNT.fullmatch(term) is not None


def _repeats(term: str, given: Sequence[str]) -> bool:
    """Return whether a Chinese word begins as one of some words does, or ends as one if both are nouns: 皮肤, 肌肤.

    Verbs with one ending tell of different things: 供电, 停电.
    """
    if term.isascii():
        return False
    return any(term[0] == other[0] or (term[-1] == other[-1] and _is_noun(term) and _is_noun(other)) for other in given)


@cache
def _is_noun(term: str) -> bool:
    return word_tags()[term].startswith("n")


def _nests(term: str, given: Sequence[str]) -> bool:
    plain = term.casefold()
    return any(plain in other or other in plain for other in map(str.casefold, given))


@cache
def _is_place(term: str) -> bool:
    """Return whether a term is the bare name of a place or a street."""
    tag = word_tags()[term]
    return tag.startswith("ns") or (tag == "x" and _STREET.fullmatch(term) is not None)


def _is_name(term: str) -> bool:
    return _is_place(term) or _is_person(term)


@cache
def _is_person(term: str) -> bool:
    return word_tags()[term].startswith("nr")
