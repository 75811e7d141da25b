"""What is installed: the data files of this package and the versions of others, without `importlib.metadata`.

`importlib.resources` and `importlib.metadata` together take 40 ms to import, as long as click: a tenth of a small run.
"""

from __future__ import annotations

import os
from importlib import util
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data"


def data_path(*names: str) -> Path:
    """Return the path of a data file of this package."""
    return _DATA.joinpath(*names)


def read_data(*names: str) -> str:
    """Return the text of a data file of this package."""
    return data_path(*names).read_text(encoding="utf-8")


def version_of(package: str) -> str:
    """Return the version of an installed package, which is not imported for it.

    The name of the folder of its metadata says it; where there is none beside the module, the slow way is gone.
    """
    spec = util.find_spec(package)
    if spec is not None and spec.origin is not None:
        start, end = f"{package}-", ".dist-info"
        names = os.listdir(Path(spec.origin).parent.parent)
        found = [name for name in names if name.startswith(start) and name.endswith(end)]
        if len(found) == 1:
            return found[0][len(start) : -len(end)]
    from importlib import metadata

    return metadata.version(package)
