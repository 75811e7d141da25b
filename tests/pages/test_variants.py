"""The sample pages as scanners and databases leave them: they are split as they are split in print."""

import random

import pytest

from jmtools.io.encodings import decode_text
from jmtools.pages import split_page
from tests.docs.test_seeds import PAGES

MARKS = {
    "small": str.maketrans("，、；：？！", "﹐﹑﹔﹕﹖﹗"),
    "half": str.maketrans("，。；：？！（）“”", ',.;:?!()""'),
    "Japanese": str.maketrans("。、", "｡､"),
    "vertical": str.maketrans("，。、；：？！（）", "︐︒︑︔︓︕︖︵︶"),
}
TEXTS = [decode_text(page.read_bytes()) for page in PAGES]


def starts(text: str, scale: int = 1) -> set[tuple[int, str]]:
    """Return the first line and the type of each record, the lines divided by a scale."""
    return {((record["line_start"] + scale - 1) // scale, record["type"]) for record in split_page(text)}


def agreement(plain: list[set[tuple[int, str]]], other: list[set[tuple[int, str]]]) -> float:
    """Return which share of the records of pages begin where they begin in others (F1)."""
    same = sum(len(one & two) for one, two in zip(plain, other, strict=True))
    return 2 * same / sum(len(one) + len(two) for one, two in zip(plain, other, strict=True))


PLAIN = [starts(text) for text in TEXTS]


@pytest.mark.parametrize("name", MARKS)
def test_other_forms_of_marks_change_next_to_nothing(name: str) -> None:
    assert agreement(PLAIN, [starts(text.translate(MARKS[name])) for text in TEXTS]) >= 0.95


def test_a_blank_line_after_every_line_changes_little() -> None:
    assert agreement(PLAIN, [starts(text.replace("\n", "\n\n"), scale=2) for text in TEXTS]) >= 0.9


def test_half_of_the_full_stops_may_be_missing() -> None:
    rng = random.Random(7)
    lost = ["".join(char for char in text if char not in "。！？；" or rng.random() < 0.5) for text in TEXTS]
    assert agreement(PLAIN, [starts(text) for text in lost]) >= 0.85


def test_a_blank_after_every_character_changes_little() -> None:
    assert agreement(PLAIN, [starts("\n".join(" ".join(line) for line in text.split("\n"))) for text in TEXTS]) >= 0.9
