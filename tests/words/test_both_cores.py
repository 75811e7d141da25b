"""The same bytes with and without the compiled core: golden cases of commands that read words, and rjieba itself."""

from __future__ import annotations

import shlex
from importlib.metadata import version
from pathlib import Path

import pytest

from jmtools.words.core import load_core
from jmtools.words.dictionary import dictionary_frequencies
from tests.conftest import run_jmtools

if load_core() is None:
    pytest.skip("no compiled core here", allow_module_level=True)
READ_WORDS = (
    *("segment", "keywords", "freq", "keyness", "collocates", "cooc", "kwic", "trend"),
    *("cluster", "assign", "summary", "newwords", "idf"),
)
FOLDER = Path(__file__).parent.parent / "cases"
CASES = sorted(path.parent for name in READ_WORDS for path in (FOLDER / name).glob("*/args"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_cases_give_the_same_bytes_in_both(case: Path) -> None:
    arguments = shlex.split((case / "args").read_text("utf-8"))
    stdin = b"".join(path.read_bytes() for path in sorted(case.glob("in.*"))[:1])
    runs = [
        run_jmtools(case.parent.name, *arguments, stdin=stdin, cwd=case, env={"JMTOOLS_CORE": core})
        for core in ("native", "rjieba")
    ]
    assert runs[0].returncode == 0, runs[0].stderr
    assert (runs[0].stdout, runs[0].stderr) == (runs[1].stdout, runs[1].stderr)


def test_the_installed_rjieba_has_the_dictionary_of_the_core() -> None:
    """The core is built from jieba's files, rjieba brings its own: another release of either must be seen here."""
    import rjieba

    core = load_core()
    assert core is not None
    words = list(dictionary_frequencies())
    told = f"rjieba {version('rjieba')} and jieba {version('jieba')} do not have the same dictionary"
    assert [word for word in words if not rjieba.has_word(word)] == [], told
    for word in words[:: len(words) // 20_000]:
        found = rjieba.tag(word)
        assert len(found) > 1 or core.tag(word) == found, told
        text = f"{word}的{words[-1]}了{word}"
        assert core.cut(text) == rjieba.cut(text), told
