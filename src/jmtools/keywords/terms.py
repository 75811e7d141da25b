"""The default method: words, runs of words, titles and quotations, scored by one formula of many factors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from jmtools.io.records import round6
from jmtools.keywords.candidates import Candidates, Texts, find_candidates
from jmtools.keywords.choice import best
from jmtools.keywords.context import Context
from jmtools.keywords.formula import Formula
from jmtools.keywords.light_words import light_words
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.tags import LISTED, TAG_CLASSES, UNLISTED
from jmtools.keywords.vocabulary import Bools, Floats

_PERSON = TAG_CLASSES.index("person")
Found = tuple[int, float, int, int, int, bool]  # number, score, first token, tokens, tf, whether it is doubtful


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
        scores = self._formula.scores(texts, vocabulary, found, vocabulary.idf)
        if context.options.pos or context.options.min_docfreq > 1:
            fit = _fit(found, context.allowed(texts.ids)[texts.ids], whole=context.options.min_docfreq > 1)
            scores = np.where(fit, scores, 0.0)
        groups = self._formula.groups(texts, vocabulary, found, vocabulary.idf) if context.options.explain else {}
        first = texts.ids[found.first]
        doubtful = (vocabulary.role[first] & UNLISTED > 0) | (vocabulary.tag[first] == _PERSON)
        doubtful &= (found.words == 1) & (vocabulary.role[first] & LISTED == 0)
        return RankedTerms(texts, tokens, found, scores, groups, doubtful, context.look)


class RankedTerms:
    """A batch of documents and their candidates."""

    def __init__(
        self,
        texts: Texts,
        tokens: Sequence[str],
        found: Candidates,
        scores: Floats,
        groups: dict[str, Floats],
        doubtful: Bools,
        look: int,
    ) -> None:
        """Take them, and which candidates are a word that may be a piece of one: no dictionary has it, or as a name."""
        self._texts, self._tokens, self._found, self._scores = texts, tokens, found, scores
        self._groups, self._doubtful, self._look = groups, doubtful, look

    def lists(self) -> Iterator[Iterator[RankedTerm]]:
        """Yield the best terms of each document."""
        found = self._found
        bounds, chosen = best(found.doc, self._scores, self._texts.docs, self._look)
        columns = (
            *(chosen, self._scores[chosen], found.first[chosen], found.words[chosen], found.tf[chosen]),
            self._doubtful[chosen],
        )
        lists = [column.tolist() for column in columns]
        for start, end in pairwise(bounds.tolist()):
            yield ranked_terms(list(zip(*(column[start:end] for column in lists), strict=True)), self._term)

    def places(self, doc: int, row: RankedTerm) -> list[tuple[int, int]]:  # noqa: ARG002
        """Return where a term stands."""
        found = self._found
        begin = found.bounds[row.number]
        at = found.order[begin : begin + found.tf[row.number]]
        return sorted(zip(found.start[at].tolist(), found.length[at].tolist(), strict=True))

    def factors(self, row: RankedTerm) -> dict[str, float]:
        """Return what each group of factors multiplies the score by."""
        return {group: float(values[row.number]) for group, values in self._groups.items()}

    def _term(self, found: Found) -> str:
        _, _, start, size, _, _ = found
        tokens = self._tokens
        return "".join(tokens[start : start + size]).strip() if size > 1 else tokens[start].strip()


def ranked_terms(found: Sequence[Found], term_of: Callable[[Found], str]) -> Iterator[RankedTerm]:
    """Yield the terms of a record as rows, best first; of equal rounded scores the first term.

    Args:
        found: Best first; those whose score is 0 are left out.
        term_of: Gives the string of a term.
    """
    light = light_words()
    equal: list[RankedTerm] = []
    same: dict[int, list[str]] = {}  # the terms of each frequency
    for one in found:
        number, score, _, size, tf, doubtful = one
        if score <= 0:
            break
        order = -round6(score)
        if equal and order != equal[0].order:
            yield from sorted(equal)
            equal.clear()
        term = term_of(one)
        if size > 1 and term in light:
            continue  # 研究|人员
        if not term or "\n" in term:
            continue
        if doubtful:
            if tf not in same:
                same[tf] = [term_of(other) for other in found if other[4] == tf]
            if _is_piece(term, same[tf]):
                continue
        equal.append(RankedTerm(order, term, tf, number, size))
    yield from sorted(equal)


def _is_piece(term: str, others: Sequence[str]) -> bool:
    """Tell whether another term is this one and a character more, wherever it stands: 龙夺锦 of 赛龙夺锦."""
    return any(len(other) == len(term) + 1 and term in other for other in others)


def _fit(found: Candidates, allowed: Bools, *, whole: bool) -> Bools:
    """Return which candidates end in an allowed word or, for `whole`, have no other words."""
    fit: Bools = allowed[found.first + found.words - 1]
    if whole:
        sums = np.concatenate([[0], np.cumsum(allowed)])
        fit &= sums[found.first + found.words] - sums[found.first] == found.words
    return fit
