"""Articles of the sample pages, and what commands and counters make of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, run_jmtools


def sample() -> list[dict[str, Any]]:
    records = []
    for path in sorted((ROOT / "seeds").glob("ljrb-*.expected.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if record["type"] == "article":
                records.append({key: record[key] for key in ("headline", "text", "date", "page")})
    return records


SAMPLE = sample()


LINES = b"".join(json.dumps(record).encode() + b"\n" for record in SAMPLE)


def output(*arguments: str | Path, stdin: bytes = LINES) -> list[dict[str, Any]]:
    done = run_jmtools(*arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert all(b": note: " in line for line in done.stderr.splitlines()), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def report(counter: Any, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    total = counter.merge(counter.count(records[:20]), counter.count(records[20:]))
    return list(counter.records(total))
