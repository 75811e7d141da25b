"""Keywords of records: words counted in arrays, candidates scored by one formula, the best chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from jmtools.errors import OptionError
from jmtools.keywords.candidates import Candidates, Texts, find_candidates, lay_out
from jmtools.keywords.choice import best, choose
from jmtools.keywords.formula import Formula
from jmtools.keywords.reasons import Reasons
from jmtools.keywords.vocabulary import Bools, Floats, Ints, Vocabulary
from jmtools.keywords.words import rank_words
from jmtools.lexicon import load_lexicon
from jmtools.records import round6
from jmtools.segment import given_tokens, load_segmenter, record_text, segmentation_of, word_tags
from jmtools.stopwords import load_stopwords
from jmtools.tokens import SegmentOptions
from jmtools.weighting import Idf, background_idf, load_table

METHODS = ("default", "tfidf")
MAX_WORDS = 1 << 20  # of one record; keywords of a longer one, a dozen novels, come from its beginning
Record = Mapping[str, Any]


@dataclass(frozen=True)
class KeywordOptions:
    """What keywords are wanted.

    Attributes:
        segment: How text is cut into words.
        top: Keywords of a record.
        method: One of `METHODS`.
        idf: `background`, or the path of a table that `--save-idf` wrote; tables counted in this run are given apart.
        min_df: Words in fewer records of the table are left out.
        stopwords: Stop list.
        pos: Parts of speech of a keyword's last word; empty for all.
        candidates: Controlled vocabulary; None for any term.
        exclude: Terms that are not wanted.
        diversity: 0 to 1, see `jmtools.keywords.choice.choose`.
        without: Groups of factors that are switched off.
        explain: Add the factors and the places of each keyword.
    """

    segment: SegmentOptions = field(default_factory=SegmentOptions)
    top: int = 10
    method: str = "default"
    idf: str = "background"
    min_df: int = 1
    stopwords: str = "default"
    pos: tuple[str, ...] = ()
    candidates: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    diversity: float = 0.0
    without: tuple[str, ...] = ()
    explain: bool = False


class WordReader:
    """Gives the words of records."""

    def __init__(self, options: KeywordOptions) -> None:
        dicts = [Path(path) for path in options.segment.user_dicts]
        self._segmenter = load_segmenter(options.segment.segmenter, user_dicts=dicts)
        if options.segment.allow_mixed:
            self.cut_of = None  # type: ignore[method-assign,assignment]

    @property
    def fingerprint(self) -> str:
        """Return how records are cut."""
        return self._segmenter.fingerprint

    def cut_of(self, data: Record) -> str:
        """Return how a record is or will be cut."""
        return segmentation_of(data) or self._segmenter.fingerprint

    def read(self, batch: Sequence[Record]) -> tuple[list[str], Ints, Ints]:
        """Return the words of all records, a line break after each record; their numbers; characters of headlines."""
        flat: list[str] = []
        lengths, headlines = [], []
        cut = self._segmenter.cut
        for data in batch:
            words = given_tokens(data)
            headline = data.get("headline") or ""
            if words is None:
                words = cut(record_text(data))
            elif not headline or not "".join(words[: len(headline) + 1]).startswith(headline):
                headline = ""  # words were left out: nobody can tell where it ends
            words = words if len(words) <= MAX_WORDS else words[:MAX_WORDS]
            flat += words
            flat.append("\n")
            lengths.append(len(words) + 1)
            headlines.append(len(headline) + 1 if headline else 0)
        return flat, np.array(lengths, np.int64), np.array(headlines, np.int64)


class KeywordExtractor(WordReader):
    """Adds `keywords` to records, with an idf that is known beforehand: a filter."""

    def __init__(self, options: KeywordOptions, *, table: Idf | None = None) -> None:
        super().__init__(options)
        self.ranker = Ranker(options, table or read_idf(options))

    def apply(self, batch: Sequence[Record]) -> list[dict[str, Any]]:
        """Return the new fields of each record."""
        flat, lengths, headlines = self.read(batch)
        vocabulary = self.ranker.vocabulary
        vocabulary.trim()
        texts = lay_out(vocabulary.ids(flat), lengths, headlines, vocabulary)
        return list(self.ranker.fields(texts, flat))


class Ranker:
    """Chooses the keywords of documents given as arrays."""

    def __init__(self, options: KeywordOptions, table: Idf) -> None:
        """Load what is known of words.

        Raises:
            OptionError: If options contradict each other.
        """
        self.options, self.table = options, table
        if options.method not in METHODS:
            raise OptionError(f"--method: no method called {options.method!r}; there are {', '.join(METHODS)}")
        if options.min_df > 1 and table.name == "background":
            raise OptionError("--min-df: the background table has no counts; take --idf corpus")
        self._formula = Formula(options.without)
        self._stop = load_stopwords(options.stopwords)
        self._tags = Tags(options)
        tag_of = self._tags.__getitem__ if options.method != "tfidf" else None
        self.vocabulary = Vocabulary(tag_of=tag_of, idf_of=table.idf, stopwords=self._stop)
        self._wanted = None if options.candidates is None else {term.casefold() for term in options.candidates}
        self._unwanted = {term.casefold() for term in options.exclude}
        self._by = {"method": options.method, "idf": table.name}

    def use(self, table: Idf) -> None:
        """Take another table for the words that are known already."""
        self.table = table
        self._by = {"method": self.options.method, "idf": table.name}
        self.vocabulary.idf = np.array([table.idf(word) for word in self.vocabulary.words])

    def fields(self, texts: Texts, tokens: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield the new fields of each document; `tokens` are their words, where they are at hand."""
        if tokens is None:
            names = self.vocabulary.words
            tokens = [names[number] for number in texts.ids.tolist()]
        lists = self._words(texts) if self.options.method == "tfidf" else self._terms(texts, tokens)
        for keywords, words in zip(lists, (np.diff(texts.starts) - 1).tolist(), strict=True):
            by = self._by if words < MAX_WORDS else {**self._by, "words": MAX_WORDS}
            yield {"keywords": keywords, "keywords_by": by}

    def _words(self, texts: Texts) -> Iterator[list[dict[str, Any]]]:
        vocabulary, top = self.vocabulary, self.options.top
        names = vocabulary.words
        for ids, tf, scores in rank_words(texts, vocabulary.idf, self._allowed(), self._look()):
            rows = [
                (-round6(score), names[number], count)
                for number, count, score in zip(ids.tolist(), tf.tolist(), scores.tolist(), strict=True)
            ]
            rows = [row for row in rows if self._is_wanted(row[1])]
            rows.sort()
            picked: Sequence[int] = range(min(top, len(rows)))
            if self.options.diversity:
                scores_of, times = [-row[0] for row in rows], [row[2] for row in rows]
                terms = [row[1] for row in rows]
                picked = choose(terms, scores_of, times, top, diversity=self.options.diversity, nested=True)
            yield [self._record(rows[i][1], -rows[i][0], rows[i][2], single=True) for i in picked]

    def _terms(self, texts: Texts, tokens: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        vocabulary, options = self.vocabulary, self.options
        found = find_candidates(texts, vocabulary)
        scores = self._formula.scores(texts, vocabulary, found, vocabulary.idf)
        if options.pos or options.min_df > 1:
            allowed = self._allowed()[texts.ids]
            scores = np.where(self._fit(found, allowed), scores, 0.0)
        reasons = Reasons(self._formula, texts, vocabulary, found) if options.explain else None
        for chosen in best(found.doc, scores, texts.docs, self._look()):
            rows = self._rows(tokens, found, scores, chosen)
            picked = choose(
                [row[1] for row in rows],
                [-row[0] for row in rows],
                [row[2] for row in rows],
                options.top,
                diversity=options.diversity,
            )
            records = []
            for place in picked:
                score, term, tf, index = rows[place]
                record = self._record(term, -score, tf, single=bool(found.words[index] == 1))
                records.append(record if reasons is None else record | reasons.of(index))
            yield records

    def _rows(
        self, tokens: Sequence[str], found: Candidates, scores: Floats, chosen: Ints
    ) -> list[tuple[float, str, int, int]]:
        """Return (negative score, term, tf, candidate) of the best, in their final order."""
        rows = []
        columns = (scores[chosen], found.first[chosen], found.words[chosen], found.tf[chosen])
        for index, score, start, size, tf in zip(chosen.tolist(), *(c.tolist() for c in columns), strict=True):
            term = "".join(tokens[start : start + size]).strip() if size > 1 else tokens[start].strip()
            if score > 0 and term and "\n" not in term and self._is_wanted(term):
                rows.append((-round6(score), term, tf, index))
        rows.sort()
        return rows

    def _look(self) -> int:
        """Return how many of the best are looked at: all, where a list decides."""
        listed = self._wanted is not None or self._unwanted
        return 1 << 40 if listed else self.options.top * (4 if self.options.diversity else 1)

    def _is_wanted(self, term: str) -> bool:
        if self._wanted is None and not self._unwanted:
            return True
        folded = term.casefold()
        return (self._wanted is None or folded in self._wanted) and folded not in self._unwanted

    def _allowed(self) -> Bools:
        """Return which words of the vocabulary may be a keyword or its last word, shape (words,)."""
        options, vocabulary = self.options, self.vocabulary
        allowed = np.ones(len(vocabulary.words), np.bool_)
        if options.method == "tfidf":
            allowed &= vocabulary.plain
        if options.pos:
            allowed &= np.fromiter((self._tags[w] in options.pos for w in vocabulary.words), np.bool_, len(allowed))
        if options.min_df > 1:
            counts = ((self.table.count(word) or 0) for word in vocabulary.words)
            allowed &= np.fromiter(counts, np.int64, len(allowed)) >= options.min_df
        return allowed

    def _fit(self, found: Candidates, allowed: Bools) -> Bools:
        """Return which candidates end in an allowed word and, for `min_df`, have no other words."""
        fit: Bools = allowed[found.first + found.words - 1]
        if self.options.min_df > 1:
            sums = np.concatenate([[0], np.cumsum(allowed)])
            fit &= sums[found.first + found.words] - sums[found.first] == found.words
        return fit

    def _record(self, term: str, score: float, tf: int, *, single: bool) -> dict[str, Any]:
        return {"term": term, "score": score, "tf": tf, "df": self.table.count(term) if single else None}


class Tags(dict[str, str]):
    """Part of speech of a word: as a user dictionary says, else as the dictionary does."""

    def __init__(self, options: KeywordOptions) -> None:
        super().__init__()
        lexicon = load_lexicon([Path(path) for path in options.segment.user_dicts])
        self.update({entry.word: entry.tag for entry in lexicon})
        self._known = word_tags()

    def __missing__(self, word: str) -> str:
        """Look a word up."""
        return self._known[word]


def read_idf(options: KeywordOptions) -> Idf:
    """Return the table that options name."""
    return background_idf() if options.idf == "background" else load_table(options.idf)


def keywords(records: Iterable[Record], options: KeywordOptions | None = None) -> Iterator[dict[str, Any]]:
    """Yield records with their `keywords`.

    >>> record = next(keywords([{"text": "医保基金监管条例今起施行，医保基金更安全。"}], KeywordOptions(top=1)))
    >>> record["keywords"][0]["term"]
    '医保基金'
    """
    extractor = KeywordExtractor(options or KeywordOptions())
    for record in records:
        yield {**record, **extractor.apply([record])[0]}
