"""Long texts of one kind in one line: every command that reads words comes to an end (`run_jmtools` waits for it)."""

from __future__ import annotations

import json

import pytest

from tests.conftest import run_jmtools

KINDS = {
    "ratios": "1/" * 10_000 + "12345",
    "amounts": "1" + ",111" * 7_000 + "1",
    "digits": "7" * 30_000,
    "brackets": "《（“" * 7_000,
    "closing": "”）》" * 7_000,
    "surnames": "李王张刘陈" * 4_000,
    "one character": "的" * 30_000,
    "letters": "a-" * 10_000,
    "dots": "玛·" * 8_000,
    "entities": "&amp;" * 6_000 + "nbsp",
    "tags": "<p " * 8_000,
    "furniture": "返回" + "1" * 20_000 + "啊",
    "address": "www." * 6_000 + "a",
}
LINES = b"".join(
    json.dumps({"id": name, "text": text, "date": "2024-03-01"}, ensure_ascii=False).encode() + b"\n"
    for name, text in KINDS.items()
)


@pytest.mark.parametrize(
    "command",
    [
        ("segment",),
        ("segment", "--add", "pos"),
        ("keywords",),
        ("keywords", "--method", "textrank"),
        ("freq",),
        ("freq", "--pos", "nr"),
        ("normalize", "--residue", "strip"),
        ("normalize", "--script", "traditional"),
        ("dedupe",),
        ("newwords",),
        ("kwic", "李王", "--near", "张刘"),
        ("collocates", "李王"),
        ("cooc", "--within", "sentence"),
        ("cluster", "-k", "3"),
    ],
)
def test_every_command_comes_to_an_end(command: tuple[str, ...]) -> None:
    done = run_jmtools(*command, stdin=LINES)
    assert done.returncode == 0, done.stderr
    assert b"internal error" not in done.stderr
