import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.pages.chain import Chain, ChainWeights
from jmtools.pages.roles import INSIDE, OPEN, ROLES, may_follow

NAMES = tuple(ROLES)
SOME = "HPOMESF"  # enough for headlines, whole and broken paragraphs, and furniture

weights = st.floats(-4, 4, allow_nan=False)
tables = st.dictionaries(st.sampled_from(SOME), st.dictionaries(st.sampled_from(SOME), weights), min_size=3)
lines = st.lists(
    st.tuples(st.lists(weights, min_size=len(SOME), max_size=len(SOME)), st.sets(st.sampled_from(SOME), min_size=1)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(tables, lines)
def test_the_best_sequence_and_all_probabilities_agree_with_counting_every_sequence(
    transitions: dict[str, dict[str, float]], page: list[tuple[list[float], set[str]]]
) -> None:
    scores = [dict(zip(SOME, values, strict=True)).get(role, 0.0) for values, _ in page for role in NAMES]
    allowed = [sum(1 << NAMES.index(role) for role in only) for _, only in page]
    path, margins = Chain(ChainWeights(transitions)).decode(scores, allowed)
    roles = [[role for j, role in enumerate(NAMES) if bits >> j & 1] for bits in allowed]  # some may have been added
    totals = {}
    for sequence in itertools.product(*roles):
        if may_follow(sequence[0], None) and all(may_follow(b, a) for a, b in itertools.pairwise(sequence)):
            steps = (transitions.get(a, {}).get(b, 0.0) for a, b in itertools.pairwise(sequence))
            looks = (scores[i * len(NAMES) + NAMES.index(role)] for i, role in enumerate(sequence))
            totals[sequence] = sum(looks) + sum(steps)
    found = tuple(NAMES[j] for j in path)
    finished = [sequence for sequence in totals if sequence[-1] not in OPEN] or list(totals)
    assert totals[found] == pytest.approx(max(totals[sequence] for sequence in finished))
    whole = sum(math.exp(total) for total in totals.values())
    for place, margin in enumerate(margins):
        for j, chance in margin.items():
            share = sum(math.exp(total) for sequence, total in totals.items() if sequence[place] == NAMES[j])
            assert chance == pytest.approx(share / whole, abs=1e-9)


def test_a_line_whose_roles_cannot_follow_gets_others() -> None:
    only = [1 << NAMES.index("P"), 1 << NAMES.index("E")]
    path, _ = Chain(ChainWeights({})).decode([0.0] * len(NAMES) * 2, only)
    assert NAMES[path[0]] == "P"
    assert NAMES[path[1]] not in INSIDE
