"""Compiled templates are kept by a first page and used by the next; what is damaged or of others is made again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import Environment

from jmtools.report.collect import Collector
from jmtools.report.page import PageOptions, render_page
from jmtools.report.view import make_view

RECORD = {"id": "a1", "date": "2024-03-11", "headline": "门诊延时", "text": "江海市各医院门诊延长到晚八点。"}


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that are compiled from their source."""
    names: list[str | None] = []
    real = Environment._parse

    def spy(self: Environment, source: str, name: str | None, filename: str | None) -> object:
        names.append(name)
        return real(self, source, name, filename)

    monkeypatch.setattr(Environment, "_parse", spy)
    return names


def page(compiled: list[str | None], templates: str | None = None) -> tuple[bytes, int]:
    compiled.clear()
    made = render_page(make_view(Collector().count([RECORD])), PageOptions(templates=templates))[0]
    return made, len(compiled)


def test_a_second_page_compiles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str | None]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, count = page(compiled)
    assert count > 5
    assert page(compiled) == (first, 0)
    (kept,) = (tmp_path / "jmtools").glob("templates-*")
    assert kept.stat().st_mode & 0o777 == 0o600
    for place in (0, 40, kept.stat().st_size - 1):  # damaged
        data = bytearray(kept.read_bytes())
        data[place] ^= 4
        kept.write_bytes(data)
        assert page(compiled) == (first, count)
        assert page(compiled) == (first, 0)
    if os.name == "posix":
        kept.chmod(0o666)  # others may have written it
        assert page(compiled) == (first, count)


def test_a_folder_of_templates_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str | None]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    page(compiled)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "articles.html").write_text("<section id=articles>own</section>")
    made, count = page(compiled, templates=str(tmp_path / "own"))
    assert b"own</section>" in made
    assert count > 5


def test_without_a_cache_folder_the_page_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str | None]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, _ = page(compiled)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert page(compiled)[0] == first
