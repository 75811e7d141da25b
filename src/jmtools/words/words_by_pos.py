"""Words of wanted parts of speech, by what stands around each: the others are counted too, but bear a mark.

Names of people and places are one word each; so are those of organisations where they are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jmtools.io.json_types import Record
from jmtools.words.found_names import names_in, whole_names
from jmtools.words.lexicon import load_lexicon
from jmtools.words.name_forms import BODY, PERSON, PLACE
from jmtools.words.pos_marks import UNWANTED
from jmtools.words.postag import Tagger
from jmtools.words.reader import SegmentOptions, WordReader
from jmtools.words.segment import given_tokens, record_text


class WordsByPos:
    """Gives the words of records, names whole where names are wanted, `UNWANTED` behind words that are not."""

    def __init__(self, segment: SegmentOptions, pos: Sequence[str]) -> None:
        """Take the parts of speech that are wanted."""
        self.words: WordReader = WordReader(segment)
        self.fingerprint = self.words.fingerprint
        self.cut: Callable[[str], list[str]] = self.words.cut
        self._pos = frozenset(pos)
        kinds = {PERSON, PLACE, BODY} if "nt" in self._pos else {PERSON, PLACE}
        self._kinds = kinds if segment.segmenter == "rjieba" else set()  # jieba's own segmentation stays its own
        self._lexicon = load_lexicon(segment.dictionary_paths, fold_case=segment.fold_case)
        self._tagger = Tagger(self._lexicon)

    def of(self, data: Record) -> list[str]:
        """Return the words of a record."""
        tokens, tags = self._tagged(data)
        return [token if tag in self._pos else token + UNWANTED for token, tag in zip(tokens, tags, strict=True)]

    def _tagged(self, data: Record) -> tuple[Sequence[str], Sequence[str]]:
        given, pos = given_tokens(data), data.get("pos")
        if given is not None:
            if isinstance(pos, list) and len(pos) == len(given) and all(isinstance(tag, str) for tag in pos):
                return given, pos
            return given, self._tagger.tags(given, names_in(given) if self._kinds else None)
        tokens = self.cut(record_text(data))
        if not self._kinds:
            return tokens, self._tagger.tags(tokens)
        entry = self._lexicon.entry
        words, names = whole_names(tokens, self._kinds, self.cut, is_fixed=lambda word: entry(word) is not None)
        return words, self._tagger.tags(words, names)
