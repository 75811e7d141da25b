"""Names made up for training: people, places, organisations, and sentences with such names in place of printed ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from random import Random
from typing import NamedTuple

from jmtools.words.dictionary import dictionary_tags
from jmtools.words.name_forms import STRONG_SURNAMES, transcription_kinds
from jmtools.words.name_lists import WEAK_SURNAMES, surnames
from jmtools.words.shadow import simplified

PERSON, PLACE, BODY = "person", "place", "body"
Span = tuple[str, int, int]  # kind, start, end

_NO_LAST = "村县市乡镇区路街河湖岛桥寺庙们的了人家会"  # the dictionary has 幸福村 among people
_SLOT = re.compile(r"\{(.)\}")


def _read_parts(path: Path) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        name, colon, pieces = line.partition(": ")
        if colon and not line.startswith("#"):
            parts.setdefault(name, []).extend(pieces.split())
    return parts


_PARTS = _read_parts(Path(__file__).parent / "name_parts.txt")


class Sentence(NamedTuple):
    """A text and its names."""

    text: str
    names: list[Span]


class Inventor:
    """Makes up names."""

    def __init__(self, rng: Random) -> None:
        """Take the words of jieba's dictionary apart."""
        self._rng = rng
        tags = dictionary_tags()
        foreign = transcription_kinds()
        people = [word for word, tag in tags.items() if tag in ("nr", "nrt", "nrfg") and len(word) > 1]
        places = [word for word, tag in tags.items() if tag == "ns" and len(word) > 1]
        self._threes = three_character_names(tags)
        counts = Counter(char for name in self._threes for char in name[1:])
        self._given, self._weights = list(counts), list(counts.values())
        self._foreign = [word for word in people if set(word) <= foreign.keys() and word[0] not in STRONG_SURNAMES]
        self._syllables = "".join(self._foreign)
        self._places = places
        self._foreign_places = [word for word in places if set(word) <= foreign.keys()]
        self._stems = [word[:-1] for word in places if 1 < len(word) < 5 and word[-1] in "县市镇乡村"]
        self._place_characters = "".join(self._stems)
        plain = [name for name in sorted(surnames()) if simplified(name) == name]
        self._rare = [name for name in plain if len(name) == 1 and name not in _PARTS["common"]]
        self._double = [name for name in plain if len(name) == 2]

    def chinese(self) -> str:
        """Return the name of a Chinese person."""
        rng = self._rng
        if rng.random() < 0.1:
            return rng.choice(self._threes)
        common = rng.random() < 0.75
        family = (
            rng.choice(_PARTS["common"]) if common else rng.choice(self._double if rng.random() < 0.06 else self._rare)
        )
        size = 2 if rng.random() < 0.78 else 1
        usual = rng.random() < 0.85
        given = (
            rng.choices(self._given, self._weights, k=size) if usual else rng.choices(self._place_characters, k=size)
        )
        return family + "".join(given)

    def foreign(self) -> str:
        """Return the name of a person in transcription, with dots or without."""
        chance = self._rng.random()
        parts = 1 if chance < 0.6 else 2 if chance < 0.94 else 3
        return "·".join(self._transcription() for _ in range(parts))

    def person(self) -> str:
        """Return a name of either kind."""
        return self.chinese() if self._rng.random() < 0.72 else self.foreign()

    def place(self, like: str = "") -> str:
        """Return the name of a place, one that ends as another does where that has an ending."""
        rng = self._rng
        ending = next((like[-n:] for n in (3, 2, 1) if len(like) > 2 and like[-n:] in _PARTS["suffixes"]), "")
        if ending:
            return self._stem() + (ending if rng.random() < 0.8 else rng.choice(_PARTS["suffixes"]))
        chance = rng.random()
        if chance < 0.45:
            return rng.choice(self._places)
        if chance < 0.62:
            return rng.choice(self._foreign_places) if rng.random() < 0.5 else self._transcription()
        return self._stem() + rng.choice(_PARTS["suffixes"])

    def body(self) -> str:
        """Return the name of an organisation."""
        return _SLOT.sub(lambda slot: self._slot(slot[1]), self._rng.choice(_PARTS["bodies"]))

    def _slot(self, slot: str) -> str:
        rng = self._rng
        if slot == "f":
            return self._field()
        if slot == "t":
            return rng.choice(_PARTS["trades"])
        if slot == "b":
            return "".join(rng.choices(_PARTS["brand"], k=2)) if rng.random() < 0.8 else self._transcription()
        if slot == "x":
            return rng.choice(self._foreign_places) if rng.random() < 0.6 else self._transcription()
        if slot == "q" and rng.random() < 0.4:
            return rng.choice(("", "", "中国", "全国", "国家", "中央", "省", "市", "县", "区"))
        return rng.choice(self._places) if rng.random() < 0.5 else self._stem() + rng.choice("省市县区镇市县")

    def _field(self) -> str:
        rng = self._rng
        fields = rng.sample(_PARTS["fields"], rng.choices((1, 2, 3), (6, 4, 1))[0])
        joint = rng.choice(("和", "和", "与", "及", ""))
        return "、".join(fields[:-1]) + joint + fields[-1] if len(fields) > 1 else fields[0]

    def _transcription(self) -> str:
        rng = self._rng
        if rng.random() < 0.5:
            return rng.choice(self._foreign)
        return "".join(rng.choices(self._syllables, k=rng.choice((2, 2, 3, 3, 3, 4, 4, 5))))

    def _stem(self) -> str:
        rng, chance = self._rng, self._rng.random()
        if chance < 0.35:
            return rng.choice(self._stems)
        if chance < 0.9:
            first = rng.choice(self._place_characters) if chance < 0.8 else rng.choice("东西南北大小新老上下")
            return first + rng.choice(self._place_characters)
        return "".join(rng.choices(self._place_characters, k=3))


def given_characters() -> dict[str, int]:
    """Return how far characters are those of given names rather than of words: 1 to 3, by jieba's dictionary."""
    tags = dictionary_tags()
    names = Counter(char for name in three_character_names(tags) for char in name[1:])
    others = Counter(char for word, tag in tags.items() if tag != "nr" for char in word)
    found = {}
    for char, count in names.items():
        if count > 1:
            odds = log(count / names.total() / ((others[char] + 5) / others.total()))
            found[char] = 3 if odds > 1.2 else 2 if odds > 0.2 else 1
    return found


def three_character_names(tags: dict[str, str]) -> list[str]:
    """Return the names of the dictionary that are a family name and two characters."""
    single = {name for name in surnames() if len(name) == 1} - set(WEAK_SURNAMES)
    return [
        word
        for word, tag in tags.items()
        if tag == "nr" and len(word) == 3 and word[0] in single and word[-1] not in _NO_LAST
    ]


def exchanged(sentence: Sentence, inventor: Inventor, rng: Random) -> Sentence:
    """Return a sentence with other names in place of most of its own, the same for the same."""
    pieces: list[str] = []
    names: list[Span] = []
    known: dict[str, str] = {}
    size = last = 0
    for kind, start, end in sorted(sentence.names, key=lambda name: name[1]):
        if start < last:
            continue
        name = sentence.text[start:end]
        if name not in known:
            changes = len(name) > 1 and rng.random() < 0.75
            known[name] = _instead(kind, name, inventor, rng) if changes else name
        before = sentence.text[last:start]
        size += len(before)
        names.append((kind, size, size + len(known[name])))
        size, last = size + len(known[name]), end
        pieces += before, known[name]
    return Sentence("".join([*pieces, sentence.text[last:]]), names)


def _instead(kind: str, name: str, inventor: Inventor, rng: Random) -> str:
    if kind == PERSON:
        foreign = set(name) <= {*transcription_kinds(), *"·-"} and name[0] not in STRONG_SURNAMES
        return inventor.foreign() if foreign else inventor.person()
    if kind == PLACE:
        return inventor.place(name)
    return inventor.body() if rng.random() < 0.6 else name


def filled(path: Path, inventor: Inventor, times: int) -> Iterator[Sentence]:
    """Yield the sentences of a file some times, with names in their slots: {C} {F} people, {L} places, {O} bodies."""
    kinds = {"C": (PERSON, inventor.chinese), "F": (PERSON, inventor.foreign)}
    makers = kinds | {"L": (PLACE, inventor.place), "O": (BODY, inventor.body)}
    for line in path.read_text("utf-8").splitlines():
        for _ in range(times):
            yield _fill(simplified(line), makers)


def _fill(line: str, makers: Mapping[str, tuple[str, Callable[[], str]]]) -> Sentence:
    pieces: Sequence[str] = _SLOT.split(line)
    text, names = "", []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            text += piece
            continue
        kind, make = makers[piece]
        name = make()
        names.append((kind, len(text), len(text) + len(name)))
        text += name
    return Sentence(text, names)
