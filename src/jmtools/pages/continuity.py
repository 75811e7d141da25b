"""How well a line goes on where another stopped: what tells the rest of a broken sentence from a caption in between."""

from collections.abc import Sequence
from functools import cache

from jmtools.installed import read_data
from jmtools.pages.shapes import CANDIDATE
from jmtools.pages.surroundings import Group, Surroundings

_JOINS = {"strong": 4, "word": 2, "page": 1, "-": 1, "no": 0}
_PROBE = 7  # characters
_CAPTION = 130  # characters: longer lines are not looked for elsewhere
_SHORT = 20
_REACH = 10  # lines
_OPENERS = "“‘《（("


class Continuity:
    """The lines of a page, asked which of them goes on with which."""

    def __init__(self, around: Surroundings, complete: Sequence[bool]) -> None:
        self._around, self._complete = around, complete
        self._texts = around.texts
        self._begins, self._ends = edges()
        self._junctions = junctions()

    def group(self, i: int) -> Group:
        """Return how well a line goes on with the ones above it, and the ones around it with each other."""
        texts, complete = self._texts, self._complete
        text = texts[i]
        begins = self._begin(text)
        found = [f"begins{begins}"]
        if not complete[i]:
            ends = self._ends.get(text[-1], "-")
            found += [f"ends{ends}", f"ends{ends}{'L' if len(text) > CANDIDATE else 's'}"]
        if i:
            join, state = self.join(texts[i - 1], text), "c" if complete[i - 1] else "o"
            found += [f"join={join}{state}", f"begins{begins}{state}"]
            if i > 1:
                again, state = self.join(texts[i - 2], text), "c" if complete[i - 2] else "o"
                found.append(f"join2={again}{state}")
                if state == "o":
                    over = self._score(again, text) - self._score(self.join(texts[i - 2], texts[i - 1]), texts[i - 1])
                    found.append(f"resumes{over}{'c' if complete[i - 1] else 'o'}")
            if i < len(texts) - 1:
                over_join, state = self.join(texts[i - 1], texts[i + 1]), "c" if complete[i - 1] else "o"
                found.append(f"over={over_join}{state}")
                if state == "o":
                    over = self._score(over_join, texts[i + 1]) - self._score(join, text)
                    found.append(f"passed{over}{'c' if complete[i] else 'o'}")
        rank = self._around.long_before[i]
        if rank:
            above = self._around.long[rank - 1]
            state = "c" if complete[above] else "o"
            found.append(f"above={state}{min(i - above, 4)}")
            if len(text) > CANDIDATE:
                found.append(f"above_join={self.join(texts[above], text)}{state}")
        hits = self._repeated(i)
        size = "s" if len(text) < _SHORT else "m" if len(text) <= _CAPTION else "L"
        found.append(f"said_again{hits}&{size}{'c' if complete[i] else 'o'}")
        if i < len(texts) - 1 and not complete[i]:
            found.append(f"next={self.join(text, texts[i + 1])}{self._begin(texts[i + 1])}")
        return tuple(found)

    def _repeated(self, i: int) -> int:
        """Return how many of three places of a line are printed word by word in a line near it.

        What the text says again is a caption, a box or a headline, not a part of the text.
        """
        text = self._texts[i]
        body = text[: text.rfind("。")] if text.rfind("。") > _PROBE else text
        if not _PROBE < len(body) <= _CAPTION:
            return 0
        last = len(body) - _PROBE
        near = [*self._texts[max(i - _REACH, 0) : i], *self._texts[i + 1 : i + 1 + _REACH]]
        hits = 0
        for place in {min(last, 3), last // 2, last}:
            probe = body[place : place + _PROBE]
            hits += any(probe in other for other in near)
        return hits

    def join(self, above: str, below: str) -> str:
        """Say how well a line goes on where another stopped.

        Returns:
            `strong` where the two characters that meet nearly always belong together, `word` where they often stand
            together inside a phrase, `page` where they do so elsewhere on the page, `no` where neither, `-` where one
            of them is no Chinese character.
        """
        pair = above[-1] + below[0]
        known = self._junctions.get(pair)
        if known:
            return known
        if self._around.has(pair):
            return "page"
        return "no" if "一" <= pair[0] <= "龥" and "一" <= pair[1] <= "龥" else "-"

    def _begin(self, text: str) -> str:
        """Return how often sentences begin as a line does: 0 hardly ever to 4 often, - unknown."""
        return self._begins.get(text[1:2] if text[0] in _OPENERS else text[0], "-")

    def _score(self, join: str, below: str) -> int:
        """Return how well a line goes on: the better they join, and the less it looks like a beginning, the more."""
        begins = self._begin(below)
        return _JOINS[join] - (2 if begins == "-" else int(begins))


@cache
def junctions() -> dict[str, str]:
    """Return the pairs of characters that often stand side by side inside a phrase, `word` or `strong`."""
    found: dict[str, str] = {}
    for row in _rows("junctions.txt"):
        some, much = row[1:].split("\t")
        found.update({row[0] + after: "word" for after in some})
        found.update({row[0] + after: "strong" for after in much})
    return found


@cache
def edges() -> tuple[dict[str, str], dict[str, str]]:
    """Return how often characters begin a sentence, and how often they end a clause: 0 hardly ever to 4 often."""
    found: dict[str, dict[str, str]] = {"b": {}, "e": {}}
    for row in _rows("edges.txt"):
        found[row[0]].update(dict.fromkeys(row[3:], row[1]))
    return found["b"], found["e"]


def _rows(name: str) -> list[str]:
    return [row for row in read_data(name).splitlines() if not row.startswith("#")]
