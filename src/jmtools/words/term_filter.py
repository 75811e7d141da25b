"""Which terms are shown: by a list, a stop list, parts of speech, length, or an expression; the same in every command.

A filter decides by the term alone. It sets nothing aside before counting: totals, and so every rate and score, stay
those of all words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jmtools.fields.patterns import Pattern
from jmtools.words.lexicon import fold_case, load_lexicon
from jmtools.words.pos_marks import is_wanted
from jmtools.words.postag import Tagger
from jmtools.words.stopwords import load_stopwords


@dataclass(frozen=True)
class FilterOptions:
    """Which terms are shown.

    Attributes:
        terms: These and no others; None for all.
        stopwords: Stop list whose words are not shown, nor what holds one of them as a word.
        pos: Parts of speech; every word of a term must have one of them; empty for all.
        in_context: Whether terms bear a mark where what stands around them gives them another part of speech; else
            `pos` is what the dictionary has for the word by itself.
        min_length: Least number of characters, spaces aside.
        regex: Expression that must be found in the term, or None.
        fold_case: Whether `terms` and the stop list match in upper and lower case.
        min_docfreq: Least number of records; the command that counts them sees to it.
    """

    terms: tuple[str, ...] | None = None
    stopwords: str = "none"
    pos: tuple[str, ...] = ()
    min_length: int = 1
    regex: str | None = None
    min_docfreq: int = 1
    fold_case: bool = False
    in_context: bool = False

    @property
    def is_open(self) -> bool:
        """Whether every term passes, but for its document frequency."""
        free = self.terms is None and self.regex is None and not self.pos
        return free and self.stopwords == "none" and self.min_length <= 1


class TermFilter:
    """Tells which terms are shown."""

    def __init__(self, options: FilterOptions, *, user_dicts: Sequence[str] = ()) -> None:
        """Load what the options name.

        Args:
            options: See there.
            user_dicts: Dictionaries whose words have the parts of speech that they say.

        Raises:
            OptionError: If the expression is none.
            FileError: If a stop list or a dictionary cannot be read.
        """
        self.options = options
        self._listed = {self.key(term): term for term in reversed(options.terms or ())}
        self.terms = None if options.terms is None else frozenset(self._listed)
        self._stop = load_stopwords(options.stopwords)
        self._regex = None if options.regex is None else Pattern(options.regex, option="--regex")
        self._pos = frozenset(options.pos)
        by_word = options.pos and not options.in_context
        self._tagger = Tagger(load_lexicon([Path(path) for path in user_dicts])) if by_word else None

    def key(self, term: str) -> str:
        """Return by what a term is known."""
        return fold_case(term) if self.options.fold_case else term

    def listed(self, key: str) -> str:
        """Return how a term is printed in the list of `terms`."""
        return self._listed[key]

    def keeps(self, term: str) -> bool:
        """Tell whether a term is shown."""
        if self.options.in_context and not is_wanted(term):
            return False
        if self.terms is not None and self.key(term) not in self.terms:
            return False
        if self.options.min_length > 1 and len(term.replace(" ", "")) < self.options.min_length:
            return False
        words = term.split(" ") if " " in term else [term]
        if self._stop and (term in self._stop or any(word in self._stop for word in words)):
            return False
        if self._regex is not None and not self._regex.search(term):
            return False
        return self._tagger is None or all(self._tagger.tags([word])[0] in self._pos for word in words)
