"""Records → what corpus tools read: VRT for CWB and Sketch Engine, lines for MALLET, text files for the others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from jmtools.batches.feature import Feature, PartFeature
from jmtools.errors import RecordError
from jmtools.fields.path import Path, flat
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.visible import show
from jmtools.words.reader import SegmentOptions
from jmtools.words.segment import given_tokens, record_text
from jmtools.words.tokens import TokenAdder, TokenOptions

_LONGEST_TOKEN = 300  # characters a line of VRT gives to a word: CWB reads lines of 4,096 bytes, one character takes 3
_LONGEST_VALUE = 200  # characters of an attribute
_MOST_ATTRIBUTES = 2_500  # bytes of all attributes of a text
_BODY = frozenset(["text", "tokens", "pos", "offsets", "sentences", "segmenter", "sizes"])
_SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)]*")
_CLOSING = frozenset("”’」』）)》")
_SLUG = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LONGEST_SLUG = 60  # characters; a name must stay below 255 bytes


class _TokenReader:
    """The words of records: their own tokens, or what the segmenter makes of the text."""

    def __init__(self, options: SegmentOptions, *, pos: bool = False) -> None:
        self._adder = TokenAdder(
            options, TokenOptions(extras=("pos",), names_from=("text",)) if pos else TokenOptions()
        )
        self._pos = pos
        self.segmentation_of = self._adder.segmentation_of

    def of(self, data: Record) -> tuple[list[str], list[str]]:
        """Return tokens and, if they were asked for, their parts of speech."""
        given = data.get("pos")
        bare = data if self._pos and given is None else {**data, "pos": None}
        fields = self._adder.apply([bare])[0] if given is None or data.get("tokens") is None else {}
        tokens = fields.get("tokens") or given_tokens(data) or []
        return tokens, list(fields.get("pos") or given or [])


class _WritesWords(Feature):
    """A writer that reads words: records of two segmentations stop the run, unless the options allow it."""

    _words: _TokenReader | None = None
    _fields: tuple[str, ...] = ()

    def fields_read(self) -> tuple[str, ...]:
        """Return the fields that name or label a text."""
        return self._fields

    def segmentation_of(self, data: Record) -> str | None:
        """Return how a record is or will be segmented."""
        return None if self._words is None else self._words.segmentation_of(data)


class VrtWriter(_WritesWords, PartFeature[bytes]):
    """One token a line with its part of speech, in sentences, paragraphs and texts."""

    def __init__(self, options: SegmentOptions) -> None:
        self._words = words = _TokenReader(options, pos=True)
        self._tokens_of = words.of

    def check(self, data: Record) -> None:
        """Check that given parts of speech are those of the tokens.

        Raises:
            RecordError: If they are not as many.
        """
        tokens, pos = given_tokens(data), data.get("pos")
        if tokens is not None and pos is not None and (not isinstance(pos, list) or len(pos) != len(tokens)):
            raise RecordError("`pos` is not a list of as many items as `tokens`")

    def count(self, batch: Sequence[Record]) -> bytes:
        """Return the records as VRT."""
        return "".join(line + "\n" for data in batch for line in self._lines(data)).encode("utf-8", "backslashreplace")

    def _lines(self, data: Record) -> Iterator[str]:
        yield f"<text{_attributes(data)}>"
        tokens, tags = self._tokens_of(data)
        level = 0  # 0 outside, 1 in a paragraph, 2 in a sentence
        ended = False
        for token, tag in zip(tokens, tags or ["x"] * len(tokens), strict=True):
            if "\n" in token or "\u2028" in token:
                yield from ["</s>", "</p>"][2 - level :] if level else []
                level = 0
            word = show(token.strip()).replace("\\x09", " ")
            if not word:
                continue
            if ended and level == 2 and word not in _CLOSING:
                yield "</s>"
                level = 1
            yield from ["<p>", "<s>"][level:]
            level = 2
            ended = _SENTENCE_END.fullmatch(word) is not None or (ended and word in _CLOSING)
            tag = escape(show(str(tag))[:_LONGEST_VALUE])
            for start in range(0, len(word), _LONGEST_TOKEN):
                yield f"{escape(word[start : start + _LONGEST_TOKEN])}\t{tag}"
        yield from ["</s>", "</p>"][2 - level :] if level else []
        yield "</text>"


class MalletWriter(_WritesWords, PartFeature[bytes]):
    """One record a line: name, label, words; for `mallet import-file --token-regex '\\S+'`."""

    def __init__(self, options: SegmentOptions, label: str | None) -> None:
        self._words = words = _TokenReader(options)
        self._tokens_of = words.of
        self._label = Path(label) if label else None
        self._fields = (label,) if label else ()

    def count(self, batch: Sequence[Record]) -> bytes:
        """Return the records as lines."""
        return "".join(map(self._line, batch)).encode("utf-8", "backslashreplace")

    def _line(self, data: Record) -> str:
        name = slug(flat(data.get("id"))) or _digest(data)
        label = slug(self._label.cell(data)) if self._label else ""
        return f"{name}\t{label or '-'}\t{spaced(self._tokens_of(data)[0])}\n"


class TextFiles(_WritesWords, PartFeature[list[tuple[str, bytes, Fields]]]):
    """A text of each record, and what its file is called: never by data alone."""

    def __init__(self, options: SegmentOptions, *, words: bool, names: Sequence[str]) -> None:
        self._words = _TokenReader(options) if words else None
        self._names = [Path(spec) for spec in names]
        self._fields = tuple(names)

    def count(self, batch: Sequence[Record]) -> list[tuple[str, bytes, Fields]]:
        """Return for each record a stem for its file's name (or ""), the text and the other fields."""
        return [(self._stem(data), self._text(data), _metadata(data)) for data in batch]

    def _text(self, data: Record) -> bytes:
        if self._words is None:
            lines = record_text(data).split("\n") if data.get("text") is not None else [spaced(data["tokens"])]
        else:
            lines = [" ".join(line.split()) for line in " ".join(self._words.of(data)[0]).split("\n")]
        return "".join(show(line) + "\n" for line in lines).encode("utf-8", "backslashreplace")

    def _stem(self, data: Record) -> str:
        if not self._names:
            return ""
        parts = [slug(path.cell(data)) for path in self._names]
        stem = "_".join(part for part in parts if part)[:_LONGEST_SLUG].strip("._-")
        return f"{stem}-{_digest(data)[:8]}" if stem and not _RESERVED.fullmatch(stem) else _digest(data)[:8]


def slug(value: JsonValue) -> str:
    """Return a value as a word that is safe in file names and in columns separated by blanks.

    >>> slug("../etc/passwd"), slug(" 江海 日报"), slug(None)
    ('etc-passwd', '江海-日报', '')
    """
    text = "" if value is None else value if isinstance(value, str) else repr(value)
    return _SLUG.sub("-", text)[:_LONGEST_SLUG].strip("._-")


def spaced(tokens: Sequence[str]) -> str:
    """Return words in one line, blanks between them."""
    return show(" ".join(word for token in tokens for word in token.split()))


def _attributes(data: Record) -> str:
    room = _MOST_ATTRIBUTES
    found = ""
    for name, value in _metadata(data).items():
        key = re.sub(r"[^a-z0-9_]", "_", name.lower())
        if not re.match("[a-z]", key) or f" {key}=" in found or isinstance(value, dict) or value is None:
            continue
        text = show(str(flat(value)).replace("\n", " ").replace("\t", " "))
        if isinstance(value, list):
            if any(isinstance(item, dict) for item in value):
                continue
            text = show("|".join(["", *(str(flat(item)) for item in value), ""]) if value else "|")
        if len(text) > _LONGEST_VALUE:
            text = text[: _LONGEST_VALUE - 1] + "…"
        # CWB knows no quotation mark inside an attribute but as an entity.
        attribute = f" {key}={quoteattr(text, {chr(34): '&quot;', chr(39): '&apos;'})}"
        room -= len(attribute.encode("utf-8", "backslashreplace"))
        if room >= 0:
            found += attribute
    return found


def _metadata(data: Record) -> Fields:
    """Return the fields of a record that are not its words; of lists of objects the names or terms."""
    kept: Fields = {}
    for name, value in data.items():
        if name in _BODY:
            continue
        inner = next((key for key in ("term", "name") if Path(f"{name}.{key}").values(data) is not None), None)
        is_list = isinstance(value, list) and any(isinstance(item, dict) for item in value)
        kept[name] = Path(f"{name}.{inner}").values(data) if is_list and inner else value
    return kept


def _digest(data: Record) -> str:
    whole = repr(sorted(data.items(), key=lambda item: item[0]))
    return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()[:16]
