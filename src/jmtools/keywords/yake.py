"""The method `yake`: words and runs of up to three by statistics of one text alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean, median, pstdev

from jmtools.io.records import round6
from jmtools.keywords.candidates import Texts
from jmtools.keywords.context import Context
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import term_key
from jmtools.words.protected import kind_of

MAX_WORDS = 3
_SENTENCE_ENDS = frozenset("。！？；!?;\n")


@dataclass
class WordStatistics:
    """What is counted of one word.

    Attributes:
        tf, capitals, titles: Its places; those in capitals; those with one capital, not first in their sentence.
        sentences: The sentences that have it.
        left, right: Words beside it, and how often.
        stop: Whether it is a stop word.
    """

    stop: bool
    tf: int = 0
    capitals: int = 0
    titles: int = 0
    sentences: list[int] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)


@dataclass
class Gram:
    """A run of words: its words, its places (sentence and first word there), and whether it may be a keyword."""

    words: tuple[str, ...]
    places: list[tuple[int, int]] = field(default_factory=list)
    valid: bool = False


def yake(
    sentences: Sequence[Sequence[str | None]],
    stopwords: frozenset[str],
    *,
    shortest: int = 2,
    listed: frozenset[str] = frozenset(),
) -> dict[str, tuple[float, Gram]]:
    """Return YAKE's score of each keyword, the lower the better, and where the keyword stands.

    Args:
        sentences: The words of each sentence; None stands for punctuation.
        stopwords: Words at which no keyword begins or ends, in lower case.
        shortest: Words of fewer characters are stop words; 3 in the paper's implementation, made for Latin script.
        listed: Words in lower case that are no stop words, whatever their form.

    Source:
        Campos et al. (2020), YAKE! Keyword extraction from single documents using multiple local features,
        Information Sciences 509; windows of one word, no deduplication.
    """
    terms, grams = _count(
        sentences,
        lambda low: (low in stopwords or len(low) < shortest) and term_key(low) not in listed,
        lambda low: term_key(low) in listed,
    )
    counts = [term.tf for term in terms.values() if not term.stop]
    if not counts:
        return {}
    usual, most = fmean(counts) + pstdev(counts), max(term.tf for term in terms.values())
    weight = {word: _word_score(term, usual, most, len(sentences)) for word, term in terms.items()}
    valid = (gram for gram in grams.values() if gram.valid)
    return {" ".join(gram.words): (_gram_score(gram, terms, weight), gram) for gram in valid}


def _count(
    sentences: Sequence[Sequence[str | None]], is_stop: Callable[[str], bool], is_listed: Callable[[str], bool]
) -> tuple[dict[str, WordStatistics], dict[tuple[str, ...], Gram]]:
    terms: dict[str, WordStatistics] = {}
    grams: dict[tuple[str, ...], Gram] = {}
    for number, sentence in enumerate(sentences):
        block: list[tuple[str, bool]] = []
        for place, word in enumerate(sentence):
            if word is None:
                block = []
                continue
            low = word.lower()
            term = terms.setdefault(low, WordStatistics(is_stop(low)))
            usable = _note(term, word, number, place) or is_listed(low)
            if block and usable and block[-1][1]:
                term.left[block[-1][0]] += 1
                terms[block[-1][0]].right[low] += 1
            block.append((low, usable))
            for size in range(1, min(MAX_WORDS, len(block)) + 1):
                words = tuple(name for name, _ in block[-size:])
                gram = grams.setdefault(words, Gram(words))
                gram.places.append((number, place - size + 1))
                clean = all(fit for _, fit in block[-size:])
                gram.valid |= clean and not (terms[words[0]].stop or terms[words[-1]].stop)
    return terms, grams


def _note(term: WordStatistics, word: str, sentence: int, place: int) -> bool:
    """Count one place of a word; tell whether it is a word and not a number or a mixture."""
    term.tf += 1
    if not term.sentences or term.sentences[-1] != sentence:
        term.sentences.append(sentence)
    if word.isupper():
        term.capitals += 1
    elif place > 0 and len(word) > 1 and word[0].isupper() and sum(map(str.isupper, word)) == 1:
        term.titles += 1
    digits, letters = any(map(str.isdigit, word)), any(map(str.isalpha, word))
    return letters and not digits


def _word_score(term: WordStatistics, usual: float, most: int, sentences: int) -> float:
    """Return position × relatedness / (case + frequency / relatedness + spread / relatedness)."""
    case = max(term.capitals, term.titles) / (1 + math.log(term.tf))
    position = math.log(math.log(3 + median(term.sentences)))
    variety = sum(len(side) / side.total() for side in (term.left, term.right) if side)
    related = 1 + variety * term.tf / most
    return position * related / (case + (term.tf / usual + len(term.sentences) / sentences) / related)


def _gram_score(gram: Gram, terms: dict[str, WordStatistics], weight: dict[str, float]) -> float:
    """Return Π / (tf × (1 + Σ)) over the words; a stop word counts by how seldom its neighbours have it beside them."""
    product, total = 1.0, 0.0
    for place, word in enumerate(gram.words):
        if not terms[word].stop:
            product *= weight[word]
            total += weight[word]
            continue
        before, after = gram.words[place - 1], gram.words[place + 1]
        together = terms[word].left[before] / terms[before].tf * (terms[word].right[after] / terms[after].tf)
        product *= 2 - together
        total -= 1 - together
    return product / ((total + 1) * len(gram.places))


class Yake:
    """The method `yake`."""

    nested = False

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stop = frozenset(map(str.lower, context.stopwords))

    def rank(self, texts: Texts, tokens: Sequence[str]) -> RankedYake:
        """Score the words and runs of each document."""
        context = self._context
        allowed = context.allowed(texts.ids)[texts.ids]
        starts = texts.starts.tolist()
        lists: list[list[RankedTerm]] = []
        places: list[list[tuple[int, int]]] = []
        for start, after in pairwise(starts):
            sentences, firsts = _sentences(tokens[start : after - 1], start, context.is_listed)
            rows = []
            for score, gram in yake(sentences, self._stop, listed=context.listed).values():
                spans = [(firsts[number] + place, len(gram.words)) for number, place in gram.places]
                first, size = spans[0]
                if allowed[first + size - 1]:
                    rows.append(
                        RankedTerm(
                            -round6(1 / score), "".join(tokens[first : first + size]), len(spans), len(places), size
                        )
                    )
                    places.append(spans)
            lists.append(sorted(rows)[: context.look])
        return RankedYake(lists, places)


class RankedYake:
    """A batch of documents with their scores."""

    def __init__(self, lists: list[list[RankedTerm]], places: list[list[tuple[int, int]]]) -> None:
        self._lists, self._places = lists, places

    def lists(self) -> Iterator[list[RankedTerm]]:
        """Yield the terms of each document."""
        yield from self._lists

    def places(self, doc: int, row: RankedTerm) -> list[tuple[int, int]]:  # noqa: ARG002
        """Return where a term stands."""
        return self._places[row.number]

    def factors(self, row: RankedTerm) -> dict[str, float]:
        """Return YAKE's own score, of which the lowest is best."""
        return {"yake": -1 / row.order}


def _sentences(
    tokens: Sequence[str], origin: int, is_listed: Callable[[str], bool]
) -> tuple[list[list[str | None]], list[int]]:
    """Return the words of each sentence, None for punctuation, and the first token of each; spaces join nothing."""
    sentences: list[list[str | None]] = [[]]
    firsts = [origin]
    for place, token in enumerate(tokens, origin):
        if token in _SENTENCE_ENDS and not is_listed(token):
            if sentences[-1]:
                sentences.append([])
                firsts.append(place + 1)
            else:
                firsts[-1] = place + 1
        else:
            plain = token.isalpha() or (any(map(str.isalnum, token)) and kind_of(token) in ("", "number"))
            sentences[-1].append(token if plain or is_listed(token) else None)
    if not sentences[-1]:
        sentences.pop()
        firsts.pop()
    return sentences, firsts
