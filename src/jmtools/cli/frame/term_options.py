"""Options that say which terms and scores are shown; the same in every command that counts terms."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jmtools.cli.frame.options import Text, pos_option, read_terms, split_names, stopwords_option

if TYPE_CHECKING:
    from jmtools.words.reader import SegmentOptions

F = TypeVar("F", bound=Callable[..., Any])
NAMES = ("terms", "stopwords", "pos", "min_length", "regex", "min_docfreq")


def term_filter_options(stopwords: str = "none", *, min_length: int = 1) -> Callable[[F], F]:
    """Add the options that choose terms; `gather_filter` makes one argument of them.

    Args:
        stopwords: The stop list when the option is not given.
        min_length: The least length when the option is not given.
    """

    def add(command: F) -> F:
        for option in (
            click.option(
                "--regex", type=Text(), metavar="RE", help="Show only terms that the regular expression RE finds."
            ),
            click.option(
                "--min-length",
                type=click.IntRange(min=1),
                default=min_length,
                show_default=True,
                help="Least number of characters of a term.",
            ),
            click.option(
                "--min-docfreq",
                type=click.IntRange(min=0),
                default=1,
                show_default=True,
                help="Least number of records of a row (`docfreq`).",
            ),
            pos_option,
            stopwords_option(stopwords),
            click.option(
                "--terms", metavar="FILE", type=click.Path(), help="Show only the terms of FILE, one per line."
            ),
        ):
            command = option(command)
        return command

    return add


def gather_filter(command: Callable[..., None]) -> Callable[..., None]:
    """Give the callback the options of `term_filter_options` as one argument, `term_filter`.

    Stands right above the function, so that the record of a run still names each option.
    """

    @functools.wraps(command)
    def callback(*args: Any, **options: Any) -> None:
        from jmtools.words.term_filter import FilterOptions

        values = {name: options.pop(name) for name in NAMES}
        if values["terms"] is not None:
            values["terms"] = read_terms(values["terms"])
        command(*args, term_filter=FilterOptions(**values), **options)

    return callback


def measures_option(command: F) -> F:
    """Add `--measures`: scores beside the usual ones, as a tuple."""
    return click.option(
        "--measures",
        callback=split_names,
        metavar="NAMES|all",
        help="Add these scores; separate several with commas. Their names stand under Measures.",
    )(command)


def summary_option(command: F) -> F:
    """Add `--summary`: a record of the run, for a methods section."""
    return click.option(
        "--summary",
        metavar="FILE",
        type=click.Path(),
        help="Also write a record of the run to FILE: size of the corpus, options, version, segmentation.",
    )(command)


def direction_option(default: str, help_text: str) -> Callable[[F], F]:
    """Add `--direction`: over, under or both."""
    return click.option(
        "--direction",
        type=click.Choice(["over", "under", "both"]),
        default=default,
        show_default=True,
        help=help_text,
    )


def max_p_option(command: F) -> F:
    """Add `--max-p`."""
    return click.option(
        "--max-p",
        type=click.FloatRange(0, 1),
        default=1.0,
        show_default=True,
        help="Greatest corrected p (`p_bh`) that is shown.",
    )(command)


def note_rows(segment: SegmentOptions, terms: tuple[str, ...]) -> None:
    """Say which terms are several words: they are not counted where the places of words are."""
    from jmtools.cli.frame.messages import note
    from jmtools.words.phrases import is_row
    from jmtools.words.segment import load_segmenter

    cut = load_segmenter(segment.segmenter, user_dicts=segment.dictionary_paths).cut
    rows = [term for term in terms if is_row(term, cut)]
    if rows:
        more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
        names = ", ".join(rows[:3]) + more
        note(f"several words, not counted with their places: {names}; --unit string counts them")
