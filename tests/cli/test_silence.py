"""Nothing fails in silence: what is empty, lost, guessed or of the wrong kind is told in one line."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import run_jmtools

PAGE = "澜江日报\n\n水库除险加固完工\n本报讯（记者 林远）昨日，市水利局介绍，红石水库除险加固工程完工。\n"
RECORD = json.dumps({"id": "a", "text": "市民走进社区。", "headline": "社区"}, ensure_ascii=False).encode() + b"\n"


def said(*arguments: str | Path, stdin: bytes = b"", code: int = 0) -> str:
    done = run_jmtools(*arguments, stdin=stdin)
    assert done.returncode == code, done.stderr
    return done.stderr.decode()


def test_a_name_pattern_that_does_not_fit_is_counted_and_names_are_read_as_usual(tmp_path: Path) -> None:
    for name in ("ljrb-20240311-A01.txt", "20240312-A02.txt", "20240313-A03.txt"):
        (tmp_path / name).write_text(PAGE, "utf-8")
    for command in ("split", "read"):
        done = run_jmtools(command, "--name-pattern", "{newspaper}-{date:%Y%m%d}-{page}", tmp_path)
        records = [json.loads(line) for line in done.stdout.splitlines()]
        assert {(r["date"], r["page"]) for r in records} == {
            *(("2024-03-11", "A01"), ("2024-03-12", "A02"), ("2024-03-13", "A03"))
        }
        assert done.stderr.decode().count("\n") == 1
        assert "2 of 3 file names do not fit --name-pattern" in done.stderr.decode()


def test_what_is_empty_is_said(tmp_path: Path) -> None:
    (tmp_path / "zero.pdf").touch()
    (tmp_path / "zero.txt").touch()
    (tmp_path / "folder").mkdir()
    assert "no file in it ends in .txt" in said("split", tmp_path / "folder")
    assert "no file in it ends in" in said("read", tmp_path / "folder")
    assert "is empty (0 bytes)" in said("read", tmp_path / "zero.pdf", code=65)
    assert "1 page read, and nothing to write" in said("split", tmp_path / "zero.txt")
    assert "no record meets --where" in said("freq", "--where", 'id = "b"', stdin=RECORD)
    assert "1 record read, and nothing to write" in said("select", 'id = "b"', stdin=RECORD)
    assert said("select", "--strict", 'id = "b"', stdin=RECORD, code=3).endswith("--strict: 1 note; ends with 3\n")
    assert said("select", "--quiet", 'id = "b"', stdin=RECORD) == ""
    assert "1 record read in" in said("select", "--verbose", 'id = "a"', stdin=RECORD)
    assert said("select", "--strict", 'id = "a"', stdin=RECORD) == ""


def test_trend_without_dates_says_so() -> None:
    assert "no record has the field 'date'" in said("trend", "--term", "社区", stdin=RECORD)
    undated = RECORD[:-2] + b',"date":null}\n'
    assert "nothing to write" in said("trend", "--term", "社区", stdin=undated)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PAGE.encode(), "this looks like page text: run `jmtools split` first"),
        (b"date,page,headline\n2024-03-11,A01,a\n", "this looks like a CSV table"),
        (b"%PDF-1.7\n1 0 obj\n", "this is a PDF: run `jmtools read` first"),
        (b"<!DOCTYPE html><html></html>\n", "this looks like a web page or OCR file: run `jmtools read` first"),
        (b'[{"text": "a"}]\n', "this looks like a JSON array"),
        (b"PK\x03\x04....\n", "run `jmtools read` first"),
    ],
)
def test_an_input_of_the_wrong_kind_is_named_with_the_command_that_takes_it(content: bytes, words: str) -> None:
    for command in ("keywords", "table"):
        assert words in said(command, stdin=content, code=65)


def test_split_names_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n")
    told = said("split", tmp_path / "page.pdf", code=65)
    assert told.count("jmtools read") == 1


@pytest.mark.parametrize("command", [("table",), ("report",), ("convert", "--to", "csv")])
def test_a_sink_writes_one_file_and_no_folder_of_parts(command: tuple[str, ...], tmp_path: Path) -> None:
    assert "-o FILE" in said(*command, "-o", f"{tmp_path}/out/", stdin=RECORD, code=2)
    assert "no such option" in said(*command, "--scheduler", "tcp://127.0.0.1:9", stdin=RECORD, code=2)
    assert not list(tmp_path.iterdir())


@contextmanager
def server(answer: bytes) -> Iterator[str]:
    """Listen and answer as something that is no Dask scheduler."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            held.append(connection)
            if answer:
                connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()
        for connection in held:
            connection.close()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH_9.6\r\n"])
def test_a_scheduler_that_is_none_is_told_within_15_seconds(answer: bytes, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    source = tmp_path / "in.jsonl"
    source.write_bytes(RECORD)
    with server(answer) as address:
        begun = time.monotonic()
        told = said("freq", "--scheduler", address, source, code=74)
        assert time.monotonic() - begun < 15
    assert told.count("\n") == 1
    assert "no Dask scheduler answers there" in told


def test_words_and_topics_that_are_not_there_are_named(tmp_path: Path) -> None:
    assert "潜水艇 does not occur" in said("kwic", "潜水艇", stdin=RECORD)
    assert "潜水艇 does not occur" in said("collocates", "潜水艇", stdin=RECORD)
    seeds = tmp_path / "seeds.txt"
    seeds.write_text("潜艇: 潜水艇 声呐\n社区: 社区 市民\n", "utf-8")
    lines = b"".join(RECORD.replace(b'"a"', b'"%d"' % n) for n in range(4))
    told = said("cluster", "-k", "9", "--topic-seeds", seeds, stdin=lines)
    assert "--topic-seeds: not among the words of the records: 潜水艇, 声呐" in told
    assert "-k 9: " in told


def test_assign_says_how_many_records_have_no_word_of_the_model(tmp_path: Path) -> None:
    texts = ["医保基金监管", "医保报销比例", "水库放水防汛", "水库防汛抢险"] * 3
    lines = b"".join(json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n" for text in texts)
    said("cluster", "-k", "2", "--save-model", tmp_path / "model", stdin=lines)
    assert "every topic is -1" in said("assign", "--model", tmp_path / "model", stdin=RECORD)
    told = said("assign", "--model", tmp_path / "model", stdin=RECORD + lines)
    assert told == "jmtools assign: note: 1 of 13 records have no word of any topic: their topic is -1\n"
