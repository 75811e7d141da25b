"""Chinese help and messages: where they are wanted, how much of them there is, how lines break."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jmtools.cli import COMMANDS, cli
from jmtools.cli.frame import language
from tests.conftest import ROOT, run_jmtools

TABLE = dict(language.entries((ROOT / "src" / "jmtools" / "data" / "zh.po").read_text("utf-8")))
ENOUGH = 0.8  # of the strings: a new command may come before its translation


def closed(text: str) -> str:
    return " ".join(text.split())


def strings(command: click.Command) -> Iterator[str]:
    """Yield what a command's help says: paragraphs, options, and those of the commands below it."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if "\b" not in paragraph:
            yield closed(paragraph)
    yield from (closed(p.help) for p in command.params if isinstance(p, click.Option) and p.help)
    if isinstance(command, click.Group) and command is not cli:
        for child in command.commands.values():
            yield from strings(child)


def everything() -> list[str]:
    context = click.Context(cli)
    commands = [c for name in COMMANDS if (c := cli.get_command(context, name)) is not None]
    return list(dict.fromkeys(t for texts in (strings(cli), COMMANDS.values(), *map(strings, commands)) for t in texts))


def test_what_lacks_a_translation_is_little_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    texts = everything()
    missing = [text for text in texts if text not in TABLE]
    with capsys.disabled():
        if missing:
            print(f"\n{len(missing)} of {len(texts)} strings are not in zh.po:", *missing, sep="\n  ")  # noqa: T201
    assert len(texts) - len(missing) >= ENOUGH * len(texts), missing


def test_a_translation_keeps_what_is_typed() -> None:
    """Options, fields and figures of the English stand in the Chinese too."""
    import re

    for source, target in TABLE.items():
        typed = re.findall(r"--[a-z-]+|`[^`]+`|JMTOOLS_[A-Z_]+|\{[a-z!]+\}", source)
        assert [word for word in typed if word not in target] == [], source


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US"}, True),
        ({"LC_ALL": "zh_CN.UTF-8", "JMTOOLS_LANGUAGE": "en"}, False),
        ({"LC_ALL": "C", "JMTOOLS_LANGUAGE": "zh"}, True),
        ({}, False),
    ],
)
def test_the_locale_of_messages_decides(variables: dict[str, str], chinese: bool) -> None:
    assert language.wanted(variables) is chinese


def test_help_and_errors_are_chinese_and_records_are_not(tmp_path: Path) -> None:
    zh = {"JMTOOLS_LANGUAGE": "", "LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
    assert "示例：" in run_jmtools("freq", "--help", env=zh).stdout.decode()
    text = run_jmtools("help", "freq", env=zh).stdout.decode()
    assert text.startswith("用法：jmtools freq [OPTIONS] [FILES]...")
    assert "选项：" in text
    assert "输入、输出与坏记录：" in text
    assert "jmtools split page.txt | jmtools freq -n 20" in text
    assert all(language.columns(line) <= 80 for line in text.splitlines() if "jmtools " not in line)
    done = run_jmtools("freq", "--unti", "word", env=zh)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("jmtools freq: 没有选项 '--unti'；您是不是想写 '--unit'")
    done = run_jmtools("freq", stdin=b'{"a":1}', env=zh)
    assert done.stderr.decode() == (
        "jmtools freq: <stdin>：第 1 行，第 0 字节：没有 `text` 字段（现有字段：a）；"
        "用 jq -c '.text = .OTHER' 可改字段名\n"
    )
    done = run_jmtools("kwic", "潜水艇", stdin='{"text":"水库"}'.encode(), env=zh)
    assert done.stderr.decode() == "jmtools kwic: 提示：已读 1 record，潜水艇 没有出现\n"
    looked_at = run_jmtools("doctor", env=zh).stdout.decode()
    assert "个处理器，内存" in looked_at
    plain = run_jmtools("freq", stdin=b'{"a":1}', env={"LC_ALL": "C"}).stderr
    assert plain.isascii()
    assert b"has no `text`" in plain
    rows = run_jmtools("config", "show", "freq", "--to", "jsonl", env=zh).stdout.splitlines()
    assert json.loads(rows[0])["source"] == "default"


def test_chinese_lines_break_after_any_character_but_not_before_a_mark() -> None:
    lines = language.wrap("流式处理：内存不随输入增长，见 --jobs。", 10)
    assert lines == ["流式处理：", "内存不随输", "入增长，见", "--jobs。"]
    assert all(line[0] not in "，。；：、！？）》”" for line in lines)
