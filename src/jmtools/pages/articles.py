"""Lines with roles become article records."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from jmtools.fields.file_names import Folio
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.io.json_types import Fields
from jmtools.pages.authors import Credits, read_credits
from jmtools.pages.credits import byline_authors
from jmtools.pages.cues import simplify
from jmtools.pages.datelines import read_dateline
from jmtools.pages.folio import read_folio
from jmtools.pages.headlines import read_headline
from jmtools.pages.inline_credits import is_author_note, is_photo_credit
from jmtools.pages.jumps import cut_jump_in, cut_jump_out, read_jump_in, read_jump_out
from jmtools.pages.lines import Line
from jmtools.pages.marked_briefs import BRIEF_MARKS
from jmtools.pages.model import Decoded
from jmtools.pages.reading import one_form, read_lines
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete

_TYPES = {"A": "ad", "T": "notice", "D": "table", "F": "folio"}
_FURTHER = {"A": "a", "D": "dN", "F": "f"}  # a note below a table says where it comes from
_PSA = LazyPattern(
    r"公益广告|讲文明\s*树新风|图说我们的价值观|社会主义核心价值观|文明办|文明委|精神文明建设|宣传部|公益"
)
_PSA_LABEL = LazyPattern(r".{0,16}公益广告.{0,4}")  # 讲文明 树新风 by itself is one of the slogans
_BOXES = (
    ("weather", LazyPattern(r"天气|气象|气温|[0-9]℃")),
    ("index", LazyPattern(r"导读|看点|要目|索引|>>\s*[A-Z]?[0-9]|(?:[….·]{2,}|见第?)\s*[A-Z]?[0-9]{1,2}版?")),
)
_TITLE = LazyPattern(
    r"[^\s　0-9：:℃]{2,24}(?:[ 　][^\s　0-9：:℃]{2,24})?(?:[（(][^（()）]{1,24}[）)])?"
)  # of a table or weather box
_BRIEF, _STOPS = 40, ("。", "。”", "。」", "。）")  # characters of a paragraph that is no headline
_CLOSING_WIRE = LazyPattern(r"[（(][^（()）]{0,24}[电電讯訊][ 　]*(?:本报|本報|新华社|新華社)?[记記]者[^（()）]+[）)]")
_OBITUARY = LazyPattern(r"讣告|讣闻|沉痛悼念")


@dataclass(slots=True)
class _Draft:
    """One record while its lines are read."""

    start: str
    lines: list[Line] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    headline: list[str] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    continued_from: str | None = None
    continued_to: str | None = None
    open: bool = False
    flags: list[str] = field(default_factory=list)


@lru_cache(1)  # asked for twice
def page_digest(page: str) -> bytes:
    """Return what the ids of a page's records are made of: nothing but its text."""
    return hashlib.blake2b(page.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def record_id(digest: bytes, order: int) -> str:
    """Return the id of the record at a place of a page: the same for the same text, whatever the file is called."""
    return hashlib.blake2b(digest + order.to_bytes(8, "big"), digest_size=8).hexdigest()


def assemble(page: str, lines: Sequence[Line], decoded: Decoded, known: Folio, source: str | None) -> list[Fields]:
    """Build the records of a page, in page order.

    Args:
        page: The text of the page.
        lines: Its lines.
        decoded: One role a line, with its probability.
        known: What file name and options say of the page; folio lines are trusted more.
        source: The file, or None.
    """
    roles = decoded.roles
    drafts = _drafts(lines, roles)
    if not decoded.wide:  # databases with digits of full width keep a brief as a headline
        for draft in drafts:
            _free_brief(draft)
    folio = read_folio([line.text for line, role in zip(lines, roles, strict=True) if role in "Ff"]).or_else(known)
    digest = page_digest(page)
    records = [_record(draft, record_id(digest, order), order, folio, source) for order, draft in enumerate(drafts, 1)]
    if "u" in roles:
        places = {line.start: place for place, line in enumerate(lines)}
        for draft, record in zip(drafts, records, strict=True):
            runs = _runs(draft.lines, places)
            if len(runs) > 1:
                record["spans"] = [_span(run) for run in runs]
    return records


def _drafts(lines: Sequence[Line], roles: Sequence[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    current = inner = None  # inner: an advertisement inside a broken paragraph of the current record
    for line, role in zip(lines, roles, strict=True):
        if role == "u":
            if inner is None:
                inner = _Draft("A")
                drafts.append(inner)
            _add(inner, line, "a")
            continue
        inner = None
        ended = current is not None and current.start in _FURTHER and role not in _FURTHER[current.start]
        if current is None or role in STARTS or ended:
            current = _Draft(role if role in STARTS else "P")
            drafts.append(current)
        _add(current, line, role)
    return drafts


def _free_brief(draft: _Draft) -> None:
    """Turn the last lines of a record's headline into its text where they are paragraphs: a brief has no headline."""
    while draft.start == "H" and draft.headline and _is_paragraph(draft.headline[-1]):
        draft.paragraphs.insert(0, draft.headline.pop())


def _is_paragraph(text: str) -> bool:
    whole = text.endswith(_STOPS) or (text[-1] in "）)." and complete(read_lines([text])[0]))
    return whole and (len(text) >= _BRIEF or text[0] in BRIEF_MARKS or read_dateline(text) is not None)


def _add(draft: _Draft, line: Line, role: str) -> None:
    draft.lines.append(line)
    draft.roles.append(role)
    text = line.text
    if role in "HhT":
        draft.headline.append(text)
    elif role in "POME":
        _add_text(draft, role, text)
    elif role in "Ss":
        draft.subheads.append(text)
    elif role in "Cc":
        draft.captions.append(text)
    elif role in "Jj":
        jump = read_jump_in(text)
        draft.continued_from = jump.page if jump else draft.continued_from
        draft.marks.append(text)
    elif role == "X":
        jump = read_jump_out(text)
        draft.continued_to = jump.page if jump else draft.continued_to
        draft.marks.append(text)
    elif role in "BNn" and draft.paragraphs and _CLOSING_WIRE.fullmatch(one_form(text)):
        draft.paragraphs.append(text)
    elif role in "BNn":
        named = role == "B" or (byline_authors(text) is not None and not is_photo_credit(text))
        named = named and not is_author_note(text)
        (draft.bylines if named else draft.marks).append(text)
    elif role in "Aa" and _PSA_LABEL.fullmatch(simplify(text)):
        draft.marks.append(text)
    else:
        draft.paragraphs.append(text)


def _add_text(draft: _Draft, role: str, text: str) -> None:
    if role in "PO" and not draft.paragraphs:
        text, mark, page = cut_jump_in(text)
        if mark:
            draft.marks.append(mark)
            draft.continued_from = page
    text, mark, page = cut_jump_out(text)
    if mark:
        draft.marks.append(mark)
        draft.continued_to = page
    if role in "ME" and draft.paragraphs:
        between = " " if _latin(draft.paragraphs[-1][-1]) and _latin(text[0]) else ""
        draft.paragraphs[-1] += between + text
    else:
        draft.paragraphs.append(text)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _record(draft: _Draft, id_: str, order: int, folio: Folio, source: str | None) -> Fields:
    kind = _type(draft)
    if kind in ("table", "weather") and len(draft.paragraphs) > 1 and _TITLE.fullmatch(draft.paragraphs[0]):
        draft.headline = [draft.paragraphs.pop(0)]
    headline = read_headline(draft.headline)
    read = Credits() if draft.start in _TYPES else read_credits(draft.bylines, draft.marks, draft.paragraphs)
    return {
        "id": id_,
        "type": kind,
        "kicker": headline.kicker if headline else None,
        "headline": headline.whole if headline else None,
        "deck": headline.deck if headline else None,
        "subheads": draft.subheads,
        "byline": " ".join(draft.bylines) or None,
        "authors": read.authors,
        "dateline": read.dateline,
        "origin": read.origin,
        "text": "\n".join(draft.paragraphs),
        "captions": draft.captions,
        "continued_from": draft.continued_from,
        "continued_to": draft.continued_to,
        "marks": draft.marks,
        "page": folio.page,
        "page_name": folio.page_name,
        "date": folio.date,
        "newspaper": folio.newspaper,
        "order": order,
        "line_start": draft.lines[0].first,
        "line_end": draft.lines[-1].last,
        "char_start": draft.lines[0].start,
        "char_end": draft.lines[-1].end,
        "source": source,
        "confidence": None,
        "flags": _flags(draft, kind),
    }


def _runs(lines: Sequence[Line], places: dict[int, int]) -> list[list[Line]]:
    """Return a record's lines, cut where a line of another record stands between two of them."""
    runs = [[lines[0]]]
    for above, line in pairwise(lines):
        if places[line.start] > places[above.start] + 1:
            runs.append([])
        runs[-1].append(line)
    return runs


def _span(run: Sequence[Line]) -> dict[str, int]:
    first, last = run[0], run[-1]
    return {"line_start": first.first, "line_end": last.last, "char_start": first.start, "char_end": last.end}


def _type(draft: _Draft) -> str:
    if draft.continued_from is not None or draft.start == "J":
        return "continuation"
    text = " ".join(line.text for line in draft.lines[:20])
    if draft.start == "A":
        return "psa" if _PSA.search(simplify(text)) else "ad"
    if draft.start == "T" and _OBITUARY.search(simplify(text)):
        return "obituary"
    if draft.start == "D":
        return next((kind for kind, pattern in _BOXES if pattern.search(text)), "table")
    if draft.start in _TYPES:
        return _TYPES[draft.start]
    return "photo" if draft.captions and not draft.paragraphs else "article"


def _flags(draft: _Draft, kind: str) -> list[str]:
    flags = list(draft.flags)
    if kind in ("article", "photo") and not draft.headline:
        flags.append("no_headline")
    if kind == "article" and draft.headline and not draft.paragraphs:
        flags.append("no_text")
    if kind == "continuation":
        flags.append("orphan_continuation")
    if draft.continued_to is not None:
        flags.append("unresolved_jump")
    return flags
