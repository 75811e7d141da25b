"""Tables: every format, widths, what is cut and what is made visible."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from jmtools.errors import OptionError
from jmtools.fields.delimited import csv_rows, tsv_rows
from jmtools.fields.path import Path, exact, nearest
from jmtools.table.layouts import ALIGNED, FORMATS, TableBuilder, TableOptions
from jmtools.table.widths import cut_to_width, fit_widths
from tests.conftest import ROOT, run_jmtools

HOSTILE = "<script>alert(1)</script>|\x1b[31m红\u202e字\x07\x9b`*a*`[x](y)&\x85\u2028\ud800 \\"
ROWS = [
    {"term": "医保基金", "freq": 12, "ll": 3.25, "note": None},
    {"term": "a", "freq": 7, "ll": -10.5, "note": "x\ny\tz"},
]


def table(records: list[dict[str, object]], **options: object) -> str:
    builder = TableBuilder(TableOptions(**options))  # type: ignore[arg-type]
    return "".join(builder.lines(builder.count(records)))


def test_plain_is_aligned_by_what_a_terminal_shows() -> None:
    assert table(ROWS) == (
        "term      freq      ll  note\n"
        "医保基金    12    3.25\n"
        "a            7  -10.5   x\\ny\\tz\n"
    )  # fmt: skip


@pytest.mark.parametrize("form", ALIGNED)
def test_every_line_of_an_aligned_table_fits_its_width(form: str) -> None:
    rows: list[dict[str, object]] = [
        {"a": "长" * 50, "b": "x" * 9, "c": 3.5, "d": "é👨‍👩‍👧" * 20, "e": n} for n in range(4)
    ]
    for width in range(20, 130, 7):
        lines = table(rows, format=form, width=width).splitlines()
        assert max(map(wcswidth, lines)) <= width
    wide = table(rows, format=form).splitlines()
    assert any("长" * 50 in line for line in wide)
    assert len({wcswidth(line) for line in wide if line.strip()}) == 1


def test_columns_that_have_no_room_are_told() -> None:
    rows: list[dict[str, object]] = [{f"column{i}": "值" * 9 for i in range(12)}]
    head = table(rows, width=60).splitlines()[0].split()
    assert head[-1] == "…"
    assert 3 < len(head) < 10


def test_numbers_and_days_are_never_cut_but_left_out() -> None:
    rows: list[dict[str, object]] = [{"date": "2024-03-11", "long_name_": 1234567.25, "note": "长" * 30, "n": 12345678}]
    assert table(rows, width=40).splitlines() == [
        "date        long_name_  note          n",
        "2024-03-11  1234567.25  长长…  12345678",
    ]
    assert table(rows, width=30).splitlines()[1].split() == ["2024-03-11", "1234567.25", "…"]
    for width in range(24, 60):
        cells = table(rows, width=width).splitlines()[1].split()
        assert not [cell for cell in cells if cell.endswith("…") and cell[0].isdigit()]


def test_columns_can_be_left_out() -> None:
    assert table([{"a": 1, "b": 2, "c": 3}], without=("b",)) == "a  c\n1  3\n"
    with pytest.raises(OptionError, match="'bb'"):
        table([{"a": 1, "b": 2}], without=("bb",))


def test_numbers_keep_their_spelling() -> None:
    assert "007" in table([{"a": "007"}])
    data = exact(b'{"n": 123456789012345678901234567890}', {"n": 1.2e29})
    assert "123456789012345678901234567890" in table([data, {"n": 100000.5}])
    assert exact(b'{"n": "x"}', {"n": "x"}) == {"n": "x"}


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_acts_in_no_format(form: str) -> None:
    out = table([{"text": HOSTILE, "headline": "题", HOSTILE: "=cmd()"}], format=form, fields=("text", HOSTILE))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", out)
    assert "\\x1b[31m" in out.replace("\\\\", "\\").replace("\\[", "[").replace("\\textbackslash{}", "\\")
    out.encode("utf-8")
    if form == "html":
        seen: list[str] = []
        parser = html.parser.HTMLParser()
        parser.handle_starttag = lambda tag, attrs: seen.append(tag)  # type: ignore[method-assign]  # noqa: ARG005
        parser.feed(out)
        assert set(seen) <= {"table", "thead", "tbody", "tr", "th", "td"}
    if form == "github":
        body = out.splitlines()[2]
        assert "<script" not in body
        assert len(re.findall(r"(?<!\\)\|", body)) == 3


def test_raw_leaves_characters_alone() -> None:
    assert "\x1b[31m" in table([{"a": HOSTILE}], raw=True)


def test_csv_is_read_back_by_csv_and_starts_no_formula() -> None:
    values = ["=1+1", "+1", "-1", "@x", "\t=1", 'say "hi"', "a,b", "two\nlines", "", None, -1, 2.5]
    rows = list(csv.reader(io.StringIO(csv_rows([[v] for v in values]), newline="")))
    texts = [row[0] if row else "" for row in rows]
    assert texts == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", 'say "hi"', "a,b", "two\nlines", "", "", "-1", "2.5"]
    assert csv_rows([["=1"]], excel_safe=False) == "=1\n"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_tsv_gives_every_cell_back(rows: list[list[str]]) -> None:
    out = tsv_rows(rows, excel_safe=False, raw=True)
    back = [line.split("\t") for line in out.split("\n")[:-1]]
    codes = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
    assert [[re.sub(r"\\(.)", lambda m: codes[m[1]], c) for c in row] for row in back] == rows


@given(st.text(), st.integers(1, 30))
def test_a_cut_is_between_characters_and_fits(text: str, width: int) -> None:
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    cut = cut_to_width(text, width)
    if wcswidth(text) <= width:
        assert cut == text
    else:
        assert cut[-1] == "…"
        assert text.startswith(cut[:-1])
        assert wcswidth(cut) <= width
        assert not unicodedata.combining(text[len(cut) - 1])


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12), st.integers(6, 300))
def test_widths_use_the_room_and_no_more(natural: list[int], room: int) -> None:
    widths = fit_widths(natural, room)
    assert sum(widths) <= max(room, widths[0])
    assert all(w <= n for w, n in zip(widths, natural, strict=True))
    if sum(natural) <= room:
        assert widths == natural


def test_paths_go_through_lists_and_objects() -> None:
    data = {"a.b": 1, "a": {"b": 2, "c": [{"d": 3}, {"d": 4}, {}]}, "e": [5, [6]]}
    assert Path("a.b").cell(data) == 1
    assert Path("a.c.d").cell(data) == "3; 4"
    assert Path("a.c.1.d").cell(data) == 4
    assert Path("a.c.9.d").values(data) is None
    assert Path("a.x").values(data) is None
    assert Path("e").cell(data) == "[5, [6]]"
    assert nearest("zzz", ["text"]) is None


def test_a_mistyped_field_is_named_with_its_neighbour() -> None:
    with pytest.raises(OptionError, match="'keyword'; did you mean 'keywords'"):
        table([{"keywords": [], "text": ""}], fields=("keyword",))
    assert table([{"a": None}], fields=("a",)) == "a\n\n"


def test_articles_show_what_people_look_at_first() -> None:
    record = {"kicker": "k", "text": "t" * 500, "id": "x1", "headline": "题", "keywords": [{"term": "医保"}], "mine": 1}
    assert table([record]).splitlines() == ["id  headline  keywords.term", "x1  题        医保"]
    assert "mine" in table([record], format="csv")
    assert table([{"text": "只有正文"}]).splitlines() == ["text", "只有正文"]


def run_in_terminal(columns: int, *arguments: str, env: dict[str, str] | None = None) -> str:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "jmtools", "table", *arguments]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **(env or {})}
    environment["COLUMNS"] = str(columns)
    data = json.dumps({"headline": "医保" * 60, "n": 1}, ensure_ascii=False).encode()
    done = subprocess.run(command, input=data, stdout=slave, stderr=subprocess.PIPE, env=environment, check=True)
    os.close(slave)
    assert done.stderr == b""
    out = b""
    try:
        while part := os.read(master, 65536):
            out += part
    except OSError:
        pass  # Linux says EIO where the other side is closed
    os.close(master)
    return out.decode()


def test_a_terminal_gives_the_width_and_gets_colour() -> None:
    out = run_in_terminal(44)
    assert "\x1b[1m" in out
    assert max(wcswidth(re.sub(r"\x1b\[\d*m", "", line)) for line in out.splitlines()) == 44
    assert "\x1b" not in run_in_terminal(44, env={"NO_COLOR": "1"})
    assert "\x1b" not in run_in_terminal(44, env={"TERM": "dumb"})
    assert "\x1b" not in run_in_terminal(44, "--color", "never")
    assert b"\x1b[1m" in run_jmtools("table", "--color", "always", stdin=b'{"a":1}').stdout


def test_streamed_and_held_csv_are_the_same() -> None:
    data = b"".join(b'{"a":%d,"b":"x"}\n' % i for i in range(30000))
    streamed = run_jmtools("table", "--to", "csv", "-f", "a,b", stdin=data)
    assert streamed.stdout == run_jmtools("table", "--to", "csv", stdin=data).stdout
    assert streamed.stdout.count(b"\n") == 30001
    missing = run_jmtools("table", "--to", "csv", "-f", "a,c", stdin=data)
    assert missing.returncode == 2


def test_counts_on_both_sides_are_no_concordance() -> None:
    row: dict[str, object] = {"node": "水库", "term": "泄洪", "freq": 3, "left": 1, "right": 2, "mi": 4.5}
    assert table([row]).splitlines()[0].split() == list(row)


def test_a_concordance_is_set_around_its_node() -> None:
    records = [
        {"date": "2024-03-11", "left": "全市二十一座", "node": "水库", "right": "超汛限水位", "char_start": 7},
        {"date": "2024-03-12", "left": "洪水来时一座小", "node": "水库", "right": "泄洪", "char_start": 9},
    ]
    source = "\n".join(json.dumps(record) for record in records).encode()
    lines = run_jmtools("table", "--width", "38", stdin=source).stdout.decode().splitlines()
    assert lines[0].split() == ["date", "left", "node", "right"]
    places = {wcswidth(line[: line.index("水库")]) for line in lines[1:]}
    assert len(places) == 1
    assert lines[2].startswith("2024-03-12  …")
    colored = run_jmtools("table", "--color", "always", stdin=source).stdout.decode()
    assert colored.count("\x1b[1;31m水库\x1b[0m") == 2


def test_lists_of_objects_show_what_a_person_looks_for() -> None:
    topic: dict[str, object] = {
        "topic": 1,
        "terms": [{"term": "医保", "weight": 0.5}, {"term": "基金", "weight": 0.25}],
        "representatives": [{"id": "a1", "headline": "医保新政"}],
        "scores": [{"x": 1}],
        "none": [],
    }
    lines = table([topic]).splitlines()
    assert lines[0].split() == ["topic", "terms.term", "representatives.headline", "scores", "none"]
    assert "医保; 基金" in lines[1]
    assert "医保新政" in lines[1]
    assert '{"x": 1}' in lines[1]
    group: dict[str, object] = {"group": "A01", "keywords": [{"term": "医保", "score": 2.0}]}
    assert table([group], format="github").splitlines()[0].split("|")[2].strip() == "keywords.term"
    assert table([group], format="csv").splitlines()[0] == "group,keywords"


def test_lines_of_a_page_are_shown_with_all_their_fields() -> None:
    lines: list[dict[str, object]] = [
        {"line": 1, "role": "headline", "cues": [], "text": "渡口换新船"},
        {"line": 2, "role": "paragraph", "cues": [{"cue": "a dateline", "weight": 2.5}], "text": "本报讯（记者 柳春）"},
    ]
    header, _, last = table(lines).splitlines()
    assert header.split() == ["line", "role", "cues.cue", "text"]
    assert last.split()[:4] == ["2", "paragraph", "a", "dateline"]
    assert table([{"text": "渡口", "headline": "新船", "n": 1}]).split() == ["headline", "新船"]
