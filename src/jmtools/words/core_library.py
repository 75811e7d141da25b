"""The compiled library of the segmenter core: found, loaded, its functions declared as `native/jmcore.h` has them."""

from __future__ import annotations

import ctypes
import functools
import os
import sys
from pathlib import Path

from jmtools.errors import ModelError, OptionError

ABI = 17  # of the library; `native/jmcore.h` has the same number
NO_ROOM, UNUSUAL = -3, -5  # answers that a caller knows what to do with
VARIABLE = "JMTOOLS_CORE"
CHOICES = ("native", "rjieba")
LIBRARY = Path(__file__).parent / ("_jmcore.dll" if sys.platform == "win32" else "_jmcore.so")

_ERRORS = {
    -1: "no memory left",
    -2: "the image of the dictionary is damaged",
    -3: "too little room for the words of a text",
    -4: "the core was called with something that it does not take",
}

_Type = type[ctypes.c_void_p] | type[ctypes.c_char_p] | type[ctypes.c_uint64] | type[ctypes.c_uint32]
_Result = _Type | type[ctypes.c_int64] | None
_POINTER, _TEXT, _SIZE, _SMALL, _RESULT = (
    ctypes.c_void_p,
    ctypes.c_char_p,
    ctypes.c_uint64,
    ctypes.c_uint32,
    ctypes.c_int64,
)
_TEXTS = _TEXT, _SIZE, _POINTER, _SIZE  # bytes and their number, where each text ends, how many there are
_FOUND = _POINTER, _POINTER, _SIZE  # numbers and ends of words, room for so many
# Each function: what it returns, then what it takes.
_FUNCTIONS: dict[str, tuple[_Result, *tuple[_Type, ...]]] = {
    "jm_build": (_RESULT, _POINTER, _POINTER),
    "jm_release": (None, _POINTER),
    "jm_open": (_RESULT, _POINTER, _SIZE, _POINTER),
    "jm_words": (_SMALL, _POINTER),
    "jm_idf": (_POINTER, _POINTER),
    "jm_tags": (_POINTER, _POINTER),
    "jm_note": (_RESULT, _POINTER, _POINTER),
    "jm_cutter_new": (_POINTER, _POINTER),
    "jm_cutter_free": (None, _POINTER),
    "jm_cut": (_RESULT, _POINTER, _TEXT, _SIZE, *_FOUND),
    "jm_look_up": (_RESULT, _POINTER, _TEXT, _SIZE),
    "jm_number": (_RESULT, _POINTER, _TEXT, _SIZE),
    "jm_others": (_SMALL, _POINTER),
    "jm_forget": (None, _POINTER),
    "jm_names": (_RESULT, _POINTER, _POINTER, _SIZE, _POINTER, _SIZE, _POINTER),
    "jm_cut_many": (_RESULT, _POINTER, *_TEXTS, *_FOUND, _POINTER),
    "jm_cut_whole": (_RESULT, _POINTER, _POINTER, *_TEXTS[1:], _POINTER, *_FOUND, _POINTER),
    "jm_read_lines": (_RESULT, _TEXT, _SIZE, _POINTER, _POINTER, _SIZE, _POINTER, _SIZE),
    "jm_splice_lines": (
        *(_RESULT, _TEXT, _SIZE, _POINTER, _SIZE, _TEXT, _SIZE),
        *(_TEXT, _POINTER, _POINTER, _POINTER, _POINTER, _SIZE),
    ),
    "jm_tally": (_RESULT, _POINTER, _SIZE, _POINTER, _SIZE, _POINTER, _SIZE, *(_POINTER,) * 3),
    "jm_odd_words": (_RESULT, _POINTER, _POINTER, _SIZE, _POINTER),
    "jm_count_scripts": (None, _POINTER, _POINTER, _SIZE, _TEXT, _POINTER),
    "jm_sort_words": (_RESULT, _POINTER, _POINTER, _SIZE),
    "jm_word_lines": (
        *(_RESULT, _POINTER, _POINTER, _POINTER, _SIZE, _TEXT, _SIZE),
        *(_TEXT, _POINTER, _SIZE, _POINTER, _SIZE),
    ),
    "jm_look_up_many": (_RESULT, _POINTER, *_TEXTS, _POINTER),
    "jm_number_many": (_RESULT, _POINTER, *_TEXTS, _POINTER),
    "jm_index_names": (_RESULT, _POINTER),
    "jm_label_names": (_RESULT, _POINTER, _TEXT, _SIZE, _POINTER, _TEXT, _TEXT, _SIZE, _POINTER),
    "jm_write": (_RESULT, _TEXT, _SIZE, *_FOUND, _SMALL, _POINTER, _SIZE, _POINTER, _SIZE),
}
_VOCABULARY = _POINTER, _POINTER, _SIZE  # facts and idf of so many numbers
_RANKING: dict[str, tuple[_Result, *tuple[_Type, ...]]] = {
    "jm_ranker_new": (_POINTER,),
    "jm_ranker_free": (None, _POINTER),
    "jm_rank": (
        *(_RESULT, _POINTER, _POINTER, *_VOCABULARY, _POINTER, _SIZE, _POINTER, _POINTER, _SIZE, _SMALL),
        *(_POINTER, _SIZE, _POINTER),
    ),
    "jm_top_words": (
        *(_RESULT, _POINTER, *_VOCABULARY, _POINTER, _SIZE, _POINTER, _SIZE, _SMALL, _SMALL),
        *(_POINTER, _SIZE, _POINTER),
    ),
    "jm_choose": (_RESULT, _POINTER, _POINTER, _POINTER, _SIZE, _POINTER, _SIZE, _POINTER, _SIZE, _POINTER),
    "jm_write_keywords": (
        *(_RESULT, _POINTER, _POINTER, _SIZE, _POINTER, _SIZE, _POINTER, _SIZE, _POINTER),
        *(_POINTER, _SIZE, _POINTER, _SIZE, _POINTER),
    ),
    "jm_sum": (_SIZE, _POINTER, _SIZE),
}


class Whole(ctypes.Structure):
    """What `jm_cut_whole` looks texts through for: `kind` and `form`, and `memory` for the `longest` of them, twice."""

    _fields_ = (("kind", _TEXT), ("form", _TEXT), ("memory", _POINTER), ("longest", _SIZE))


class Namer(ctypes.Structure):
    """The chain by which names are found; `jm_namer` says more."""

    _fields_ = (
        *((name, _POINTER) for name in ("classes", "key", "end", "label", "weight", "move", "begins", "ends", "slot")),
        *(("keys", _SMALL), ("slots", _SMALL), ("labels", _SMALL), ("first_mark", ctypes.c_uint8)),
        ("inside", ctypes.c_uint8 * 4),
    )


class WordList(ctypes.Structure):
    """Words end to end; `jm_sorted` says more."""

    _fields_ = (("letters", _TEXT), ("ends", _POINTER), ("count", _SIZE))


class TermChoice(ctypes.Structure):
    """How keywords are chosen; `jm_choice` says more."""

    _fields_ = (
        *(("light", WordList), ("closing", WordList), ("wide", WordList), ("sources", WordList)),
        *(("top", _SMALL), ("apart", _SMALL), ("sifts", _SMALL)),
    )


@functools.cache
def load_library() -> ctypes.CDLL | None:
    """Return the library with the types of its functions, or None if it is absent, or of another version."""
    if not LIBRARY.exists():
        return None
    try:
        library = ctypes.CDLL(str(LIBRARY))
        if library.jm_abi() != ABI:
            return None
        for name, (result, *arguments) in (_FUNCTIONS | _RANKING).items():
            function = library[name]
            function.restype, function.argtypes = result, arguments
            setattr(library, name, function)
    except (OSError, AttributeError):  # of another machine or C library; a function is missing
        return None
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
