"""The pages written for training `split` have one role a line, and no role where it may not stand."""

from itertools import pairwise
from pathlib import Path

import pytest

from jmtools.pages.lines import page_lines
from jmtools.pages.roles import OPEN, ROLES, may_follow
from tests.conftest import ROOT

FOLDERS = sorted(path for path in (ROOT / "training" / "pages").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_roles_follow_each_other_as_they_may(folder: Path) -> None:
    wrong = []
    for page in sorted(folder.glob("*.roles")):
        rows = [row for row in page.read_text(encoding="utf-8").split("\n") if row]
        roles = [row[0] for row in rows]
        lines = page_lines("\n".join(row[2:] for row in rows))
        wrong += [f"{page.name}: {row}" for row in rows if row[0] not in ROLES or row[1] != " " or not row[2:].strip()]
        wrong += [f"{page.name}: {b} after {a}" for a, b in pairwise([None, *roles]) if b and not may_follow(b, a)]
        wrong += [f"{page.name}: ends in a broken paragraph"] if roles[-1] in OPEN else []
        wrong += [f"{page.name}: {len(lines)} lines, {len(roles)} roles"] if len(lines) != len(roles) else []
    assert wrong == []
