"""Inputs that are folders: one that holds nothing for a command is told."""

from __future__ import annotations

import os
from collections.abc import Sequence

from jmtools.cli.frame.messages import note
from jmtools.io.files import STDIN, expand_folders


def note_empty_folders(paths: Sequence[str], suffixes: tuple[str, ...]) -> None:
    """Say of each folder without any file of these endings that it has none."""
    for path in paths:
        if path != STDIN and os.path.isdir(path) and next(expand_folders([path], suffixes=suffixes), None) is None:
            note(f"{path}: no file in it ends in {', '.join(suffixes)}")
