"""The encoding of page text: given, or found over the whole of it."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jmtools.errors import DataError, OptionError
from jmtools.io.installed import read_data
from jmtools.io.visible import show

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# The codecs of each encoding: of those of Big5, which differ in few characters, the better one stands for both.
_CODECS = (("utf-8",), ("gb18030",), ("big5hkscs", "cp950"), ("utf-16-le",), ("utf-16-be",))
_FEW = 64  # bytes: longer data that is valid UTF-8 without NUL can be nothing else
# Natural logarithms of how often a character stands in text, where the table of Chinese characters has none.
_MARK, _SIGN = -6.0, -10.0
_SMALL_LETTER, _CAPITAL, _ASCII_MARK = -4.0, -5.5, -7.0
_LETTER, _RARE, _STRANGE, _UNASSIGNED, _CONTROL = -9.0, -15.0, -16.0, -25.0, -30.0
_MARK_CHARS = frozenset("，。、：；（）“”《》「」『』　！？‘’·—…０１２３４５６７８９")
_UTF8_BONUS = 4.0  # for data that is valid UTF-8, which is rare by chance
_SURE = (
    3.5  # the best reading is e^3.5 = 33 times as likely as the second: 5 in 10,000 texts of two characters are wrong
)
_BESIDE = 8.0  # the same where the files beside it say otherwise
_POOREST = -14.0  # mean of a character: what reads worse is no text
_SHOWN = 12  # characters of a reading in a message
_VOTES = 20  # neighbours that are asked


@dataclass(frozen=True)
class Reading:
    """Bytes read in one encoding.

    Attributes:
        encoding: The name of the codec.
        text: What it makes of them.
        score: The natural logarithm of how likely such a text is.
    """

    encoding: str
    text: str
    score: float


class AmbiguousEncodingError(DataError):
    """A short text is as likely in two encodings.

    Attributes:
        readings: The two, the likelier first.
    """

    def __init__(self, name: str, readings: tuple[Reading, Reading]) -> None:
        self.readings = readings
        both = " or ".join(f"{reading.encoding} ({show(reading.text[:_SHOWN].strip())})" for reading in readings)
        super().__init__(f"{name}: is too short to tell its encoding: {both}; name it with --encoding")


def decode_text(data: bytes, *, encoding: str | None = None, name: str = "input") -> str:
    """Decode the text of a page, finding its encoding over the whole of it where none is given.

    A byte order mark decides; else the encoding in which the text is likeliest, by how often its characters stand in
    Chinese text: UTF-8, GB18030, Big5, UTF-16 in either order.

    Args:
        data: The bytes of one file.
        encoding: A Python codec name that overrules detection.
        name: What messages call the input.

    Raises:
        AmbiguousEncodingError: If two encodings are about as likely, as happens with two or three characters.
        DataError: If the bytes are text in none of these encodings.
        OptionError: If `encoding` is not known.
    """
    if encoding is not None:
        return _decode_as(data, encoding, name)
    return _find(data, name).text


def decode_declared(data: bytes, declared: str, *, name: str = "input") -> str:
    """Decode text that names its encoding itself, unless it is far likelier in another one.

    Args:
        data: The bytes of one file.
        declared: A Python codec name.
        name: What messages call the input.

    Raises:
        DataError: If the bytes are not text in this encoding.
        OptionError: If the encoding is not known.
    """
    text = _decode_as(data, declared, name)
    try:
        best = _likeliest(data, name)[0]
    except DataError:
        return text
    return best.text if best.score - _score(text) > _BESIDE else text


def decode_beside(data: bytes, neighbours: Iterable[bytes], *, name: str = "input") -> tuple[str, str]:
    """Decode the text of a page as `decode_text` does; where two encodings fit, its neighbours decide.

    Args:
        data: The bytes of one file.
        neighbours: Other files of the same source; they are read only if they have to decide.
        name: What messages call the input.

    Returns:
        The text, and a note for the user if the neighbours decided, else an empty string.

    Raises:
        AmbiguousEncodingError: If two encodings are about as likely and the neighbours do not tell.
        DataError: If the bytes are text in none of these encodings.
    """
    best, *others = _likeliest(data, name)
    lead = best.score - others[0].score if others else _BESIDE
    if lead < _BESIDE and not data.isascii():
        votes = _votes(neighbours)
        for reading in (best, others[0]):
            if votes[reading.encoding] * 2 > votes.total():
                told = f"is too short to tell its encoding; read as {reading.encoding}, like the files beside it"
                return reading.text, "" if reading is best and lead >= _SURE else told
    return _decide(best, others, data, name).text, ""


def _votes(neighbours: Iterable[bytes]) -> Counter[str]:
    """Count the files whose encoding is certain, by encoding; ASCII files do not count."""
    votes: Counter[str] = Counter()
    for other in neighbours:
        try:
            votes[_find(other, "").encoding] += not other.isascii()
        except DataError:
            continue
        if votes.total() >= _VOTES:
            break
    return votes


def _find(data: bytes, name: str) -> Reading:
    best, *others = _likeliest(data, name)
    return _decide(best, others, data, name)


def _decide(best: Reading, others: list[Reading], data: bytes, name: str) -> Reading:
    if others and best.score - others[0].score < _SURE and not data.isascii():
        raise AmbiguousEncodingError(name, (best, others[0]))
    return best


def _likeliest(data: bytes, name: str) -> list[Reading]:
    """Return the possible readings of the bytes, the likeliest first."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return [Reading(codec, _decode_as(data, codec, name), 0.0)]
    where = 0
    try:
        text = data.decode("utf-8")
        if b"\x00" not in data and (len(data) > _FEW or data.isalnum()):
            return [Reading("utf-8", text, 0.0)]
    except UnicodeDecodeError as bad:
        where = bad.start
    readings = _readings(data)
    if not readings or not _is_text(readings[0]):
        raise DataError(f"{name}: byte {where}: not UTF-8, GB18030, Big5 or UTF-16; name it with --encoding")
    return readings


def _readings(data: bytes) -> list[Reading]:
    found: dict[str, Reading] = {}  # two encodings may give the same text
    for codecs in _CODECS:
        likeliest = max(_read_as(data, codecs), key=lambda reading: reading.score, default=None)
        if likeliest is not None:
            found.setdefault(likeliest.text, likeliest)
    return sorted(found.values(), key=lambda reading: -reading.score)


def _is_text(reading: Reading) -> bool:
    return reading.encoding == "utf-8" or (reading.score >= _POOREST * len(reading.text) and "\x00" not in reading.text)


def _read_as(data: bytes, codecs: Iterable[str]) -> Iterator[Reading]:
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        yield Reading(codec, text, _score(text) + (_UTF8_BONUS if codec == "utf-8" else 0.0))


def _score(text: str) -> float:
    """Return the natural logarithm of the likelihood of a text, each character by itself."""
    return sum(count * _log_share(char) for char, count in sorted(Counter(text).items()))


def _log_share(char: str) -> float:
    known = _shares().get(char)
    if known is not None:
        return known
    if char in _MARK_CHARS or char in "\r\n\t":
        return _MARK
    if " " <= char <= "~":
        return _SMALL_LETTER if char.islower() or char == " " else _CAPITAL if char.isalnum() else _ASCII_MARK
    if "\u3400" <= char <= "\u9fff":
        return _RARE
    if "\u3000" <= char < "\u3040" or "\uff00" < char < "\uff5f" or "\u2010" <= char <= "\u203a":
        return _SIGN
    return _of_category(unicodedata.category(char), char)


def _of_category(category: str, char: str) -> float:
    if category == "Cc":
        return _CONTROL
    if category in ("Co", "Cn", "Cs"):
        return _UNASSIGNED
    return _LETTER if char < "\u0800" and category in ("Lu", "Ll", "Lo", "Mn") else _STRANGE


@functools.cache
def _shares() -> dict[str, float]:
    shares: dict[str, float] = {}
    log = 0.0
    for row in read_data("characters.txt").splitlines():
        if row.startswith("-"):
            log = float(row)
        elif not row.startswith("#"):
            shares.update(dict.fromkeys(row, log))
    return shares


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise OptionError(f"unknown encoding {encoding!r}; try utf-8, gb18030, big5 or utf-16") from None
    except UnicodeDecodeError as bad:
        raise DataError(f"{name}: byte {bad.start}: not {encoding}; leave --encoding out to have it found") from None
