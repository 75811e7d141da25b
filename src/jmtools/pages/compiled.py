"""What `split` uses of the compiled core: its functions, declared as `native/pages.h` has them.

Where there is no such library, or `JMTOOLS_CORE` says `rjieba`, the same is done in Python, with the same results to
the last bit: sums are whole numbers, or made in the same order.
"""

from __future__ import annotations

import ctypes
import sys
from array import array
from collections.abc import Sequence
from functools import cache

from jmtools.words.core_library import chosen_library

ABI = 6  # of these functions; `native/pages.h` has the same number


@cache
def load_functions() -> ctypes.CDLL | None:
    """Return the library with the types of the functions that pages need, or None where Python does their work."""
    library = chosen_library()
    try:
        if library is None or sys.byteorder != "little" or library.jm_pages_abi() != ABI:
            return None
        _declare(library)
    except AttributeError:  # of an earlier version
        return None
    return library


def _declare(library: ctypes.CDLL) -> None:
    pointer, large, small = ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint32
    number = ctypes.c_double
    library.jm_rows.argtypes = [pointer, pointer, large, pointer, large, small, number, pointer]
    library.jm_score.argtypes = [
        *(pointer, large, small, pointer, large, pointer, large),
        *(number, number, pointer, pointer),
    ]
    library.jm_find_roles.argtypes = [pointer, pointer, pointer, large, pointer, pointer, pointer, large]
    library.jm_pairs_new.argtypes = [ctypes.c_char_p, large, pointer, large, pointer, pointer, large, pointer]
    library.jm_pairs_free.argtypes, library.jm_pairs_free.restype = [pointer], None
    library.jm_pairs_have.argtypes, library.jm_pairs_have.restype = (
        [pointer, ctypes.c_char_p, large, pointer],
        ctypes.c_int64,
    )
    library.jm_pairs_share.argtypes = [pointer, pointer, large, ctypes.c_int32, pointer]
    library.jm_pairs_again.argtypes = [pointer, ctypes.c_char_p, large, pointer, large, large, pointer]
    library.jm_pairs_again.restype = ctypes.c_int64
    library.jm_pairs_tie.argtypes = [pointer, pointer, ctypes.c_char_p, large, ctypes.c_uint8]
    library.jm_pairs_tied.argtypes = [pointer, pointer, large, pointer, large]
    library.jm_pairs_tie.restype = library.jm_pairs_tied.restype = ctypes.c_int64
    library.jm_pairs_new.restype = library.jm_pairs_share.restype = ctypes.c_int64
    library.jm_marks.argtypes = [
        *(ctypes.c_char_p, large, pointer, large, ctypes.c_char_p, pointer),
        *(large, large, large, large, pointer),
    ]
    library.jm_marks.restype = ctypes.c_int64
    library.jm_join_rows.argtypes = [ctypes.c_char_p, large, pointer]
    library.jm_view_new.argtypes = [pointer, pointer]
    library.jm_view_free.argtypes, library.jm_view_free.restype = [pointer], None
    library.jm_view_facts.argtypes, library.jm_view_facts.restype = [pointer] * 4, large
    library.jm_view_numbers.argtypes = [pointer, pointer, pointer]
    library.jm_view_score.argtypes = [
        *(pointer, pointer, large, small, pointer, number, number),
        *(pointer, pointer, pointer, large),
    ]
    library.jm_join_rows.restype = library.jm_view_new.restype = ctypes.c_int64
    library.jm_view_numbers.restype = library.jm_view_score.restype = ctypes.c_int64
    for function in (library.jm_rows, library.jm_score, library.jm_find_roles):
        function.restype = ctypes.c_int64


def address_of(memory: array[int] | array[float] | bytearray) -> int:
    """Return where the memory of an array begins."""
    if isinstance(memory, bytearray):
        return ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return memory.buffer_info()[0]


def end_to_end(texts: Sequence[str]) -> bytes:
    """Return the characters of texts as the core has them, four bytes each."""
    return "".join(texts).encode("utf-32-le", "surrogatepass")
