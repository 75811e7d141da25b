"""A folder of ordered parts: each is whole or absent, and a run that was cut short goes on where it was."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jmtools.batches.journal_entries import entry_of, result_of
from jmtools.batches.workers import BatchResult
from jmtools.errors import FileError, ModelError, RecordError
from jmtools.io.json_types import Fields
from jmtools.io.outputs import remove_stale_temps, write_whole
from jmtools.io.records import decode_value, encode_indented

JOURNAL = ".jmtools"
_MANIFEST = "manifest.json"
_PART = re.compile(r"part-(\d{6,})\.jsonl")


def part_path(folder: str, index: int) -> str:
    """Return the path of a part."""
    return os.path.join(folder, f"part-{index:06d}.jsonl")


@dataclass(frozen=True, slots=True)
class PartTask:
    """Work whose output is one part; `done` is its result where an earlier run finished it."""

    index: int
    work: Any
    done: BatchResult | None = None


class FolderPartWorker:
    """Does with a task's work what another worker does, and writes the lines to the task's part by itself.

    What the part's line numbers and counts were goes into the journal after the part is in place, so that a journal
    entry always stands for a whole part. One that ends before a bad record has none: it is made again.
    """

    def __init__(
        self, worker: Callable[[], Callable[[Any], BatchResult]], folder: str, *, fail_fast: bool = False
    ) -> None:
        self._work = worker()
        self._folder = folder
        self._fail_fast = fail_fast

    def __call__(self, task: PartTask) -> BatchResult:
        """Return the worker's result with its lines taken out."""
        if task.done is not None:
            return task.done
        result = self._work(task.work)
        path = part_path(self._folder, task.index)
        lines = b"".join(result.out)
        write_whole(path, [lines])
        if not (result.rejects and self._fail_fast):
            entry = encode_indented({"size": len(lines), **entry_of(result)})
            write_whole(_entry_path(self._folder, task.index), [entry])
        result.out = ()
        return result


class PartFolder:
    """The folder that `-o DIR/` names."""

    def __init__(self, folder: str, *, signature: Fields, resume: bool) -> None:
        """Open the folder, empty or made by us.

        Args:
            folder: Its path; created where it is absent.
            signature: Command, options and inputs of this run: what must be equal for two runs to give equal parts.
            resume: Whether to keep the parts of an earlier, unfinished run.

        Raises:
            FileError: If the folder holds files that are not ours, or cannot be written.
            ModelError: If `resume` is set and the earlier run was another.
        """
        self.folder = folder
        self._signature = signature
        self._finished: dict[int, BatchResult] = {}
        try:
            os.makedirs(folder, exist_ok=True)
            names = os.listdir(folder)
        except OSError as error:
            raise FileError(f"{folder}: cannot write: {(error.strerror or str(error)).lower()}") from None
        remove_stale_temps(folder)
        ours = JOURNAL in names
        if not ours and [n for n in names if not n.startswith(".jmtools-")]:
            raise FileError(f"{folder}: holds files that are not parts of ours; name a new or empty folder")
        if ours and resume:
            self._load()
        else:
            self._clear(names)
        os.makedirs(os.path.join(folder, JOURNAL), exist_ok=True)
        self._write_manifest(complete=False)

    def finished(self, index: int) -> BatchResult | None:
        """Return the result of a part that an earlier run finished, or None."""
        return self._finished.get(index)

    def finish(self, parts: int) -> None:
        """Remove what lies behind the last part and say that the folder is complete."""
        self._clear([n for n in os.listdir(self.folder) if _number(n) >= parts])
        for entry in os.listdir(os.path.join(self.folder, JOURNAL)):
            if entry != _MANIFEST:
                os.unlink(os.path.join(self.folder, JOURNAL, entry))
        self._write_manifest(complete=True, parts=parts)

    def cut(self, parts: int) -> None:
        """Keep only the first parts, those before a bad record."""
        self._clear([n for n in os.listdir(self.folder) if _number(n) >= parts])

    def _load(self) -> None:
        journal = os.path.join(self.folder, JOURNAL)
        remove_stale_temps(journal)
        manifest = _read(os.path.join(journal, _MANIFEST)) or {}
        if manifest.get("signature") not in (None, self._signature):
            raise ModelError(
                f"{self.folder}: was begun with other options, inputs or another version; run without --resume"
            )
        if manifest.get("complete"):
            return
        for name in os.listdir(journal):
            index, entry = _number(name), _read(os.path.join(journal, name))
            with contextlib.suppress(OSError, KeyError, TypeError, ValueError):
                if index >= 0 and entry and os.path.getsize(part_path(self.folder, index)) == entry["size"]:
                    self._finished[index] = result_of(entry)

    def _clear(self, names: list[str]) -> None:
        for name in names:
            path = os.path.join(self.folder, name)
            with contextlib.suppress(FileNotFoundError):
                if name == JOURNAL:
                    shutil.rmtree(path)
                elif _number(name) >= 0:
                    os.unlink(path)

    def _write_manifest(self, *, complete: bool, parts: int | None = None) -> None:
        manifest = {"signature": self._signature, "complete": complete, "parts": parts}
        write_whole(os.path.join(self.folder, JOURNAL, _MANIFEST), [encode_indented(manifest)])


class FolderWriter:
    """Writes lines, in the order given, into parts of about one size; for results that are not made part by part."""

    def __init__(self, folder: PartFolder, part_bytes: int) -> None:
        self._folder = folder
        self._part_bytes = part_bytes
        self._lines: list[bytes] = []
        self._size = 0
        self.parts = 0

    def write(self, data: bytes) -> None:
        """Append whole lines."""
        self._lines.append(data)
        self._size += len(data)
        if self._size >= self._part_bytes:
            self._flush()

    def commit(self) -> None:
        """Write the last part and declare the folder complete."""
        if self._lines:
            self._flush()
        self._folder.finish(self.parts)

    def abort(self) -> None:
        """Leave the parts that are whole."""

    def _flush(self) -> None:
        write_whole(part_path(self._folder.folder, self.parts), self._lines)
        self.parts += 1
        self._lines.clear()
        self._size = 0


def _entry_path(folder: str, index: int) -> str:
    return os.path.join(folder, JOURNAL, f"part-{index:06d}.jsonl")


def _number(name: str) -> int:
    match = _PART.fullmatch(name)
    return int(match[1]) if match else -1


def _read(path: str) -> Fields | None:
    try:
        with open(path, "rb") as file:
            value = decode_value(file.read())
    except (OSError, RecordError):
        return None
    return value if isinstance(value, dict) else None
