"""The labelled pages from which the weights of `split` are learned: where they are, and how much each counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from split_gold import LabelledPage, load_pages
from split_items import item_pages

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Source:
    """Pages of one make.

    Attributes:
        path: A folder of labelled pages or a file of items: of the folder of labelled data, or of this repository.
        own: Whether it is of this repository.
        weight: How often each page counts.
        bare: Whether it is text as databases and papers' own sites keep it.
        paper: Whether it is one paper in that manner; the chain for printed pages learns nothing from it.
        share: How many of the pages composed in many forms are of its items, compared with other sources.
        every_other: Whether every other run alone learns from it: runs that differ make a better mean.
    """

    path: str
    own: bool = False
    weight: int = 1
    bare: bool = False
    paper: bool = False
    share: float = 2.0
    every_other: bool = False

    @property
    def name(self) -> str:
        """Return the name of the folder or file, which the names of its pages begin with."""
        return Path(self.path).stem

    def pages(self, data: Path) -> list[LabelledPage]:
        """Read the pages; `data` is the folder of labelled data."""
        path = (ROOT if self.own else data) / self.path
        return item_pages(path) if path.is_file() else load_pages(path)


SOURCES = (
    Source("train"),  # simulated
    Source("train_b"),
    Source("real", weight=6, bare=True),
    Source("daily1998", bare=True, paper=True, share=3.0),
    Source("items/daily_2019_2020.jsonl", bare=True, paper=True, share=4.0),
    Source("items/shenbao_1930_1949.jsonl", bare=True, paper=True),
    Source("seeds", own=True, weight=3),
    Source("seeds/more", own=True, weight=3),
    Source("training/pages/database", own=True, bare=True),
    Source("training/pages/site", own=True, bare=True),
    Source("training/pages/print", own=True),
    Source("training/pages/text", own=True, bare=True),
    Source("training/pages/sheet", own=True, bare=True, every_other=True),
    Source("training/pages/daily", own=True, bare=True, every_other=True),
    Source("training/pages/hongkong", own=True, weight=3, bare=True),
    Source("training/pages/taiwan", own=True, weight=3, bare=True),
    Source("training/pages/mainland", own=True, weight=3, bare=True),
    Source("training/pages/republic", own=True, weight=3, bare=True),
    Source("training/pages/national", own=True, weight=3, bare=True),
    Source("training/pages/city", own=True, weight=3, bare=True),
    Source("training/pages/layout", own=True, weight=3),
)


def load_sources(data: Path, without: Collection[str] = (), more: Iterable[Source] = ()) -> list[LabelledPage]:
    """Read all pages but those of some sources (by name), and those of some more."""
    unknown = set(without) - {source.name for source in SOURCES}
    if unknown:
        raise ValueError(f"no source is called {min(unknown)}")
    return [page for source in (*SOURCES, *more) if source.name not in without for page in source.pages(data)]
