"""The features of a page by number against the same by name."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.pages.compiled import load_functions
from jmtools.pages.cue_sets import CUE_NAMES
from jmtools.pages.cues import CUES
from jmtools.pages.feature_families import FAMILIES, family_bases, feature_name
from jmtools.pages.features import view_page
from jmtools.pages.forms import Build
from jmtools.pages.lines import Line, page_lines
from jmtools.pages.model import RoleModel
from jmtools.pages.passes import load_model
from jmtools.pages.reading import read_page
from jmtools.pages.shapes import complete

ROOT = Path(__file__).parents[2]

if load_functions() is None:
    pytest.skip("no compiled core here", allow_module_level=True)

BEYOND = re.compile(r"last=[^\0-\uffff]").fullmatch  # characters of more than two bytes have no numbers
EXAMPLES = sorted({cue.example for cue in CUES})
SHORT = ["一、", "地点：", "■", "—", "#5", "１", "“好”", "（李小明）", "李小明 王芳", "图为大桥", "12.停车难", "\0"]
TEXT = "山城大桥昨天通车，市长李小明说：“这座桥等了三十年”，桥长一千二百米，两岸居民上午八点便来看热闹"
parts = st.one_of(
    *(st.sampled_from(EXAMPLES), st.sampled_from(SHORT), st.sampled_from([TEXT, TEXT[:29], TEXT * 2, TEXT + "。"])),
    *(st.text("一二第章、：:，,。！?…；（）()“”《》 　a1#—０ab的了\U00020000", max_size=40), st.text(max_size=12)),
)
texts = st.lists(parts, min_size=1, max_size=3).map("".join).map(lambda text: " ".join(text.split()))
rows = st.tuples(texts, st.integers(0, 3), st.integers(0, 3))
pages = st.lists(rows, min_size=1, max_size=14)
builds = st.none() | st.builds(Build, *(st.integers(0, 500) for _ in range(5)))


def lines_of(page: list[tuple[str, int, int]]) -> list[Line]:
    return [Line(text, n, n, 0, 0, gap, indent) for n, (text, gap, indent) in enumerate(page, 1) if text]


def names_of(lines: list[Line], paper: Build | None = None) -> tuple[list[list[str]], list[list[str]]]:
    view = view_page(lines, paper=paper)
    assert view.numbers is not None
    known = [
        [name for group in groups for name in group if not re.fullmatch(r"last=[^\0-\uffff]", name)]
        for groups in view.groups
    ]
    return view.numbers.names(), known


@settings(max_examples=300, deadline=None)
@given(pages, builds)
def test_features_are_the_same_by_number_and_by_name(page: list[tuple[str, int, int]], paper: Build | None) -> None:
    lines = lines_of(page)
    if lines:
        numbered, named = names_of(lines, paper)
        assert numbered == named


@pytest.mark.parametrize("folder", ["seeds", "tests/pages/kinds", "tests/unseen"])
def test_features_of_whole_pages_are_the_same(folder: str) -> None:
    rng = random.Random(3)
    for file in sorted((ROOT / folder).rglob("*.txt")):
        text = file.read_bytes().decode("utf-8", "replace")
        wrapped = "\n".join(text[i : i + 24] for i in range(0, len(text), 24))
        spoilt = "".join(char for char in text if char not in "。，" or rng.random() < 0.5)
        for page in (text, wrapped, spoilt):
            numbered, named = names_of(page_lines(page))
            assert numbered == named, file


def test_families_are_those_of_the_core_in_its_order() -> None:
    header = (ROOT / "native" / "lines.h").read_text(encoding="utf-8")
    listed = re.search(r"enum family \{(.*?)FAMILIES\n", header, re.DOTALL)
    assert listed is not None
    assert [*FAMILIES] == re.findall(r"\w+", listed[1].lower())


def test_every_cue_has_a_number_of_its_own() -> None:
    assert len(set(CUE_NAMES)) == len(CUE_NAMES) <= 128
    first = family_bases()[[*FAMILIES].index("cue")]
    assert [feature_name(first + n) for n in range(len(CUE_NAMES))] == [*CUE_NAMES]


def test_no_weight_hangs_on_what_has_no_number() -> None:
    model = load_model()
    chains = {one for one in (*model.printed, *model.bare, *model.wide) if one is not None}
    assert chains
    for chain in chains:
        assert not [name for name in _features(chain) if BEYOND(name)]


def _features(chain: RoleModel) -> list[str]:
    return [*chain._features]


@given(st.text("。！；”’）)] 　（(abc\x85", max_size=70) | texts)
def test_the_core_sees_the_same_ends_of_sentences(text: str) -> None:
    text = text.strip()
    if text:
        line = Line(text, 1, 1, 0, 0, 0)
        numbered, _ = names_of([line])
        ended = not {"end_full", "end_exclaim"}.isdisjoint(numbered[0])
        [read] = read_page([line])  # a full stop of half width is one of full width there
        assert ended == complete(read) or read[-1] in "，,、：:—－"
