"""`--help` fits on a screen in both languages, hides no choice and cuts no clause; `jmtools help` shows everything."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache

import click
import pytest

from jmtools.cli import COMMANDS, cli
from jmtools.cli.frame.help_topics import TOPICS
from jmtools.cli.frame.language import set_language
from tests.conftest import run_jmtools

MOST = 45
WIDTHS = (80, 100)
MEASURING = {
    "freq": ("freq", "--dispersion", "--measures", "none"),
    "keyness": ("keyness", "--reference", "-", "--measures", "none"),
    "collocates": ("collocates", "词", "--measures", "none"),
    "collocates --all": ("collocates", "--all", "--measures", "none"),
    "cooc": ("cooc", "--measures", "none"),
}


@cache
def short_help(path: str, width: int = 80) -> str:
    set_language({})
    context = click.Context(cli, info_name="jmtools", terminal_width=width, help_option_names=["-h", "--help"])
    command: click.Command = cli
    for name in path.split():
        assert isinstance(command, click.Group)
        found = command.get_command(context, name)
        assert found is not None
        command, context = found, click.Context(found, info_name=name, parent=context)
    return command.get_help(context)


@cache
def topic(name: str) -> str:
    return run_jmtools("help", name).stdout.decode()


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command that runs, with those of groups, by its path."""

    def below(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
        if isinstance(command, click.Group):
            for name, child in command.commands.items():
                yield from below(child, f"{path} {name}")
        else:
            yield path, command

    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield from below(command, name)


PATHS = dict(commands())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_on_a_screen(name: str, language: str) -> None:
    done = run_jmtools(name, "--help", env={"JMTOOLS_LANGUAGE": language, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"})
    lines = done.stdout.decode().splitlines()
    assert len(lines) <= MOST
    assert any(line.strip().startswith(("jmtools ", "$ jmtools")) for line in lines)
    assert not any(line.endswith("…") for line in lines)


@pytest.mark.parametrize("path", PATHS)
def test_short_help_prints_every_choice_and_cuts_nothing(path: str) -> None:
    for width in WIDTHS:
        options = short_help(path, width).partition("Options:")[2].partition("More help:")[0]
        assert not re.search(r"…(?:\s|$)", options), "a text or its choices are cut"
        for param in PATHS[path].params:
            if isinstance(param.type, click.Choice) and re.search(rf"^  .*{param.opts[-1]} ", options, re.MULTILINE):
                assert f"[{'|'.join(map(str, param.type.choices))}]" in options


@pytest.mark.parametrize("path", PATHS)
def test_the_example_of_short_help_shows_the_command(path: str) -> None:
    example = re.search(r"Example:\n((?:    .*\n)+)", short_help(path))
    assert example is not None
    assert f"jmtools {path}" in example[1]


@pytest.mark.parametrize("path", PATHS)
def test_an_option_that_is_left_to_a_topic_is_explained_there(path: str) -> None:
    more = short_help(path).partition("More help:")[2]
    for name in TOPICS:
        match = re.search(rf"jmtools help {name}\s((?:.*\n)+?)(?=  jmtools help|\Z)", more)
        for option in re.findall(r"--?[a-z][a-z-]*", match[1] if match else ""):
            assert re.search(rf"^(?:-\w, )?{option}\b", topic(name), re.MULTILINE), f"{option} is not in help {name}"


def texts() -> Iterator[tuple[str, str]]:
    for path, command in PATHS.items():
        yield path, " ".join(inspect.cleandoc(command.help or "").split())
        yield from ((f"{path} {p.opts[-1]}", p.help or "") for p in command.params if isinstance(p, click.Option))


def test_help_is_written_in_whole_sentences_that_a_shell_user_knows() -> None:
    wrong: list[tuple[str, str, str]] = []
    for where, text in texts():
        if not text or not text[0].isascii() or text.startswith(("Of ", "Streams", "Holds")):
            wrong.append((where, "begins with a fragment", text))
        if re.search(r"\b(?:a|one) (?:record|row|line|rule|option) an? \w+", text):
            wrong.append((where, "says `a record a file` for `one record per file`", text))
        if re.search(r"\bStreams[.:]|\bHolds (?:the|one)\b|[Mm]emory (?:holds|grows|stays)\b.*\.$", text[-90:]):
            wrong.append((where, "the label of memory is `Memory:`", text))
    assert not wrong


def test_every_command_that_reads_records_says_what_memory_it_takes() -> None:
    readers = {p: c for p, c in PATHS.items() if any(o.name == "on_error" for o in c.params)}
    assert [path for path, command in readers.items() if "Memory:" not in (command.help or "")] == []


@pytest.mark.parametrize("name", MEASURING)
def test_help_names_the_measures_that_there_are(name: str) -> None:
    error = run_jmtools(*MEASURING[name], stdin='{"text":"词"}\n'.encode()).stderr.decode()
    known = error.partition("there are all, ")[2].strip().split(", ")
    found = " ".join((PATHS[name.split()[0]].help or "").partition("Measures:")[2].split())
    assert known != [""]
    assert [measure for measure in known if not re.search(rf"\b{measure}\b", found)] == []


def test_the_most_wanted_options_come_first() -> None:
    lines = [line for line in short_help("keywords").split("Options:")[1].splitlines() if line.startswith("  -")]
    assert [line.split()[0].rstrip(",") for line in lines[:3]] == ["-n", "--group-by", "--idf"]


def test_help_on_topics_and_commands_is_whole() -> None:
    assert all(
        name in topic("io") for name in ("--output", "--where", "--types", "--rejects", "--scheduler", "--strict")
    )
    assert all(re.search(rf"^  {code} ", topic("io"), re.MULTILINE) for code in (0, 1, 2, 3, 65, 66, 70, 71, 74))
    assert all(name in topic("words") for name in ("--segmenter", "--user-dict", "--stopwords", "name of a person"))
    whole = run_jmtools("help", "cluster").stdout.decode()
    assert "--max-expand N" in whole
    assert whole.count("jmtools cluster") > 3
    assert run_jmtools("help", "dict", "check").stdout.startswith(b"Usage: jmtools dict check")
    assert run_jmtools("help", "clsuter").returncode == 2
