"""How well a line goes on where another stopped: what tells the rest of a broken sentence from a caption in between."""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate

from jmtools.io.installed import read_data
from jmtools.pages.groups import Group
from jmtools.pages.shapes import CANDIDATE
from jmtools.pages.surroundings import Surroundings

_JOINS = {"strong": 4, "word": 2, "page": 1, "-": 1, "no": 0}
_PROBE = 7  # characters
_CAPTION = 130  # characters: longer lines are not looked for elsewhere
_SHORT = 20
_REACH = 10  # lines
_KEPT = 2_000  # groups of features that come again and again
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
        self._joins: dict[str, str] = {}
        first, last = self._first, self._last
        self._with_last = ["", *self._look_up([a + b for a, b in zip(last, first[1:], strict=False)])]
        self._with_second = ["", "", *self._look_up([a + b for a, b in zip(last, first[2:], strict=False)])]
        self._page = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]
        self._repeated = self._find_repeated()

    def group(self, i: int) -> Group:
        """Return how well a line goes on with the ones above it, and the ones around it with each other."""
        texts, states, begins = self._texts, self._states, self._begins
        own, size, last = states[i], len(texts[i]), i == len(texts) - 1
        found = _own_group(begins[i], self._ends.get(self._last[i], "-") if own == "o" else "", size > CANDIDATE)
        if i:
            join, state = self._with_last[i], states[i - 1]
            found += _last_group(join, state, begins[i])
            if i > 1:
                again, before = self._with_second[i], states[i - 2]
                over = 0
                if before == "o":
                    over = self._score(again, i) - self._score(self._with_last[i - 1], i - 1)
                found += _second_group(again, before, over, state)
            if not last:
                over_join = self._with_second[i + 1]
                passed = self._score(over_join, i + 1) - self._score(join, i) if state == "o" else 0
                found += _over_group(over_join, state, passed, own)
        rank = self._around.long_before[i]
        if rank:
            above = self._around.long[rank - 1]
            found += _above_group(states[above], min(i - above, 4), self.join(above, i) if size > CANDIDATE else "")
        length = "s" if size < _SHORT else "m" if size <= _CAPTION else "L"
        onward = self._with_last[i + 1] if own == "o" and not last else ""
        return found + _again_group(self._repeated[i], length, own, onward, begins[i + 1] if onward else "")

    def _find_repeated(self) -> list[int]:
        """Return for each line how many of three places are printed word by word in a line near it.

        Words that the text repeats belong to a caption, a box or a headline, not to the text.
        """
        asked: list[tuple[int, int]] = []  # line, place in it
        for i, text in enumerate(self._texts):
            stop = text.rfind("。")
            last = (stop if stop > _PROBE else len(text)) - _PROBE
            if 0 < last <= _CAPTION - _PROBE:
                asked += [(i, place) for place in {min(last, 3), last // 2, last}]
        page, starts, size = self._page, self._starts, len(self._texts)
        places = [starts[i] - i + place for i, place in asked]
        repeated = [0] * size
        for (i, place), may in zip(asked, self._around.words.may_recur(places, _PROBE), strict=True):
            if may:
                probe = self._texts[i][place : place + _PROBE]
                above, below = page.find(probe, starts[max(i - _REACH, 0)], starts[i]), -1
                if above < 0:
                    below = page.find(probe, starts[i + 1], starts[min(i + 1 + _REACH, size)])
                repeated[i] += above >= 0 or below >= 0
        return repeated

    def join(self, above: int, below: int) -> str:
        """Say how well a line goes on where another stopped.

        Returns:
            `strong` where the two characters that meet nearly always belong together, `word` where they often stand
            together inside a phrase, `page` where they do so elsewhere on the page, `no` where neither, `-` where one
            of them is no Chinese character.
        """
        pair = self._last[above] + self._first[below]
        known = self._joins.get(pair)
        return self._look_up([pair])[0] if known is None else known

    def _look_up(self, pairs: Sequence[str]) -> list[str]:
        """Return how well characters go on with each other, see `join`."""
        known = self._joins
        fresh = [pair for pair in dict.fromkeys(pairs) if pair not in known]
        unsure = []
        for pair in fresh:
            firmly = junction(pair)
            if firmly:
                known[pair] = firmly
            else:
                unsure.append(pair)
        for pair, has in zip(unsure, self._around.words.have(unsure) if unsure else (), strict=True):
            known[pair] = "page" if has else "no" if "一" <= pair[0] <= "龥" and "一" <= pair[1] <= "龥" else "-"
        return [known[pair] for pair in pairs]

    def _score(self, join: str, below: int) -> int:
        """Return how well a line goes on: the better they join, and the less it looks like a beginning, the more."""
        begins = self._begins[below]
        return _JOINS[join] - (2 if begins == "-" else int(begins))


@lru_cache(_KEPT)
def _own_group(begins: str, ends: str, long: bool) -> Group:
    if not ends:
        return (f"begins{begins}",)
    return (f"begins{begins}", f"ends{ends}", f"ends{ends}{'L' if long else 's'}")


@lru_cache(_KEPT)
def _last_group(join: str, state: str, begins: str) -> Group:
    return (f"join={join}{state}", f"begins{begins}{state}")


@lru_cache(_KEPT)
def _second_group(again: str, before: str, over: int, state: str) -> Group:
    return (f"join2={again}{before}", *([f"resumes{over}{state}"] if before == "o" else []))


@lru_cache(_KEPT)
def _over_group(join: str, state: str, passed: int, own: str) -> Group:
    return (f"over={join}{state}", *([f"passed{passed}{own}"] if state == "o" else []))


@lru_cache(_KEPT)
def _above_group(state: str, distance: int, join: str) -> Group:
    return (f"above={state}{distance}", *([f"above_join={join}{state}"] if join else []))


@lru_cache(_KEPT)
def _again_group(times: int, length: str, own: str, onward: str, begins: str) -> Group:
    return (f"said_again{times}&{length}{own}", *([f"next={onward}{begins}"] if onward else []))


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
