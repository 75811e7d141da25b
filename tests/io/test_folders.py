"""A folder of files is whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from jmtools.errors import FileError, OptionError
from jmtools.io.folders import AtomicFolder


def test_the_folder_appears_when_it_is_committed(tmp_path: Path) -> None:
    folder = AtomicFolder(str(tmp_path / "corpus"))
    folder.add("000001.txt", "医保\n".encode())
    assert not (tmp_path / "corpus").exists()
    folder.commit()
    assert [(path.name, path.read_text("utf-8")) for path in (tmp_path / "corpus").iterdir()] == [
        ("000001.txt", "医保\n")
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_nothing_is_left_of_a_folder_that_is_given_up(tmp_path: Path) -> None:
    folder = AtomicFolder(str(tmp_path / "corpus"))
    folder.add("000001.txt", b"a")
    folder.abort()
    folder.abort()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_replaced_and_a_full_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    AtomicFolder(str(tmp_path / "empty")).commit()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept.txt").write_text("kept", "utf-8")
    with pytest.raises(OptionError, match="not empty"):
        AtomicFolder(str(tmp_path / "full"))
    assert (tmp_path / "full" / "kept.txt").read_text("utf-8") == "kept"


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", "a\\b", "a\0"])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = AtomicFolder(str(tmp_path / "corpus"))
    with pytest.raises(ValueError, match="not a file name"):
        folder.add(name, b"")
    folder.abort()


def test_the_same_name_twice_is_no_silent_loss(tmp_path: Path) -> None:
    folder = AtomicFolder(str(tmp_path / "corpus"))
    folder.add("a.txt", b"1")
    with pytest.raises(FileError, match="cannot write"):
        folder.add("a.txt", b"2")
    folder.abort()


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot write"):
        AtomicFolder(str(tmp_path / "no" / "corpus"))
