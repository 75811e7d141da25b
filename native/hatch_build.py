"""Build hook: compile the segmenter core where a C compiler is at hand; where none is, the package is pure Python.

Nothing here may fail an installation: without the library rjieba does the work, word for word.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FLAGS = ["-std=c11", "-O2", "-fPIC", "-fvisibility=hidden", "-ffp-contract=off", "-shared"]
FOLDER = Path("src", "jmtools", "words")
SECONDS = 120
CROSS_SECONDS = 1200  # the compiler of `make wheels` builds each platform's C library first


class CoreHook(BuildHookInterface[Any]):
    """Puts the compiled core beside the module that loads it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile, and mark the wheel as one for this platform; leave it as it is where that does not work."""
        if self.target_name != "wheel" or os.environ.get("JMTOOLS_CORE") == "rjieba":
            return
        wanted = os.environ.get("JMTOOLS_WHEEL_PLATFORM")
        platform = wanted or sysconfig.get_platform()
        library = Path(self.root, FOLDER, library_name(platform))
        if not compile_core(Path(self.root, "native"), library, seconds=SECONDS if wanted is None else CROSS_SECONDS):
            if wanted is not None:
                raise RuntimeError(f"{wanted}: the core was not compiled; a wheel of this name must have it")
            return
        build_data["artifacts"].append(f"/{(FOLDER / library.name).as_posix()}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform.replace('-', '_').replace('.', '_')}"


def library_name(platform: str = sys.platform) -> str:
    """Return the name of the library, as `jmtools.words.core` looks for it."""
    return "_jmcore.dll" if platform.startswith("win") else "_jmcore.so"


def compile_core(sources: Path, library: Path, *, seconds: int = SECONDS) -> bool:
    """Compile the core, and tell whether that worked; a library that is there already is replaced whole.

    `CC` names the compiler, as everywhere; without it `cc`, `gcc` and `clang` are tried.
    """
    files = sorted(map(str, sources.glob("*.c")))
    for compiler in _compilers():
        try:
            with tempfile.TemporaryDirectory(prefix="jmtools-core-") as folder:
                made = Path(folder, library.name)
                subprocess.run(
                    [*compiler, *FLAGS, "-o", str(made), *files, "-lm"],
                    check=True,
                    timeout=seconds,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    stdin=subprocess.DEVNULL,
                )
                part = library.with_name(f".{library.name}.{os.getpid()}.part")
                shutil.copyfile(made, part)
                part.chmod(0o755)
                part.replace(library)
        except (OSError, subprocess.SubprocessError):
            continue
        return True
    with contextlib.suppress(OSError):
        library.unlink(missing_ok=True)  # of an earlier version, perhaps
    return False


def _compilers() -> list[list[str]]:
    chosen = os.environ.get("CC")
    if chosen:
        return [shlex.split(chosen)]
    return [[name] for name in ("cc", "gcc", "clang") if shutil.which(name)]
