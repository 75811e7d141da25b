"""Files kept in the user's cache folder: used ones stay, what other versions left goes after a month."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jmtools.io.cache import keep, map_kept, other_versions

DAY = 86_400


def made(path: Path, *, days: float) -> Path:
    path.write_bytes(b"old")
    path.chmod(0o600)
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


def test_files_of_other_versions_go_when_nobody_used_them_for_a_month(tmp_path: Path) -> None:
    old, new = made(tmp_path / "words-1.image", days=40), made(tmp_path / "words-2.image", days=20)
    other = made(tmp_path / "facts-1.facts", days=40)
    path = tmp_path / "words-3.image"
    keep(path, b"data")
    assert path.read_bytes() == b"data"
    assert [old.exists(), new.exists(), other.exists()] == [False, True, True]
    assert other_versions(path) == [new]


def test_a_file_that_is_used_stays_young(tmp_path: Path) -> None:
    path = made(tmp_path / "words-1.image", days=29)
    found = map_kept(path, most=1 << 10)
    assert found is not None
    assert found[:] == b"old"
    assert time.time() - path.stat().st_mtime < DAY


def test_a_file_that_cannot_be_touched_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(30, "Read-only file system")

    path = made(tmp_path / "words-1.image", days=29)
    monkeypatch.setattr("jmtools.io.cache.os.utime", refuse)
    assert map_kept(path, most=1 << 10) is not None


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_is_not_read(mode: int, tmp_path: Path) -> None:
    path = made(tmp_path / "words-1.image", days=0)
    path.chmod(mode)
    assert map_kept(path, most=1 << 10) is None


def test_a_folder_that_is_gone_keeps_nothing(tmp_path: Path) -> None:
    keep(tmp_path / "gone" / "words-1.image", b"data")
    assert other_versions(tmp_path / "gone" / "words-1.image") == []
