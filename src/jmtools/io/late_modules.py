"""Packages that are loaded when something of them is first used, not when they are imported.

A module of the library imports numpy at its top, as usual. It takes 50 ms, and a run without records needs none of it:
`postpone` lets `import numpy` give a module that loads itself at its first use.

`importlib.util.LazyLoader` does not do: its modules load when any attribute is looked at, and the statement
`import numpy` itself looks at `__spec__`, so that numpy is loaded by it (tried on Python 3.11).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    Loader = object  # that module imports ten others

# What the command line postpones.
LATE = (
    "numpy",
    # What help(numpy.array) says: 6 ms.
    *("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars"),
    # What SciPy imports of numpy because it imports all of it: 80 ms for nothing that is used here.
    *("numpy.f2py", "numpy.testing", "numpy.ma", "numpy.polynomial", "numpy.ctypeslib"),
    # What modules import for the few runs that need it: 10 ms together.
    *("tempfile", "shutil", "difflib", "hashlib", "statistics"),
)
_loading = threading.RLock()


class _LateModule(ModuleType):
    """Stands in for a package until an attribute is asked for that only the loaded package has."""

    def __getattr__(self, name: str) -> object:
        with _loading:
            waits = self.__dict__.pop("__late__", None)
            if isinstance(waits, tuple):
                loader, path = waits
                self.__dict__.update(__path__=path, __loader__=loader)
                try:
                    loader.exec_module(self)
                except BaseException:
                    self.__dict__["__late__"] = waits
                    raise
                # From here on nothing is slower than with a usual import.
                ModuleType.__setattr__(self, "__class__", ModuleType)
        return ModuleType.__getattribute__(self, name)


class _LateLoader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _LateModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        # Without a path, an import of a module inside the package asks for it, and loads the package first.
        module.__dict__["__late__"] = (self._loader, module.__dict__.pop("__path__", None))


class _LateFinder:
    """Finds the packages that can wait."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in self._names:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _LateLoader(spec.loader)
        return spec


def postpone(*names: str) -> None:
    """Let packages that are not loaded yet load themselves when they are first used.

    An error of the import comes at that place, and the next use tries again.
    """
    sys.meta_path.insert(0, _LateFinder([name for name in names if name not in sys.modules]))
