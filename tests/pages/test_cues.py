import doctest
import importlib
import time
from types import ModuleType
from typing import Any

import pytest

from jmtools.pages import (
    authors,
    cues,
    datelines,
    folio,
    headlines,
    inline_credits,
    issues,
    jumps,
    lines,
    profile,
    reading,
    review,
    roles,
    shapes,
    split_page,
)
from jmtools.pages import credits as credits_module

regex_parser: Any = importlib.import_module("re._parser")


@pytest.mark.parametrize("cue", cues.CUES, ids=lambda cue: cue.name)
def test_each_cue_finds_its_own_example(cue: cues.Cue) -> None:
    assert cue.name in cues.find_cues(cue.example)


@pytest.mark.parametrize("cue", cues.CUES, ids=lambda cue: cue.name)
def test_no_line_without_the_characters_that_a_cue_needs_can_show_it(cue: cues.Cue) -> None:
    tree = list(regex_parser.parse(cue.pattern))
    needs = {ord(char) for char in cue.needs}
    assert any(_always_takes_one(item, needs) for item in tree)
    # One that begins with ^ is matched at the beginning alone, so ^ must hold for all of it.
    assert not cue.pattern.startswith("^") or str(tree[0][0]) == "AT"


def _always_takes_one(item: tuple[Any, Any], needs: set[int]) -> bool:
    """Say whether a part of a pattern fits nothing without one of these characters."""
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return value in needs
    if name == "IN":
        return all(_members(one) <= needs for one in value)
    if name == "SUBPATTERN":
        return any(_always_takes_one(part, needs) for part in value[3])
    if name == "BRANCH":
        return all(any(_always_takes_one(part, needs) for part in branch) for branch in value[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return value[0] > 0 and any(_always_takes_one(part, needs) for part in value[2])
    return False


def _members(one: tuple[Any, Any]) -> set[int]:
    name, value = str(one[0]), one[1]
    if name == "LITERAL":
        return {value}
    if name == "RANGE":
        return set(range(value[0], value[1] + 1))
    if name == "CATEGORY" and str(value) == "CATEGORY_SPACE":
        return {code for code in range(0x110000) if chr(code).isspace()}
    return {-1}  # a negated set, or one that no cue needs


def test_cue_names_are_unique() -> None:
    assert len({cue.name for cue in cues.CUES}) == len(cues.CUES)


@pytest.mark.parametrize(
    "module",
    [
        credits_module,
        cues,
        folio,
        datelines,
        headlines,
        inline_credits,
        authors,
        issues,
        jumps,
        lines,
        profile,
        reading,
        review,
        roles,
        shapes,
    ],
)
def test_docstring_examples_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.failed == 0


HOSTILE = ["（" * 60, "上接" * 500, "记者" * 3000, "甲 " * 5000, "本报" * 4000 + "讯", "（记者 " * 2000]
HOSTILE += ["下转" * 9 + "第一版）" * 3, "据新华社" * 900, "责编/" * 800, "《" * 4000, "A" * 70, "。" * 9000]
HOSTILE += [" " * 30 + "A" * 34, "1" * 5000, "、" * 5000, "记者甲" * 30, "李" * 100, "公益" * 32, "1234567" * 9]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_pattern_backtracks_on_hostile_lines(text: str) -> None:
    start = time.process_time()
    cues.find_cues(text)
    credits_module.byline_authors(text)
    inline_credits.inline_authors(text)
    jumps.read_jump_in(text)
    jumps.cut_jump_out(text)
    folio.read_folio([text])
    assert time.process_time() - start < 0.1


def test_a_page_of_hostile_lines_is_split_at_once() -> None:
    split_page("\n".join(HOSTILE))  # the model is read once
    start = time.process_time()
    records = split_page("\n".join(HOSTILE))
    assert time.process_time() - start < 1
    assert records[-1]["line_end"] == len(HOSTILE)
