"""Records → the words of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jmtools.segment import load_segmenter, record_tokens, segmentation_of


@dataclass(frozen=True)
class SegmentOptions:
    """How text is cut.

    Attributes:
        segmenter: `rjieba` or `jieba`.
        user_dicts: Dictionaries whose entries stay whole.
        allow_mixed: Whether records that were cut differently may be counted together.
    """

    segmenter: str = "rjieba"
    user_dicts: tuple[str, ...] = ()
    allow_mixed: bool = False


class TokenAdder:
    """Adds `tokens`, the words of headline and text, and `segmenter`, how they were cut."""

    def __init__(self, options: SegmentOptions) -> None:
        self._segmenter = load_segmenter(options.segmenter, user_dicts=[Path(p) for p in options.user_dicts])
        self._origin = {
            "name": self._segmenter.name,
            "version": self._segmenter.version,
            "hash": self._segmenter.fingerprint,
        }
        if options.allow_mixed:
            self.cut_of = None  # type: ignore[method-assign,assignment]

    def cut_of(self, data: Mapping[str, Any]) -> str:
        """Return how a record is or will be cut."""
        return segmentation_of(data) or self._segmenter.fingerprint

    def apply(self, batch: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return `tokens` and `segmenter` of each record; tokens that a record brings stay as they are."""
        return [
            {} if data.get("tokens") is not None else self._fields(record_tokens(data, self._segmenter))
            for data in batch
        ]

    def _fields(self, tokens: list[str]) -> dict[str, Any]:
        return {"tokens": tokens, "segmenter": self._origin}
