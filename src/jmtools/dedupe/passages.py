"""Fingerprints of passages: of any two texts that share a passage of 19 letters or more, at least one is the same.

Winnowing chooses them: of every `WINDOW` neighbouring runs of `RUN` letters, the one whose hash is smallest. MinHash,
which compares whole texts, finds a brief inside a long article only by luck (docs/benchmarks/dedupe.md).

Source:
    Schleimer, Wilkerson & Aiken (2003), Winnowing: local algorithms for document fingerprinting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.dedupe.folding import Codes

if TYPE_CHECKING:
    import numpy.typing as npt

Hashes: TypeAlias = "npt.NDArray[np.uint64]"

RUN = 8
WINDOW = 12
LEAST = RUN + WINDOW - 1  # letters of a passage that is found for certain
HASH_BITS = 38
_ZERO, _NINE = ord("0"), ord("9")
_FACTOR = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9


def run_hashes(codes: Codes, run: int = RUN) -> Hashes:
    """Return a hash of every run of letters, shape (len(codes) - run + 1,); none where the text is shorter."""
    size = len(codes) - run + 1
    if size <= 0:
        return np.zeros(0, np.uint64)
    found = np.zeros(size, np.uint64)
    for offset in range(run):
        found *= _FACTOR
        found += codes[offset : offset + size]
    found ^= found >> np.uint64(31)
    found *= _MIX
    return found >> np.uint64(64 - HASH_BITS)


def fingerprints(codes: Codes) -> Hashes:
    """Return the chosen hashes of a text, each once, sorted; a number is one letter, whichever it is.

    So the price list of today has the fingerprints of that of yesterday, and is known for boilerplate; and a story
    whose figures were corrected is found.
    """
    figures = (codes >= _ZERO) & (codes <= _NINE)
    if figures.any():
        repeated = figures.copy()
        repeated[1:] &= figures[:-1]
        repeated[:1] = False
        codes = np.where(figures, _ZERO, codes)[~repeated]
    hashes = run_hashes(codes)
    if len(hashes) <= WINDOW:
        return hashes[:0] if not len(hashes) else np.unique(hashes.min(keepdims=True))
    least = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1)
    return np.unique(least)
