"""The sample pages and their expected articles agree with each other, character by character."""

import codecs
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parent.parent.parent / "seeds"
PAGES = sorted(p for p in SEEDS.rglob("*.txt") if p.with_suffix(".expected.jsonl").exists())
ENCODINGS = ("utf-8-sig", "gb18030")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _lines(page: Path) -> list[str]:
    raw = page.read_bytes()
    for encoding in ("utf-16",) if raw.startswith(UTF16_MARKS) else ENCODINGS:
        try:
            return raw.decode(encoding).replace("\r\n", "\n").split("\n")
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{page}: in none of {ENCODINGS}")


def _items(page: Path) -> list[dict[str, Any]]:
    with page.with_suffix(".expected.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _owned(item: dict[str, Any]) -> list[int]:
    runs = item.get("lines", [[item["line_start"], item["line_end"]]])
    return [number for first, last in runs for number in range(first, last + 1)]


def _squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_printed_line_belongs_to_exactly_one_item(page: Path) -> None:
    lines = _lines(page)
    owners = Counter(n for item in _items(page) for n in _owned(item) if lines[n - 1].strip())
    printed = [n for n, line in enumerate(lines, 1) if line.strip()]
    assert sorted(owners) == printed
    assert set(owners.values()) == {1}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_an_item_holds_the_characters_of_its_lines_and_no_others(page: Path) -> None:
    lines = _lines(page)
    for item in _items(page):
        printed = _squeeze("".join(lines[n - 1] for n in _owned(item)))
        parts = [
            item["headline"],
            item["text"],
            item.get("note"),
            item.get("label"),
            *item["subheads"],
            *item["captions"],
        ]
        if item["byline"] and _squeeze(item["byline"]) not in _squeeze(item["text"]):
            parts.append(item["byline"])
        held = Counter(_squeeze("".join(part for part in parts if part)))
        left = Counter(printed) - held
        jumps = _squeeze("".join(left.elements()))
        assert not held - Counter(printed), item["headline"]
        assert len(jumps) <= 8 * (bool(item["continued_from"]) + bool(item["continued_to"])), item["headline"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_items_stand_in_page_order_and_name_their_page(page: Path) -> None:
    items = _items(page)
    starts = [item["line_start"] for item in items]
    assert starts == sorted(set(starts))
    name, date, number = page.stem.rsplit("-", 2)
    assert name
    assert {(i["date"].replace("-", ""), i["page"]) for i in items} == {(date, number)}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_authors_are_printed(page: Path) -> None:
    lines = _lines(page)
    for item in _items(page):
        printed = _squeeze("".join(lines[n - 1] for n in _owned(item)))
        for author in item["authors"]:
            assert author["name"] in printed
            assert author["role"] in {"记者", "通讯员", "实习生", "作者", "文/图", "文", "图"}


def test_jumps_join_items_that_exist() -> None:
    with (SEEDS / "jumps.jsonl").open(encoding="utf-8") as lines:
        jumps = [json.loads(line) for line in lines]
    assert jumps
    for jump in jumps:
        first, second = (
            next(i for i in _items(SEEDS / jump[end]["file"]) if i["line_start"] == jump[end]["line_start"])
            for end in ("from", "to")
        )
        assert first["headline"] == jump["headline"]
        assert first["date"] == second["date"] == jump["date"]
        assert second["type"] == "continuation"
        assert first["continued_to"]
        assert second["continued_from"]
