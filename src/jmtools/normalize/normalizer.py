"""Records → the same records in one width, one script and one way of writing, with an account of every change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jmtools.batches.feature import FilterFeature
from jmtools.errors import OptionError, RecordError
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.normalize.residue import RESIDUE, residue_rules
from jmtools.normalize.rules import PUNCTUATION, SPACES, Rules
from jmtools.normalize.script import ScriptConverter

FIELDS = ("newspaper", "headline", "kicker", "subheads", "byline", "authors", "text", "captions")
_CONTEXT = 8  # characters shown on each side of a change

# (kind, before, after) → [how often, the first place with its surroundings]
Changes = dict[tuple[str, str, str], list[JsonValue]]


@dataclass(frozen=True)
class NormalizeOptions:
    """Which changes are made.

    Attributes:
        to: One of `jmtools.normalize.script.MODES`. `repair` finds out the script of each record and turns only the
            characters that do not belong to it; `simplified`, `traditional`, `taiwan` and `hongkong` convert all, by
            phrase; `keep` leaves the script alone.
        spaces: One of `SPACES`.
        punctuation: One of `PUNCTUATION`.
        residue: One of `RESIDUE`: whether entities are decoded, all residue of web pages is taken out, or it stays.
        only: `residue` to change nothing else; empty for every change.
        fields: The fields that are changed, where a record has them.
        keep_original: Whether `original` keeps what a changed field was.
        report: Whether changes are counted.
    """

    to: str = "repair"
    spaces: str = "letters"
    punctuation: str = "keep"
    fields: tuple[str, ...] = FIELDS
    keep_original: bool = False
    report: bool = False
    residue: str = "decode"
    only: str = ""


class Normalizer(FilterFeature):
    """Rewrites the text fields of records."""

    def __init__(self, options: NormalizeOptions) -> None:
        if options.spaces not in SPACES or options.punctuation not in PUNCTUATION:
            raise OptionError(f"--spaces is one of {', '.join(SPACES)}; --punctuation of {', '.join(PUNCTUATION)}")
        self._options = options
        if options.residue not in RESIDUE or options.only not in ("", "residue"):
            raise OptionError(f"--residue is one of {', '.join(RESIDUE)}; --only is residue")
        alone = options.only == "residue"
        first = residue_rules("strip" if alone else options.residue)
        self._rules = Rules(spaces=options.spaces, punctuation=options.punctuation, first=first, alone=alone)
        self._script = ScriptConverter("keep" if alone else options.to)
        self._changes: Changes = {}

    def check(self, data: Record) -> None:
        """Refuse a record that was already segmented: its tokens would not be those of the new text."""
        if data.get("tokens") is not None:
            raise RecordError("has `tokens` of the text as it is; normalize before segment, or drop them first")

    def apply(self, batch: Sequence[Record]) -> list[Fields]:
        """Return the changed fields of each record, and `original` on request."""
        return [self._fields(data) for data in batch]

    def take_side_counts(self) -> Changes | None:
        """Return the changes since the last call, or None where they are not counted."""
        if not self._options.report:
            return None
        changes, self._changes = self._changes, {}
        return changes

    def change_records(self, changes: Changes) -> Iterator[Fields]:
        """Yield each change, most frequent first: `kind`, `from`, `to`, `freq`, `example`, `review`, `candidates`.

        `review` is true where the conversion had to choose between characters, and a person should look.
        """
        for (kind, before, after), (freq, example) in sorted(changes.items(), key=lambda item: (-item[1][0], item[0])):
            candidates = self._script.candidates(before) if kind in ("script", "stray") else ""
            review = bool(candidates) or kind == "mixed script"
            record = {"kind": kind, "from": before, "to": after, "freq": freq, "example": example, "review": review}
            yield record | ({"candidates": list(candidates)} if candidates else {})

    def _fields(self, data: Record) -> Fields:
        present = {name: data[name] for name in self._options.fields if data.get(name) is not None}
        ruled = {name: _map_strings(value, self._apply_rules) for name, value in present.items()}
        script = self._script.script_of(list(_strings(list(ruled.values()))))
        if script == "mixed" and self._options.report:
            self._count("mixed script", "", "", str(data.get("headline") or data.get("text"))[: 3 * _CONTEXT])
        new = {name: _map_strings(value, lambda text: self._convert(text, script)) for name, value in ruled.items()}
        changed = {name: value for name, value in new.items() if value != present[name]}
        if changed and self._options.keep_original:
            return changed | {"original": {name: present[name] for name in changed}}
        return changed

    def _apply_rules(self, text: str) -> str:
        for rule in self._rules.needed(text):
            if self._options.report:
                for found in rule.pattern.finditer(text):
                    after = rule.replacement(found)
                    if after != found[0]:
                        self._count(rule.kind, found[0], after, _around(text, found.start(), found.end()))
            text = rule.pattern.sub(rule.replacement, text)
        return text

    def _convert(self, text: str, script: str) -> str:
        converted = self._script.convert(text, script)
        if self._options.report and converted != text:
            for start, end, after in _differences(text, converted):
                before = text[start:end]
                self._count(self._script.kind(before), before, after, _around(text, start, end))
        return converted

    def _count(self, kind: str, before: str, after: str, example: str) -> None:
        self._changes.setdefault((kind, before, after), [0, example])[0] += 1


def merge_changes(total: Changes, part: Changes) -> None:
    """Add the changes of a later batch to those of the earlier ones."""
    for key, (freq, example) in part.items():
        total.setdefault(key, [0, example])[0] += freq


def _map_strings(value: JsonValue, change: Callable[[str], str]) -> JsonValue:
    """Change every string in a value; the names of an object's members stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_map_strings(item, change) for item in value]
    if isinstance(value, dict):
        return {name: _map_strings(item, change) for name, item in value.items()}
    return value


def _strings(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _differences(text: str, converted: str) -> Iterator[tuple[int, int, str]]:
    """Yield what was replaced, as (start, end, replacement)."""
    if len(text) == len(converted):
        yield from ((i, i + 1, b) for i, (a, b) in enumerate(zip(text, converted, strict=True)) if a != b)
        return
    for tag, start, end, other, other_end in difflib.SequenceMatcher(None, text, converted, False).get_opcodes():
        if tag != "equal":
            yield start, end, converted[other:other_end]


def _around(text: str, start: int, end: int) -> str:
    return text[max(start - _CONTEXT, 0) : end + _CONTEXT].replace("\n", " ")
