"""The record of a run: what a publication says of its corpus and its parameters."""

from __future__ import annotations

from typing import Any

from jmtools import __version__
from jmtools.cli.frame.manifest import plain_value
from jmtools.cli.frame.messages import command_name
from jmtools.cli.frame.run_options import RunOptions
from jmtools.counts.corpus_size import Sizes, WithSize
from jmtools.io.json_types import Fields
from jmtools.words.segment import load_segmenter

_NO_PARAMETERS = ("summary", "max_memory", "types", "where", "examples")  # change no count, or are told apart


def summary_of(options: RunOptions, report: WithSize, total: tuple[Any, Sizes], *, rejected: int) -> Fields:
    """Return the record of a run that has ended."""
    found = next(iter(report.sizes.records(total[1])), {"records": 0, "tokens": 0, "types": 0})
    parameters = {
        name: plain_value(value)
        for name, value in options.parameters.items()
        if _is_set(value) and name not in _NO_PARAMETERS
    }
    if options.types is not None:
        parameters["types"] = [*options.types.types, *(["untyped"] if options.types.untyped else [])]
    if options.where is not None:
        parameters["where"] = options.where.expression
    segmenter = load_segmenter(str(parameters.get("segmenter", "rjieba")))
    return {
        "command": command_name().removeprefix("jmtools "),
        "version": __version__,
        **found,
        "rejected": rejected,
        "segmenter": {"name": segmenter.name, "version": segmenter.version},
        **report.report.sides(total[0]),
        "parameters": parameters,
    }


def _is_set(value: Any) -> bool:
    return value is not None and value != () and value is not False
