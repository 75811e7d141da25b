"""Conditions on words, such as `[pos="nr" & word="周.*"]`: which words of a text pass them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jmtools.fields.patterns import Pattern
from jmtools.fields.query import Token
from jmtools.words.postag import Tagger


class TokenTests:
    """Finds the words that pass the tests of conditions; patterns are compiled once for each."""

    def __init__(self, tokens: Sequence[Token], *, option: str = "QUERY") -> None:
        """Compile the patterns of conditions.

        Raises:
            OptionError: If a value is no pattern.
        """
        self._tagger = Tagger()
        self._tests = {
            token: [(t.field, Pattern(f"^(?:{t.value})$", option=option), t.wanted) for t in token.tests]
            for token in tokens
        }

    def tags(self, words: Sequence[str]) -> Sequence[str]:
        """Return the part of speech of each word of a text."""
        from jmtools.words.found_names import find_spans, names_among

        return self._tagger.tags(words, names_among(words, find_spans(words)))

    def find(self, token: Token, words: Sequence[str], tags: Sequence[str]) -> Iterator[int]:
        """Yield the places, among the words of a text, of those that pass a condition; punctuation never does."""
        tests = self._tests[token]
        for place, (word, tag) in enumerate(zip(words, tags, strict=True)):
            if any(map(str.isalnum, word)) and all(
                pattern.search(word if field == "word" else tag) is wanted for field, pattern, wanted in tests
            ):
                yield place
