"""Columns of a table: nested fields laid flat, names that any database takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from jmtools.convert.shapes import Shape


def flat_paths(shape: Shape, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Shape]]:
    """Yield the paths under which a table shows records, nested objects and lists of objects laid flat.

    Args:
        shape: Of records, or of an object in them.
        prefix: The path of that object, with its dot.
        depth: How deep it stands.
    """
    for name, member in (shape.members or {}).items():
        kind = member.kind(depth)
        inner = member.items if kind == "list" else member
        if inner is not None and inner.kind(depth + 1) == "struct":
            yield from flat_paths(inner, f"{prefix}{name}.", depth + 1)
        else:
            yield prefix + name, member


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
