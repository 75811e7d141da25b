"""Counts that outgrow memory: the same as if they had not, and exact for what is kept where something must go."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from jmtools.counts.document_frequencies import IdfCounter
from jmtools.counts.term_counter import CountOptions, TermCounter
from jmtools.freq.frequencies import FreqCounter, FreqOptions
from jmtools.keyness.comparison import KeynessCounter, KeynessOptions, Reference
from jmtools.keyness.sides import side_of
from jmtools.trend.report import TrendCounter, TrendOptions
from jmtools.words.reader import SegmentOptions
from jmtools.words.term_filter import FilterOptions
from tests.conftest import run_jmtools

SMALL = 60_000  # bytes: spilled every few batches, and at the end too little for all terms
ENOUGH = 400_000  # spilled too, but all terms have room in the end
rng = random.Random(4)
# Words of a long tail, with a line break, an astral character and nothing between two words as borders of terms.
WORDS = [f"词{number}" for number in range(800)] + ["\n", "，", "𠮷野家"]
WEIGHTS = [1 / (1 + number) for number in range(803)]
RECORDS = [
    {
        "id": number,
        "date": f"2024-0{1 + number % 3}-01",
        "side": number % 2,
        "text": "",
        "tokens": rng.choices(WORDS, WEIGHTS, k=rng.randint(0, 40)),
    }
    for number in range(600)
]
COUNTING = CountOptions(segment=SegmentOptions(allow_mixed=True))


def report(counter: Any, records: list[dict[str, Any]] = RECORDS) -> list[dict[str, Any]]:
    total: Any = None
    for start in range(0, len(records), 20):
        part = counter.count(records[start : start + 20])
        total = part if total is None else counter.merge(total, part)
    return list(counter.records(total))


def freq(room: int | None, **options: Any) -> FreqCounter:
    counting = {name: options.pop(name) for name in ("ngrams", "group_by", "unit") if name in options}
    return FreqCounter(FreqOptions(replace(COUNTING, max_memory=room, **counting), **options))


def keyness(room: int | None) -> KeynessCounter:
    counting = replace(COUNTING, max_memory=room, where="side = 0")
    return KeynessCounter(KeynessOptions(counting, reference_where="side = 1", min_freq=1, direction="both"))


def trend(room: int | None) -> TrendCounter:
    return TrendCounter(TrendOptions(replace(COUNTING, max_memory=room), terms=("词3", "词700", "无")))


@pytest.mark.parametrize(
    "make",
    [
        freq,
        lambda room: freq(room, group_by=("date",), sort="docfreq"),
        lambda room: freq(room, unit="char", interval="tokens"),
        lambda room: IdfCounter(SegmentOptions(allow_mixed=True), max_memory=room),
        lambda room: keyness(room and 2 * room),
        trend,
    ],
)
def test_what_waited_on_disk_is_the_same(make: Callable[[int | None], Any]) -> None:
    assert report(make(ENOUGH)) == report(make(None))


def test_with_room_enough_nothing_is_said() -> None:
    counter = freq(ENOUGH)
    assert report(counter)
    assert counter.notes() == []


@pytest.mark.parametrize("options", [{}, {"group_by": ("date",)}, {"ngrams": (2, 3)}])
def test_what_is_kept_is_exact_and_what_is_not_is_counted(options: dict[str, Any]) -> None:
    def of(row: dict[str, Any]) -> tuple[Any, ...]:
        return row["term"], row.get("group"), row.get("ngram")

    small = freq(SMALL, **options)
    kept, everything = report(small), report(freq(None, **options))
    whole: dict[str, int] = {}
    for row in everything:
        whole[row["term"]] = whole.get(row["term"], 0) + row["freq"]
    (note,) = small.notes()
    floor = int(note.split("seen ")[1].split(" times")[0])
    assert floor > 1
    assert kept == [row for row in everything if whole[row["term"]] >= floor]
    gone = [frequency for frequency in whole.values() if frequency < floor]
    if "ngrams" in options:  # else a line break or a mark may be among them, which are no words
        assert f"; {len(gone):,} rarer terms with {sum(gone):,} occurrences" in note
    assert 0 < len(kept) < len(everything)


def test_terms_that_are_asked_for_are_never_dropped() -> None:
    rare = tuple(f"词{number}" for number in range(700, 800))
    assert report(freq(SMALL, filter=FilterOptions(rare))) == report(freq(None, filter=FilterOptions(rare)))


def test_keyness_keeps_what_both_sides_together_have_often() -> None:
    small = keyness(SMALL)
    rows = {row["term"]: row for row in report(small)}
    exact = {row["term"]: row for row in report(keyness(None))}
    assert small.notes()
    assert 0 < len(rows) < len(exact)
    names = ("freq_target", "freq_reference", "ipm_target", "ipm_reference", "ll", "log_ratio")
    assert all(row[name] == exact[term][name] for term, row in rows.items() for name in names)
    least = min(row["freq_target"] + row["freq_reference"] for row in rows.values())
    assert all(r["freq_target"] + r["freq_reference"] < least for t, r in exact.items() if t not in rows)


@pytest.mark.parametrize("room", [SMALL, ENOUGH, None])
def test_a_reference_given_apart_is_exact_too(room: int | None) -> None:
    counting = replace(COUNTING, max_memory=room)
    sides = [[record for record in RECORDS if record["side"] == side] for side in (0, 1)]
    reference = TermCounter(counting)
    total = reference.count(sides[1][:20])
    for start in range(20, len(sides[1]), 20):
        total = reference.merge(total, reference.count(sides[1][start : start + 20]))
    options = KeynessOptions(counting, min_freq=1, direction="both")
    rows = report(KeynessCounter(options, reference=Reference(total)), sides[0])
    together = {row["term"]: row for row in report(keyness(None))}
    shown = {"freq_target", "freq_reference", "ll"}
    assert rows
    assert all({n: row[n] for n in shown} == {n: together[row["term"]][n] for n in shown} for row in rows)


def test_a_process_that_sends_its_counts_away_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jmtools.counts.term_counter._REMEMBERED", 50)
    sender, total = TermCounter(COUNTING), None
    for start in range(0, len(RECORDS), 20):
        part = sender.count(RECORDS[start : start + 20])
        part.__setstate__(part.__getstate__())  # as through a pipe
        total = part if total is None else TermCounter(COUNTING).merge(total, part)
    assert total is not None
    whole = TermCounter(COUNTING)
    assert side_of(total) == side_of(whole.count(RECORDS))
    assert len(sender._vocabularies[1].numbers) < 400


def test_the_option_says_aloud_what_is_dropped() -> None:
    starts = range(0, 210_000, 1500)
    lines = [{"text": "", "tokens": [f"词{n}" for n in range(start, start + 3000)]} for start in starts]
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines) * 2
    arguments = ("freq", "--max-memory", "1", "--allow-mixed")
    done = run_jmtools(*arguments, stdin=data)
    assert done.returncode == 0
    assert b"see --max-memory" in done.stderr
    assert b"dropped" in done.stderr
    assert run_jmtools(*arguments, "--jobs", "2", stdin=data).stdout == done.stdout
