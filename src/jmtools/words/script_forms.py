"""Traditional characters and their Simplified forms, character by character."""

from __future__ import annotations

from functools import cache

from jmtools.io.installed import read_data


@cache
def simplified_forms() -> dict[int, int]:
    """Return the Simplified form of each Traditional character, as `str.translate` takes it.

    >>> "據報道".translate(simplified_forms())
    '据报道'
    """
    rows = [row for row in read_data("traditional.txt").splitlines() if not row.startswith("#")]
    return str.maketrans("".join(rows[::2]), "".join(rows[1::2]))
