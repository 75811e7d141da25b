"""A wide page in the browser, and the news among the records of a test of the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import Page, open_browser

NEWS = ("article", "continuation", "photo")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with open_browser() as found:
        found.size(1280, 900)
        yield found


@pytest.fixture(scope="module")
def news(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [r for r in records if r["type"] in NEWS]
