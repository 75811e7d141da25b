"""Stop lists: the words that say nothing about the topic of an article, and the rule that lists each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jmtools.errors import DataError, FileError
from jmtools.io.installed import read_data
from jmtools.words.shadow import traditional_forms

SHIPPED = ("none", "default")  # lists that no file is read for but the program's own


def load_stopwords(name: str | Path = "default") -> frozenset[str]:
    """Return a stop list: `none`, `default`, or what a file says.

    A file holds words in UTF-8, one or more a line; what follows a `#` is a comment. If a line of it begins with `+`
    or `-`, the file amends the default list: `+` adds the words of its line, `-` takes them out, a line without a
    sign adds. Otherwise the file is the whole list. A word stands for its Traditional forms too.

    Raises:
        FileError: If the file cannot be read.
        DataError: If it is not UTF-8.
    """
    return frozenset(load_stop_rules(name))


def load_stop_rules(name: str | Path = "default") -> dict[str, str]:
    """Return the words of a stop list, each with the rule that put it there, as people can look it up.

    >>> load_stop_rules("default")["因为"]
    'default: prepositions'

    Raises:
        FileError: If the file cannot be read.
        DataError: If it is not UTF-8.
    """
    if str(name) == "none":
        return {}
    if str(name) == "default":
        return dict(_default_forms())
    return _with_forms(_parse_file(str(name), _read(Path(name))))


@cache
def _default_forms() -> dict[str, str]:
    return _with_forms(_default())


def _with_forms(rules: dict[str, str]) -> dict[str, str]:
    return {form: rule for word, rule in rules.items() for form in _forms(word)} | rules


@cache
def _default() -> dict[str, str]:
    """Read the list of the package: each comment line is the rule of the words below it."""
    text = read_data("stopwords.txt")
    rules: dict[str, str] = {}
    rule = ""
    for line in text.split("\n"):
        if line.startswith("#"):
            rule = "default: " + line.lstrip("# ").lower()
        for word in line.partition("#")[0].split():
            rules.setdefault(word, rule)
    return rules


def _forms(word: str) -> list[str]:
    """Return how a stop word is written: in either script, and with a capital at the beginning of a sentence."""
    return [word, word.title()] if word.isascii() else traditional_forms(word)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(f"{path}: cannot read the stop list: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: the stop list is not UTF-8 (byte {error.start})") from error


def _parse_file(name: str, text: str) -> dict[str, str]:
    lines = [(number, line.partition("#")[0].strip()) for number, line in enumerate(text.split("\n"), 1)]
    amends = any(_sign(line) for _, line in lines)
    rules = dict(_default()) if amends else {}
    for number, line in lines:
        sign = _sign(line) if amends else ""
        for word in line.removeprefix(sign).split():
            if sign == "-":
                rules.pop(word, None)
            else:
                rules[word] = f"{name}: line {number}"
    return rules


def _sign(line: str) -> str:
    """Return the `+` or `-` of a line that amends; a sign alone is a word, and so is -5."""
    if len(line) > 1 and line[0] in "+-" and not line[1:2].isdigit():
        return line[0]
    return ""
