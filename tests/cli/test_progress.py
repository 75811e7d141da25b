"""What progress says, and that it says it only to a terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from jmtools.cli.frame.progress import Progress, bytes_of
from jmtools.io.lines import LineBatch
from jmtools.topics import ClusterOptions, CorpusTopics, WordScanner
from jmtools.words.reader import SegmentOptions
from tests.conftest import ROOT


def test_count_rate_share_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress()
    monkeypatch.setattr(progress, "_terminal", True)
    batches = [LineBatch("a", [b"x" * 9] * 5, 1, 0), None, LineBatch("a", [b"x" * 9] * 5, 6, 50)]
    watched = progress.watch(batches, 400)
    assert [next(watched), next(watched), next(watched)] == batches
    monkeypatch.setattr(progress, "_count", 10)
    assert progress.line(5.0) == "10 records, 2/s, 25%, 15 s left"
    pages = Progress()
    monkeypatch.setattr(pages, "_terminal", True)
    list(pages.watch(range(3), 0))
    assert pages.line(2.0) == "0 records, 0/s"


def test_bytes_are_known_of_plain_files_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    one.write_bytes(b"x" * 10)
    other.write_bytes(b"x")
    assert bytes_of([str(one), str(one)]) == 20
    assert bytes_of([str(one), str(other)]) is None
    assert bytes_of([str(tmp_path / "none")]) is None
    assert bytes_of([str(tmp_path)]) is None


@pytest.mark.slow
def test_a_terminal_sees_it_and_it_is_gone_at_the_end() -> None:
    """The input stays open for three seconds: what is due after two is shown, and wiped away."""
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "jmtools", "table", "-f", "text"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm"}
    feed = 'for i in 1 2 3 4 5 6 7; do echo \'{"text":"a"}\'; sleep 0.5; done'
    with subprocess.Popen(["bash", "-c", feed], stdout=subprocess.PIPE) as source:
        done = subprocess.run(
            command, stdin=source.stdout, stdout=subprocess.PIPE, stderr=terminal, env=environment, check=True
        )
    os.close(terminal)
    seen = ""
    with contextlib.suppress(OSError):  # the end of a terminal; one read may give a part of what was written
        while piece := os.read(main, 1 << 16):
            seen += piece.decode()
    os.close(main)
    assert done.stdout == b"text\n" + b"a\n" * 7
    assert "records, " in seen
    assert seen.endswith("\r\x1b[K")


def test_steps_are_shown_after_two_seconds_and_wiped_away(monkeypatch: pytest.MonkeyPatch) -> None:
    main, terminal = pty.openpty()
    keep = os.dup(2)
    os.dup2(terminal, 2)
    try:
        progress = Progress()
        progress.tell("too early")
        monkeypatch.setattr(progress, "_start", progress._start - 75)
        progress.tell("settling all records")
        progress.close()
    finally:
        os.dup2(keep, 2)
        os.close(keep)
    seen = os.read(main, 1 << 10).decode()
    os.close(main)
    os.close(terminal)
    assert seen == "\r\x1b[Ksettling all records, after 1:15 min\r\x1b[K"


def test_the_fit_of_topics_tells_its_steps() -> None:
    feature, steps = CorpusTopics(ClusterOptions(k=2)), list[str]()
    feature.absorb(WordScanner(SegmentOptions()).scan([{"tokens": [f"词{i % 7}", f"字{i % 40}"]} for i in range(60)]))
    feature.fit(steps.append)
    assert steps == ["finding topics in a sample", "comparing partitions", "settling all records"]
