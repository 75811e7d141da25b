"""Options of keyword extraction."""

from __future__ import annotations

from dataclasses import dataclass, field

from jmtools.counts.idf_tables import TF_FORMS
from jmtools.errors import OptionError
from jmtools.words.lexicon import fold_case, fold_width
from jmtools.words.reader import SegmentOptions

METHODS = ("default", "tfidf", "textrank", "positionrank", "yake")
FOLDING = ("default", "yake")  # methods to which OPENAI and OpenAI are one term
WEIGHTED = ("default", "tfidf")  # methods that use tf × idf
MAX_WORDS = 1 << 20  # of one record; keywords of a longer one, a dozen novels, come from its beginning


@dataclass(frozen=True)
class KeywordOptions:
    """What keywords are wanted.

    Attributes:
        segment: How text is segmented.
        top: Keywords of a record.
        method: One of `METHODS`.
        tf: One of `counts.idf_tables.TF_FORMS`; None for what the method is defined with.
        idf: `background`, or the path of a table of counts; tables counted in this run are given apart.
        min_docfreq: Words in fewer records of the table are left out.
        stopwords: Stop list.
        pos: Parts of speech of a keyword's last word; empty for all.
        terms: Controlled vocabulary; None for any term.
        exclude: Terms that are not wanted.
        diversity: 0 to 1, see `jmtools.keywords.choice.choose`.
        nested: One of `choice.NESTED`; None: `apart` in records, `none` in groups, and `all` where methods or
            `terms` give single words.
        without_factors: Groups of factors that are switched off.
        explain: Add the factors and the places of each keyword.
        min_chance: Keywords that a demanding reader keeps with a smaller chance are left out; the others say theirs.
    """

    segment: SegmentOptions = field(default_factory=SegmentOptions)
    top: int = 10
    method: str = "default"
    tf: str | None = None
    idf: str = "background"
    min_docfreq: int = 1
    stopwords: str = "default"
    pos: tuple[str, ...] = ()
    terms: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    diversity: float = 0.0
    nested: str | None = None
    without_factors: tuple[str, ...] = ()
    explain: bool = False
    min_chance: float = 0.0

    def check(self) -> None:
        """Check what can be told without tables.

        Raises:
            OptionError: If options contradict each other.
        """
        method = self.method
        if method not in METHODS:
            raise OptionError(f"--method: no method called {method!r}; there are {', '.join(METHODS)}")
        if self.tf is not None and self.tf not in TF_FORMS:
            raise OptionError(f"--tf: no form called {self.tf!r}; there are {', '.join(TF_FORMS)}")
        if self.tf is not None and method not in WEIGHTED:
            raise OptionError(f"--tf: {method} has no tf × idf; take --method default or tfidf")
        if self.without_factors and method != "default":
            raise OptionError(f"--without-factors: {method} has no such factors; take --method default")
        if self.min_chance and (method != "default" or self.tf not in (None, "log") or self.without_factors):
            raise OptionError(
                "--min-chance: only the default method with all its factors tells how likely a reader keeps a keyword; "
                "leave out --method, --tf and --without-factors"
            )


def term_key(term: str) -> str:
    """Return what is equal for terms that differ in case or width only."""
    return fold_case(fold_width(term))
