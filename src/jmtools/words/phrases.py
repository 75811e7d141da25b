"""Words and rows of words found in a text: `医保 基金`, and `医保基金` where it was segmented as two words."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from jmtools.errors import RecordError
from jmtools.fields.patterns import Literals
from jmtools.io.json_types import Record
from jmtools.words.segment import record_text
from jmtools.words.tokens import places

Span = tuple[int, int]


class Phrases:
    """Finds phrases: words with blanks between, each of which is one word of the text.

    A word of the phrase that the segmenter itself would cut, such as 医保基金, is found wherever words in a row make it
    up. Between its words nothing may stand, or one space each: machine learning. One phrase does not overlap itself.
    """

    def __init__(self, phrases: Sequence[str], cut: Callable[[str], list[str]]) -> None:
        """Take the phrases.

        Args:
            phrases: None of them blank.
            cut: Segments a text.
        """
        self.phrases = [tuple(phrase.split()) for phrase in phrases]
        wholes = [(whole, index) for index, phrase in enumerate(phrases) for whole in phrase_strings(phrase)]
        self._literals = Literals([whole for whole, _ in wholes])
        number = {whole: index for index, whole in enumerate(self._literals.strings)}
        self._of_string: list[list[int]] = [[] for _ in number]
        for whole, index in wholes:
            self._of_string[number[whole]].append(index)
        self._rows = [_rows(phrase, cut) for phrase in self.phrases]

    def find(self, text: str, tokens: Sequence[str], edges: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Yield (index of the phrase, first word, word after the last), by where they end.

        Args:
            text: What the words make up.
            tokens: The words; an empty one stands for what is no word of the text, and is in no phrase.
            edges: Where each word begins, and where the last ends.
        """
        last: dict[int, int] = {}
        for number, start, end in self._literals.all(text):
            first, after = bisect_left(edges, start), bisect_left(edges, end)
            if edges[first] != start or edges[after] != end or not all(tokens[first:after]):
                continue
            for index in self._of_string[number]:
                gap = int(" " in self._literals.strings[number])
                if start >= last.get(index, 0) and self._fits(index, edges, start, first, after, gap):
                    last[index] = end
                    yield index, first, after

    def _fits(self, index: int, edges: Sequence[int], start: int, first: int, after: int, gap: int) -> bool:
        """Tell whether each word of a phrase is one of the text; `gap` is how many words part them."""
        place = first
        for length, is_row in self._rows[index]:
            start += length
            following = bisect_left(edges, start, place, after + 1)
            if edges[following] != start or (following > place + 1 and not is_row):
                return False
            place, start = following + gap, start + gap
        return True


def edges_of(tokens: Sequence[str]) -> Sequence[int]:
    """Return where words begin, and where the last ends; eight bytes each, for a text may have millions.

    >>> list(edges_of(["医保", "基金"]))
    [0, 2, 4]
    """
    return array("q", accumulate(map(len, tokens), initial=0))


def words_in_text(data: Record, tokens: Sequence[str]) -> tuple[str, Sequence[str], Sequence[int]]:
    """Return a record's text, the words of it that `tokens` gives, and their edges.

    What stands between given words, such as a stop word that was taken out, is a nameless word.

    >>> words_in_text({"text": "医保的基金"}, ["医保", "基金"])[1]
    ['医保', '', '基金']
    """
    text = record_text(data) if isinstance(data.get("text"), str) else "".join(tokens)
    if "".join(tokens) == text:
        return text, tokens, edges_of(tokens)
    try:
        spans = dict(zip(places(text, tokens), tokens, strict=True))
    except RecordError:  # tokens of another text: they count, not the text
        return "".join(tokens), tokens, edges_of(tokens)
    borders = sorted({0, len(text), *(edge for span in spans for edge in span)})
    return text, [spans.get(span, "") for span in pairwise(borders)], borders


def is_row(phrase: str, cut: Callable[[str], list[str]]) -> bool:
    """Tell whether a phrase is more than one word: it has blanks, or the segmenter parts it.

    >>> is_row("医保 基金", lambda text: [text]), is_row("医保", lambda text: [text])
    (True, False)
    """
    return len(phrase.split()) > 1 or len(cut(phrase.strip())) > 1


def phrase_strings(query: str) -> list[str]:
    """Return how a phrase may stand in a text: its words without anything between, or with a space each.

    >>> phrase_strings("医保  基金")
    ['医保基金', '医保 基金']
    """
    words = query.split()
    return ["".join(words), " ".join(words)] if len(words) > 1 else words


def _rows(phrase: Sequence[str], cut: Callable[[str], list[str]]) -> list[tuple[int, bool]]:
    """Return of each word of a phrase its length, and whether several words may make it up."""
    return [(len(word), len(cut(word)) > 1) for word in phrase]
