"""`convert`: no value is lost for its name, and XML is well-formed whatever the text."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.convert.columns import flat_paths
from jmtools.convert.corpora import VrtWriter
from jmtools.convert.graph import GraphBuilder
from jmtools.convert.shapes import Shape
from jmtools.io.visible import show
from jmtools.words.reader import SegmentOptions
from tests.conftest import run_jmtools


def rows(*records: dict[str, Any], form: str = "csv") -> list[list[str]]:
    data = "".join(json.dumps(record) + "\n" for record in records)
    done = run_jmtools("convert", "--to", form, stdin=data.encode())
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def test_a_dotted_name_and_a_nested_field_are_two_columns() -> None:
    assert rows({"a": {"b": 1}, "a.b": 2}) == [["a.b", "a.b_2"], ["1", "2"]]
    assert rows({"a.b": 2, "a": {"b": 1}}) == [["a.b", "a.b_2"], ["2", "1"]]
    assert rows({"a": {"b.c": 3}, "x": [{"0": 4}, {"0": 5}]}) == [["a.b.c", "x.0"], ["3", "4; 5"]]


NAMES = st.sampled_from(["a", "b", "a.b", "b.a", "a.b_2", "0", ""])
OBJECTS = st.recursive(
    st.integers(),
    lambda inner: st.one_of(st.dictionaries(NAMES, inner, min_size=1), st.lists(inner, max_size=2)),
    max_leaves=9,
)


@given(st.dictionaries(NAMES, OBJECTS, min_size=1))
def test_every_number_of_a_record_is_in_one_column(record: dict[str, Any]) -> None:
    shape = Shape()
    shape.add(record)
    paths = [path for path, _ in flat_paths(shape)]
    assert len({path.spec for path in paths}) == len(paths)
    cells = " ".join(str(path.cell(record)) for path in paths)
    for number in numbers(record):
        assert str(number) in cells


def numbers(value: Any) -> list[int]:
    if isinstance(value, dict):
        return [number for inner in value.values() for number in numbers(inner)]
    if isinstance(value, list):
        return [number for inner in value for number in numbers(inner)]
    return [value]


def test_a_line_break_of_windows_in_a_cell_is_a_line_break(tmp_path: Path) -> None:
    source, target = tmp_path / "a.jsonl", tmp_path / "a.xlsx"
    source.write_text(json.dumps({"text": "第一行\r\n第二行\ufffe\uffff\u0001"}) + "\n", "utf-8")
    assert run_jmtools("convert", "-o", target, source).returncode == 0
    sheet = openpyxl.load_workbook(target).active
    assert sheet.cell(2, 1).value == "第一行\n第二行\\ufffe\\uffff\\x01"


ANY = st.text(st.characters(codec=None), max_size=8)


@settings(max_examples=60, deadline=None)
@given(ANY, ANY, st.lists(ANY, max_size=3))
def test_graphml_and_vrt_are_well_formed_whatever_the_text(one: str, other: str, tokens: list[str]) -> None:
    builder = GraphBuilder()
    part = builder.count([{"term_a": one or "a", "term_b": other, "freq": 1, "note": one}])
    ET.fromstring(b"".join(builder.pieces(part)))  # noqa: S314 - made above
    record = {"id": one, "title": other, "text": "x", "tokens": tokens, "pos": [other] * len(tokens)}
    vrt = VrtWriter(SegmentOptions()).count([record])
    ET.fromstring(b"<corpus>" + vrt + b"</corpus>")  # noqa: S314 - made above


def test_what_xml_does_not_allow_is_spelled_out() -> None:
    assert show("a\ufffe\uffff\x00\ud800") == "a\\ufffe\\uffff\\x00\\ud800"
