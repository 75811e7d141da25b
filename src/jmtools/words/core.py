"""The segmenter core: a small C library that gives the words of a text as numbers, at several times rjieba's speed.

It lies beside this module if a C compiler was available when the package was built. If it does not, or if the
variable `JMTOOLS_CORE` says `rjieba`, rjieba does the same work, word for word.
"""

from __future__ import annotations

import ctypes
import functools
import os
import re
import sys
import threading
from array import array
from collections.abc import Sequence
from pathlib import Path

from jmtools.errors import ModelError, OptionError, RecordError
from jmtools.words.core_image import MappedImage, open_image

ABI = 1  # of the library; `native/jmcore.h` has the same number
VARIABLE = "JMTOOLS_CORE"
CHOICES = ("native", "rjieba")
LIBRARY = Path(__file__).parent / ("_jmcore.dll" if sys.platform == "win32" else "_jmcore.so")

_SURROGATE = re.compile("[\ud800-\udfff]")
_REMEMBERED = 300_000  # words that no dictionary has, of which a cutter knows the numbers; about 10 MB
_ERRORS = {
    -1: "no memory left",
    -2: "the image of the dictionary is damaged",
    -3: "too little room for the words of a text",
    -4: "the core was called with something that it does not take",
}


class Core:
    """The library and its dictionary, shared by all threads."""

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
        self.tag_names: list[str] = ctypes.string_at(note, size).decode().split(" ") if size else []
        self._tags = (ctypes.c_uint8 * self.words).from_address(library.jm_tags(self._dictionary))
        self._local = threading.local()

    def cut(self, text: str) -> list[str]:
        """Return the words of a text; may be called from any thread."""
        return self.cutter.cut(text)

    def has_word(self, word: str) -> bool:
        """Tell whether the dictionary has a word."""
        return self._look_up(word) is not None

    def tag(self, word: str) -> list[tuple[str, str]]:
        """Return a word of the dictionary with its part of speech, or the words of anything else in ASCII with theirs.

        What the dictionary does not have is `m` if it is figures, `eng` if it has letters, else `x`.
        """
        number = self._look_up(word)
        if number is not None:
            return [(word, self.tag_names[self._tags[number]])]
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
    """

    def __init__(self, core: Core) -> None:
        self._library = core.library
        self._handle = core.new_cutter()
        self._make_room(1 << 12)

    def __del__(self) -> None:
        """Free the memory."""
        self._library.jm_cutter_free(self._handle)

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
        return self._numbers[:count]

    def number(self, word: str) -> int:
        """Return the number of a word, whether the dictionary has it or not."""
        data = word.encode()
        return check(self._library.jm_number(self._handle, data, len(data)))

    @property
    def others(self) -> int:
        """Return how many words that no dictionary has are numbered."""
        count: int = self._library.jm_others(self._handle)
        return count

    def forget(self) -> None:
        """Forget the words that no dictionary has; their numbers are given again."""
        self._library.jm_forget(self._handle)

    def names(self, numbers: Sequence[int]) -> list[str]:
        """Return the words behind numbers."""
        wanted = array("I", numbers)
        ends = array("I", bytes(4 * len(wanted)))
        sought, found = wanted.buffer_info()[0], ends.buffer_info()[0]
        size = check(self._library.jm_names(self._handle, sought, len(wanted), None, 0, found))
        data = bytearray(size + 1)
        address = ctypes.addressof(ctypes.c_char.from_buffer(data))
        check(self._library.jm_names(self._handle, sought, len(wanted), address, size, found))
        text, starts = bytes(data), [0, *ends]
        return [text[start:end].decode() for start, end in zip(starts, ends, strict=False)]

    def _run(self, text: str) -> int:
        data = text.encode()
        if len(text) > self._room:
            self._make_room(max(len(text), 2 * self._room))
        return check(self._library.jm_cut(self._handle, data, len(data), *self._addresses, self._room))

    def _make_room(self, words: int) -> None:
        self._room = words
        self._numbers, self._ends = (array("I", bytes(4 * words)) for _ in range(2))
        self._addresses = [found.buffer_info()[0] for found in (self._numbers, self._ends)]


def _guess(word: str) -> str:
    known = [char for char in word if char.isascii() and char.isalnum()]
    return "x" if not known else "m" if all(map(str.isdigit, known)) else "eng"


def surrogate_error(text: str) -> RecordError:
    """Return the error that names the lone surrogate of a text."""
    lone = _SURROGATE.search(text)
    where = f"U+{ord(lone[0]):04X} at character {lone.start() + 1}" if lone else "one"
    return RecordError(f"the text is not valid Unicode: it has a lone surrogate ({where})")


def check(result: int) -> int:
    """Return what a function of the library returned.

    Raises:
        MemoryError, ModelError: If it says that something went wrong.
    """
    if result >= 0:
        return result
    if result == -1:
        raise MemoryError
    raise ModelError(f"segmenter core: {_ERRORS.get(result, f'error {result}')}")


def chosen() -> str | None:
    """Return which segmenter core the user chose, or None.

    Raises:
        OptionError: If there is none of that name.
    """
    name = os.environ.get(VARIABLE) or None
    if name is not None and name not in CHOICES:
        raise OptionError(f"{VARIABLE}={name}: there are {' and '.join(CHOICES)}")
    return name


@functools.cache
def load_core() -> Core | None:
    """Return the core, or None where rjieba takes its place.

    Raises:
        OptionError: If the core was chosen, and is not there.
    """
    name = chosen()
    if name == "rjieba":
        return None
    library = load_library()
    if library is None:
        if name is not None:
            raise OptionError(f"{VARIABLE}={name}: this installation has no compiled core; `jmtools doctor` says why")
        return None
    return Core(library, open_image(library))


def core_name() -> str:
    """Return which core runs, without opening its dictionary."""
    return "rjieba" if chosen() == "rjieba" or load_library() is None else "native"


@functools.cache
def load_library() -> ctypes.CDLL | None:
    """Return the library with the types of its functions, or None if it is absent, or of another version."""
    if not LIBRARY.exists():
        return None
    try:
        library = ctypes.CDLL(str(LIBRARY))
        if library.jm_abi() != ABI:
            return None
    except (OSError, AttributeError):  # of another machine or C library
        return None
    pointer, integer, large = ctypes.c_void_p, ctypes.c_uint64, ctypes.c_int64
    library.jm_build.argtypes, library.jm_build.restype = [pointer, pointer], large
    library.jm_release.argtypes, library.jm_release.restype = [pointer], None
    library.jm_open.argtypes, library.jm_open.restype = [pointer, integer, pointer], large
    library.jm_words.argtypes, library.jm_words.restype = [pointer], ctypes.c_uint32
    library.jm_idf.argtypes, library.jm_idf.restype = [pointer], pointer
    library.jm_tags.argtypes, library.jm_tags.restype = [pointer], pointer
    library.jm_note.argtypes, library.jm_note.restype = [pointer, pointer], large
    library.jm_cutter_new.argtypes, library.jm_cutter_new.restype = [pointer], pointer
    library.jm_cutter_free.argtypes, library.jm_cutter_free.restype = [pointer], None
    library.jm_cut.argtypes = [pointer, ctypes.c_char_p, integer, pointer, pointer, integer]
    library.jm_cut.restype = large
    library.jm_look_up.argtypes, library.jm_look_up.restype = [pointer, ctypes.c_char_p, integer], large
    library.jm_number.argtypes, library.jm_number.restype = [pointer, ctypes.c_char_p, integer], large
    library.jm_others.argtypes, library.jm_others.restype = [pointer], ctypes.c_uint32
    library.jm_forget.argtypes, library.jm_forget.restype = [pointer], None
    library.jm_names.argtypes = [pointer, pointer, integer, pointer, integer, pointer]
    library.jm_names.restype = large
    return library
