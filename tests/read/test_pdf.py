"""PDF: no character vanishes, whatever its font, its direction and the machine that reads it."""

from __future__ import annotations

import doctest
import importlib
import json
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import DataError
from jmtools.read.layout import page_lines
from jmtools.read.layout_runs import Char
from jmtools.read.pdf import page_sheets, read_pdf
from jmtools.read.pdf_process import page_record
from jmtools.read.sheet import Sheet
from tests import pdfs
from tests.conftest import ROOT, run_jmtools
from tests.pdfs import Leaf, Note, Piece, make_pdf

ROWS = ("江岸的雾还没有散尽", "三号地块上排起了车", "浇筑往后推了半天呢", "江岸的雾还没有散尽")


@cache
def one_font() -> None:
    from jmtools.read.pdf_fonts import use_one_font

    use_one_font()


def sheets(data: bytes) -> list[Sheet]:
    """What `read_pdf` gives, without a process of its own for each file."""
    pdfium = pytest.importorskip("pypdfium2")
    one_font()
    document = pdfium.PdfDocument(data)
    pages = [document[number] for number in range(len(document))]
    return page_sheets([{"page": number, **page_record(page.raw)} for number, page in enumerate(pages, 1)])


def lines(*leaves: Leaf) -> list[list[str]]:
    return [[text for text, _ in sheet.lines if text] for sheet in sheets(make_pdf(*leaves))]


def column(font: str, *, angle: float = 0, x: float = 100, y: float = 500, in_form: bool = False) -> list[Piece]:
    """Four rows below each other as the text runs, the first again as the last."""
    down = {0: (0, -40), 90: (40, 0), 180: (0, 40), 270: (-40, 0)}[int(angle)]
    return [Piece(row, x + n * down[0], y + n * down[1], 10, angle, font, in_form) for n, row in enumerate(ROWS)]


@pytest.mark.parametrize("module", ["pdf_frames", "pdf_guesses", "pdf_plausible", "sheet"])
def test_the_examples_in_docstrings_are_right(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"jmtools.read.{module}"))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("in_form", [False, True])
@pytest.mark.parametrize("font", [pdfs.GB, pdfs.NAMED, pdfs.EMBEDDED, pdfs.BLANK])
def test_rows_that_say_the_same_are_all_read(font: str, in_form: bool) -> None:
    assert lines(Leaf(column(font, in_form=in_form))) == [list(ROWS)]
    rows = [Piece("本报讯", 100, 700 - 20 * n, font=font, in_form=in_form) for n in range(9)]
    assert lines(Leaf(rows)) == [["本报讯" * 9]]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("font", [pdfs.GB, pdfs.NAMED, pdfs.BLANK])
def test_text_turned_and_pages_turned(font: str, angle: int, rotate: int) -> None:
    (page,) = lines(Leaf(column(font, angle=angle, x=300, y=300), rotate=rotate))
    assert page == list(ROWS)


def test_text_of_several_directions_on_a_page_comes_direction_by_direction() -> None:
    (page,) = lines(
        Leaf([*column(pdfs.GB), Piece("侧面竖着的说明", 50, 100, 10, 90), Piece("斜着的字", 400, 100, 10, 40)])
    )
    assert page[:4] == list(ROWS)
    assert sorted(page[4:]) == sorted(["侧面竖着的说明", "斜着的字"])


def test_vertical_print() -> None:
    page = [
        Piece("竖排的题目", 500, 700, 20, font=pdfs.VERTICAL),
        Piece("第二列的字", 470, 700, 20, font=pdfs.VERTICAL),
    ]
    assert lines(Leaf(page)) == [["竖排的题目", "第二列的字"]]


TALES = (
    "本埠消息昨日午后江岸一带大雾弥漫轮渡停开两小时搭客拥挤码头秩序由警士维持至傍晚始复原状云云",
    "省会电讯教育厅昨开会议讨论乡村小学经费问题议决由各县自筹半数余由省库拨给下月起实行各县遵照",
    "米市行情连日客货到埠甚多价格稍落中白粳每石十二元四角早稻十元零五分尚无大宗成交市面平静如常",
)


def falling(text: str, x: float, y: float, *, singly: bool = False) -> list[Piece]:
    """Vertical lines of ten characters, the first at x, the others on its left."""
    if singly:
        return [Piece(char, x - 18 * (n // 10), y - 12 * (n % 10), 12) for n, char in enumerate(text)]
    return [Piece(text[i : i + 10], x - 1.8 * i, y, 12, font=pdfs.VERTICAL) for i in range(0, len(text), 10)]


def test_vertical_pages_are_read_band_by_band_from_right_to_left() -> None:
    below = [piece for tale, y in zip(TALES, (750, 600, 450), strict=True) for piece in falling(tale, 500, y)]
    beside = [piece for tale, x in zip(TALES, (550, 400, 250), strict=True) for piece in falling(tale, x, 700)]
    assert lines(Leaf(below)) == lines(Leaf(beside)) == [list(TALES)]
    four = [*falling(TALES[0], 550, 750), *falling(TALES[1], 400, 750), *falling(TALES[2], 550, 600)]
    assert lines(Leaf([*four, *falling(TALES[0], 400, 600)])) == [[*TALES, TALES[0]]]


def test_a_headline_at_the_right_of_vertical_bands_comes_first() -> None:
    headline = Piece("江岸大雾", 540, 750, 24, font=pdfs.VERTICAL)
    page = [*falling(TALES[0], 500, 750), headline, *falling(TALES[1], 500, 600)]
    assert lines(Leaf(page)) == [["江岸大雾", *TALES[:2]]]


@pytest.mark.parametrize("vertical", [False, True])
def test_characters_that_a_file_holds_in_no_order_are_put_in_order(vertical: bool) -> None:
    text = TALES[0]
    level = [Piece(char, 50 + 10 * (n % 20), 700 - 15 * (n // 20)) for n, char in enumerate(text)]
    pieces = falling(text, 500, 700, singly=True) if vertical else level
    random.Random(1).shuffle(pieces)
    assert lines(Leaf(pieces)) == [[text]]


@pytest.mark.parametrize("font", [pdfs.GB, pdfs.NAMED, pdfs.EMBEDDED])
def test_characters_beyond_the_first_plane_and_ligatures(font: str) -> None:
    assert lines(Leaf([Piece("张𬭊与陈𠮷、李㐀", 100, 500, font=font)])) == [["张𬭊与陈𠮷、李㐀"]]
    if font != pdfs.GB:
        assert lines(Leaf([Piece(["o", "ffi", "ce", " ", "fi", "n"], 100, 500, font=font)])) == [["office fin"]]


def test_slanted_letters_of_a_typesetting_system_are_letters_again() -> None:
    page = [Piece("犃犫狊狋狉犪犮狋", 100, 500, font=pdfs.EMBEDDED), Piece("江岸的雾犻", 100, 400, font=pdfs.EMBEDDED)]
    assert lines(Leaf(page)) == [["Abstract", "江岸的雾i"]]
    assert lines(Leaf([Piece("情況和狀態", 100, 500), Piece("犇先生", 100, 400)])) == [["情況和狀態", "犇先生"]]


def test_print_made_bold_by_printing_twice_is_read_once() -> None:
    rows = [Piece(ROWS[0], x, 500, 10, font=pdfs.EMBEDDED) for x in (100, 100.3)]
    assert lines(Leaf(rows)) == [[ROWS[0]]]


def test_text_outside_the_crop_box_is_no_text_of_the_page() -> None:
    (sheet,) = read_pdf(make_pdf(Leaf([*column(pdfs.GB), Piece("裁切线外的色标", 100, 790)], crop=(50, 50, 550, 700))))
    assert sheet.text.split() == list(ROWS)
    assert (sheet.lost, sheet.left_out) == (0, 7)


def test_pages_without_any_character_that_shows_are_empty() -> None:
    for text in (" ", "\u3000"):
        assert lines(Leaf([Piece(text, 100, 500)])) == [[]]
    (sheet,) = sheets(make_pdf(Leaf([Piece("裁切线外的色标", 100, 790)], crop=(50, 50, 550, 700))))
    assert (sheet.lines, sheet.left_out) == ([], 7)


def test_characters_printed_over_each_other_do_not_take_long() -> None:
    chars = [Char("江", x, 0.1 * (x % 7), x + 120, 120 + 0.1 * (x % 7), 120) for x in range(0, 12_000, 3)]
    begun = time.process_time()
    assert sum(len(text) for text, _ in page_lines(chars)) == len(chars)
    assert time.process_time() - begun < 10  # every pair compared: 20 s


def test_characters_that_no_one_can_name_are_counted_and_decide(tmp_path: Path) -> None:
    few = Leaf([*column(pdfs.GB), Piece("藏", 100, 300, font=pdfs.HIDDEN)])
    many = Leaf(column(pdfs.HIDDEN))
    path = tmp_path / "issue.pdf"
    path.write_bytes(make_pdf(few, many))
    done = run_jmtools("read", "--on-error", "skip", "--report", tmp_path / "report.jsonl", path)
    assert done.returncode == 3
    (record,) = map(json.loads, done.stdout.splitlines())
    assert (record["flags"], record["lost"]) == (["text_lost"], 1)
    assert record["text"].endswith("\n\ufffd\n")
    told = done.stderr.decode()
    assert f"note: {path}#page=1: 1 of 37 characters are lost: its fonts do not say" in told
    assert f"{path}#page=2: line 1, byte 0: 36 of 36 characters are lost" in told
    assert run_jmtools("read", path).returncode == 65
    kept = run_jmtools("read", "--max-lost", "100", path)
    assert (kept.returncode, kept.stdout.count(b"\n")) == (0, 2)
    (row,) = map(json.loads, (tmp_path / "report.jsonl").read_text("utf-8").splitlines())
    assert (row["pages"], row["chars"], row["written"], row["lost"]) == (1, 73, 37, 37)
    assert row["flags"] == {"text_lost": 2}
    assert "more than --max-lost 10 %" in row["refused"]


def test_a_page_that_is_a_picture_is_named_among_pages_with_text(tmp_path: Path) -> None:
    path = tmp_path / "issue.pdf"
    path.write_bytes(make_pdf(Leaf(column(pdfs.GB)), Leaf([], picture=True), Leaf([])))
    done = run_jmtools("read", path)
    assert done.returncode == 0
    assert [json.loads(line).get("flags") for line in done.stdout.splitlines()] == [None, ["no_text_layer"], None]
    assert done.stderr.decode().startswith(f"jmtools read: note: {path}#page=2: has no text layer")
    with pytest.raises(DataError, match="its pages are pictures"):
        read_pdf(make_pdf(Leaf([], picture=True)))


TEXTS = st.text("江岸的雾还没有散尽，三号地块上已经排起𬭊𠮷㐀abcfi1-. ", min_size=1, max_size=12)
PIECES = st.builds(
    Piece,
    TEXTS,
    st.integers(60, 540),
    st.integers(60, 740),
    st.sampled_from([1.0, 7.5, 10.0, 36.0]),
    st.sampled_from([0, 0, 0, 90, 180, 270, 3, 45, 200]),
    st.sampled_from(pdfs.FONTS),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from([0, 90, 180, 270]))
def test_no_page_loses_a_character_without_saying_so(pieces: list[Piece], rotate: int) -> None:
    (sheet,) = sheets(make_pdf(Leaf(pieces, rotate=rotate), width=2000, height=2000))
    expected = Counter("".join(char for p in pieces if p.font != pdfs.HIDDEN for char in "".join(p.chars).split()))
    hidden = sum(len("".join("".join(p.chars).split(" "))) for p in pieces if p.font == pdfs.HIDDEN)
    missing = expected - Counter(_printed_twice(pieces)) - Counter("".join(sheet.text.split()))
    assert missing.total() + hidden <= sheet.lost + sheet.left_out + len(_printed_twice(pieces))


def _printed_twice(pieces: list[Piece]) -> str:
    """Characters that stand twice at nearly one place: they may come once."""
    twice: Counter[str] = Counter()
    for one, other in combinations(pieces, 2):
        near = 0.5 * max(one.size, other.size)  # print made bold, or with a shadow
        if abs(one.x - other.x) < near and abs(one.y - other.y) < near:
            twice += Counter(one.chars) & Counter(other.chars)
    return "".join("".join(twice.elements()).split())


def test_the_text_does_not_depend_on_the_fonts_of_the_machine(tmp_path: Path) -> None:
    if sys.platform != "linux" or not shutil.which("unshare") or not Path("/usr/share/fonts").is_dir():
        pytest.skip("needs unshare and fonts to hide")
    folders = "/usr/share/fonts /usr/local/share/fonts /usr/share/X11/fonts"
    hide = f"for d in {folders}; do [ -d $d ] && mount -t tmpfs none $d; done"
    inside = [
        "unshare",
        "--mount",
        "--map-root-user",
        "sh",
        "-c",
        f'{hide}; ls /usr/share/fonts | wc -l; exec "$@"',
        "-",
    ]
    tried = subprocess.run([*inside, "true"], capture_output=True, check=False)
    if tried.returncode or tried.stdout.split() != [b"0"]:
        pytest.skip("this machine does not allow to hide its fonts")
    path = tmp_path / "x.pdf"
    everything = [piece for font in pdfs.FONTS for piece in column(font)]
    path.write_bytes(
        make_pdf(Leaf(everything), Leaf(column(pdfs.VERTICAL)), Leaf(column(pdfs.GB, angle=90), rotate=90))
    )
    command = [sys.executable, "-m", "jmtools", "read", "--max-lost", "100", str(path)]
    with_fonts = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    without = subprocess.run([*inside, *command], capture_output=True, check=True, cwd=ROOT)
    assert without.stdout.split(b"\n", 1)[1] == with_fonts.stdout
    assert with_fonts.stdout.count(b"\n") == 3


def test_the_font_is_what_its_script_makes(tmp_path: Path) -> None:
    pytest.importorskip("fontTools")
    script = ROOT / "training" / "make_font.py"
    subprocess.run([sys.executable, script, tmp_path / "font.ttf"], check=True)
    font = ROOT / "src" / "jmtools" / "data" / "last-resort.ttf"
    assert (tmp_path / "font.ttf").read_bytes() == font.read_bytes()
    assert font.stat().st_size < 1024


def test_a_sheet_compares_what_it_was_given_with_its_lines() -> None:
    sheet = Sheet([("江岸的雾", 10), ("散尽", 10)])
    sheet.compare("江岸 的雾，散散尽")
    assert (sheet.chars, sheet.lost) == (8, 2)


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("kind", ["FreeText", "Widget"])
def test_text_of_annotations_and_form_fields_is_read_and_flagged(kind: str, shown: bool) -> None:
    note = Note(kind, "稿件已由值班编辑改定", 100, 200, shown=shown)
    (sheet,) = read_pdf(make_pdf(Leaf(column(pdfs.GB), notes=[note])))
    plain = [line for line, _ in read_pdf(make_pdf(Leaf(column(pdfs.GB))))[0].lines]
    assert [line for line, _ in sheet.lines if line] == [*(line for line in plain if line), "稿件已由值班编辑改定"]
    assert (sheet.lost, sheet.flags) == (0, ["annotations"])
    (alone,) = read_pdf(make_pdf(Leaf([], notes=[note])))
    assert (alone.text, alone.flags) == ("稿件已由值班编辑改定\n", ["annotations"])


def test_files_packed_into_a_document_are_named(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(make_pdf(Leaf(column(pdfs.GB))))
    for name in ("正刊.pdf", "副刊.pdf"):
        document.new_attachment(name).set_data(b"%PDF-1.7")
    path = tmp_path / "issue.pdf"
    document.save(path)
    done = run_jmtools("read", path)
    assert done.returncode == 0
    assert sorted(re.findall(r"[正副]刊", done.stderr.decode())) == ["副刊", "正刊"]
    assert "has other files packed into it, which are not read: " in done.stderr.decode()


def test_what_annotations_do_not_show_is_not_read() -> None:
    hidden = [
        Note("FreeText", "看不见的批注", 100, 200, flags=2),
        Note("Text", "便笺里的话", 100, 300),
        Note("Popup", "弹出的话", 100, 400, shown=False),
        Note("Widget", "提交按钮", 100, 500, field="Btn"),
    ]
    (sheet,) = read_pdf(make_pdf(Leaf(column(pdfs.GB), notes=hidden)))
    assert (sheet.lines, sheet.flags) == (read_pdf(make_pdf(Leaf(column(pdfs.GB))))[0].lines, [])
    mixed = [Note("FreeText", "看得见的批注", 100, 100), *hidden]
    assert read_pdf(make_pdf(Leaf([], notes=mixed)))[0].text == "看得见的批注\n"
