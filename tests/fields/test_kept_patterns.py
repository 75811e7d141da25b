"""Patterns that a run compiled are found by the next one, and find the same."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from jmtools.fields import quick_patterns
from jmtools.fields.kept_patterns import Compiled, KeptPatterns
from jmtools.fields.quick_patterns import compile_pattern
from tests.conftest import run_jmtools
from tests.fields.test_quick_patterns import all_patterns

TEXTS = (
    "本报讯（记者 柳春）白沙渡口昨天换上新船。",
    "記者李小明／東港報導",
    "2006年4月18日　星期二",
    "▲ 下转A03版",
    "",
)
PAGE = "渡口换新船\n本报讯（记者 柳春）白沙渡口昨天换上新船，一次可渡六十人，比旧船多渡二十人。".encode()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptPatterns:
    """Patterns of an earlier run, read from their file."""
    first = KeptPatterns(tmp_path / "patterns.marshal")
    monkeypatch.setattr(quick_patterns._Store, "wanted", True)
    monkeypatch.setattr(quick_patterns._Store, "kept", first)
    for text, flags in all_patterns():
        compile_pattern(text, flags)
    first.save()
    return KeptPatterns(tmp_path / "patterns.marshal")


def test_kept_patterns_of_the_package_find_the_same(store: KeptPatterns) -> None:
    kept = 0
    for text, flags in all_patterns():
        known = store.find(text, flags)
        if known is None:
            continue
        kept += 1
        made, usual = known.pattern(text), re.compile(text, flags)
        assert (made.pattern, made.flags, made.groups, made.groupindex) == (
            *(text, usual.flags, usual.groups, usual.groupindex),
        )
        for sample in TEXTS:
            assert [match.groupdict() for match in made.finditer(sample)] == [
                match.groupdict() for match in usual.finditer(sample)
            ]
    assert kept > 200


def test_a_file_that_was_damaged_keeps_nothing(store: KeptPatterns, tmp_path: Path) -> None:
    path = tmp_path / "patterns.marshal"
    data = path.read_bytes()
    for damaged in (data[:-9], data[:99] + b"\0" + data[100:], b"", b"1234"):
        path.write_bytes(damaged)
        assert KeptPatterns(path).find(*all_patterns()[-1]) is None
    path.write_bytes(data)
    os.chmod(path, 0o666)  # noqa: S103 - others may write it
    assert KeptPatterns(path).find(*all_patterns()[-1]) is None


def test_code_that_is_none_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "patterns.marshal"
    wrong = KeptPatterns(path)
    wrong.add("[一-龥]{3}", 0, Compiled(b"\7\0\0\0" * 9, 32, 0, {}, (None,)))
    wrong.save()
    monkeypatch.setattr(quick_patterns._Store, "wanted", True)
    monkeypatch.setattr(quick_patterns._Store, "kept", KeptPatterns(path))
    found = compile_pattern("[一-龥]{3}").search("在白沙渡口")
    assert found is not None
    assert found[0] == "在白沙"


def test_the_command_line_keeps_patterns_where_it_can(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    runs = [run_jmtools("split", stdin=PAGE, env={"XDG_CACHE_HOME": str(folder)}) for _ in range(2)]
    (kept,) = (folder / "jmtools").glob("patterns-*.marshal")
    assert kept.stat().st_size > 1000
    nowhere = run_jmtools("split", stdin=PAGE, env={"XDG_CACHE_HOME": "/dev/null"})
    assert {run.stdout for run in (*runs, nowhere)} == {runs[0].stdout}
    assert b"".join(run.stderr for run in (*runs, nowhere)) == b""
