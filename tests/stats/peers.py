"""Inputs so small that a published figure can be computed from them: how each kind is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Records = list[dict[str, Any]]


def build(wanted: dict[str, Any]) -> dict[str, Records]:
    """Return the records of each input that a command names: IN, and REF for a comparison."""
    kind = wanted["type"]
    if kind == "files":
        return dict(wanted["files"])
    if kind in ("keyness", "docs"):
        return _sides(wanted)
    return {"IN": list(_SINGLE[kind](wanted))}


def _fill(n: int, step: int = 2000) -> Iterator[dict[str, Any]]:
    """Yield records of n words that nobody looks for."""
    while n > 0:
        yield {"tokens": ["f"] * min(n, step)}
        n -= step


def _parts(wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A term in parts of these sizes."""
    for freq, size in zip(wanted["freqs"], wanted["sizes"], strict=True):
        yield {"tokens": ["x"] * freq + ["y"] * (size - freq)}


def _sides(wanted: dict[str, Any]) -> dict[str, Records]:
    if wanted["type"] == "keyness":
        return {
            name: [{"tokens": ["x"] * freq} if freq else {"tokens": ["f"]}, *_fill(n - max(freq, 1))]
            for name, freq, n in (("IN", wanted["a"], wanted["n_a"]), ("REF", wanted["b"], wanted["n_b"]))
        }
    sides = {}
    for name, column, n in (("IN", 1, wanted["n1"]), ("REF", 2, wanted["n2"])):
        rows: list[list[str]] = [[] for _ in range(n)]
        for pair in wanted["pairs"]:
            for row in rows[: pair[column]]:
                row.append(pair[0])
        sides[name] = [{"tokens": row or ["f"]} for row in rows]
    return sides


def _bigram(wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A pair of neighbours: both, the first alone, the second alone, neither."""
    both, first, second, neither = wanted["table"]
    yield from [{"tokens": ["n", "x"]}] * both + [{"tokens": ["n", "f"]}] * first + [{"tokens": ["x"]}] * second
    yield from _fill(neither - both - first)


def _cooc(wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Records with both terms, one, the other, neither."""
    for count, tokens in zip(wanted["table"], (["xx", "yy"], ["xx"], ["yy"], ["zz"]), strict=True):
        yield from [{"tokens": tokens}] * count


def _surface(wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Many collocates of one node, each with its frequency beside the node and in all."""
    slots = [word for word, freq, _ in wanted["pairs"] for _ in range(freq)]
    slots += ["f"] * (wanted["f1"] - len(slots))
    yield from ({"tokens": ["NODE", word]} for word in slots)
    alone = [word for word, freq, total in wanted["pairs"] for _ in range(total - freq)]
    yield from ({"tokens": alone[i : i + 500]} for i in range(0, len(alone), 500))
    yield from _fill(wanted["N"] - 2 * wanted["f1"] - len(alone))


def _series(wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A term so many times in so many words of each month; None is a gap."""
    for month, value in enumerate(wanted["values"]):
        if value is not None:
            year, number = divmod(month, 12)
            tokens = ["x"] * value + ["f"] * (wanted["of"] - value)
            yield {"date": f"{1900 + year}-{number + 1:02d}-01", "tokens": tokens}


def _batches(wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A term in so many of the records of each month."""
    for month, (hits, records) in enumerate(zip(wanted["r"], wanted["d"], strict=True), 1):
        yield from ({"date": f"2000-{month:02d}-01", "tokens": ["x" if k < hits else "f"]} for k in range(records))


_SINGLE = {
    "records": lambda wanted: iter(wanted["records"]),
    "parts": _parts,
    "bigram": _bigram,
    "cooc": _cooc,
    "surface": _surface,
    "series": _series,
    "batches": _batches,
}
