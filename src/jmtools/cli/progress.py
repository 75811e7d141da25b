"""Progress on standard error: only on a terminal, only after two seconds, gone when the work is done."""

from __future__ import annotations

import contextlib
import os
import time

_FIRST_SECONDS = 2.0
_EVERY_SECONDS = 0.2


class Progress:
    """Counts records and shows count and rate."""

    def __init__(self, *, total: int | None = None) -> None:
        """Start the clock.

        Args:
            total: How many records will come, where it is known: then the time left is shown too.
        """
        self._total = total
        self._count = 0
        self._start = self._last = time.monotonic()
        self._shown = False
        try:
            self._terminal = os.isatty(2) and os.environ.get("TERM") != "dumb"
        except OSError:
            self._terminal = False

    def advance(self, count: int) -> None:
        """Count records, and show them when it is time."""
        self._count += count
        if not self._terminal:
            return
        now = time.monotonic()
        if now - self._start < _FIRST_SECONDS or now - self._last < _EVERY_SECONDS:
            return
        self._last = now
        self._write(f"\r\x1b[K{self._line(now - self._start)}")
        self._shown = True

    def close(self) -> None:
        """Clear the line."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _line(self, seconds: float) -> str:
        rate = self._count / seconds
        line = f"{self._count:,} records, {rate:,.0f}/s"
        if self._total and rate:
            line += f", {max(0.0, self._total - self._count) / rate:,.0f} s left"
        return line

    @staticmethod
    def _write(text: str) -> None:
        with contextlib.suppress(OSError):
            os.write(2, text.encode("ascii"))
