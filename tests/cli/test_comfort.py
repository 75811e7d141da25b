"""Completion in real shells, `demo` and `doctor`."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jmtools.cli.demo import STEPS
from tests.conftest import ROOT, run_jmtools

# Each prints the completions of "jmtools key" and of "jmtools freq --unit ".
SHELLS = {
    "bash": """
source ./script
for words in "jmtools key" "jmtools freq --unit "; do
  read -ra COMP_WORDS <<< "$words"; [[ $words == *" " ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _jmtools_completion jmtools; printf '%s\\n' "${COMPREPLY[@]}"
done
""",
    "zsh": """
compdef() { :; }
_describe() { local name=${@[-2]}; [[ $1 == -V ]] && name=$3; print -l -- ${(P)name}; }
compadd() { print -l -- "${(@P)@[-1]}"; }
source ./script
words=(jmtools key); CURRENT=2; _jmtools_completion
words=(jmtools freq --unit ''); CURRENT=4; _jmtools_completion
""",
    "fish": """
source ./script
complete --do-complete "jmtools key"
complete --do-complete "jmtools freq --unit "
""",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes_commands_and_choices(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    done = run_jmtools("completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    (tmp_path / "script").write_bytes(done.stdout)
    tool = tmp_path / "jmtools"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jmtools "$@"\n', encoding="utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path)}
    code = SHELLS[shell]
    found = subprocess.run([program, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False)
    printed = found.stdout.decode()
    for name in ("keywords", "keyness", "word", "char", "string"):
        assert any(line.split("\t")[0].split(":")[0] == name for line in printed.splitlines()), printed + str(
            found.stderr
        )
    assert not any(line.startswith(("freq", "kwic")) for line in printed.splitlines())


def test_demo_shows_each_command_line_and_ends_with_the_report(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    done = run_jmtools("demo", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    lines = [line for _, *lines in STEPS for line in lines]
    assert [line[2:] for line in text.splitlines() if line.startswith("$ ")] == lines
    assert text.splitlines()[-1].startswith(f"Open {folder}/report.html ")
    assert len(list((folder / "pages").iterdir())) == 12
    assert (folder / "report.html").stat().st_size > 50_000
    articles = [json.loads(line) for line in (folder / "articles.jsonl").read_bytes().splitlines()]
    assert len(articles) == 90
    assert {article["newspaper"] for article in articles} == {"澜江日报"}
    articles = [article for article in articles if article["type"] in ("article", "continuation", "photo")]
    assert len(articles) == 51
    assert all({"headline", "page", "keywords", "topic", "topic_label"} <= article.keys() for article in articles)
    (folder / "mine.txt").write_text("keep", "utf-8")
    again = run_jmtools("demo", folder)
    assert again.returncode == 2
    assert b"holds other files" in again.stderr


def test_doctor_finds_versions_dictionary_and_terminal() -> None:
    done = run_jmtools("doctor", "--to", "jsonl", env={"COLUMNS": "60"})
    found = {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        found[record["check"]] = record
    assert done.returncode == 0
    assert found["dictionary"]["value"].endswith("南京市 / 长江大桥")
    assert found["terminal"]["status"] == "note"
    assert {"jmtools", "python", "locale", "fonts", "temporary files", "configuration", "machine"} <= set(found)
    nowhere = run_jmtools("doctor", "--to", "jsonl", env={"TMPDIR": "/nonexistent"})
    assert nowhere.returncode in (0, 66)
