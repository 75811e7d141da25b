"""Whether a page's items show where they come from: a dateline, a byline below the headline, names below the text.

On a page where most items do, a short line with nothing of it above or below is a subhead.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from jmtools.pages.cue_sets import CREDIT_LINES, NOTES, TAILS
from jmtools.pages.groups import Group
from jmtools.pages.surroundings import Surroundings

_SHARES = (0.001, 0.25, 0.5, 0.75, 0.95)
_DIFFERENCES = (-9, -5, -2, 0, 3, 6)  # characters
_FEW = 2  # headlines of a page that are known

Run = tuple[int, int]


class OriginSigns:
    """The signs of origin above and below the short lines of a page."""

    def __init__(self, around: Surroundings, runs: Sequence[Run], opens: Sequence[bool]) -> None:
        """Look at a page.

        Args:
            around: Its lines.
            runs: Its runs of short lines and of text, in turn: from a line, up to before another.
            opens: Of each run, whether it is text that begins with a dateline or wire.
        """
        self._around, self._runs, self._opens = around, runs, opens
        shapes, short = around.shapes, around.brief
        self._credit = [
            brief and not CREDIT_LINES.isdisjoint(shape) for brief, shape in zip(short, shapes, strict=True)
        ]
        self._note = [
            brief and text[0] in "（(" and not NOTES.isdisjoint(shape)
            for brief, text, shape in zip(short, around.texts, shapes, strict=True)
        ]
        headings = [n for n, (start, _) in enumerate(runs) if short[start]]
        signed = [self._below(n, runs[n][0]) for n in headings]
        ended = [self._above(n, runs[n][1]) for n in headings if n]
        self._signed, self._ended = _share_of(signed), _share_of(ended)
        known = [len(around.texts[runs[n][0]]) for n, sign in zip(headings, signed, strict=True) if sign]
        self._usual = sorted(known)[len(known) // 2] if len(known) >= _FEW else 0

    def group(self, i: int, n: int) -> Group:
        """Return the signs around a short line of a run."""
        start, end = self._runs[n]
        place = "1" if end - start == 1 else "f" if i == start else "l" if i == end - 1 else "m"
        usual = self._usual
        length = bisect_right(_DIFFERENCES, len(self._around.texts[i]) - usual) if usual else -1
        found = _group(self._below(n, i), self._above(n, i), self._signed, self._ended, place, length)
        return (*found, f"picture_head&{place}") if "picture_head" in self._around.shapes[i] else found

    def _below(self, n: int, i: int) -> bool:
        """Say whether a byline stands below a line of a run, or the text below opens with a dateline."""
        end = self._runs[n][1]
        return any(self._credit[j] and not self._note[j] for j in range(i + 1, end)) or (
            n + 1 < len(self._runs) and self._opens[n + 1]
        )

    def _above(self, n: int, i: int) -> bool:
        """Say whether names or a source end what stands above a line of a run."""
        start = self._runs[n][0]
        return any(self._note[start:i]) or (start > 0 and not TAILS.isdisjoint(self._around.shapes[start - 1]))


def _share_of(found: Sequence[bool]) -> int:
    return bisect_right(_SHARES, sum(found) / len(found)) if found else 0


@lru_cache(4096)
def _group(below: bool, above: bool, signed: int, ended: int, place: str, length: int) -> Group:
    return (
        f"signed{signed}&{below:d}",
        f"signed{signed}&{below:d}&{place}",
        f"ended{ended}&{above:d}",
        f"ended{ended}&{above:d}&{place}",
        f"signs{below:d}{above:d}&{signed}{ended}",
        f"to_known{length}&{place}",
        f"to_known{length}&{below:d}{above:d}",
    )
