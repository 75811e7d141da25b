"""Patterns that are compiled quickly find what those find that Python compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jmtools
from jmtools.fields import quick_patterns
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.cues import CUES

TESTS = Path(__file__).parents[1]
OUTSIDE = {"jmtools.__main__", "jmtools.words._jmcore"}  # runs when it is imported; is no module


def all_patterns() -> list[tuple[str, int]]:
    found = {(cue.pattern, int(re.DOTALL)) for cue in CUES}
    for module in pkgutil.walk_packages(jmtools.__path__, "jmtools."):
        if module.name not in OUTSIDE:
            names = vars(importlib.import_module(module.name)).values()
            found |= {(one.pattern, int(one.flags)) for one in names if isinstance(one, LazyPattern)}
    return sorted(found)


def test_this_python_can_be_quick() -> None:
    assert quick_patterns._can_be_quick()


def test_python_notes_no_characters_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = importlib.import_module("re._compiler")
    usual = compiler._optimize_charset
    seen: list[object] = []

    def watched(charset: list[tuple[object, object]], *more: object) -> object:
        seen.extend(
            value for op, value in charset if str(op) == "RANGE" and isinstance(value, tuple) and value[1] > 255
        )
        return usual(charset, *more)

    monkeypatch.setattr(compiler, "_optimize_charset", watched)
    compile_pattern("^(?:[（(]?[一-龥]{2}|(?P<a>[电電][a-z])(?![一-龥])){1,3}$")
    assert not seen
    re.purge()
    re.compile("^(?:[一-龥]|甲)")
    assert seen


def found(match: re.Match[str] | None) -> object:
    return match and (match.span(), match.groups())


def test_patterns_of_the_package_find_the_same() -> None:
    texts = [file.read_text("utf-8", "replace") for file in sorted(TESTS.rglob("*.txt"))[:60]]
    lines = sorted({line[:200] for text in texts for line in text.split("\n")}, key=lambda line: (len(line), line))
    some = [*(cue.example for cue in CUES), *lines[:: max(len(lines) // 150, 1)]]
    patterns = all_patterns()
    assert len(patterns) > 150
    for pattern, flags in patterns:
        quick, usual = compile_pattern(pattern, flags), re.compile(pattern, flags)
        assert quick.groupindex == usual.groupindex
        for line in some:
            assert found(quick.search(line)) == found(usual.search(line)), pattern
            assert found(quick.fullmatch(line)) == found(usual.fullmatch(line)), pattern


chars = st.sampled_from("azAZ09\x00\x7f\xff\u0100一龥丙電电\u9fff\uffff\U00010000")
ranges = st.tuples(chars, chars).map(sorted).map(lambda pair: "-".join(map(re.escape, pair)))
classes = st.lists(chars.map(re.escape) | ranges | st.just(r"\s"), min_size=1, max_size=6).map("".join)
TRIED = [*range(0x250), *range(0x4DF0, 0x4E20), *range(0x7530, 0x7540), *range(0x96F0, 0x9700), *range(0x9FA0, 0xA000)]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["", "^"]), classes, st.sampled_from(["", "+", "{2}", "?电"]), st.sampled_from([0, re.IGNORECASE])
)
def test_any_class_has_the_same_characters(negated: str, inside: str, more: str, flags: int) -> None:
    pattern = f"(?:[{negated}{inside}]{more}|(?<=[{inside}])电(?![{inside}]))"
    quick, usual = compile_pattern(pattern, flags), re.compile(pattern, flags)
    for text in (chr(code) + "电" for code in TRIED):
        assert found(quick.match(text)) == found(usual.match(text))
        assert found(quick.fullmatch(text)) == found(usual.fullmatch(text))


def test_faults_of_patterns_are_told() -> None:
    with pytest.raises(re.error, match="unterminated"):
        compile_pattern("[一-龥")
    with pytest.raises(re.error, match="bad character range"):
        compile_pattern("[龥-一]")


def test_another_python_compiles_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(_: str) -> None:
        raise ImportError("no such module")

    monkeypatch.setattr(importlib, "import_module", other)
    quick_patterns._can_be_quick.cache_clear()
    try:
        found = compile_pattern("[一-龥]+x")
        assert found.pattern == "[一-龥]+x"
        assert found.fullmatch("电视x")
    finally:
        monkeypatch.undo()
        quick_patterns._can_be_quick.cache_clear()
