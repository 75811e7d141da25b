"""What `train_split.py` does with labelled pages: learn the chains on parts of them, decode the rest, score it."""

import random
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context
from typing import Any, TypeVar

import pycrfsuite
from split_forms import compose_form, compose_plain
from split_gold import LabelledPage, lengthen
from split_synth import compose, items_of

from jmtools.pages.evidence import chances_of, weigh_articles
from jmtools.pages.features import PageView, view_page
from jmtools.pages.groups import Group
from jmtools.pages.model import Decoded, RoleModel, Values
from jmtools.pages.passes import decode_again
from jmtools.pages.scores import mean_of

_SMALLEST = 0.02  # weights nearer to nothing than this are left out
_SEED = 1000
_SHARE = 2.0  # of pages composed of the items of our own pages, and of simulated ones
_FEW_WIDE = 10  # pages: of fewer nothing is learned

T = TypeVar("T")
Weights = dict[str, dict[str, float]]
Chain = tuple[Weights, Weights]
Chains = tuple[Chain, Chain, Chain]  # for printed pages, for text of databases and sites, for such with wide digits
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
        papers: Those of them from which the chain for printed pages learns nothing.
        shares: How many of the pages composed in many forms are of a folder's items, compared with other folders.
        every_other: Folders from which every other run learns: runs that differ make a better mean.
        every: Of the other folders, take every so manyth page for the chain for such text, and those that it splits.
        composed: Pages composed for the chain for printed pages; of the items of all folders, and in many forms, for
            the chain for such text.
        first: How the chain for printed pages learns, and the one for such text.
        expert: How the chain learns that knows nothing but such text with digits of full width.
        second: How the second pass learns.
    """

    weights: dict[str, int] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    shares: dict[str, float] = field(default_factory=dict)
    every_other: frozenset[str] = frozenset()
    every: int = 4
    composed: tuple[int, int, int] = (400, 200, 800)
    first: tuple[Holding, Holding] = (Holding(0.05, 0.2, 110), Holding(0.05, 0.5, 100))
    expert: Holding = Holding(0.05, 1.0, 80)
    second: Holding = Holding(0.05, 1.0, 60)

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
    return Seen(page, view, [*(view if view.bare else view_page(page.lines, whole=True)).groups])


@dataclass(frozen=True, slots=True)
class FirstPasses:
    """First passes that were learned without each fold, in order, and then from all pages.

    Attributes:
        folds: Folds.
        printed: Chains for printed pages.
        bare: Chains for text of databases and sites.
        experts: Chains that know nothing but such text with digits of full width, where there is enough of it.
    """

    folds: int
    printed: Sequence[Chain]
    bare: Sequence[Chain]
    experts: Sequence[Chain | None]

    def without(self, fold: int) -> Chains:
        """Return what was learned without a fold."""
        return _means(self.printed[fold : fold + 1], self.bare[fold : fold + 1], self.experts[fold])

    def mean(self) -> Chains:
        """Return the mean of those that were learned from all pages."""
        return _means(self.printed[self.folds :], self.bare[self.folds :], self.experts[self.folds])


def _means(printed: Sequence[Chain], bare: Sequence[Chain], expert: Chain | None) -> Chains:
    one = mean(bare)
    return rounded(mean(printed)), rounded(one), rounded(mean([one, expert]) if expert is not None else one)


_held: list["Learner"] = []  # a process that is forked has it, so that no page is sent


def _call(method: Callable[..., T], *row: Any) -> T:
    return method(_held[0], *row)


class Learner:
    """Labelled pages in folds, from which chains are learned."""

    def __init__(
        self, pages: Sequence[LabelledPage], plan: Plan, folds: int, jobs: int, printed: Chain | None = None
    ) -> None:
        """Look at the pages.

        Args:
            pages: Labelled pages.
            plan: How a model is learned.
            folds: Parts, of which each is decoded with what was learned on the others.
            jobs: Processes.
            printed: A chain for printed pages that is used as it is; without one it is learned.
        """
        self._plan, self._folds, self._jobs, self._kept = plan, folds, jobs, printed
        self._seen = [see(page) for page in pages]

    def first_passes(self, runs: int) -> FirstPasses:
        """Learn first passes without each fold, and some from all pages (half as many for printed pages)."""
        tasks = [*((fold, fold) for fold in range(self._folds)), *((None, self._folds + run) for run in range(runs))]
        without, numbers = zip(*tasks, strict=True)
        fewer = self._folds + (runs + 1) // 2
        printed = self._map(Learner._printed, without[:fewer], numbers[:fewer])
        bare, known = self._map(Learner._bare, without, numbers), [*dict.fromkeys(without)]
        experts = dict(zip(known, self._map(Learner._expert, known), strict=True))
        return FirstPasses(self._folds, printed, bare, [experts[fold] for fold in without])

    def _map(self, method: Callable[..., T], *columns: Sequence[Any]) -> list[T]:
        """Call a method once for each row of arguments, in processes that have the pages as they are."""
        if self._jobs == 1:
            return [method(self, *row) for row in zip(*columns, strict=True)]
        _held[:] = [self]
        with ProcessPoolExecutor(self._jobs, get_context("fork")) as pool:
            return list(pool.map(_call, [method] * len(columns[0]), *columns))

    def unseen(self, first: FirstPasses) -> list[list[Unseen]]:
        """Decode the pages of each fold with first passes that were learned on the others."""
        folds = range(self._folds)
        return self._map(Learner._decode, folds, [first.without(fold) for fold in folds])

    def second_pass(self, folds: Iterable[Sequence[Unseen]]) -> Chain:
        """Learn the second pass for printed pages from pages that the first has not seen.

        It learns nothing from pages written by hand, for their articles are shorter than those of papers.
        """
        sentences = []
        for one in chain.from_iterable(folds):
            if not (one.page.own or one.page.folder in self._plan.papers):
                found = sentence(one.evidence, one.page.roles, chances_of(one.decoded))
                sentences += [found] * self._plan.weight(one.page)
        return rounded(learn(sentences, self._plan.second))

    def crosswise(self, folds: Sequence[Sequence[Unseen]]) -> list[tuple[LabelledPage, Decoded]]:
        """Decode each fold again with a second pass that was learned on the others."""
        found = self._map(Learner._decode_again, range(len(folds)), [folds] * len(folds))
        return [pair for part in found for pair in part]

    def _decode_again(self, number: int, folds: Sequence[Sequence[Unseen]]) -> list[tuple[LabelledPage, Decoded]]:
        second = RoleModel(*self.second_pass(fold for i, fold in enumerate(folds) if i != number))
        around = {seen.page.name: seen.view.around for seen in self._seen}
        return [
            (one.page, one.decoded if one.decoded.bare else decode_again(second, around[one.page.name], one.decoded)[0])
            for one in folds[number]
        ]

    def _decode(self, fold: int, chains: Chains) -> list[Unseen]:
        printed, bare, wide = (RoleModel(*one) for one in chains)
        inside = [seen for seen in self._seen if self._fold(seen.page) == fold]
        found = []
        for seen in inside:
            first = (wide if seen.view.wide else bare) if seen.view.bare else printed
            decoded = first.decode(seen.view.groups)
            decoded.bare = seen.view.bare
            found.append(Unseen(seen.page, decoded, weigh_articles(seen.view.around, decoded)))
            decoded.groups = []
        return found

    def _known(self, without: int | None) -> list[Seen]:
        """Return all pages but those of a fold."""
        return [seen for seen in self._seen if without is None or self._fold(seen.page) != without]

    def _expert(self, without: int | None) -> Chain | None:
        """Learn from nothing but a paper with digits of full width, or nothing where there is little of it.

        Its items also stand in other orders, with as many of them to a page as there are.
        """
        known = [seen for seen in self._known(without) if seen.view.wide and seen.page.folder in self._plan.papers]
        if len(known) < _FEW_WIDE:
            return None
        rng = random.Random(_SEED)
        pool = items_of([seen.page for seen in known])
        composed = [see(compose_plain(pool, rng, varied=i % 2 == 0)) for i in range(len(known))]
        sentences = [sentence(seen.whole, seen.page.roles) for seen in known] * 2
        sentences += [sentence(seen.whole, seen.page.roles) for seen in composed if seen.view.wide]
        return learn(sentences, self._plan.expert)

    def _printed(self, without: int | None, run: int) -> Chain:
        if self._kept is not None:
            return self._kept
        sentences = [
            one
            for page, times in self.printed_pages(without, run)
            for one in [sentence([*view_page(page.lines).groups], page.roles)] * times
        ]
        return learn(sentences, self._plan.first[0])

    def printed_pages(self, without: int | None, run: int) -> Iterator[tuple[LabelledPage, int]]:
        """Yield the pages from which a run learns the chain for printed pages, and how often each counts."""
        plan = self._plan
        used = [
            seen.page
            for seen in self._known(without)
            if seen.page.folder not in plan.papers
            and not (seen.page.own and seen.page.folder in plan.bare and seen.view.bare)
        ]
        for page in used:
            yield page, plan.weight(page)
        rng = random.Random(_SEED + run)
        items = items_of(used)
        for _ in range(plan.composed[0]):
            yield compose(items, rng), 1

    def _bare(self, without: int | None, run: int) -> Chain:
        sentences = [
            one
            for seen, times in self.bare_pages(without, run)
            for one in [sentence(seen.whole, seen.page.roles)] * times
        ]
        return learn(sentences, self._plan.first[1])

    def bare_pages(self, without: int | None, run: int) -> Iterator[tuple[Seen, int]]:
        """Yield the pages from which a run learns the chain for text of databases, and how often each counts."""
        plan, varied = self._plan, run % 2 == 1
        known = [seen for seen in self._known(without) if varied or seen.page.folder not in plan.every_other]
        number: Counter[str] = Counter()
        for seen in known:
            page = seen.page
            number[page.folder] += 1
            if page.own:  # paragraphs written by hand are shorter than those of papers
                yield seen if (number[page.folder] + run) % 2 else see(lengthen(page)), plan.weight(page)
            elif page.folder in plan.bare or seen.view.bare or number[page.folder] % plan.every == run % plan.every:
                yield seen, plan.weight(page)
        rng = random.Random(2 * _SEED + run)
        for seen in self._composed([seen.page for seen in known], rng, *plan.composed[1:], varied=varied):
            yield seen, 1

    def _composed(
        self, pages: Sequence[LabelledPage], rng: random.Random, plain: int, formed: int, *, varied: bool
    ) -> Iterator[Seen]:
        """Compose pages of the items of some: so many as databases and sites keep them, so many in many forms."""
        sources: dict[str, list[LabelledPage]] = {}
        for page in pages:
            name = "own" if page.own else page.folder if page.folder in self._plan.bare else "simulated"
            sources.setdefault(name, []).append(lengthen(page) if page.own else page)
        pools = {name: items_of(found) for name, found in sorted(sources.items())}
        close = [item for name, items in pools.items() if name != "simulated" for item in items]
        far = pools.get("simulated", [])
        mixed = close + rng.sample(far, min(len(close), len(far)))
        for _ in range(plain):
            yield see(compose(mixed, rng, bare=True))
        shares = [self._plan.shares.get(name, _SHARE) for name in pools]
        for _ in range(formed):
            yield see(compose_form(list(pools.values()), shares, rng, varied=varied))

    def _fold(self, page: LabelledPage) -> int:
        return zlib.crc32(page.name.encode()) % self._folds


def sentence(groups: Groups, roles: list[str], values: Sequence[Values] | None = None) -> Sentence:
    """Return the lines of a page as they are learned from: their features, and their roles."""
    lines = [{name: 1.0 for group in line for name in group} for line in groups]
    for line, own in zip(lines, values or (), strict=False):
        line.update(own)
    return lines, roles


def learn_chain(pages: Iterable[tuple[Groups, list[str]]], how: Holding) -> Chain:
    """Learn the weights of a chain from the features and roles of some pages."""
    return learn([sentence(groups, roles) for groups, roles in pages], how)


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
    state: Weights = {}
    for (name, role), weight in info.state_features.items():
        state.setdefault(name, {})[role] = weight
    transitions: Weights = {}
    for (before, role), weight in info.transitions.items():
        transitions.setdefault(before, {})[role] = weight
    return state, transitions


def mean(chains: Sequence[Chain], shares: Sequence[float] | None = None) -> Chain:
    """Return the mean of the weights of several chains."""
    shares = shares or [1 / len(chains)] * len(chains)
    features, transitions = (mean_of(tables, shares) for tables in zip(*chains, strict=True))
    return features, transitions


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
