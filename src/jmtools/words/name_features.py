"""What speaks for names of people, places and organisations, character by character: numbers that weights are kept for.

`native/names.c` does the same. Every feature is a hash of its kind and of what it is about: characters, words, parts of
speech, and classes of characters (family names, given names, transcriptions).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.words.body_names import is_body_head
from jmtools.words.name_forms import STRONG_SURNAMES, transcription_kinds
from jmtools.words.name_lists import WEAK_SURNAMES, follows_name, is_role, is_speech, roles, surnames
from jmtools.words.segment import word_tags
from jmtools.words.shadow import simplified

NOTHING = 0xFFFF  # stands before the first character and word, and after the last
_ONE, _FIRST, _MIDDLE, _LAST = range(4)  # where a character stands in its word
_FEW, _FAR, _NEAR = 4, 8, 5  # longest word apart; words ahead to look for 公司; distances apart
_LONG_RUN, _IN_RUN = 6, 3
_OTHER, _FIGURE, _LETTER, _DOT, _PAUSE, _HAN = 0, 1, 2, 3, 4, 8
_ROLE, _ROLE_FORM, _SPEECH, _TITLE, _HEAD = 1, 2, 4, 8, 16  # what a word may be, as bits
_MARKS = "，。、：；“”（）《》·"
_TAGS = (
    *(
        "x",
        "nr",
        "nrt",
        "nrfg",
        "ns",
        "nt",
        "nz",
        "n",
        "ng",
        "vn",
        "an",
        "ad",
        "vg",
        "eng",
        "v",
        "a",
        "d",
        "m",
        "q",
        "r",
    ),
    *("p", "c", "u", "t", "s", "f", "j", "b", "l", "i", "y", "k", "o", "e", "z", "h", "g", "w", *_MARKS),
)
_NUMBER_OF_TAG = {tag: number for number, tag in enumerate(_TAGS)}
FIRST_MARK = _NUMBER_OF_TAG["w"]
INSIDE_NAMES = tuple(_NUMBER_OF_TAG[mark] for mark in "、·（）")  # marks that do not part a name from its end
_HAN_FORM = LazyPattern("[\u3400-\u9fff]")
_REMEMBERED = 30_000  # words, about 4 MB
_MULTIPLIER, _MASK = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF


class Words(NamedTuple):
    """The words of a text: where each ends, its part of speech and what it may be, as numbers."""

    ends: Sequence[int]
    tags: Sequence[int]
    kinds: Sequence[int]


def words_of(tokens: Sequence[str]) -> Words:
    """Return what the words of a text are."""
    known = _known_words()
    looked_up = [known[token] for token in tokens]
    tags, kinds = zip(*looked_up, strict=True) if looked_up else ((), ())
    return Words(list(accumulate(map(len, tokens))), tags, kinds)


class _KnownWords(dict[str, tuple[int, int]]):
    """Part of speech of a word, and what it may be, as numbers, remembered."""

    def __init__(self) -> None:
        super().__init__()
        self._tags = word_tags()

    def __missing__(self, word: str) -> tuple[int, int]:
        if len(self) >= _REMEMBERED:
            self.clear()
        plain = simplified(word)
        found = self[word] = (_number_of_tag(plain, self._tags[word]), _kind_of_word(plain))
        return found


@cache
def _known_words() -> _KnownWords:
    return _KnownWords()


def _number_of_tag(word: str, tag: str) -> int:
    """Return the number of a part of speech; punctuation marks that tell something have numbers of their own."""
    if tag == "x" and not _HAN_FORM.match(word):
        return _NUMBER_OF_TAG.get(word, _NUMBER_OF_TAG["w"])
    return _NUMBER_OF_TAG.get(tag) or _NUMBER_OF_TAG.get(tag[:1], 0)


def _kind_of_word(word: str) -> int:
    """Return what a word in Simplified characters may be, as bits."""
    kind = _ROLE if word in roles() else _ROLE_FORM if is_role(word) else 0
    kind |= _SPEECH if is_speech(word) else 0
    kind |= _TITLE if follows_name(word) else 0
    return kind | (_HEAD if is_body_head(word) else 0)


def character_classes(given: Mapping[str, int]) -> bytes:
    """Return the class of each character of the first plane; `given` says how often some are given names, 1 to 3."""
    table = bytearray(1 << 16)
    foreign = transcription_kinds()
    for code in range(0x3400, 0xA000):
        char = chr(code)
        surname = 3 if char in STRONG_SURNAMES else 0
        if not surname and char in surnames():
            surname = 1 if char in WEAK_SURNAMES else 2
        table[code] = _HAN + 12 * surname + 3 * given.get(char, 0) + foreign.get(char, 0)
    for first, last, kind in (("0", "9", _FIGURE), ("０", "９", _FIGURE), ("A", "Z", _LETTER), ("a", "z", _LETTER)):
        table[ord(first) : ord(last) + 1] = bytes([kind]) * (ord(last) - ord(first) + 1)
    for first, last in (("Ａ", "Ｚ"), ("ａ", "ｚ"), ("À", "ɏ"), ("Ͱ", "ԯ")):
        table[ord(first) : ord(last) + 1] = bytes([_LETTER]) * (ord(last) - ord(first) + 1)
    for char in "·•・":
        table[ord(char)] = _DOT
    table[ord("、")] = _PAUSE
    return bytes(table)


def features(text: str, words: Words, classes: bytes) -> list[list[int]]:
    """Return the features of each character of a text in Simplified characters."""
    seen = _Seen(text, words, classes)
    return [seen.features(place) for place in range(len(text))]


class _Seen:
    """A text with what its characters and words are, and nothing around it."""

    def __init__(self, text: str, words: Words, classes: bytes) -> None:
        codes = [ord(char) for char in text]
        self.classes = [classes[code] if code <= 0xFFFF else _OTHER for code in codes]
        self.codes = [ord("0") if kind == _FIGURE else code for code, kind in zip(codes, self.classes, strict=True)]
        self.words = words
        self.heads = _distances_to_heads(words)
        self.hashes = [_key(99, *codes[start:end]) for start, end in pairwise([0, *words.ends])]
        self.word_of: list[int] = []
        self.places: list[int] = []
        for word, (start, end) in enumerate(pairwise([0, *words.ends])):
            self.word_of += [word] * (end - start)
            inside = [_FIRST, *[_MIDDLE] * (end - start - 2), _LAST] if end - start > 1 else [_ONE]
            self.places += inside[: end - start]
        self.runs = _runs(self.classes)

    def features(self, i: int) -> list[int]:
        """Return the features of one character."""
        before2, before, here, after, after2 = (_at(self.codes, i + step) for step in (-2, -1, 0, 1, 2))
        class2, class1, own, next1, next2 = (_at(self.classes, i + step) for step in (-2, -1, 0, 1, 2))
        word = self.word_of[i]
        tags, kinds = self.words.tags, self.words.kinds
        tag2, tag1, tag, tag_next, tag_next2 = (_at(tags, word + step) for step in (-2, -1, 0, 1, 2))
        kind1, kind, kind_next = (_at(kinds, word + step) for step in (-1, 0, 1))
        hash1, hash_own, hash_next = (_at(self.hashes, word + step) for step in (-1, 0, 1))
        place, head, run = self.places[i], self.heads[word], self.runs[i]
        length = min(self.words.ends[word] - (self.words.ends[word - 1] if word else 0), _FEW)
        stand = place << 8 | tag
        return [
            *(_key(1, here), _key(2, before), _key(3, after), _key(4, before2), _key(5, after2)),
            *(_key(6, before, here), _key(7, here, after), _key(8, before2, before), _key(9, after, after2)),
            *(
                _key(10, stand, length),
                _key(11, stand, tag1),
                _key(12, stand, tag_next),
                _key(13, stand, tag1, tag_next),
            ),
            *(_key(14, place, hash_own), _key(15, place, hash1), _key(16, place, hash_next)),
            *(_key(17, own), _key(18, own, next1), _key(19, class1, own), _key(20, own, next1, next2)),
            *(_key(21, class2, class1, own), _key(22, class1, own, next1)),
            *(_key(23, stand, own, next1), _key(24, stand, class1, own)),
            *(
                _key(25, place, kind1),
                _key(26, place, kind),
                _key(27, place, kind_next),
                _key(28, stand, kind1, kind_next),
            ),
            *(_key(29, place, head), _key(30, stand, head, tag1), _key(31, run), _key(32, run, stand)),
            *(_key(33, place, tag2, tag1), _key(34, place, tag_next, tag_next2)),
        ]


def _at(values: Sequence[int], place: int) -> int:
    return values[place] if 0 <= place < len(values) else NOTHING


def _key(*values: int) -> int:
    """Return a hash of numbers, 32 bits."""
    key = 0
    for value in values:
        key = (key ^ value) * _MULTIPLIER & _MASK
        key ^= key >> 29
    return key >> 32


def _distances_to_heads(words: Words) -> list[int]:
    """Return of each word how many words on one such as 公司 stands, from 1 on; 0 for none in the same clause."""
    found = [0] * len(words.tags)
    head = -1
    for place in range(len(words.tags) - 1, -1, -1):
        tag = words.tags[place]
        if words.kinds[place] & _HEAD:
            head = place
        if head >= 0 and (head - place > _FAR or (tag >= FIRST_MARK and tag not in INSIDE_NAMES)):
            head = -1
        if head >= 0:
            found[place] = min(head - place, _NEAR) + 1
    return found


def _runs(classes: Sequence[int]) -> list[int]:
    """Return of each character its run of transcription characters: how long, and where in it; 0 for none."""
    runs = [0] * len(classes)
    start = 0
    while start < len(classes):
        end = start
        while end < len(classes) and classes[end] >= _HAN and (classes[end] - _HAN) % 3:
            end += 1
        for place in range(start, end):
            size, left, right = min(end - start, _LONG_RUN), min(place - start, _IN_RUN), min(end - 1 - place, _IN_RUN)
            runs[place] = 1 + size * 16 + left * 4 + right
        start = max(end, start + 1)
    return runs
