"""Records → the words of each, with their parts of speech, places and sentences on request."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from jmtools.batches.feature import FilterFeature
from jmtools.errors import OptionError, RecordError
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import as_written
from jmtools.words.core import load_core
from jmtools.words.lexicon import Entry, Lexicon, load_lexicon
from jmtools.words.name_forms import BODY, PERSON, PLACE
from jmtools.words.postag import Tagger, find_names
from jmtools.words.protected import holds_markup
from jmtools.words.reader import SegmentOptions
from jmtools.words.segment import given_tokens, load_segmenter, record_text, segmentation_of, with_lexicon
from jmtools.words.sentences import sentence_spans
from jmtools.words.stopwords import load_stop_rules
from jmtools.words.token_writer import TokenWriter

TEXT, BODIES = "text", "bodies"  # where `names_from` takes names of people and places, and of organisations
EXTRAS = ("pos", "offsets", "sentences")
LONGEST_NAME = 12  # characters: 阿卜杜勒·凯里莫夫 has 9; a longer byline is searched for names
Dropped = Counter[tuple[str, str]]  # (word, rule) → how often


@dataclass(frozen=True)
class TokenOptions:
    """Which words of a record are kept, and what is added about them.

    Attributes:
        extras: Which of `EXTRAS` are added.
        pos: Keep only words of these parts of speech; empty keeps all.
        stopwords: Stop list, `none`, `default` or a path.
        names_from: Names that stay whole in their own record: a field that holds names, or `text` for people and
            places that headline and text show by what stands around them, or `bodies` for organisations.
        count_dropped: Whether to count what was dropped.
    """

    extras: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    stopwords: str = "none"
    names_from: tuple[str, ...] = ()
    count_dropped: bool = False


class TokenAdder(FilterFeature):
    """Adds `tokens`, the words of headline and text, `segmenter`, how they were segmented, and the requested extras."""

    def __init__(self, options: SegmentOptions, token_options: TokenOptions = TokenOptions()) -> None:
        self._options = token_options
        if unknown := set(token_options.extras) - set(EXTRAS):
            raise OptionError(f"--add: nothing called {min(unknown)!r} can be added; there are {', '.join(EXTRAS)}")
        if token_options.count_dropped and token_options.stopwords == "none" and not token_options.pos:
            raise OptionError("--show-dropped lists what --stopwords and --pos remove; give one of them")
        self._base = load_segmenter(options.segmenter)
        self._lexicon = load_lexicon(options.dictionary_paths, fold_case=options.fold_case)
        self._fold_case = options.fold_case
        self._segmenter = with_lexicon(self._base, self._lexicon)
        self._rules = load_stop_rules(token_options.stopwords)
        joins = BODIES in token_options.names_from
        needs_tags = token_options.pos or "pos" in token_options.extras or joins
        self._tagger = Tagger(self._lexicon) if needs_tags else None
        kinds = {PERSON, PLACE} if TEXT in token_options.names_from else set()
        # jieba's own segmentation stays its own.
        self._kinds = kinds | ({BODY} if joins else set()) if self._base.name == "rjieba" else set()
        self._plain = not (token_options.extras or token_options.pos or self._rules or token_options.names_from)
        self._dropped: Dropped = Counter()
        self._origin = {"name": self._base.name, "version": self._base.version, "hash": self._fingerprint()}
        self._mixed = options.allow_mixed
        core = load_core() if self._plain and self._base.name == "rjieba" and not self._lexicon else None
        self._writer = None if core is None else TokenWriter(core)

    def fields_read(self) -> tuple[str, ...]:
        """Return the fields that hold names."""
        return tuple(name for name in self._options.names_from if name not in (TEXT, BODIES))

    def segmentation_of(self, data: Record) -> str | None:
        """Return how a record is or will be segmented, dropped words included."""
        return None if self._mixed else segmentation_of(data) or str(self._origin["hash"])

    def has_residue(self, data: Record) -> bool:
        """Tell whether tags or entities stand in the text that is segmented."""
        text = data.get("text")
        return isinstance(text, str) and data.get("tokens") is None and holds_markup(text)

    def apply(self, batch: Sequence[Record]) -> list[Fields]:
        """Return `tokens`, `segmenter` and the extras of each record; tokens that a record brings are kept."""
        return [self._fields(data) for data in batch]

    def written_fields(self, batch: Sequence[Record]) -> list[Fields]:
        """Return what `apply` returns; tokens may be JSON already."""
        writer = self._writer
        return self.apply(batch) if writer is None else [self._written(data, writer) for data in batch]

    def take_side_counts(self) -> Dropped | None:
        """Return what was dropped since the last call, or None where it is not counted."""
        if not self._options.count_dropped:
            return None
        dropped, self._dropped = self._dropped, Counter()
        return dropped

    def _written(self, data: Record, writer: TokenWriter) -> Fields:
        if data.get("tokens") is not None:
            return self._fields(data)
        written = writer.write(record_text(data))
        return self._fields(data) if written is None else {"tokens": as_written(written), "segmenter": self._origin}

    def _fields(self, data: Record) -> Fields:
        given = given_tokens(data)
        if self._plain:
            tokens = self._segmenter.cut(record_text(data)) if given is None else given
            return {} if given is not None else {"tokens": tokens, "segmenter": self._origin}
        text = "".join(given) if given is not None and data.get("text") is None else record_text(data)
        tokens, names = self._cut(data, text) if given is None else (given, self._names_among(given))
        tags = self._tagger.tags(tokens, names) if self._tagger else None
        keep = self._kept(tokens, tags) if given is None else list(range(len(tokens)))
        fields: Fields = {}
        if given is None:
            fields = {"tokens": [tokens[index] for index in keep], "segmenter": self._origin}
        if tags is not None and "pos" in self._options.extras:
            fields["pos"] = [tags[index] for index in keep]
        if {"offsets", "sentences"} & set(self._options.extras):
            spans = list(places(text, tokens))
            kept = [spans[index] for index in keep]
            if "offsets" in self._options.extras:
                fields["offsets"] = kept
            if "sentences" in self._options.extras:
                fields["sentences"] = list(_sentences(text, kept))
        return fields

    def _cut(self, data: Record, text: str) -> tuple[list[str], dict[int, str] | None]:
        """Return the words of a record, and which of them are names."""
        sources = [source for source in self._options.names_from if source != BODIES]
        given = {name for source in sources for name in _names(data, source, text, dotted=not self._kinds)}
        tokens = self._segmenter.cut(text)
        if not all(tokens.count(name) == text.count(name) for name in given):
            entries = [Entry(name, "nr") for name in sorted(given)]
            lexicon = Lexicon([*self._lexicon, *entries], fold_case=self._fold_case)
            tokens = with_lexicon(self._base, lexicon).cut(text)
        if not self._kinds:
            return tokens, None
        from jmtools.words.found_names import whole_names

        entry = self._lexicon.entry
        tokens, names = whole_names(
            tokens,
            self._kinds,
            self._segmenter.cut,
            is_fixed=lambda word: word in given or entry(word) is not None,
        )
        shown = {at: PERSON for at, token in enumerate(tokens) if token in given}
        return tokens, shown | {at: kind or shown.get(at, "") for at, kind in names.items()}

    def _names_among(self, tokens: Sequence[str]) -> dict[int, str] | None:
        if not self._kinds or self._tagger is None:
            return None
        from jmtools.words.found_names import names_in

        return names_in(tokens)

    def _kept(self, tokens: list[str], tags: list[str] | None) -> list[int]:
        """Return the indexes of the words that neither the stop list nor the parts of speech set aside."""
        wanted = frozenset(self._options.pos)
        keep: list[int] = []
        for index, token in enumerate(tokens):
            rule = self._rules.get(token)
            if rule is None and wanted and tags is not None and tags[index] not in wanted:
                rule = f"part of speech {tags[index]}"
            if rule is None:
                keep.append(index)
            elif self._options.count_dropped:
                self._dropped[token, rule] += 1
        return keep

    def _fingerprint(self) -> str:
        """Return the segmenter's own fingerprint, or a hash of everything that decides which tokens a text gets."""
        options = self._options
        if not (self._rules or options.pos or options.names_from):
            return self._segmenter.fingerprint
        parts = [self._segmenter.fingerprint, *sorted(self._rules), "", *sorted(options.pos), "", *options.names_from]
        if self._kinds:
            from jmtools.words.name_chain import name_chain

            parts.append(name_chain().fingerprint)
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def dropped_records(dropped: Dropped) -> Iterator[Fields]:
    """Yield what was dropped, most frequent first: `term`, `rule`, `freq`."""
    for (term, rule), freq in sorted(dropped.items(), key=lambda item: (-item[1], item[0])):
        yield {"term": term, "rule": rule, "freq": freq}


def _names(data: Record, source: str, text: str, *, dotted: bool) -> list[str]:
    """Return the names that a field of a record gives, or the record's text."""
    if source == TEXT:
        return find_names(text, dotted=dotted)
    value = data.get(source)
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping) and isinstance(item.get("name"), str):
            names.append(item["name"].strip())
        elif isinstance(item, str):
            names += find_names(item, dotted=False) or ([item.strip()] if len(item.strip()) <= LONGEST_NAME else [])
    return [name for name in names if len(name) > 1]


def places(text: str, tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each token stands, in characters of headline, line break and text.

    Raises:
        RecordError: If given tokens are not those of the text.
    """
    if "".join(tokens) == text:
        ends = list(accumulate(map(len, tokens)))
        yield from zip([0, *ends], ends, strict=False)
        return
    end = 0
    for token in tokens:
        start = text.find(token, end)
        if start < 0:
            raise RecordError(f"`tokens` has {token!r}, which does not stand in `text` after the tokens before it")
        end = start + len(token)
        yield start, end


def _sentences(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the tokens of each sentence as (first, after the last); sentences without any are left out."""
    first = 0
    for _, end in sentence_spans(text):
        last = first
        while last < len(places) and places[last][0] < end:
            last += 1
        if last > first:
            yield first, last
        first = last
