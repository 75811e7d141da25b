"""Pairs of terms → a network in GraphML, for Gephi, Cytoscape, igraph and networkx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from xml.sax.saxutils import escape

from jmtools.batches.feature import CountFeature
from jmtools.errors import RecordError
from jmtools.fields.path import Path, flat
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.visible import show

PAIRS = (("source", "target"), ("term_a", "term_b"), ("node", "term"))
_WEIGHTS = ("weight", "freq", "docfreq")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_MOST_TERMS = 200  # terms of one record that are paired with each other

Edge = tuple[str, str, Fields]


@dataclass
class GraphPart:
    """The network of some records.

    Attributes:
        edges: Pairs that records give, with their other fields.
        pairs: Pairs of terms within a record, and in how many records they are.
        terms: In how many records a term is.
    """

    edges: list[Edge] = field(default_factory=list)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)


class GraphBuilder(CountFeature[GraphPart, GraphPart]):
    """Takes the edges out of records: pairs as `cooc` and `collocates` give them, or the keywords of articles."""

    def __init__(self, *, source: str | None = None, target: str | None = None, terms: str = "keywords.term") -> None:
        """Say where the edges are.

        Args:
            source: Field of the one end; None looks for the usual ones.
            target: Field of the other.
            terms: Where a record has no pair: the path of the terms that belong together because it has them all.
        """
        self._pair = (source, target) if source and target else None
        self._terms = Path(terms)

    def check(self, data: Record) -> None:
        """Check that a record gives an edge or terms.

        Raises:
            RecordError: If it has neither.
        """
        if self._ends(data) is None and self._terms.values(data) is None and "text" not in data:
            wanted = " and ".join(f"`{name}`" for name in self._pair or ("source", "target"))
            raise RecordError(f"has neither {wanted} nor `{self._terms.spec}`; --source and --target name the fields")

    def count(self, batch: Sequence[Record]) -> GraphPart:
        """Return the network of a batch."""
        part = GraphPart()
        for data in batch:
            pair = self._ends(data)
            if pair is not None:
                rest = {k: flat(v) for k, v in data.items() if k not in pair and v is not None}
                part.edges.append((_name(data[pair[0]]), _name(data[pair[1]]), rest))
                continue
            found = sorted({_name(value) for value in self._terms.values(data) or () if value is not None})[
                :_MOST_TERMS
            ]
            part.terms.update(found)
            part.pairs.update(combinations(found, 2))
        return part

    def merge(self, total: GraphPart, part: GraphPart) -> GraphPart:
        """Add the network of the next batch."""
        total.edges += part.edges
        total.pairs.update(part.pairs)
        total.terms.update(part.terms)
        return total

    def pieces(self, total: GraphPart) -> Iterator[bytes]:
        """Yield the GraphML file; numbers are attributes that tools can size and colour by."""
        edges = [*total.edges, *((a, b, {"docfreq": n}) for (a, b), n in sorted(total.pairs.items()))]
        for edge in edges:
            weight = next((edge[2][name] for name in _WEIGHTS if isinstance(edge[2].get(name), int | float)), None)
            if weight is not None:
                edge[2].setdefault("weight", weight)
        nodes: dict[str, Fields] = {term: {"docfreq": n} for term, n in sorted(total.terms.items())}
        for source, target, _ in edges:
            nodes.setdefault(source, {})
            nodes.setdefault(target, {})
        yield from (text.encode("utf-8", "backslashreplace") for text in _graphml(nodes, edges))

    def _ends(self, data: Record) -> tuple[str, str] | None:
        for a, b in (self._pair,) if self._pair else PAIRS:
            if data.get(a) is not None and data.get(b) is not None:
                return a, b
        return None


def _graphml(nodes: Mapping[str, Record], edges: Sequence[Edge]) -> Iterator[str]:
    yield _HEAD
    keys: dict[tuple[str, str], str] = {}
    for where, things in (("node", nodes.values()), ("edge", [rest for _, _, rest in edges])):
        kinds: dict[str, set[type]] = {"label": {str}} if where == "node" else {}
        for rest in things:
            for name, value in rest.items():
                kinds.setdefault(name, set()).add(type(value))
        for name, found in kinds.items():
            keys[where, name] = key = f"{where[0]}{len(keys)}"
            kind = "string" if not found <= {int, float} else "double" if float in found else "long"
            yield f'<key id="{key}" for="{where}" attr.name="{_xml(name)}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="undirected">\n'
    ids = {name: f"n{number}" for number, name in enumerate(nodes)}
    for name, rest in nodes.items():
        yield f'<node id="{ids[name]}">{_data(keys, "node", {"label": name, **rest})}</node>\n'
    for source, target, rest in edges:
        yield f'<edge source="{ids[source]}" target="{ids[target]}">{_data(keys, "edge", rest)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(keys: Mapping[tuple[str, str], str], where: str, rest: Record) -> str:
    return "".join(f'<data key="{keys[where, name]}">{_xml(str(value))}</data>' for name, value in rest.items())


def _name(value: JsonValue) -> str:
    cell = flat(value)
    return cell if isinstance(cell, str) else repr(cell)


def _xml(text: str) -> str:
    return escape("\n".join(show(line) for line in text.split("\n")), {'"': "&quot;"})
