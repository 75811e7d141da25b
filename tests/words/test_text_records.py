"""Lines that the core reads at once: what they say is what parsing them says, and what is not right is left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jmtools.batches.workers import FilterWorker, PartWorker
from jmtools.counts.term_counter import CountOptions
from jmtools.errors import RecordError
from jmtools.freq.frequencies import FreqCounter, FreqOptions
from jmtools.io.json_types import JsonValue
from jmtools.io.lines import LineBatch
from jmtools.io.records import parse_record, require_text
from jmtools.keywords.extract import KeywordExtractor
from jmtools.keywords.options import KeywordOptions
from jmtools.words.core import load_core
from jmtools.words.segment import record_text
from jmtools.words.text_records import LineReader

core = load_core()
if core is None:
    pytest.skip("no compiled core here", allow_module_level=True)
READER = LineReader(core, ("keywords",))
TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('江门报"\\/\n\t\x00<&é😀')), max_size=12
)
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), TEXT, st.sampled_from([0.5, -12.25])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
NAMES = st.sampled_from(["id", "headline", "text", "authors", "tokens", "keywords", "版", "a\\b"])
RECORD = st.dictionaries(NAMES, VALUE, max_size=4)
TOLD = st.builds(lambda more, headline, text: {**more, "headline": headline, "text": text}, RECORD, TEXT, TEXT)
SPACES = st.sampled_from(["", " ", "\t", " \r", "\x0b"])


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    record, ascii_only = draw(st.one_of(TOLD, TOLD, RECORD)), draw(st.booleans())
    spaced = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", "\r:")]))
    body = json.dumps(record, ensure_ascii=ascii_only, separators=spaced)
    line = (draw(SPACES) + body + draw(SPACES)).encode().replace(b"\n", b"")
    if draw(st.integers(0, 2)) == 0 and line:
        place = draw(st.integers(0, len(line) - 1))
        line = (
            line[:place]
            + draw(st.sampled_from([b"", b"\xff", b'"', b"\\", b"0", b"\xed\xa0\x80", b","]))
            + line[place + 1 :]
        )
    return line


def said(line: bytes) -> str | None:
    """Return what a line says, or None if it is blank, no record or an unusual one."""
    try:
        data = parse_record(line)
        require_text(data)
    except RecordError:
        return None
    return None if data.keys() & {"tokens", "keywords"} else record_text(data)


@settings(max_examples=1000, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=3))
@example([b'{"text":"a","text":"b"}'])
@example([b'{"text":"\\ud83d\\ude00"}'])
@example([b'{"text":"a","n":1e999}', b""])
@example([b'{"text":"a","n":01}'])
@example([b'{"text":"a","n":-}'])
@example([b'{"text":"a",}'])
@example([b'{"text":"\xe0\x80\x80"}'])
@example([b'{"text":"a"}{}'])
def test_what_is_read_is_what_parsing_says(given_lines: list[bytes]) -> None:
    records = READER.read(given_lines)
    if records is None:
        return
    kept = [line for line in given_lines if line.strip(b" \t\r")]
    assert [records.said(place) for place in range(len(records))] == list(map(said, kept))
    parsed = list(map(parse_record, kept))
    assert records[:] == parsed
    assert list(records.headlines) == [len(data["headline"]) + 1 if data.get("headline") else 0 for data in parsed]
    taken = records.taken()
    assert [given_lines[place] for place in taken.places] == kept


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "text": "渔民出海。", "headline": None},
        {"text": '说："出海"\\n\t', "authors": [{"name": "王芳", "n": [1, [2.5, {}], []]}], "ok": True},
        {"headline": "标题\u2028", "text": "", "x": -3.25},
    ],
)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_usual_records_are_read(record: Mapping[str, JsonValue], ascii_only: bool) -> None:
    records = READER.read([json.dumps(record, ensure_ascii=ascii_only).encode()])
    assert records is not None
    assert records.said(0) == record_text(record)


TEXTS = (
    "渔民出海捕鱼，渔民说今年鱼多。5月19日，23,876吨。",
    "漁民出海捕魚，漁民說今年魚多。",
    "看 https://a.cn/b 与 <p>渔民</p> &nbsp; 👍🏽 ＡＢＣ公司ＡＢＣ公司 ΑΒΓ工程ΑΒΓ工程",
    "",
    "龘龘龘的AK-47",
)


def batch(texts: Sequence[str]) -> LineBatch:
    made = [json.dumps({"headline": f"渔民{n}" if n % 2 else "", "text": text}) for n, text in enumerate(texts)]
    return LineBatch("a.jsonl", [one.encode() for one in [*made, " ", *made]], 1, 0)


@pytest.mark.parametrize("options", [{}, {"method": "tfidf"}, {"nested": "none"}, {"top": 2, "tf": "bm25"}])
def test_lines_read_at_once_get_the_same_keywords(
    options: dict[str, str | int], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {**options, "method": "tfidf"} if "tf" in options else options
    results = []
    for reads in (True, False):
        extractor = KeywordExtractor(KeywordOptions(**options))  # type: ignore[arg-type]
        if not reads:
            monkeypatch.setattr(extractor, "read_lines", lambda _lines: None)
        result = FilterWorker(extractor, fail_fast=True)(batch(TEXTS))
        results.append((b"".join(result.out), result.read, result.good, result.residue, result.segmentations))
    assert results[0] == results[1]
    assert results[0][3] == 2


def test_lines_read_at_once_get_the_same_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    results = []
    for reads in (True, False):
        counter = FreqCounter(FreqOptions(CountOptions()))
        if not reads:
            monkeypatch.setattr(counter, "read_lines", lambda _lines: None)
        result = PartWorker(counter, fail_fast=True)(batch(TEXTS))
        results.append((b"".join(counter.lines(result.out)), result.read, result.good, result.residue))
    assert results[0] == results[1]
