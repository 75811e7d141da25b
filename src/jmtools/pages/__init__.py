"""Newspaper pages as text into articles: lines, roles, records."""

from jmtools.fields.file_names import Folio
from jmtools.pages.splitting import Page, PageSplitter, SplitOptions, split_page, split_pages

__all__ = ["Folio", "Page", "PageSplitter", "SplitOptions", "split_page", "split_pages"]
