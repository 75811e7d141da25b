"""The data files of the jieba package: words with their frequencies, parts of speech and background idf."""

from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path

from jmtools.errors import FileError

UNKNOWN_TAG = "x"
_TABLE_PAYS = 4_000  # words after which reading the whole dictionary is cheaper than asking the segmenter for each
_TABLE_READ = 1 << 19
_MEMO_LIMIT = 100_000  # distinct words whose tags are remembered, about 12 MB


class WordTags(dict[str, str]):
    """Part of speech of a word by look-up, remembered: `tags[word]`, `"x"` for words that the dictionary lacks.

    A first look-up costs about a microsecond, and nothing is loaded for it: the dictionary is in the fast segmenter.
    """

    def __init__(self, has_word: Callable[[str], bool], tag: Callable[[str], list[tuple[str, str]]]) -> None:
        super().__init__()
        self._has_word = has_word
        self._tag = tag
        self._table: dict[bytes, str] | None = None
        self._asked = 0

    def __missing__(self, word: str) -> str:
        """Look a word up and remember it."""
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        self._asked += 1
        if self._asked == _TABLE_PAYS and self._table is None:
            self._table = _tag_table()
        known = self._table.get(_key(word)) if self._table is not None else None
        tag = self[word] = known if known is not None else self._look_up(word)
        return tag

    def _look_up(self, word: str) -> str:
        try:
            known = self._has_word(word)
            pairs = self._tag(word) if known or word.isascii() else []
        except UnicodeEncodeError:
            return UNKNOWN_TAG
        if len(pairs) == 1:
            return pairs[0][1]
        if not known:
            return UNKNOWN_TAG
        # A word that the segmenter would rather cut, such as 一九: only the dictionary itself can say.
        if self._table is None:
            self._table = _tag_table()
        return self._table.get(_key(word), UNKNOWN_TAG)


class GuessedTags(dict[str, str]):
    """Part of speech of a word that no dictionary has, guessed from its characters, remembered."""

    def __init__(self, tag: Callable[[str], list[tuple[str, str]]]) -> None:
        super().__init__()
        self._tag = tag

    def __missing__(self, word: str) -> str:
        """Guess and remember."""
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        try:
            pairs = self._tag(word)
        except UnicodeEncodeError:
            pairs = []
        tag = self[word] = pairs[-1][1] if pairs else UNKNOWN_TAG
        return tag


def dictionary_tags() -> dict[str, str]:
    """Return the part of speech of all 349,000 words of jieba's dictionary (not kept)."""
    return {word.decode(): tag for word, tag in _tag_table().items()}


def background_idf_numbers() -> dict[bytes, float]:
    """Return jieba's background idf: words in UTF-8, which take half of the memory and of the time, and numbers."""
    table: dict[bytes, float] = {}
    known: dict[bytes, float] = {}  # 3,328 numbers for 270,000 words
    for fields in _fields(background_idf_path()):
        numbers = fields[1::2]
        known.update((number, float(number)) for number in set(numbers).difference(known))
        table.update(zip(fields[::2], map(known.__getitem__, numbers), strict=True))
    return table


def dictionary_frequencies() -> dict[str, int]:
    """Return how often each word of jieba's dictionary stood in the corpus that it was made from."""
    fields = dictionary_path().read_text(encoding="utf-8").split()
    return dict(zip(fields[::3], map(int, fields[1::3]), strict=True))


def dictionary_path() -> Path:
    """Return the path of jieba's dictionary: a line a word, with its frequency and part of speech."""
    return _jieba_file("dict.txt")


def background_idf_path() -> Path:
    """Return the path of jieba's background idf table: a line a word, with its idf."""
    return _jieba_file("analyse", "idf.txt")


def _tag_table() -> dict[bytes, str]:
    """Return the part of speech of every word in UTF-8 (0.1 s, about 40 MB)."""
    table: dict[bytes, str] = {}
    tags: dict[bytes, str] = {}  # one object a tag, not one a word
    for fields in _fields(dictionary_path()):
        tags.update((tag, tag.decode()) for tag in set(fields[2::3]).difference(tags))
        table.update(zip(fields[::3], map(tags.__getitem__, fields[2::3]), strict=True))
    return table


def _fields(path: Path) -> Iterator[list[bytes]]:
    """Yield the fields of a table's lines, some thousand lines at a time: split at once they would take 100 MB."""
    with path.open("rb") as file:
        while data := file.read(_TABLE_READ):
            yield (data + file.readline()).split()


def _key(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _jieba_file(*parts: str) -> Path:
    """Return the path of a data file of the jieba package, found without importing it."""
    spec = util.find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise FileError("the package jieba, whose dictionary is needed, is not installed")
    return Path(spec.submodule_search_locations[0], *parts)
