"""Tables of words that come with the program: sorted lines of a word and some digits, looked up without reading all."""

from __future__ import annotations

from collections.abc import Sequence

from jmtools.io.installed import data_path

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/"
_VALUES = bytes.maketrans(DIGITS.encode(), bytes(range(len(DIGITS))))
_MANY = 1000  # words: for so many the whole table is read


class DigitTable:
    """A file of `src/jmtools/data`: a comment, then lines of a word, a space and digits, sorted by word."""

    def __init__(self, name: str) -> None:
        """Take its name."""
        self._lines = data_path(name).read_bytes().partition(b"\n")[2]
        self._asked = 0
        self._all: dict[bytes, bytes] = {}

    def of(self, words: Sequence[str]) -> list[bytes]:
        """Return the values of each word, a byte for each digit; nothing for words that the table does not have."""
        self._asked += len(words)
        if self._asked >= _MANY and not self._all:
            rows = (line.split(b" ") for line in self._lines.splitlines())
            self._all = {word: digits.translate(_VALUES) for word, digits in rows}
        keys = [word.encode("utf-8", "surrogatepass") for word in words]
        return [self._all.get(key, b"") for key in keys] if self._all else list(map(self._found, keys))

    def _found(self, word: bytes) -> bytes:
        """Find a word by halves."""
        lines, low, high = self._lines, 0, len(self._lines)
        while low < high:
            start = max(lines.rfind(b"\n", low, (low + high) // 2) + 1, low)
            end = lines.index(b" ", start)
            found = lines[start:end]
            if found == word:
                return lines[end + 1 : lines.index(b"\n", end)].translate(_VALUES)
            if found < word:
                low = lines.index(b"\n", end) + 1
            else:
                high = start
        return b""
