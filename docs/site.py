"""The order of the site's pages: those that people start with first, every other page after them by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FIRST = ("index", "tutorial", "howto", "configuration")
REFERENCE = ("commands", "records", "queries", "statistics")


def on_config(config: Any) -> Any:
    """Set the navigation from the files that are there."""
    pages = {path.stem for path in HERE.glob("*.md")}
    others = sorted(pages - {*FIRST, *REFERENCE, "benchmarks"})
    measured = [f"benchmarks/{path.name}" for path in sorted((HERE / "benchmarks").glob("*.md"))]
    config["nav"] = [
        *(f"{name}.md" for name in FIRST if name in pages),
        {"Guides": [f"{name}.md" for name in others]},
        {"Reference": [f"{name}.md" for name in REFERENCE if name in pages]},
        {"Benchmarks": ["benchmarks.md", *measured]},
    ]
    return config
