"""Newspaper pages as text into articles: lines, roles, records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jmtools.pages.articles import assemble
from jmtools.pages.features import page_features
from jmtools.pages.folio import Folio
from jmtools.pages.lines import page_lines
from jmtools.pages.model import RoleModel, load_model

__all__ = ["Page", "SplitOptions", "split_page", "split_pages"]


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """How pages are split.

    Attributes:
        unwrap: Join lines that were wrapped hard at a fixed width first.
    """

    unwrap: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page and what is known of it.

    Attributes:
        text: The page as printed, in reading order.
        source: Where it comes from, usually a file name.
        known: Newspaper, date and page where the file name or the user says them; folio lines are trusted more.
    """

    text: str
    source: str | None = None
    known: Folio | None = None


def split_page(
    text: str, *, options: SplitOptions | None = None, source: str | None = None, known: Folio | None = None
) -> list[dict[str, Any]]:
    """Split one page into article records, in page order.

    >>> [record["headline"] for record in split_page("")]
    []
    """
    return _split(Page(text, source, known), options or SplitOptions(), load_model())


def split_pages(pages: Iterable[Page], *, options: SplitOptions | None = None) -> Iterator[dict[str, Any]]:
    """Split pages one after the other; memory does not grow with their number."""
    model, options = load_model(), options or SplitOptions()
    for page in pages:
        yield from _split(page, options, model)


def _split(page: Page, options: SplitOptions, model: RoleModel) -> list[dict[str, Any]]:
    lines = page_lines(page.text, unwrap=options.unwrap)
    decoded = model.decode(page_features(lines))
    return assemble(page.text, lines, decoded.roles, page.known or Folio(), page.source)
