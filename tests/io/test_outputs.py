from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from jmtools.errors import FileError
from jmtools.io.outputs import AtomicFile, DescriptorWriter, ReaderGone, write_whole


def test_a_file_is_whole_or_absent(tmp_path: Path) -> None:
    target = tmp_path / "out"
    file = AtomicFile(str(target))
    file.write(b"one\n")
    assert not target.exists()
    file.abort()
    assert list(tmp_path.iterdir()) == []
    write_whole(str(target), [b"two\n"])
    assert target.read_bytes() == b"two\n"
    assert list(tmp_path.iterdir()) == [target]


def test_the_mode_of_the_old_file_is_kept_and_a_new_one_obeys_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.touch()
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        write_whole(str(old), [b"x"])
        write_whole(str(new), [b"x"])
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(p.stat().st_mode) for p in (old, new)] == [0o640, 0o640]


def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to("real")
    write_whole(str(link), [b"new"])
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_device_is_written_in_place() -> None:
    with pytest.raises(FileError, match="no space"):
        write_whole("/dev/full", [b"x"])
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_what_a_killed_run_left_is_removed_and_a_living_one_is_spared(tmp_path: Path) -> None:
    done = subprocess.Popen(["true"])
    done.wait()
    dead = tmp_path / f".jmtools-{done.pid}-00.part"
    alive = tmp_path / f".jmtools-{os.getpid()}-00.part"
    other = tmp_path / ".jmtools-notes"
    for path in (dead, alive, other):
        path.touch()
    write_whole(str(tmp_path / "out"), [b"x"])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([alive.name, other.name, "out"])


@pytest.mark.parametrize("where", ["no/such/folder/x", "."])
def test_a_target_that_cannot_be_is_named(tmp_path: Path, where: str) -> None:
    with pytest.raises(FileError, match="cannot write"):
        AtomicFile(str(tmp_path / where))


def test_a_reader_that_left_is_told_apart() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with pytest.raises(ReaderGone):
        DescriptorWriter(writer).write(b"x\n")
    os.close(writer)


def test_a_descriptor_that_does_not_block_gets_everything() -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    pid = os.fork()
    if pid == 0:
        os.close(writer)
        size = 0
        while part := os.read(reader, 65536):
            size += len(part)
        os._exit(0 if size == 1_000_000 else 1)
    os.close(reader)
    DescriptorWriter(writer).write(b"x" * 999_999 + b"\n")
    os.close(writer)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
