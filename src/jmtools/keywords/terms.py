"""The default method: words, runs of words, titles and quotations, scored by one formula of many factors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from jmtools.io.records import round6
from jmtools.keywords.candidates import Candidates, Texts, find_candidates
from jmtools.keywords.choice import best, looked_at
from jmtools.keywords.context import Context
from jmtools.keywords.features import LOOSE_ALONE, RARE
from jmtools.keywords.formula import Formula
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.tags import LISTED, TAG_CLASSES, UNLISTED
from jmtools.keywords.tree_features import LOOK, Measured, tree_features
from jmtools.keywords.trees import Trees, trusts
from jmtools.keywords.vocabulary import Bools, Floats, Ints, WordIds
from jmtools.words.light_words import closing_words, light_words, source_endings

_PAIR = 2  # words
_OFTEN = 2  # how often a term must stand, always in one longer term, to be taken for its part;
_LIKELY = 0.1  # and that one's share of its score
_SHORT = 2  # characters of a word that may well stand alone although it never does
PIECE, LOOSE = 1, 2  # what speaks against a word
_PERSON = TAG_CLASSES.index("person")


class Columns(NamedTuple):
    """Terms of many records: number, score, number of words, tf, what speaks against each, as bits, and trust."""

    numbers: Sequence[int]
    scores: Sequence[float]
    sizes: Sequence[int]
    often: Sequence[int]
    doubts: Sequence[int]
    trusts: Sequence[float]


class Terms:
    """The method `default`."""

    nested = False

    def __init__(self, context: Context) -> None:
        self._context = context
        self._formula = Formula(context.options.without_factors, tf=context.options.tf or "log")

    def rank(self, texts: Texts, tokens: Sequence[str]) -> RankedTerms:
        """Give every candidate its score."""
        context, vocabulary = self._context, self._context.vocabulary
        found = find_candidates(texts, vocabulary)
        measured = self._formula.measure(texts, vocabulary, found, vocabulary.idf)
        scores = np.exp(measured.logs)
        if context.options.pos or context.options.min_docfreq > 1:
            fit = _fit(found, context.allowed(texts.ids)[texts.ids], whole=context.options.min_docfreq > 1)
            scores[~fit] = 0.0
        groups = self._formula.groups(measured) if context.options.explain else {}
        look = looked_at(context.look)
        bounds, chosen = _positive(*best(found.doc, scores, texts.docs, max(look, LOOK)), scores)
        trusted = np.ones(len(found))
        if self._formula.trees is not None and self._formula.firsts is not None:
            added, kept = self._by_trees(
                (self._formula.trees, self._formula.firsts), texts, found, measured, bounds, chosen
            )
            weights, trusted[chosen] = np.exp(added), trusts(kept)
            scores[chosen] *= weights
            if groups:
                groups["trees"][chosen] = weights
            chosen = chosen[np.lexsort((chosen, -scores[chosen], found.doc[chosen]))]
        doubts = doubts_of(texts, vocabulary, found, measured.values["headline"] > 0)
        looks = look, looked_at(context.usual)
        return RankedTerms(texts, tokens, found, (scores, trusted), (bounds, chosen), groups, doubts, looks)

    def _by_trees(
        self,
        forests: tuple[Trees, Trees],
        texts: Texts,
        found: Candidates,
        measured: Measured,
        bounds: Ints,
        chosen: Ints,
    ) -> list[Floats]:
        """Return what each forest says of the best candidates."""
        told = np.arange(len(chosen)) - bounds[found.doc[chosen]] < LOOK
        ends = np.concatenate([[0], np.cumsum(told)])[bounds]
        features = tree_features(texts, self._context.vocabulary, found, measured, ends, chosen[told])
        sums = []
        for trees in forests:
            added = np.full(len(chosen), trees.added(trees.rest))
            added[told] = trees.sums(features)
            sums.append(added)
        return sums


class RankedTerms:
    """A batch of documents and their candidates."""

    def __init__(
        self,
        texts: Texts,
        tokens: Sequence[str],
        found: Candidates,
        scores: tuple[Floats, Floats],
        best_of_each: tuple[Ints, Ints],
        groups: dict[str, Floats],
        doubts: Ints,
        looks: tuple[int, int],
    ) -> None:
        """Take them.

        Args:
            texts: The documents.
            tokens: Their words, end to end.
            found: Their candidates.
            scores: Of each candidate, and how far each is trusted with one of the first places.
            best_of_each: Where the best of each document begin and end, as `choice.best` tells it, and which they are.
            groups: What each group of factors multiplies the scores by, where that is wanted.
            doubts: What speaks against each, as bits.
            looks: How many of each document are wanted, and how many of them each is compared with.
        """
        self._texts, self._tokens, self._found, self._best = texts, tokens, found, best_of_each
        self._scores, self._trusts = scores
        self._groups, self._doubts, self._looks = groups, doubts, looks

    def lists(self) -> Iterator[Iterator[RankedTerm]]:
        """Yield the best terms of each document."""
        found = self._found
        bounds, chosen = self._best
        first, words = found.first[chosen].tolist(), found.words[chosen].tolist()
        columns = Columns(
            *(chosen.tolist(), self._scores[chosen].tolist(), words),
            *(found.tf[chosen].tolist(), self._doubts[chosen].tolist(), self._trusts[chosen].tolist()),
        )
        tokens = self._tokens

        def term_of(place: int) -> str:
            start, size = first[place], words[place]
            return "".join(tokens[start : start + size]).strip() if size > 1 else tokens[start].strip()

        for start, end in pairwise(bounds.tolist()):
            look, compared = self._looks
            places = range(start, min(end, start + look))
            yield ranked_terms(columns, places, term_of, compared=places[:compared])

    def places(self, doc: int, row: RankedTerm) -> list[tuple[int, int]]:  # noqa: ARG002
        """Return where a term stands."""
        found = self._found
        begin = found.bounds[row.number]
        at = found.order[begin : begin + found.tf[row.number]]
        return sorted(zip(found.start[at].tolist(), found.length[at].tolist(), strict=True))

    def factors(self, row: RankedTerm) -> dict[str, float]:
        """Return what each group of factors multiplies the score by."""
        return {group: float(values[row.number]) for group, values in self._groups.items()}


def doubts_of(texts: Texts, vocabulary: WordIds, found: Candidates, in_headline: Bools) -> Ints:
    """Return what speaks against candidates of one word, as bits.

    `PIECE`: it may be a piece of a word, for no dictionary has it, or as a name. `LOOSE`: it is a rare verb or the
    like outside the headline.
    """
    first = texts.ids[found.first]
    single = (found.words == 1) & (vocabulary.role[first] & LISTED == 0)
    piece = single & ((vocabulary.role[first] & UNLISTED > 0) | (vocabulary.tag[first] == _PERSON))
    loose = (
        single & (found.run_tf > 0) & (found.tf <= RARE) & ~in_headline & np.isin(vocabulary.tag[first], LOOSE_ALONE)
    )
    doubts: Ints = np.where(piece, PIECE, 0) + np.where(loose, LOOSE, 0)
    return doubts


def _positive(bounds: Ints, chosen: Ints, scores: Floats) -> tuple[Ints, Ints]:
    """Return what `choice.best` returns without those whose score is 0."""
    kept = scores[chosen] > 0
    return np.concatenate([[0], np.cumsum(kept)])[bounds], chosen[kept]


def ranked_terms(
    columns: Columns, places: range, term_of: Callable[[int], str], *, compared: range | None = None
) -> Iterator[RankedTerm]:
    """Yield the terms of a record as rows, best first; of equal rounded scores the first term.

    Args:
        columns: Terms of many records.
        places: Those of the record, best first; what has a score of 0 is left out.
        term_of: Gives the string of the term at a place.
        compared: Those of which others may be pieces or parts; None: all.
    """
    light, closing, sources = light_words(), closing_words(), source_endings()
    numbers, scores, sizes, often, doubts, trusted = columns
    equal: list[RankedTerm] = []
    same: dict[int, list[tuple[str, float]]] = {}  # the terms of each frequency and their scores
    for place in places:
        if scores[place] <= 0:
            break
        order, size, tf = -round6(scores[place]), sizes[place], often[place]
        if equal and order != equal[0].order:
            yield from sorted(equal) if len(equal) > 1 else equal
            equal.clear()
        term = term_of(place)
        if size > 1 and term in light:
            continue  # 研究|人员
        if size == _PAIR and len(term) == 2 * _SHORT and term[:_SHORT] in closing and term[_SHORT:] in light:
            continue  # 具体|内容
        if not term or "\n" in term:
            continue
        doubtful = doubts[place] & PIECE
        part = doubts[place] & LOOSE > 0 or term.endswith(sources)
        if doubtful or tf >= _OFTEN:
            if tf not in same:
                others = places if compared is None else compared
                same[tf] = [(term_of(other), round6(scores[other])) for other in others if often[other] == tf]
            if (doubtful or len(term) > _SHORT) and _is_piece(term, same[tf]):
                continue
            part = part or (tf >= _OFTEN and _is_part(term, -order, same[tf]))
        trust = round6(trusted[place])
        equal.append(RankedTerm(order, term, tf, numbers[place], size, part=part, trust=trust))
    yield from sorted(equal)


def _is_piece(term: str, others: Sequence[tuple[str, float]]) -> bool:
    """Tell whether another term is this one and a character more, wherever it stands: 龙夺锦 of 赛龙夺锦."""
    return any(len(other) == len(term) + 1 and term in other for other, _score in others)


def _is_part(term: str, score: float, others: Sequence[tuple[str, float]]) -> bool:
    """Tell whether a likely longer term always stands around a term: 东湖 and 公开赛 of 东湖公开赛."""
    return any(term in other and other != term and likely >= _LIKELY * score for other, likely in others)


def _fit(found: Candidates, allowed: Bools, *, whole: bool) -> Bools:
    """Return which candidates end in an allowed word or, for `whole`, have no other words."""
    fit: Bools = allowed[found.first + found.words - 1]
    if whole:
        sums = np.concatenate([[0], np.cumsum(allowed)])
        fit &= sums[found.first + found.words] - sums[found.first] == found.words
    return fit
