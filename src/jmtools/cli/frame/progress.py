"""Progress on standard error: only on a terminal, only after two seconds, gone when the work is done."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jmtools.cli.frame.messages import VOLUME
from jmtools.io.compression import COMPRESSION_SUFFIXES

_FIRST_SECONDS = 2.0
_EVERY_SECONDS = 0.2


class Progress:
    """Counts records and shows count, rate and, where it can be told, the share that is done and the time left."""

    def __init__(self) -> None:
        """Start the clock."""
        self._count = 0
        self._done = 0
        self._total: int | None = None
        self._start = self._last = time.monotonic()
        self._shown = False
        try:
            self._terminal = os.isatty(2) and os.environ.get("TERM") != "dumb" and not VOLUME.quiet
        except OSError:
            self._terminal = False

    def watch(self, pieces: Iterable[Any], total: int | None) -> Iterator[Any]:
        """Hand on the pieces of the input, and count how much of `total` has been taken.

        Args:
            pieces: Batches of lines, counted by their bytes; anything else counts one.
            total: Of what is counted, where it is known.
        """
        self._total = total
        for piece in pieces:
            if piece is not None and self._terminal:
                lines = getattr(piece, "lines", None)
                self._done += 1 if lines is None else sum(map(len, lines)) + len(lines)
            yield piece

    def advance(self, count: int) -> None:
        """Count records, and show them when it is time."""
        self._count += count
        if not self._terminal:
            return
        now = time.monotonic()
        if now - self._start < _FIRST_SECONDS or now - self._last < _EVERY_SECONDS:
            return
        self._last = now
        self._write(f"\r\x1b[K{self.line(now - self._start)}")
        self._shown = True

    def tell(self, step: str) -> None:
        """Show which step has begun, where records cannot be counted."""
        seconds = time.monotonic() - self._start
        if self._terminal and seconds >= _FIRST_SECONDS:
            self._write(f"\r\x1b[K{step}, after {_clock(seconds)}")
            self._shown = True

    def close(self) -> None:
        """Clear the line."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def line(self, seconds: float) -> str:
        """Return what is shown after so many seconds."""
        line = f"{self._count:,} records, {self._count / seconds:,.0f}/s"
        if self._total and self._done:
            share = min(1.0, self._done / self._total)
            line += f", {share:.0%}, {_clock(seconds * (1 - share) / share)} left"
        return line

    @staticmethod
    def _write(text: str) -> None:
        with contextlib.suppress(OSError):
            os.write(2, text.encode("ascii"))


def bytes_of(paths: Sequence[str]) -> int | None:
    """Return the bytes of all inputs; None where one is a pipe or compressed, so that they are unknown."""
    total = 0
    for path in paths or ("-",):
        try:
            status = os.fstat(0) if path == "-" else os.stat(path)
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode) or path.endswith(COMPRESSION_SUFFIXES):
            return None
        total += status.st_size
    return total


def _clock(seconds: float) -> str:
    """Set a time as a person reads it.

    >>> _clock(7.4), _clock(75), _clock(8000)
    ('7 s', '1:15 min', '2:13 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes}:{rest:02} min" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02} h"
