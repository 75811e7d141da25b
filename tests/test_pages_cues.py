import doctest
import time
from types import ModuleType

import pytest

from jmtools.pages import credits as credits_module
from jmtools.pages import (
    cues,
    folio,
    headlines,
    issues,
    jumps,
    lines,
    names,
    profile,
    review,
    roles,
    shapes,
    split_page,
)


@pytest.mark.parametrize("cue", cues.CUES, ids=lambda cue: cue.name)
def test_each_cue_finds_its_own_example(cue: cues.Cue) -> None:
    assert cue.name in cues.find_cues(cue.example)


def test_cue_names_are_unique() -> None:
    assert len({cue.name for cue in cues.CUES}) == len(cues.CUES)


@pytest.mark.parametrize(
    "module", [credits_module, cues, folio, headlines, issues, jumps, lines, names, profile, review, roles, shapes]
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
    credits_module.inline_authors(text)
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
