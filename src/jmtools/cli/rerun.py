"""`jmtools rerun`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import click

from jmtools.io.json_types import Fields, Record

EXIT_DIFFERS = 1
_KEPT_VARIABLES = ("JMTOOLS_CORE", "JMTOOLS_DEBUG", "JMTOOLS_LANGUAGE")


@click.command()
@click.argument("record", type=click.Path(), metavar="MANIFEST")
def rerun(record: str) -> None:
    """Do a run again, and say whether it gives the same bytes.

    Reads MANIFEST, which --manifest of any command wrote, and looks at the inputs first: where one has changed it is
    named, and nothing is run. Else the command runs with the same arguments and the configuration of then, in the
    folder where you are, and writes to a temporary folder; your files stay as they are. Writes one record: `same`,
    `changed` inputs and outputs. Ends with 1 where anything differs.

    \b
    Examples:
      jmtools freq --manifest freq.json -o freq.jsonl articles.jsonl
      jmtools rerun freq.json
    """
    from jmtools import __version__
    from jmtools.cli.frame.messages import note
    from jmtools.io.outputs import write_whole
    from jmtools.io.records import encode_record

    old = _read(record)
    if old["version"] != __version__:
        note(f"{record}: is of version {old['version']}; this is {__version__}")
    changed = [row["path"] for row in old["inputs"] if row["path"] != "-" and _now(row["path"]) != row["sha256"]]
    differing: list[str] = []
    if not changed:
        new = _run_again(old, record)
        stdin = _of_stdin(old), _of_stdin(new)
        changed = ["-"] if stdin[0] != stdin[1] else []
        differing = list(_differing(old, new)) if not changed else []
    same = not changed and not differing
    row = {"command": old["command"], "same": same, "changed_inputs": changed, "changed_outputs": differing}
    write_whole("-", [encode_record(row)])
    if not same:
        raise click.exceptions.Exit(EXIT_DIFFERS)


def _read(path: str) -> Fields:
    from jmtools.cli.frame.manifest import VERSION
    from jmtools.errors import ModelError, RecordError
    from jmtools.io.files import read_all
    from jmtools.io.records import parse_record

    try:
        found = parse_record(read_all(path))
    except RecordError:
        found = {}
    needed = ("command", "version", "arguments", "configured", "inputs", "outputs", "exit_code")
    if any(name not in found for name in needed):
        raise ModelError(f"{path}: is no manifest; --manifest FILE of any command writes one")
    if found.get("manifest") != VERSION:
        raise ModelError(f"{path}: is a manifest of version {found.get('manifest')}; this program reads {VERSION}")
    return found


def _now(path: str) -> str | None:
    """Return the digest that an input has today; None where it is not there."""
    from jmtools.io.digests import digest_of

    return digest_of(path).sha256 if os.path.isfile(path) else None


def _of_stdin(record: Record) -> str | None:
    return next((str(row["sha256"]) for row in record["inputs"] if row["path"] == "-"), None)


def _run_again(old: Record, path: str) -> Fields:
    """Run the command with its outputs in a temporary folder, and return the record of that run."""
    from jmtools.errors import DataError

    with tempfile.TemporaryDirectory(prefix="jmtools-rerun-") as folder:
        manifest = os.path.join(folder, "manifest.json")
        arguments = _arguments(old, folder, manifest)
        environment = {n: v for n, v in os.environ.items() if not n.startswith("JMTOOLS_") or n in _KEPT_VARIABLES}
        command = [sys.executable, "-P", "-m", "jmtools", "--config", os.devnull, *arguments]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)  # noqa: S603 - our own program
        if done.returncode != old["exit_code"]:
            raise DataError(f"{path}: the run ended with {done.returncode}, and then with {old['exit_code']}")
        return _read(manifest)


def _arguments(old: Record, folder: str, manifest: str) -> list[str]:
    """Return the arguments of then, the configuration of then before them, and outputs that nobody needs."""
    words = old["command"].split()[1:]
    given = list(old["arguments"])[len(words) :]
    moved: list[str] = []
    for number, path in enumerate(dict.fromkeys((r["option"], r["path"]) for r in old["outputs"] if r["option"])):
        option, target = path
        place = os.path.join(folder, str(number), os.path.basename(target.rstrip("/")) or "out")
        os.makedirs(os.path.dirname(place), exist_ok=True)
        place += "/" if target.endswith("/") else ""
        if option.startswith("-"):
            moved += [option, place]
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
