"""Compiled patterns in the user's cache folder: to compile them takes most of the time of a command's first page.

What is kept is what Python's own compiler made of a pattern, under the pattern's text; the file's name says which
Python made it, and Python checks it again before it uses it. Only the command line keeps patterns.
"""

from __future__ import annotations

import atexit
import importlib
import marshal
import re
import sys
import zlib
from array import array
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 1 << 24
_MOST_PATTERNS = 2000  # the package has a quarter of it; from there on those of other versions go
_CHECK = 4  # bytes of the check sum


class Compiled(NamedTuple):
    """What Python makes of a pattern.

    Attributes:
        code: Its code, numbers of four bytes.
        flags: Its flags.
        groups: How many groups it has.
        numbers: The number of each group that has a name.
        names: The name of each group, None for one without.
    """

    code: bytes
    flags: int
    groups: int
    numbers: dict[str, int]
    names: tuple[str | None, ...]

    def pattern(self, text: str) -> re.Pattern[str]:
        """Return the pattern, which Python checks first.

        Raises:
            RuntimeError: If the code is none.
        """
        codes = memoryview(self.code).cast("I").tolist()
        made: re.Pattern[str] = importlib.import_module("_sre").compile(
            text, self.flags, codes, self.groups, self.numbers, self.names
        )
        return made


class _State(Protocol):
    """What Python's parser knows of a whole pattern."""

    flags: int
    groups: int
    groupdict: Mapping[str, int]


class Parsed(Protocol):
    """What Python's parser makes of a pattern."""

    state: _State


def compiled(tree: Parsed, flags: int) -> Compiled:
    """Return what Python's compiler makes of a pattern that its parser read."""
    compiler, state = importlib.import_module("re._compiler"), tree.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", compiler._code(tree, flags)).tobytes()
    return Compiled(code, flags | state.flags, state.groups - 1, dict(state.groupdict), tuple(names))


class KeptPatterns:
    """Patterns that were compiled before, by this or another run."""

    def __init__(self, path: Path | None) -> None:
        """Take the file; None keeps nothing."""
        self._path = path
        self._new: dict[str, Compiled] = {}

    @cached_property
    def _known(self) -> dict[str, tuple[object, ...]]:
        from jmtools.io.cache import map_kept

        memory = None if self._path is None else map_kept(self._path, most=_MOST_BYTES)
        if memory is None:
            return {}
        data = bytes(memory)
        memory.close()
        if zlib.crc32(data[_CHECK:]).to_bytes(_CHECK, "little") != data[:_CHECK]:
            return {}
        try:
            found = marshal.loads(data[_CHECK:])  # noqa: S302 - a file that only this user may write
        except (EOFError, ValueError, TypeError):
            return {}
        return found if isinstance(found, dict) else {}

    def find(self, text: str, flags: int) -> Compiled | None:
        """Return what was made of a pattern; None if it was not compiled yet."""
        known = self._known.get(f"{flags}:{text}")
        return None if known is None else Compiled._make(known)

    def add(self, text: str, flags: int, made: Compiled) -> None:
        """Take a pattern to be kept."""
        self._new[f"{flags}:{text}"] = made

    def save(self) -> None:
        """Write the file anew if there are new patterns."""
        if self._path is None or not self._new:
            return
        from jmtools.io.cache import keep

        known = self._known if len(self._known) < _MOST_PATTERNS else {}
        data = marshal.dumps(known | {key: tuple(made) for key, made in self._new.items()})
        self._new = {}
        if len(data) < _MOST_BYTES:
            keep(self._path, zlib.crc32(data).to_bytes(_CHECK, "little") + data)


def patterns_path() -> Path | None:
    """Return where patterns are kept, or None where nothing can be kept."""
    from jmtools.io.cache import cache_folder, fingerprint

    folder = cache_folder()
    return None if folder is None else folder / f"patterns-{fingerprint((), sys.version)}.marshal"


def open_kept() -> KeptPatterns:
    """Return the patterns that are kept; new ones are written when the process ends."""
    kept = KeptPatterns(patterns_path())
    atexit.register(kept.save)
    return kept
