"""Batches of records → what is compared of them: letters, fingerprints, and what puts them in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from jmtools.batches.feature import ScanFeature
from jmtools.dedupe.folding import Codes, Places, fold
from jmtools.dedupe.passages import Hashes, fingerprints
from jmtools.fields.grouping import iso_date
from jmtools.io.json_types import Record
from jmtools.words.segment import record_text

UNDATED = "9999"  # sorts behind every date


class Key(NamedTuple):
    """What says where a record stands among the others: in order of time, page and name, whatever the input's order.

    Attributes:
        date: Day, month or year; `UNDATED` where there is none.
        page: Name of the page.
        name: Its `id`, or a digest of its text where it has none.
        digest: Of the folded text.
        paper: Name of the newspaper.
        headline: Digest of the folded headline.
        tie: Digest of the whole record, which decides between records that are otherwise alike.
    """

    date: str
    page: str
    name: str | int
    digest: bytes
    paper: str
    headline: bytes
    tie: bytes

    @property
    def order(self) -> tuple[object, ...]:
        """What keys are sorted by: names that are numbers come before those that are strings."""
        return (self.date, self.page, isinstance(self.name, str), *self[2:])


class Sketches(NamedTuple):
    """What is kept of a batch.

    Attributes:
        keys: One for each record.
        hashes: Fingerprints of all records, side by side.
        counts: Fingerprints of each record.
        codes: Folded letters of all records, side by side.
        places: Where they stand in the texts.
        sizes: Letters of each record.
    """

    keys: list[Key]
    hashes: Hashes
    counts: list[int]
    codes: Codes
    places: Places
    sizes: list[int]


class StoryScanner(ScanFeature[Sketches]):
    """Turns records into what is compared of them."""

    def scan(self, batch: Sequence[Record]) -> Sketches:
        """Return what is kept of a batch."""
        folded = [fold(_body(data)) for data in batch]
        hashes = [fingerprints(text.codes) for text in folded]
        keys = [_key(data, text.codes) for data, text in zip(batch, folded, strict=True)]
        return Sketches(
            keys,
            np.concatenate(hashes) if hashes else np.zeros(0, np.uint64),
            [len(found) for found in hashes],
            np.concatenate([text.codes for text in folded]) if folded else np.zeros(0, np.uint32),
            np.concatenate([text.places for text in folded]) if folded else np.zeros(0, np.int32),
            [len(text.codes) for text in folded],
        )


def _body(data: Record) -> str:
    text = data.get("text")
    return text if isinstance(text, str) else record_text(data)


def _key(data: Record, codes: Codes) -> Key:
    digest = _digest(codes.tobytes())
    date = data.get("date")
    name = data.get("id")
    headline = data.get("headline")
    return Key(
        (iso_date(date) if isinstance(date, str) else None) or UNDATED,
        str(data.get("page") or ""),
        name if isinstance(name, str | int) else f"text:{digest.hex()}",
        digest,
        str(data.get("newspaper") or ""),
        _digest(fold(headline).codes.tobytes()) if isinstance(headline, str) else b"",
        _digest(repr(sorted(data.items())).encode("utf-8", "replace")),
    )


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()
