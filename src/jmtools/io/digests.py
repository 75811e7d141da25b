"""Digests of files, and of what passes through standard input and output while a run is recorded."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from jmtools.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 20


class StreamDigest:
    """Size and SHA-256 of the bytes that pass through a standard stream; idle until it is started."""

    def __init__(self) -> None:
        self.is_on = False
        self.size = 0

    def start(self) -> None:
        """Begin anew."""
        self.is_on, self.size, self._hash = True, 0, hashlib.sha256()

    def update(self, data: bytes) -> None:
        """Take in the next bytes."""
        if self.is_on:
            self.size += len(data)
            self._hash.update(data)

    def digest(self) -> Digest:
        """Return what has passed so far."""
        return Digest(self.size, self._hash.hexdigest())

    @cached_property
    def _hash(self) -> hashlib._Hash:
        return hashlib.sha256()


@dataclass(frozen=True)
class Digest:
    """Size and SHA-256 of some bytes."""

    size: int
    sha256: str


STDIN_DIGEST, STDOUT_DIGEST = StreamDigest(), StreamDigest()  # a process has one of each


def digest_of(path: str) -> Digest:
    """Return the digest of a file.

    Raises:
        FileError: If it cannot be read.
    """
    found = StreamDigest()
    found.start()
    try:
        with open(path, "rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise FileError(f"{path}: cannot read: {why[:1].lower()}{why[1:]}") from None
    return found.digest()


def files_below(path: str) -> Iterator[str]:
    """Yield a file, or all regular files below a folder, sorted; nothing for pipes and devices."""
    if os.path.isfile(path):
        yield path
    elif os.path.isdir(path):
        for folder, folders, names in os.walk(path):
            folders.sort()
            yield from (p for name in sorted(names) if os.path.isfile(p := os.path.join(folder, name)))
