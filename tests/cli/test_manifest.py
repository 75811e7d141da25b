"""Every run can be written down and done again: `--manifest` and `rerun`."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from jmtools.cli import COMMANDS, cli
from jmtools.cli.frame.manifest import READ_AND_WRITTEN, WRITTEN
from tests.conftest import run_jmtools
from tests.test_contract import INPUT, READERS, SPECS

# Parameters that name what a command only reads. `archive` is written by `index` alone.
READ = {
    *("files", "user_dicts", "stopwords", "terms", "reference", "against", "archive", "rules_file", "words", "idf"),
    *("candidates", "exclude", "tables", "table", "seeds", "labels", "update", "model", "templates", "schema"),
    *("profile", "weights", "apply", "pages", "articles", "record"),
}


def all_commands() -> Iterator[click.Command]:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        yield from command.commands.values() if isinstance(command, click.Group) else [command]


def written(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_every_parameter_that_names_a_file_is_known_as_input_or_output() -> None:
    for command in all_commands():
        for param in command.params:
            if isinstance(param.type, click.Path) or "FILE" in (param.metavar or "") or "DIR" in (param.metavar or ""):
                assert param.name in READ | WRITTEN | READ_AND_WRITTEN, f"{command.name} {param.name}"


@pytest.mark.parametrize("name", [name for name in SPECS if SPECS[name].kind in READERS])
def test_a_run_is_written_down_and_gives_the_same_bytes_again(name: str, tmp_path: Path) -> None:
    data = tmp_path / "in.jsonl"
    data.write_bytes(INPUT)
    plain = run_jmtools(name, *SPECS[name].arguments, data)
    done = run_jmtools(name, *SPECS[name].arguments, data, "--manifest", "run.json", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    record = written(tmp_path / "run.json")
    assert record["command"] == f"jmtools {name}"
    assert {"path": str(data), "size": len(INPUT), "sha256": sha(INPUT)} in record["inputs"]
    assert (record["records_read"], record["records_rejected"]) == (16, 0)
    assert [(row["path"], row["sha256"]) for row in record["outputs"]] == [("out", sha(plain.stdout))]
    again = run_jmtools("rerun", "run.json", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, b"")
    assert json.loads(again.stdout)["same"] is True
    assert (tmp_path / "out").read_bytes() == plain.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out", "run.json"]


def test_a_changed_input_is_named_and_nothing_is_run(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(INPUT.replace(b'"r', b'"' + name[:1].encode()))
    (tmp_path / "words.txt").write_text("监管宣传\n", "utf-8")
    inputs = ("a.jsonl", "b.jsonl", "--user-dict", "words.txt")
    assert run_jmtools("freq", *inputs, "--manifest", "run.json", cwd=tmp_path).returncode == 0
    record = written(tmp_path / "run.json")
    assert sorted(row["path"] for row in record["inputs"]) == ["a.jsonl", "b.jsonl", "words.txt"]
    (tmp_path / "b.jsonl").write_bytes(INPUT)
    (tmp_path / "words.txt").unlink()
    done = run_jmtools("rerun", "run.json", cwd=tmp_path)
    assert done.returncode == 1
    assert sorted(json.loads(done.stdout)["changed_inputs"]) == ["b.jsonl", "words.txt"]


def test_standard_input_and_output_count_too(tmp_path: Path) -> None:
    done = run_jmtools("segment", "--manifest", "run.json", stdin=INPUT, cwd=tmp_path)
    record = written(tmp_path / "run.json")
    assert record["inputs"] == [{"path": "-", "size": len(INPUT), "sha256": sha(INPUT)}]
    assert [(row["path"], row["sha256"]) for row in record["outputs"]] == [("-", sha(done.stdout))]
    assert json.loads(run_jmtools("rerun", "run.json", stdin=INPUT, cwd=tmp_path).stdout)["same"] is True
    other = run_jmtools("rerun", "run.json", stdin=INPUT.replace(b"r01", b"r77"), cwd=tmp_path)
    assert (other.returncode, json.loads(other.stdout)["changed_inputs"]) == (1, ["-"])


def test_an_output_that_is_not_the_same_is_named(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(INPUT)
    run_jmtools("freq", "in.jsonl", "--manifest", "run.json", "-o", "out.jsonl", cwd=tmp_path)
    record = written(tmp_path / "run.json")
    record["outputs"][0]["sha256"] = "0" * 64
    record["version"] = "0.0.1"
    (tmp_path / "run.json").write_text(json.dumps(record), "utf-8")
    done = run_jmtools("rerun", "run.json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["changed_outputs"]) == (1, ["out.jsonl"])
    assert b"is of version 0.0.1" in done.stderr


def test_the_configuration_of_then_counts_and_not_that_of_now(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(INPUT)
    then = {"JMTOOLS_FREQ_TOP": "2", "JMTOOLS_SEGMENTER": "jieba"}
    run_jmtools("freq", "in.jsonl", "--manifest", "run.json", cwd=tmp_path, env=then)
    record = written(tmp_path / "run.json")
    assert record["options"]["top"] == {"value": 2, "origin": "JMTOOLS_FREQ_TOP"}
    assert record["options"]["unit"] == {"value": "word", "origin": "default"}
    assert record["segmentation"]["name"] == "jieba"
    done = run_jmtools("rerun", "run.json", cwd=tmp_path, env={"JMTOOLS_FREQ_TOP": "9"})
    assert json.loads(done.stdout)["same"] is True


def test_rejected_records_side_outputs_folders_and_archives(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(INPUT + b"{\n")
    common = ("--on-error", "skip", "--rejects", "bad.jsonl")
    runs = {
        "k.json": ("keywords", *common, "-o", "parts/", "in.jsonl"),
        "c.json": ("cluster", "-k", "3", *common, "--topics", "topics.jsonl", "-o", "out.jsonl", "in.jsonl"),
        "i.json": ("index", *common, "paper.db", "in.jsonl"),
        "b.json": ("idf", "build", *common, "-o", "a.idf", "in.jsonl"),
    }
    for manifest, arguments in runs.items():
        assert run_jmtools(*arguments, "--manifest", manifest, cwd=tmp_path).returncode == 3, arguments
        record = written(tmp_path / manifest)
        assert (record["exit_code"], record["records_read"], record["records_rejected"]) == (3, 17, 1)
    (tmp_path / "paper.db").unlink()  # it was not there before the run
    for manifest in runs:
        done = run_jmtools("rerun", manifest, cwd=tmp_path)
        assert json.loads(done.stdout)["same"] is True, (manifest, done.stdout, done.stderr)
    assert not (tmp_path / "paper.db").exists()


def test_no_manifest_of_a_run_that_failed_and_none_over_an_input(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"{")
    assert run_jmtools("freq", "in.jsonl", "--manifest", "run.json", cwd=tmp_path).returncode == 65
    assert not (tmp_path / "run.json").exists()
    for name in ("in.jsonl", "out.jsonl"):
        done = run_jmtools("freq", "in.jsonl", "-o", "out.jsonl", "--manifest", name, cwd=tmp_path)
        assert done.returncode == 2
    assert (tmp_path / "in.jsonl").read_bytes() == b"{"
    done = run_jmtools("rerun", "in.jsonl", cwd=tmp_path)
    assert (done.returncode, b"no record of a run" in done.stderr) == (66, True)


def test_an_archive_keeps_its_runs_and_is_made_again(tmp_path: Path) -> None:
    parts = INPUT.splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(parts[:9]))
    (tmp_path / "b.jsonl").write_bytes(b"".join(parts[7:]).replace("医保".encode(), "医疗".encode(), 1) + b"{\n")
    assert run_jmtools("index", "paper.db", "a.jsonl", cwd=tmp_path).returncode == 0
    more = ("--on-error", "skip", "--jobs", "2")
    assert run_jmtools("index", *more, "paper.db", "b.jsonl", cwd=tmp_path).returncode == 3
    before = (tmp_path / "paper.db").read_bytes()
    assert run_jmtools("index", "paper.db", "a.jsonl", "--where", 'id = "r00"', cwd=tmp_path).returncode == 0
    assert (tmp_path / "paper.db").read_bytes() == before  # nothing new: no run is kept
    one, other = run_jmtools("show", "--runs", "paper.db", cwd=tmp_path).stdout.decode().split("\n\n")
    assert ("jmtools index a.jsonl\n" in one, sha(b"".join(parts[:9])) in one, "9 added" in one) == (True, True, True)
    assert "jmtools index --on-error=skip b.jsonl\n" in other
    assert "1 rejected" in other
    done = run_jmtools("rerun", "paper.db", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["same"]) == (0, True), done.stderr
    with contextlib.closing(sqlite3.connect(tmp_path / "paper.db")) as connection:
        connection.execute("DELETE FROM articles WHERE n = 3")
        connection.commit()
    done = run_jmtools("rerun", "paper.db", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["changed_outputs"]) == (1, ["paper.db"])
    (tmp_path / "a.jsonl").write_bytes(INPUT)
    done = run_jmtools("rerun", "paper.db", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["changed_inputs"]) == (1, ["a.jsonl"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl", "paper.db"]


def test_an_archive_from_standard_input_is_made_again_while_that_was_all(tmp_path: Path) -> None:
    assert run_jmtools("index", "paper.db", stdin=INPUT, cwd=tmp_path).returncode == 0
    assert json.loads(run_jmtools("rerun", "paper.db", stdin=INPUT, cwd=tmp_path).stdout)["same"] is True
    assert json.loads(run_jmtools("rerun", "paper.db", stdin=b"", cwd=tmp_path).stdout)["changed_inputs"] == ["-"]
    assert run_jmtools("index", "paper.db", stdin=INPUT.replace(b"r", b"s"), cwd=tmp_path).returncode == 0
    done = run_jmtools("rerun", "paper.db", stdin=INPUT, cwd=tmp_path)
    assert (done.returncode, b"standard input, which cannot be read again" in done.stderr) == (65, True)


def test_a_report_keeps_its_run_wherever_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(INPUT)
    env = {"JMTOOLS_REPORT_LANG": "en"}
    arguments = ("report", "--title", "a -- <b>", "in.jsonl")
    one = run_jmtools(*arguments, "-o", "r.html", cwd=tmp_path, env=env)
    other = run_jmtools(*arguments, "--jobs", "2", cwd=tmp_path, env=env)
    assert (one.returncode, (tmp_path / "r.html").read_bytes()) == (0, other.stdout)
    text = run_jmtools("show", "--runs", "r.html", cwd=tmp_path).stdout.decode()
    assert "jmtools report --title=a -- <b> in.jsonl\n" in text
    assert sha(INPUT) in text
    assert "--lang en (configured)" in text
    done = run_jmtools("rerun", "r.html", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["same"]) == (0, True), done.stderr
    (tmp_path / "r.html").write_bytes(other.stdout.replace(b"</main>", b"<p>1</p></main>"))
    assert json.loads(run_jmtools("rerun", "r.html", cwd=tmp_path).stdout)["changed_outputs"] == ["r.html"]


def test_a_report_in_markdown_keeps_its_run_too(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(INPUT)
    arguments = ("report", "--to", "md", "--title", "a --> b", "in.jsonl")
    one = run_jmtools(*arguments, "-o", "r.md", cwd=tmp_path)
    assert (one.returncode, (tmp_path / "r.md").read_bytes()) == (0, run_jmtools(*arguments, cwd=tmp_path).stdout)
    page = (tmp_path / "r.md").read_text("utf-8")
    assert page.count("\n<!-- jmtools-run {") == page.count("-->") - page.count("a --> b") == 1
    assert sha(INPUT) in run_jmtools("show", "--runs", "r.md", cwd=tmp_path).stdout.decode()
    done = run_jmtools("rerun", "r.md", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["same"]) == (0, True), done.stderr
    (tmp_path / "r.md").write_text("x" + page, "utf-8")
    assert json.loads(run_jmtools("rerun", "r.md", cwd=tmp_path).stdout)["changed_outputs"] == ["r.md"]
