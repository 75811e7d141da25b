"""Stop lists: which words say nothing of what an article is about."""

from functools import cache
from importlib import resources
from pathlib import Path

from jmtools.errors import DataError, FileError


def load_stopwords(name: str | Path = "default") -> frozenset[str]:
    """Return a stop list: `none`, `default`, or the words of a file in UTF-8, one a line or more.

    What follows a `#` is a comment.

    Raises:
        FileError: If the file cannot be read.
        DataError: If it is not UTF-8.
    """
    if str(name) == "none":
        return frozenset()
    return _default() if str(name) == "default" else _parse(_read(Path(name)))


@cache
def _default() -> frozenset[str]:
    return _parse(resources.files("jmtools").joinpath("data", "stopwords.txt").read_text(encoding="utf-8"))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(f"{path}: cannot read the stop list: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: the stop list is not UTF-8 (byte {error.start})") from error


def _parse(text: str) -> frozenset[str]:
    lines = (line.partition("#")[0] for line in text.split("\n"))
    return frozenset(word for line in lines for word in line.split())
