"""The words of records, and how they were segmented: the one place where options become tokens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jmtools.batches.feature import Feature
from jmtools.io.json_types import Record
from jmtools.words.protected import holds_markup
from jmtools.words.segment import given_tokens, load_segmenter, record_text, segmentation_of


@dataclass(frozen=True)
class SegmentOptions:
    """How text is segmented.

    Attributes:
        segmenter: `rjieba` or `jieba`.
        user_dicts: Dictionaries whose entries stay whole.
        allow_mixed: Whether records with different segmentations may be counted together.
        fold_case: Whether dictionaries and `words` match in upper and lower case.
        words: More words that stay whole.
    """

    segmenter: str = "rjieba"
    user_dicts: tuple[str, ...] = ()
    allow_mixed: bool = False
    fold_case: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether no word is kept whole but those of the segmenter's own dictionary."""
        return not self.user_dicts and not self.words

    @property
    def dictionary_paths(self) -> list[Path]:
        """Return the paths of the user dictionaries."""
        return [Path(path) for path in self.user_dicts]


class WordReader:
    """Gives the words of records: the tokens that they bring, or what the segmenter makes of their text."""

    def __init__(self, options: SegmentOptions) -> None:
        """Load the segmenter.

        Raises:
            OptionError: If there is no such segmenter.
            DataError: If a dictionary cannot be understood.
            FileError: If a dictionary cannot be read.
        """
        self.segmenter = load_segmenter(
            options.segmenter, user_dicts=options.dictionary_paths, words=options.words, fold_case=options.fold_case
        )
        self.cut = self.segmenter.cut
        self.fingerprint = self.segmenter.fingerprint
        self._mixed = options.allow_mixed

    def tokens(self, data: Record) -> list[str]:
        """Return the words of a record.

        Raises:
            RecordError: If the record has no usable text, or its `tokens` are not a list of strings.
        """
        given = given_tokens(data)
        return self.cut(record_text(data)) if given is None else given

    def segmentation_of(self, data: Record) -> str | None:
        """Return how a record is or will be segmented, or None where any mixture is allowed."""
        return None if self._mixed else segmentation_of(data) or self.fingerprint


class ReadsWords(Feature):
    """A feature that reads words: records of two segmentations stop the run, unless its options allow it.

    Attributes:
        words: What gives the words; None where the options do without words.
    """

    words: WordReader | None = None

    def segmentation_of(self, data: Record) -> str | None:
        """Return how a record is or will be segmented.

        Raises:
            RecordError: If its `tokens` are not a list of strings.
        """
        if self.words is None:
            return None
        given_tokens(data)
        return self.words.segmentation_of(data)

    def has_residue(self, data: Record) -> bool:
        """Tell whether tags or entities stand in the text that is segmented here."""
        text = data.get("text")
        return self.words is not None and isinstance(text, str) and data.get("tokens") is None and holds_markup(text)
