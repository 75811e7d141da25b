"""Patterns that a user gives: regular expressions in linear time, and literal strings found as `grep -o` finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jmtools.errors import OptionError

_LARGEST = 10_000  # characters of an expression
_DENSE = 5_000  # characters of strings up to which the automaton is a full table: up to five times as fast, under 10 MB


class Pattern:
    """A regular expression whose search takes time linear in the text, whatever it is; picklable."""

    def __init__(self, expression: str, *, option: str = "regular expression") -> None:
        """Compile an expression.

        Args:
            expression: In the syntax of RE2, which is Perl's without look-around and back-references.
            option: Named in the error.

        Raises:
            OptionError: If it is no regular expression, or one that cannot be matched in linear time.
        """
        import re2

        self.expression = expression
        self._option = option
        options = re2.Options()
        options.log_errors = False
        if len(expression) > _LARGEST:
            raise OptionError(f"{option}: {len(expression)} characters are too many; {_LARGEST} are allowed")
        try:
            self._compiled = re2.compile(expression, options)
        except re2.error as error:
            reason = error.args[0].decode("utf-8", "replace") if error.args else "cannot be understood"
            hint = "; there is no look-around" if "(?" in reason else ""
            raise OptionError(f"{option}: {reason}{hint}") from None
        except UnicodeEncodeError:
            raise OptionError(f"{option}: holds half of a surrogate pair") from None

    def __reduce__(self) -> tuple[object, ...]:
        return _pattern, (self.expression, self._option)

    def search(self, text: str) -> bool:
        """Tell whether the expression stands anywhere in a text; one that is not valid Unicode has no match."""
        try:
            return self._compiled.search(text) is not None
        except UnicodeEncodeError:
            return False

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the expression stands, from left to right, without overlap; empty matches are left out."""
        try:
            found = [match.span() for match in self._compiled.finditer(text)]
        except UnicodeEncodeError:
            return []
        return [span for span in found if span[1] > span[0]]


class Literals:
    """Strings found letter for letter, each from left to right without overlapping itself, as `grep -o -F` does.

    Two different strings may overlap: each is counted as if it were asked for alone.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        import ahocorasick_rs

        self.strings = list(dict.fromkeys(strings))
        if not self.strings or "" in self.strings:
            raise OptionError("there is no string to look for, or an empty one")
        few = sum(map(len, self.strings)) <= _DENSE
        kind = ahocorasick_rs.Implementation.DFA if few else None
        self._automaton = ahocorasick_rs.AhoCorasick(self.strings, implementation=kind)

    def __reduce__(self) -> tuple[object, ...]:
        return Literals, (self.strings,)

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield (index of the string, start, end) of every occurrence, by where they end."""
        last: dict[int, int] = {}
        for index, start, end in self.all(text):
            if start >= last.get(index, 0):
                last[index] = end
                yield index, start, end

    def all(self, text: str) -> list[tuple[int, int, int]]:
        """Return (index of the string, start, end) of every place, also of those that overlap, by where they end."""
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found


def _pattern(expression: str, option: str) -> Pattern:
    return Pattern(expression, option=option)
