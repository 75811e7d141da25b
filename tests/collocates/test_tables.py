"""Every table is one unit in four cells, every score follows from its counts, and every command counts alike."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.collocates.neighbours import NeighbourCounter, NeighbourOptions
from jmtools.collocates.node import CollocateCounter, CollocateOptions
from jmtools.collocates.scores import ShownOptions
from jmtools.cooc.cooccurrence import CoocCounter, CoocOptions
from jmtools.counts.term_counter import CountOptions
from jmtools.freq.frequencies import FreqCounter, FreqOptions
from jmtools.io.records import round6
from jmtools.keyness.comparison import KeynessCounter, KeynessOptions
from jmtools.kwic import Concordancer, KwicOptions
from jmtools.stats import association, effects, tables2x2
from jmtools.stats.pair_measures import MEASURES
from jmtools.words.sentences import WITHIN
from jmtools.words.term_filter import FilterOptions
from tests.conftest import run_jmtools

# Few words, so that nodes repeat, overlap and stand beside themselves; marks of every kind; a word that holds another.
TOKENS = st.lists(st.sampled_from(["甲", "乙", "丙", "甲乙", "。", "；", "，", "……", ".", " ", "\n", "3"]), max_size=14)
CORPUS = st.lists(TOKENS.map(lambda tokens: {"tokens": tokens}), min_size=1, max_size=5)
NODES = st.sampled_from(["甲", "乙", "甲 甲", "甲 乙", "乙 甲 乙", "3"])
WINDOWS = st.tuples(st.integers(0, 4), st.integers(0, 4))
ALL = ShownOptions(min_freq=1, measures=("all",))


def rows_of(counter: Any, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    total = counter.count(records[:1])
    for record in records[1:]:
        total = counter.merge(total, counter.count([record]))
    return list(counter.records(total))


def same(found: float | None, expected: float | None) -> bool:
    return found is None if expected is None else found == round6(expected)


def is_word(token: str) -> bool:
    return any(map(str.isalnum, token))


@settings(max_examples=150, deadline=None)
@given(CORPUS, NODES, WINDOWS, st.sampled_from(WITHIN))
def test_collocates_make_tables(records: list[dict[str, Any]], node: str, window: tuple[int, int], within: str) -> None:
    options = CollocateOptions(node, window=window, within=within, shown=ALL)
    rows = rows_of(CollocateCounter(options), records)
    words = Counter(token for record in records for token in record["tokens"] if is_word(token))
    assert sum(row["freq"] for row in rows) == (rows[0]["freq_spans"] if rows else 0)
    for row in rows:
        o, r, c, n = row["freq"], row["freq_spans"], row["freq_term"], row["n_tokens"]
        assert (c, n) == (words[row["term"]], words.total())
        cells = o, r - o, c - o, n - r - c + o
        assert min(cells) >= 0
        assert sum(cells) == n
        assert max(row["left"], row["right"]) <= o <= row["left"] + row["right"]
        for name, measure in MEASURES.items():
            if name not in ("dice", "log_dice"):
                assert same(row[name], measure.formula(o, r, c, n)), name
        assert same(row["dice"], association.node_dice(o, row["freq_node"], c))
        assert same(row["log_dice"], association.node_log_dice(o, row["freq_node"], c))
        assert same(row["dice_span"], association.dice(o, r, c, n))
        assert same(row["expected"], association.expected(r, c, n))
        assert row["direction"] == ("over" if o * n >= r * c else "under")
        assert same(row["p"], tables2x2.p_of_chi_squared(association.association_ll(o, r, c, n)))


def test_a_node_that_repeats_itself() -> None:
    records = [{"tokens": ["a", "a", "a", "a", "b"]}]
    options = CollocateOptions("a a", window=(1, 1), shown=ShownOptions(min_freq=1))
    row = next(row for row in rows_of(CollocateCounter(options), records) if row["term"] == "a")
    assert (row["freq"], row["freq_node"], row["freq_spans"], row["expected"]) == (2, 2, 3, 2.4)
    assert row["mi"] == pytest.approx(-0.263034, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(CORPUS)
def test_neighbours_make_tables(records: list[dict[str, Any]]) -> None:
    rows = rows_of(NeighbourCounter(NeighbourOptions(CountOptions(), ALL)), records)
    for row in rows:
        o, r, c, n = row["freq"], row["freq_first"], row["freq_second"], row["n_pairs"]
        assert min(o, r - o, c - o, n - r - c + o) >= 0
        assert all(same(row[name], measure.formula(o, r, c, n)) for name, measure in MEASURES.items())
    assert sum(row["freq"] for row in rows) == (rows[0]["n_pairs"] if rows else 0)
    grams = rows_of(FreqCounter(FreqOptions(CountOptions(ngrams=(2, 2)))), records)
    assert {row["term"]: row["freq"] for row in rows} == {row["term"]: row["freq"] for row in grams}


@settings(max_examples=60, deadline=None)
@given(CORPUS, st.sampled_from(["record", "paragraph", "sentence"]))
def test_pairs_of_cooc_make_tables(records: list[dict[str, Any]], within: str) -> None:
    options = CoocOptions(within=within, min_freq=1, filter=FilterOptions(), measures=("all",))
    for row in rows_of(CoocCounter(options), records):
        o, r, c, n = row["freq"], row["freq_a"], row["freq_b"], row["spans"]
        assert min(o, r - o, c - o, n - r - c + o) >= 0
        for name, measure in MEASURES.items():
            assert same(row["pmi" if name == "mi" else name], measure.formula(o, r, c, n)), name


@settings(max_examples=80, deadline=None)
@given(CORPUS)
def test_two_words_that_share_a_sentence_do_so_in_both_commands(records: list[dict[str, Any]]) -> None:
    options = CoocOptions(within="sentence", min_freq=1, filter=FilterOptions())
    pairs = {frozenset((r["term_a"], r["term_b"])): r["docfreq"] for r in rows_of(CoocCounter(options), records)}
    for node in ("甲", "乙", "3"):
        wanted = CollocateOptions(node, window=(99, 99), within="sentence", shown=ShownOptions(min_freq=1))
        beside = {r["term"]: r["docfreq"] for r in rows_of(CollocateCounter(wanted), records) if r["term"] != node}
        assert beside == {term: freq for pair, freq in pairs.items() if node in pair for term in pair - {node}}


def apart(tokens: list[str], phrase: list[str]) -> int:
    """Count a row of tokens by hand, from left to right, without overlap."""
    count = place = 0
    while place <= len(tokens) - len(phrase):
        if tokens[place : place + len(phrase)] == phrase:
            count += 1
            place += len(phrase)
        else:
            place += 1
    return count


@settings(max_examples=120, deadline=None)
@given(CORPUS, st.sampled_from(["甲 甲", "甲 乙", "乙 甲 乙"]))
def test_an_occurrence_is_the_same_in_every_command(records: list[dict[str, Any]], phrase: str) -> None:
    words = phrase.split()
    expected = sum(apart(record["tokens"], words) for record in records)
    size = len(words), len(words)
    grams = {r["term"]: r for r in rows_of(FreqCounter(FreqOptions(CountOptions(ngrams=size))), records)}
    assert grams.get(phrase, {"freq": 0})["freq"] == expected
    counting = CountOptions(strings=(phrase,))
    (listed,) = rows_of(FreqCounter(FreqOptions(counting, filter=FilterOptions((phrase,)))), records)
    assert listed["freq"] == expected
    texts = [{"text": "".join(record["tokens"]), **record} for record in records]
    assert len(list(Concordancer(KwicOptions((phrase,))).expand(texts))) == expected
    window = CollocateOptions(phrase, window=(99, 99), within="record", shown=ShownOptions(min_freq=1))
    assert {row["freq_node"] for row in rows_of(CollocateCounter(window), records)} <= {expected}
    for row in grams.values():  # the whole is all n-grams
        assert row["n_tokens"] == sum(r["freq"] for r in grams.values())
        assert same(row["ipm"], effects.per_million(row["freq"], row["n_tokens"]))


@settings(max_examples=60, deadline=None)
@given(CORPUS, CORPUS, st.integers(1, 3))
def test_keyness_follows_from_its_counts(
    target: list[dict[str, Any]], reference: list[dict[str, Any]], order: int
) -> None:
    records = [{**r, "side": "t"} for r in target] + [{**r, "side": "r"} for r in reference]
    counting = CountOptions(ngrams=(order, order), where='side = "t"')
    options = KeynessOptions(counting, reference_where='side = "r"', min_freq=1, direction="both", measures=("all",))
    runs = [[r["tokens"] for r in side] for side in (target, reference)]
    if not all(any(_ngrams(tokens, order) for tokens in side) for side in runs):
        return
    for row in rows_of(KeynessCounter(options), records):
        a, b, n_a, n_b = row["freq_target"], row["freq_reference"], row["n_target"], row["n_reference"]
        sizes = {"n_target": n_a, "n_reference": n_b}
        ll = tables2x2.log_likelihood(a, b, n_a=n_a, n_b=n_b)
        assert same(row["ll"], ll)
        assert same(row["p"], tables2x2.p_of_chi_squared(ll))
        assert same(row["fisher"], tables2x2.fisher_exact(a, b, n_a=n_a, n_b=n_b))
        assert same(row["chi2"], tables2x2.chi_squared(a, b, n_a=n_a, n_b=n_b))
        for name in ("log_ratio", "percent_diff", "odds_ratio", "relative_risk", "pmi"):
            assert same(row[name], getattr(effects, name)(a, b, **sizes)), name
        assert same(row["ipm_target"], effects.per_million(a, n_a))
        if order == 1:
            assert n_a == sum(is_word(token) for record in target for token in record["tokens"])


def _ngrams(tokens: list[str], order: int) -> bool:
    run = best = 0
    for token in tokens:
        run = run + 1 if is_word(token) else 0
        best = max(best, run)
    return best >= order


def lines(*sides: tuple[str, list[str]]) -> bytes:
    return b"".join(json.dumps({"tokens": tokens, "side": side}).encode() + b"\n" for side, tokens in sides)


SIDES = ("--target-where", 'side = "t"', "--reference-where", 'side = "r"')


@pytest.mark.parametrize("sort", ["odds_ratio", "simple_maths", "relative_risk", "percent_diff", "log_ratio", "ll"])
def test_what_is_furthest_from_no_difference_comes_first(sort: str) -> None:
    target = ["a"] * 40 + ["b"] * 5 + ["c"] * 20 + ["d"] * 35
    reference = ["a"] * 10 + ["b"] * 40 + ["c"] * 40 + ["d"] * 10
    stdin = lines(("t", target), ("r", reference))
    done = run_jmtools("keyness", *SIDES, "--direction", "under", "--sort", sort, stdin=stdin)
    assert [json.loads(line)["term"] for line in done.stdout.splitlines()] == ["b", "c"]
    done = run_jmtools("keyness", *SIDES, "--sort", sort, stdin=stdin)
    assert [json.loads(line)["term"] for line in done.stdout.splitlines()] == ["a", "d"]


@pytest.mark.parametrize(("sides", "which"), [(("t",), b"reference"), (("r",), b"target"), (("x",), b"target")])
def test_an_empty_side_is_an_error(sides: tuple[str, ...], which: bytes) -> None:
    done = run_jmtools("keyness", *SIDES, stdin=lines(*((side, ["a"] * 5) for side in sides)))
    assert (done.returncode, done.stdout) == (65, b"")
    assert b"the " + which + b" is empty" in done.stderr


def test_repelled_words_come_last_or_alone() -> None:
    tokens = (["x", "a"] * 30 + ["。"] + ["b"] * 40 + ["。", "x", "b", "c", "。"]) * 2
    stdin = json.dumps({"tokens": tokens}).encode()
    options = ("--window", "1", "--min-freq", "1", "--sort", "ll")
    rows = [json.loads(line) for line in run_jmtools("collocates", "x", *options, stdin=stdin).stdout.splitlines()]
    assert [row["direction"] for row in rows] == sorted(row["direction"] for row in rows)
    assert rows[0]["term"] == "a"
    done = run_jmtools("collocates", "x", *options, "--direction", "under", stdin=stdin)
    under = [json.loads(line) for line in done.stdout.splitlines()]
    assert under[0]["term"] == "b"
    assert all(one["ll"] >= two["ll"] for one, two in pairwise(under))


@pytest.mark.parametrize("command", [("collocates", "甲"), ("cooc",), ("keyness", *SIDES), ("freq", "--dispersion")])
def test_an_unknown_measure_is_named(command: tuple[str, ...]) -> None:
    done = run_jmtools(*command, "--measures", "nothing", stdin=b"")
    assert done.returncode == 2
    assert b"--measures" in done.stderr
