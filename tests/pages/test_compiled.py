"""What the compiled core does for pages against the same in Python, bit for bit."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import ModelError
from jmtools.pages.chain import Chain, ChainWeights
from jmtools.pages.compiled import load_functions
from jmtools.pages.compiled_chain import CompiledChain, CompiledScorer
from jmtools.pages.cue_sets import names_of
from jmtools.pages.cues import cues_of_lines, find_cues
from jmtools.pages.roles import ROLES
from jmtools.pages.scores import LineScorer
from jmtools.words.core_library import check

ROOT = Path(__file__).parents[2]
NAMES = tuple(ROLES)
ALL = (1 << len(NAMES)) - 1

library = load_functions()
if library is None:
    pytest.skip("no compiled core here", allow_module_level=True)

weights = st.floats(-9, 9, allow_nan=False)
tables = st.dictionaries(st.sampled_from(NAMES), st.dictionaries(st.sampled_from(NAMES), weights), max_size=24)
features = st.sampled_from(["any", "end_full", "-1:end_full", "last=报", "gap1", "no weight", "none either"])
groups = st.lists(features, max_size=4).map(tuple)
rows = st.lists(st.floats(-30, 30, allow_nan=False), min_size=len(NAMES), max_size=len(NAMES))


@settings(max_examples=200, deadline=None)
@given(tables, st.lists(st.tuples(rows, st.integers(0, ALL)), min_size=1, max_size=9))
def test_roles_and_probabilities_are_the_same_to_the_last_bit(
    transitions: dict[str, dict[str, float]], page: list[tuple[list[float], int]]
) -> None:
    assert library is not None
    own = ChainWeights(transitions)
    scores = array("d", [score for row, _ in page for score in row])
    bits = array("I", [only for _, only in page]), array("I", [only for _, only in page])
    path, margins = Chain(own).decode(scores, bits[0])
    assert (list(path), margins) == _listed(CompiledChain(library, own).decode(scores, bits[1]))
    assert bits[0] == bits[1]


def _listed(found: tuple[object, ...]) -> tuple[object, ...]:
    path, margins = found
    assert isinstance(path, bytearray)
    return list(path), margins


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(features.filter(lambda name: "n" not in name), st.dictionaries(st.sampled_from(NAMES), weights)),
    st.lists(st.lists(groups, min_size=1, max_size=5).map(tuple), min_size=1, max_size=5),
)
def test_scores_are_the_same_to_the_last_bit(
    table: dict[str, dict[str, float]], lines: list[tuple[tuple[str, ...], ...]]
) -> None:
    assert library is not None
    compiled = CompiledScorer(library, table)
    for _ in range(2):  # the second time all features are known
        assert compiled.scores(lines) == LineScorer(table).scores(lines)


def test_scores_are_sums_of_thousandths() -> None:
    assert library is not None
    scores, likely = CompiledScorer(library, {"any": {"H": 0.1, "P": 12.0}, "long": {"H": 0.2}}).scores(
        [(("any",), ("long", "unknown")), ((),)]
    )
    assert scores[NAMES.index("H")] == 0.3
    assert likely.tolist() == [1 << NAMES.index("P"), ALL]


def test_wrong_sizes_are_refused() -> None:
    assert library is not None
    weight, feature, ends = array("i", range(48)), array("I", [0, 1]), array("I", [2])
    scores, likely = array("d", bytes(8 * 24)), array("I", [0])

    def score(*, rows: int = 2, roles: int = 24, features: int = 2) -> int:
        where = [numbers.buffer_info()[0] for numbers in (weight, feature, ends, scores, likely)]
        return int(
            library.jm_score(where[0], rows, roles, where[1], features, where[2], 1, 1000.0, 11.0, where[3], where[4])
        )

    assert score() == 0
    for wrong in ({"rows": 1}, {"roles": 0}, {"roles": 33}, {"features": 1}):
        with pytest.raises(ModelError):
            check(score(**wrong))
    ends[0] = 3
    with pytest.raises(ModelError):
        check(score())


@given(
    st.lists(
        st.text(st.sampled_from("讯電电記者（）()：:1１（上接第版一A 　\x85字😀") | st.characters(), max_size=90),
        max_size=4,
    )
)
def test_lines_show_the_same_cues(texts: list[str]) -> None:
    texts = [text for text in texts if text]
    assert [[*names_of(cues)] for cues in cues_of_lines(texts)] == list(map(find_cues, texts))


def test_an_empty_chain_is_refused() -> None:
    assert library is not None
    nothing = (ctypes.c_char * 64)()
    with pytest.raises(ModelError):
        check(library.jm_find_roles(nothing, None, None, 1, None, None, None, 0))


def test_pages_have_the_same_records_without_the_core() -> None:
    code = (
        "import json, pathlib, sys\n"
        "from jmtools.pages import Page, PageSplitter\n"
        "splitter = PageSplitter()\n"
        "for file in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt')):\n"
        "    text = file.read_bytes().decode('utf-8', 'replace')\n"
        "    for page in (text, ''.join(text[i : i + 20] + '\\n' for i in range(0, len(text), 20))):\n"
        "        split = splitter.split(Page(page))\n"
        "        print(json.dumps([split.records, [sorted(margin.items()) for margin in split.decoded.margins]]))\n"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            stdout=subprocess.PIPE,
            env={**os.environ, "JMTOOLS_CORE": core},
        ).stdout
        for folder in (ROOT / "seeds", ROOT / "tests" / "pages" / "kinds")
        for core in ("native", "rjieba")
    ]
    assert printed[0] == printed[1]
    assert printed[2] == printed[3]
    assert len(printed[0]) > 1000
