"""Records as lines of JSON: parsed strictly, kept byte for byte, given new fields by splicing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from jmtools.errors import RecordError
from jmtools.io.json_types import Fields, JsonValue, Record

_PIECE = 1 << 16  # bytes of new records that are written at once
UTF8_BOM = b"\xef\xbb\xbf"

# A JSON string, or one structural character. Possessive quantifiers: linear on any input.
_STRUCTURE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]', re.DOTALL)
_EDGE = b" \t\r\n"
_NAMES_SHOWN = 8
_NULLS = "jq -c 'select(.text)' leaves such records out"
_LISTS = """jq -c '.text |= if type == "array" then join("\\n") else . end' makes it one"""
_MENDS = {type(None): _NULLS, list: _LISTS}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file as it is shown to people, 1-based line, 0-based byte of the line's start."""

    file: str
    line: int
    byte: int

    def __str__(self) -> str:
        return f"{self.file}: line {self.line}, byte {self.byte}"


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be taken: its place, the reason in words, its bytes (or their beginning)."""

    place: Place
    reason: str
    raw: bytes
    truncated: bool = False


def parse_record(line: bytes) -> Fields:
    """Parse one line of JSON Lines.

    Raises:
        RecordError: If the line is not one JSON object in UTF-8; the message says what it looks like and what helps.
    """
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        if "enough memory" in str(error):  # orjson ran out of memory: the line itself may be fine
            raise MemoryError(f"a line of {len(line) >> 20} MiB") from None
        raise RecordError(_why_not_json(line, error)) from None
    if type(data) is not dict:
        raise RecordError(f"is {_kind(data)}, not an object; each line holds one record {{…}}")
    return data


def require_text(data: Record) -> None:
    """Check the fields that every text command reads: `text` a string, `headline` a string, null or absent.

    Raises:
        RecordError: If `text` is missing (and no `tokens` stand for it) or one of the two has another type.
    """
    text = data.get("text")
    if type(text) is not str and not (text is None and type(data.get("tokens")) is list):
        if "text" in data:
            mend = _MENDS.get(type(text), "jq -c '.text |= tostring' makes it one")
            raise RecordError(f"`text` is {_kind(text)}, not a string; {mend}")
        names = ", ".join(list(data)[:_NAMES_SHOWN]) or "none"
        raise RecordError(f"has no `text` (fields: {names}); jq -c '.text = .OTHER' renames a field")
    headline = data.get("headline")
    if headline is not None and type(headline) is not str:
        raise RecordError(f"`headline` is {_kind(headline)}, not a string or null")


def splice(line: bytes, data: Record, fields: Record) -> bytes:
    r"""Return the record's line with `fields` added, every other byte kept, ending in one newline.

    Args:
        line: The line as it was read; it was parsed into `data`.
        data: The parsed record, asked only for which fields it has.
        fields: The new fields; one that the record already has is replaced where it stands.

    Example:
        >>> splice(b'{"n": 1e2, "k": [1]}', {"n": 100.0, "k": [1]}, {"k": [], "t": 0})
        b'{"n": 1e2, "k": [],"t":0}\n'
    """
    body = line.strip(_EDGE)
    new = fields
    if not fields.keys().isdisjoint(data.keys()):
        body = _replace(body, {name: value for name, value in fields.items() if name in data})
        new = {name: value for name, value in fields.items() if name not in data}
    if not new:
        return body + b"\n"
    fragment = memoryview(orjson.dumps(new))[1:]
    return b"".join((memoryview(body)[:-1], b"," if data else b"", fragment, b"\n"))


def encode_record(record: Record) -> bytes:
    """Return a new record as one line of UTF-8 JSON with its newline.

    Raises:
        RecordError: If a value cannot be written: a lone surrogate, an integer past 64 bits.
    """
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:
        raise RecordError(f"cannot be written as JSON: {error}") from None


def encode_value(value: JsonValue) -> bytes:
    """Return a value as JSON in UTF-8."""
    return orjson.dumps(value)


def as_written(value: bytes) -> JsonValue:
    """Return a value that is JSON already: it is written as it stands wherever fields are."""
    return orjson.Fragment(value)


def encode_many(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the lines of new records, many in one piece: a write for each line would cost more than the rest."""
    lines: list[bytes] = []
    size = 0
    for record in records:
        lines.append(encode_record(record))
        size += len(lines[-1])
        if size >= _PIECE:
            yield b"".join(lines)
            lines.clear()
            size = 0
    yield b"".join(lines)


def encode_strings(strings: Sequence[str]) -> list[bytes]:
    r"""Return what stands between the quotes when each string is written as JSON; one call for all.

    >>> encode_strings(["医保", 'a","b'])[1]
    b'a\\",\\"b'
    """
    # Inside of a string a quote always follows a backslash, so `","` stands nowhere but between two strings.
    return orjson.dumps(strings)[2:-2].split(b'","') if strings else []


def encode_indented(value: JsonValue) -> bytes:
    """Return any JSON value indented by two spaces, keys sorted, with a final newline: for files that people read."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(value, option=options)


def decode_value(data: bytes) -> JsonValue:
    """Parse one JSON value as strictly as a record.

    Raises:
        RecordError: If the bytes are not one JSON value.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise RecordError(f"not JSON: {error}") from None


def over_limit(size: int) -> str:
    """Return the reason why a line of so many bytes is not taken.

    >>> over_limit(300 << 20)
    'has 300.0 MiB, over the limit; --max-line MIB allows more, given the memory'
    """
    return f"has {size / (1 << 20):.1f} MiB, over the limit; --max-line MIB allows more, given the memory"


def encode_reject(reject: Reject) -> bytes:
    """Return a reject as a record: `file`, `line`, `byte`, `error`, and `raw` (or `raw_hex` where it is not UTF-8)."""
    place = reject.place
    record: Fields = {"file": place.file, "line": place.line, "byte": place.byte, "error": reject.reason}
    record["file"] = place.file.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        record["raw"] = reject.raw.decode("utf-8")
    except UnicodeDecodeError:
        record["raw_hex"] = reject.raw.hex()
    if reject.truncated:
        record["truncated"] = True
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def round6(value: float) -> float:
    """Round to 6 significant digits, the precision of every score that is written.

    Example:
        >>> round6(1234567.8), round6(0.000123456789)
        (1234570.0, 0.000123457)
    """
    return float(f"{value:.6g}")


def read_jsonl(lines: Iterable[bytes]) -> Iterator[Fields]:
    """Parse records from an iterable of lines, blank ones skipped; for small files that an option names.

    Raises:
        RecordError: At the first bad line, with its number.
    """
    for number, line in enumerate(lines, 1):
        body = line.removeprefix(UTF8_BOM) if number == 1 else line
        if body.strip(_EDGE):
            try:
                yield parse_record(body)
            except RecordError as error:
                raise RecordError(f"line {number}: {error}") from None


def _replace(body: bytes, fields: Record) -> bytes:
    """Replace the values of top-level members; of members with the same name the last is kept, as JSON readers do."""
    members = [m for m in _members(body) if m[0] in fields]
    last = {name: index for index, (name, *_) in enumerate(members)}
    for index, (name, start, value_start, end) in reversed(list(enumerate(members))):
        if last[name] == index:
            body = body[:value_start] + orjson.dumps(fields[name]) + body[end:]
        else:
            after = body[end:].lstrip(_EDGE)
            body = body[:start] + after.removeprefix(b",").lstrip(_EDGE)
    return body


def _members(body: bytes) -> list[tuple[str, int, int, int]]:
    """List the top-level members of a valid object: (name, start of the name, start and end of the value)."""
    members: list[tuple[str, int, int, int]] = []
    depth = 0
    name, start, value_start = b"", 0, -1
    for token in _STRUCTURE.finditer(body):
        mark = token.group()
        if mark in (b"{", b"["):
            depth += 1
        elif depth == 1 and mark == b":" and value_start < 0:
            value_start = token.end()
        elif depth == 1 and value_start < 0 and mark[:1] == b'"':
            name, start = mark, token.start()
        elif depth == 1 and mark in (b",", b"}"):
            if value_start >= 0:
                members.append(_member(body, name, start, value_start, token.start()))
            value_start = -1
        if mark in (b"}", b"]"):
            depth -= 1
    return members


def _member(body: bytes, name: bytes, start: int, value_start: int, stop: int) -> tuple[str, int, int, int]:
    value = body[value_start:stop]
    lead = len(value) - len(value.lstrip(_EDGE))
    return orjson.loads(name), start, value_start + lead, value_start + len(value.rstrip(_EDGE))


def _kind(value: JsonValue) -> str:
    if value is None:
        return "null"
    names = {bool: "a boolean", str: "a string", list: "an array", dict: "an object"}
    return names.get(type(value), "a number")


def _why_not_json(line: bytes, error: Exception) -> str:
    if line[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "looks like UTF-16; iconv -f UTF-16 -t UTF-8 converts it"
    if line[:2] == b"\x1f\x8b":
        return "is gzip data; name the file, or put `gzip -dc |` before"
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as bad:
        return _why_not_utf8(line, bad)
    if b"\x00" in line:
        return "holds a NUL byte; is this a binary file?"
    if re.search(rb"NaN|Infinity|[0-9][eE]\+?[0-9]{3}", line) and _loads_loosely(line):
        return "holds NaN, Infinity or a number out of range, which JSON does not have; use null"
    if re.search(rb"\\u[dD][89a-fA-F]", line) and _loads_loosely(line):
        return "holds half of a surrogate pair (\\ud800…), which is not a character"
    detail = str(error).split(": line 1 column")[0]
    return f"is not JSON ({detail}); a JSON Lines file has one whole object a line"


def _why_not_utf8(line: bytes, bad: UnicodeDecodeError) -> str:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return f"is not UTF-8 (byte {bad.start} of the line); is the file damaged?"
    return f"is not UTF-8 (byte {bad.start} of the line) but may be GB18030; iconv -f GB18030 -t UTF-8 converts it"


def _loads_loosely(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
