"""Checks of inputs: folders without a usable file, and file names that do not fit a pattern."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from jmtools.cli.frame.messages import counted, note
from jmtools.fields.file_names import fits
from jmtools.io.compression import without_suffix
from jmtools.io.files import STDIN, expand_folders, unread_suffixes

_KINDS = 6  # of files, named in a note


def note_empty_folders(paths: Sequence[str], suffixes: tuple[str, ...]) -> None:
    """Note each folder that has no file with one of these endings."""
    for path in paths:
        if path != STDIN and os.path.isdir(path) and next(expand_folders([path], suffixes=suffixes), None) is None:
            note(f"{path}: no file in it ends in {', '.join(suffixes)}")


def note_unread_files(paths: Sequence[str], suffixes: tuple[str, ...]) -> None:
    """Note the files of folders that are not read because their names end otherwise."""
    for path in paths:
        others = unread_suffixes(path, suffixes=suffixes) if path != STDIN else Counter()
        if others:
            kinds = ", ".join(f"{suffix or '-'} ({number:,})" for suffix, number in others.most_common(_KINDS))
            note(f"{path}: files of other kinds are not read: {kinds}")


class NameCheck:
    """Counts the file names that do not fit a `--name-pattern`, and says how many there were."""

    def __init__(self, pattern: str | None) -> None:
        self._pattern = pattern
        self._names = self._wrong = 0
        self._first = ""

    def look(self, name: str | None) -> None:
        """Count a name."""
        if self._pattern is None or name is None:
            return
        self._names += 1
        if not fits(without_suffix(name), self._pattern):
            self._wrong += 1
            self._first = self._first or name

    def say(self) -> None:
        """Say how many names did not fit, if any."""
        if self._wrong:
            how = "newspaper, date and page were looked for in the usual way"
            what = f"{self._wrong} of {counted(self._names, 'file name')} do not fit --name-pattern {self._pattern}"
            note(f"{what} ({os.path.basename(self._first)}); {how}")
