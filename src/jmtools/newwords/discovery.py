"""Records → words that no dictionary has, found by cohesion and freedom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.io.disk_array import Array, DiskArray
from jmtools.io.records import round6
from jmtools.newwords.ngram_counts import (
    RECORD_END,
    Level,
    count_characters,
    neighbour_entropies,
    next_level,
    occurrences,
)
from jmtools.words.postag import Tagger
from jmtools.words.segment import load_segmenter, record_text, word_tags
from jmtools.words.stopwords import load_stopwords

_NOT_IN_UTF16 = re.compile("[\x00\x01\U00010000-\U0010ffff]")
_SAMPLES = 8  # places of a candidate that are segmented
_CONTEXT = 12  # characters on each side that it sees
_ALIGNED = 0.3  # share of the places at which the segmenter must set borders at both ends of a candidate
_EXAMPLES = 2
_PER_LENGTH = 50_000  # candidates of one length that are looked at closely, best first
# Characters with which no new word begins or ends, whatever the segmenter makes of it.
_FUNCTION = "的了着在是有和与及很最更各该此每也都就才又再不没将被把从对向于至为以之其们"
# Parts of speech that a new word neither begins nor ends with: numerals, measures, pronouns, particles and the like.
_LOOSE_TAGS = re.compile("[cefmopqruy]|d|mq|u[a-z]|zg")


@dataclass(frozen=True)
class NewWordOptions:
    """What counts as a word.

    Attributes:
        min_freq: Occurrences.
        max_len: Characters.
        min_pmi: Cohesion: pointwise mutual information in bits of the two parts of the word, at its weakest joint.
        min_entropy: Freedom: entropy in bits of the characters beside the word, on the poorer side.
        top: How many are reported, best first; 0 for all.
        phrases: Whether two or more words of the dictionary may make one, such as 乡村振兴.
    """

    min_freq: int = 5
    max_len: int = 6
    min_pmi: float = 4.0
    min_entropy: float = 1.0
    top: int = 0
    phrases: bool = True


@dataclass
class Candidate:
    """An n-gram that is frequent, cohesive and free."""

    word: str
    freq: int
    pmi: float
    left: float
    right: float
    docfreq: int = 0
    places: list[int] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Return freedom times cohesion times the logarithm of the frequency."""
        return min(self.left, self.right) * self.pmi * float(np.log2(self.freq))


class NewWordFinder(ReportFeature[bytes, DiskArray]):
    """Collects the text of records on disk, then finds the words in it."""

    def __init__(self, options: NewWordOptions | None = None) -> None:
        self._options = options or NewWordOptions()

    def count(self, batch: Sequence[Mapping[str, Any]]) -> bytes:
        """Return the text of a batch as 16-bit codes."""
        texts = [_NOT_IN_UTF16.sub("\ufffd", record_text(data)) + chr(RECORD_END) for data in batch]
        return "".join(texts).encode("utf-16-le")

    def merge(self, total: bytes | DiskArray, part: bytes) -> DiskArray:
        """Append a later batch."""
        codes = _as_corpus(total)
        codes.append(part)
        return codes

    def records(self, total: bytes | DiskArray) -> Iterator[dict[str, Any]]:
        """Yield the new words, best first."""
        codes = _as_corpus(total)
        judge = _Judge(codes, self._options)
        found: list[tuple[Candidate, list[str]]] = []
        for candidates in _candidates(codes, self._options):
            found += (
                (candidate, cut) for candidate in candidates if (cut := judge.segmented_as(candidate)) is not None
            )
        found.sort(key=lambda item: (-item[0].score, item[0].word))
        tags = Tagger()
        for candidate, cut in found[: self._options.top or None]:
            yield {
                "term": candidate.word,
                "freq": candidate.freq,
                "docfreq": candidate.docfreq,
                "score": round6(candidate.score),
                "pmi": round6(candidate.pmi),
                "left_entropy": round6(candidate.left),
                "right_entropy": round6(candidate.right),
                "pos": tags.tags([candidate.word])[0],
                "cut_as": cut,
                "examples": [judge.around(place, candidate.word) for place in candidate.places[:_EXAMPLES]],
            }


def new_words(records: Iterable[Mapping[str, Any]], **options: Any) -> Iterator[dict[str, Any]]:
    """Yield the words of a corpus that no dictionary has, best first; the options are those of `NewWordOptions`."""
    finder = NewWordFinder(NewWordOptions(**options))
    total: bytes | DiskArray = b""
    for record in records:
        total = finder.merge(total, finder.count([record]))
    return finder.records(total)


def dictionary_line(record: Mapping[str, Any]) -> str:
    """Return a new word as a line of a user dictionary: word, frequency, part of speech."""
    return f"{record['term']}\t{record['freq']}\t{record['pos']}\n"


class _Judge:
    """Asks the dictionary, the stop list and the segmenter whether a candidate is a word, and a new one."""

    def __init__(self, codes: DiskArray, options: NewWordOptions) -> None:
        self._codes = codes
        self._segmenter = load_segmenter()
        self._tags = word_tags()
        self._stop = load_stopwords()
        self._phrases = options.phrases

    def segmented_as(self, candidate: Candidate) -> list[str] | None:
        """Return how the segmenter parts a new word, or None if it is no word, or not new."""
        word = candidate.word
        if self._tags[word] != "x" or word[0] in _FUNCTION + "·" or word[-1] in _FUNCTION + "·":
            return None
        parts = self._segmenter.cut(word)
        if any(part in self._stop for part in parts):
            return None
        if len(parts) > 1 and any(_LOOSE_TAGS.fullmatch(self._tags[part]) for part in (parts[0], parts[-1])):
            return None
        if not self._phrases and len(parts) > 1 and all(len(part) > 1 and self._tags[part] != "x" for part in parts):
            return None
        aligned = sum(self._stands_alone(place, len(word)) for place in candidate.places)
        return parts if aligned >= _ALIGNED * len(candidate.places) else None

    def around(self, place: int, word: str) -> str:
        """Return a word with what stands around it in its line."""
        return self._context(place, len(word))[0]

    def _stands_alone(self, place: int, length: int) -> bool:
        """Tell whether the segmenter sets borders at both ends of a stretch, seen in its surroundings."""
        text, start = self._context(place, length)
        end = 0
        borders = {0}
        for part in self._segmenter.cut(text):
            end += len(part)
            borders.add(end)
        return start in borders and start + length in borders

    def _context(self, place: int, length: int) -> tuple[str, int]:
        text = self._codes.read(place - _CONTEXT, place + length + _CONTEXT).tobytes().decode("utf-16-le")
        before, after = text[:_CONTEXT], text[_CONTEXT + length :]
        before = re.split("[\x00\x01\n]", before)[-1]
        return before + text[_CONTEXT : _CONTEXT + length] + re.split("[\x00\x01\n]", after)[0], len(before)


def _as_corpus(total: bytes | DiskArray) -> DiskArray:
    if isinstance(total, DiskArray):
        return total
    codes = DiskArray(np.uint16)
    codes.append(total)
    return codes


def _candidates(codes: DiskArray, options: NewWordOptions) -> Iterator[list[Candidate]]:
    """Yield the candidates of each length from 2 on."""
    characters = count_characters(codes)
    n_characters = int(characters.sum())
    below = codes
    counts: dict[int, Array] = {1: characters}
    heads: dict[int, Array] = {}
    tails: dict[int, Array] = {}
    record_ends = _places_of(codes, RECORD_END)
    for size in range(2, options.max_len + 1):
        level = next_level(size, below, options.min_freq)
        if not len(level.counts):
            return
        counts[size] = level.counts
        heads = {k: part[level.first] for k, part in heads.items()} | {size - 1: level.first}
        tails = {k: part[level.last] for k, part in tails.items()} | {size - 1: level.last}
        pmi = _weakest_joint(size, counts, heads, tails, n_characters)
        yield _free_ones(codes, level, pmi, record_ends, options)
        if below is not codes:
            below.close()
        below = level.ids


def _weakest_joint(
    size: int, counts: Mapping[int, Array], heads: Mapping[int, Array], tails: Mapping[int, Array], n_characters: int
) -> Array:
    """Return the pointwise mutual information in bits of each n-gram's two parts, at the joint where it is least."""
    expected = np.zeros(len(counts[size]))
    for k in range(1, size):
        part = counts[k][heads[k]].astype(float) * counts[size - k][tails[size - k]]
        expected = np.maximum(expected, part)
    information: Array = np.log2(counts[size] * float(n_characters) / expected)
    return information


def _free_ones(
    codes: DiskArray, level: Level, pmi: Array, record_ends: Array, options: NewWordOptions
) -> list[Candidate]:
    """Return the cohesive n-grams of a level that are free on both sides, with where they stand."""
    wanted = pmi >= options.min_pmi
    left, right = neighbour_entropies(codes, level, wanted)
    numbers = np.flatnonzero(wanted)
    free = np.minimum(left, right) >= options.min_entropy
    score = np.minimum(left, right) * pmi[numbers] * np.log2(level.counts[numbers])
    best = np.flatnonzero(free)
    best = best[np.argsort(-score[best], kind="stable")[:_PER_LENGTH]]
    chosen = np.zeros(len(pmi), bool)
    chosen[numbers[best]] = True
    places, docfreq = _places_and_texts(level, chosen, record_ends)
    found = []
    for index in np.sort(best):
        number = int(numbers[index])
        stands = places[number]
        word = codes.read(stands[0], stands[0] + level.size).tobytes().decode("utf-16-le")
        figures = (float(pmi[number]), float(left[index]), float(right[index]))
        found.append(Candidate(word, int(level.counts[number]), *figures, docfreq[number], stands))
    return found


def _places_and_texts(level: Level, chosen: Array, record_ends: Array) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Return the first places of each chosen n-gram, and in how many records it occurs."""
    places: dict[int, list[int]] = {int(number): [] for number in np.flatnonzero(chosen)}
    seen = np.zeros(len(chosen), np.int64)
    texts = np.zeros(len(chosen), np.int64)
    last_text = np.full(len(chosen), -1)
    for where, which in occurrences(level, chosen):
        text = np.searchsorted(record_ends, where)
        order = np.lexsort((where, which))
        where, which, text = where[order], which[order], text[order]
        first = np.concatenate([[True], which[1:] != which[:-1]])[: len(which)]
        new_text = np.concatenate([[True], text[1:] != text[:-1]])[: len(which)]
        new_text = np.where(first, text != last_text[which], new_text)
        texts += np.bincount(which[new_text], minlength=len(texts))
        last_text[which] = text  # of several for one n-gram, the last stays
        rank = np.arange(len(which)) - np.flatnonzero(first)[np.cumsum(first) - 1]
        early = np.flatnonzero(seen[which] + rank < _SAMPLES)
        for index in early:
            places[int(which[index])].append(int(where[index]))
        seen += np.bincount(which, minlength=len(seen))
    return places, {number: int(texts[number]) for number in places}


def _places_of(codes: DiskArray, code: int) -> Array:
    found = [np.flatnonzero(codes.read(start, stop) == code) + start for start, stop in codes.chunks()]
    return np.concatenate(found) if found else np.zeros(0, np.int64)
