"""What all methods share: the words, their parts of speech, how rare they are, which of them may be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from jmtools.counts.idf_tables import Idf
from jmtools.errors import OptionError
from jmtools.io.json_types import Fields
from jmtools.keywords.options import WEIGHTED, KeywordOptions, term_key
from jmtools.keywords.vocabulary import Bools, Ints, WordDescriber, WordIds
from jmtools.words.dictionary import UNKNOWN_TAG
from jmtools.words.lexicon import DEFAULT_TAG, load_lexicon
from jmtools.words.name_forms import settled_tag
from jmtools.words.name_lists import looks_like_name
from jmtools.words.segment import word_tags
from jmtools.words.stopwords import load_stopwords

_TAGLESS = ("tfidf", "textrank")  # methods that need no word roles


class Context:
    """The options and the words of one run."""

    def __init__(self, options: KeywordOptions, table: Idf) -> None:
        """Load what is known of words.

        Raises:
            OptionError: If options contradict each other.
        """
        options.check()
        if options.min_docfreq > 1 and table.counts_of([""]) == [None]:
            raise OptionError("--min-docfreq: the values of this table do not tell how many records have a word")
        self.options, self.table = options, table
        self.tags = Tags(options)
        tags_of = None if options.method in _TAGLESS else self.tags.of
        self.stopwords = load_stopwords(options.stopwords)
        self.listed = frozenset(map(term_key, options.terms or ()))
        self.describer = WordDescriber(
            tags_of=tags_of, idfs_of=table.idfs, stopwords=self.stopwords, listed=self.listed
        )
        self.vocabulary = WordIds(self.describer)

    @property
    def origin(self) -> Fields:
        """Return what records say of their keywords: `method`, and the table where the method has an idf."""
        method = self.options.method
        return {"method": method, **(self.table.origin if method in WEIGHTED else {})}

    @property
    def look(self) -> int:
        """Return how many of a document's best terms are considered: all of them if a list of terms is given."""
        options = self.options
        listed = options.terms is not None or options.exclude
        return 1 << 40 if listed else self.usual

    @property
    def usual(self) -> int:
        """Return how many are considered without such a list."""
        return self.options.top * (4 if self.options.diversity else 1)

    def is_listed(self, word: str) -> bool:
        """Tell whether a word is one of the user's list."""
        return bool(self.listed) and term_key(word) in self.listed

    def use(self, table: Idf) -> None:
        """Use another table for the words that are known already."""
        self.table = table
        self.vocabulary.idf = table.idfs(self.vocabulary.words)

    def mark(self, ids: Ints, test: Callable[[str], bool]) -> Bools:
        """Return which words pass a test, shape (words,); only those that stand in `ids` are tested."""
        words = self.vocabulary.words
        marked = np.zeros(len(words), np.bool_)
        present = np.unique(ids)
        marked[present] = np.fromiter((test(words[number]) for number in present.tolist()), np.bool_, len(present))
        return marked

    def allowed(self, ids: Ints) -> Bools:
        """Return which words of `ids` may be a keyword or its last word, by `pos` and `min_docfreq`, shape (words,)."""
        options, tags = self.options, self.tags
        if not options.pos and options.min_docfreq <= 1:
            return np.ones(len(self.vocabulary.words), np.bool_)

        allowed = self.mark(ids, lambda word: not options.pos or tags.settled(word) in options.pos)
        if options.min_docfreq > 1:
            numbers = np.flatnonzero(allowed)
            counts = self.table.counts_of([self.vocabulary.words[number] for number in numbers.tolist()])
            allowed[numbers] = [(count or 0) >= options.min_docfreq for count in counts]
        return allowed


class Tags(dict[str, str]):
    """Part of speech of a word: as a user dictionary says, else as the dictionary does."""

    def __init__(self, options: KeywordOptions) -> None:
        super().__init__()
        self._known = word_tags()
        known = self._known.of(options.terms or ())
        self.update(
            (word, DEFAULT_TAG) for word, tag in zip(options.terms or (), known, strict=True) if tag == UNKNOWN_TAG
        )
        self.update((entry.word, entry.tag) for entry in load_lexicon(options.segment.dictionary_paths))

    def __missing__(self, word: str) -> str:
        """Look a word up."""
        return self._known[word]

    def settled(self, word: str) -> str:
        """Return the part of speech of a word where the dictionary is not believed that 和蔼 is a person."""
        return self[word] if word in self else settled_tag(word, self[word], has_surname=looks_like_name(word))

    def of(self, words: Sequence[str]) -> list[str]:
        """Return the part of speech of each of many words."""
        tags = self._known.of(words)
        return [self.get(word, tag) for word, tag in zip(words, tags, strict=True)] if self else tags
