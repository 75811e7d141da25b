"""docs/statistics.md: its formulas, evaluated, are the functions; its sources are those of the docstrings."""

from __future__ import annotations

import importlib
import inspect
import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from jmtools.stats import effects, tables2x2
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "statistics.md").read_text("utf-8")
MODULES = (
    *("association", "dispersion", "distances", "effects", "evenness", "information", "intervals", "log_linear"),
    *("samples", "series", "tables2x2", "trend_tests"),
)
# field or fields, function, formula, the rest of that cell, source
ROWS = re.findall(r"^\|([^|\n]*)\| `(\w+)` \|((?:\\\||[^|\n])*)\|([^|\n]*)\|$", PAGE, re.MULTILINE)
NAMES = {"log": math.log, "log2": math.log2, "sqrt": math.sqrt, "min": min}
TABLES = [(10, 2, 1_000, 1_000), (1, 1, 50, 1_000_000), (1_000_000, 3, 50_000_000, 70), (123, 4_567, 98_765, 4_321_000)]
PAIRS = [(8, 100, 20, 1_000), (1, 1, 1, 1_000_000), (1, 1, 1_000_000, 10_000_000), (15_828, 20_503, 42_000, 14_307_668)]


def functions() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for name in MODULES:
        module = importlib.import_module(f"jmtools.stats.{name}")
        found |= {
            function: value
            for function, value in inspect.getmembers(module, inspect.isfunction)
            if value.__module__ == module.__name__ and not function.startswith(("_", "check_"))
        }
    return found


def test_every_function_has_its_place() -> None:
    missing = [name for name in functions() if f"`{name}`" not in PAGE]
    assert not missing
    assert len(ROWS) >= 30


@pytest.mark.parametrize("name", sorted(functions()))
def test_the_sources_are_those_of_the_docstrings(name: str) -> None:
    source = (inspect.getdoc(functions()[name]) or "").partition("Source:")[2].partition(">>>")[0]
    line = " ".join(row[3] for row in ROWS if row[1] == name) or PAGE
    for author, year in re.findall(r"([A-ZŠ][\wáý-]+)[^();]*? \((\d{4})\)", source):
        assert author in line
        assert year in line


def formulas(section: str) -> list[Any]:
    start = PAGE.index(f"## {section}")
    rows = [row for row in ROWS if start < PAGE.index(f"| `{row[1]}` |{row[2]}|") < PAGE.find("\n## ", start + 3)]
    return [(row[1], code[1]) for row in rows if (code := re.match(r" `([^`]+)`", row[2]))]


@pytest.mark.parametrize(("name", "formula"), formulas("Two samples"))
@pytest.mark.parametrize("table", TABLES)
def test_formulas_of_two_samples(name: str, formula: str, table: tuple[int, int, int, int]) -> None:
    a, b, n_a, n_b = table
    n = n_a + n_b
    values: dict[str, float] = {"a": a, "b": b, "c": n_a - a, "d": n_b - b, "n_a": n_a, "n_b": n_b, "N": n}
    values |= {"Ea": n_a * (a + b) / n, "Eb": n_b * (a + b) / n}
    values |= {"Ec": n_a - values["Ea"], "Ed": n_b - values["Eb"]}
    values["ll"] = tables2x2.log_likelihood(a, b, n_a=n_a, n_b=n_b)
    ipm = effects.per_million(a, n_a), effects.per_million(b, n_b)
    special = {"bic": (values["ll"], n), "simple_maths": ipm, "per_million": (a, n_a)}
    sizes = {"n_a": n_a, "n_b": n_b} if hasattr(tables2x2, name) else {"n_target": n_a, "n_reference": n_b}
    function = functions()[name]
    found = function(*special[name]) if name in special else function(a, b, **sizes)
    assert found == pytest.approx(eval(formula, NAMES | values), rel=1e-6, abs=1e-6)  # noqa: S307 - our own page


@pytest.mark.parametrize(("name", "formula"), formulas("Two things together"))
@pytest.mark.parametrize("pair", PAIRS)
def test_formulas_of_association(name: str, formula: str, pair: tuple[int, int, int, int]) -> None:
    o, r, c, n = pair
    values = {"O": o, "R": r, "C": c, "N": n, "E": r * c / n}
    arguments = (r, c, n) if name == "expected" else pair
    expected = eval(formula, NAMES | values)  # noqa: S307 - our own page
    assert functions()[name](*arguments) == pytest.approx(expected, rel=1e-9)
