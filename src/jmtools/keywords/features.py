"""The factors of the formula, measured for each candidate: one array each, numbers or choices among kinds."""

from __future__ import annotations

import numpy as np

from jmtools.counts.idf_tables import tf_form
from jmtools.keywords.candidates import Candidates, Texts, are_among
from jmtools.keywords.tags import DIGIT, END, JOINER, TAG_CLASSES
from jmtools.keywords.vocabulary import Bools, Floats, Ints, WordIds

_MAX_WORDS = 5
_NESTED = 0.5  # of the mean frequency of the longer candidates that contain one
_LEAST_TF = 0.05
_CHARACTERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 12)  # where the classes of length begin
LOOSE_TAGS = tuple(map(TAG_CLASSES.index, ("verb", "adjective")))
# Of words that make a run that stands once in a text a piece of a sentence.
PIECE_TAGS = (*LOOSE_TAGS, *map(TAG_CLASSES.index, ("idiom", "unknown", "adverbial", "position", "numeral", "time")))
# Of words by themselves that are none of the first keywords if they are rare and not in the headline: 清点, 精美.
LOOSE_ALONE = (*LOOSE_TAGS, *map(TAG_CLASSES.index, ("attribute", "adverbial", "position", "numeral")))
RARE = 2
VERBAL_TAG = TAG_CLASSES.index("verbal")
_TAGS = ("none", *TAG_CLASSES)
KINDS = {
    "words": ("1", "1", "2", "3", "4", "5"),
    "characters": ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9-11", "12-"),
    "part of speech": _TAGS,
    "part of speech at the beginning": _TAGS,
    "part of speech at the end": _TAGS,
    # factors of terms in the headline, where other terms are keywords than in the text
    "words, in headline": ("0", "1", "2", "3", "4", "5"),
    "part of speech, in headline": _TAGS,
    "part of speech at the end, in headline": _TAGS,
}
_IN_HEADLINE = ("tf", "idf", "near the beginning", "free left", "free right", "titled")


def factors(
    texts: Texts, vocabulary: WordIds, found: Candidates, idf: Floats, longer: Floats, *, tf: str = "log"
) -> dict[str, Floats]:
    """Return every factor that is a number.

    Args:
        texts: The documents.
        vocabulary: Their words.
        found: Their candidates.
        idf: Of each word of the vocabulary.
        longer: Mean frequency of the longer runs that contain each candidate.
        tf: Form of the frequency, one of `counts.idf_tables.TF_FORMS`; the weights were learned with `log`.

    Returns:
        Name of the factor → float array, shape (candidates,). A factor is 0 where it says nothing.
    """
    single = (found.words == 1) & (found.run_tf > 0)
    only_quoted = found.run_tf == 0
    run = ~single & ~only_quoted
    out: dict[str, Floats] = {}
    out |= _frequency(found, longer, tf)
    out |= _words(texts, vocabulary, found, idf, run)
    out |= _neighbours(texts, vocabulary, found, single, run)
    out |= _places(texts, found, run)
    out["titled"] = (found.titled > 0).astype(float)
    out["quoted"] = ((found.quoted > 0) & ~only_quoted).astype(float)
    out["only quoted"] = only_quoted.astype(float)
    out["clause"] = _clauses(texts, vocabulary, found, run, out["headline"] > 0)
    out["glued"] = (found.glued & ~only_quoted).astype(float)
    out |= {f"{name}, in headline": out[name] * out["headline"] for name in _IN_HEADLINE}
    return out


def _frequency(found: Candidates, longer: Floats, form: str) -> dict[str, Floats]:
    own = np.maximum(found.tf - _NESTED * longer, _LEAST_TF)
    return {
        "tf": np.log(tf_form(own, form)),
        "once": (found.tf == 1).astype(float),
        "twice": (found.tf == 2).astype(float),
    }


def mean_of_longer(texts: Texts, found: Candidates) -> Floats:
    """Return the mean frequency of the longer runs that contain each candidate."""
    size, count = len(texts.ids), len(found)
    start, length, group = (array[: found.regular] for array in (found.start, found.length, found.group))
    table = np.full((_MAX_WORDS + 1, size + _MAX_WORDS), -1, np.int64)
    for n in range(1, _MAX_WORDS + 1):
        mask = length == n
        table[n, start[mask]] = group[mask]
    sums, numbers = np.zeros(count), np.zeros(count)
    runs = found.run_tf > 0
    for n in range(2, _MAX_WORDS + 1):
        outer = np.flatnonzero((found.words == n) & runs)
        at, tf = found.first[outer], found.tf[outer]
        for m in range(1, n):
            for shift in range(n - m + 1):
                inner = table[m, at + shift]
                known = inner >= 0
                sums += np.bincount(inner[known], weights=tf[known], minlength=count)
                numbers += np.bincount(inner[known], minlength=count)
    mean: Floats = np.divide(sums, numbers, out=np.zeros(count), where=numbers > 0)
    return mean


def _words(texts: Texts, vocabulary: WordIds, found: Candidates, idf: Floats, run: Bools) -> dict[str, Floats]:
    """Return the factors of a candidate's words: their idf, how often they stand together, figures and joiners."""
    mean = _sum_words(found, idf[texts.ids]) / np.maximum(found.words, 1)
    role = vocabulary.role[texts.ids]
    # how often each word stands in its document
    key = texts.doc * np.int64(len(vocabulary.words)) + texts.ids
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    tf = counts[inverse]
    joiner = (role & JOINER) > 0
    low, high = np.where(joiner, np.iinfo(np.int64).max, tf), np.where(joiner, 0, tf)
    figure, function = (role & DIGIT) > 0, (role & (END | JOINER)) == 0
    at = found.first
    least, most = low[at], high[at]
    figures, joiners, inner = (flags[at].astype(np.int64) for flags in (figure, joiner, function))
    for shift in range(1, _MAX_WORDS):
        rows = np.flatnonzero(found.words > shift)
        at = found.first[rows] + shift
        least[rows] = np.minimum(least[rows], low[at])
        most[rows] = np.maximum(most[rows], high[at])
        figures[rows] += figure[at]
        joiners[rows] += joiner[at]
        inner[rows] += function[at]
    return {
        "idf": np.log(np.maximum(mean, 1e-3)),
        "cohesion": np.where(run, np.log(found.tf / np.maximum(np.minimum(least, 1 << 30), 1)), 0.0),
        "cohesion to commonest": np.where(run, np.log(found.tf / np.maximum(most, 1)), 0.0),
        "figures": figures.astype(float),
        "joiners": joiners.astype(float),
        "function words": inner.astype(float),
    }


def _sum_words(found: Candidates, weights: Floats) -> Floats:
    """Sum the weights of each candidate's words, one by one: a running sum would carry rounding errors on."""
    total = np.zeros(len(found))
    for shift in range(int(found.words.max(initial=0))):
        mask = np.flatnonzero(found.words > shift)
        total[mask] += weights[found.first[mask] + shift]
    return total


def _neighbours(
    texts: Texts,
    vocabulary: WordIds,
    found: Candidates,
    single: Bools,
    run: Bools,
) -> dict[str, Floats]:
    """Return how freely the neighbours of a candidate vary: entropies in nats."""
    before = np.roll(texts.ids, 1)[found.start]  # before the first word stands the last separator, as anywhere else
    after = texts.ids[np.minimum(found.start + found.length, len(texts.ids) - 1)] if len(texts.ids) else found.start
    left, right = (_entropy(found, beside, len(vocabulary.words)) for beside in (before, after))
    least = np.log1p(np.minimum(left, right))
    return {
        "free run": np.where(run, least, 0.0),
        "free word": np.where(single, least, 0.0),
        "free left": np.log1p(left),
        "free right": np.log1p(right),
    }


def _entropy(found: Candidates, beside: Ints, words: int) -> Floats:
    key = found.group * np.int64(words + 1) + beside + 1
    pairs, counts = np.unique(key, return_counts=True)
    # Equal counts are added as one, in the order of counts: the sum must not depend on how words are numbered.
    size = np.int64(counts.max(initial=0) + 1)
    sorts, times = np.unique(pairs // (words + 1) * size + counts, return_counts=True)
    group = sorts // size
    share = sorts % size / found.tf[group]
    entropy: Floats = np.bincount(group, weights=-times * share * np.log(share), minlength=len(found)).astype(float)
    return entropy


def _places(texts: Texts, found: Candidates, run: Bools) -> dict[str, Floats]:
    """Return where candidates stand: in the headline, near it in words, near the beginning."""
    head_end = texts.body[texts.doc]
    in_head = _in_headline(texts, found)
    first = found.first - texts.starts[found.doc]
    no_head = texts.body[found.doc] == texts.starts[found.doc]
    key = texts.doc * (int(texts.ids.max(initial=0)) + 1) + texts.ids
    in_headline = are_among(key, key[np.arange(len(texts.ids)) < head_end])
    sums = np.concatenate([[0.0], np.cumsum(in_headline)])
    shared = (sums[found.first + found.words] - sums[found.first]) / np.maximum(found.words, 1) * ~in_head
    return {
        "headline": in_head.astype(float),
        "headline run": (in_head & run).astype(float),
        "words in headline": shared,
        "all words in headline": ((shared >= 1) & run).astype(float),
        "near the beginning": np.exp(-first / 100),
        "at the beginning": np.exp(-first / 30),
        "beginning without headline": np.exp(-first / 100) * no_head,
    }


def _clauses(texts: Texts, vocabulary: WordIds, found: Candidates, run: Bools, in_head: Bools) -> Floats:
    """Return what stands once and reads like a piece of a sentence: 放|寒暑假, 价格|下调, 研制|开发, 断送.

    Headlines are made of such pieces, so there only two verbs and longer runs with a verb or adjective at an end count.
    """
    loose = np.isin(vocabulary.tag, LOOSE_TAGS)[texts.ids]
    verb, verbal = ((vocabulary.tag == tag)[texts.ids] for tag in (LOOSE_TAGS[0], VERBAL_TAG))
    sums = np.concatenate([[0], np.cumsum(np.isin(vocabulary.tag, PIECE_TAGS)[texts.ids])])
    first, last = found.first, found.first + found.words - 1
    piece = (sums[last + 1] > sums[first]) | (verbal[first] & verbal[last])
    in_text = np.where(run, piece, (found.words == 1) & (found.run_tf > 0) & verb[first])
    in_headline = run & np.where(found.words > 2, loose[first] | loose[last], verb[first] & verb[last])
    once = (found.tf == 1) & (found.quoted + found.titled == 0)
    clauses: Bools = once & np.where(in_head, in_headline, in_text)
    return clauses.astype(float)


def _in_headline(texts: Texts, found: Candidates) -> Bools:
    """Return which candidates stand in the headline."""
    head_end = texts.body[texts.doc]
    inside: Bools = np.bincount(found.group[found.start < head_end[found.start]], minlength=len(found)) > 0
    return inside


def kinds(texts: Texts, vocabulary: WordIds, found: Candidates) -> dict[str, Ints]:
    """Return every factor that is a choice among kinds.

    Returns:
        Name of the factor → index into `KINDS[name]`, shape (candidates,); 0 is the kind that weighs nothing.
    """
    single = (found.words == 1) & (found.run_tf > 0)
    run, in_head = ~single & (found.run_tf > 0), _in_headline(texts, found)
    chars = texts.offsets[found.first + found.words] - texts.offsets[found.first]
    tag = vocabulary.tag[texts.ids] + 1
    words = np.where(run, np.minimum(found.words, _MAX_WORDS), 0)
    alone = np.where(single, tag[found.first], 0)
    last = np.where(run, tag[found.first + found.words - 1], 0)
    return {
        "words": words,
        "characters": np.searchsorted(_CHARACTERS, chars, side="right"),
        "part of speech": alone,
        "part of speech at the beginning": np.where(run, tag[found.first], 0),
        "part of speech at the end": last,
        "words, in headline": np.where(in_head, np.where(single, 1, words), 0),
        "part of speech, in headline": np.where(in_head, alone, 0),
        "part of speech at the end, in headline": np.where(in_head, last, 0),
    }
