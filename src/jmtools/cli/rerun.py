"""`jmtools rerun`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import click

from jmtools.io.folders import make_folder
from jmtools.io.json_types import Fields, Record

EXIT_DIFFERS = 1
_RECORDED_EXITS = (0, 1, 3)
_KEPT_VARIABLES = ("JMTOOLS_CORE", "JMTOOLS_DEBUG", "JMTOOLS_LANGUAGE")


@click.command()
@click.argument("record", type=click.Path(), metavar="FILE")
def rerun(record: str) -> None:
    """Repeat a run, and check that it gives the same bytes.

    FILE is a manifest, which --manifest of any command writes, a report, or an archive: these hold the records of their
    runs. Writes one record: `same`, `changed_inputs`, `changed_outputs`. If anything differs, the exit code is 1.
    Memory: that of the command.

    First the inputs are compared; if one has changed, nothing is run. Otherwise the command runs with the same
    arguments and the configuration of that time, in the current folder, and writes to a temporary folder; your files
    stay as they are. An archive is made again by all its runs, and its records are compared.

    \b
    Examples:
      jmtools freq --manifest freq.json -o freq.jsonl articles.jsonl
      jmtools rerun freq.json
      jmtools report -o report.html articles.jsonl && jmtools rerun report.html
    """
    from jmtools import __version__
    from jmtools.cli.frame.kept_runs import read_runs
    from jmtools.cli.frame.messages import note
    from jmtools.io.outputs import write_whole
    from jmtools.io.records import encode_record

    runs = read_runs(record)
    for version in dict.fromkeys(old["version"] for old in runs if old["version"] != __version__):
        note(f"{record}: is of version {version}; this is {__version__}")
    changed = dict.fromkeys(
        row["path"]
        for old in runs
        for row in old["inputs"]
        if row["path"] != "-" and _now(row["path"]) != row["sha256"]
    )
    differing: list[str] = []
    if not changed:
        with tempfile.TemporaryDirectory(prefix="jmtools-rerun-") as folder:
            changed, differing = _compared(runs, record, folder)
    same = not changed and not differing
    row = {"command": runs[0]["command"], "same": same, "changed_inputs": [*changed], "changed_outputs": differing}
    write_whole("-", [encode_record(row)])
    if not same:
        raise click.exceptions.Exit(EXIT_DIFFERS)


def _compared(runs: list[Fields], path: str, folder: str) -> tuple[dict[str, None], list[str]]:
    """Run everything again, and return the inputs that have changed and the outputs that differ."""
    from jmtools.cli.frame.kept_runs import is_same_as_kept
    from jmtools.errors import DataError

    if len(runs) > 1 and any(_of_stdin(old) is not None for old in runs):
        raise DataError(f"{path}: one of its {len(runs)} runs read standard input, which cannot be read again")
    differing: list[str] = []
    for old in runs:
        new = _run_again(old, path, folder)
        if _of_stdin(old) != _of_stdin(new):
            return {"-": None}, []
        differing += _differing(old, new) if old["exit_code"] is not None else []
    if runs[0]["exit_code"] is None and not is_same_as_kept(path, os.path.join(folder, "0", os.path.basename(path))):
        differing.append(path)
    return {}, differing


def _now(path: str) -> str | None:
    """Return the digest that an input has today; None where it is not there."""
    from jmtools.io.digests import digest_of

    return digest_of(path).sha256 if os.path.isfile(path) else None


def _of_stdin(record: Record) -> str | None:
    return next((str(row["sha256"]) for row in record["inputs"] if row["path"] == "-"), None)


def _run_again(old: Record, path: str, folder: str) -> Fields:
    """Run the command with its outputs in a temporary folder, and return the record of that run."""
    from jmtools.cli.frame.kept_runs import read_runs
    from jmtools.errors import DataError

    manifest = os.path.join(folder, "manifest.json")
    arguments = _arguments(old, folder, manifest)
    environment = {n: v for n, v in os.environ.items() if not n.startswith("JMTOOLS_") or n in _KEPT_VARIABLES}
    command = [sys.executable, "-P", "-m", "jmtools", "--config", os.devnull, *arguments]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)  # noqa: S603 - our own program
    if done.returncode not in (_RECORDED_EXITS if old["exit_code"] is None else (old["exit_code"],)):
        then = "" if old["exit_code"] is None else f", and then with {old['exit_code']}"
        raise DataError(f"{path}: the run ended with {done.returncode}{then}")
    (new,) = read_runs(manifest)
    return new


def _arguments(old: Record, folder: str, manifest: str) -> list[str]:
    """Return the arguments of then, the configuration of then before them, and outputs that nobody needs."""
    words = old["command"].split()[1:]
    given = list(old["arguments"])[len(words) :]
    moved: list[str] = []
    for number, path in enumerate(dict.fromkeys((r["option"], r["path"]) for r in old["outputs"] if r["option"])):
        option, target = path
        place = os.path.join(folder, str(number), os.path.basename(target.rstrip("/")) or "out")
        make_folder(os.path.dirname(place))
        place += "/" if target.endswith("/") else ""
        if option.startswith("-"):
            moved += [option, place]
        elif old["exit_code"] is None:
            given.insert(given.index("--") + 1, place)
        else:
            given = [place if word == target else word for word in given]
    end = given.index("--") if "--" in given else len(given)
    return [*words, *_configured(old), *given[:end], *moved, "--manifest", manifest, *given[end:]]


def _configured(old: Record) -> Iterator[str]:
    for option, value in old["configured"].items():
        if value is True:
            yield option
        elif value is not False and value is not None:
            for item in value if isinstance(value, list) else [value]:
                yield from (option, str(item))


def _differing(old: Record, new: Record) -> Iterator[str]:
    """Yield the outputs whose bytes differ, by the names that they had."""
    named = any(row["option"] and not row["option"].startswith("-") for row in old["outputs"])
    before, after = (
        [row for row in record["outputs"] if row["option"] or not named]  # standard output names the file: it has moved
        for record in (old, new)
    )
    found = {(row["option"], row.get("inside")): row["sha256"] for row in after}
    for row in before:
        if found.pop((row["option"], row.get("inside")), None) != row["sha256"]:
            yield os.path.join(row["path"], row["inside"]) if row.get("inside") else row["path"]
    yield from (str(option or "-") for option, _ in found)
