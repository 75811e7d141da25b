"""Pages that lost full stops: what is known of each line, and how right they are split."""

from pathlib import Path

import pytest

from jmtools.errors import ModelError
from jmtools.pages import Page, PageSplitter, split_page
from jmtools.pages.cue_words import in_words
from jmtools.pages.features import view_page
from jmtools.pages.lines import page_lines
from jmtools.pages.lost_weights import LostWeights
from jmtools.pages.model import RoleModel
from jmtools.pages.passes import SplitModel, load_model

KINDS = Path(__file__).parent / "kinds"
STOPS = "。！？；"


def pages(kind: str) -> list[list[tuple[str, str]]]:
    """Return the lines of the pages of a kind, with their roles."""
    text = (KINDS / f"{kind}.txt").read_text("utf-8")
    return [[(row[0], row[2:]) for row in page.splitlines() if row[0] != "@"] for page in text.split("----\n")]


def without_stops(rows: list[tuple[str, str]], every: int) -> list[str]:
    """Return the lines of a page without every so manyth of its sentence marks."""
    number = 0
    lines = []
    for _, text in rows:
        kept = ""
        for char in text:
            number += char in STOPS
            kept += "" if char in STOPS and number % every == 0 else char
        lines.append(kept)
    return lines


def right(kind: str, every: int) -> tuple[int, int]:
    """Return how many items of pages without some of their marks have start and headline, and how many there are."""
    hits = number = 0
    for rows in pages(kind):
        starts = {(i, text) for i, (role, text) in enumerate(rows, 1) if role == "H"}
        records = split_page("\n".join(without_stops(rows, every)))
        hits += len(starts & {(record["line_start"], record["headline"]) for record in records})
        number += max(len(starts), len(records))
    return hits, number


LOST = "\n".join(without_stops(pages("short_articles")[0] * 2, 2))


def test_each_line_has_features_for_how_like_text_it_is_where_stops_were_lost() -> None:
    view = view_page(page_lines(LOST), doubt=True)
    assert len(view.lost) == len(view.groups)
    assert {group[0] for group in view.lost} <= {"lost_F", "lost_R", "lost_U", "lost_N"}
    assert not view_page(page_lines(LOST)).lost


def test_a_page_that_lost_nothing_has_none() -> None:
    text = "\n".join(text for _, text in pages("short_articles")[0])
    assert not view_page(page_lines(text), doubt=True).lost


def test_what_tells_of_lost_stops_is_explained_in_words() -> None:
    decoded = PageSplitter().split(Page(LOST)).decoded
    assert all(groups[-1][0].startswith("lost_") for groups in decoded.groups)
    assert in_words("lost_U3") == "how like text it is, where full stops were lost"


def test_some_roles_keep_what_tells_them_apart() -> None:
    chain = RoleModel({"any": {"H": 1.0, "S": 3.0}}, {})
    found = chain.mean_with({"any": {"H": 3.0, "S": -1.0, "P": 2.0}}, {}, 0.5, "HS")
    assert [found.weight("any", role) for role in "HSP"] == [0.5, 2.5, 1.0]


def test_weights_are_the_mean_of_both() -> None:
    chain = RoleModel({"any": {"H": 1.0}}, {"H": {"P": 2.0}})
    found = chain.mean_with({"any": {"H": 0.0, "P": 1.0}, "lost_U": {"H": 0.5}}, {"H": {"P": 0.0}}, 0.25)
    assert [found.weight("any", "H"), found.weight("any", "P"), found.weight("lost_U", "H")] == [0.75, 0.25, 0.125]


def test_a_missing_file_of_weights_is_one_line(tmp_path: Path) -> None:
    known = load_model()
    model = SplitModel(*known.printed, known.bare[0], lost=LostWeights(tmp_path / "none.json"))
    with pytest.raises(ModelError, match="not usable weights for lost full stops"):
        PageSplitter(model=model).split(Page(LOST))


# Share of items with start and headline, measured; each second, or each third, sentence mark is gone.
@pytest.mark.parametrize(
    ("kind", "every", "least"),
    [
        ("short_articles", 2, 0.8),
        ("short_articles", 3, 0.65),
        ("missing_full_stops", 2, 1.0),
        ("missing_full_stops", 3, 1.0),
    ],
)
def test_most_items_are_found_where_marks_were_lost(kind: str, every: int, least: float) -> None:
    hits, number = right(kind, every)
    assert hits / number >= least
