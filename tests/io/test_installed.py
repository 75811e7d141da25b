"""What is installed."""

from __future__ import annotations

from importlib import metadata

import pytest

from jmtools.io.installed import read_data, version_of


@pytest.mark.parametrize("package", ["rjieba", "orjson", "numpy"])
def test_the_version_is_that_of_the_metadata(package: str) -> None:
    __import__(package)
    assert version_of(package) == metadata.version(package)


def test_a_package_without_a_folder_beside_it_is_asked_the_slow_way() -> None:
    assert version_of("jmtools") == metadata.version("jmtools")
    with pytest.raises(metadata.PackageNotFoundError):
        version_of("no-such-package")


def test_data_files_are_there() -> None:
    assert "的" in read_data("stopwords.txt").split()
