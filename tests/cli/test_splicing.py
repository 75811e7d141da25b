"""The lines of a second pass with their new fields: as if each had been parsed."""

from __future__ import annotations

import pytest

from jmtools.cli.frame.run_options import RunOptions
from jmtools.cli.frame.splicing import splice_all
from jmtools.io.json_types import Fields
from jmtools.io.records import parse_record, splice


@pytest.mark.parametrize("new", [{"topic": 1}, {"a/b": 1}, {"题": 1, "topic": 2}])
@pytest.mark.parametrize(
    "line",
    [
        "{}",
        '{"text":"渔民"}',
        '{"text":"topic","topic":3}',
        '{"\\u0074opic":3}',
        '{"a\\/b":3,"text":"\\n"}',
        '{"in":{"topic":3},"题":4}',
        '{"\\u9898":4}',
        '{"text":"\\\\"}',
    ],
)
def test_new_fields_stand_where_parsing_would_put_them(line: str, new: Fields) -> None:
    coded = line.encode()
    spliced = b"".join(splice_all(RunOptions(), [[coded]], iter([new])))
    assert spliced == splice(coded, parse_record(coded), new)
