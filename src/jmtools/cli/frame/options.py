"""Options that several commands share, each defined once."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import click

from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.twice import keep_all
from jmtools.cli.frame.values import Jobs, Mebibytes
from jmtools.cli.frame.values import Span as Span
from jmtools.cli.frame.values import Text as Text
from jmtools.cli.frame.values import read_terms as read_terms
from jmtools.cli.frame.values import split_names as split_names
from jmtools.errors import OptionError
from jmtools.io.json_types import Fields

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])
Decorator = Callable[[F], F]

_IO_NAMES = ("files", "output", "on_error", "rejects", "max_errors", "jobs", "max_line", "max_expand")
_PROGRAM_BYTES, _LEAST_ROOM = 128 << 20, 32 << 20  # the program with its dictionary; the least that counts get
_FAR_NAMES = ("part_bytes", "resume", "scheduler")


def output_option(command: F) -> F:
    """Add `-o/--output`."""
    return click.option(
        "-o",
        "--output",
        default="-",
        metavar="FILE|DIR/",
        help="Write to FILE, or to DIR/ as numbered parts. FILE appears whole or not at all. [default: stdout]",
    )(command)


def segment_options(command: F) -> F:
    """Add the options that say how text is segmented: `segmenter`, `user_dicts`, `allow_mixed`."""
    for option in (
        click.option("--allow-mixed", is_flag=True, help="Accept records that were segmented in different ways."),
        click.option(
            "--user-dict",
            "user_dicts",
            multiple=True,
            callback=keep_all,
            metavar="FILE",
            type=click.Path(),
            help="Words that stay whole, one per line; repeatable.",
        ),
        click.option(
            "--segmenter",
            type=click.Choice(["rjieba", "jieba"]),
            default="rjieba",
            show_default=True,
            help="Program that finds words. jieba is the original; rjieba is far faster, and keeps F-16 whole.",
        ),
    ):
        command = option(command)
    return command


def fold_case_option(command: F) -> F:
    """Add `--fold-case`: words and user dictionaries match in upper and lower case."""
    help_text = "Ignore case and width, in words of --user-dict too."
    return click.option("--fold-case", is_flag=True, help=help_text)(command)


def unit_option(command: F) -> F:
    """Add `--unit`: what is counted, with `jmtools.words.units.load_units` behind it."""
    return click.option(
        "--unit",
        type=click.Choice(["word", "char", "string"]),
        default="word",
        show_default=True,
        help="What is counted. string: the strings of --terms, wherever they occur.",
    )(command)


def ngram_option(command: F) -> F:
    """Add `--ngram`: `ngrams`, the smallest and largest number of words in a term."""
    help_text = "Number of words in a term: 2, or 1-3. Terms never cross punctuation."
    return click.option("--ngram", "ngrams", type=Span(), default="1", show_default=True, help=help_text)(command)


def group_by_option(command: F) -> F:
    """Add `--group-by`, a tuple of fields."""
    return click.option(
        "--group-by",
        callback=split_names,
        metavar="FIELDS",
        help="Group by fields: page, authors.name, date:month. Separate several with commas.",
    )(command)


def where_option(command: F) -> F:
    """Add `--where`, a condition on records; it is `record_io` that sees to it."""
    help_text = (
        "Read only records that meet CONDITION, such as 'page ~ \"^A\" and date >= 2024-03-01'. See jmtools help "
        "select."
    )
    return click.option("--where", type=Text(), metavar="CONDITION", help=help_text)(command)


def types_option(command: F) -> F:
    """Add `--types`, the types of records that are worked on; it is the command's `io` that sees to it."""

    def rule(_ctx: click.Context, _param: click.Parameter, value: str) -> Any:
        from jmtools.fields.news import read_rule

        return read_rule(value)

    help_text = (
        "Types of records that are used: news (article, continuation, photo and records without a type), all, or a "
        "list with commas."
    )
    return click.option(
        "--types", default="news", show_default=True, callback=rule, metavar="news|all|TYPES", help=help_text
    )(command)


def count_option(command: F) -> F:
    """Add `--count`: whether records or stories are counted; it is the command's `io` that sees to it."""
    help_text = "Use all records, or only the first of each story. Records that print one text are a story; see dedupe."
    return click.option(
        "--count", type=click.Choice(["records", "stories"]), default="records", show_default=True, help=help_text
    )(command)


def examples_option(command: F) -> F:
    """Add `--examples`, the number of places that lead back from each row to the articles; 0 for none."""
    help_text = "Add the first N places of each term as `examples`. Reads the files twice."
    return click.option("--examples", type=click.IntRange(min=0), default=0, metavar="N", help=help_text)(command)


def max_memory_option(command: F) -> F:
    """Add `--max-memory`: bytes that counts may take beside the program itself."""

    def room(_ctx: click.Context, _param: click.Parameter, value: int | None) -> int:
        from jmtools.batches.processes import memory_of_machine

        return max((value or memory_of_machine() // 2) - _PROGRAM_BYTES, _LEAST_ROOM)

    help_text = (
        "Memory for counts. More goes to a temporary file; if that is not enough, the rarest terms are dropped, with a "
        "note. [default: half of the machine's]"
    )
    return click.option("--max-memory", type=Mebibytes(), callback=room, help=help_text)(command)


def stopwords_option(default: str = "default") -> Callable[[F], F]:
    """Add `--stopwords`; `default` is the list when the option is not given."""
    return click.option(
        "--stopwords",
        default=default,
        show_default=True,
        metavar="none|default|FILE",
        help="Words to leave out. In FILE, lines +WORD and -WORD change the default list.",
    )


def pos_option(command: F) -> F:
    """Add `--pos`: the parts of speech that are kept, as a tuple; empty keeps all."""
    return click.option(
        "--pos",
        callback=split_names,
        metavar="TAGS",
        help="Keep only these parts of speech, such as n,nr,ns,nt. jmtools help words lists the tags.",
    )(command)


def record_io(command: Callable[..., None]) -> Callable[..., None]:
    """Add the inputs, the output and the policy for bad records; the callback gets them as `io`. For filters."""
    return _with_io(command, without=())


def report_io(command: Callable[..., None]) -> Callable[..., None]:
    """Add the same but `--resume`: what is written when all was read cannot go on halfway."""
    return _with_io(command, without=("resume",))


def sink_io(command: Callable[..., None]) -> Callable[..., None]:
    """Add the same but what is for parts of a folder and for clusters: one file is written, in one place."""

    @functools.wraps(command)
    def checked(io: RecordIO, **options: Any) -> None:
        if io.output.endswith("/") and options.get("form") not in (None, "txtdir"):
            raise OptionError(f"-o {io.output}: one file is written here, not a folder of parts; name it, -o FILE")
        command(io, **options)

    return _with_io(checked, without=_FAR_NAMES)


def _with_io(command: Callable[..., None], *, without: tuple[str, ...]) -> Callable[..., None]:
    @functools.wraps(command)
    def callback(**options: Any) -> None:
        shared = {name: options.pop(name) for name in _IO_NAMES + _FAR_NAMES if name not in without}
        parameters = dict(options)
        io = RecordIO(
            **shared,
            meaning=_meaning(options),
            where=_condition(options.pop("where", None)),
            types=options.pop("types", None),
            summary=options.pop("summary", None),
            by_story=options.pop("count", None) == "stories",
            parameters=parameters,
        )
        command(io, **options)

    for name, option in reversed(_io_options().items()):
        if name not in without:
            callback = option(callback)
    return callback


def _condition(expression: str | None) -> Any:
    if expression is None:
        return None
    from jmtools.fields.where import Where

    return Where(expression)


def _meaning(options: Fields) -> str:
    """Return a command and its own options as one string; an option that names a file stands for its content."""
    from jmtools.cli.frame.messages import command_name

    words = [command_name()]
    for name, value in sorted(options.items()):
        words.append(f"{name}={value!r}")
        for path in value if isinstance(value, tuple) else (value,):
            if isinstance(path, str) and os.path.isfile(path):
                status = os.stat(path)
                words.append(f"({status.st_size}, {status.st_mtime_ns})")
    return " ".join(words)


def _io_options() -> dict[str, Callable[[Any], Any]]:
    return {
        "files": click.argument("files", nargs=-1, metavar="[FILES]...", type=click.Path()),
        "output": output_option,
        "on_error": click.option(
            "--on-error",
            type=click.Choice(["fail", "skip"]),
            default="fail",
            show_default=True,
            help="At a bad record: stop with exit code 65, or skip it, go on, and end with exit code 3.",
        ),
        "rejects": click.option(
            "--rejects", metavar="FILE", type=click.Path(), help="Write bad records to FILE, with place and reason."
        ),
        "max_errors": click.option(
            "--max-errors", type=click.IntRange(min=0), help="With --on-error skip: stop after more than N bad records."
        ),
        "jobs": _jobs_option,
        "max_line": click.option(
            "--max-line",
            type=Mebibytes(),
            default=256,
            show_default=True,
            help="Longest line; a longer one is a bad record.",
        ),
        "max_expand": click.option(
            "--max-expand",
            type=click.IntRange(min=1),
            metavar="N",
            default=2000,
            show_default=True,
            help="Refuse compressed input that grows more than N times.",
        ),
        "resume": click.option(
            "--resume", is_flag=True, help="With -o DIR/: continue a killed run; keep the parts that it finished."
        ),
        "part_bytes": click.option(
            "--part-size",
            "part_bytes",
            type=Mebibytes(),
            default=8,
            show_default=True,
            help="With -o DIR/ or --scheduler: size of the pieces of work.",
        ),
        "scheduler": click.option(
            "--scheduler", metavar="ADDRESS", help="Run on the Dask cluster at ADDRESS (tcp://host:8786)."
        ),
    }


def _jobs_option(command: F) -> F:
    help_text = (
        "Number of processes; the output is the same. auto: all processors. [default: 1; segment, keywords, "
        "normalize and assign: auto for large inputs]"
    )
    return click.option("-j", "--jobs", type=Jobs(), help=help_text)(command)
