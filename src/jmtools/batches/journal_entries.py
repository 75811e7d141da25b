"""Results of parts as entries of the journal of a folder: all that a run which goes on must know of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jmtools.batches.workers import BatchResult
from jmtools.fields.missing import Sightings
from jmtools.io.files import plain_name
from jmtools.io.json_types import Fields, JsonValue
from jmtools.io.records import Place, Reject


def entry_of(result: BatchResult) -> Fields:
    """Return what is kept of a result; its lines are in the part.

    Raises:
        TypeError: If side counts are not made of maps, sequences and JSON's scalars.
    """
    return {
        "read": result.read,
        "good": result.good,
        "repeats": result.repeats,
        "storyless": result.storyless,
        "residue": result.residue,
        "passed": dict(result.passed),
        "side_counts": [_encoded(counts) for counts in result.side_counts],
        "rejects": [[*_place(r.place), r.reason, r.raw.hex(), r.truncated] for r in result.rejects],
        "segmentations": {name: _place(place) for name, place in result.segmentations.items()},
        "lengths": [[length, _place(place)] for length, place in result.lengths.items()],
        "sightings": [result.sightings.ends, list(result.sightings.names)],
        "range": [plain_name(result.range_of), result.range_lines],
    }


def result_of(entry: Fields) -> BatchResult:
    """Return the result of which an entry was made.

    Raises:
        KeyError, TypeError: If it is no such entry.
    """
    ends, names = entry["sightings"]
    return BatchResult(
        read=entry["read"],
        good=entry["good"],
        repeats=entry["repeats"],
        storyless=entry["storyless"],
        residue=entry["residue"],
        passed=Counter(entry["passed"]),
        side_counts=[_decoded(counts) for counts in entry["side_counts"]],
        rejects=[Reject(Place(*r[:3]), r[3], bytes.fromhex(r[4]), r[5]) for r in entry["rejects"]],
        segmentations={name: Place(*place) for name, place in entry["segmentations"].items()},
        lengths={length: Place(*place) for length, place in entry["lengths"]},
        sightings=Sightings(ends, dict.fromkeys(names)),
        range_of=entry["range"][0],
        range_lines=entry["range"][1],
    )


def _place(place: Place) -> list[Any]:
    return [plain_name(place.file), place.line, place.byte]


def _encoded(value: Any) -> JsonValue:
    """Return side counts as JSON, in which keys of maps are strings and tuples are lists."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Mapping):
        return {"map": [[_encoded(key), _encoded(one)] for key, one in value.items()]}
    if isinstance(value, Sequence):
        return {"tuple" if isinstance(value, tuple) else "list": [_encoded(one) for one in value]}
    raise TypeError(f"side counts hold a {type(value).__name__}")


def _decoded(value: JsonValue) -> Any:
    if not isinstance(value, dict):
        return value
    [(kind, inner)] = value.items()
    if kind == "map":
        return {_decoded(key): _decoded(one) for key, one in inner}
    values = [_decoded(one) for one in inner]
    return tuple(values) if kind == "tuple" else values
