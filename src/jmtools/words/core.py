"""The segmenter core: a small C library that gives the words of a text as numbers, at several times rjieba's speed.

It stands beside this module where a C compiler was at hand when the package was built. Where it does not, or where the
variable `JMTOOLS_CORE` says `rjieba`, rjieba does the same work, word for word.
"""

from __future__ import annotations

import ctypes
import functools
import re
import threading
from array import array
from collections.abc import Sequence
from itertools import accumulate

from jmtools.errors import RecordError
from jmtools.words.core_image import MappedImage, open_image
from jmtools.words.core_library import Whole, check, chosen_core, chosen_library, load_library

NONE = 0xFFFFFFFF  # stands where there is no number

_SURROGATE = re.compile("[\ud800-\udfff]")
_REMEMBERED = 300_000  # words that no dictionary has, of which a cutter knows the numbers; about 10 MB


class Core:
    """The library and its dictionary, shared by all threads.

    Attributes:
        words: How many words the dictionary and the table of background idf have.
        tag_names: The parts of speech.
        tags: Index of the part of speech of each word.
        idf: Background idf of each word; no number for words that have none.
        unknown_idf: What stands for a word that has none.
    """

    def __init__(self, library: ctypes.CDLL, image: MappedImage) -> None:
        """Open the dictionary.

        Raises:
            ModelError: If the image is damaged.
        """
        self.library = library
        self._image = image  # its memory is used as long as the dictionary is
        check(image.open(library))
        self._dictionary = image.dictionary
        self.words: int = library.jm_words(self._dictionary)
        note = ctypes.c_void_p()
        size = library.jm_note(self._dictionary, ctypes.byref(note))
        unknown, *self.tag_names = ctypes.string_at(note, size).decode().split(" ")
        self.unknown_idf = float(unknown)
        self.tags = (ctypes.c_uint8 * self.words).from_address(library.jm_tags(self._dictionary))
        self.idf = (ctypes.c_double * self.words).from_address(library.jm_idf(self._dictionary))
        self._local = threading.local()

    def cut(self, text: str) -> list[str]:
        """Return the words of a text; any thread may ask."""
        return self.cutter.cut(text)

    def has_word(self, word: str) -> bool:
        """Tell whether the dictionary has a word."""
        return self._look_up(word) is not None

    def entries(self, words: Sequence[str]) -> array[int]:
        """Return the number of each word that the dictionary or the table of background idf has, `NONE` of others."""
        data, ends = joined([word.encode("utf-8", "surrogatepass") for word in words])
        numbers = array("I", bytes(4 * len(ends)))
        addresses = (ends.buffer_info()[0], len(ends), numbers.buffer_info()[0])
        check(self.library.jm_look_up_many(self._dictionary, data, len(data), *addresses))
        return numbers

    def tags_of(self, words: Sequence[str]) -> list[str]:
        """Return the part of speech of each word, the first of `tag_names` for words that the dictionary lacks."""
        names, tags = self.tag_names, self.tags
        return [names[tags[number]] if number != NONE else names[0] for number in self.entries(words)]

    def tag(self, word: str) -> list[tuple[str, str]]:
        """Return a word of the dictionary with its part of speech, or the words of anything else in ASCII with theirs.

        What the dictionary does not have is `m` if it is figures, `eng` if it has letters, else `x`.
        """
        number = self._look_up(word)
        if number is not None:
            return [(word, self.tag_names[self.tags[number]])]
        return [(part, self.tag(part)[0][1] if part != word else _guess(part)) for part in self.cut(word)]

    def _look_up(self, word: str) -> int | None:
        data = word.encode()
        number: int = self.library.jm_look_up(self._dictionary, data, len(data))
        return None if number < 0 else number

    @property
    def cutter(self) -> Cutter:
        """Return the cutter of this thread."""
        found = self._local.__dict__.get("cutter")
        if found is None:
            found = self._local.cutter = Cutter(self)
        return found

    def new_cutter(self) -> ctypes.c_void_p:
        """Return a cutter of the library."""
        made = ctypes.c_void_p(self.library.jm_cutter_new(self._dictionary))
        if not made:
            raise MemoryError
        return made


class Cutter:
    """Cuts texts in one thread, and knows the words behind the numbers.

    Numbers below `core.words` are those of the dictionary, sorted as strings are. Other words get the next numbers in
    the order in which they are met, until they are forgotten.

    Attributes:
        handle: The library's own cutter.
    """

    def __init__(self, core: Core) -> None:
        self._library = core.library
        self.handle = core.new_cutter()
        self._make_room(1 << 12)
        self._written = bytearray()

    def __del__(self) -> None:
        """Give the memory back."""
        self._library.jm_cutter_free(self.handle)

    def cut(self, text: str) -> list[str]:
        """Return the words of a text.

        Raises:
            UnicodeEncodeError: If it has lone surrogates.
        """
        count = self._run(text)  # which may make other arrays
        ends = self._ends[:count].tolist()
        if self.others > _REMEMBERED:
            self.forget()
        return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def numbers(self, text: str) -> array[int]:
        """Return the words of a text as numbers.

        Raises:
            UnicodeEncodeError: If it has lone surrogates.
        """
        count = self._run(text)
        return self._copied(self._numbers, count)

    def numbers_of_texts(self, texts: Sequence[bytes], *, most: int) -> tuple[array[int], array[int]]:
        """Return the words of texts in UTF-8 as numbers, end to end, and how many words each text has.

        Args:
            texts: The texts.
            most: Characters of all of them, or more: they have at most as many words.
        """
        data, ends = joined(texts)
        counts = array("I", bytes(4 * len(ends)))
        if most > self._room:
            self._make_room(max(most, 2 * self._room))
        addresses = (ends.buffer_info()[0], len(ends), *self._addresses, self._room, counts.buffer_info()[0])
        total = check(self._library.jm_cut_many(self.handle, data, len(data), *addresses))
        return self._copied(self._numbers, total), counts

    def numbers_of_plain(
        self, data: bytes | bytearray, ends: array[int], whole: Whole, *, longest: int, most: int
    ) -> tuple[array[int], array[int]]:
        """Return what `numbers_of_texts` does, with numbers, dates and times whole; `NONE` words for odd texts.

        Args:
            data: The texts, end to end; Traditional ones are segmented by their Simplified characters.
            ends: Where each text ends.
            whole: What they are looked through for.
            longest: Bytes of the longest text, or more.
            most: Characters of all of them, or more.
        """
        counts = array("I", bytes(4 * len(ends)))
        if most > self._room:
            self._make_room(max(most, 2 * self._room))
        if 2 * longest + 1 > len(self._written):
            self._written = bytearray(4 * longest + 1)
        whole.longest = longest
        whole.memory = ctypes.addressof(ctypes.c_char.from_buffer(self._written))
        places = ends.buffer_info()[0], len(ends), ctypes.addressof(whole)
        found = *self._addresses, self._room, counts.buffer_info()[0]
        texts = ctypes.addressof(ctypes.c_char.from_buffer(data)) if isinstance(data, bytearray) else data
        total = check(self._library.jm_cut_whole(self.handle, texts, ends[-1] if ends else 0, *places, *found))
        return self._copied(self._numbers, total), counts

    def numbers_of_words(self, words: Sequence[str]) -> array[int]:
        """Return the number of each word, however it came about."""
        return self.numbers_of_joined(*joined([word.encode("utf-8", "surrogatepass") for word in words]))

    def numbers_of_joined(self, data: bytes, ends: array[int]) -> array[int]:
        """Return the number of each word in UTF-8, all end to end."""
        numbers = array("I", bytes(4 * len(ends)))
        addresses = (ends.buffer_info()[0], len(ends), numbers.buffer_info()[0])
        check(self._library.jm_number_many(self.handle, data, len(data), *addresses))
        return numbers

    def write(self, text: str, shadow: str, mark: str, longer: Sequence[int]) -> bytes:
        """Return the words of a text as a JSON array.

        Args:
            text: The text as it is printed.
            shadow: The same text as it is segmented, with one mark for each of some longer stretches.
            mark: That mark, a word of its own.
            longer: How many characters each of these stretches has.
        """
        count, data, lengths = self._run(shadow), text.encode(), array("I", longer)
        room = 6 * len(data) + 3 * count + 2
        if room > len(self._written):
            self._written = bytearray(2 * room)
        out = ctypes.addressof(ctypes.c_char.from_buffer(self._written))
        number = self.numbers_of_words([mark])[0]
        words = (*self._addresses, count, number, lengths.buffer_info()[0], len(lengths))
        size = check(self._library.jm_write(data, len(data), *words, out, len(self._written)))
        if self.others > _REMEMBERED:
            self.forget()
        return bytes(memoryview(self._written)[:size])

    @property
    def others(self) -> int:
        """Return how many words that no dictionary has are numbered."""
        count: int = self._library.jm_others(self.handle)
        return count

    def forget(self) -> None:
        """Forget the words that no dictionary has; their numbers are given again."""
        self._library.jm_forget(self.handle)

    def names(self, numbers: Sequence[int]) -> list[str]:
        """Return the words behind numbers."""
        text, ends = self.spelled(array("I", numbers))
        return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def spelled(self, numbers: array[int]) -> tuple[str, array[int]]:
        """Return the words behind numbers end to end, and at which character each ends."""
        ends = array("I", bytes(4 * len(numbers)))
        sought, found = numbers.buffer_info()[0], ends.buffer_info()[0]
        size = check(self._library.jm_names(self.handle, sought, len(numbers), None, 0, found))
        data = bytearray(size + 1)
        address = ctypes.addressof(ctypes.c_char.from_buffer(data))
        check(self._library.jm_names(self.handle, sought, len(numbers), address, size, found))
        return data[:size].decode("utf-8", "surrogatepass"), ends

    def _run(self, text: str) -> int:
        data = text.encode()
        if len(text) > self._room:
            self._make_room(max(len(text), 2 * self._room))
        return check(self._library.jm_cut(self.handle, data, len(data), *self._addresses, self._room))

    def _make_room(self, words: int) -> None:
        """Take memory that the system gives out as it is used."""
        self._room = words
        taken = [(ctypes.c_uint32 * words)() for _ in range(2)]
        self._addresses = [ctypes.addressof(one) for one in taken]
        self._numbers, self._ends = (memoryview(one).cast("B").cast("I") for one in taken)

    @staticmethod
    def _copied(found: memoryview, count: int) -> array[int]:
        copy = array("I")
        copy.frombytes(found[:count].cast("B"))
        return copy


def joined(items: Sequence[bytes]) -> tuple[bytes, array[int]]:
    """Return byte strings end to end, and where each ends."""
    return b"".join(items), array("I", accumulate(map(len, items)))


def _guess(word: str) -> str:
    known = [char for char in word if char.isascii() and char.isalnum()]
    return "x" if not known else "m" if all(map(str.isdigit, known)) else "eng"


def surrogate_error(text: str) -> RecordError:
    """Return the error that names the lone surrogate of a text."""
    lone = _SURROGATE.search(text)
    where = f"U+{ord(lone[0]):04X} at character {lone.start() + 1}" if lone else "one"
    return RecordError(f"the text is not valid Unicode: it has a lone surrogate ({where})")


@functools.cache
def load_core() -> Core | None:
    """Return the core, or None where rjieba takes its place.

    Raises:
        OptionError: If the core was chosen, and is not there.
    """
    library = chosen_library()
    return None if library is None else Core(library, open_image(library))


def core_name() -> str:
    """Return which core runs, without opening its dictionary."""
    return "rjieba" if chosen_core() == "rjieba" or load_library() is None else "native"
