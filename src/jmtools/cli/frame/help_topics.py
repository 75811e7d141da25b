"""What `jmtools help io` and `jmtools help words` print: the options that many commands have, exit codes, tags."""

from __future__ import annotations

import click

from jmtools.cli.frame.language import translate
from jmtools.cli.frame.volume import NAMES

IO = (
    *("output", "where", "types", "on_error", "rejects", "max_errors", "jobs", "max_line", "max_expand", "max_memory"),
    *("resume", "part_bytes", "scheduler", "manifest", *NAMES),
)
WORDS = (
    *("segmenter", "user_dicts", "allow_mixed", "fold_case", "unit", "ngrams", "stopwords", "pos", "regex"),
    *("min_length", "min_docfreq", "terms", "count", "group_by", "measures", "summary", "examples"),
)
TOPICS = {"io": IO, "words": WORDS}
_COMMANDS = {"io": ("keywords", "freq"), "words": ("freq",)}  # commands that between them have all of these
EXIT_CODES = (
    ("0", "Done: every record was processed. Empty input too."),
    ("1", "rerun: something differs. watch --exit-code: nothing is new."),
    ("2", "Wrong usage: an unknown option, or options that do not go together."),
    ("3", "Done, but records were rejected, a dictionary has malformed lines, or --strict and a note was printed."),
    ("65", "Bad input: a record, page, stop list or dictionary that cannot be read."),
    ("66", "A model, table, profile, archive or configuration that cannot be used."),
    ("70", "An error in jmtools itself."),
    ("71", "Out of memory, or a limit was reached."),
    ("74", "A file cannot be read or written."),
)
TAGS = (
    ("n", "noun: 项目"),
    ("nr", "name of a person: 王建国"),
    ("ns", "name of a place: 北京"),
    ("nt", "name of an organisation: 新华社"),
    ("nz", "other proper noun: 国庆节"),
    ("v", "verb: 完成"),
    ("vn", "verb used as a noun: 研究"),
    ("a", "adjective: 好"),
    ("ad", "adjective used as an adverb: 迅速"),
    ("an", "adjective used as a noun: 安全"),
    ("d", "adverb: 已经"),
    ("t", "time: 春天"),
    ("m", "number: 三个"),
    ("q", "measure word: 公里"),
    ("r", "pronoun: 他"),
    ("p", "preposition: 从"),
    ("c", "conjunction: 因为"),
    ("f", "position: 上面"),
    ("b", "attributive word: 大型"),
    ("i, l", "idiom, set phrase: 全心全意"),
    ("eng", "Latin letters: GDP"),
    ("x", "punctuation, and words that no dictionary has"),
)


def explained(param: click.Option, ctx: click.Context) -> bool:
    """Tell whether a topic explains an option of a command: in the same words, and with the same default."""
    if param.name in IO:
        return True
    if param.name not in WORDS:
        return False
    other = _options("words", ctx)[param.name][0]
    return (other.help, other.default) == (param.help, param.default)


def topic_text(topic: str, ctx: click.Context) -> str:
    """Return the help of a topic: its options in full, and the table that goes with them."""
    formatter = ctx.make_formatter()
    found = _options(topic, ctx)
    formatter.write_dl([row for name in TOPICS[topic] if (row := option_row(*found[name])) is not None])
    title, table = _TABLES[topic]
    with formatter.section(translate(title)):
        formatter.write_dl([(name, translate(text)) for name, text in table])
    return formatter.getvalue().rstrip("\n")


def option_row(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    """Return the names of an option and its help in the user's language."""
    if not isinstance(param, click.Option) or not param.help:
        return param.get_help_record(ctx)
    english, param.help = param.help, translate(param.help)
    try:
        return param.get_help_record(ctx)
    finally:
        param.help = english


def _options(topic: str, ctx: click.Context) -> dict[str, tuple[click.Option, click.Context]]:
    """Return the options that commands of a topic have, each with the context of its command."""
    root = ctx.find_root()
    if not isinstance(root.command, click.Group):
        return {}
    found: dict[str, tuple[click.Option, click.Context]] = {}
    for name in _COMMANDS[topic]:
        command = root.command.get_command(root, name)
        if command is None:
            continue
        context = click.Context(command, info_name=name, parent=root)
        for param in command.get_params(context):
            if isinstance(param, click.Option) and param.name:
                found.setdefault(param.name, (param, context))
    return found


_TABLES = {"io": ("Exit codes", EXIT_CODES), "words": ("Parts of speech", TAGS)}
