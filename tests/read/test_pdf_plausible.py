"""PDF fonts that name wrong characters: what makes no text is flagged, and correct text of any kind is not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from jmtools.io.encodings import decode_text
from jmtools.read.pdf import read_pdf
from jmtools.read.pdf_plausible import is_implausible
from jmtools.words.script_forms import simplified_forms
from tests import pdfs
from tests.conftest import ROOT, run_jmtools
from tests.pdfs import Leaf, Piece, make_pdf
from tests.sample_articles import SAMPLE

NEWS = "".join("".join(record["text"] for record in SAMPLE).split())
ENGLISH = (
    "The harbour office said on Monday that ferries would run every twenty minutes from the first of next month, and "
    "that older tickets stay valid until the end of the year. Passengers had asked for more boats in the evening. "
)
GB2312 = [bytes([a, b]).decode("gb2312") for a in range(0xB0, 0xF7) for b in range(0xA1, 0xFA)]


def rows(text: str, font: str, *, top: int = 700) -> list[Piece]:
    return [Piece(text[i : i + 40], 50, top - 15 * (i // 40), font=font) for i in range(0, len(text), 40)]


@pytest.mark.parametrize("font", pdfs.WRONG_FONTS)
def test_a_page_whose_fonts_name_wrong_characters_is_refused_or_flagged(font: str, tmp_path: Path) -> None:
    path = tmp_path / "20240311-A02.pdf"
    path.write_bytes(make_pdf(Leaf(rows(NEWS[:400], font)), Leaf(rows(NEWS[400:800], pdfs.EMBEDDED))))
    done = run_jmtools("read", "--on-error", "skip", "--report", tmp_path / "report.jsonl", path)
    (record,) = map(json.loads, done.stdout.splitlines())
    (row,) = map(json.loads, (tmp_path / "report.jsonl").read_text("utf-8").splitlines())
    assert (done.returncode, record["sheet"], record.get("flags")) == (3, 2, None)
    assert record["text"].replace("\n", "") == NEWS[400:800]
    told = f"{path}#page=1: line 1, byte 0: {row['doubtful']} of {row['doubtful']} characters make no text: its fonts"
    assert told in done.stderr.decode()
    assert row["flags"] == {"text_doubtful": 1}
    kept = run_jmtools("read", "--max-lost", "100", path)
    first, _ = map(json.loads, kept.stdout.splitlines())
    assert (kept.returncode, first["flags"], first["doubtful"]) == (0, ["text_doubtful"], row["doubtful"])
    assert "note: " in kept.stderr.decode()


def test_one_wrong_font_among_right_ones_is_counted_alone() -> None:
    pieces = [*rows(NEWS[:800], pdfs.EMBEDDED), *rows(NEWS[800:920], pdfs.NUMBERED, top=300)]
    (sheet,) = read_pdf(make_pdf(Leaf(pieces)))
    assert sheet.chars is not None
    assert sheet.chars > 910  # one code or two are those of blanks
    assert (sheet.doubtful, sheet.lost) == (sheet.chars - 800, 0)


@pytest.mark.parametrize("font", [pdfs.GB, pdfs.EMBEDDED])
def test_right_text_is_not_doubtful(font: str) -> None:
    (sheet,) = read_pdf(make_pdf(Leaf(rows(NEWS[:1200], font))))
    assert (sheet.chars, sheet.doubtful) == (1200, 0)


def exchanged(text: str) -> str:
    used = sorted(set(text))
    return text.translate(dict(zip(map(ord, used), random.Random(1).sample(used, len(used)), strict=True)))


def anything(text: str) -> str:
    used = sorted(set(text))
    return text.translate(dict(zip(map(ord, used), random.Random(1).choices(GB2312, k=len(used)), strict=True)))


def next_code(text: str) -> str:
    return "".join(chr(ord(char) + 1) for char in text)


@pytest.mark.parametrize("change", [exchanged, anything, next_code])
def test_shifted_and_scrambled_text_is_implausible(change: Callable[[str], str]) -> None:
    texts = [NEWS[i : i + 300] for i in range(0, len(NEWS) - 300, 300)]
    assert len(texts) > 20
    assert sum(is_implausible(change(text)) for text in texts) >= 0.95 * len(texts)
    assert is_implausible(change(2 * ENGLISH))


def test_codes_numbered_as_they_are_needed_are_implausible() -> None:
    chars = list(dict.fromkeys(NEWS))[:80]
    text = "".join(chr(0x21 + chars.index(char)) for char in NEWS[:400] if char in chars)
    assert is_implausible(" ".join(text))
    assert not is_implausible(" ".join(NEWS[:400]))


def test_text_of_other_kinds_is_plausible() -> None:
    pages = [decode_text(path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    traditional = {value: key for key, value in simplified_forms().items()}
    assert pages
    for text in [*pages, NEWS, ENGLISH]:
        for begin in range(0, len(text), 150):
            piece = text[begin : begin + 150]
            assert not is_implausible(piece), piece
            assert not is_implausible(piece.translate(traditional)), piece
    kinds = {
        "names": "王小川\n李文博\n张雨桐\n赵敏行\n" * 20,
        "numbers": "12.5% 3,401.20 (7) -88.1 $5.00 [3] 6/7 9:30 #12 " * 10,
        "code": "for (int i = 0; i < n; i++) { sum += a[i] * b[i]; } /* ok? */ x_1 = y & ~z; " * 5,
        "formulas": "αx+βy=(a_1,…,a_n) f(x)=x^2 {i|i>0} " * 10,
        "variables": "r ij q kz j h t zj m kb ak ake ikt dt jn g " * 20,
        "greek": "、".join("αβγδεζηθικλμνξοπρστυφχψω"),
        "specimen": "abcdefghijklmnopqrstuvwxyz0123456789,.;:-()" * 3,
        "characters": "".join(map(chr, range(0x21, 0x7F))) * 4,
        "password": "aB3+kQ9/zX1= " * 20,
        "alphabet": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "kana": "ある日本の新聞を読む" * 20,
    }
    for name, text in kinds.items():
        assert not is_implausible(text), name
