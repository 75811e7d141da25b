"""Terms numbered by the segmenter core: the same counts, order and lines as with strings."""

from __future__ import annotations

from collections import Counter

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.counts.core_vocabulary import CoreVocabulary
from jmtools.words.core import load_core
from jmtools.words.segment import load_segmenter
from jmtools.words.shadow import count_scripts

core = load_core()
if core is None:
    pytest.skip("no compiled core here", allow_module_level=True)
SEGMENTER = load_segmenter()
TEXTS = st.lists(
    st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from('江门日报記者采访了龘"\\\n，。5月19日23,876a.'))),
    max_size=5,
)


def vocabulary() -> CoreVocabulary:
    assert core is not None
    return CoreVocabulary(core, SEGMENTER.cut)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_words_are_counted_as_strings_would_be(first: list[str], second: list[str]) -> None:
    terms = vocabulary()
    for texts in (first, second):
        numbers, freq, docfreq = terms.tally(*terms.segment(texts))
        names = terms.names(numbers)
        words = [SEGMENTER.cut(text) for text in texts]
        assert dict(zip(names, freq.tolist(), strict=True)) == Counter(word for one in words for word in one)
        assert dict(zip(names, docfreq.tolist(), strict=True)) == Counter(word for one in words for word in set(one))
    everything = np.arange(len(terms))
    names = terms.terms()
    assert terms.encode(names).tolist() == everything.tolist() == [terms.numbers[name] for name in names]
    assert [names[number] for number in terms.order(everything).tolist()] == sorted(names)
    assert terms.scripts() == count_scripts("".join(names))
    odd = [(place, name) for place, name in enumerate(names) if not "\u4e00" <= name[0] <= "\u9fff"]
    assert terms.odd_ones(everything) == odd
    lines = b"".join(terms.lines(everything, b'{"term":"', [b'"}\n', b'",1}\n'], everything % 2))
    written = [orjson.dumps(name)[1:-1] + (b'",1}\n' if place % 2 else b'"}\n') for place, name in enumerate(names)]
    assert lines == b"".join(b'{"term":"' + line for line in written)


def test_terms_that_do_not_begin_with_a_han_character_are_told() -> None:
    terms = vocabulary()
    numbers = terms.encode(["医保", "", "——", "𠀀", "5G", "门诊"])
    assert terms.odd_ones(numbers) == [(1, ""), (2, "——"), (3, "𠀀"), (4, "5G")]


def test_after_clearing_numbers_begin_anew() -> None:
    terms = vocabulary()
    terms.encode(["医保", "龘龘"])
    terms.clear()
    assert (len(terms), terms.terms(), dict(terms.numbers)) == (0, [], {})
    assert terms.encode(["龘龘"]).tolist() == [0]
    assert terms.terms() == ["龘龘"]
