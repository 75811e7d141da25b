"""The program's own templates as Jinja compiles them, kept in the user's cache folder: to compile them takes 80 ms."""

from __future__ import annotations

import hashlib
import marshal
import sys
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from jmtools.io.cache import cache_folder, fingerprint, keep, map_kept
from jmtools.io.installed import version_of

_MOST = 1 << 23  # bytes of a kept file
_DIGEST = 32


class KeptTemplates(BytecodeCache):
    """Compiled templates, in one file; those of another source are compiled again."""

    def __init__(self) -> None:
        """Read what is kept; nothing where there is no folder of the user's own."""
        folder = cache_folder()
        made_from = fingerprint((), sys.version, version_of("jinja2"))
        self._path = None if folder is None else folder / f"templates-{made_from}.compiled"
        self._known = {} if self._path is None else _read(self._path)
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what is kept of it; Jinja compares the source."""
        data = self._known.get(bucket.key)
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take a template that was compiled."""
        self._known[bucket.key] = bucket.bytecode_to_string()
        self._is_new = True

    def save(self) -> None:
        """Keep what was compiled."""
        if self._is_new and self._path is not None:
            data = marshal.dumps(self._known)
            keep(self._path, hashlib.sha256(data).digest() + data)


def _read(path: Path) -> dict[str, bytes]:
    memory = map_kept(path, most=_MOST)
    if memory is None:
        return {}
    digest, data = memory[:_DIGEST], memory[_DIGEST:]
    if hashlib.sha256(data).digest() != digest:
        return {}
    known: dict[str, bytes] = marshal.loads(data)  # noqa: S302 - whole, and written by this user, as Python's own
    return known
