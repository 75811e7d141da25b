"""Join articles that continue on another page of the same issue."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from jmtools.io.json_types import Fields
from jmtools.pages.shapes import complete

MAX_PAGES = 400
"""Pages of one issue that are held at most; a longer run of one date is resolved in parts."""

_JOINED = ("subheads", "captions", "marks")
_PLACE = ("id", "page", "source", "line_start", "line_end", "char_start", "char_end", "spans")
_SURE = 0.02  # a single pair of jumps needs less similarity than one of several


def resolve_issues(pages: Iterable[list[Fields]]) -> Iterator[Fields]:
    """Yield the records of pages in order, jumps within one issue (newspaper and date) resolved.

    Holds the pages of one issue. Pages without a date are handed on at once.
    """
    held: list[list[Fields]] = []
    date = newspaper = None
    for records in pages:
        known = bool(records) and records[0]["date"] is not None and records[0]["page"] is not None
        other = known and newspaper is not None and records[0]["newspaper"] not in (None, newspaper)
        if held and (not known or other or records[0]["date"] != date or len(held) >= MAX_PAGES):
            yield from resolve_jumps([record for page in held for record in page])
            held, newspaper = [], None
        if not known:
            yield from records
            continue
        held.append(records)
        date, newspaper = records[0]["date"], newspaper or records[0]["newspaper"]
    yield from resolve_jumps([record for page in held for record in page])


def resolve_jumps(records: list[Fields]) -> list[Fields]:
    """Join the records of one issue that are parts of one article; the others stay as they are.

    A part that goes on (`continued_to`) and one that comes from elsewhere (`continued_from`) belong together when each
    names the other's page; among several, the likest in words and in how the text runs on.
    """
    outs = [record for record in records if record["continued_to"]]
    ins = [record for record in records if record["continued_from"]]
    pairs = []
    for i, out in enumerate(outs):
        for j, onward in enumerate(ins):
            if out is not onward and _same_page(out["continued_to"], onward["page"]) is not False:
                back = _same_page(onward["continued_from"], out["page"])
                if back is not False:
                    pairs.append((_likeness(out, onward), i, j))
    next_of, before_of = {}, {}
    onwards, backs = Counter(i for _, i, _ in pairs), Counter(j for _, _, j in pairs)
    for likeness, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        rivals = onwards[i] + backs[j] - 2  # other pairs with one of the two
        if i not in next_of and j not in before_of and (likeness >= _SURE or not rivals):
            next_of[i], before_of[j] = j, i
    after = {id(outs[i]): ins[j] for i, j in next_of.items()}
    taken = {id(ins[j]) for j in before_of}
    resolved = []
    for record in records:
        if id(record) in taken:
            continue
        parts = [record]
        while (onward_part := after.get(id(parts[-1]))) is not None and all(onward_part is not part for part in parts):
            parts.append(onward_part)
        resolved.append(_merge(parts) if len(parts) > 1 else record)
    return resolved


def _same_page(named: str | None, page: str | None) -> bool | None:
    """Say whether a jump's page is this page; None where one of them is not known.

    >>> _same_page("1", "A01"), _same_page("A01", "B01"), _same_page("A1", "A01")
    (True, False, True)
    """
    if named is None or page is None:
        return None
    (letters, number), (own_letters, own_number) = _parts(named), _parts(page)
    return number == own_number and (not letters or not own_letters or letters == own_letters)


def _parts(name: str) -> tuple[str, str]:
    match = re.fullmatch(r"([A-Z]*)0*([0-9]+)", name)
    return (match[1], match[2]) if match else (name, "")


def _likeness(out: Fields, onward: Fields) -> float:
    """Return how well a continuation fits: words in common with the first part, same headline, open sentence."""
    own, other = _grams(out["text"][-3000:]), _grams(onward["text"][:3000])
    shared = len(own & other) / (min(len(own), len(other)) or 1)
    if onward["headline"] and out["headline"]:
        head, back = _grams(out["headline"]), _grams(onward["headline"])
        shared += len(head & back) / (min(len(head), len(back)) or 1)
    if out["text"] and onward["text"] and complete(out["text"][-80:]) == bool(onward["text"][0] in "“《　"):
        shared += 0.01
    return shared


def _grams(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if a > "一" and b > "一"}


def _merge(parts: list[Fields]) -> Fields:
    merged = dict(parts[0])
    for part in parts[1:]:
        first, rest = merged["text"], part["text"]
        running_on = first and rest and not complete(first[-80:].rsplit("\n", 1)[-1])
        merged["text"] = first + ("" if running_on or not first or not rest else "\n") + rest
        for name in _JOINED:
            merged[name] = merged[name] + part[name]
        merged["authors"] = merged["authors"] + [one for one in part["authors"] if one not in merged["authors"]]
        merged["byline"] = " ".join(filter(None, (merged["byline"], part["byline"]))) or None
        told = [one["confidence"] for one in (merged, part) if one["confidence"] is not None]
        merged["confidence"] = min(told, default=None)
        if part["headline"]:
            merged["marks"] = [*merged["marks"], part["headline"]]
    merged["continued_to"] = parts[0]["continued_to"]
    flags = [flag for part in parts for flag in part["flags"]]
    last_open = "unresolved_jump" in parts[-1]["flags"]
    gone = {"orphan_continuation", "unresolved_jump", "no_headline"} - ({"unresolved_jump"} if last_open else set())
    if parts[0]["headline"] is None:
        gone.discard("no_headline")
    if merged["text"]:
        gone.add("no_text")
    if parts[0]["type"] == "continuation":
        gone.discard("orphan_continuation")
    merged["flags"] = [flag for flag in dict.fromkeys(flags) if flag not in gone]
    merged["pages"] = [part["page"] for part in parts]
    merged["parts"] = [{name: part[name] for name in _PLACE if name in part} for part in parts]
    merged.pop("spans", None)
    return merged
