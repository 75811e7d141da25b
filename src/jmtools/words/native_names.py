"""The chain of `words.name_chain` in the segmenter core, at a hundred times the speed."""

from __future__ import annotations

import ctypes
from array import array
from itertools import accumulate

from jmtools.words.core_library import Namer, check
from jmtools.words.name_features import FIRST_MARK, INSIDE_NAMES, Words


class NativeNames:
    """Labels texts by the weights of a chain."""

    def __init__(
        self, library: ctypes.CDLL, tables: dict[str, bytes], moves: array[int], borders: tuple[bytes, bytes]
    ) -> None:
        """Take the weights.

        Args:
            library: The core.
            tables: `classes`, `keys`, `sizes`, `labels` and `weights`, as `NameChain` has them.
            moves: From each label to each.
            borders: Whether a text may begin, and end, with each label.
        """
        self._library = library
        sizes = tables["sizes"]
        slots = 1 << (2 * len(sizes) + 2).bit_length()
        arrays = {
            "classes": tables["classes"],
            "key": tables["keys"],
            "end": array("I", accumulate(sizes)).tobytes(),
            "label": tables["labels"],
            "weight": tables["weights"],
            "move": moves.tobytes(),
            "begins": borders[0],
            "ends": borders[1],
            "slot": bytes(4 * slots),
        }
        self._kept = {name: ctypes.create_string_buffer(data, max(len(data), 1)) for name, data in arrays.items()}
        addresses = {name: ctypes.addressof(buffer) for name, buffer in self._kept.items()}
        inside = (ctypes.c_uint8 * len(INSIDE_NAMES))(*INSIDE_NAMES)
        counts = {"keys": len(sizes), "slots": slots, "labels": len(borders[0])}
        self._namer = Namer(**addresses, **counts, first_mark=FIRST_MARK, inside=inside)
        check(library.jm_index_names(ctypes.byref(self._namer)))

    def labels(self, text: str, words: Words) -> bytes:
        """Return the label of each character of a text in Simplified characters."""
        path = bytearray(len(text) or 1)
        ends = array("I", words.ends)
        found = ctypes.addressof(ctypes.c_char.from_buffer(path))
        told = ends.buffer_info()[0], bytes(words.tags), bytes(words.kinds), len(ends)
        data = text.encode("utf-32-le", "surrogatepass")
        check(self._library.jm_label_names(ctypes.byref(self._namer), data, len(text), *told, found))
        return bytes(path[: len(text)])
