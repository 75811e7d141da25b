"""Every pair of words that stand side by side, measured by association: collocations without a node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jmtools.batches.feature import ReportFeature
from jmtools.collocates.scores import USUAL, Scorer, ShownOptions, Table
from jmtools.counts.pair_counter import FIRST, GLUE, PAIR, SECOND, PairCounter
from jmtools.counts.tally import Counts, Tally
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions
from jmtools.errors import OptionError
from jmtools.io.json_types import Fields
from jmtools.stats.log_linear import pair_lambda, pair_z
from jmtools.stats.pair_measures import MEASURES, Measure
from jmtools.words.term_filter import TermFilter

UNITS = ("word", "char")
_KNOWN = {**MEASURES, "lambda": Measure(pair_lambda), "lambda_z": Measure(pair_z)}


@dataclass(frozen=True)
class NeighbourOptions:
    """Which pairs are counted and shown.

    Attributes:
        counting: How text is taken apart, and which records are counted.
        shown: What is shown; both words of a pair must pass its filter.
    """

    counting: CountOptions = field(default_factory=CountOptions)
    shown: ShownOptions = field(default_factory=ShownOptions)


class NeighbourCounter(PairCounter, ReportFeature[Tally, Tally]):
    """Counts neighbours and gives a record for each pair: a report."""

    def __init__(self, options: NeighbourOptions) -> None:
        """Get ready.

        Raises:
            OptionError: If the unit has no neighbours, or an option has no such value.
        """
        if options.counting.unit not in UNITS:
            raise OptionError(f"--all: --unit {options.counting.unit} has no neighbours; there are {', '.join(UNITS)}")
        super().__init__(options.counting)
        self._show = options.shown
        self._scorer = Scorer(options.shown, _KNOWN, usual=(*USUAL, "lambda", "lambda_z"))
        self._filter = TermFilter(options.shown.filter, user_dicts=options.counting.segment.user_dicts)
        self._notes: Sequence[str] = ()

    def records(self, total: Tally) -> Iterator[Fields]:
        """Yield a record for each pair, the most associated first."""
        dropped = gather([total], room=self.options.max_memory)
        self._notes = dropped.note(self._show.min_freq)
        yield from self._scorer.rows(self._counted(total))

    def notes(self) -> Sequence[str]:
        """Return what was dropped for want of memory."""
        return self._notes

    def _counted(self, total: Tally) -> Iterator[tuple[Fields, Table, int | None]]:
        pairs, kept = total.counts.get(((), PAIR), Counts()), self._filter.keeps
        numbers, freqs, docfreqs = pairs.total()
        n = int(freqs.sum()) + pairs.occurrences_dropped
        names = total.vocabularies[PAIR].terms()
        first, second = (_by_term(total, kind) for kind in (FIRST, SECOND))
        for number, freq, docfreq in zip(numbers.tolist(), freqs.tolist(), docfreqs.tolist(), strict=True):
            if freq < self._show.min_freq or docfreq < self._show.filter.min_docfreq:
                continue
            one, other = names[number].split(GLUE)
            if not (kept(one) and kept(other)):
                continue
            row = {"term": f"{one} {other}", "freq": freq, "docfreq": docfreq}
            row |= {"freq_first": first[one], "freq_second": second[other], "n_pairs": n}
            yield row, (freq, first[one], second[other], n), None


def _by_term(total: Tally, kind: int) -> dict[str, int]:
    numbers, freqs, _ = total.counts.get(((), kind), Counts()).total()
    names = total.vocabularies[kind].terms()
    return {names[number]: freq for number, freq in zip(numbers.tolist(), freqs.tolist(), strict=True)}
