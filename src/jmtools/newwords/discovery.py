"""Records → words that no dictionary has, found by cohesion and freedom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from jmtools.batches.feature import ReportFeature
from jmtools.io.disk_array import DiskArray
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import round6
from jmtools.newwords.candidates import Candidate, NewWordOptions, find_candidates
from jmtools.newwords.judge import Judge
from jmtools.newwords.ngram_counts import RECORD_END
from jmtools.words.postag import Tagger
from jmtools.words.segment import record_text

_NOT_IN_UTF16 = re.compile("[\x00\x01\U00010000-\U0010ffff]")
_EXAMPLES = 2


class NewWordFinder(ReportFeature[bytes, DiskArray]):
    """Collects the text of records on disk, then finds the words in it."""

    def __init__(self, options: NewWordOptions | None = None) -> None:
        self._options = options or NewWordOptions()

    def count(self, batch: Sequence[Record]) -> bytes:
        """Return the text of a batch as 16-bit codes."""
        texts = [_NOT_IN_UTF16.sub("\ufffd", record_text(data)) + chr(RECORD_END) for data in batch]
        return "".join(texts).encode("utf-16-le")

    def merge(self, total: bytes | DiskArray, part: bytes) -> DiskArray:
        """Append a later batch."""
        codes = _as_corpus(total)
        codes.append(part)
        return codes

    def records(self, total: bytes | DiskArray) -> Iterator[Fields]:
        """Yield the new words, best first."""
        if not len(total):
            return
        codes = _as_corpus(total)
        judge = Judge(codes, phrases=self._options.phrases)
        found: list[tuple[Candidate, list[str]]] = []
        for candidates in find_candidates(codes, self._options):
            found += (
                (candidate, cut) for candidate in candidates if (cut := judge.segmented_as(candidate)) is not None
            )
        found.sort(key=lambda item: (-item[0].score, item[0].word))
        tags = Tagger()
        for candidate, cut in found[: self._options.top or None]:
            yield {
                "term": candidate.word,
                "freq": candidate.freq,
                "docfreq": candidate.docfreq,
                "score": round6(candidate.score),
                "pmi": round6(candidate.pmi),
                "left_entropy": round6(candidate.left),
                "right_entropy": round6(candidate.right),
                "pos": tags.tags([candidate.word])[0],
                "cut_as": cut,
                "examples": [judge.around(place, candidate.word) for place in candidate.places[:_EXAMPLES]],
            }


def new_words(records: Iterable[Record], options: NewWordOptions | None = None) -> Iterator[Fields]:
    """Yield the words of a corpus that no dictionary has, best first; the options are those of `NewWordOptions`."""
    finder = NewWordFinder(options or NewWordOptions())
    total: bytes | DiskArray = b""
    for record in records:
        total = finder.merge(total, finder.count([record]))
    return finder.records(total)


def dictionary_line(record: Record) -> str:
    """Return a new word as a line of a user dictionary: word, frequency, part of speech."""
    return f"{record['term']}\t{record['freq']}\t{record['pos']}\n"


def _as_corpus(total: bytes | DiskArray) -> DiskArray:
    if isinstance(total, DiskArray):
        return total
    codes = DiskArray("uint16")
    codes.append(total)
    return codes
