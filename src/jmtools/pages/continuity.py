"""How well a line goes on where another stopped: what tells the rest of a broken sentence from a caption in between."""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from jmtools.io.installed import read_data
from jmtools.pages.shapes import CANDIDATE
from jmtools.pages.surroundings import Group, Surroundings

_JOINS = {"strong": 4, "word": 2, "page": 1, "-": 1, "no": 0}
_PROBE = 7  # characters
_CAPTION = 130  # characters: longer lines are not looked for elsewhere
_SHORT = 20
_REACH = 10  # lines
_OPENERS = "“‘《（("


class Continuity:
    """Tells which line of a page continues which."""

    def __init__(self, around: Surroundings, complete: Sequence[bool]) -> None:
        self._around = around
        self._texts = texts = around.texts
        self._states = ["c" if whole else "o" for whole in complete]
        begins, self._ends = edges()
        self._begins = [begins.get(text[1:2] if text[0] in _OPENERS else text[0], "-") for text in texts]
        self._first, self._last = [text[0] for text in texts], [text[-1] for text in texts]
        lines = range(len(texts))
        self._with_last = [self.join(i - 1, i) if i > 0 else "" for i in lines]
        self._with_second = [self.join(i - 2, i) if i > 1 else "" for i in lines]
        self._page = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def group(self, i: int) -> Group:
        """Return how well a line goes on with the ones above it, and the ones around it with each other."""
        texts, states, begins = self._texts, self._states, self._begins
        own, size = states[i], len(texts[i])
        found = [f"begins{begins[i]}"]
        if own == "o":
            ends = self._ends.get(self._last[i], "-")
            found += [f"ends{ends}", f"ends{ends}{'L' if size > CANDIDATE else 's'}"]
        if i:
            join, state = self._with_last[i], states[i - 1]
            found += [f"join={join}{state}", f"begins{begins[i]}{state}"]
            if i > 1:
                again, before = self._with_second[i], states[i - 2]
                found.append(f"join2={again}{before}")
                if before == "o":
                    over = self._score(again, i) - self._score(self._with_last[i - 1], i - 1)
                    found.append(f"resumes{over}{state}")
            if i < len(texts) - 1:
                over_join = self._with_second[i + 1]
                found.append(f"over={over_join}{state}")
                if state == "o":
                    found.append(f"passed{self._score(over_join, i + 1) - self._score(join, i)}{own}")
        rank = self._around.long_before[i]
        if rank:
            above = self._around.long[rank - 1]
            found.append(f"above={states[above]}{min(i - above, 4)}")
            if size > CANDIDATE:
                found.append(f"above_join={self.join(above, i)}{states[above]}")
        length = "s" if size < _SHORT else "m" if size <= _CAPTION else "L"
        found.append(f"said_again{self._repeated(i)}&{length}{own}")
        if i < len(texts) - 1 and own == "o":
            found.append(f"next={self._with_last[i + 1]}{begins[i + 1]}")
        return tuple(found)

    def _repeated(self, i: int) -> int:
        """Return how many of three places of a line are printed word by word in a line near it.

        Words that the text repeats belong to a caption, a box or a headline, not to the text.
        """
        text = self._texts[i]
        stop = text.rfind("。")
        last = (stop if stop > _PROBE else len(text)) - _PROBE
        if not 0 < last <= _CAPTION - _PROBE:
            return 0
        page, starts = self._page, self._starts
        begin, above = starts[max(i - _REACH, 0)], starts[i]
        below, end = starts[i + 1], starts[min(i + 1 + _REACH, len(self._texts))]
        hits = 0
        for place in {min(last, 3), last // 2, last}:
            probe = text[place : place + _PROBE]
            hits += page.find(probe, begin, above) >= 0 or page.find(probe, below, end) >= 0
        return hits

    def join(self, above: int, below: int) -> str:
        """Say how well a line goes on where another stopped.

        Returns:
            `strong` where the two characters that meet nearly always belong together, `word` where they often stand
            together inside a phrase, `page` where they do so elsewhere on the page, `no` where neither, `-` where one
            of them is no Chinese character.
        """
        pair = self._last[above] + self._first[below]
        known = junction(pair)
        if known:
            return known
        if self._around.words.have([pair])[0]:
            return "page"
        return "no" if "一" <= pair[0] <= "龥" and "一" <= pair[1] <= "龥" else "-"

    def _score(self, join: str, below: int) -> int:
        """Return how well a line goes on: the better they join, and the less it looks like a beginning, the more."""
        begins = self._begins[below]
        return _JOINS[join] - (2 if begins == "-" else int(begins))


def junction(pair: str) -> str:
    """Return how firmly two characters belong together where they meet inside a phrase: `strong`, `word` or nothing."""
    often, nearly_always = _junctions().get(pair[0], ("", ""))
    return "strong" if pair[1] in nearly_always else "word" if pair[1] in often else ""


@cache
def _junctions() -> dict[str, list[str]]:
    return {row[0]: row[1:].split("\t") for row in _rows("junctions.txt")}


@cache
def edges() -> tuple[dict[str, str], dict[str, str]]:
    """Return how often characters begin a sentence, and how often they end a clause: 0 hardly ever to 4 often."""
    found: dict[str, dict[str, str]] = {"b": {}, "e": {}}
    for row in _rows("edges.txt"):
        found[row[0]].update(dict.fromkeys(row[3:], row[1]))
    return found["b"], found["e"]


def _rows(name: str) -> list[str]:
    return [row for row in read_data(name).splitlines() if not row.startswith("#")]
