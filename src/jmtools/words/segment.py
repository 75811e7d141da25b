"""Segment text into words: the fast segmenter, jieba itself, and tokens that a record already has."""

import contextlib
import hashlib
import io
import warnings
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Protocol

from jmtools.errors import OptionError, RecordError
from jmtools.io.installed import version_of
from jmtools.io.json_types import Record
from jmtools.words.core import load_core, surrogate_error
from jmtools.words.dictionary import GuessedTags, WordTags, dictionary_path
from jmtools.words.lexicon import Entry, Lexicon, load_lexicon
from jmtools.words.pieces import MAX_CALL, MAX_HAN_RUN, han_parts, text_pieces
from jmtools.words.protected import RULES, cut_around

SEGMENTERS = ("rjieba", "jieba")


class Segmenter(Protocol):
    """What every command needs from a segmenter; `"".join(cut(text)) == text` always holds."""

    name: str

    @property
    def version(self) -> str:
        """Return the version of the segmenter's package."""

    @property
    def fingerprint(self) -> str:
        """Return 12 hex digits of segmenter, version and dictionaries: equal when texts are segmented alike."""

    def cut(self, text: str) -> list[str]:
        """Return the words of a text, white space and punctuation included."""

    def tag(self, text: str) -> list[tuple[str, str]]:
        """Return the same words as `cut`, each with its part of speech from the dictionary."""


def load_segmenter(
    name: str = "rjieba", *, user_dicts: Sequence[Path] = (), words: Sequence[str] = (), fold_case: bool = False
) -> Segmenter:
    """Return a ready segmenter; the package behind it is imported here and not before.

    Args:
        name: One of `SEGMENTERS`.
        user_dicts: Dictionaries whose entries always stay whole, in jieba's format or one word a line.
        words: More words that stay whole.
        fold_case: Whether both match in upper and lower case.

    Raises:
        OptionError: If there is no such segmenter.
        DataError: If a dictionary cannot be understood.
        FileError: If a dictionary cannot be read.
    """
    if name not in SEGMENTERS:
        raise OptionError(f"no segmenter called {name!r}; there are {', '.join(SEGMENTERS)}")
    base: Segmenter = _RjiebaSegmenter() if name == "rjieba" else _JiebaSegmenter()
    lexicon = load_lexicon(user_dicts, extra=map(Entry, words), fold_case=fold_case)
    return with_lexicon(base, lexicon)


def with_lexicon(base: Segmenter, lexicon: Lexicon) -> Segmenter:
    """Return a segmenter that keeps every entry of the lexicon whole and leaves the rest to `base`."""
    return _LexiconSegmenter(base, lexicon) if lexicon else base


def word_tags() -> WordTags:
    """Return a look-up of parts of speech by word; only the fast segmenter is loaded for it."""
    core = load_core()
    if core is not None:
        return WordTags(core.has_word, core.tag, core.tags_of)
    import rjieba

    return WordTags(rjieba.has_word, rjieba.tag)


def guess_tags() -> GuessedTags:
    """Return a guess at the parts of speech of words that no dictionary has, by the fast segmenter's own model."""
    return GuessedTags(_tag_by_rjieba)


def _tag_by_rjieba(text: str) -> list[tuple[str, str]]:
    import rjieba  # here: most runs meet no such word, and its dictionary takes longer than theirs

    return rjieba.tag(text)


def record_text(data: Record) -> str:
    r"""Return what a record says: its headline, when it has one, a line break, and its text.

    Raises:
        RecordError: If `text` is missing, or one of the two is not a string.

    >>> record_text({"headline": "粽子出口", "text": "销售订单走高。"})
    '粽子出口\n销售订单走高。'
    """
    text = data.get("text")
    if not isinstance(text, str):
        raise RecordError("`text` is not a string" if "text" in data else "has no `text`")
    headline = data.get("headline")
    if headline is None or headline == "":
        return text
    if not isinstance(headline, str):
        raise RecordError("`headline` is not a string")
    return f"{headline}\n{text}"


def given_tokens(data: Record) -> list[str] | None:
    """Return the `tokens` that a record brings, exactly as they are, or None.

    Raises:
        RecordError: If `tokens` is not a list of strings.
    """
    tokens = data.get("tokens")
    if tokens is None:
        return None
    if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
        raise RecordError("`tokens` is not a list of strings")
    return tokens


def record_tokens(data: Record, segmenter: Segmenter) -> list[str]:
    """Return the words of a record: its own `tokens` where it has them, else its headline and text, segmented.

    Raises:
        RecordError: If the record has no usable text, or its `tokens` are not a list of strings.
    """
    tokens = given_tokens(data)
    return segmenter.cut(record_text(data)) if tokens is None else tokens


def segmentation_of(data: Record) -> str | None:
    """Return how a record was segmented: the hash of `segment`, "unknown" for other tokens, None without tokens.

    Records whose answers differ must not be counted together.
    """
    if data.get("tokens") is None:
        return None
    origin = data.get("segmenter")
    digest = origin.get("hash") if isinstance(origin, Mapping) else None
    return digest if isinstance(digest, str) else "unknown"


class _RjiebaSegmenter:
    """The fast default: jieba's dictionary and algorithm, in our own core or in Rust; both give the same words."""

    name = "rjieba"

    def __init__(self) -> None:
        core = load_core()
        if core is not None:
            self._cut = core.cut
        else:
            import rjieba

            self._cut = rjieba.cut
        self._tags = word_tags()

    @cached_property
    def version(self) -> str:
        return version_of("rjieba")

    @cached_property
    def fingerprint(self) -> str:
        return _digest(self.name, self.version, RULES)

    def cut(self, text: str) -> list[str]:
        try:
            return cut_around(text, self._cut_piece)
        except UnicodeEncodeError as error:
            raise surrogate_error(text) from error

    def _cut_piece(self, text: str) -> list[str]:
        if len(text) <= MAX_CALL:
            return self._cut(text)
        one: dict[str, str] = {}  # a long text repeats its words: hold each once, a tenth of the memory
        return [one.setdefault(word, word) for piece in text_pieces(text) for word in self._cut(piece)]

    def tag(self, text: str) -> list[tuple[str, str]]:
        return list(zip(words := self.cut(text), map(self._tags.__getitem__, words), strict=True))


class _JiebaSegmenter:
    """Jieba itself, with a tokenizer of our own: no cache file in a shared folder, nothing on stderr."""

    name = "jieba"

    def __init__(self) -> None:
        jieba = _import_jieba()
        tokenizer = jieba.Tokenizer()
        # What initialize() would do, without its log lines and without the cache that anybody on the machine can plant.
        with dictionary_path().open("rb") as lines:
            tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(lines)
        tokenizer.initialized = True
        self._cut = tokenizer.lcut
        self._tags = word_tags()

    @cached_property
    def version(self) -> str:
        return version_of("jieba")

    @cached_property
    def fingerprint(self) -> str:
        return _digest(self.name, self.version)

    def cut(self, text: str) -> list[str]:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise surrogate_error(text) from error
        if len(text) <= MAX_HAN_RUN:
            words: list[str] = self._cut(text)
            return words
        return [word for piece in text_pieces(text) for part in han_parts(piece) for word in self._cut(part)]

    def tag(self, text: str) -> list[tuple[str, str]]:
        return list(zip(words := self.cut(text), map(self._tags.__getitem__, words), strict=True))


class _LexiconSegmenter:
    """A segmenter under a user's lexicon: its entries stay whole, the text between them is segmented as usual."""

    def __init__(self, base: Segmenter, lexicon: Lexicon) -> None:
        self.name = base.name
        self._base = base
        self._lexicon = lexicon
        self._tags = word_tags()

    @property
    def version(self) -> str:
        return self._base.version

    @cached_property
    def fingerprint(self) -> str:
        return _digest(self._base.fingerprint, self._lexicon.fingerprint)

    def cut(self, text: str) -> list[str]:
        words: list[str] = []
        end = 0
        for start, stop in self._spans(text):
            if start > end:
                words += self._base.cut(text[end:start])
            words.append(text[start:stop])
            end = stop
        if end < len(text):
            words += self._base.cut(text[end:] if end else text)
        return words

    def tag(self, text: str) -> list[tuple[str, str]]:
        entry, tags = self._lexicon.entry, self._tags
        return [(word, found.tag if (found := entry(word)) else tags[word]) for word in self.cut(text)]

    def _spans(self, text: str) -> list[tuple[int, int]]:
        try:
            return self._lexicon.spans(text)
        except UnicodeEncodeError as error:
            raise surrogate_error(text) from error


def _import_jieba() -> ModuleType:
    """Import jieba without the warnings that compiling it and its use of pkg_resources print."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        import jieba
    module: ModuleType = jieba
    return module


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
