"""User dictionaries: read in every common format; their entries are found in text whole, longest first."""

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jmtools.errors import DataError, FileError
from jmtools.fields.lazy_pattern import LazyPattern

DEFAULT_TAG = "nz"  # what an entry is when its dictionary gives no tag: a proper noun
MAX_ENTRY = 200  # characters; a longer line is a sentence, not a word

# Full and half width are the same to an entry; each pair is one character for one, so that places in the text stay.
_HALF_OF = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | {"\u3000": " ", "\u00a0": " "}
_WIDTH = str.maketrans(_HALF_OF)
_FULL_OF = {half: full for full, half in _HALF_OF.items() if half != " "}
# Letters and digits in full width, small; Σ becomes σ or ς by what stands behind it.
_SAME = str.maketrans({full: half for full, half in _HALF_OF.items() if half.isalnum()} | {"ς": "σ"})
_HAS_OTHER = LazyPattern("[０-９ａ-ｚς]")

# The tags of jieba's dictionary, and `eng`.
_TAG = LazyPattern(
    r"a[dgn]?|[bcefhijklopqstxyz]|d[fg]?|eng|m[gq]?|n[gstz]?|nr(?:t|fg)?|r[grz]?|tg|u[dgjlvz]?|v[dginq]?|zg"
)
_COMMENT = LazyPattern(r"(?:^|\s)#(?![^#\s]+#(?:\s|$)).*|^//.*")  # but `#夜游#`, a topic tag, is a word
_TRAILING_TAG = LazyPattern(r"(?s)(.+?)[ \t]+([a-z]{1,4})")
_TRAILING_FREQ = LazyPattern(r"(?s)(.+?)[ \t]+([0-9]+)")
_LATIN = LazyPattern(r"[A-Za-z\u00c0-\u024f]")
_HAN = LazyPattern(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CONTROL = LazyPattern(r"[\x00-\x08\x0b-\x1f\x7f\ufffd\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """One word that has to stay whole."""

    word: str
    tag: str = DEFAULT_TAG
    source: str = ""
    line: int = 0


@dataclass(frozen=True)
class Problem:
    """A line of a dictionary that is no entry, or that can be read in two ways."""

    source: str
    line: int
    text: str
    reason: str
    fatal: bool = True


class Lexicon:
    """A set of entries that are found in text in linear time; of two that overlap, the first and longest wins."""

    def __init__(self, entries: Iterable[Entry], *, fold_case: bool = False) -> None:
        """Take entries.

        Args:
            entries: Of two that are equal but for their width, the first counts.
            fold_case: Whether letters match in upper and lower case.
        """
        self._fold_case = fold_case
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            self._entries.setdefault(self._key(entry.word), entry)
        self._finder = _Finder(list(self._entries), fold_case=fold_case) if self._entries else None

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the entries: which words they are and how they are tagged, not where they were read."""
        lines = sorted(f"{word}\t{entry.tag}\n" for word, entry in self._entries.items())
        if self._fold_case:
            lines.append("fold case\n")
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where entries stand in a text, as (start, end), from left to right and never overlapping.

        >>> Lexicon([Entry("Open AI"), Entry("粤港澳大湾区"), Entry("大湾区")]).spans("Ｏｐｅｎ　ＡＩ与粤港澳大湾区")
        [(0, 7), (8, 14)]
        """
        return self._finder.spans(text) if self._finder else []

    def all_spans(self, text: str) -> list[tuple[int, int]]:
        """Return every place where an entry stands, those hidden by a longer one included."""
        return self._finder.all_spans(text) if self._finder else []

    def occurrences(self, text: str) -> list[tuple[Entry, int, int]]:
        """Return every place where an entry stands, with the entry; the order is that of the places."""
        folded = self._key(text)
        return [(self._entries[folded[start:end]], start, end) for start, end in sorted(self.all_spans(text))]

    def entry(self, word: str) -> Entry | None:
        """Return the entry that a stretch of text is, in whichever width it is printed."""
        return self._entries.get(self._key(word))

    def _key(self, text: str) -> str:
        return fold_case(fold_width(text)) if self._fold_case else fold_width(text)


def fold_width(text: str) -> str:
    """Return a text with full-width letters, digits, signs and spaces in half width; its length stays.

    >>> fold_width("Ｇ２０　峰会")
    'G20 峰会'
    """
    return text.translate(_WIDTH)


def fold_case(text: str) -> str:
    """Return a text with letters in lower case, and letters and digits in half width; its length stays.

    ß and ss are two spellings, İ is i.

    >>> fold_case("OpenAI的ＯＰＥＮＡＩ"), fold_case("İstanbul"), fold_case("ΣΊΣΥΦΟΣ") == fold_case("Σίσυφος")
    ('openai的openai', 'istanbul', True)
    """
    low = text.lower()
    if len(low) != len(text):
        low = text.replace("İ", "i").lower()  # the only letter that has two in lower case
    return low.translate(_SAME) if _HAS_OTHER.search(low) else low


def load_lexicon(paths: Sequence[Path], *, extra: Iterable[Entry] = (), fold_case: bool = False) -> Lexicon:
    """Return the entries of all dictionaries and `extra`; where two give the same word, the first one's tag counts.

    Raises:
        DataError: If a line is malformed; the message names the file and the line.
        FileError: If a file cannot be read.
    """
    entries: list[Entry] = []
    for path in paths:
        found, problems = read_entries(path)
        for problem in problems:
            if problem.fatal:
                raise DataError(
                    f"{problem.source}: line {problem.line}: {problem.reason}; "
                    f"`jmtools dict check {problem.source}` lists every such line"
                )
        entries += found
    return Lexicon([*entries, *extra], fold_case=fold_case)


def read_entries(path: Path) -> tuple[list[Entry], list[Problem]]:
    """Read one dictionary: jieba's format (`word [freq] [tag]`, by spaces or tabs) or one word a line.

    A BOM, CRLF, blank lines and comments (`# …`) are fine; UTF-8, UTF-16 with BOM and GB18030 are understood. A word
    may hold spaces. A line between double quotes is a word as it stands, and a tab always ends the word.

    Returns:
        The entries in their order, and the lines that are none or doubtful.

    Raises:
        FileError: If the file cannot be read.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    source = str(path)
    for number, raw in enumerate(_read_text(path).split("\n"), 1):
        line = _COMMENT.sub("", raw.rstrip("\r")).strip(" \t\u3000\u00a0")
        if not line:
            continue
        words, tag, note = _parse_line(line)
        reason = _why_malformed(words[0])
        if reason:
            problems.append(Problem(source, number, line, reason))
            continue
        if note:
            problems.append(Problem(source, number, line, note, fatal=False))
        entries += [Entry(word, tag, source, number) for word in words]
    return entries, problems


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: cannot read the dictionary: {error.strerror or error}") from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _parse_line(line: str) -> tuple[list[str], str, str]:
    """Return the words that a line means (two when it can be read in two ways), their tag, and a note on the doubt."""
    if len(line) > 2 and line[0] == line[-1] == '"':
        return [line[1:-1]], DEFAULT_TAG, ""
    if "\t" in line:
        word, *fields = (field.strip() for field in line.split("\t"))
        tags = [field for field in fields if field and not field.isdigit()]
        return [word.strip('"')], tags[0] if tags else DEFAULT_TAG, ""
    word, tag, has_freq = line, DEFAULT_TAG, False
    match = _TRAILING_TAG.fullmatch(word)
    if match and _TAG.fullmatch(match[2]):
        word, tag = match[1].rstrip(), match[2]
    match = _TRAILING_FREQ.fullmatch(word)
    if match:
        word, has_freq = match[1].rstrip(), True
    if word == line or _HAN.search(word) or not _LATIN.search(word) or (has_freq and tag != DEFAULT_TAG):
        return [word], tag, ""
    # `Windows 11` is a word, or the word Windows seen 11 times: keep both, the longer one wins where it stands.
    return [line, word], tag, f"read as {line!r} and as {word!r}; put the word in double quotes to say which"


def _why_malformed(word: str) -> str:
    """Return what is wrong with an entry, or nothing."""
    if _CONTROL.search(word):
        return "has control or undecodable characters"
    if not word.strip():
        return "has no word"
    if len(word) > MAX_ENTRY:
        return f"has a word of {len(word)} characters; {MAX_ENTRY} are allowed"
    return ""


class _Finder:
    """Aho-Corasick over width-folded text, with the edges of Latin words and of numbers respected."""

    def __init__(self, words: Sequence[str], *, fold_case: bool) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        letters = {char for word in words for char in (word + word.upper() if fold_case else word)}
        wide = {_FULL_OF[char] for char in letters if char in _FULL_OF}
        wide |= {"\u3000", "\u00a0"} if any(" " in word for word in words) else set()
        self._foldable = re.compile(f"[{re.escape(''.join(sorted(wide)))}]+") if wide else None
        self._fold_case = fold_case
        # Only an entry with a letter or digit at its edge can stand inside a longer word, where it does not count.
        self._edged = any(_kind(word[0]) or _kind(word[-1]) for word in words)
        self._longest = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        self._all = AhoCorasick(words, matchkind=MatchKind.Standard)

    def spans(self, text: str) -> list[tuple[int, int]]:
        folded = self._fold(text)
        hits = [(start, end) for _, start, end in self._longest.find_matches_as_indexes(folded)]
        if not self._edged or not any(_inside_word(folded, start, end) for start, end in hits):
            return hits
        # A refused hit may have hidden a good one: choose again among all that are good.
        chosen: list[tuple[int, int]] = []
        last = 0
        for start, end in sorted(self.all_spans(text), key=lambda span: (span[0], -span[1])):
            if start >= last:
                chosen.append((start, end))
                last = end
        return chosen

    def all_spans(self, text: str) -> list[tuple[int, int]]:
        folded = self._fold(text)
        hits = self._all.find_matches_as_indexes(folded, overlapping=True)
        return [(start, end) for _, start, end in hits if not (self._edged and _inside_word(folded, start, end))]

    def _fold(self, text: str) -> str:
        if self._foldable is not None:
            text = self._foldable.sub(lambda run: run[0].translate(_WIDTH), text)
        return fold_case(text) if self._fold_case else text


def _inside_word(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins or ends in the middle of a Latin word or a number: AI in MAIN, 5% in 13.5%."""
    left = _kind(text[start])
    if left and start and _goes_on(text[start - 1], text[start - 2 : start - 1], left):
        return True
    right = _kind(text[end - 1])
    return bool(right and end < len(text) and _goes_on(text[end], text[end + 1 : end + 2], right))


def _goes_on(near: str, far: str, kind: str) -> bool:
    if _kind(near) == kind:
        return True
    return kind == "digit" and near in ".,．，" and far != "" and _kind(far) == "digit"


def _kind(char: str) -> str:
    """Return "letter" for Latin letters, "digit" for digits, of either width, and nothing for the rest."""
    char = _HALF_OF.get(char, char)
    if "0" <= char <= "9":
        return "digit"
    return "letter" if _LATIN.match(char) else ""
