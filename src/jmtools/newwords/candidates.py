"""Frequent n-grams that are cohesive and free: what may be a new word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from jmtools.io.disk_array import Array, DiskArray
from jmtools.newwords.ngram_counts import (
    RECORD_END,
    Level,
    are_han,
    count_characters,
    neighbour_entropies,
    next_level,
    occurrences,
    places_of,
)

_SAMPLES = 8  # places of a candidate that are segmented
_PER_LENGTH = 50_000  # candidates of one length that are looked at closely, best first


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
        min_docfreq: Records in which it stands.
    """

    min_freq: int = 5
    max_len: int = 6
    min_pmi: float = 4.0
    min_entropy: float = 1.0
    top: int = 0
    phrases: bool = True
    min_docfreq: int = 1


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


def find_candidates(codes: DiskArray, options: NewWordOptions) -> Iterator[list[Candidate]]:
    """Yield the candidates of each length from 2 on."""
    characters = count_characters(codes)
    n_characters = int(characters.sum())
    below = codes
    counts: dict[int, Array] = {1: characters}
    heads: dict[int, Array] = {}
    tails: dict[int, Array] = {}
    han = are_han()
    record_ends = places_of(codes, RECORD_END)
    for size in range(2, options.max_len + 1):
        level = next_level(size, below, options.min_freq)
        if not len(level.counts):
            return
        counts[size] = level.counts
        heads = {k: part[level.first] for k, part in heads.items()} | {size - 1: level.first}
        tails = {k: part[level.last] for k, part in tails.items()} | {size - 1: level.last}
        han = han[level.first] | han[level.last]
        pmi = np.where(han, _weakest_joint(size, counts, heads, tails, n_characters), -np.inf)
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
        if docfreq[number] < options.min_docfreq:
            continue
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
