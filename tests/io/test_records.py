from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.batches.feature import FilterFeature
from jmtools.batches.workers import FilterWorker
from jmtools.errors import RecordError
from jmtools.io.lines import LineBatch
from jmtools.io.records import Place, Reject, encode_reject, parse_record, read_jsonl, require_text, round6, splice

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)
json_objects = st.dictionaries(st.text(max_size=3), json_values, max_size=6)
new_fields = st.dictionaries(st.text(max_size=3), st.integers(-5, 5) | st.text(max_size=4), min_size=1, max_size=3)


def utf8(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


@given(json_objects.filter(utf8), new_fields.filter(utf8), st.booleans(), st.sampled_from([None, 1]))
def test_splice_changes_its_own_fields_and_nothing_else(
    data: dict[str, Any], fields: dict[str, Any], ascii_only: bool, indent: int | None
) -> None:
    separators = (" , ", " : ") if indent else (",", ":")
    line = json.dumps(data, ensure_ascii=ascii_only, separators=separators).encode()
    out = splice(line, data, fields)
    assert out.endswith(b"\n")
    assert out.count(b"\n") == 1
    assert list(json.loads(out).items()) == list({**data, **fields}.items())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{}", b'{"k":1}\n'),
        (b"{ } ", b'{ "k":1}\n'),
        (b'{"n":1E2,"big":123456789012345678901234567890}', b'{"n":1E2,"big":123456789012345678901234567890,"k":1}\n'),
        (b'{"k": [{"k":2},"}"] ,"n":1.10}', b'{"k": 1 ,"n":1.10}\n'),
        (b'{"k":1,"a":0,"k":2}', b'{"a":0,"k":1}\n'),
        (b'{"\\u006b":"old","x":"\\u0041\\/"}', b'{"\\u006b":1,"x":"\\u0041\\/"}\n'),
    ],
)
def test_foreign_bytes_are_kept_as_they_were_spelled(line: bytes, expected: bytes) -> None:
    assert splice(line, orjson.loads(line), {"k": 1}) == expected


def test_nesting_deeper_than_the_writer_allows_is_passed_on() -> None:
    line = b'{"text":"a","x":' + b"[" * 600 + b"]" * 600 + b"}"
    assert splice(line, parse_record(line), {"k": 1}) == line[:-1] + b',"k":1}\n'


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"not json", "is not JSON"),
        (b"[1]", "is an array"),
        (b"null", "is null"),
        (b'"text"', "is a string"),
        (b"3", "is a number"),
        (b'{"text":"\xd6\xd0\xb9\xfa"}', "GB18030"),
        (b'{"text":"\xff\xff\xff"}', "not UTF-8"),
        ('{"text":"中"}'.encode("utf-16"), "UTF-16"),
        (b'{"text":NaN}', "NaN"),
        (b'{"text":"a","x":1e999}', "out of range"),
        (b'{"text":"\\ud800"}', "surrogate"),
        (b'{"text":"a\x00"}', "NUL"),
        (b'{"text":"a"} {"text":"b"}', "one whole object a line"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_a_bad_line_is_told_what_it_is(line: bytes, words: str) -> None:
    with pytest.raises(RecordError, match=words):
        parse_record(line)


@pytest.mark.parametrize(
    "data", [{}, {"text": None}, {"text": 1}, {"text": ["a"]}, {"text": "a", "headline": 3}, {"content": "a"}]
)
def test_a_record_without_text_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match=r"`(text|headline)`"):
        require_text(data)


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "a", "headline": None}, {"tokens": ["a"]}])
def test_a_record_with_text_or_tokens_is_taken(data: dict[str, Any]) -> None:
    require_text(data)


@pytest.mark.parametrize("raw", [b'{"a"', b"\xff\xfe", b""])
def test_a_reject_keeps_its_bytes(raw: bytes) -> None:
    record = json.loads(encode_reject(Reject(Place("页.jsonl", 3, 17), "why", raw)))
    assert (record["file"], record["line"], record["byte"], record["error"]) == ("页.jsonl", 3, 17, "why")
    kept = bytes.fromhex(record["raw_hex"]) if "raw_hex" in record else record["raw"].encode()
    assert kept == raw


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_round6_is_stable_and_near(value: float) -> None:
    once = round6(value)
    assert round6(once) == once
    assert abs(once - value) <= abs(value) * 5.1e-6 or once == float("inf") == abs(once)


def test_read_jsonl_names_the_line() -> None:
    assert list(read_jsonl([b'\xef\xbb\xbf{"a":1}\n', b"\n", b'{"a":2}'])) == [{"a": 1}, {"a": 2}]
    with pytest.raises(RecordError, match="line 3"):
        list(read_jsonl([b"{}", b"", b"{"]))


@pytest.mark.parametrize("fail_fast", [True, False])
def test_a_filter_works_on_a_large_batch_piece_by_piece(fail_fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    class Numbers(FilterFeature):
        def apply(self, batch: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
            sizes.append(len(batch))
            return [{"n": record["id"]} for record in batch]

    good = [b'{"id":%d,"text":""}' % number for number in range(40)]
    batch = LineBatch("a", [*good[:25], b"{", b"", *good[25:]], 1, 0)
    whole = FilterWorker(Numbers(), fail_fast=fail_fast)(batch)
    assert sizes.pop() in (25, 40)
    monkeypatch.setattr(Numbers, "bytes_at_once", lambda _: 100)
    pieces = FilterWorker(Numbers(), fail_fast=fail_fast)(batch)
    assert b"".join(pieces.out) == b"".join(whole.out)
    assert (pieces.read, pieces.good, pieces.rejects) == (whole.read, whole.good, whole.rejects)
    assert max(sizes) < 10
