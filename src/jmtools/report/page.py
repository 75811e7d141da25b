"""A view as one self-contained HTML page: style, script and data inside, nothing fetched, no data that acts."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup, escape

from jmtools import __version__
from jmtools.errors import OptionError
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.visible import show
from jmtools.report.columns import pack_articles
from jmtools.report.kept_templates import KeptTemplates
from jmtools.report.pack import island
from jmtools.report.strings import LANGUAGES, words
from jmtools.report.tables import short
from jmtools.report.view import ORIGINS, View, is_news

_SCRIPTS = ("page.js", "decode.js", "list.js", "reader.js", "kwic.js", "start.js")
_SECTIONS = (
    *(
        "changes",
        "overview",
        "calendar",
        "keywords",
        "topics",
        "trends",
        "network",
        "tables",
        "concordance",
        "articles",
    ),
    "methods",
)
_INPUTS_SHOWN = 8
_ACROSS = 12  # periods of a table of topics that stand beside each other: a printed page is as wide


TopicCourses = tuple[list[str], list[tuple[str, str, list[tuple[str, int, int]]]]]


@dataclass(frozen=True)
class PageOptions:
    """How a report is written.

    Attributes:
        title: The heading; empty for the newspaper's name.
        language: `auto` (Chinese, or English where the browser does not speak Chinese), `zh` or `en`.
        templates: A folder whose files are used in place of ours of the same name, or None.
        max_bytes: Size for which texts are cut, longest first; 0 for no limit.
        run: The record of the run, which the page keeps; None for none.
    """

    title: str = ""
    language: str = "auto"
    templates: str | None = None
    max_bytes: int = 14_000_000
    run: Record | None = None


def render_page(view: View, options: PageOptions) -> tuple[bytes, int | None]:
    """Return the page, and the number of characters to which texts were cut (None if all are whole).

    Raises:
        OptionError: If a template of the user is wrong.
    """
    language = options.language if options.language in LANGUAGES else LANGUAGES[0]
    records, texts, cut = pack_articles(view, options.max_bytes)
    environment = make_environment(options.templates)
    kept = KeptTemplates() if options.templates is None else None
    environment.bytecode_cache = kept
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
            short=short,
            unit=view.axis.unit,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            words_island=island({name: words(name) for name in LANGUAGES}),
            alphabet_island=island(texts["alphabet"]),
            records_data=records,
            texts_data=texts["data"],
            run=_run(options.run),
        )
    except JinjaError as error:
        line = getattr(error, "lineno", None)
        where = f"{getattr(error, 'name', None) or 'template'}{f', line {line}' if line else ''}"
        raise OptionError(f"--template {options.templates}: {where}: {error}") from None
    if kept is not None:
        kept.save()
    return page.encode("utf-8", "replace"), cut


def make_environment(folder: str | None) -> Environment:
    """Return the templates, autoescaped; the user's folder before ours, ours also as `jmtools/NAME`.

    Raises:
        OptionError: If the folder is not there.
    """
    ours = PackageLoader("jmtools.report", "templates")
    loaders: list[BaseLoader] = [ours, PrefixLoader({"jmtools": ours})]
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

    def column(self, name: str) -> Markup:
        """Return the word for a field of a table, its own name where there is none."""
        key = f"col_{name}"
        return self(key) if key in self._words else escape(show(name))

    def type(self, name: str) -> Markup:
        """Return the word for a type of record, its own name where there is none."""
        key = f"type_{name}"
        return self(key) if key in self._words else escape(show(name))


def _visible(value: JsonValue) -> JsonValue:
    return show(value) if isinstance(value, str) and not isinstance(value, Markup) else "" if value is None else value


def _source(environment: Environment, name: str) -> str:
    loader = environment.loader
    if loader is None:
        raise OptionError("no templates")
    return loader.get_source(environment, name)[0]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _run(record: Record | None) -> Fields | None:
    """Return what the foot of the page says of its run, and the record for programs."""
    if record is None:
        return None
    inputs = record["inputs"]
    line = " ".join(["jmtools", *(word for word in record["arguments"] if word != "--")])
    shown = {"line": line, "shown": inputs[:_INPUTS_SHOWN], "more": max(0, len(inputs) - _INPUTS_SHOWN)}
    return {"records_read": record["records_read"], "island": island(record), **shown}


def _sections(view: View) -> list[tuple[str, bool]]:
    shown = {
        "changes": bool(view.articles),
        "overview": True,
        "calendar": view.calendar is not None,
        "keywords": bool(view.keywords or view.given_groups),
        "topics": bool(view.topics),
        "trends": bool(view.trends),
        "network": view.network is not None,
        "tables": bool(view.tables or view.places),
        "concordance": bool(view.articles),
        "articles": bool(view.articles),
        "methods": bool(view.articles or view.tables),
    }
    return [(name, shown[name]) for name in _SECTIONS]


def _figures(view: View) -> list[tuple[str, int, str]]:
    news = [article for article in view.articles if is_news(article.type)]
    names = set(view.newspapers)
    terms = len({term for article in news for term, _, _ in article.keywords} - names)
    return [
        ("n_articles", len(news), "articles"),
        ("n_pages", view.pages, "articles"),
        *((label, view.origins[name], "articles") for name, label in ORIGINS if view.origins[name]),
        ("n_days", view.issues, "calendar"),
        ("n_papers", len(view.newspapers), ""),
        ("n_authors", len({name for article in news for name in article.authors}), "overview"),
        ("n_characters", view.characters, ""),
        ("n_keywords", terms, "keywords"),
        ("n_topics", len(view.topics), "topics"),
    ]


def _topic_course(view: View) -> list[TopicCourses]:
    """Return the periods that have an issue, in blocks, with the topics and a shade for each count."""
    issues = {view.axis.of(a.day) for a in view.articles if a.day}
    periods = [p for p in view.axis.periods if p in issues]
    if len(periods) < 2 or not any(a.topic and a.day for a in view.articles):
        return []
    counted = Counter((a.topic, view.axis.of(a.day)) for a in view.articles if a.day and is_news(a.type))
    top = max((n for (topic, _), n in counted.items() if topic), default=1)
    blocks = []
    for begin in range(0, len(periods), _ACROSS):
        block = periods[begin : begin + _ACROSS]
        rows = []
        for topic in view.topics:
            counts = [(p, counted[topic.key, p]) for p in block]
            rows.append((topic.key, topic.label, [(p, n, -(-n * 4 // top)) for p, n in counts]))
        blocks.append((block, rows))
    return blocks
