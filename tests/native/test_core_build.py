"""The build of the segmenter core: with a compiler, and on a machine that has none."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
TEXT = "本报讯 F-16与歼-20同场，医保基金监管条例施行，投资23,876元。"
RECORDS = "".join(f'{{"headline": "江门出口企业订单走高{number}", "text": "{TEXT}"}}\n' for number in range(20))


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "native" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_compiles_without_a_warning(tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler here")
    sources = sorted(map(str, (ROOT / "native").glob("*.c")))
    warn = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wno-sign-conversion", "-Werror"]
    command = [compiler, "-std=c11", "-O2", "-fPIC", "-shared", *warn, "-o", str(tmp_path / "core.so"), *sources, "-lm"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_where_there_is_no_compiler_nothing_is_compiled(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "_jmcore.so"
    library.write_bytes(b"of an earlier version")
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not hook.compile_core(ROOT / "native", library)
    assert not library.exists()


def test_a_compiler_that_fails_does_not_fail_the_build(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", f"{sys.executable} -c exit(1)")
    assert not hook.compile_core(ROOT / "native", tmp_path / "_jmcore.so")


def package_without_core(folder: Path) -> Path:
    """Return a copy of the package as it is installed where nobody could compile the core."""
    copy = folder / "jmtools"
    shutil.copytree(ROOT / "src" / "jmtools", copy, ignore=shutil.ignore_patterns("_jmcore.*", "__pycache__"))
    return folder


@pytest.mark.parametrize("command", [["segment"], ["freq"], ["keywords"], ["keywords", "--method", "tfidf"]])
def test_the_same_bytes_without_the_core(tmp_path: Path, command: list[str]) -> None:
    plain = package_without_core(tmp_path)
    outputs = []
    for where in (plain, ROOT / "src"):
        environment = {**os.environ, "PYTHONPATH": str(where)}
        environment.pop("JMTOOLS_CORE", None)
        done = subprocess.run(
            [sys.executable, "-m", "jmtools", *command],
            input=RECORDS.encode(),
            capture_output=True,
            env=environment,
            check=True,
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0]
    environment = {**os.environ, "PYTHONPATH": str(plain)}
    told = subprocess.run(
        [sys.executable, "-m", "jmtools", "--version"], capture_output=True, env=environment, check=True
    )
    assert b"segmenter core: rjieba" in told.stdout
