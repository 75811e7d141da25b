"""Keywords of records as a stream, with an idf that is known beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from jmtools.batches.feature import FilterFeature, TakenLines
from jmtools.counts.idf_tables import Idf, IdfTable, load_table
from jmtools.counts.idf_values import BACKGROUND, background_idf
from jmtools.io.json_types import Fields, Record
from jmtools.keywords.listed import counts_of_listed, listed_among
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.reader import KeywordReader
from jmtools.words.segment import segmentation_of
from jmtools.words.stopwords import SHIPPED, load_stopwords
from jmtools.words.text_records import LineReader, TextRecords, bring_tokens

if TYPE_CHECKING:
    from jmtools.keywords.by_number import KeywordsByNumber
    from jmtools.keywords.ranker import Ranker

_AT_ONCE = 1 << 18  # bytes for the core: it needs little memory, and each call costs as much as some records


class KeywordExtractor(KeywordReader, FilterFeature):
    """Adds `keywords` to records: a filter.

    What the user gives is read at once, so that its faults are told; what the program brings, for the first record.
    """

    def __init__(self, options: KeywordOptions, *, table: Idf | None = None) -> None:
        super().__init__(options)
        options.check()
        if options.without_factors:
            from jmtools.keywords.formula import Formula

            Formula(options.without_factors)
        if options.stopwords not in SHIPPED:
            load_stopwords(options.stopwords)
        self.options = options
        self._found: set[str] = set()
        self._given = table or (read_idf(options) if options.idf != BACKGROUND else None)
        self._table_segmentation = self._given.segmentation if isinstance(self._given, IdfTable) else None

    @property
    def _table(self) -> Idf:
        return self._given or background_idf()

    @cached_property
    def _by_number(self) -> KeywordsByNumber | None:
        from jmtools.keywords.by_number import by_number

        return by_number(self.options, self._table, self.words.cut)

    @cached_property
    def ranker(self) -> Ranker:
        """Ranks the words of records that bring tokens, and of all where the core does not."""
        from jmtools.keywords.ranker import Ranker

        return Ranker(self.options, self._table)

    def bytes_at_once(self) -> int:
        """Return the bytes that are worked on at once: with arrays 8 MB took 1.2 GB, and twice the time."""
        return _AT_ONCE if self._by_number is not None else super().bytes_at_once()

    def read_lines(self, lines: Sequence[bytes]) -> TakenLines | None:
        """Return the records of lines at once where the core reads them and gives their keywords."""
        records = None if self._line_reader is None else self._line_reader.read(lines)
        return None if records is None else records.taken()

    @cached_property
    def _line_reader(self) -> LineReader | None:
        if self._by_number is None or self._table_segmentation is not None:
            return None
        return LineReader(self._by_number.core, ("keywords", "keywords_by"))

    def written_lines(self, batch: Sequence[Record]) -> bytes | None:
        """Return the lines of records that the core has read, with their keywords."""
        by_number, reader = self._by_number, self._line_reader
        if by_number is None or reader is None or not isinstance(batch, TextRecords):
            return None
        return by_number.lines_of(batch, reader)

    def apply(self, batch: Sequence[Record]) -> list[Fields]:
        """Return the new fields of each record."""
        if self._by_number is not None and not bring_tokens(batch):
            return self._with_table(batch, self._by_number.fields(batch))
        from jmtools.keywords.candidates import lay_out

        vocabulary = self.ranker.vocabulary
        if vocabulary.trim():
            self.forget()
        numbered = self.numbers(batch, vocabulary.number)
        if numbered is None:
            flat, lengths, headlines = self.read(batch)
            if self.options.terms is not None:
                self._found |= listed_among(flat, self.options.terms)
            fields = list(self.ranker.fields(lay_out(vocabulary.ids(flat), lengths, headlines, vocabulary), flat))
        else:
            vocabulary.describe(numbered[0])
            fields = list(self.ranker.fields(lay_out(*numbered, vocabulary)))
        return self._with_table(batch, fields)

    def take_side_counts(self) -> Counter[str] | None:
        """Return what was counted since the last call: records with fewer keywords, terms of the list that stood."""
        options = self.options
        if not options.min_chance and options.terms is None:
            return None
        likely = self.ranker.likely if options.min_chance else None
        counted = Counter[str]() if likely is None else likely.take()
        found, self._found = self._found, set()
        counted.update(counts_of_listed(found))
        return counted

    def written_fields(self, batch: Sequence[Record]) -> list[Fields]:
        """Return what `apply` returns; keywords may be JSON already."""
        if self._by_number is not None and not bring_tokens(batch):
            return self._with_table(batch, self._by_number.written_fields(batch))
        return self.apply(batch)

    def _with_table(self, batch: Sequence[Record], fields: list[Fields]) -> list[Fields]:
        """Return fields that say where a record was segmented otherwise than the table."""
        if self._table_segmentation is not None:
            for data, added in zip(batch, fields, strict=True):
                if (segmentation_of(data) or self.words.fingerprint) != self._table_segmentation:
                    added["keywords_by"] = {**added["keywords_by"], "idf_cut": "other"}
        return fields


def read_idf(options: KeywordOptions) -> Idf:
    """Return the table that options name."""
    return background_idf() if options.idf == BACKGROUND else load_table(options.idf)


def keywords(records: Iterable[Record], options: KeywordOptions | None = None) -> Iterator[Fields]:
    """Yield records with their `keywords`.

    >>> record = next(keywords([{"text": "医保基金监管条例今起施行，医保基金更安全。"}], KeywordOptions(top=1)))
    >>> record["keywords"][0]["term"]
    '医保基金'
    """
    extractor = KeywordExtractor(options or KeywordOptions())
    for record in records:
        yield {**record, **extractor.apply([record])[0]}
