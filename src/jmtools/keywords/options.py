"""Options of keyword extraction."""

from __future__ import annotations

from dataclasses import dataclass, field

from jmtools.words.reader import SegmentOptions

METHODS = ("default", "tfidf", "textrank", "positionrank", "yake")
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
