"""What `train_split.py` does with labelled pages: learn the chains on parts of them, decode the rest, score it."""

import random
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context

import pycrfsuite
from split_gold import LabelledPage, lengthen
from split_synth import compose, items_of

from jmtools.pages.evidence import chances_of, weigh_articles
from jmtools.pages.features import PageView, view_page
from jmtools.pages.model import Decoded, RoleModel, Values
from jmtools.pages.passes import decode_again
from jmtools.pages.surroundings import Group

_SMALLEST = 0.02  # weights nearer to nothing than this are left out
_SEED = 1000
_BARE = 3  # times that text of databases and sites counts in the second pass for it

Weights = dict[str, dict[str, float]]
Chain = tuple[Weights, Weights]
Sentence = tuple[list[Values], list[str]]
Groups = Sequence[Sequence[Group]]


@dataclass(frozen=True, slots=True)
class Holding:
    """How much the weights of a chain are held back, and how long is searched for them."""

    c1: float
    c2: float
    iterations: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model is learned.

    Attributes:
        weights: How often the pages of a folder count, by folder; once if not named.
        bare: Folders with text as databases and papers' own sites keep it.
        every: Of the other folders, take every so manyth page for the chain for such text.
        composed: Pages composed for the chain for printed pages, and for the chain for such text.
        runs: Runs of which each first pass is the mean; they differ in what they were composed of.
        share: The share of the chain for printed pages in the one for such text.
        first: How the chain for printed pages learns, and the one for such text.
        second: How the second pass learns.
    """

    weights: dict[str, int] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    every: int = 3
    composed: tuple[int, int] = (500, 500)
    runs: int = 1
    share: float = 0.5
    first: tuple[Holding, Holding] = (Holding(0.05, 0.2, 160), Holding(0.05, 0.2, 110))
    second: Holding = Holding(0.05, 1.0, 80)

    def weight(self, page: LabelledPage) -> int:
        """Return how often a page counts."""
        return self.weights.get(page.folder, 1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as both first passes see it."""

    page: LabelledPage
    view: PageView
    whole: Groups  # as the chain for text of databases and sites sees it


@dataclass(frozen=True, slots=True)
class Unseen:
    """A page decoded with weights that were learned without it, and what the second pass sees of it."""

    page: LabelledPage
    decoded: Decoded
    evidence: list[tuple[Group, ...]]


def see(page: LabelledPage) -> Seen:
    """Return a page with its features."""
    view = view_page(page.lines)
    return Seen(page, view, view.groups if view.bare else view_page(page.lines, whole=True).groups)


class Learner:
    """Labelled pages in folds, from which chains are learned."""

    def __init__(self, pages: Sequence[LabelledPage], plan: Plan, folds: int, jobs: int) -> None:
        self._plan, self._folds, self._jobs = plan, folds, jobs
        self._seen = [see(page) for page in pages]

    def first_passes(self, runs: int) -> tuple[Chain, Chain]:
        """Learn both first passes from all pages, as the means of some runs."""
        with ProcessPoolExecutor(self._jobs, get_context("fork")) as pool:
            return self._mean(list(pool.map(self._first, range(runs))))

    def unseen(self) -> list[list[Unseen]]:
        """Decode the pages of each fold with first passes that were learned on the others."""
        with ProcessPoolExecutor(self._jobs, get_context("fork")) as pool:
            return list(pool.map(self._decode, range(self._folds)))

    def second_passes(self, folds: Iterable[Sequence[Unseen]]) -> tuple[Chain, Chain]:
        """Learn the second passes from pages that the first have not seen.

        Returns:
            The chain for printed pages, which learns nothing from pages written by hand, for their articles are shorter
            than those of papers, and the one for text of databases and sites.
        """
        printed, bare = [], []
        for one in chain.from_iterable(folds):
            sentence = [_sentence(one.evidence, one.page.roles, chances_of(one.decoded))] * self._plan.weight(one.page)
            printed += [] if one.page.own else sentence
            bare += sentence * (_BARE if one.decoded.bare else 1)
        return rounded(learn(printed, self._plan.second)), rounded(learn(bare, self._plan.second))

    def crosswise(self, folds: Sequence[Sequence[Unseen]]) -> list[tuple[LabelledPage, Decoded]]:
        """Decode each fold again with a second pass that was learned on the others."""
        with ProcessPoolExecutor(self._jobs, get_context("fork")) as pool:
            found = pool.map(self._decode_again, range(len(folds)), [folds] * len(folds))
            return [pair for part in found for pair in part]

    def _decode_again(self, number: int, folds: Sequence[Sequence[Unseen]]) -> list[tuple[LabelledPage, Decoded]]:
        chains = self.second_passes(fold for i, fold in enumerate(folds) if i != number)
        printed, bare = (RoleModel(*one) for one in chains)
        around = {seen.page.name: seen.view.around for seen in self._seen}
        return [
            (one.page, decode_again(bare if one.decoded.bare else printed, around[one.page.name], one.decoded)[0])
            for one in folds[number]
        ]

    def _decode(self, fold: int) -> list[Unseen]:
        runs = [self._first(run, fold) for run in range(self._plan.runs)]
        printed, bare = (RoleModel(*one) for one in self._mean(runs))
        found = []
        for seen in self._seen:
            if self._fold(seen.page) != fold:
                continue
            decoded = (bare if seen.view.bare else printed).decode(seen.view.groups)
            decoded.bare = seen.view.bare
            found.append(Unseen(seen.page, decoded, weigh_articles(seen.view.around, decoded)))
            decoded.groups = []
        return found

    def _first(self, run: int, without: int | None = None) -> tuple[Chain, Chain]:
        """Learn the chain for printed pages, and the one for text of databases and sites."""
        known = [seen for seen in self._seen if self._fold(seen.page) != without]
        return self._printed(known, run), self._bare(known, run)

    def _mean(self, runs: Sequence[tuple[Chain, Chain]]) -> tuple[Chain, Chain]:
        printed, bare = (mean([run[i] for run in runs]) for i in (0, 1))
        share = self._plan.share
        return rounded(printed), rounded(mean([printed, bare], [share, 1 - share]))

    def _printed(self, known: Sequence[Seen], run: int) -> Chain:
        plan = self._plan
        used = [seen for seen in known if not (seen.page.own and seen.page.folder in plan.bare)]
        sentences = [
            _sentence(seen.view.groups, seen.page.roles) for seen in used for _ in range(plan.weight(seen.page))
        ]
        rng = random.Random(_SEED + run)
        items = items_of([seen.page for seen in used])
        for _ in range(plan.composed[0]):
            page = compose(items, rng)
            sentences.append(_sentence(view_page(page.lines).groups, page.roles))
        return learn(sentences, plan.first[0])

    def _bare(self, known: Sequence[Seen], run: int) -> Chain:
        plan = self._plan
        number: Counter[str] = Counter()
        sentences, close, far = [], [], []
        for seen in known:
            page = seen.page
            number[page.folder] += 1
            if page.own:  # paragraphs written by hand are shorter than those of papers
                close.append(lengthen(page))
                sentences += [_sentence(one.whole, one.page.roles) for one in (seen, see(close[-1]))]
            elif page.folder in plan.bare:
                close.append(page)
                sentences += [_sentence(seen.whole, page.roles)] * plan.weight(page)
            else:
                far.append(page)
                if number[page.folder] % plan.every == 0:
                    sentences.append(_sentence(seen.whole, page.roles))
        rng = random.Random(2 * _SEED + run)
        items, others = items_of(close), items_of(far)
        items += rng.sample(others, min(len(items), len(others)))
        for _ in range(plan.composed[1]):
            composed = see(compose(items, rng, bare=True))
            sentences.append(_sentence(composed.whole, composed.page.roles))
        return learn(sentences, plan.first[1])

    def _fold(self, page: LabelledPage) -> int:
        return zlib.crc32(page.name.encode()) % self._folds


def _sentence(groups: Groups, roles: list[str], values: Sequence[Values] | None = None) -> Sentence:
    lines = [{name: 1.0 for group in line for name in group} for line in groups]
    for line, own in zip(lines, values or (), strict=False):
        line.update(own)
    return lines, roles


def learn(sentences: Iterable[Sentence], how: Holding) -> Chain:
    """Learn the weights of a chain: of features for roles, and of roles for the role that follows."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, roles in sentences:
        trainer.append(features, roles)
    options = {"c1": how.c1, "c2": how.c2, "max_iterations": how.iterations}
    trainer.set_params({**options, "feature.possible_transitions": True, "feature.minfreq": 3})
    with tempfile.NamedTemporaryFile(suffix=".crf") as scratch:
        trainer.train(scratch.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(scratch.name)
        info = tagger.info()
    features: Weights = {}
    for (name, role), weight in info.state_features.items():
        features.setdefault(name, {})[role] = weight
    transitions: Weights = {}
    for (before, role), weight in info.transitions.items():
        transitions.setdefault(before, {})[role] = weight
    return features, transitions


def mean(chains: Sequence[Chain], shares: Sequence[float] | None = None) -> Chain:
    """Return the mean of the weights of several chains."""
    shares = shares or [1 / len(chains)] * len(chains)
    means: tuple[Weights, Weights] = ({}, {})
    for one, share in zip(chains, shares, strict=True):
        for total, weights in zip(means, one, strict=True):
            for name, row in weights.items():
                own = total.setdefault(name, {})
                for role, weight in row.items():
                    own[role] = own.get(role, 0.0) + share * weight
    return means


def rounded(weights: Chain) -> Chain:
    """Return a chain without the weights that are next to nothing, the others as they are written to the file."""
    features, transitions = (
        {name: {role: round(weight, 3) for role, weight in row.items()} for name, row in part.items()}
        for part in weights
    )
    kept = {
        name: {role: weight for role, weight in row.items() if abs(weight) >= _SMALLEST}
        for name, row in features.items()
    }
    return {name: row for name, row in kept.items() if row}, transitions
