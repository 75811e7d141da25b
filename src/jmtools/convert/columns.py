"""Records → columns: the fields that were asked for, nested ones laid flat, names that any table can have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from jmtools.convert.shapes import Shape

_MISSING: Any = object()


def project(data: Mapping[str, Any], fields: Sequence[str]) -> Mapping[str, Any]:
    """Return the values at some paths, each under its path; the record itself where none are given.

    >>> project({"a": [{"b": 1}, {"b": 2}], "c": {"d": 3}, "e": 4}, ["c.d", "a.b"])
    {'c.d': 3, 'a.b': [1, 2]}
    """
    if not fields:
        return data
    found = {}
    for spec in fields:
        value = data[spec] if spec in data else _at(data, spec.split("."))
        if value is not _MISSING:
            found[spec] = value
    return found


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


def _at(value: Any, parts: Sequence[str]) -> Any:
    for index, part in enumerate(parts):
        if isinstance(value, Mapping):
            value = value.get(part, _MISSING)
        elif isinstance(value, list) and part.isdecimal():
            value = value[int(part)] if int(part) < len(value) else _MISSING
        elif isinstance(value, list):
            found = [_at(item, parts[index:]) for item in value]
            return [item for item in found if item is not _MISSING] or _MISSING
        else:
            return _MISSING
        if value is _MISSING:
            return _MISSING
    return value
