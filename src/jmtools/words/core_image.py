"""The dictionary of the segmenter core: built once from jieba's files, kept in the user's cache folder, and mapped.

What is damaged or was made from other files is built again. Where nothing can be kept, it is built in memory, which
takes as long each time.
"""

from __future__ import annotations

import ctypes
import importlib.util
import math
import mmap
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jmtools.errors import ModelError
from jmtools.io.cache import cache_folder, fingerprint, keep, map_kept
from jmtools.words.core_library import ABI
from jmtools.words.dictionary import UNKNOWN_TAG, background_idf_path, dictionary_path

IMAGE_VERSION = 2  # changes whenever something else is put into an image
_STATES = "BEMS"
_NOT_IN_DICTIONARY = 1.0  # in place of the logarithm of a probability, which is never above 0
_NEVER = -3.14e100
_DECIMALS = (
    6  # digits of a probability in rjieba's copy of jieba's model; with more, one word in a million would differ
)
_MAX_IMAGE = 1 << 28


class MappedImage:
    """Memory in which an image lies."""

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory
        self.size = len(memory)
        self._pointer = ctypes.c_char.from_buffer(memory)
        self.address = ctypes.addressof(self._pointer)
        self.dictionary = ctypes.c_void_p()

    def open(self, library: ctypes.CDLL) -> int:
        """Check the image and open its dictionary, once; return 0, or what the library says is wrong."""
        if self.dictionary:
            return 0
        result: int = library.jm_open(self.address, self.size, ctypes.byref(self.dictionary))
        return result

    def flip(self, place: int, bits: int) -> None:
        """Change some bits of a byte, as damage would; the file stays as it is."""
        self._memory[place] ^= bits


class _Source(ctypes.Structure):
    """What `jm_build` takes; `native/jmcore.h` says what each field is."""

    _fields_ = [
        ("text", ctypes.c_char_p),
        ("ends", ctypes.c_void_p),
        ("weight", ctypes.c_void_p),
        ("idf", ctypes.c_void_p),
        ("tag", ctypes.c_void_p),
        ("words", ctypes.c_uint32),
        ("hmm_rows", ctypes.c_uint32),
        ("alone", ctypes.c_double),
        ("hmm_char", ctypes.c_void_p),
        ("hmm_emit", ctypes.c_void_p),
        ("hmm_start", ctypes.c_void_p),
        ("hmm_change", ctypes.c_void_p),
        ("note", ctypes.c_char_p),
        ("note_size", ctypes.c_uint32),
    ]


def open_image(library: ctypes.CDLL) -> MappedImage:
    """Return the image of the installed jieba's dictionary, built if there is none that can be used."""
    path = image_path()
    kept = None if path is None else map_kept(path, most=_MAX_IMAGE)
    found = None if kept is None else MappedImage(kept)
    if found is not None and found.open(library) == 0:
        return found
    data = build_image(library)
    if path is not None:
        keep(path, data)
    return map_bytes(data)


def map_bytes(data: bytes) -> MappedImage:
    """Return memory of this process with an image in it."""
    memory = mmap.mmap(-1, len(data))
    memory.write(data)
    return MappedImage(memory)


def image_path() -> Path | None:
    """Return where the image is kept, or None where nothing can be kept; its name says what it was made from."""
    folder = cache_folder()
    if folder is None:
        return None
    sources = (dictionary_path(), background_idf_path(), _model_path("emit"))
    return folder / f"words-{fingerprint(sources, str(IMAGE_VERSION), str(ABI))}.image"


def build_image(library: ctypes.CDLL) -> bytes:
    """Return an image of the installed jieba's dictionary, background idf and model for unknown words."""
    lines = [line.split() for line in dictionary_path().read_text(encoding="utf-8").split("\n") if line.strip()]
    freq = {line[0]: int(line[1]) for line in lines}
    tag_of = {line[0]: line[2] for line in lines}
    log_total = math.log(sum(freq.values()))  # a word that stands twice counts once, as in rjieba
    idf_of, middle = _background()
    words = sorted({*freq, *idf_of})
    encoded = [word.encode() for word in words]
    ends = array("I")
    size = 0
    for word in encoded:
        size += len(word)
        ends.append(size)
    tags = [UNKNOWN_TAG, *sorted({*tag_of.values()} - {UNKNOWN_TAG})]
    number_of = {tag: number for number, tag in enumerate(tags)}
    emit, start, change = _model()
    letters = sorted(set().union(*emit.values()))
    return _call(
        library,
        text=b"".join(encoded),
        ends=ends,
        weight=array("d", [math.log(freq[w]) - log_total if w in freq else _NOT_IN_DICTIONARY for w in words]),
        idf=array("d", [idf_of.get(word, math.nan) for word in words]),
        tag=array("B", [number_of[tag_of.get(word, UNKNOWN_TAG)] for word in words]),
        alone=0.0 - log_total,
        hmm_char=array("I", map(ord, letters)),
        hmm_emit=array("d", [round(emit[s].get(c, _NEVER), _DECIMALS) for c in letters for s in _STATES]),
        hmm_start=array("d", [start[state] for state in _STATES]),
        hmm_change=array("d", [change[one].get(two, _NEVER) for one in _STATES for two in _STATES]),
        note=" ".join([repr(middle), *tags]).encode(),
    )


def _call(library: ctypes.CDLL, **fields: Any) -> bytes:
    source = _Source()
    for name, value in fields.items():
        setattr(source, name, value.buffer_info()[0] if isinstance(value, array) else value)
    source.words, source.hmm_rows = len(fields["ends"]), len(fields["hmm_char"])
    source.note_size = len(fields["note"])
    image = ctypes.c_void_p()
    size = library.jm_build(ctypes.byref(source), ctypes.byref(image))
    if size == -1:
        raise MemoryError
    if size < 0:
        raise ModelError(f"the dictionary of jieba cannot be used: error {size} of the segmenter core")
    try:
        return ctypes.string_at(image, size)
    finally:
        library.jm_release(image)


def _background() -> tuple[dict[str, float], float]:
    """Return jieba's background idf, and its median for words that it does not have."""
    lines = [line.split(" ") for line in background_idf_path().read_text(encoding="utf-8").split("\n") if line]
    idf_of = {line[0]: float(line[1]) for line in lines}
    values = sorted(idf_of.values())
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    return idf_of, middle


def _model() -> tuple[Mapping[str, Mapping[str, float]], Mapping[str, float], Mapping[str, Mapping[str, float]]]:
    """Return jieba's model for unknown words: emission, start and transition; read without importing jieba."""
    parts: list[Any] = []
    for name in ("emit", "start", "trans"):
        spec = importlib.util.spec_from_file_location(f"_jieba_{name}", _model_path(name))
        if spec is None or spec.loader is None:
            raise ModelError("the package jieba lacks its model for unknown words")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        parts.append(module.P)
    return parts[0], parts[1], parts[2]


def _model_path(name: str) -> Path:
    return dictionary_path().parent / "finalseg" / f"prob_{name}.py"
