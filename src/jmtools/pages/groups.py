"""Features of lines as names, made when they are asked for: the compiled core knows them by number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

Group = tuple[str, ...]
Groups = tuple[Group, ...]


class LazyGroups:
    """The feature groups of some lines."""

    def __init__(self, make: Callable[[], Sequence[Groups]]) -> None:
        self._make = make

    @cached_property
    def _groups(self) -> Sequence[Groups]:
        return self._make()

    def __getitem__(self, line: int) -> Groups:
        """Return the groups of a line."""
        return self._groups[line]

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self._groups)

    def __iter__(self) -> Iterator[Groups]:
        """Yield the groups of each line."""
        return iter(self._groups)


GroupsOfLines = Sequence[Groups] | LazyGroups
