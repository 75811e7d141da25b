"""`--manifest FILE`, which every command has: a record of the run, by which `jmtools rerun` does it again."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click
from click.core import ParameterSource

from jmtools import __version__
from jmtools.cli.frame.messages import EXIT_NOTES, VOLUME
from jmtools.errors import OptionError
from jmtools.io.json_types import Fields, Record

NAME = "manifest"
VERSION = 1
# Parameters that name what a command writes; `archive` and `state` are read as well.
WRITTEN = frozenset(
    [
        *("output", "rejects", "summary", "report", "report_file", "show_dropped", "save_idf", "topics_file"),
        *("save_model", "graphml", "as_user_dict", "review", NAME, "folder"),
    ]
)
READ_AND_WRITTEN = frozenset(["state"])
KEEPERS = frozenset(["index", "report"])  # what they write holds a record of the run
# Parameters that do not decide what is written.
_INDIFFERENT = WRITTEN | {"archive", "jobs", "max_expand", "max_line", "quiet", "verbose", "strict"}
_STDIN, _STDOUT = "-", "-"
_RECORDED_EXITS = (0, 1, 3)


@dataclasses.dataclass
class RunRecord:
    """What this run tells of itself.

    Attributes:
        path: Where it is written; None where nobody wants it.
        read: Records that were read; None for a command that reads none.
        rejected: Records that were rejected.
    """

    path: str | None = None
    read: int | None = None
    rejected: int = 0
    inputs: list[Fields] = dataclasses.field(default_factory=list)


RECORD = RunRecord()  # one command a process


def count_records(read: int, rejected: int) -> None:
    """Note how many records a pass has read and rejected."""
    RECORD.read, RECORD.rejected = (RECORD.read or 0) + read, RECORD.rejected + rejected


def add_manifest_option(command: click.Command) -> None:
    """Add the option to a command that does not have it yet."""
    if isinstance(command, click.Group) or any(param.name == NAME for param in command.params):
        return
    help_text = "Write a record of the run to FILE, for jmtools rerun: options, digests of inputs and outputs."
    command.params.append(
        click.Option(
            [f"--{NAME}"],
            type=click.Path(),
            metavar="FILE",
            expose_value=False,
            callback=_remember,
            help=help_text,
        )
    )
    if command.callback is not None:
        command.callback = _recorded(command.callback)


def _remember(_context: click.Context, _param: click.Parameter, value: str | None) -> None:
    RECORD.path = value


def _recorded(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Return a callback that writes the record when the run has ended well."""

    @functools.wraps(callback)
    def wrapped(**options: Any) -> Any:
        context = click.get_current_context()
        if RECORD.path is None and context.command.name not in KEEPERS:
            return callback(**options)
        _begin(context)
        code, result = 0, None
        try:
            result = callback(**options)
        except click.exceptions.Exit as stop:
            code = stop.exit_code
            if code not in _RECORDED_EXITS:
                raise
        if RECORD.path is not None:
            _write(context, RECORD.path, code)
        if code:
            raise click.exceptions.Exit(code)
        return result

    return wrapped


def _begin(context: click.Context) -> None:
    """Take the digests of the inputs as they are before anything is written."""
    from jmtools.io.digests import STDIN_DIGEST, STDOUT_DIGEST, digest_of, files_below

    for _, path in _paths(context, written=True):
        if RECORD.path is not None and os.path.realpath(path) == os.path.realpath(RECORD.path):
            raise OptionError(f"--{NAME} {path}: is also an output")
    RECORD.inputs, RECORD.read, RECORD.rejected = [], None, 0
    STDIN_DIGEST.start()
    STDOUT_DIGEST.start()
    for name, path in dict.fromkeys(_paths(context, written=False)):
        if path == _STDIN or (RECORD.path is None and name == "archive"):
            continue
        if RECORD.path is not None and os.path.realpath(path) == os.path.realpath(RECORD.path):
            raise OptionError(f"--{NAME} {path}: is also an input")
        if not os.path.lexists(path):
            RECORD.inputs.append({"path": path, "size": None, "sha256": None})
        for file in files_below(path):
            found = digest_of(file)
            RECORD.inputs.append({"path": file, "size": found.size, "sha256": found.sha256})


def kept_record() -> Fields:
    """Return the record of this run as what it writes keeps it: what decides its bytes, whatever it is called.

    Where the output is, on how many processes it was made, and what else was written is left out.
    """
    context = click.get_current_context()
    archive = context.params.get("archive")
    options = {name: value for name, value in _options(context) if name not in _INDIFFERENT}
    configured = {name: value for name, value in _configured(context) if _name_of(context, name) not in _INDIFFERENT}
    told = {"arguments": list(_deciding_arguments(context)), "configured": configured, "options": options}
    inputs = [row for row in _inputs() if row["path"] != archive]
    return _record(context, told, inputs) | {"outputs": [], "exit_code": None}


def _write(context: click.Context, path: str, code: int) -> None:
    """Write the record of a run that has ended."""
    from jmtools.io.outputs import write_whole
    from jmtools.io.records import encode_record

    told = {
        "arguments": context.meta["jmtools.arguments"],
        "configured": dict(_configured(context)),
        "options": {name: value for name, value in _options(context) if name != NAME},
    }
    ended = {
        "outputs": list(_outputs(context)),
        "exit_code": EXIT_NOTES if not code and VOLUME.strict and VOLUME.notes else code,
    }
    write_whole(path, [encode_record(_record(context, told, _inputs()) | ended)])


def _record(context: click.Context, told: Fields, inputs: list[Fields]) -> Fields:
    return {
        "manifest": VERSION,
        "command": context.command_path,
        "version": __version__,
        **told,
        "segmentation": _segmentation(context.params),
        "inputs": inputs,
        "records_read": RECORD.read,
        "records_rejected": RECORD.rejected,
    }


def _inputs() -> list[Fields]:
    """Return what has been read: the files, and standard input where anything came from it."""
    from jmtools.io.digests import STDIN_DIGEST

    read = STDIN_DIGEST.digest()
    return [*RECORD.inputs, *([{"path": _STDIN, "size": read.size, "sha256": read.sha256}] if read.size else [])]


def _deciding_arguments(context: click.Context) -> Iterator[str]:
    """Yield the arguments that decide what is written, in the order in which the command declares its options."""
    command, *words = context.meta["jmtools.arguments"]
    given, _, _ = context.command.make_parser(context).parse_args(list(words))
    chosen = [param for param in context.command.params if param.name in given and param.name not in _INDIFFERENT]
    yield command
    for param in chosen:
        if isinstance(param, click.Option) and param.name is not None:
            name = max(param.opts, key=len)
            for value in given[param.name] if param.multiple else [given[param.name]]:
                if not param.is_flag:
                    yield f"{name}={value}"
                else:
                    yield name if value else max(param.secondary_opts, key=len)
    yield "--"
    for param in chosen:
        if isinstance(param, click.Argument) and param.name is not None:
            value = given[param.name]  # where nothing was given click has an object of its own
            yield from (word for word in (value if isinstance(value, tuple | list) else [value]) if type(word) is str)


def _name_of(context: click.Context, option: str) -> str | None:
    return next((param.name for param in context.command.params if option in param.opts), None)


def _params(context: click.Context) -> Iterator[tuple[click.Parameter, str, Any]]:
    """Yield the parameters of a command with their names and values, those that its callback does not get included."""
    for param in context.command.params:
        if param.name in context.params:
            yield param, param.name, context.params[param.name]


def _paths(context: click.Context, *, written: bool) -> Iterator[tuple[str, str]]:
    """Yield the names of parameters and the paths that they name, of what is read or of what is written."""
    for param, name, value in _params(context):
        is_written = name in WRITTEN or _changes_archive(context, name)
        wanted = is_written or name in READ_AND_WRITTEN if written else not is_written or name == "archive"
        if not wanted or not _is_path(param):
            continue
        for path in value if isinstance(value, tuple) else (value,):
            if isinstance(path, str) and (written or isinstance(param.type, click.Path) or os.path.exists(path)):
                yield name, path


def side_files() -> Iterator[tuple[str, str]]:
    """Yield the option and the path of each file and folder that the running command writes beside its output."""
    context = click.get_current_context(silent=True)
    if context is None:
        return
    names = {param.name: max(param.opts, key=len) for param in context.command.params}
    for name, path in _paths(context, written=True):
        if name != "output" and path != _STDOUT and not _changes_archive(context, name):
            yield names[name], path


def _changes_archive(context: click.Context, name: str) -> bool:
    return name == "archive" and context.command.name == "index"


def _is_path(param: click.Parameter) -> bool:
    return isinstance(param.type, click.Path) or "FILE" in (param.metavar or "") or "DIR" in (param.metavar or "")


def _options(context: click.Context) -> Iterator[tuple[str, Any]]:
    """Yield each parameter with its value and where that came from."""
    origins: Mapping[Any, str] = context.meta.get("jmtools.origins", {})
    for _, name, value in _params(context):
        source = context.get_parameter_source(name)
        origin = "default"
        if source is ParameterSource.COMMANDLINE:
            origin = "command line"
        elif source is ParameterSource.DEFAULT_MAP:
            origin = origins.get((context.command.name, name), "configuration")
        yield name, {"value": plain_value(value), "origin": origin}


def _configured(context: click.Context) -> Iterator[tuple[str, Any]]:
    """Yield each option that a file or a variable set, with its value as it was written there."""
    for param in context.command.params:
        source = context.get_parameter_source(param.name or "")
        if source is ParameterSource.DEFAULT_MAP and context.default_map is not None:
            yield max(param.opts, key=len), plain_value(context.default_map.get(param.name))


def _outputs(context: click.Context) -> Iterator[Fields]:
    """Yield what was written: standard output, and every file or folder that a parameter names."""
    from jmtools.io.digests import STDOUT_DIGEST, digest_of, files_below

    wrote = STDOUT_DIGEST.digest()
    to_stdout = context.params.get("output", _STDOUT) == _STDOUT
    if wrote.size or to_stdout:
        yield {"option": None, "path": _STDOUT, "size": wrote.size, "sha256": wrote.sha256}
    for param, name, value in _params(context):
        is_written = name in WRITTEN or name in READ_AND_WRITTEN or _changes_archive(context, name)
        if is_written and name != NAME and isinstance(value, str) and value != _STDOUT and _is_path(param):
            for file in files_below(value):
                found = digest_of(file)
                inside = os.path.relpath(file, value) if os.path.isdir(value) else ""
                named = {"option": max(param.opts, key=len), "path": value, "inside": inside}
                yield named | {"size": found.size, "sha256": found.sha256}


def _segmentation(params: Record) -> Fields | None:
    """Return how this command segments texts: the digest stands for segmenter, version and user dictionaries."""
    if "segmenter" not in params:
        return None
    from jmtools.words.reader import SegmentOptions, WordReader

    words = WordReader(SegmentOptions(params["segmenter"], params.get("user_dicts", ())))
    return {"name": words.segmenter.name, "version": words.segmenter.version, "hash": words.fingerprint}


def plain_value(value: Any) -> Any:
    """Return an option's value as JSON has it."""
    if isinstance(value, tuple | list):
        return [plain_value(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain_value(item) for name, item in dataclasses.asdict(value).items()}
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
