"""Options that a configuration file or an environment variable sets, and where each value comes from.

The command line wins over a variable, a variable over the file, the file over the default. The file is named by
`--config` or JMTOOLS_CONFIG, else it is `jmtools/jmtools.toml` in the user's configuration folder; never one in the
current directory, which may have come with somebody else's data.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import click

from jmtools.errors import ModelError
from jmtools.io.json_types import Fields, Record

PREFIX = "JMTOOLS_"
# Options that may stand at the top of the file, or in JMTOOLS_NAME, for every command that has them.
SHARED = (
    *("on-error", "max-errors", "jobs", "max-line", "max-expand", "part-size", "scheduler"),
    *("quiet", "verbose", "strict"),
    *("segmenter", "user-dict", "stopwords", "color", "lang"),
)
# Variables of ours that are no options.
OTHER_VARIABLES = ("JMTOOLS_CONFIG", "JMTOOLS_DEBUG", "JMTOOLS_LANGUAGE")
# Options that each call must give anew: a file that is always written, or a run that always resumes, would surprise.
_NEVER = frozenset(["help", "output", "rejects", "resume", "save_model", "save_idf", "manifest"])
_LARGEST = 1 << 20  # bytes


@dataclass(frozen=True)
class Setting:
    """A value that is not a default.

    Attributes:
        value: As the file or the variable has it; click converts and checks it.
        origin: The file, or the variable.
    """

    value: Any
    origin: str


@dataclass
class Settings:
    """What file and variables say."""

    path: str | None = None
    data: Fields = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)

    def of_command(self, command: click.Command, path: tuple[str, ...]) -> dict[str, Setting]:
        """Return parameter → setting of one command.

        Args:
            command: The command, with its options.
            path: Its names: `("keywords",)`, `("dict", "check")`.

        Raises:
            ModelError: If the file names an option that the command does not have.
        """
        options = option_names(command)
        found: dict[str, Setting] = {}
        for name, value in self._shared().items():
            if name in options:
                found[_parameter(options, name)] = self._setting(options[name], value)
        for name, value in self._table(path).items():
            if isinstance(command, click.Group) and isinstance(value, dict):
                continue
            if name not in options:
                raise ModelError(f"{self.path}: [{'.'.join(path)}] has no option {name!r}{did_you_mean(name, options)}")
            found[_parameter(options, name)] = self._setting(options[name], value)
        for name, option in options.items():
            own = variable_name(*path, name)
            for variable in (own, variable_name(name)) if name in SHARED else (own,):
                if self.environment.get(variable):
                    found[_parameter(options, name)] = Setting(_from_text(option, self.environment[variable]), variable)
                    break
        return found

    def check_names(self, commands: Record) -> None:
        """Refuse a table that is no command, and an option at the top that commands do not share."""
        for name, value in self.data.items():
            if isinstance(value, dict):
                if name not in commands:
                    raise ModelError(f"{self.path}: [{name}] is no command{did_you_mean(name, commands)}")
            elif _dashed(name) not in SHARED:
                raise ModelError(
                    f"{self.path}: {name!r} at the top is no option of every command{did_you_mean(name, SHARED)}; "
                    "options of one command stand below its name in brackets, such as [keywords]"
                )

    def _shared(self) -> Fields:
        return {_dashed(name): value for name, value in self.data.items() if not isinstance(value, dict)}

    def _table(self, path: tuple[str, ...]) -> Fields:
        table: Any = self.data
        for name in path:
            table = table.get(name, {}) if isinstance(table, dict) else {}
        return {_dashed(name): value for name, value in table.items()} if isinstance(table, dict) else {}

    def _setting(self, option: click.Option, value: Any) -> Setting:
        name = max(option.opts, key=len)
        if isinstance(value, list):
            if not all(isinstance(item, str | int | float) for item in value):
                raise ModelError(f"{self.path}: {name}: a list of words or numbers is needed")
            # An option that takes several names in one word takes a list here.
            value = [str(item) for item in value] if option.multiple else ",".join(map(str, value))
        elif isinstance(value, str | int | float):  # bool is an int
            value = [value] if option.multiple else value
        else:
            raise ModelError(f"{self.path}: {name}: a word, a number, true, false or a list of them is needed")
        if isinstance(value, bool) and not option.is_flag:
            raise ModelError(f"{self.path}: {name}: true and false are for options without a value")
        return Setting(value, self.path or "")


def all_commands(context: click.Context) -> dict[str, click.Command]:
    """Return every command of the program by its name, in the order of the pipe."""
    root = context.find_root()
    group = root.command
    if not isinstance(group, click.Group):
        return {}
    found = ((name, group.get_command(root, name)) for name in group.list_commands(root))
    return {name: command for name, command in found if command is not None}


def read_settings(path: str | None, environment: Mapping[str, str]) -> Settings:
    """Read the configuration file, if there is one.

    Args:
        path: The file that `--config` names, or None.
        environment: The variables.

    Raises:
        ModelError: If the file is no TOML, or too large.
        FileError: If it is named and cannot be read.
    """
    named = path or environment.get("JMTOOLS_CONFIG") or None
    place = named or default_path(environment)
    if place is None or (named is None and not os.path.exists(place)):
        return Settings(None, {}, environment)
    return Settings(place, _parse(place), environment)


def default_path(environment: Mapping[str, str]) -> str | None:
    """Return the default path of the file; absolute, or None without a home."""
    folder = environment.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(folder):  # as the XDG specification says: a relative path is ignored
        if os.name == "nt":
            folder = environment.get("APPDATA", "")
        else:
            home = environment.get("HOME", "")
            folder = os.path.join(home, ".config") if home else ""
    return os.path.join(folder, "jmtools", "jmtools.toml") if os.path.isabs(folder) else None


def option_names(command: click.Command) -> dict[str, click.Option]:
    """Return the options that may be set, by their long names without dashes."""
    found: dict[str, click.Option] = {}
    for param in command.params:
        if isinstance(param, click.Option) and param.name not in _NEVER:
            for name in (*param.opts, *param.secondary_opts):
                if name.startswith("--"):
                    found[name[2:]] = param
    return found


def variable_name(*names: str) -> str:
    """Return the variable of an option: `keywords`, `min-df` → JMTOOLS_KEYWORDS_MIN_DF."""
    return PREFIX + "_".join(names).replace("-", "_").upper()


def nested(command: click.Command, settings: Settings, path: tuple[str, ...]) -> tuple[Fields, dict[Any, str]]:
    """Return the settings of a command as click wants them, subcommands included, and the origin of each."""
    found = settings.of_command(command, path)
    # Numbers are handed on as text: click would cut 2.5 to 2 for an option that wants a whole number.
    values: Fields = {
        name: str(setting.value) if type(setting.value) in (int, float) else setting.value
        for name, setting in found.items()
    }
    origins: dict[Any, str] = {(command.name, name): setting.origin for name, setting in found.items()}
    for name, child in command.commands.items() if isinstance(command, click.Group) else ():
        values[name], below = nested(child, settings, (*path, name))
        origins.update(below)
    return values, origins


def unknown_variables(environment: Mapping[str, str], known: set[str]) -> Iterator[str]:
    """Yield the variables that look like ours and mean nothing."""
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known and name not in OTHER_VARIABLES:
            yield name


def did_you_mean(name: str, known: Any) -> str:
    """Return `; did you mean 'near'?`, or nothing."""
    from jmtools.fields.path import nearest

    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near else ""


def _parse(path: str) -> Fields:
    import tomllib

    from jmtools.errors import DataError
    from jmtools.io.files import read_all

    try:
        return tomllib.loads(read_all(path, limit=_LARGEST).decode("utf-8-sig"))
    except (ValueError, RecursionError, DataError) as error:  # a number of 5,000 digits is a plain ValueError
        raise ModelError(f"{path}: not a configuration in TOML: {str(error).splitlines()[0]}") from None


def _parameter(options: Mapping[str, click.Option], name: str) -> str:
    return options[name].name or name


def _from_text(option: click.Option, text: str) -> Any:
    return list(option.type.split_envvar_value(text)) if option.multiple else text


def _dashed(name: str) -> str:
    return name.replace("_", "-")
