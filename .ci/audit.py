"""Ask pip-audit for known vulnerabilities of what requirements.txt names; where its data cannot be reached, say so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
INSTALL = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--group", "audit"]
AUDIT = ["--progress-spinner", "off", "--disable-pip", "--require-hashes", "--format", "json", "-r", "requirements.txt"]


def main() -> int:
    """Return 1 if a vulnerability is known, 0 otherwise."""
    try:
        subprocess.run(INSTALL, cwd=ROOT, check=True, timeout=300, capture_output=True)
        command = [sys.executable, "-m", "pip_audit", *AUDIT]
        done = subprocess.run(command, cwd=ROOT, check=False, timeout=120, capture_output=True)
        packages = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        print("pip-audit: could not be installed or could not reach its data; nothing was audited")
        return 0
    known = [package for package in packages if "vulns" in package]
    bad = [package for package in known if package["vulns"]]
    for package in bad:
        names = ", ".join(vulnerability["id"] for vulnerability in package["vulns"])
        print(f"pip-audit: {package['name']} {package['version']}: {names}")
    print(f"pip-audit: {len(known)} of {len(packages)} packages audited, {len(bad)} with a known vulnerability")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
