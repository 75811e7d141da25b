"""Statistics against other people's implementations, worked examples and brute force."""

from __future__ import annotations

import doctest
import importlib
import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures
from scipy import stats as scipy_stats
from scipy.stats.contingency import odds_ratio as scipy_odds_ratio
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from jmtools.errors import StatisticError
from jmtools.stats import association, dispersion, effects, intervals, series, tables2x2

MODULES = (
    *("association", "dispersion", "distances", "effects", "evenness", "information", "intervals", "log_linear"),
    *("samples", "series", "tables2x2", "trend_tests"),
)
# (freq_a, freq_b, n_a, n_b): zeros, ones, a million, unequal corpora.
TABLES = [
    (0, 0, 10, 20),
    (0, 1, 100, 100),
    (1, 0, 1, 1_000_000),
    (1, 1, 1_000, 1_000_000),
    (10, 2, 1_000, 1_000),
    (0, 50, 1_000_000, 1_000_000),
    (1_000_000, 1_000_000, 50_000_000, 20_000_000),
    (1_000_000, 1, 1_000_001, 7),
    (123, 4_567, 98_765, 4_321_000),
]
# (freq_xy, freq_x, freq_y, n)
PAIRS = [
    (0, 10, 20, 1_000),
    (1, 1, 1, 1_000_000),
    (1, 1, 1_000_000, 10_000_000),
    (8, 100, 20, 1_000),
    (20, 20, 20, 1_000),
    (15_828, 15_828 + 4_675, 42_000, 14_307_668),
    (1_000_000, 2_000_000, 3_000_000, 100_000_000),
]
tables = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(1, 10**6), st.integers(1, 10**6)).map(
    lambda t: (min(t[0], t[2]), min(t[1], t[3]), t[2], t[3])
)


@pytest.mark.parametrize("name", MODULES)
def test_the_worked_examples_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"jmtools.stats.{name}"))
    assert result.failed == 0
    assert result.attempted > 0


def cells(a: int, b: int, n_a: int, n_b: int) -> list[list[int]]:
    return [[a, n_a - a], [b, n_b - b]]


@pytest.mark.parametrize("table", TABLES)
def test_g2_and_chi2_are_those_of_scipy(table: tuple[int, int, int, int]) -> None:
    a, b, n_a, n_b = table
    if not 0 < a + b < n_a + n_b:
        assert tables2x2.log_likelihood(a, b, n_a=n_a, n_b=n_b) == 0
        assert tables2x2.chi_squared(a, b, n_a=n_a, n_b=n_b) == 0
        return
    observed = cells(*table)
    g2 = scipy_stats.chi2_contingency(observed, correction=False, lambda_="log-likelihood")
    assert tables2x2.log_likelihood(a, b, n_a=n_a, n_b=n_b) == pytest.approx(g2.statistic, rel=1e-6, abs=1e-6)
    for yates in (False, True):
        chi2 = scipy_stats.chi2_contingency(observed, correction=yates)
        assert tables2x2.chi_squared(a, b, n_a=n_a, n_b=n_b, yates=yates) == pytest.approx(chi2.statistic, abs=1e-9)
        assert tables2x2.p_of_chi_squared(chi2.statistic) == pytest.approx(chi2.pvalue, rel=1e-9, abs=1e-300)


@given(tables)
def test_g2_of_any_table_is_that_of_scipy(table: tuple[int, int, int, int]) -> None:
    a, b, n_a, n_b = table
    found = tables2x2.log_likelihood(a, b, n_a=n_a, n_b=n_b)
    assert found == pytest.approx(tables2x2.log_likelihood(b, a, n_a=n_b, n_b=n_a), abs=1e-6)
    if 0 < a + b < n_a + n_b:
        g2 = scipy_stats.chi2_contingency(cells(*table), correction=False, lambda_="log-likelihood")
        assert found == pytest.approx(g2.statistic, rel=1e-6, abs=1e-6)


def test_g2_with_two_cells_is_the_sum_of_two_terms() -> None:
    # Expected by hand: 100 hits over corpora of 1:3 are 25 and 75.
    expected = 2 * (40 * math.log(40 / 25) + 60 * math.log(60 / 75))
    assert tables2x2.log_likelihood(40, 60, n_a=10_000, n_b=30_000, two_cells=True) == pytest.approx(expected)


def test_dunning_s_table() -> None:
    # Dunning (1993), table 1, first line: `the swiss`, cells 110, 2442, 111, 29114, −2 log λ = 270.72.
    found = tables2x2.log_likelihood(110, 2442, n_a=110 + 111, n_b=2442 + 29114)
    assert found == pytest.approx(270.72, abs=0.005)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_corrections_are_those_of_statsmodels(p_values: list[float]) -> None:
    assert tables2x2.bonferroni(p_values) == pytest.approx(multipletests(p_values, method="bonferroni")[1])
    assert tables2x2.benjamini_hochberg(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1])


@pytest.mark.parametrize("z", [0.0, 0.5, -1.96, 5.0, 30.0])
def test_normal_tails_are_those_of_scipy(z: float) -> None:
    assert tables2x2.p_of_z(z) == pytest.approx(2 * scipy_stats.norm.sf(abs(z)), rel=1e-9)


def test_bic_is_wilson_s() -> None:
    assert tables2x2.bic(100, 2_000_000) == pytest.approx(100 - math.log(2_000_000))


@pytest.mark.parametrize(("freq", "n"), [(-1, 10), (11, 10), (0, 0)])
def test_counts_that_cannot_occur_are_refused(freq: int, n: int) -> None:
    for function in (tables2x2.log_likelihood, tables2x2.chi_squared):
        with pytest.raises(StatisticError):
            function(freq, 1, n_a=n, n_b=10)
    for effect in (effects.log_ratio, effects.percent_diff, effects.odds_ratio, effects.difference_coefficient):
        with pytest.raises(StatisticError):
            effect(1, freq, n_target=10, n_reference=n)
    with pytest.raises(StatisticError):
        effects.simple_maths(1, 1, smoothing=0)


@pytest.mark.parametrize("table", TABLES)
def test_effect_sizes(table: tuple[int, int, int, int]) -> None:
    a, b, n_a, n_b = table
    sizes = {"n_target": n_a, "n_reference": n_b}
    share_a, share_b = a / n_a, b / n_b
    found = effects.odds_ratio(a, b, **sizes)
    if a and b and n_a > a and n_b > b:
        assert found == pytest.approx(scipy_odds_ratio(cells(*table), kind="sample").statistic)
    else:
        assert found == pytest.approx(Table2x2([[x + 0.5 for x in row] for row in cells(*table)]).oddsratio)
    ratio = effects.log_ratio(a, b, **sizes)
    assert ratio == pytest.approx(math.log2(((a or 0.5) / n_a) / ((b or 0.5) / n_b)))
    percent = effects.percent_diff(a, b, **sizes)
    if b:
        assert percent == pytest.approx((share_a - share_b) / share_b * 100)
    else:
        assert percent is None
    difference = effects.difference_coefficient(a, b, **sizes)
    assert difference == pytest.approx((share_a - share_b) / (share_a + share_b) if a + b else 0)
    ipm_a, ipm_b = effects.per_million(a, n_a), effects.per_million(b, n_b)
    assert effects.simple_maths(ipm_a, ipm_b, smoothing=1) == pytest.approx((share_a * 1e6 + 1) / (share_b * 1e6 + 1))


@pytest.mark.parametrize("pair", PAIRS)
def test_association_measures_are_those_of_nltk(pair: tuple[int, int, int, int]) -> None:
    xy, x, y, n = pair
    arguments = (xy, (x, y), n)
    assert association.dice(*pair) == pytest.approx(BigramAssocMeasures.dice(*arguments))
    assert association.jaccard(*pair) == pytest.approx(BigramAssocMeasures.jaccard(*arguments))
    g2 = BigramAssocMeasures.likelihood_ratio(*arguments)
    assert association.association_ll(*pair) == pytest.approx(g2, rel=1e-5, abs=1e-5)
    if xy == 0:
        for measure in (association.mi, association.mi3, association.log_dice, association.t_score):
            assert measure(*pair) is None
        assert association.npmi(*pair) == -1
        return
    mi = BigramAssocMeasures.pmi(*arguments)
    assert association.mi(*pair) == pytest.approx(mi)
    assert association.mi3(*pair) == pytest.approx(math.log2(xy**3 / (x * y / n)))
    assert association.npmi(*pair) == pytest.approx(mi / -math.log2(xy / n))
    assert association.t_score(*pair) == pytest.approx(BigramAssocMeasures.student_t(*arguments), rel=1e-6)
    assert association.log_dice(*pair) == pytest.approx(14 + math.log2(BigramAssocMeasures.dice(*arguments)))
    assert association.z_score(*pair) == pytest.approx((xy - x * y / n) / math.sqrt(x * y / n))
    assert association.min_sensitivity(*pair) == pytest.approx(min(xy / x, xy / y))
    delta = association.delta_p(xy, x, y, n)
    back = association.delta_p(xy, y, x, n)
    assert delta is not None
    assert back is not None
    assert delta == pytest.approx(xy / x - (y - xy) / (n - x))
    # φ² is the product of both ΔP.
    phi2 = BigramAssocMeasures.phi_sq(*arguments)
    assert delta * back == pytest.approx(phi2, rel=1e-6, abs=1e-12)


def test_pairs_that_cannot_occur_are_refused() -> None:
    for pair in ((5, 4, 10, 100), (-1, 4, 10, 100), (0, 60, 60, 100)):
        with pytest.raises(StatisticError):
            association.mi(*pair)
        with pytest.raises(StatisticError):
            association.association_ll(*pair)
    assert association.delta_p(5, 10, 5, 10) is None
    assert association.association_ll(5, 10, 5, 10) == 0


def test_dispersion_of_gries_s_example() -> None:
    # Gries (2008): a corpus of parts of 9, 10, 10, 10 and 11 words, `a` occurring 1, 2, 3, 4 and 5 times: DP = 0.18,
    # vc = 0.483 with relative frequencies, D = 0.785 in its version for unequal parts.
    freqs, sizes = [1, 2, 3, 4, 5], [9, 10, 10, 10, 11]
    parts = dispersion.parts_of(sizes)
    assert dispersion.dp(freqs, sizes, parts) == pytest.approx(0.18)
    assert dispersion.dp_norm(freqs, sizes, parts) == pytest.approx(0.18 / (1 - 9 / 50))
    assert dispersion.juilland_d(freqs, sizes, parts) == pytest.approx(0.785, abs=0.001)


def naive_dispersion(freqs: list[int], sizes: list[int]) -> tuple[float, float, float]:
    shares = [f / s for f, s in zip(freqs, sizes, strict=True)]
    dp = sum(abs(f / sum(freqs) - s / sum(sizes)) for f, s in zip(freqs, sizes, strict=True)) / 2
    mean = sum(shares) / len(shares)
    variation = math.sqrt(sum((s - mean) ** 2 for s in shares) / len(shares)) / mean
    juilland = 1 - variation / math.sqrt(len(sizes) - 1) if len(sizes) > 1 else 1.0
    return dp, variation, juilland


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 500)), min_size=1, max_size=30))
def test_sparse_dispersion_is_dense_dispersion(counts: list[tuple[int, int]]) -> None:
    if not any(f for f, _ in counts):
        with pytest.raises(StatisticError):
            dispersion.dp([], [], dispersion.Parts(1, 1, 1))
        return
    freqs, sizes = [f for f, _ in counts], [s for _, s in counts]
    present = [(f, s) for f, s in counts if f]
    sparse = ([f for f, _ in present], [s for _, s in present], dispersion.parts_of(sizes))
    dp, variation, juilland = naive_dispersion(freqs, sizes)
    assert dispersion.dp(*sparse) == pytest.approx(dp, abs=1e-9)
    assert dispersion.variation(*sparse) == pytest.approx(variation, abs=1e-9)
    assert dispersion.juilland_d(*sparse) == pytest.approx(max(0.0, juilland), abs=1e-6)
    assert 0 <= dispersion.dp_norm(*sparse) <= 1


def arf_by_shifts(positions: list[int], n: int) -> float:
    """ARF as it is defined: the corpus as a ring in `freq` equal segments, hit segments averaged over all shifts."""
    width = n // len(positions)
    hit = [len({(p - shift) % n // width for p in positions}) for shift in range(width)]
    return sum(hit) / width


@given(st.integers(1, 8), st.integers(1, 12), st.randoms(use_true_random=False))
def test_arf_is_the_average_over_all_shifts(freq: int, width: int, choice: random.Random) -> None:
    n = freq * width
    positions = sorted(choice.sample(range(n), freq))
    assert dispersion.arf(positions, n) == pytest.approx(arf_by_shifts(positions, n))


@pytest.mark.parametrize(("freq", "n"), [(0, 10), (1, 10), (5, 50), (10, 10), (37, 1_000_000), (10**6, 10**8)])
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_wilson_s_interval_is_that_of_statsmodels(freq: int, n: int, confidence: float) -> None:
    low, high = proportion_confint(freq, n, alpha=1 - confidence, method="wilson")
    assert intervals.wilson_interval(freq, n, confidence=confidence) == pytest.approx((low, high), abs=1e-12)


def test_an_interval_over_articles_holds_the_truth_where_one_over_tokens_does_not() -> None:
    # Words in bursts: an article has the word 20 times or not at all, and the true share is known.
    choice = random.Random(7)
    truth, covered, covered_by_tokens, rounds = 0.1 * 20 / 500, 0, 0, 300
    for _ in range(rounds):
        counts = [(20 if choice.random() < 0.1 else 0, 500) for _ in range(400)]
        freq, n = sum(f for f, _ in counts), sum(s for _, s in counts)
        squares = sum(f * f for f, _ in counts), sum(f * s for f, s in counts), sum(s * s for _, s in counts)
        found = intervals.ratio_interval(
            freq, n, docs=len(counts), freq_squares=squares[0], products=squares[1], n_squares=squares[2]
        )
        assert found is not None
        covered += found[0] <= truth <= found[1]
        low, high = intervals.wilson_interval(freq, n)
        covered_by_tokens += low <= truth <= high
    assert 0.90 < covered / rounds < 0.99
    assert covered_by_tokens / rounds < 0.6
    assert intervals.ratio_interval(1, 10, docs=1, freq_squares=1, products=10, n_squares=100) is None


def test_a_confidence_of_one_is_refused() -> None:
    for confidence in (0.0, 1.0, -1.0):
        with pytest.raises(StatisticError):
            intervals.normal_quantile(confidence)


@given(st.lists(st.integers(-20, 20) | st.none(), max_size=30))
def test_slope_and_tau_are_those_of_scipy(values: list[int | None]) -> None:
    points = [(i, v) for i, v in enumerate(values) if v is not None]
    slope, test = series.theil_sen(values), series.mann_kendall(values)
    assert (slope is None, test is None) == (len(points) < 2, len(points) < 3)
    if slope is not None:
        steps, ys = [i for i, _ in points], [v for _, v in points]
        theirs = scipy_stats.theilslopes(ys, steps)
        assert slope.slope == pytest.approx(theirs.slope)
        if len(set(ys)) > 1:
            assert (slope.low, slope.high) == pytest.approx((theirs.low_slope, theirs.high_slope))
    if test is not None:
        tau = scipy_stats.kendalltau([i for i, _ in points], [v for _, v in points]).statistic
        assert test.tau == pytest.approx(0 if math.isnan(tau) else tau)
        assert (test.p == 1) == (test.z == 0)


def test_mann_kendall_without_ties_by_hand() -> None:
    # 39, 45, 36, 45, 47: S = +1 −1 +1 +1 −1 0 +1 +1 +1 +1 = 5, one tie of two, variance (5·4·15 − 2·1·9) / 18.
    test = series.mann_kendall([39, 45, 36, 45, 47])
    assert test is not None
    assert test.s == 5
    assert test.z == pytest.approx(4 / math.sqrt((300 - 18) / 18))
    assert test.p == pytest.approx(2 * scipy_stats.norm.sf(test.z))


def burst_cost(states: tuple[int, ...], hits: list[int], totals: list[int], ratio: float) -> float:
    usual = sum(hits) / sum(totals)
    shares = (usual, usual * ratio)
    cost = 0.0
    before = 0
    for state, h, n in zip(states, hits, totals, strict=True):
        cost += (state > before) * math.log(len(hits))
        cost -= h * math.log(shares[state]) + (n - h) * math.log(1 - shares[state])
        before = state
    return cost


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8))
def test_bursts_are_the_cheapest_sequence_of_states(hits: list[int]) -> None:
    totals = [30] * len(hits)
    found = series.bursts(hits, totals)
    if sum(hits) == 0:
        assert found == []
        return
    states = [0] * len(hits)
    for burst in found:
        states[burst.first : burst.last + 1] = [1] * (burst.last - burst.first + 1)
        assert burst.weight > 0
    least = min(burst_cost(s, hits, totals, 2) for s in itertools.product((0, 1), repeat=len(hits)))
    assert burst_cost(tuple(states), hits, totals, 2) == pytest.approx(least)


def test_a_gap_is_no_calm() -> None:
    assert [(b.first, b.last) for b in series.bursts([1, 9, None, 9, 1, 1, 1], [30, 30, 0, 30, 30, 30, 30])] == [(1, 3)]
    assert series.bursts([], []) == []
