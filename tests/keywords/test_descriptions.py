"""Many words described at once are what the rules say of each."""

from __future__ import annotations

import random

import numpy as np
import pytest

from jmtools.keywords.credits import FOREIGN, credit_bits, is_foreign_piece
from jmtools.keywords.descriptions import classes_and_roles, hash_words
from jmtools.keywords.tags import INSIDE, tag_class, word_role
from jmtools.words.dictionary import UNKNOWN_TAG, dictionary_tags
from jmtools.words.shadow import simplified
from jmtools.words.stopwords import load_stopwords

MADE = (
    "\n",
    " ",
    "·",
    "F-16",
    "2024",
    "5月19日",
    "。",
    "從市",
    "臺灣",
    "Σας",
    "İzmir",
    "日至",
    "张建华",
    "欧阳锋",
    "T恤",
    "龘龘",
)


def described(words: list[str], tags: list[str]) -> None:
    stopwords = load_stopwords("default")
    stop, known = (
        np.array([word in stopwords for word in words]),
        np.array([tag != UNKNOWN_TAG for tag in tags]),
    )
    classes, roles = classes_and_roles(words, tags, stop=stop, known=known)
    for number, (word, tag) in enumerate(zip(words, tags, strict=True)):
        cls = tag_class(word, tag)
        role = word_role(word, cls, stop=word in stopwords, listed=tag != UNKNOWN_TAG) | credit_bits(word, cls)
        role |= FOREIGN if role & INSIDE and is_foreign_piece(simplified(word), cls) else 0
        assert (int(classes[number]), int(roles[number])) == (cls, role), (
            f"{word}: a rule of keywords.tags or keywords.credits is not among their RULED_ and ruled_ characters"
        )


def test_words_of_the_dictionary_are_described_as_the_rules_say() -> None:
    tags = dictionary_tags()
    words = random.Random(5).sample(sorted(tags), 60_000)
    described(words, [tags[word] for word in words])


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_words_that_no_dictionary_has_are_described_as_the_rules_say(size: int) -> None:
    choose = random.Random(size)
    letters = (
        "".join(choose.sample(sorted(dictionary_tags()), 3_000)) + "和于向从与及而至的着年月日号亿报网社台讯电本记"
    )
    words = [*MADE, *("".join(choose.choices(letters, k=size)) for _ in range(15_000))]
    described(words, [UNKNOWN_TAG] * len(words))


def test_hashes_do_not_depend_on_case_or_on_the_words_beside() -> None:
    words = ["Σας", "IPO", "ipo", "İzmir", "医保"]
    together = hash_words(words, np.array([len(word) for word in words]))
    assert together[1] == together[2]
    alone = [hash_words([word], np.array([len(word)]))[0] for word in words]
    assert together.tolist() == [int(number) for number in alone]
