"""The compiled library of the segmenter core: found, loaded, its functions declared as `native/jmcore.h` has them."""

from __future__ import annotations

import ctypes
import functools
import os
import sys
from pathlib import Path

from jmtools.errors import ModelError, OptionError

ABI = 4  # of the library; `native/jmcore.h` has the same number
VARIABLE = "JMTOOLS_CORE"
CHOICES = ("native", "rjieba")
LIBRARY = Path(__file__).parent / ("_jmcore.dll" if sys.platform == "win32" else "_jmcore.so")

_ERRORS = {
    -1: "no memory left",
    -2: "the image of the dictionary is damaged",
    -3: "too little room for the words of a text",
    -4: "the core was called with something that it does not take",
}


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
    texts = ctypes.c_char_p, integer, pointer, integer
    library.jm_cut_many.argtypes = [pointer, *texts, pointer, pointer, integer, pointer]
    library.jm_look_up_many.argtypes = [pointer, *texts, pointer]
    library.jm_number_many.argtypes = [pointer, *texts, pointer]
    found = pointer, pointer, integer
    library.jm_write.argtypes = [
        *(ctypes.c_char_p, integer, *found),
        *(ctypes.c_uint32, pointer, integer, pointer, integer),
    ]
    for function in (library.jm_cut_many, library.jm_look_up_many, library.jm_number_many):
        function.restype = large
    library.jm_write.restype = large
    library.jm_cut_whole.argtypes = [pointer, *texts, ctypes.c_char_p, pointer, integer, *found, pointer]
    library.jm_cut_whole.restype = large
    _declare_ranking(library)
    return library


def chosen_core() -> str | None:
    """Return which core the user chose, or None.

    Raises:
        OptionError: If there is none of that name.
    """
    name = os.environ.get(VARIABLE) or None
    if name is not None and name not in CHOICES:
        raise OptionError(f"{VARIABLE}={name}: there are {' and '.join(CHOICES)}")
    return name


def chosen_library() -> ctypes.CDLL | None:
    """Return the library, or None where it is absent or not wanted.

    Raises:
        OptionError: If it was chosen, and is not there.
    """
    name = chosen_core()
    library = None if name == "rjieba" else load_library()
    if library is None and name == "native":
        raise OptionError(f"{VARIABLE}={name}: this installation has no compiled core; `jmtools doctor` says why")
    return library


def _declare_ranking(library: ctypes.CDLL) -> None:
    pointer, integer, large = ctypes.c_void_p, ctypes.c_uint64, ctypes.c_int64
    library.jm_ranker_new.argtypes, library.jm_ranker_new.restype = [], pointer
    library.jm_ranker_free.argtypes, library.jm_ranker_free.restype = [pointer], None
    ids = pointer, integer, pointer, pointer, integer
    library.jm_rank.argtypes = [*(pointer, pointer, pointer, pointer, integer), *ids, ctypes.c_uint32]
    library.jm_rank.argtypes += [pointer, integer, pointer]
    library.jm_top_words.argtypes = [*(pointer, pointer, pointer, integer), *(pointer, integer, pointer, integer)]
    library.jm_top_words.argtypes += [ctypes.c_uint32, ctypes.c_uint32, pointer, integer, pointer]
    library.jm_rank.restype, library.jm_top_words.restype = large, large
    library.jm_sum.argtypes, library.jm_sum.restype = [pointer, integer], integer


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
