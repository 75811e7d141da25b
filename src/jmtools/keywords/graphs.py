"""Methods that rank the words of a document in a graph of the words that stand near each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from jmtools.io.records import round6
from jmtools.keywords.candidates import Texts
from jmtools.keywords.context import Context
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.tags import TAG_CLASSES
from jmtools.keywords.vocabulary import Bools, Ints
from jmtools.keywords.walks import position_rank, text_rank
from jmtools.keywords.words import word_places
from jmtools.words.protected import kind_of

TEXTRANK_POS = ("ns", "n", "vn", "v")  # as jieba.analyse has it
_NOUNS = ("person", "place", "organisation", "proper", "abbreviation", "foreign", "unknown", "noun", "verbal")
_ADJECTIVES = ("adjective", "attribute")
_MAX_PHRASE = 3  # words, as Florescu and Caragea have it


class TextRank:
    """The method `textrank`: words by TextRank (Mihalcea and Tarau 2004) by the rules of `jieba.analyse.textrank`.

    Tags are those of the dictionary and not of the word in its sentence, so that ranks differ where jieba's tagger or
    its segmentation for tagging differs.
    """

    nested = True

    def __init__(self, context: Context) -> None:
        self._context = context

    def rank(self, texts: Texts, tokens: Sequence[str]) -> RankedGraphs:  # noqa: ARG002
        """Rank the words of the wanted parts of speech."""
        context = self._context
        names, wanted = context.vocabulary.words, context.options.pos or TEXTRANK_POS
        kept = context.allowed(texts.ids)
        kept &= context.mark(
            texts.ids,
            lambda word: context.is_listed(word) or (_is_plain(word, context) and context.tags[word] in wanted),
        )
        lists = []
        for start, end in _documents(texts):
            ids = texts.ids[start:end]
            words = [names[number] if keep else None for number, keep in zip(ids.tolist(), kept[ids], strict=True)]
            scores, tf = text_rank(words), Counter(words)
            rows = [RankedTerm(-round6(s), word, tf[word], context.vocabulary[word], 1) for word, s in scores.items()]
            lists.append(sorted(rows)[: context.look])
        return RankedGraphs(texts, lists, {})


class PositionRank:
    """The method `positionrank`: phrases of nouns by PositionRank (Florescu and Caragea 2017)."""

    nested = False

    def __init__(self, context: Context) -> None:
        self._context = context

    def rank(self, texts: Texts, tokens: Sequence[str]) -> RankedGraphs:
        """Rank nouns and adjectives, then the phrases that they form."""
        context, vocabulary = self._context, self._context.vocabulary
        noun, adjective = (_of_class(vocabulary.tag, names) for names in (_NOUNS, _ADJECTIVES))
        plain = context.mark(texts.ids, lambda word: _is_plain(word, context))
        listed = context.mark(texts.ids, context.is_listed)
        noun, adjective = (noun & plain) | listed, adjective & plain
        last = noun & context.allowed(texts.ids)
        counted = context.mark(texts.ids, lambda word: any(map(str.isalnum, word)))
        lists: list[list[RankedTerm]] = []
        places: dict[int, list[tuple[int, int]]] = {}
        for start, end in _documents(texts):
            ids = texts.ids[start:end]
            place = np.cumsum(counted[ids], dtype=np.int64)
            nodes = (noun | adjective)[ids]
            scores = position_rank(np.where(nodes, ids, np.int64(-1)), place)
            found = _phrases(noun[ids], adjective[ids], last[ids])
            if context.listed:
                found = [(at, 1) for at in np.flatnonzero(listed[ids] & last[ids]).tolist()]
            rows = []
            for term, spans in _by_term(found, tokens[start:end]).items():
                first, length = spans[0]
                score = sum(scores[number] for number in ids[first : first + length].tolist())
                places[len(places)] = [(start + at, size) for at, size in spans]
                rows.append(RankedTerm(-round6(score), term, len(spans), len(places) - 1, length))
            lists.append(sorted(rows)[: context.look])
        return RankedGraphs(texts, lists, places)


class RankedGraphs:
    """A batch of documents whose terms were ranked one document at a time."""

    def __init__(self, texts: Texts, lists: list[list[RankedTerm]], places: dict[int, list[tuple[int, int]]]) -> None:
        """Take the terms; `places` by `number` of a row, none where rows are single words and `number` is the word."""
        self._texts, self._lists, self._places = texts, lists, places

    def lists(self) -> Iterator[list[RankedTerm]]:
        """Yield the terms of each document."""
        yield from self._lists

    def places(self, doc: int, row: RankedTerm) -> list[tuple[int, int]]:
        """Return where a term stands."""
        return self._places[row.number] if self._places else word_places(self._texts, doc, row.number)

    def factors(self, row: RankedTerm) -> dict[str, float]:
        """Return the rank alone: it has no parts."""
        return {"rank": -row.order}


def _documents(texts: Texts) -> Iterator[tuple[int, int]]:
    """Yield first token and the separator of each document."""
    starts = texts.starts.tolist()
    yield from ((start, after - 1) for start, after in pairwise(starts))


def _is_plain(word: str, context: Context) -> bool:
    if context.is_listed(word):
        return True
    return len(word.strip()) > 1 and word.lower() not in context.stopwords and (word.isalpha() or not kind_of(word))


def _of_class(tag: Ints, names: Sequence[str]) -> Bools:
    return np.isin(tag, [TAG_CLASSES.index(name) for name in names])


def _phrases(noun: Bools, adjective: Bools, last: Bools) -> list[tuple[int, int]]:
    """Return (first, length) of (adjective)*(noun)+ as long as they go, of longer ones the last three words."""
    found = []
    size, at = len(noun), 0
    while at < size:
        begin = at
        while at < size and adjective[at]:
            at += 1
        nouns = at
        while at < size and noun[at]:
            at += 1
        if at > nouns:
            begin = max(begin, at - _MAX_PHRASE)
            if last[at - 1]:
                found.append((begin, at - begin))
        elif at == begin:
            at += 1
    return found


def _by_term(spans: list[tuple[int, int]], tokens: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for start, length in spans:
        found.setdefault("".join(tokens[start : start + length]).strip(), []).append((start, length))
    return found
