"""Every example of every `--help` is run, as it stands, in a folder that holds the files that examples name."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jmtools.cli import COMMANDS, cli
from tests.conftest import ROOT
from tests.pdfs import Print, pdf

# Files that examples read and no command of ours writes.
TEXTS = {
    "places.txt": "北渡临港产业园\n沅口站 ns\n",
    "rules.txt": "医保: 医保 OR 防汛\n地铁\n",
    "watch.txt": "医保\n防汛\n地铁\n",
    "names.tsv": "0\t产业\n",
}
# Made of the sample pages, each once; every example gets a copy.
SET_UP = """
mkdir -p 2023-01 2023
cp {seeds}/ljrb-*.txt pages/ && cp {seeds}/ljrb-20240311-A0?.txt 2023-01/
cp pages/ljrb-20240311-A01.txt page.txt && cp page.txt pages/today.txt
jmtools split --name-pattern '{{newspaper}}-{{date:%Y%m%d}}-{{page}}' pages/ljrb-* | jmtools select 'type = "article"' |
  jmtools keywords > keywords.jsonl
jmtools cluster -k 8 --topics topics.jsonl --save-model may keywords.jsonl > articles.jsonl
jmtools keywords --idf corpus --save-idf 2024.idf articles.jsonl > /dev/null
jmtools select 'date < 2024-04-01' articles.jsonl > march.jsonl
jmtools select 'date >= 2024-04-01' articles.jsonl > april.jsonl
jmtools profile learn pages/ > paper.toml
for name in all may june hongkong words news new archive web; do cp articles.jsonl $name.jsonl; done
for name in 2022 2023 archive articles; do cp 2024.idf $name.idf; done
cp march.jsonl 2023/
jmtools freq articles.jsonl > terms.jsonl
sed '1s/"id":"[^"]*"/"id":"a1"/' articles.jsonl > found.jsonl
jmtools index paper.db found.jsonl
"""
# Programs that an example may hand its records to; where one is missing, what is before it is run.
STRANGERS = ("jq", "less", "duckdb", "sqlite3", "mlr", "datasette")


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(cli, info_name="jmtools")
    yield "jmtools", cli
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {child}", below) for child, below in command.commands.items())


def examples(command: click.Command) -> list[str]:
    """Return the command lines below `Examples:`; a line that is indented further goes on with the one before."""
    lines: list[str] = []
    for line in (command.help or "").partition("Example")[2].splitlines()[1:]:
        if not line.strip():
            break
        if len(line) - len(line.lstrip()) > 6 and lines:
            lines[-1] += "\n" + line.strip()
        else:
            lines.append(line.strip())
    return lines


def environment(folder: Path) -> dict[str, str]:
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


def bash(code: str, folder: Path, tools: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", code],
        cwd=folder,
        env=environment(tools),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "jmtools"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jmtools "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, tools: Path) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pages").mkdir()
    (folder / "pages" / "one.pdf").write_bytes(pdf([Print(10, 20, 10, "甲乙丙")]))
    with zipfile.ZipFile(folder / "scans.zip", "w") as archive:
        archive.write(ROOT / "seeds" / "ljrb-20240311-A01.txt", "ljrb-20240311-A01.txt")
    done = bash(SET_UP.format(seeds=ROOT / "seeds"), folder, tools)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_the_examples_run_as_they_stand(
    name: str, command: click.Command, samples: Path, tools: Path, tmp_path: Path
) -> None:
    lines = examples(command)
    assert len(lines) >= (1 if name == "jmtools" else 2), "two examples a command"
    folder = tmp_path / "work"
    shutil.copytree(samples, folder)
    for line in lines:
        if line.startswith("jmtools demo "):
            continue  # run by test_comfort.py, and it takes its time
        stages = line.split(" | ")
        missing = [i for i, stage in enumerate(stages) if (w := stage.split()[0]) in STRANGERS and not shutil.which(w)]
        runnable = " | ".join(stages[: missing[0]] if missing else stages)
        done = bash(runnable, folder, tools)
        assert done.returncode == 0, f"{line}\nexit {done.returncode}: {done.stderr}"
        assert "Traceback" not in done.stderr
        if not any(word in runnable for word in (">", " -o", "--save", "select(")):
            assert done.stdout.strip(), f"{line}\nprinted nothing"
