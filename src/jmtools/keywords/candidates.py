"""What may be a keyword: words, runs of adjacent words, titles and quotations, words that no dictionary has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jmtools.keywords.credits import STOP, credit_places
from jmtools.keywords.descriptions import HASH_BASE, Hashes, powers
from jmtools.keywords.edges import are_inside_amounts, are_parts, inside_names, may_end
from jmtools.keywords.tags import (
    ALONE,
    DIGIT,
    END,
    GLUE,
    INSIDE,
    JOINER,
    LATIN,
    LISTED,
    START,
)
from jmtools.keywords.vocabulary import Bools, Ints, WordIds

MAX_WORDS = 4  # of a run; more words gained nothing
MAX_CHARS = 16
_MAX_TOKENS = MAX_WORDS + 1  # with a joiner
_MAX_GLUED = 4  # characters of a word put together from pieces
_LENGTH_BITS = 6  # of a span's number of tokens, where start and length share one integer
_LENGTH_MASK = (1 << _LENGTH_BITS) - 1
_TITLE, _QUOTE = 1, 2
_MARKS = (
    ("《", "》", 20, 1, _TITLE),
    ("“", "”", 10, 2, _QUOTE),
    ("「", "」", 10, 2, _QUOTE),
    ("【", "】", 10, 2, _QUOTE),
)
_HASH_INVERSE = pow(HASH_BASE, -1, 1 << 64)
_DOC_STEP = 0xD6E8FEB86659FD93


@dataclass(frozen=True)
class Texts:
    """The words of a batch of documents, end to end, a separator word after each document.

    Attributes:
        ids: Word of each token.
        doc: Document of each token.
        starts: First token of each document, and the number of tokens at the end.
        offsets: First character of each token in all documents joined, and the number of characters at the end.
        body: First token of each document after its headline.
    """

    ids: Ints
    doc: Ints
    starts: Ints
    offsets: Ints
    body: Ints

    @property
    def docs(self) -> int:
        """Return the number of documents."""
        return len(self.starts) - 1


@dataclass(frozen=True)
class Candidates:
    """The distinct candidates of every document, in no particular order, and the places where they stand.

    Attributes:
        start, length: Tokens of every place.
        group: Candidate of every place.
        order, bounds: Places sorted by candidate, and where each candidate begins among them.
        regular: Places before this index are words and runs; the others were found only between quotation marks.
        first, words, doc, tf: Of each candidate: first token of its first place, number of tokens there, document,
            number of places.
        run_tf: How many of its places are words or runs.
        titled, quoted: How often it stands in 《》 and in quotation marks.
        glued: Whether it was put together from pieces.
    """

    start: Ints
    length: Ints
    group: Ints
    order: Ints
    bounds: Ints
    regular: int
    first: Ints
    words: Ints
    doc: Ints
    tf: Ints
    run_tf: Ints
    titled: Ints
    quoted: Ints
    glued: Bools

    def __len__(self) -> int:
        return len(self.first)


def lay_out(ids: Ints, lengths: Ints, headlines: Ints, vocabulary: WordIds) -> Texts:
    """Return documents as arrays.

    Args:
        ids: Words of all documents, end to end, a separator word after each document.
        lengths: Words of each document, its separator counted.
        headlines: How many characters at the beginning of each are its headline.
        vocabulary: Gave the ids.
    """
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(vocabulary.chars[ids])])
    doc = np.repeat(np.arange(len(lengths)), lengths)
    ends = offsets[starts[:-1]] + headlines
    body = np.where(headlines > 0, np.searchsorted(offsets, ends), starts[:-1])
    return Texts(ids, doc, starts, offsets, body)


def find_candidates(texts: Texts, vocabulary: WordIds) -> Candidates:
    """Find all candidates of all documents."""
    role = vocabulary.role[texts.ids]
    credit = credit_places(role)
    if credit is not None:
        role = np.where(credit & ((role & LISTED) == 0), 0, role)
    inner = are_parts(texts.ids, vocabulary, role) & ((role & LISTED) == 0)
    words = np.flatnonzero(((role & ALONE) > 0) & ~inner)
    places = [(words, np.ones(len(words), np.int64)), *_runs(texts, vocabulary, role)]
    start, length = (np.concatenate(part) for part in zip(*places, strict=True))
    glue_start, glue_length = _glued(texts, vocabulary, role)
    code = start << _LENGTH_BITS | length
    glue_code = glue_start << _LENGTH_BITS | glue_length
    fresh = ~are_among(glue_code, code)
    regular = np.concatenate([code, glue_code[fresh]])
    quote_code, kind = _quotations(texts, vocabulary, credit)
    both = np.concatenate([regular, quote_code[~are_among(quote_code, regular)]])
    return _group(texts, vocabulary, both, len(code), len(regular), quote_code, kind)


def are_among(values: Ints, known: Ints) -> Bools:
    """Return which of the values are known, as `np.isin` would in eight times the time, by hashing."""
    if not len(known):
        return np.zeros(len(values), np.bool_)
    known = np.sort(known)
    found: Bools = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return found


def _runs(texts: Texts, vocabulary: WordIds, role: Ints) -> list[tuple[Ints, Ints]]:
    """Return the runs of 2 and more words as (starts, lengths), by length."""
    ids, offsets = texts.ids, texts.offsets
    inside, joiner = (role & INSIDE) > 0, (role & JOINER) > 0
    # A joiner joins only what stands right beside it, a space only Latin words.
    latin = (role & LATIN) > 0
    left, right = np.roll(role, 1), np.roll(role, -1)
    both = (left & END) & ((right & START) << 1) > 0
    joins = both & (~latin | ((left & right & LATIN) > 0))
    digit = (role & DIGIT) > 0
    goes_on, unfinished = inside_names(texts.ids, vocabulary, role)
    begins = ((role & START) > 0) & ~are_inside_amounts(role) & ~goes_on
    ends = may_end(texts.ids, vocabulary, role) & ~unfinished
    passes = np.where(joiner, joins, inside)
    content = np.concatenate([[0], np.cumsum(~joiner)])
    solid = np.concatenate([[0], np.cumsum(inside & ~joiner & ~digit)])
    found = []
    count = len(ids)
    run = begins | passes
    for n in range(2, min(_MAX_TOKENS, count) + 1):
        tail = slice(n - 1, count)
        whole = run[: count - n + 1] & begins[: count - n + 1] & ends[tail]
        at = np.flatnonzero(whole)
        keep = (offsets[at + n] - offsets[at] <= MAX_CHARS) & (content[at + n] - content[at] <= MAX_WORDS)
        keep &= solid[at + n] > solid[at]
        found.append((at[keep], np.full(int(keep.sum()), n)))
        run = run[: count - n + 1] & passes[tail]
        run = run[: count - n] if n < _MAX_TOKENS else run
    return found


def _glued(texts: Texts, vocabulary: WordIds, role: Ints) -> tuple[Ints, Ints]:
    """Return repeated runs of short pieces, at least one of them a single character: 绝|地|求生, 周|冬雨, 拼|多|多."""
    ids, offsets = texts.ids, texts.offsets
    glue = (role & GLUE) > 0
    single = np.concatenate([[0], np.cumsum(offsets[1:] - offsets[:-1] == 1)])
    # only words that stand three times in their document
    often = np.flatnonzero(glue)
    key = texts.doc[often] * np.int64(len(vocabulary.words)) + ids[often]
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    tf = np.zeros(len(ids), np.int64)
    tf[often] = counts[inverse]
    glue &= tf >= 3
    starts, lengths = [], []
    # The numbers must be small: three of them and a document's have to fit into 63 bits.
    short, number = np.flatnonzero(glue), np.zeros(len(ids), np.int64)
    distinct, number[short] = np.unique(ids[short], return_inverse=True)
    goes_on, unfinished = inside_names(texts.ids, vocabulary, role)
    run, outside = glue, ~are_inside_amounts(role) & ~goes_on
    for n in (2, 3):
        run = run[:-1] & glue[n - 1 :]
        at = np.flatnonzero(run)
        at = at[
            outside[at]
            & ~unfinished[at + n - 1]
            & (offsets[at + n] - offsets[at] <= _MAX_GLUED)
            & (single[at + n] > single[at])
        ]
        # how often the pieces stand together, measured against the rarest of them
        least = tf[at]
        pair = texts.doc[at]
        for k in range(n):
            least = np.minimum(least, tf[at + k])
            pair = pair * np.int64(len(distinct)) + number[at + k]
        _, inverse, counts = np.unique(pair, return_inverse=True, return_counts=True)
        together = counts[inverse]
        at = at[(together >= 3) & (together * 10 >= least * 6)]
        starts.append(at)
        lengths.append(np.full(len(at), n))
    return np.concatenate(starts), np.concatenate(lengths)


def _quotations(texts: Texts, vocabulary: WordIds, credit: Bools | None) -> tuple[Ints, Ints]:
    """Return what stands between title and quotation marks: codes of places, what kind each is.

    Credits are none, nor are sentences: “我不同意。”
    """
    ids, offsets, doc = texts.ids, texts.offsets, texts.doc
    credits_before = None if credit is None else np.concatenate([[0], np.cumsum(credit)])
    codes, kinds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for left, right, most, least, kind in _MARKS:
        opening = np.flatnonzero(ids == vocabulary.get(left, -1))
        closing = np.flatnonzero(ids == vocabulary.get(right, -1))
        index = np.searchsorted(closing, opening)
        opening, index = opening[index < len(closing)], index[index < len(closing)]
        start, end = opening + 1, closing[index]
        chars = offsets[end] - offsets[start]
        good = (chars >= least) & (chars <= most) & (doc[opening] == doc[end]) & (end > start)
        if kind == _QUOTE:
            good &= (vocabulary.role[ids[end - 1]] & STOP) == 0
        if credits_before is not None:
            good &= credits_before[end] == credits_before[start]
        codes.append(start[good] << _LENGTH_BITS | (end - start)[good])
        kinds.append(np.full(int(good.sum()), kind))
    return np.concatenate(codes), np.concatenate(kinds)


def _group(
    texts: Texts, vocabulary: WordIds, code: Ints, plain: int, regular: int, quote_code: Ints, kind: Ints
) -> Candidates:
    """Group equal strings of one document."""
    start, length = code >> _LENGTH_BITS, code & _LENGTH_MASK
    spans = _SpanHashes(texts, vocabulary)
    key = spans.of(start, length)
    order = np.argsort(key)
    sorted_key = key[order]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = sorted_key[1:] != sorted_key[:-1]
    bounds = np.flatnonzero(fresh)
    group = np.empty(len(order), np.int64)
    group[order] = np.cumsum(fresh) - 1
    count = len(bounds)
    first_code = np.minimum.reduceat(code[order], bounds) if count else code
    first = first_code >> _LENGTH_BITS
    quoted_group = np.searchsorted(sorted_key[bounds], spans.of(quote_code >> _LENGTH_BITS, quote_code & _LENGTH_MASK))
    return Candidates(
        start=start,
        length=length,
        group=group,
        order=order,
        bounds=bounds,
        regular=regular,
        first=first,
        words=first_code & _LENGTH_MASK,
        doc=texts.doc[first],
        tf=np.diff(np.append(bounds, len(order))),
        run_tf=np.bincount(group[:regular], minlength=count),
        titled=np.bincount(quoted_group[kind == _TITLE], minlength=count),
        quoted=np.bincount(quoted_group[kind == _QUOTE], minlength=count),
        glued=np.bincount(group[:plain], minlength=count) == 0,
    )


class _SpanHashes:
    """Hashes of runs of tokens: equal where document and characters are equal, whatever the segmentation."""

    def __init__(self, texts: Texts, vocabulary: WordIds) -> None:
        counts = np.diff(texts.starts)
        self._place = texts.offsets[:-1] - np.repeat(texts.offsets[texts.starts[:-1]], counts)
        size = int(self._place.max()) + 1 if len(self._place) else 1
        self._inverse = powers(_HASH_INVERSE, size)
        parts = vocabulary.hashes[texts.ids] * powers(HASH_BASE, size)[self._place]
        self._sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(parts)])
        self._doc = texts.doc

    def of(self, start: Ints, length: Ints) -> Hashes:
        """Return the hash of each stretch."""
        text = (self._sums[start + length] - self._sums[start]) * self._inverse[self._place[start]]
        hashes: Hashes = (text + self._doc[start].astype(np.uint64) * _DOC_STEP) * _DOC_STEP
        return hashes
