"""Which records may share text: those with common fingerprints, boilerplate set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from jmtools.dedupe.passages import HASH_BITS, Hashes

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"

_RECORD_BITS = 64 - HASH_BITS
MOST_RECORDS = 1 << (64 - HASH_BITS)
_RECORD_MASK = MOST_RECORDS - 1
_NEIGHBOURS = 40  # records with the same passage with which each is compared: the next ones in time
_LEAST_SHARE = 0.05  # share of the shorter record's fingerprints that a pair must have in common to be compared
_MUCH_BOILERPLATE = 0.5  # share of a record's fingerprints in such passages above which it is boilerplate


class CandidatePairs(NamedTuple):
    """What the fingerprints say.

    Attributes:
        first: Record of each pair that stands earlier, shape (pairs,).
        second: The other.
        boilerplate: Records that are mostly passages which return day by day, shape (records,).
    """

    first: Ints
    second: Ints
    boilerplate: npt.NDArray[np.bool_]


def pack(hashes: Hashes, records: npt.NDArray[np.uint64]) -> Hashes:
    """Return fingerprint and record of each entry as one number, which sorts by fingerprint."""
    return (hashes << np.uint64(_RECORD_BITS)) | records


def unpack_records(entries: Hashes) -> Ints:
    """Return the records of packed entries."""
    return (entries & _RECORD_MASK).astype(np.int64)


def find_candidates(entries: Hashes, *, same: Ints, issues: Sequence[tuple[str, str]], days: int) -> CandidatePairs:
    """Return the pairs of records that have passages in common.

    Args:
        entries: Fingerprints of all records, see `pack`; sorted here, in place.
        same: For each record the first one with the same text; pairs name these alone.
        issues: Newspaper and day of each record.
        days: A passage that one newspaper prints on as many days is boilerplate.
    """
    entries.sort()
    records = unpack_records(entries)
    hashes = entries >> _RECORD_BITS
    begins = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(hashes) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(begins, len(hashes)))
    group = np.repeat(np.arange(len(sizes)), sizes)
    common = _returning(group, records, sizes, issues, days)[group] if len(group) else np.zeros(0, np.bool_)
    total = np.bincount(records, minlength=len(same))
    marked = np.bincount(records[common], minlength=len(same))
    boilerplate = marked > _MUCH_BOILERPLATE * np.maximum(total, 1)
    kept = ~common & (sizes[group] > 1) & ~boilerplate[records] if len(group) else common
    group, records = group[kept], same[records[kept]]
    packed = np.unique((group.astype(np.uint64) << _RECORD_BITS) | records.astype(np.uint64))
    first, second, shared = _pairs((packed >> _RECORD_BITS).astype(np.int64), unpack_records(packed))
    least = np.minimum(total[first], total[second])
    good = (shared >= np.minimum(2, least)) & (shared >= _LEAST_SHARE * least)
    return CandidatePairs(first[good], second[good], boilerplate)


def _returning(
    group: Ints, records: Ints, sizes: Ints, issues: Sequence[tuple[str, str]], days: int
) -> npt.NDArray[np.bool_]:
    """Return of each fingerprint whether one newspaper prints it on so many days."""
    found = np.zeros(len(sizes), np.bool_)
    numbers: dict[tuple[str, str], int] = {}
    issue_of = np.array([numbers.setdefault(issue, len(numbers)) for issue in issues], np.int64)
    papers: dict[str, int] = {}
    paper_of = np.array([papers.setdefault(paper, len(papers)) for paper, _ in numbers], np.int64)
    often = sizes[group] >= days
    if not often.any() or days < 1:
        return found
    printed = np.unique(group[often] * len(numbers) + issue_of[records[often]])
    by_paper = printed // len(numbers) * len(papers) + paper_of[printed % len(numbers)]
    cases, counts = np.unique(by_paper, return_counts=True)
    found[cases[counts >= days] // len(papers)] = True
    return found


def _pairs(group: Ints, records: Ints) -> tuple[Ints, Ints, Ints]:
    """Return each pair of records that are in a group together, and in how many."""
    keys: list[npt.NDArray[np.uint64]] = []
    numbers: list[Ints] = []
    for step in range(1, _NEIGHBOURS + 1):
        together = np.flatnonzero(group[step:] == group[:-step])
        if not len(together):
            break
        pair = (records[together].astype(np.uint64) << _RECORD_BITS) | records[together + step].astype(np.uint64)
        found, counts = np.unique(pair, return_counts=True)
        keys.append(found)
        numbers.append(counts)
    if not keys:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing
    pairs, where = np.unique(np.concatenate(keys), return_inverse=True)
    shared = np.bincount(where, weights=np.concatenate(numbers)).astype(np.int64)
    return (pairs >> _RECORD_BITS).astype(np.int64), unpack_records(pairs), shared
