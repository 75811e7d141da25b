"""What the fault tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.test_contract import SPECS
from tests.warm import Done, Warm


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Runs commands in forks of a process that has loaded them."""
    with Warm() as process:
        yield process


@pytest.fixture
def run(warm: Warm) -> Run:
    """Run a command with the arguments that the contract gives it."""
    return Run(warm)


class Run:
    """Calls a command of SPECS."""

    def __init__(self, warm: Warm) -> None:
        self._warm = warm

    def __call__(self, name: str, *more, **how) -> Done:  # type: ignore[no-untyped-def]
        return self._warm.run(name, *SPECS[name].arguments, *more, **how)
