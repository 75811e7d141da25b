"""One word, one meaning: options over all commands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import click
import pytest

from jmtools.cli import COMMANDS, cli

# Names that mean what another one means, and that one.
OTHER_NAMES = {
    "--format": "--to",
    "--json": "--to",
    "--min-df": "--min-docfreq",
    "--max-df": "--max-docfreq",
    "--span": "--window",
    "--context": "--window",
    "--candidates": "--terms",
    "--words-file": "--terms",
    "--max-len": "--max-length",
    "--min-len": "--min-length",
    "--seeds": "--topic-seeds",
    "--limit": "--top",
    "--period": "--by",
    "--out": "--output",
    "--silent": "--quiet",
    "--debug": "--verbose",
    "--encoding-in": "--encoding",
}
# Options whose values differ from command to command, because what they choose among does.
VALUES_DIFFER = frozenset(["--to", "--method", "--unit", "--sort", "--window"])


def every_option() -> Iterator[tuple[str, click.Option]]:
    def below(command: click.Command, path: str) -> Iterator[tuple[str, click.Option]]:
        if isinstance(command, click.Group):
            for name, child in command.commands.items():
                yield from below(child, f"{path} {name}")
            return
        yield from ((path, param) for param in command.params if isinstance(param, click.Option))

    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield from below(command, name)


OPTIONS = list(every_option())


def test_what_one_name_says_has_no_other() -> None:
    wrong = [(path, o, OTHER_NAMES[o]) for path, option in OPTIONS for o in option.opts if o in OTHER_NAMES]
    assert not wrong, "use the name that other commands have"


def test_an_option_takes_the_same_kind_of_value_everywhere() -> None:
    kinds: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path, option in OPTIONS:
        kind = option.type
        names = " ".join(sorted(map(str, kind.choices))) if isinstance(kind, click.Choice) else kind.name
        value = "flag" if option.is_flag else names
        kinds[max(option.opts, key=len)][value].append(path)
    differ = {name: dict(found) for name, found in kinds.items() if len(found) > 1 and name not in VALUES_DIFFER}
    assert not differ


@pytest.mark.parametrize(("short", "long"), [("-o", "--output"), ("-n", "--top"), ("-f", "--fields"), ("-j", "--jobs")])
def test_a_letter_is_short_for_one_name(short: str, long: str) -> None:
    assert {max(o.opts, key=len) for _, o in OPTIONS if short in o.opts} == {long}


def test_every_command_has_the_same_volume() -> None:
    by_command: defaultdict[str, set[str]] = defaultdict(set)
    for path, option in OPTIONS:
        by_command[path] |= set(option.opts)
    assert all(names >= {"-q", "--quiet", "-v", "--verbose", "--strict"} for names in by_command.values())
    group = cli.get_command(click.Context(cli), "idf")
    assert isinstance(group, click.Group)
    assert all("--quiet" not in param.opts for param in group.params)


def test_two_names_of_markdown() -> None:
    for name in ("table", "report"):
        option = next(o for path, o in OPTIONS if path == name and "--to" in o.opts)
        assert isinstance(option.type, click.Choice)
        assert {"md", "github"} <= set(option.type.choices)


# Parameters that are called otherwise than their option: plurals of options that may be repeated, names that Python or
# another parameter has, and units.
CALLED_OTHERWISE = {
    "--add": "extras",
    "--all": "pairs",
    "--boilerplate": "days",
    "--days": "apart",
    "--list": "list_schemas",
    "--ngram": "ngrams",
    "--part-size": "part_bytes",
    "--report": "report_file",
    "--seen": "state",
    "--template": "templates",
    "--term": "more_terms",
    "--to": "form",
    "--topic-seeds": "seeds",
    "--topics": "topics_file",
    "--user-dict": "user_dicts",
}


def test_a_parameter_is_called_as_its_option() -> None:
    for name, option in OPTIONS:
        long = next((one for one in option.opts if one.startswith("--")), None)
        expected = {CALLED_OTHERWISE.get(str(long)), str(long)[2:].replace("-", "_")}
        assert long is None or option.name in expected, f"{name} {long}: {option.name}"
