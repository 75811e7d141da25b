"""Wheels with the compiled core for every platform, from one machine: `make wheels`.

The compiler is that of the package ziglang, which brings the C libraries of all platforms.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from hatch_build import FOLDER, compile_core, library_name

ROOT = Path(__file__).parent.parent
# Target of the compiler → platform in the name of the wheel.
PLATFORMS = {
    "x86_64-linux-gnu.2.17": "manylinux_2_17_x86_64",
    "aarch64-linux-gnu.2.17": "manylinux_2_17_aarch64",
    "x86_64-linux-musl": "musllinux_1_1_x86_64",
    "aarch64-linux-musl": "musllinux_1_1_aarch64",
    "x86_64-macos": "macosx_11_0_x86_64",
    "aarch64-macos": "macosx_11_0_arm64",
    "x86_64-windows-gnu": "win_amd64",
}


def main() -> None:
    """Build a wheel for each platform, and the pure one."""
    for target, platform in PLATFORMS.items():
        _build({"CC": f"{sys.executable} -m ziglang cc -target {target}", "JMTOOLS_WHEEL_PLATFORM": platform})
    _build({"JMTOOLS_CORE": "rjieba"})
    # The last wheel's core lies beside the modules now: this machine needs its own again.
    (ROOT / FOLDER / library_name("win")).unlink(missing_ok=True)
    compile_core(ROOT / "native", ROOT / FOLDER / library_name())
    for path in sorted((ROOT / "dist").glob("*.whl")):
        print(f"{path.stat().st_size / 1e6:5.1f} MB  {path.name}")


def _build(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist"]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
