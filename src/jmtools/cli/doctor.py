"""`jmtools doctor`."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import click

from jmtools.cli.frame.language import columns, translate, translate_message

EXIT_PROBLEM = 66


@dataclass(frozen=True)
class Finding:
    """One line of the list: `ok`, `note` (worth knowing) or `problem` (something will not work)."""

    check: str
    status: str
    value: str
    advice: str = ""


@click.command()
@click.option(
    "--to", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="Output format."
)
def doctor(form: str) -> None:
    """Check what this machine offers.

    Reads no records; prints one line each on versions, dictionary, encodings, terminal, fonts, folders, configuration
    and memory. If something will not work, the exit code is 66.

    \b
    Examples:
      jmtools doctor
      jmtools doctor --to jsonl | jmtools table --to md
    """
    found = [finding for look in LOOKS for finding in _guarded(look)]
    if form == "jsonl":
        for finding in found:
            click.echo(json.dumps(asdict(finding), ensure_ascii=False))
    else:
        width = max(columns(translate(f.check)) for f in found)
        for finding in found:
            status, check = _padded(translate(finding.status), 8), _padded(translate(finding.check), width)
            click.echo(f"{status}{check}  {translate_message(finding.value)}".rstrip())
            if finding.advice:
                click.echo(f"{'':{8 + width}}  {translate_message(finding.advice)}")
    if any(f.status == "problem" for f in found):
        raise click.exceptions.Exit(EXIT_PROBLEM)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _guarded(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except Exception as error:  # whatever is broken is what we are looking for
        name = look.__name__.removeprefix("_")
        yield Finding(name, "problem", f"{type(error).__name__}: {str(error)[:200]}")


def _versions() -> Iterator[Finding]:
    import platform
    from importlib import metadata

    from jmtools import __version__

    yield Finding("jmtools", "ok", f"{__version__} ({os.path.dirname(os.path.dirname(os.path.abspath(__file__)))})")
    yield Finding("python", "ok", f"{platform.python_version()}, {platform.system()} {platform.machine()}")
    try:
        needed = metadata.requires("jmtools") or []
    except metadata.PackageNotFoundError:
        yield Finding("installation", "note", "jmtools is run from its source, not installed", "pip install .")
        return
    told: set[str] = set()
    for line in needed:
        name = line.split(";")[0].split("[")[0].split(">")[0].strip()
        extra = "extra ==" in line
        if name in ("jmtools", *told) or ("python_version" in line and sys.version_info >= (3, 14)):
            continue
        told.add(name)
        try:
            yield Finding(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            advice = f"pip install '{line.split(';')[0].strip()}'"
            status = "note" if extra else "problem"
            yield Finding(name, status, "not installed" + (" (only needed for an extra)" if extra else ""), advice)


def _dictionary() -> Iterator[Finding]:
    from jmtools.words.segment import load_segmenter

    words = load_segmenter("rjieba").cut("南京市长江大桥")
    good = list(words) == ["南京市", "长江大桥"]
    yield Finding("dictionary", "ok" if good else "problem", f"南京市长江大桥 → {' / '.join(words)}")


def _core() -> Iterator[Finding]:
    from jmtools.io.cache import other_versions
    from jmtools.words.core import load_core
    from jmtools.words.core_image import image_path
    from jmtools.words.core_library import LIBRARY, load_library

    if load_core() is not None:
        path = image_path()
        kept = f"dictionary kept in {path}" if path is not None else "the dictionary is built anew for each run"
        if path is not None and (others := len(other_versions(path))):
            kept += f"; beside it {others} of other versions, removed after 30 days without use"
        advice = "" if path is not None else "no cache folder that only you can write to; XDG_CACHE_HOME names one"
        yield Finding("segmenter core", "ok" if path is not None else "note", f"native; {kept}", advice)
    elif load_library() is not None:
        yield Finding("segmenter core", "ok", "rjieba, as JMTOOLS_CORE says")
    elif LIBRARY.exists():
        state = f"rjieba: {LIBRARY} cannot be loaded, or is of another version"
        yield Finding("segmenter core", "note", state, "install the package again")
    else:
        advice = "with a C compiler at hand, installing again makes it several times as fast; the words are the same"
        yield Finding("segmenter core", "note", "rjieba: no C compiler was there at installation", advice)


def _encodings() -> Iterator[Finding]:
    import locale

    names = {name: os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)}
    told = ", ".join(f"{name}={value}" for name, value in names.items()) or "no locale is set"
    encoding = locale.getpreferredencoding(False)
    utf8 = encoding.lower().replace("-", "") == "utf8"
    advice = "" if utf8 else "records are UTF-8 all the same; the terminal may show Chinese wrongly: LC_ALL=C.UTF-8"
    yield Finding("locale", "ok" if utf8 else "note", f"{encoding} ({told})", advice)
    files = sys.getfilesystemencoding()
    yield Finding("file names", "ok" if files == "utf-8" else "note", files)


def _terminal() -> Iterator[Finding]:
    import shutil

    size = shutil.get_terminal_size()
    where = [name for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)) if _is_terminal(number)]
    advice = "below 80 columns tables cut much; --width tells them otherwise" if size.columns < 80 else ""
    on = ", ".join(where) or "none of stdin, stdout, stderr"
    value = f"{size.columns} columns, {size.lines} lines; TERM={os.environ.get('TERM', '')}; terminal: {on}"
    yield Finding("terminal", "note" if advice else "ok", value, advice)
    # To be looked at: where a Chinese character takes two columns both bars stand below each other.
    yield Finding("two columns?", "ok", "中文报纸|  (the bars must stand below each other)")
    yield Finding("", "ok", "12345678|")


def _fonts() -> Iterator[Finding]:
    import shutil
    import subprocess

    program = shutil.which("fc-list")
    if program is None:
        yield Finding("fonts", "note", "no fc-list here: not looked at")
        return
    command = [program, ":lang=zh-cn", "family"]
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)  # noqa: S603
    families = sorted({line.split(",")[0] for line in done.stdout.decode("utf-8", "replace").splitlines() if line})
    if families:
        yield Finding("fonts", "ok", f"{len(families)} families have Chinese: {', '.join(families[:3])}")
    else:
        yield Finding("fonts", "note", "no font here has Chinese", "reports need one: apt-get install fonts-noto-cjk")


def _folders() -> Iterator[Finding]:
    import shutil
    import tempfile

    try:
        folder = tempfile.gettempdir()
        with tempfile.TemporaryFile():
            free = shutil.disk_usage(folder).free / (1 << 30)
        yield Finding("temporary files", "ok" if free > 1 else "note", f"{folder}, {free:.1f} GiB free")
    except OSError as error:
        yield Finding("temporary files", "problem", str(error), "TMPDIR=FOLDER names another folder")


def _configuration() -> Iterator[Finding]:
    from jmtools.cli.frame.settings import all_commands, nested, read_settings
    from jmtools.errors import JmtoolsError

    context = click.get_current_context().find_root()
    try:
        settings = read_settings(context.params.get("config_file"), os.environ)
        commands = all_commands(context)
        settings.check_names(commands)
        for name, command in commands.items():
            nested(command, settings, (name,))
    except JmtoolsError as error:
        yield Finding("configuration", "problem", str(error))
        return
    yield Finding("configuration", "ok", settings.path or "no file: every option has its default")


def _machine() -> Iterator[Finding]:
    from jmtools.batches.processes import available_jobs

    value = f"{available_jobs()} processors for --jobs auto"
    with contextlib.suppress(AttributeError, ValueError, OSError):
        value += f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / (1 << 30):.1f} GiB of memory"
    yield Finding("machine", "ok", value)


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:
        return False


LOOKS = (_versions, _dictionary, _core, _encodings, _terminal, _fonts, _folders, _configuration, _machine)
