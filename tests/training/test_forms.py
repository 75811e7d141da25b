"""Pages composed in many printed forms are pages: their roles follow each other as they may."""

import random
from importlib import import_module
from itertools import pairwise

import pytest

from jmtools.pages.roles import may_follow
from tests.conftest import ROOT


def test_composed_pages_have_roles_that_may_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    compose_form, load_pages, items_of = (
        getattr(import_module(module), name)
        for module, name in (("split_forms", "compose_form"), ("split_gold", "load_pages"), ("split_synth", "items_of"))
    )
    items = items_of(load_pages(ROOT / "training" / "pages" / "site"))
    rng = random.Random(4)
    pages = [compose_form([items], [1.0], rng) for _ in range(40)]
    assert [page.name for page in pages for a, b in pairwise([None, *page.roles]) if b and not may_follow(b, a)] == []
    assert all(line.text for page in pages for line in page.lines)
    assert {line.indent for page in pages for line in page.lines} > {0, 2}
    again = random.Random(4)
    assert compose_form([items], [1.0], again).lines == pages[0].lines
