from __future__ import annotations

import bz2
import gzip
import lzma
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jmtools.errors import DataError, FileError, OptionError
from jmtools.io.encodings import decode_text
from jmtools.io.files import expand_folders, read_all
from jmtools.io.lines import LineBatch, read_batches

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SAMPLE = "今天上午，市长在会议上说，我们要把这件事办好。记者从会上了解到，有关部门已经作出安排。"
TRADITIONAL = "今天上午，市長在會議上說，我們要把這件事辦好。記者從會上了解到，有關部門已經作出安排。"


def lines_of(paths: list[str], **options: Any) -> list[tuple[str, int, int, bytes]]:
    found = []
    for batch in read_batches(paths, **options):
        if batch is not None:
            found += [(batch.file, batch.first_line + i, batch.byte_of(i), line) for i, line in enumerate(batch.lines)]
    return found


@given(st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"x")), max_size=30), st.integers(1, 60))
def test_lines_keep_their_numbers_and_bytes_at_any_batch_size(lines: list[bytes], batch_bytes: int) -> None:
    data = b"".join(line + b"\n" for line in lines)
    assume(not data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")))
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"jmtools-lines-{os.getpid()}"  # noqa: S108
    path.write_bytes(data)
    try:
        found = lines_of([str(path)], batch_bytes=batch_bytes)
    finally:
        path.unlink()
    at, expected = 0, []
    for number, line in enumerate(lines, 1):
        expected.append((str(path), number, at, line))
        at += len(line) + 1
    assert found == expected


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress, zstd.compress])
def test_compressed_input_is_read_as_it_is(tmp_path: Path, compress: object) -> None:
    path = tmp_path / "named-anyhow"
    path.write_bytes(compress(b"one\ntwo\n") + compress(b"three\n"))  # type: ignore[operator]
    assert [line for *_, line in lines_of([str(path)])] == [b"one", b"two", b"three"]
    path.write_bytes(compress(os.urandom(5000))[:-5])  # type: ignore[operator]
    with pytest.raises(DataError, match="damaged"):
        lines_of([str(path)])


def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zst"
    path.write_bytes(zstd.compress(b"a" * (200 << 20)))
    with pytest.raises(DataError, match="--max-expand"):
        lines_of([str(path)], max_expand=100)


def test_a_line_over_the_limit_is_passed_over_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"one\n" + b"x" * 3_000_000 + b"\nthree\n")
    for batch_bytes in (1, 1 << 18, 1 << 24):
        batches = [b for b in read_batches([str(path)], max_line=1_000_000, batch_bytes=batch_bytes) if b is not None]
        long = next(b for b in batches if b.too_long)
        assert list(long.too_long.values()) == [3_000_000]
        assert lines_of([str(path)], max_line=1_000_000, batch_bytes=batch_bytes)[2][1:] == (3, 3_000_005, b"three")


def test_a_pipe_hands_out_what_is_there() -> None:
    reader, writer = os.pipe()
    batches = read_batches([f"/dev/fd/{reader}"])
    os.write(writer, b"one\ntw")
    first = next(batches)
    assert isinstance(first, LineBatch)
    assert first.lines == [b"one"]
    assert next(batches) is None

    def finish() -> None:
        os.write(writer, b"o\n")
        os.close(writer)

    threading.Timer(0.05, finish).start()
    rest = [line for batch in batches if batch is not None for line in batch.lines]
    os.close(reader)
    assert rest == [b"two"]


def test_missing_input_and_folder_are_named(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none", "no such file"), (tmp_path, "folder")):
        with pytest.raises(FileError, match=words):
            lines_of([str(path)])


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.TXT", "a/3.txt.gz", "a/4.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [str(Path(p).relative_to(tmp_path)) for p in expand_folders([str(tmp_path)], suffixes=(".txt",))]
    assert found == ["a/3.txt.gz", "b/1.TXT", "b/2.txt"]
    assert list(expand_folders(["-", "x.pdf"], suffixes=(".txt",))) == ["-", "x.pdf"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_simplified_text_is_decoded(codec: str) -> None:
    assert decode_text(SAMPLE.encode(codec)) == SAMPLE


@pytest.mark.parametrize("codec", ["big5", "utf-8", "gb18030", "cp950"])
def test_traditional_text_is_decoded(codec: str) -> None:
    assert decode_text(TRADITIONAL.encode(codec)) == TRADITIONAL


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(DataError, match="--encoding"):
        decode_text(bytes(range(256)) * 4, name="page.txt")
    with pytest.raises(DataError, match="byte 0"):
        decode_text(b"\xff", encoding="utf-8")
    with pytest.raises(OptionError, match="unknown encoding"):
        decode_text(b"a", encoding="klingon")


def test_read_all_has_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"x" * 5000)
    assert read_all(str(path)) == b"x" * 5000
    with pytest.raises(DataError, match="larger"):
        read_all(str(path), limit=100)


@given(st.lists(st.binary(max_size=9).filter(lambda line: b"\n" not in line), max_size=30), st.integers(1, 40))
def test_pieces_of_a_batch_are_the_batch(lines: list[bytes], size: int) -> None:
    batch = LineBatch("a", lines, 7, 100, dict.fromkeys(range(0, len(lines), 4), 50))
    seen = []
    for piece in batch.pieces(size):
        for index, line in enumerate(piece.lines):
            seen.append((line, piece.first_line + index, piece.byte_of(index), piece.too_long.get(index)))
    assert seen == [(line, 7 + i, batch.byte_of(i), batch.too_long.get(i)) for i, line in enumerate(lines)]
