"""`--help` fits on a screen in both languages; `jmtools help` shows everything."""

from __future__ import annotations

import pytest

from jmtools.cli import COMMANDS
from tests.conftest import run_jmtools

MOST = 45


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_on_a_screen(name: str, language: str) -> None:
    done = run_jmtools(name, "--help", env={"JMTOOLS_LANGUAGE": language, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"})
    lines = done.stdout.decode().splitlines()
    assert len(lines) <= MOST
    assert any(line.strip().startswith(("jmtools ", "$ jmtools")) for line in lines)


def test_the_most_wanted_options_come_first() -> None:
    lines = run_jmtools("keywords", "--help").stdout.decode().split("Options:")[1].splitlines()
    assert [line.split()[0].rstrip(",") for line in lines[1:4]] == ["-n", "--group-by", "--idf"]


def test_help_on_topics_and_commands_is_whole() -> None:
    io = run_jmtools("help", "io").stdout.decode()
    assert all(name in io for name in ("--output", "--where", "--types", "--rejects", "--scheduler", "--strict"))
    words = run_jmtools("help", "words").stdout.decode()
    assert all(name in words for name in ("--segmenter", "--user-dict", "--stopwords"))
    whole = run_jmtools("help", "cluster").stdout.decode()
    assert "--max-expand N" in whole
    assert whole.count("jmtools cluster") > 3
    assert run_jmtools("help", "dict", "check").stdout.startswith(b"Usage: jmtools dict check")
    assert run_jmtools("help", "clsuter").returncode == 2
