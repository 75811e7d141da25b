"""Sums of counts: however batches are cut, merged and sent, the totals are those of one plain count."""

from __future__ import annotations

import pickle
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jmtools.counts.tally import Counts, Tally, Vocabulary

KEY = ((), 1)
RECORDS = st.lists(st.lists(st.sampled_from("医保基金监管条例"), max_size=8), max_size=8)


def tally_of(records: list[list[str]], vocabulary: Vocabulary | None = None) -> Tally:
    vocabulary = vocabulary or Vocabulary()
    counts = Counts(docs=len(records))
    for words in records:
        numbers, freq = np.unique(vocabulary.encode(words), return_counts=True)
        counts.add(numbers, freq, np.ones(len(numbers), np.int64))
    return Tally({1: vocabulary}, {KEY: counts})


def plain(tally: Tally) -> tuple[int, dict[str, tuple[int, int]]]:
    names = tally.vocabularies[1].terms()
    numbers, freq, docfreq = tally.counts[KEY].total()
    rows = zip(numbers.tolist(), freq.tolist(), docfreq.tolist(), strict=True)
    return tally.counts[KEY].docs, {names[number]: (f, d) for number, f, d in rows}


def expected(records: list[list[str]]) -> tuple[int, dict[str, tuple[int, int]]]:
    freq = Counter(word for words in records for word in words)
    docfreq = Counter(word for words in records for word in set(words))
    return len(records), {word: (freq[word], docfreq[word]) for word in freq}


@given(st.lists(RECORDS, min_size=1, max_size=4), st.booleans())
def test_merged_parts_are_one_count(parts: list[list[list[str]]], sent: bool) -> None:
    tallies = [tally_of(records) for records in parts]
    if sent:  # as from another process
        tallies = [pickle.loads(pickle.dumps(tally)) for tally in tallies]  # noqa: S301
    total = tallies[0]
    for tally in tallies[1:]:
        total.merge(tally)
    assert plain(total) == expected([words for records in parts for words in records])


@given(RECORDS, RECORDS)
def test_parts_may_share_a_vocabulary(one: list[list[str]], other: list[list[str]]) -> None:
    vocabulary = Vocabulary()
    total = tally_of(one, vocabulary)
    total.merge(tally_of(other, vocabulary))
    assert plain(total) == expected([*one, *other])


def test_what_is_sent_names_only_the_terms_that_it_counts() -> None:
    vocabulary = Vocabulary()
    vocabulary.encode(["不在此处", "医保"])
    sent = pickle.loads(pickle.dumps(tally_of([["医保", "基金"]], vocabulary)))  # noqa: S301
    assert sent.vocabularies[1].terms() == ["医保", "基金"]


def test_the_order_of_the_text_outlives_new_numbers() -> None:
    one, other = tally_of([["医保"]]), tally_of([["基金", "医保", "基金"]])
    counts = other.counts[KEY]
    counts.sequence.append(other.vocabularies[1].encode(["基金", "医保", "基金"]).astype(np.int32))
    counts.sizes.append(3)
    one.merge(other)
    names = one.vocabularies[1].terms()
    (sequence,) = one.counts[KEY].sequence
    assert [names[number] for number in sequence.tolist()] == ["基金", "医保", "基金"]
