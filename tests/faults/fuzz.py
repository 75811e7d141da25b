"""Fuzzing with coverage (atheris): `make fuzz MINUTES=10`, or `python tests/faults/fuzz.py --target where --minutes 1`.

Each target takes any bytes and checks a promise: no crash, no hang, no character lost. Input that breaks one is kept in
`--findings`; it becomes a test. A target runs in a process of its own; the parent adds up the executions.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.faults.fuzz_read import (  # noqa: E402 - by path
    PDF_HEAD,
    PDF_TOKENS,
    XML_TOKENS,
    docx_target,
    drawings_target,
    files_target,
    pdf_target,
    read_seeds,
)

SECONDS_A_HANG = 20
LONGEST = 4096

Target = Callable[[bytes], None]


def reader_target() -> Target:
    """What the record reader takes, the standard library reads alike; what it refuses, it names."""
    from jmtools.errors import RecordError
    from jmtools.io.records import parse_record, require_text

    def check(data: bytes) -> None:
        try:
            record = parse_record(data)
        except RecordError as error:
            assert str(error)
            return
        expected = json.loads(data)
        assert same(record, expected), data
        with contextlib.suppress(RecordError):
            require_text(record)
            assert isinstance(record.get("text", ""), str) or isinstance(record.get("tokens"), list)

    return check


def splice_target() -> Target:
    """A line with new fields holds the old ones, byte for byte where they are not replaced."""
    from jmtools.errors import RecordError
    from jmtools.io.records import parse_record, splice

    new = {"keywords": [{"term": "江门"}], "text": None}

    def check(data: bytes) -> None:
        try:
            record = parse_record(data)
        except RecordError:
            return
        line = splice(data, record, new)
        assert line.endswith(b"\n"), data
        assert same(parse_record(line), {**record, **new}), data
        if not new.keys() & record.keys():
            assert line.startswith(data.strip(b" \t\r\n")[:-1]), data

    return check


def lines_target() -> Target:
    """Every byte of an input is in one line of one batch, numbered from 1, however small the batches."""
    from jmtools.errors import JmtoolsError
    from jmtools.io.lines import read_batches

    path = scratch()

    def check(data: bytes) -> None:
        path.write_bytes(data)
        size = 1 + data[0] if data else 1
        with contextlib.suppress(JmtoolsError):  # compressed data that is damaged
            number = 1
            for batch in read_batches([str(path)], batch_bytes=size, pauses=False):
                assert batch is not None
                for index, line in enumerate(batch.lines):
                    assert b"\n" not in line.removesuffix(b"\n")
                    assert batch.first_line + index == number
                    start = batch.byte_of(index)
                    assert data[:2] in MAGIC or data[start : start + len(line)] == line
                    number += 1

    return check


def split_target() -> Target:
    """Every character of a page that is not blank is in exactly one record, at the place that the record names."""
    from jmtools.pages import split_page

    pieces = page_pieces()

    def check(data: bytes) -> None:
        if data[:1] < b"\x80":
            page = data[1:1500].decode("utf-8", "ignore")
        else:  # a page of lines as papers print them, in any order
            page = "".join(pieces[byte % len(pieces)] for byte in data[1:60])
        end = 0
        for record in split_page(page):
            assert not page[end : record["char_start"]].strip()
            end = record["char_end"]
            assert content(record) == characters(page[record["char_start"] : end]), page
        assert not page[end:].strip(), page

    return check


def where_target() -> Target:
    """Any text is a condition that can be asked of any record, or an error that points at its place."""
    from jmtools.errors import OptionError
    from jmtools.fields.where import parse_where

    records: list[dict[str, Any]] = [
        {},
        {"page": "A01", "date": "2023-05-25", "topic": 2, "authors": [{"name": "李小明", "role": "记者"}]},
        {"page": None, "date": 20230525, "topic": [1, "x", {}], "authors": "李小明", "text": "\U0001f600" * 3},
    ]

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "ignore")
        try:
            where = parse_where(text)
        except OptionError as error:
            assert str(error)
            return
        assert where is not None
        for record in records:
            assert where.matches(record) in (True, False)

    return check


def dictionary_target() -> Target:
    """Any file is a dictionary or an error; the entries that are found never overlap and follow one another."""
    from jmtools.errors import JmtoolsError
    from jmtools.words.lexicon import Lexicon, read_entries

    path = scratch()
    text = "江门国家高新区发布Open AI、F-16与《岭南·旧事》等12.5%数据"

    def check(data: bytes) -> None:
        path.write_bytes(data)
        try:
            entries, problems = read_entries(path)
        except JmtoolsError as error:
            assert str(error)
            return
        assert all(problem.reason for problem in problems)
        end = 0
        for start, stop in Lexicon(entries).spans(text + "".join(e.word for e in entries[:5])):
            assert end <= start < stop
            end = stop

    return check


def decode_target() -> Target:
    """Any bytes are text in an encoding that is found, or an error that names the byte."""
    from jmtools.errors import DataError
    from jmtools.io.encodings import decode_text

    def check(data: bytes) -> None:
        try:
            text = decode_text(data)
        except DataError as error:
            assert "byte" in str(error)
            return
        assert isinstance(text, str)

    return check


def cells_target() -> Target:
    """No text makes a terminal obey or a spreadsheet compute."""
    import csv
    import io

    from jmtools.fields.delimited import FORMULA_STARTS, csv_rows, tsv_rows
    from jmtools.io.visible import show

    danger = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape")
        assert not danger.search(show(text))
        row = csv_rows([[text, 1]])
        assert not danger.search(row)
        cells = next(csv.reader(io.StringIO(row, newline="")))
        assert not cells[0].startswith(FORMULA_STARTS)
        assert cells[1] == "1"
        assert tsv_rows([[text, 1]]).count("\t") == 1

    return check


def profile_target() -> Target:
    """Any text is a paper's profile or an error; what is a profile survives being written and read again."""
    from jmtools.errors import JmtoolsError
    from jmtools.pages.profile import format_profile, parse_profile

    def check(data: bytes) -> None:
        try:
            profile = parse_profile(data.decode("utf-8", "ignore"))
        except JmtoolsError as error:
            assert str(error)
            return
        assert parse_profile(format_profile(profile)) == profile

    return check


def idf_target() -> Target:
    """Any file is a table of document frequencies or an error; a table survives being written and read again."""
    import numpy as np

    from jmtools.counts.idf_tables import load_table, merge_tables, table_lines
    from jmtools.counts.idf_values import IdfValues
    from jmtools.errors import JmtoolsError

    path, again = scratch(), scratch()

    def check(data: bytes) -> None:
        path.write_bytes(data)
        try:
            table = load_table(path)
        except JmtoolsError as error:
            assert str(error)
            return
        if isinstance(table, IdfValues):
            assert np.isfinite(table.idfs(["江门", *list(table.table.words())[:5]])).all()
            return
        again.write_bytes(b"".join(table_lines(table)))
        assert load_table(again) == table
        assert all(math.isfinite(table.idf(word)) for word in (*list(table.df)[:5], "江门"))
        assert merge_tables([table, table]).docs == 2 * table.docs

    return check


def model_target() -> Target:
    """Any member of a model, even one that was signed anew, makes a model that can be asked, or an error."""
    import numpy as np

    from jmtools.errors import JmtoolsError, RecordError
    from jmtools.io.records import decode_value
    from jmtools.topics.model import HEAD, TERMS, WEIGHTS, load_model, signed

    folder = Path(tempfile.mkdtemp(prefix="jmtools-fuzz-", dir=scratch().parent))
    good = {name: (ROOT / "tests" / "data" / "topics" / name).read_bytes() for name in (HEAD, TERMS, WEIGHTS)}
    known = decode_value(good[HEAD])

    def check(data: bytes) -> None:
        name = (HEAD, TERMS, WEIGHTS)[data[0] % 3 if data else 0]
        members = {**good, name: data[1:]}
        head = known
        if name == HEAD:
            with contextlib.suppress(RecordError):
                head = decode_value(data[1:])
        if not data or data[0] < 0x80:
            with contextlib.suppress(TypeError, AttributeError):
                members[HEAD] = signed(head, {n: members[n] for n in (TERMS, WEIGHTS)})
        for member, content in members.items():
            (folder / member).write_bytes(content)
        try:
            model = load_model(str(folder))
        except JmtoolsError as error:
            assert str(error)
            return
        labels, scores = model.judge(np.array([0, -1]), np.array([1, 2]), np.array([1, 1]))
        assert all(json.dumps(model.fields(*pair)) for pair in zip(labels.tolist(), scores.tolist(), strict=True))

    return check


TARGETS: dict[str, Callable[[], Target]] = {
    "reader": reader_target,
    "splice": splice_target,
    "lines": lines_target,
    "split": split_target,
    "where": where_target,
    "dictionary": dictionary_target,
    "decode": decode_target,
    "cells": cells_target,
    "profile": profile_target,
    "idf": idf_target,
    "model": model_target,
    "files": files_target,
    "docx": docx_target,
    "drawings": drawings_target,
    "pdf": pdf_target,
}
TOKENS = {
    "where": ("and", "or", "not", "in", "(", ")", "~", "=", "!=", ">=", "date", "authors.role", '"记者"', "2023-05-01"),
    "files": XML_TOKENS,
    "docx": ("<t>", "</t>", "<p>", "</p>", "<AlternateContent>", "<Fallback>", "<moveFrom>", "<br/>", "<txbxContent>"),
    "drawings": ("\\x00", "\\x01"),
    "pdf": PDF_TOKENS,
    "reader": (
        '{"text":"',
        '"headline":null',
        "1e999",
        "NaN",
        "\\ud800",
        "\\u0000",
        "[[[[",
        "-0.0",
        "18446744073709551616",
    ),
    "splice": ('{"text":"', '"keywords":', ',"text":1', "\\u0074ext", "}", '\\"', "[[[["),
    "lines": ("\\x1f\\x8b", "\\x28\\xb5\\x2f\\xfd", "\\x0d\\x0a", "\\x0a"),
    "dictionary": ("江门 3 ns", "Open AI", "# ", "《岭南·旧事》", "\\xef\\xbb\\xbf"),
    "split": ("上接A01版", "本报讯（记者 ", "图为", "责编/", "公益广告", "。", "”"),
    "decode": ("\\xef\\xbb\\xbf", "\\xff\\xfe", "\\xfe\\xff", "的"),
    "cells": ("=", "@", "\\x1b[", "\\xe2\\x80\\xae", '"', ","),
    "idf": ('"format":"jmtools-idf"', '"docs":', '{"term":"江门","df":1}', "\\x0a", "18446744073709551615"),
    "model": (
        '{"label":"江门"}',
        '"threshold":',
        '"topics":[',
        "\\x93NUMPY",
        "'descr': '<f8'",
        "1e308",
        "PK\\x01\\x02",
    ),
    "profile": ('newspaper = "', "[folio]", "lines = [", '"#年#月#日"'),
}
MAGIC = (b"\x1f\x8b", b"\x28\xb5", b"BZ", b"\xfd7", b"PK", b"\xef\xbb", *(bytes([0x50 + n, 0x2A]) for n in range(16)))


def same(left: Any, right: Any) -> bool:
    """Tell whether two readers agree, integers past 64 bits aside, which one of them reads as floats."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float) and isinstance(right, (int, float)):
        try:
            return math.isclose(left, float(right), rel_tol=1e-15) or left == right
        except OverflowError:
            return False
    return type(left) is type(right) and bool(left == right)


def characters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


def content(record: dict[str, Any]) -> Counter[str]:
    fields = [record["headline"], record["byline"], record["text"]]
    return characters("".join(f or "" for f in fields + record["subheads"] + record["captions"] + record["marks"]))


def page_pieces() -> list[str]:
    """Lines of the sample pages and what stands between lines, one for each value of a byte."""
    lines: list[str] = []
    for page in sorted((ROOT / "seeds").glob("*A0[12].txt"))[:4]:
        with contextlib.suppress(UnicodeDecodeError):
            lines += [line + "\n" for line in page.read_text("utf-8").split("\n") if line.strip()]
    return ["\n", "\n\n", "　　", " ", *lines][:251]


def scratch() -> Path:
    """A file of this process's own in memory, where there is such a place."""
    folder = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a place in memory; the file is private
    handle, name = tempfile.mkstemp(prefix="jmtools-fuzz-", dir=folder)
    os.close(handle)
    return Path(name)


def fuzz(name: str, arguments: list[str]) -> None:
    """Run one target in this process; does not return."""
    import atheris

    with atheris.instrument_imports(include=["jmtools"]):
        target = TARGETS[name]()
    atheris.Setup([name, *arguments], target)
    atheris.Fuzz()


def run_target(name: str, seconds: int, corpus: Path, findings: Path) -> tuple[int, int, str]:
    """Return the exit code, the number of executions and the end of the log of a target in processes of its own."""
    own = corpus / name
    own.mkdir(parents=True, exist_ok=True)
    findings.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (own / f"seed{number:03}").write_bytes(seed[:LONGEST])
    words = corpus / f"{name}.dict"
    words.write_text("".join(f'"{escaped(token)}"\n' for token in TOKENS[name]), encoding="utf-8")
    end = time.monotonic() + seconds
    total = 0
    while True:
        left = max(1, round(end - time.monotonic()))
        options = [f"-max_total_time={left}", f"-max_len={LONGEST}", f"-timeout={SECONDS_A_HANG}", "-rss_limit_mb=2048"]
        options += ["-print_final_stats=1", f"-artifact_prefix={findings}/{name}-", f"-dict={words}"]
        before = set(findings.iterdir())
        status, executions, log = run_once(name, [*options, str(own)])
        total += executions
        found = set(findings.iterdir()) - before
        broken = not found or "Uncaught Python exception" in log or not all(map(survives, found))
        if not status or name != "pdf" or broken:
            return status, total, log
        for path in found:
            path.unlink()  # PDFium crashed, in the program in a process of its own
        if time.monotonic() >= end:
            return 0, total, log


def run_once(name: str, arguments: list[str]) -> tuple[int, int, str]:
    """Return the exit code, the number of executions and the end of the log of one process."""
    command = [sys.executable, __file__, "--inside", name, *arguments]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT, check=False)
    log = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    counts = re.findall(r"number_of_executed_units:\s*(\d+)", log) or re.findall(r"^#(\d+)", log, re.MULTILINE)
    return done.returncode, int(counts[-1]) if counts else 0, log[-20_000:]


def survives(path: Path) -> bool:
    """Tell whether the program reads or refuses a PDF that crashed the reader, within the seconds of a hang."""
    command = [sys.executable, "-m", "jmtools", "read", "-"]
    try:
        done = subprocess.run(
            command, input=PDF_HEAD + path.read_bytes(), capture_output=True, timeout=SECONDS_A_HANG, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in (0, 65)


def escaped(token: str) -> str:
    """A token as libFuzzer's dictionaries spell it; `\\x..` in it is kept."""
    quoted = "".join(c if c.isascii() else "".join(f"\\x{b:02x}" for b in c.encode()) for c in token)
    quoted = re.sub(r"\\(?!x[0-9a-f]{2})", r"\\\\", quoted)
    return quoted.replace('"', '\\"')


def seeds(name: str) -> Iterator[bytes]:
    """Beginnings from which mutation starts."""
    if name in ("reader", "splice", "lines"):
        for case in sorted((ROOT / "tests" / "cases").glob("*/*/in.jsonl")):
            yield from case.read_bytes().splitlines()[:3]
    elif name == "split":
        for page in sorted((ROOT / "seeds").glob("*.txt")):
            yield b"\x00" + page.read_bytes()
        yield b"\x80" + bytes(range(60))
    elif name in ("files", "docx", "drawings", "pdf"):
        yield from read_seeds(name)
    elif name == "where":
        yield 'page ~ "^A" and date >= 2023-05-01 and not (authors.role = "记者" or topic in (1, 2))'.encode()
    elif name == "dictionary":
        yield "江门国家高新区 3 ns\nOpen AI\n# 注\n《岭南·旧事》\t5\tnz\n".encode()
    elif name == "idf":
        head = b'{"format":"jmtools-idf","version":1,"docs":9,"segmentation":"2b97346b1652"}'
        yield head + '\n{"term":"江门","df":3}\n'.encode()
    elif name == "model":
        for number, member in enumerate(("model.json", "terms.jsonl", "weights.npz")):
            yield bytes([number]) + (ROOT / "tests" / "data" / "topics" / member).read_bytes()
            yield bytes([129 + number]) + (ROOT / "tests" / "data" / "topics" / member).read_bytes()
    elif name == "profile":
        yield 'newspaper = "澜江日报"\nfolio = ["A# 要闻"]\nadvertisement = []\n'.encode()
    else:
        yield "=1+1,“本报讯”\x1b[31m".encode()
        yield "江门日报讯".encode("gb18030")


def main() -> int:
    """Run the targets that are named, each its share of the minutes, and print what they did."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=5, help="for all targets together")
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="only this one (repeatable)")
    parser.add_argument("--corpus", type=Path, default=ROOT / "tests" / "faults" / "out" / "corpus")
    parser.add_argument("--findings", type=Path, default=ROOT / "tests" / "faults" / "out" / "findings")
    options = parser.parse_args()
    names = options.target or list(TARGETS)
    seconds = max(5, round(options.minutes * 60 / len(names)))
    total, failed = 0, 0
    print("| target | executions | result |\n| --- | --- | --- |", flush=True)
    for name in names:
        status, executions, log = run_target(name, seconds, options.corpus, options.findings)
        total += executions
        failed += status != 0
        print(f"| {name} | {executions:,} | {'ok' if status == 0 else 'FAILED'} |", flush=True)
        if status:
            print(log[-3000:], file=sys.stderr)
    print(f"| all | {total:,} | {failed} failed |")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        fuzz(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main())
