"""A view as one self-contained HTML page: style, script and data inside, nothing fetched, no data that acts."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup, escape

from jmtools import __version__
from jmtools.errors import OptionError
from jmtools.io.visible import show
from jmtools.report.columns import pack_articles
from jmtools.report.pack import island
from jmtools.report.strings import LANGUAGES, words
from jmtools.report.view import FURNITURE, View

_SCRIPTS = ("page.js", "decode.js", "list.js", "reader.js", "kwic.js", "start.js")
_SECTIONS = ("overview", "calendar", "keywords", "topics", "trends", "tables", "concordance", "articles")


@dataclass(frozen=True)
class PageOptions:
    """How a report is written.

    Attributes:
        title: The heading; empty for the newspaper's name.
        language: `auto` (Chinese, or English where the browser does not speak Chinese), `zh` or `en`.
        templates: A folder whose files are used in place of ours of the same name, or None.
        max_bytes: Size for which texts are cut, longest first; 0 for no limit.
    """

    title: str = ""
    language: str = "auto"
    templates: str | None = None
    max_bytes: int = 14_000_000


def render_page(view: View, options: PageOptions) -> tuple[bytes, int | None]:
    """Return the page, and the number of characters to which texts were cut (None if all are whole).

    Raises:
        OptionError: If a template of the user is wrong.
    """
    language = options.language if options.language in LANGUAGES else LANGUAGES[0]
    records, texts, cut = pack_articles(view, options.max_bytes)
    environment = make_environment(options.templates)
    try:
        style = _source(environment, "style.css")
        script = "(() => {\n'use strict';\n" + "\n".join(_source(environment, name) for name in _SCRIPTS) + "\n})();"
        page = environment.get_template("report.html").render(
            view=view,
            t=Translator(words(language)),
            language=language,
            auto_language=options.language == "auto",
            version=__version__,
            sections=_sections(view),
            figures=_figures(view),
            topic_course=_topic_course(view),
            cut=cut,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            words_island=island({name: words(name) for name in LANGUAGES}),
            alphabet_island=island(texts["alphabet"]),
            records_data=records,
            texts_data=texts["data"],
        )
    except JinjaError as error:
        line = getattr(error, "lineno", None)
        where = f"{getattr(error, 'name', None) or 'template'}{f', line {line}' if line else ''}"
        raise OptionError(f"--template {options.templates}: {where}: {error}") from None
    return page.encode("utf-8", "replace"), cut


def make_environment(folder: str | None) -> Environment:
    """Return the templates, autoescaped; the user's folder before ours, ours also as `jmtools/NAME`.

    Raises:
        OptionError: If the folder is not there.
    """
    ours = PackageLoader("jmtools.report", "templates")
    loaders: list[Any] = [ours, PrefixLoader({"jmtools": ours})]
    if folder is not None:
        if not Path(folder).is_dir():
            raise OptionError(f"--template {folder}: is not a folder")
        loaders.insert(0, FileSystemLoader(folder))
    return Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


class Translator:
    """The interface's words in templates: text that the page's script can put into the other language."""

    def __init__(self, found: Mapping[str, str]) -> None:
        self._words = found

    def __call__(self, key: str, *values: object) -> Markup:
        """Return the words for a key in an element that remembers key and values."""
        arguments = Markup(' data-a="{}"').format(json.dumps([str(v) for v in values])) if values else ""
        return Markup('<span data-t="{}"{}>{}</span>').format(key, arguments, self.text(key, *values))

    def text(self, key: str, *values: object) -> str:
        """Return the words alone."""
        text = self._words[key]
        for i, value in enumerate(values):
            text = text.replace(f"{{{i}}}", show(str(value)))
        return text

    def piece(self, key: str, number: int) -> Markup:
        """Return one of several words."""
        found = self._words[key].split(" ")[number]
        return Markup('<span data-t="{}" data-n="{}">{}</span>').format(key, number, found)

    def attribute(self, name: str, key: str) -> Markup:
        """Return an attribute that holds the words."""
        return Markup('{}="{}" data-ta="{}:{}"').format(name, self._words[key], name, key)

    def type(self, name: str) -> Markup:
        """Return the word for a type of record, its own name where there is none."""
        key = f"type_{name}"
        return self(key) if key in self._words else escape(show(name))


def _visible(value: Any) -> Any:
    return show(value) if isinstance(value, str) and not isinstance(value, Markup) else "" if value is None else value


def _source(environment: Environment, name: str) -> str:
    loader = environment.loader
    if loader is None:
        raise OptionError("no templates")
    return loader.get_source(environment, name)[0]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _sections(view: View) -> list[tuple[str, bool]]:
    shown = {
        "overview": True,
        "calendar": view.calendar is not None,
        "keywords": bool(view.keywords or view.given_groups),
        "topics": bool(view.topics),
        "trends": bool(view.trends),
        "tables": bool(view.tables),
        "concordance": bool(view.articles),
        "articles": bool(view.articles),
    }
    return [(name, shown[name]) for name in _SECTIONS]


def _figures(view: View) -> list[tuple[str, int, str]]:
    items = sum(count for name, count in view.types if name not in FURNITURE)
    terms = len({term for article in view.articles for term, _, _ in article.keywords})
    return [
        ("n_articles", items, "articles"),
        ("n_pages", view.pages, "articles"),
        ("n_days", view.issues, "calendar"),
        ("n_papers", len(view.newspapers), ""),
        ("n_authors", len({name for article in view.articles for name in article.authors}), "overview"),
        ("n_characters", view.characters, ""),
        ("n_keywords", terms, "keywords"),
        ("n_topics", len(view.topics), "topics"),
    ]


def _topic_course(view: View) -> tuple[list[str], list[tuple[str, list[tuple[int, int]]]]]:
    """Return the periods that have an issue, and the topics by period with a shade for each count."""
    issues = {view.axis.of(a.day) for a in view.articles if a.day}
    periods = [p for p in view.axis.periods if p in issues]
    if len(periods) < 2 or not any(a.topic and a.day for a in view.articles):
        return [], []
    counted = Counter((a.topic, view.axis.of(a.day)) for a in view.articles if a.day and a.type not in FURNITURE)
    top = max((n for (topic, _), n in counted.items() if topic), default=1)
    rows = []
    for topic in view.topics:
        counts = [counted[topic.key, p] for p in periods]
        rows.append((topic.label, [(n, -(-n * 4 // top)) for n in counts]))
    return periods, rows
