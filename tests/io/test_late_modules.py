"""A package that waits is the package itself from its first use on; its faults come at that use."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = {
    "__init__.py": "print('loaded'); from late import part; value = 7",
    "part.py": "import late; other = 8",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "late").mkdir()
    for name, text in PACKAGE.items():
        (tmp_path / "late" / name).write_text(text)
    return tmp_path


def run(folder: Path, code: str) -> list[str]:
    start = f"import sys; sys.path[:0] = [{str(folder)!r}, {str(ROOT / 'src')!r}]\n"
    start += "from jmtools.io.late_modules import postpone\npostpone('late')\n"
    done = subprocess.run([sys.executable, "-c", start + textwrap.dedent(code)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "code",
    [
        "import late; print('before'); print(late.value)",
        "import late; print('before'); from late import value; print(value)",
        "import late; print('before'); import late.part; print(late.part.other - 1)",
        "print('before'); from late.part import other; print(other - 1)",
        "print('before'); import late.part as part; print(part.other - 1)",
    ],
)
def test_it_loads_once_at_its_first_use(folder: Path, code: str) -> None:
    assert run(folder, code) == ["before", "loaded", "7"]


def test_it_is_a_usual_module_then(folder: Path) -> None:
    code = """
        import late
        late.value
        print(type(late) is type(sys), late.__spec__.name, late.part.late is late, late is sys.modules["late"])
        try: late.absent
        except AttributeError as error: print(error)
    """
    assert run(folder, code)[1:] == ["True late True True", "module 'late' has no attribute 'absent'"]


def test_what_is_not_there_is_missed_at_once_and_a_fault_of_the_package_at_each_use(folder: Path) -> None:
    (folder / "late" / "part.py").write_text("raise ImportError('broken')")
    code = """
        import late
        for _ in range(2):
            try: late.value
            except ImportError as error: print(error)
    """
    assert run(folder, code) == ["loaded", "broken", "loaded", "broken"]
    absent = "postpone('absent')\ntry: import absent\nexcept ModuleNotFoundError as error: print(error.name)"
    assert run(folder, absent) == ["absent"]


def test_threads_that_use_it_at_once_all_get_it_whole(folder: Path) -> None:
    (folder / "late" / "part.py").write_text("import time; time.sleep(0.1)")
    code = """
        import late, threading
        found = []
        threads = [threading.Thread(target=lambda: found.append(late.value)) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(found)
    """
    assert run(folder, code) == ["loaded", "[7, 7, 7, 7]"]
