"""Configuration: file, variables, where a value comes from, and files that want to do harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jmtools.cli import cli
from jmtools.cli.frame.settings import OTHER_VARIABLES, SHARED, default_path, option_names, read_settings
from jmtools.cli.frame.usage import usage_message
from jmtools.errors import JmtoolsError
from tests.conftest import run_jmtools

RECORD = (
    b'{"text":"\xe5\x8c\xbb\xe4\xbf\x9d\xe5\x9f\xba\xe9\x87\x91\xe5\x8c\xbb\xe4\xbf\x9d\xe5\x9f\xba\xe9\x87\x91"}\n'
)


def call(*arguments: str, **variables: str | None) -> Result:
    environment = {"HOME": "/nonexistent", "XDG_CONFIG_HOME": None, "JMTOOLS_CONFIG": None, **variables}
    return CliRunner().invoke(cli, list(arguments), env=environment, standalone_mode=False)


def shown(*arguments: str, **variables: str | None) -> dict[str, tuple[object, str]]:
    done = call(*arguments, "--to", "jsonl", **variables)
    assert done.exception is None, done.exception
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {f"{r['command']} {r['option']}": (r["value"], r["origin"] or r["source"]) for r in rows}


def test_command_line_wins_over_variable_over_file_over_default(tmp_path: Path) -> None:
    path = tmp_path / "jmtools.toml"
    path.write_text(
        "jobs = 2\n[freq]\ntop = 5\nmin-freq = 2\nunit = 'char'\n[dict.check]\nsegmenter = 'jieba'\n", "utf-8"
    )
    got = shown("--config", str(path), "config", "show", "freq", JMTOOLS_FREQ_TOP="7")
    assert got["freq --top"] == ("7", "JMTOOLS_FREQ_TOP")
    assert got["freq --min-freq"] == (2, str(path))
    assert got["freq --jobs"] == (2, str(path))
    assert got["freq --ngram"] == ("1", "default")
    everything = shown("config", "show", JMTOOLS_CONFIG=str(path), JMTOOLS_JOBS="1")
    assert everything["dict check --segmenter"] == ("jieba", str(path))
    assert everything["keywords --jobs"] == ("1", "JMTOOLS_JOBS")
    assert "keywords --top" not in everything
    environment = {"JMTOOLS_CONFIG": str(path), "JMTOOLS_FREQ_MIN_FREQ": "1"}
    lines = run_jmtools("freq", stdin=RECORD, env=environment).stdout.splitlines()
    assert [json.loads(line)["term"] for line in lines] == ["保", "医", "基", "金"]
    lines = run_jmtools("freq", "--unit", "word", "-n", "1", stdin=RECORD, env=environment).stdout.splitlines()
    assert [json.loads(line)["term"] for line in lines] == ["医保"]


def test_the_file_is_looked_for_in_the_users_folder_and_never_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jmtools").mkdir()
    (tmp_path / "jmtools" / "jmtools.toml").write_text("jobs = 3\n", "utf-8")
    assert shown("config", "show", XDG_CONFIG_HOME=str(tmp_path))["freq --jobs"][0] == 3
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jmtools.toml").write_text("jobs = 4\n", "utf-8")
    assert shown("config", "show") == {}
    assert shown("config", "show", XDG_CONFIG_HOME=".") == {}
    assert default_path({"XDG_CONFIG_HOME": "relative", "HOME": "/h"}) == "/h/.config/jmtools/jmtools.toml"
    assert default_path({}) is None


HOSTILE: dict[str, str | bytes] = {
    "no TOML": "jobs: 2",
    "deep": "a = " + "[" * 100_000,
    "not UTF-8": b"jobs = \xd6\xd0",
    "NUL": "jobs = '\0'",
    "a table in place of a value": "[freq]\ntop = {a = 1}",
    "a date in place of a number": "[freq]\ntop = 2024-01-01",
    "a bad number": "[freq]\ntop = -1",
    "a word for a number": "[freq]\ntop = 'many'",
    "a wrong choice": "[freq]\nunit = 'wrod'",
    "true for a number": "[freq]\ntop = true",
    "an unknown option": "[freq]\nno-such = 1",
    "an unknown command": "[frqe]\ntop = 1",
    "an unknown name at the top": "jbos = 1",
    "the output": "[freq]\noutput = '/tmp/x'",
    "twice": "jobs = 1\njobs = 2",
    "an escape": "[freq]\n'\\u001b[31m' = 1",
    "a list of lists": "user-dict = [['a']]",
    "a huge number": "jobs = " + "9" * 5000,
    "a huge file": "#" * ((1 << 20) + 1),
    "infinite": "[freq]\ntop = inf",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_gives_one_line_that_names_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    content = HOSTILE[name]
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run_jmtools("--config", path, "freq", stdin=RECORD)
    assert done.returncode in (2, 66)
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert str(path).encode() in done.stderr
    assert b"\x1b" not in done.stderr


def test_a_named_file_has_to_be_there_and_doctor_and_config_survive_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(JmtoolsError, match="no such file"):
        read_settings(str(tmp_path / "none.toml"), {})
    path = tmp_path / "bad.toml"
    path.write_text("jbos = 1\n", "utf-8")
    done = run_jmtools("--config", path, "doctor")
    assert done.returncode == 66
    assert "did you mean 'jobs'" in done.stdout.decode()
    assert run_jmtools("--config", path, "completion", "bash").returncode == 0


def test_shared_names_are_options_and_variables_that_mean_nothing_are_told() -> None:
    from jmtools.cli import COMMANDS

    context = cli.make_context("jmtools", ["config"])
    commands = [cli.get_command(context, name) for name in COMMANDS]
    names = {option for command in commands if command is not None for option in option_names(command)}
    assert set(SHARED) <= names
    assert all(name.startswith("JMTOOLS_") for name in OTHER_VARIABLES)
    done = run_jmtools("config", "show", env={"JMTOOLS_JBOS": "1"})
    assert b"JMTOOLS_JBOS means nothing; did you mean 'JMTOOLS_JOBS'?" in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["keywrods"], "no such command 'keywrods'; did you mean 'keywords'"),
        (["xyz"], "no such command 'xyz'; cli --help"),
        (["keywords", "--tpo", "3"], "no such option '--tpo'; did you mean '--top'"),
        (["freq", "--unit", "wrod"], "did you mean 'word'?"),
        (["config", "show", "frqe"], "did you mean 'freq'?"),
    ],
)
def test_a_mistyped_name_gets_the_near_one(arguments: list[str], words: str) -> None:
    error = call(*arguments).exception
    assert error is not None
    assert words in usage_message(error)  # type: ignore[arg-type]
