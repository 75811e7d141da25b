"""keyness: a side may be records or their counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jmtools.io.records import round6
from jmtools.keyness.sides import side_of_records
from tests.conftest import run_jmtools
from tests.sample_articles import SAMPLE, output


def test_the_reference_may_be_records_or_their_counts(tmp_path: Path) -> None:
    march = [r for r in SAMPLE if r["date"] < "2024-04"]
    april = b"".join(json.dumps(r).encode() + b"\n" for r in SAMPLE if r["date"] >= "2024-04")
    records, counts = tmp_path / "march.jsonl", tmp_path / "march.freq"
    records.write_bytes(b"".join(json.dumps(r).encode() + b"\n" for r in march))
    counts.write_bytes(run_jmtools("freq", records).stdout)
    one = output("keyness", "--reference", records, "-n", "20", stdin=april)
    other = output("keyness", "--reference", counts, "-n", "20", stdin=april)
    assert [row["term"] for row in one] == [row["term"] for row in other]
    assert [row["ll"] for row in one] == pytest.approx([row["ll"] for row in other], rel=1e-3)
    assert run_jmtools("keyness", stdin=april).returncode == 2


@pytest.mark.parametrize(("words", "docs"), [(1, 1), (97_000, 12), (1_234_567, 999), (98_765_432, 54_321)])
def test_the_size_of_a_reference_is_read_from_its_rates(words: int, docs: int) -> None:
    freqs = {n for n in (1, 7, 1_000, words // 50, words // 3) if 0 < n <= words}
    records = [
        {"term": str(n), "freq": n, "docfreq": d, "ipm": round6(n / words * 1e6), "docfreq_pct": round6(d / docs * 100)}
        for n, d in zip(sorted(freqs), range(1, docs + 1), strict=False)
    ]
    side = side_of_records(records)
    assert side.size(1) == pytest.approx(words, rel=1e-6)
    assert side.docs == docs
