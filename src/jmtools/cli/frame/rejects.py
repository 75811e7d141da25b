"""Bad records: what their beginning looks like, and the file of `--rejects`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jmtools.errors import FileError

if TYPE_CHECKING:
    from jmtools.io.records import Reject


def hint_of(reject: Reject) -> str:
    """Return what an input is whose very beginning is no record."""
    if reject.place.byte or reject.place.line > 1:
        return ""
    from jmtools.io.kinds import hint

    found = hint(reject.raw)
    return f"; {found}" if found else ""


class RejectFile:
    """Bad records, written as they are met: what a killed run has found is there."""

    def __init__(self, path: str) -> None:
        """Open the file.

        Raises:
            FileError: If it cannot be written.
        """
        from jmtools.io.outputs import DescriptorWriter

        try:
            self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        except OSError as error:
            raise FileError(f"{path}: cannot write: {os.strerror(error.errno or 0).lower()}") from None
        self._writer = DescriptorWriter(self._fd, name=path)

    def write(self, reject: Reject) -> None:
        """Write a bad record with its place and reason."""
        from jmtools.io.records import encode_reject

        self._writer.write(encode_reject(reject))

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)
