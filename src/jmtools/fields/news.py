"""Which records are news: the one rule by which commands that count or describe texts choose what they work on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jmtools.errors import OptionError, RecordError
from jmtools.io.json_types import Record
from jmtools.io.records import UTF8_BOM, parse_record

# What `split` calls the items of a page that journalists wrote; a record without a type is taken for one.
NEWS = ("article", "continuation", "photo")
OTHERS = ("ad", "psa", "notice", "obituary", "table", "weather", "index", "folio")
_KEY = b'"type"'
_PLAIN_NEWS = re.compile(rb'"type"\s*:\s*(?:"(?:article|continuation|photo)"|null)')


@dataclass(frozen=True)
class TypeRule:
    """The types of records that are worked on.

    Attributes:
        types: Their names.
        untyped: Whether records without a type are worked on too.
    """

    types: tuple[str, ...] = NEWS
    untyped: bool = True

    def takes(self, data: Record) -> bool:
        """Tell whether a record is worked on.

        >>> rule = TypeRule()
        >>> rule.takes({"type": "article"}), rule.takes({"type": "ad"}), rule.takes({"text": "…"})
        (True, False, True)
        """
        kind = data.get("type")
        return self.untyped if not isinstance(kind, str) else kind in self.types

    def others(self, lines: Sequence[bytes]) -> dict[int, str]:
        """Return the types of the records that are not worked on, by the index of the line.

        >>> TypeRule().others([b'{"type":"ad"}', b'{"type":"article"}', b'{"text":"a"}'])
        {0: 'ad'}
        """
        typed = [index for index, line in enumerate(lines) if _KEY in line] if self.untyped else range(len(lines))
        kinds = ((index, self.other(lines[index])) for index in typed)
        return {index: kind for index, kind in kinds if kind is not None}

    def other(self, line: bytes) -> str | None:
        """Return the type of the record in a line if it is not worked on, else None; a line that is no record has none.

        Most lines are told without parsing them: they have the word once, and it is that of news.
        """
        if _KEY not in line:
            return None if self.untyped else "" if line.strip() else None
        found = _PLAIN_NEWS.search(line) if self.types == NEWS and line.count(_KEY) == 1 else None
        if found is not None and line.count(b"{", 0, found.start()) == 1:  # else it may be of an object in the record
            return None
        try:
            data = parse_record(line.removeprefix(UTF8_BOM))
        except RecordError:
            return None
        return None if self.takes(data) else str(data.get("type") or "")


def read_rule(text: str) -> TypeRule | None:
    """Return the rule that `news`, `all` or a list of types names; None for all.

    Raises:
        OptionError: If a name is no type.

    >>> read_rule("all"), read_rule("news,ad").types
    (None, ('article', 'continuation', 'photo', 'ad'))
    """
    names = {name.strip() for name in text.split(",") if name.strip()}
    if "all" in names:
        return None
    unknown = sorted(names - {*NEWS, *OTHERS, "news", "none"})
    if unknown or not names:
        known = ", ".join(("news", "all", *NEWS, *OTHERS))
        raise OptionError(f"--types {text}: {unknown[0] if unknown else 'nothing'} is no type; there are {known}")
    wanted = names | ({*NEWS} if "news" in names else set())
    return TypeRule(tuple(name for name in (*NEWS, *OTHERS) if name in wanted), untyped=bool(names & {"news", "none"}))
