"""The records of runs, wherever they are kept: in a manifest, in a report, or in an archive."""

from __future__ import annotations

import os
import re

from jmtools.errors import ModelError, RecordError
from jmtools.io.json_types import Fields

_NEEDED = ("command", "version", "arguments", "configured", "inputs", "outputs", "exit_code")
_FOOT = re.compile(rb'<p class="run">.*?</p>', re.DOTALL)
_IN_PAGE = re.compile(rb'<script type="application/json" id="run">(.*?)</script>', re.DOTALL)
_IN_MARKDOWN = re.compile(rb"\n<!-- jmtools-run (.*?) -->\n\Z")


def read_runs(path: str) -> list[Fields]:
    """Return the records of the runs that made a file, the first one first; never an empty list.

    Where a report or an archive keeps them, their one output is named as the file is called now.

    Raises:
        ModelError: If it holds none, or those of another version.
        FileError: If it cannot be read.
    """
    from jmtools.cli.frame.manifest import VERSION
    from jmtools.io.files import read_all
    from jmtools.io.kinds import is_archive
    from jmtools.io.records import parse_record

    option = "archive"
    if is_archive(path):
        from jmtools.archive.runs import runs_of

        runs = runs_of(path)
    else:
        data = read_all(path)
        if data.lstrip().startswith(b"{"):
            option = ""
        else:
            option = "--output"
            found = _IN_PAGE.search(data) or _IN_MARKDOWN.search(data)
            data = found[1] if found else b""
        try:
            runs = [parse_record(data)]
        except RecordError:
            runs = []
    if not runs or any(name not in run for run in runs for name in _NEEDED):
        raise ModelError(f"{path}: holds no record of a run; --manifest FILE of any command writes one")
    for run in runs:
        if run.get("manifest") != VERSION:
            raise ModelError(f"{path}: is a manifest of version {run.get('manifest')}; this program reads {VERSION}")
        if option:
            run["outputs"] = [{"option": option, "path": path, "inside": ""}]
    return runs


def is_same_as_kept(path: str, other: str) -> bool:
    """Tell whether a file that was made again is the report or archive that kept the records of its runs."""
    from jmtools.io.files import read_all
    from jmtools.io.kinds import is_archive

    if is_archive(path):
        from jmtools.archive.runs import same_records

        return same_records(path, other)
    if not os.path.isfile(other):
        return False
    # What was configured then is an option now, and the page says so.
    return without_run(read_all(path)) == without_run(read_all(other))


def without_run(page: bytes) -> bytes:
    """Return a report without what it says of its run."""
    return _FOOT.sub(b"", _IN_PAGE.sub(b"", _IN_MARKDOWN.sub(b"", page)))


def readable_run(run: Fields, number: int) -> str:
    """Return the record of a run as a person reads it."""
    from jmtools.io.visible import show

    arguments = [word for word in run["arguments"] if word != "--"]
    counts = [f"{run['records_read']} records read", f"{run['records_rejected']} rejected"]
    counts += [f"{count} {name}" for name, count in run.get("counts", {}).items() if name != "records"]
    lines = [f"run {number}: jmtools {run['version']}", f"  jmtools {' '.join(arguments)}", f"  {', '.join(counts)}"]
    lines += [f"  {option} {value} (configured)" for option, value in run["configured"].items()]
    for row in run["inputs"]:
        name = "standard input" if row["path"] == "-" else row["path"]
        lines.append(f"  {name}: {row['size']} bytes, SHA-256 {row['sha256']}")
    return "".join(f"{show(line)}\n" for line in lines)
