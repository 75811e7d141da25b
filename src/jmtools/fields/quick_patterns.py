"""Regular expressions with classes of Chinese characters, compiled in a third of the time.

Python notes every character of a class one by one: half a millisecond for `[一-龥]`, and 30 microseconds for a few
characters that lie apart. Here such a class becomes the bitmap that Python would make of it before Python's compiler
sees it. That leans on modules of Python without a promise: where they differ, `re.compile` does all.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jmtools.fields.kept_patterns import KeptPatterns

_ALL = (1 << 256) - 1  # a block of 256 characters
_BLOCKS = 256
_WORD = 32  # bits of a code of a compiled pattern
_Item = tuple[object, object]  # what a part of a pattern is, and what belongs to it
_DIFFERENT = (AttributeError, ImportError, IndexError, TypeError, ValueError, RuntimeError, re.error)


def compile_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Do what `re.compile` does.

    >>> compile_pattern("[一-龥电電]{2,3}").fullmatch("新電视").span()
    (0, 3)
    """
    if "[" in pattern and (not pattern.isascii() or "\\u" in pattern):
        try:
            if (known := _found(pattern, int(flags))) is not None:
                return known
            if _can_be_quick():
                return _quick(pattern, int(flags))
        except _DIFFERENT:  # a fault of the pattern is told below
            pass
    return re.compile(pattern, flags)


class _Store:
    """What keeps compiled patterns, if anything does."""

    kept: KeptPatterns | None = None
    wanted = False


def keep_patterns() -> None:
    """From here on compiled patterns are kept in the user's cache folder and looked up there."""
    _Store.wanted = True


def _found(pattern: str, flags: int) -> re.Pattern[str] | None:
    """Return a pattern that an earlier run compiled."""
    if not _Store.wanted:
        return None
    if _Store.kept is None:
        from jmtools.fields.kept_patterns import open_kept

        _Store.kept = open_kept()
    known = _Store.kept.find(pattern, flags)
    return None if known is None else known.pattern(pattern)


@cache
def _can_be_quick() -> bool:
    """Say whether this Python's modules are as they are expected."""
    try:
        tried = _quick("[^一-三電]|[a-c電\U00020000](?=[\\s零0-9])", 0)
    except _DIFFERENT:
        return False
    return [tried.match(text) is not None for text in ("人", "一", "a ", "電零", "\U000200000", "電")] == [
        *(True, False, True, True, True, False)
    ]


def _quick(pattern: str, flags: int) -> re.Pattern[str]:
    from jmtools.fields.kept_patterns import compiled

    parser = importlib.import_module("re._parser")
    tree = parser.parse(pattern, flags)
    if not tree.state.flags & re.IGNORECASE:
        _rewrite(tree.data, importlib.import_module("re._constants"))
    made = compiled(tree, flags)
    if _Store.kept is not None:
        _Store.kept.add(pattern, flags, made)
    return made.pattern(pattern)


def _rewrite(tree: Iterable[_Item], names: ModuleType) -> None:
    """Put bitmaps in the place of the classes of a pattern."""
    for op, value in tree:
        if op is names.IN and isinstance(value, list):
            value[:] = _as_bitmap(value, names)
        else:
            _look_inside(value, names)


def _look_inside(value: object, names: ModuleType) -> None:
    """Do the same with the patterns of which a part of a pattern consists."""
    if isinstance(value, list | tuple):
        for one in value:
            _look_inside(one, names)
    elif isinstance(data := getattr(value, "data", None), list):
        _rewrite(data, names)


def _as_bitmap(items: Sequence[_Item], names: ModuleType) -> Sequence[_Item]:
    """Return a class of characters with those of two bytes as one bitmap."""
    blocks: dict[int, int] = {}
    rest: list[_Item] = []
    for op, value in items:
        if op is names.LITERAL and isinstance(value, int) and value < _BLOCKS * 256:
            blocks[value >> 8] = blocks.get(value >> 8, 0) | 1 << (value & 255)
        elif op is names.RANGE and isinstance(value, tuple) and value[1] < _BLOCKS * 256:
            for block in range(value[0] >> 8, (value[1] >> 8) + 1):
                first, last = max(value[0] - 256 * block, 0), min(value[1] - 256 * block, 255)
                blocks[block] = blocks.get(block, 0) | (_ALL >> (255 - last)) & (_ALL << first)
        else:
            rest.append((op, value))
    if not blocks or max(blocks) == 0:
        return items  # of one byte: Python is quick
    negated = [one for one in rest if one[0] is names.NEGATE]
    return [*negated, (names.BIGCHARSET, _codes(blocks)), *(one for one in rest if one[0] is not names.NEGATE)]


def _codes(blocks: dict[int, int]) -> list[int]:
    """Return a bitmap as a compiled pattern has it: how many different blocks, which is where, and these."""
    known = {0: 0}
    mapping = bytearray(_BLOCKS)
    for block, bits in blocks.items():
        mapping[block] = known.setdefault(bits, len(known))
    codes = [len(known), *memoryview(mapping).cast("I")]
    for block in known:
        codes += [block >> shift & 0xFFFFFFFF for shift in range(0, 256, _WORD)]
    return codes
