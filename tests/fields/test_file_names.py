"""Dates, page names and file names of newspapers: the examples in their docstrings are right."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["dates", "file_names", "page_names"])
def test_the_examples_in_docstrings_are_right(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"jmtools.fields.{name}"))
    assert result.attempted
    assert not result.failed
