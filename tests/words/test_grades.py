"""Grades of words as keywords: those of readers, and guesses for other words."""

from __future__ import annotations

from jmtools.words.grades import BEST, graded_words, grades_of


def test_grades_go_from_function_words_to_what_one_would_search_for() -> None:
    worst, low, wide, best = grades_of(["但是", "公司", "医院", "航母"])
    assert 0 == worst < low < wide < best == BEST


def test_traditional_words_have_the_grades_of_simplified_ones() -> None:
    assert grades_of(["醫院", "轉基因"]) == grades_of(["医院", "转基因"])


def test_other_words_are_guessed_from_words_that_begin_and_end_alike() -> None:
    ill, fragment = "脾腺炎", "忽却又"  # invented: an illness, and a piece of a sentence
    assert not {ill, fragment} & set(graded_words())
    guessed = grades_of([ill, fragment])
    assert guessed[0] > 3 > guessed[1] + 0.5
    mean, doubted = grades_of(["Qwxzk"])[0], grades_of([ill, fragment], doubt=0.5)
    assert all(abs(half - (full + mean) / 2) < 1e-9 for half, full in zip(doubted, guessed, strict=True))
    assert grades_of(["医院"], doubt=1.0) == grades_of(["医院"])
