"""Compressed inputs: every stream of them is read, or its damage is told."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import DataError
from jmtools.io.compression import open_streams
from jmtools.io.files import read_all
from tests.conftest import run_jmtools

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstd.compress,
}
ONE = '{"text":"江岸的雾还没有散尽"}\n'.encode()
TWO = '{"text":"浇筑往后推半天"}\n'.encode()
SKIPPABLE = b"\x5a\x2a\x4d\x18\x04\x00\x00\x00note"


def read(tmp_path: Path, data: bytes) -> bytes:
    path = tmp_path / "data"
    path.write_bytes(data)
    return read_all(str(path))


@pytest.mark.parametrize("kind", COMPRESS)
@pytest.mark.parametrize("padding", [0, 4, 512])
def test_every_stream_is_read_and_padding_between_them_passed_over(tmp_path: Path, kind: str, padding: int) -> None:
    first, second = COMPRESS[kind](ONE), COMPRESS[kind](TWO)
    assert read(tmp_path, first + bytes(padding) + second + bytes(padding)) == ONE + TWO


@pytest.mark.parametrize("kind", COMPRESS)
def test_a_damaged_second_stream_is_an_error_and_not_the_end(tmp_path: Path, kind: str) -> None:
    first, second = COMPRESS[kind](ONE), COMPRESS[kind](TWO)
    for broken in (b"no stream", second[:-3], second[: len(second) // 2], bytes([second[0] ^ 255]) + second[1:]):
        with pytest.raises(DataError, match=f"damaged {kind} data"):
            read(tmp_path, first + broken)


def test_the_command_line_says_so(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.xz"
    path.write_bytes(lzma.compress(ONE) + b"\xfd7zX no more")
    done = run_jmtools("table", path)
    assert done.returncode == 65
    assert b"what follows stream 1 is no xz data" in done.stderr


def test_zstd_frames_to_be_skipped_are_skipped(tmp_path: Path) -> None:
    data = SKIPPABLE + zstd.compress(ONE) + SKIPPABLE + SKIPPABLE + zstd.compress(TWO) + SKIPPABLE
    assert read(tmp_path, data) == ONE + TWO
    path = tmp_path / "data"
    assert [json.loads(line)["text"] for line in run_jmtools("normalize", path).stdout.splitlines()] == [
        "江岸的雾还没有散尽",
        "浇筑往后推半天",
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(COMPRESS)),
    st.lists(st.binary(max_size=200), min_size=1, max_size=4),
    st.integers(1, 50),
    st.integers(1, 100),
)
def test_streams_in_pieces_of_any_size_give_all_that_went_in(
    kind: str, parts: list[bytes], piece: int, size: int
) -> None:
    data = b"".join(COMPRESS[kind](part) for part in parts)
    pieces = iter([data[i : i + piece] for i in range(0, len(data), piece)])
    file = open_streams(kind, lambda: next(pieces, b""))
    assert b"".join(iter(lambda: file.read(size), b"")) == b"".join(parts)
