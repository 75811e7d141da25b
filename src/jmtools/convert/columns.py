"""Columns of a table: nested fields laid flat, names that any database takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from jmtools.convert.shapes import Shape
from jmtools.fields.path import Path


def flat_paths(shape: Shape) -> list[tuple[Path, Shape]]:
    """Return the paths under which a table shows records, nested objects and lists of objects laid flat.

    Two fields of one path, such as `a.b` and the `b` of `a`, are two columns; the second one's name has a number.
    """
    found = list(_flat(shape, (), 0))
    taken: set[str] = set()
    paths = []
    for names, member in found:
        name = ".".join(names)
        spec = next(s for s in (name, *(f"{name}_{number}" for number in range(2, len(found) + 2))) if s not in taken)
        taken.add(spec)
        paths.append((Path(spec, names), member))
    return paths


def _flat(shape: Shape, above: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Shape]]:
    for name, member in (shape.members or {}).items():
        kind = member.kind(depth)
        inner = member.items if kind == "list" else member
        if inner is not None and inner.kind(depth + 1) == "struct":
            yield from _flat(inner, (*above, name), depth + 1)
        else:
            yield (*above, name), member


def unique_names(names: Sequence[str], *, taken: Collection[str] = ()) -> list[str]:
    """Return names no two of which differ only in case, as databases want them; an empty one becomes `field`.

    >>> unique_names(["id", "ID", "", "a"])
    ['id', 'ID_2', 'field', 'a']
    """
    used = {name.casefold() for name in taken}
    unique = []
    for name in names:
        base = name.replace("\x00", "") or "field"
        candidate, number = base, 2
        while candidate.casefold() in used:
            candidate, number = f"{base}_{number}", number + 1
        used.add(candidate.casefold())
        unique.append(candidate)
    return unique
