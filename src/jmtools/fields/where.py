"""Conditions on records: `page ~ "^A" and date >= 2023-05-01`; a small grammar, nothing evaluated as code.

condition   = both {"or" both}
both        = one {"and" one}
one         = "not" one | "(" condition ")" | PATH test
test        = ("=" | "!=" | "<" | "<=" | ">" | ">=") value | ("~" | "!~") STRING
            | ["not"] "in" "(" value {"," value} ")" | "exists" | "is" ["not"] "null"
value       = STRING | NUMBER | DATE | "true" | "false" | "null"
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import NamedTuple

from jmtools.errors import OptionError
from jmtools.fields.grouping import iso_date
from jmtools.fields.path import Path
from jmtools.fields.patterns import Pattern
from jmtools.io.json_types import JsonValue, Record

Predicate = Callable[[Record], bool]
Test = Callable[[JsonValue], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<date>\d{4}-\d{1,2}(?:-\d{1,2})?(?![\w-]))
    |(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w-]))
    |(?P<path>`[^`]+`|[^\W\d][\w-]*(?:\.\w[\w-]*)*)
    |(?P<sign>==|!=|<=|>=|!~|=~|[=<>~(),])
    |(?P<end>\Z))""",
    re.VERBOSE,
)
_WORDS = frozenset(["and", "or", "not", "in", "is", "exists", "null", "true", "false"])
_ORDERS: dict[str, Callable[[JsonValue, JsonValue], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SAME = {"==": "=", "=~": "~"}
_DEEPEST = 100


class Where:
    """A condition on records; picklable."""

    def __init__(self, expression: str, *, option: str = "--where") -> None:
        """Read a condition.

        Raises:
            OptionError: If it is none; the message points at the place.
        """
        self.expression = expression
        self._option = option
        parser = _Parser(expression, option)
        self.matches: Predicate = parser.parse()
        self.field_names = tuple(dict.fromkeys(parser.field_names))

    def __reduce__(self) -> tuple[object, ...]:
        return _where, (self.expression, self._option)


def parse_where(expression: str | None, *, option: str = "--where") -> Where | None:
    """Return the condition that an option gives, or None where it is not given.

    Raises:
        OptionError: If it is no condition; the message points at the place.

    >>> parse_where('page ~ "^A" and topic in (1, 2)').matches({"page": "A01", "topic": 2})
    True
    """
    return None if expression is None else Where(expression, option=option)


class _Token(NamedTuple):
    kind: str  # string, date, number, path, word, sign, end
    text: str
    start: int


class _Parser:
    def __init__(self, expression: str, option: str) -> None:
        self._expression = expression
        self._option = option
        self._tokens = self._tokenize()
        self._next = 0
        self._depth = 0
        self.field_names: list[str] = []  # fields whose values matter: some record should have them

    def parse(self) -> Predicate:
        found = self._condition()
        if self._tokens[self._next].kind != "end":
            raise self._error("'and', 'or' or the end")
        return found

    def _tokenize(self) -> list[_Token]:
        tokens: list[_Token] = []
        place = 0
        while not tokens or tokens[-1].kind != "end":
            match = _TOKEN.match(self._expression, place)
            if match is None or match.lastgroup is None:
                place += len(self._expression[place:]) - len(self._expression[place:].lstrip())
                quote = self._expression[place] in "\"'`"
                raise self._at(place, "a quotation that ends" if quote else "a field, a sign or a value")
            kind, text = match.lastgroup, match[match.lastgroup]
            if kind == "path" and text.lower() in _WORDS:
                kind, text = "word", text.lower()
            tokens.append(_Token(kind, _SAME.get(text, text), match.start(match.lastgroup)))
            place = match.end()
        return tokens

    def _condition(self) -> Predicate:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else lambda data: any(part(data) for part in parts)

    def _both(self) -> Predicate:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda data: all(part(data) for part in parts)

    def _one(self) -> Predicate:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"at most {_DEEPEST} conditions inside each other")
        try:
            if self._take("not"):
                return _negated(self._one())
            if self._take("("):
                inner = self._condition()
                self._expect(")")
                return inner
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> Predicate:
        token = self._tokens[self._next]
        if token.kind != "path":
            raise self._error("a field")
        self._next += 1
        spec = token.text.strip("`")
        values = _Values(Path(spec))
        if self._take("exists"):
            return values.exist
        if self._take("is"):
            negated = self._take("not")
            self._expect("null")
            return values.exist if negated else _negated(values.exist)
        self.field_names.append(spec)
        if self._take("not"):
            self._expect("in")
            return _negated(values.any_of(self._choices()))
        if self._take("in"):
            return values.any_of(self._choices())
        return self._signed(values)

    def _signed(self, values: _Values) -> Predicate:
        sign = self._tokens[self._next]
        if sign.kind != "sign" or sign.text in "(),":
            raise self._error("=, !=, <, <=, >, >=, ~, !~, in, exists or is")
        self._next += 1
        if sign.text in ("~", "!~"):
            found = values.any_of([self._pattern()])
            return _negated(found) if sign.text == "!~" else found
        if self._tokens[self._next].text == "null" and sign.text in ("=", "!="):
            self._next += 1
            return values.exist if sign.text == "!=" else _negated(values.exist)
        if sign.text == "!=":
            return _negated(values.any_of([self._test("=")]))
        return values.any_of([self._test(sign.text)])

    def _choices(self) -> list[Test]:
        self._expect("(")
        tests = [self._test("=")]
        while self._take(","):
            tests.append(self._test("="))
        self._expect(")")
        return tests

    def _pattern(self) -> Test:
        token = self._tokens[self._next]
        if token.kind != "string":
            raise self._error('a regular expression in quotes, such as "^A"')
        self._next += 1
        quote = token.text[0]
        pattern = Pattern(
            token.text[1:-1].replace("\\" + quote, quote),
            option=f"{self._option}: character {token.start + 1}: {token.text}",
        )
        return lambda value: value is not None and pattern.search(_text(value))

    def _test(self, sign: str) -> Test:
        token = self._tokens[self._next]
        order = _ORDERS[sign]
        if token.kind == "string":
            self._next += 1
            string = re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
            return lambda value: value is not None and order(_text(value), string)
        if token.kind == "number":
            self._next += 1
            number = float(token.text) if re.search("[.eE]", token.text) else int(token.text)
            year = _date_test(order, token.text) if re.fullmatch("[12][0-9]{3}", token.text) else None
            return _number_test(order, number, year)
        if token.kind == "date":
            date = iso_date(token.text)
            if date is None:
                raise self._error("a date of the calendar")
            self._next += 1
            return _date_test(order, date)
        if token.text in ("true", "false") and sign == "=":
            self._next += 1
            wanted = token.text == "true"
            return lambda value: value is wanted
        raise self._error('a value: "text" in quotes, a number or a date')

    def _take(self, text: str) -> bool:
        token = self._tokens[self._next]
        if token.kind in ("word", "sign") and token.text == text:
            self._next += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._error(f"'{text}'")

    def _error(self, wanted: str) -> OptionError:
        return self._at(self._tokens[self._next].start, wanted)

    def _at(self, place: int, wanted: str) -> OptionError:
        before, after = self._expression[:place], self._expression[place:]
        return OptionError(f"{self._option}: character {place + 1}: expected {wanted}: {before}▶{after}")


class _Values:
    """The values at a path, each item of a list included; a condition holds if it holds for one of them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def exist(self, data: Record) -> bool:
        return any(value is not None for value in self._of(data))

    def any_of(self, tests: list[Test]) -> Predicate:
        if len(tests) == 1:
            test = tests[0]
            return lambda data: any(map(test, self._of(data)))
        return lambda data: any(test(value) for value in self._of(data) for test in tests)

    def _of(self, data: Record) -> list[JsonValue]:
        found = self._path.values(data)
        if found is None:
            return []
        if len(found) == 1 and not isinstance(found[0], list):
            return found
        return [item for value in found for item in (value if isinstance(value, list) else (value,))]


def _negated(predicate: Predicate) -> Predicate:
    return lambda data: not predicate(data)


def _number_test(order: Callable[[JsonValue, JsonValue], bool], number: float, year: Test | None) -> Test:
    def test(value: JsonValue) -> bool:
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                return year is not None and year(value)  # `date >= 2024`
        return isinstance(value, int | float) and not isinstance(value, bool) and order(value, number)

    return test


def _date_test(order: Callable[[JsonValue, JsonValue], bool], date: str) -> Test:
    def test(value: JsonValue) -> bool:
        found = iso_date(value) if isinstance(value, str) else None
        # A month or year stands for all of its days: `date = 2023-05`, `date <= 2023-05`.
        return found is not None and order(found[: len(date)], date)

    return test


def _text(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _where(expression: str, option: str) -> Where:
    return Where(expression, option=option)
