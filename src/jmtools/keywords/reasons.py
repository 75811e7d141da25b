"""Why a keyword was chosen: what each group of factors does to its score, and where it stands."""

from __future__ import annotations

from typing import Any

from jmtools.keywords.candidates import Candidates, Texts
from jmtools.keywords.formula import Formula
from jmtools.keywords.vocabulary import Vocabulary
from jmtools.records import round6


class Reasons:
    """The reasons for the candidates of one batch."""

    def __init__(self, formula: Formula, texts: Texts, vocabulary: Vocabulary, found: Candidates) -> None:
        self._texts, self._found = texts, found
        self._groups = formula.groups(texts, vocabulary, found, vocabulary.idf)

    def of(self, index: int) -> dict[str, Any]:
        """Return `factors`, whose product is the score, and `places`: [`field`, first character, character after]."""
        factors = {group: round6(float(values[index])) for group, values in self._groups.items()}
        return {"factors": factors, "places": self._places(index)}

    def _places(self, index: int) -> list[list[Any]]:
        found, texts = self._found, self._texts
        begin = found.bounds[index]
        places = sorted(found.order[begin : begin + found.tf[index]].tolist(), key=lambda p: int(found.start[p]))
        doc = int(found.doc[index])
        origin = int(texts.offsets[texts.starts[doc]])
        body = int(texts.offsets[texts.body[doc]]) - origin
        out: list[list[Any]] = []
        for place in places:
            start = int(texts.offsets[found.start[place]]) - origin
            end = int(texts.offsets[found.start[place] + found.length[place]]) - origin
            out.append(["headline", start, end] if start < body else ["text", start - body, end - body])
        return out
