"""The formula: a product of weighted factors, each of which can be switched off."""

from __future__ import annotations

import functools
from collections.abc import Collection

import numpy as np

from jmtools.errors import OptionError
from jmtools.io.installed import data_path
from jmtools.io.json_types import Fields
from jmtools.io.records import decode_value
from jmtools.keywords.candidates import Candidates, Texts
from jmtools.keywords.features import KINDS, factors, kinds, mean_of_longer
from jmtools.keywords.tree_features import Measured
from jmtools.keywords.trees import FIRSTS, load_trees
from jmtools.keywords.vocabulary import Floats, WordIds

# What `--without-factors` takes, and the factors that it leaves out.
GROUPS = {
    "tf": ("tf", "once", "twice"),
    "idf": ("idf",),
    "headline": (
        *("headline", "headline run", "words in headline", "all words in headline"),
        *("tf, in headline", "idf, in headline", "near the beginning, in headline"),
        *("free left, in headline", "free right, in headline", "titled, in headline"),
        *("words, in headline", "part of speech, in headline", "part of speech at the end, in headline"),
    ),
    "position": ("near the beginning", "at the beginning", "beginning without headline"),
    "pos": ("part of speech", "part of speech at the beginning", "part of speech at the end"),
    "length": ("words", "characters"),
    "cohesion": ("cohesion", "cohesion to commonest"),
    "freedom": ("free run", "free word", "free left", "free right"),
    "quotes": ("titled", "quoted", "only quoted"),
    "form": ("clause", "glued", "figures", "joiners", "function words"),
    "trees": (),
}


class Formula:
    """score = exp(Σ weight × factor): a product of powers, tf^a × idf^b × …, in logarithms.

    Attributes:
        constant: Is added to the sum.
        numbers: Weight of each factor that is a number, in the order in which they are added.
        tables: Of each choice among kinds the weight of each kind; they are added after the numbers, in this order.
        trees: Order the best candidates anew; None where a factor is left out, for they were learned with all.
        firsts: Say which of them may be among the first keywords; None where `trees` is.
    """

    def __init__(self, without: Collection[str] = (), *, tf: str = "log") -> None:
        """Take the weights that come with the program, less some, and the form of tf (`counts.idf_tables.TF_FORMS`).

        Raises:
            OptionError: If a name of `without` is not in `GROUPS`.
        """
        unknown = sorted(set(without) - GROUPS.keys())
        if unknown:
            raise OptionError(f"--without-factors: no factor called {unknown[0]!r}; there are {', '.join(GROUPS)}")
        off = {name for group in without for name in GROUPS[group]}
        numbers, tables = load_weights()
        self.constant, self._tf = load_constant(), tf
        self.numbers = {name: weight for name, weight in numbers.items() if name not in off}
        self.tables = {name: table for name, table in tables.items() if name not in off}
        whole = not without and tf == "log"
        self.trees = load_trees() if whole else None
        self.firsts = load_trees(FIRSTS) if whole else None

    def measure(self, texts: Texts, vocabulary: WordIds, found: Candidates, idf: Floats) -> Measured:
        """Return the logarithm of the score of every candidate, and what it comes from."""
        longer = mean_of_longer(texts, found)
        values = factors(texts, vocabulary, found, idf, longer, tf=self._tf)
        logs = np.full(len(found), self.constant)
        measured = Measured(logs, values, kinds(texts, vocabulary, found), longer)
        for _name, part in self._parts(measured):
            logs += part
        return measured

    def groups(self, measured: Measured) -> dict[str, Floats]:
        """Return what each group of factors multiplies the score by; 1 for trees, which know a few candidates alone."""
        count = len(measured.logs)
        sums = {"constant": np.full(count, self.constant)} | {group: np.zeros(count) for group in GROUPS}
        group_of = {name: group for group, names in GROUPS.items() for name in names}
        for name, part in self._parts(measured):
            sums[group_of[name]] += part
        return {group: np.exp(value) for group, value in sums.items()}

    def _parts(self, measured: Measured) -> list[tuple[str, Floats]]:
        values, choices = measured.values, measured.choices
        parts = [(name, values[name] * weight) for name, weight in self.numbers.items()]
        parts += [(name, table[choices[name]]) for name, table in self.tables.items()]
        return parts


def load_constant() -> float:
    """Return the constant that scales the scores so that a document's first keyword has about 1."""
    return float(_data()["constant"])


@functools.cache
def load_weights() -> tuple[dict[str, float], dict[str, Floats]]:
    """Return the weights of the numbers, and for each choice a table by the index of its kind."""
    data = _data()
    tables = {
        name: np.array([data["kinds"][name].get(kind, 0.0) for kind in kinds_of]) for name, kinds_of in KINDS.items()
    }
    return data["numbers"], tables


@functools.cache
def _data() -> Fields:
    data: Fields = decode_value(data_path("keyword-weights.json").read_bytes())
    return data
