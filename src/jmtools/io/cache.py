"""Files that are computed once and kept in the user's cache folder.

Nobody's file is trusted: a folder or a file that others may write to is not used. A name says what a file was made
from, so that a file made from something else is never read. Files of other versions stay as long as somebody uses them:
two installations may take turns.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_DAY = 86_400
_UNUSED_DAYS = 30  # after which a file of another version is removed


def cache_folder() -> Path | None:
    """Return the user's cache folder of this program, made if it was not there; None if others may write to it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME")
        if not base or not os.path.isabs(base):
            base = os.path.expanduser("~/.cache")
    if not base or not os.path.isabs(base):
        return None
    folder = Path(base, "jmtools")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_ours(os.lstat(folder), stat.S_ISDIR) else None
    except OSError:
        return None


def fingerprint(sources: Iterable[Path], *more: str) -> str:
    """Return 16 hex digits that change with any of the files, by name, size and time, and with what is said besides."""
    made_from = [*more, sys.byteorder]
    for path in sources:
        status = path.stat()
        made_from += [str(path), str(status.st_size), str(status.st_mtime_ns)]
    return hashlib.sha256("|".join(made_from).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def map_kept(path: Path, *, most: int) -> mmap.mmap | None:
    """Map a file of ours of at most so many bytes; None if there is none, or if others may have written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not _is_ours(status, stat.S_ISREG) or not 0 < status.st_size <= most:
            return None
        if status.st_mtime < time.time() - _DAY:
            with contextlib.suppress(OSError):
                os.utime(path)  # it is in use
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_COPY)
    except (OSError, ValueError):
        return None
    finally:
        os.close(descriptor)


def keep(path: Path, data: bytes) -> None:
    """Write a file whole; where it cannot be written, the next run computes it again."""
    name = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        if name is not None:
            with contextlib.suppress(OSError):
                os.unlink(name)
    for old in other_versions(path, unused_days=_UNUSED_DAYS):
        with contextlib.suppress(OSError):
            old.unlink()


def other_versions(path: Path, *, unused_days: int = 0) -> list[Path]:
    """Return the files that other versions keep beside this one, those that nobody used for so many days."""
    before = time.time() - unused_days * _DAY
    kind = f"{path.name.partition('-')[0]}-*{path.suffix}"
    try:
        return sorted(old for old in path.parent.glob(kind) if old != path and old.stat().st_mtime <= before)
    except OSError:
        return []


def _is_ours(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Tell whether something is of a kind, belongs to this user, and cannot be written by others."""
    if not is_kind(status.st_mode):
        return False
    return os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
