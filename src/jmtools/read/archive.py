"""ZIP archives, opened with bounds: on members, on what each may become, on their sum."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from jmtools.errors import DataError
from jmtools.io.encodings import decode_text

_MOST_MEMBERS = 100_000
_LARGEST = 1 << 30
_FLOOR = 64 << 20  # bytes that may come out of any archive before its ratio is checked
_UTF8_FLAG = 0x800


class Archive:
    """The members of a ZIP file."""

    def __init__(self, data: bytes, *, max_expand: int) -> None:
        """Open an archive.

        Raises:
            DataError: If it is damaged, or has too many members.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise DataError(f"is a damaged ZIP archive ({error})") from None
        self._left = max(_FLOOR, len(data) * max_expand)
        self._max_expand = max_expand
        if len(self._zip.infolist()) > _MOST_MEMBERS:
            raise DataError(f"has over {_MOST_MEMBERS:,} members")

    def names(self) -> list[str]:
        """Return the names of the members as they are written."""
        return self._zip.namelist()

    def members(self) -> Iterator[tuple[zipfile.ZipInfo, str]]:
        """Yield the files in order of name: the entry of each (two may have one name), and its name as text."""
        for info in sorted(self._zip.infolist(), key=_name):
            name = _name(info)
            folder = info.filename.endswith("/")  # a damaged archive may have an empty name, at which `is_dir` fails
            if not folder and not name.rpartition("/")[2].startswith(".") and not name.startswith("__MACOSX"):
                yield info, name

    def read(self, member: str | zipfile.ZipInfo) -> bytes:
        """Return a member, by name or by entry.

        Raises:
            DataError: If it is damaged, locked, or the archive expands too far.
            KeyError: If there is no such member.
        """
        limit = min(self._left, _LARGEST)
        try:
            with self._zip.open(member) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, struct.error, EOFError, OSError) as error:
            raise DataError(f"is damaged or locked ({error})") from None
        if len(data) > limit:
            raise DataError(f"expands to over {self._max_expand} times its size; --max-expand N allows more")
        self._left -= len(data)
        return data

    def peek(self, member: zipfile.ZipInfo) -> bytes:
        """Return a member that is to be read again: it counts once.

        Raises:
            DataError: As `read`.
        """
        left = self._left
        try:
            return self.read(member)
        finally:
            self._left = left


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; old programs for Chinese wrote GBK and said nothing, which Python reads as cp437."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        return decode_text(info.filename.encode("cp437"))
    except (UnicodeEncodeError, DataError):
        return info.filename
