"""The picture of a report in the README: made here, in a browser, with JMTOOLS_ACCEPT=1."""

from __future__ import annotations

import base64
import os
import struct
from pathlib import Path

import pytest

from tests.browser import open_browser
from tests.conftest import ROOT, run_jmtools

PICTURE = ROOT / "docs" / "report.png"
WIDTH, HEIGHT = 1100, 900
LARGEST = 250_000


def test_the_picture_of_the_readme_is_small() -> None:
    data = PICTURE.read_bytes()
    assert len(data) < LARGEST
    assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT)
    assert "(docs/report.png)" in (ROOT / "README.md").read_text("utf-8")


def test_the_picture_is_made_of_the_demo(tmp_path: Path) -> None:
    if os.environ.get("JMTOOLS_ACCEPT") != "1":
        pytest.skip("JMTOOLS_ACCEPT=1 makes docs/report.png")
    run_jmtools("demo", tmp_path / "demo")
    with open_browser() as page:
        page.size(WIDTH, HEIGHT)
        page.open(tmp_path / "demo" / "report.html")
        shot = page.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    PICTURE.write_bytes(base64.b64decode(shot["data"]))
