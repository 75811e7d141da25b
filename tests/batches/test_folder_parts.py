"""Folders of parts: the same bytes as a stream, at any number of jobs, after any kill, on a cluster."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jmtools.batches.byte_ranges import plan_ranges, read_range
from jmtools.io.lines import read_batches
from tests.conftest import ROOT, run_jmtools

SENTENCE = "江海区启动防汛演练，各部门协同作战。"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
PARTS = ["--part-size", "0.05"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "in.jsonl"
    rng = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for i in range(6000):
            file.write(json.dumps({"id": i, "text": SENTENCE * rng.randint(0, 9)}, ensure_ascii=False) + "\n")
    return path


@pytest.fixture(scope="module")
def expected(source: Path) -> bytes:
    done = run_jmtools("segment", source)
    assert done.returncode == 0
    return done.stdout


def content(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.glob("part-*.jsonl")))


def finished(folder: Path) -> int:
    return len(list((folder / ".jmtools").glob("part-*")))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_parts_are_the_stream_in_pieces(source: Path, expected: bytes, tmp_path: Path, jobs: str) -> None:
    out = tmp_path / "out"
    assert run_jmtools("segment", source, "-o", f"{out}/", "--jobs", jobs, *PARTS).returncode == 0
    assert content(out) == expected
    assert len(list(out.glob("part-*"))) > 10
    assert sorted(p.name for p in (out / ".jmtools").iterdir()) == ["manifest.json"]


def test_a_folder_that_is_not_ours_is_left_alone(source: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").touch()
    done = run_jmtools("segment", source, "-o", f"{tmp_path}/")
    assert done.returncode == 74
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_second_run_replaces_the_first(source: Path, expected: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_jmtools("segment", source, "-o", f"{out}/", "--part-size", "0.02")
    run_jmtools("segment", source, "-o", f"{out}/", *PARTS)
    assert content(out) == expected


def test_resuming_another_run_is_refused(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_jmtools("segment", source, "-o", f"{out}/", *PARTS)
    done = run_jmtools("segment", source, "-o", f"{out}/", *PARTS, "--segmenter", "jieba", "--resume")
    assert done.returncode == 66
    assert b"without --resume" in done.stderr
    assert run_jmtools("segment", "-o", f"{out}/", "--resume").returncode == 2


def test_killed_at_any_moment_and_resumed_gives_the_same_bytes(source: Path, expected: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    rng = random.Random(7)
    command = [sys.executable, "-m", "jmtools", "segment", str(source), "-o", f"{out}/", *PARTS, "--resume"]
    start = time.monotonic()
    subprocess.run([*command, "--jobs", "1"], env=ENVIRONMENT, check=True)
    whole = time.monotonic() - start
    kills = kept = 0
    for jobs in ("1", "2", "1", "2"):
        shutil.rmtree(out, ignore_errors=True)
        for _ in range(6):
            before = finished(out)
            process = subprocess.Popen([*command, "--jobs", jobs], env=ENVIRONMENT)
            # At any moment, or after some more parts: by the clock alone a busy machine would get none done.
            moment, more = time.monotonic() + whole * rng.uniform(0.2, 0.9), rng.randint(0, 3)
            while process.poll() is None and (finished(out) < before + more if more else time.monotonic() < moment):
                time.sleep(0.002)
            kills += process.poll() is None
            process.kill()
            process.wait()
            kept = max(kept, finished(out))
            for part in sorted(out.glob("part-*.jsonl")):
                assert part.read_bytes() in expected
        assert subprocess.run([*command, "--jobs", jobs], env=ENVIRONMENT, check=False).returncode == 0
        assert content(out) == expected
        assert not list(out.glob(".jmtools-*"))
    assert kills > 3
    assert kept > 0


def test_bad_records_of_finished_parts_are_told_again(source: Path, tmp_path: Path) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"".join([*lines[:500], b"{broken\n", *lines[500:]]))
    out = tmp_path / "out"
    arguments = ["segment", str(bad), "-o", f"{out}/", *PARTS, "--on-error", "skip"]
    process = subprocess.Popen([sys.executable, "-m", "jmtools", *arguments], env=ENVIRONMENT)
    while len(list((out / ".jmtools").glob("part-*"))) < 4 and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.wait()
    done = run_jmtools(*arguments, "--resume", "--rejects", tmp_path / "rejects")
    assert done.returncode == 3
    assert b"line 501" in done.stderr
    assert json.loads((tmp_path / "rejects").read_bytes())["raw"] == "{broken"
    assert b"6001 records read, 6000 taken, 1 rejected" in done.stderr


def test_a_bad_record_ends_the_parts_before_it(source: Path, tmp_path: Path) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"".join([*lines[:3000], b"{broken\n", *lines[3000:]]))
    out = tmp_path / "out"
    done = run_jmtools("segment", bad, "-o", f"{out}/", *PARTS, "--jobs", "2")
    assert done.returncode == 65
    assert b"line 3001" in done.stderr
    assert [json.loads(line)["id"] for line in content(out).splitlines()] == list(range(3000))


def test_ranges_hold_every_line_once(tmp_path: Path) -> None:
    rng = random.Random(3)
    for _ in range(200):
        lines = [b"x" * rng.randint(0, 12) for _ in range(rng.randint(0, 12))]
        path = tmp_path / "f"
        path.write_bytes(b"\n".join(lines) + (b"\n" if rng.random() < 0.5 else b""))
        whole = path.read_bytes().removesuffix(b"\n").split(b"\n") if path.stat().st_size else []
        found, at = [], 0
        for part in plan_ranges([str(path)], range_bytes=rng.randint(1, 20)):
            batch = read_range(part)
            assert not batch.lines or batch.first_byte == at
            found += batch.lines
            at += sum(len(line) + 1 for line in batch.lines)
        assert found == whole


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    pytest.importorskip("distributed", reason="the dask extra is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": ENVIRONMENT}
    dask = [sys.executable, "-m", "dask"]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--memory-limit", "0"]
    processes = [subprocess.Popen(scheduler, **quiet)]  # type: ignore[call-overload]
    processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    both = f"from distributed import Client; Client({address!r}, timeout=60).wait_for_workers(2, timeout=60)"
    try:
        subprocess.run([sys.executable, "-c", both], env=ENVIRONMENT, check=True)
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_cluster_gives_the_same_bytes_even_when_a_worker_dies(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], source: Path, expected: bytes, tmp_path: Path
) -> None:
    address, processes = cluster
    out = tmp_path / "out"
    arguments = ["segment", source, "-o", f"{out}/", "--scheduler", address, "--part-size", "0.01"]
    command = [sys.executable, "-m", "jmtools", *map(str, arguments)]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE) as process:
        while len(list(out.glob("part-*"))) < 3 and process.poll() is None:
            time.sleep(0.01)
        processes[1].kill()
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert content(out) == expected


def test_ctrl_c_leaves_the_cluster_free_and_whole_parts(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], source: Path, expected: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ["segment", str(source), "-o", f"{out}/", "--scheduler", cluster[0], "--part-size", "0.01"]
    command = [sys.executable, "-m", "jmtools", *arguments]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE) as process:
        while len(list(out.glob("part-*"))) < 3 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (-signal.SIGINT, b"")
    assert all(part.read_bytes() in expected for part in out.glob("part-*"))
    assert run_jmtools(*arguments, "--resume").returncode == 0
    assert content(out) == expected


ON_A_CLUSTER = {
    "split": ["split", *sorted(map(str, (ROOT / "seeds").glob("*.txt")))],
    "keywords": ["keywords"],
    "keywords --idf corpus": ["keywords", "--idf", "corpus"],
    "keywords --idf corpus -o": ["keywords", "--idf", "corpus"],
    "keywords --idf blend -o": ["keywords", "--idf", "blend", "--method", "tfidf", "--min-docfreq", "2"],
    "freq": ["freq", "--group-by", "kind"],
    "keyness": ["keyness", "--target-where", "kind = 0", "--reference-where", "kind != 0"],
    "trend": ["trend", "--term", "医保", "--term", "客流", "--by", "month"],
    "cluster": ["cluster", "-k", "3"],
    "cluster --sample -o": ["cluster", "-k", "3", "--sample", "60"],
    "assign": ["assign", "--allow-mixed", "--model", str(ROOT / "tests" / "data" / "topics")],
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    rng = random.Random(2)
    said = (
        "医保基金监管条例施行，医院就医结算更方便。",
        "地铁客流恢复增长，城市交通早高峰拥堵缓解。",
        "水稻良种推广，农民丰收增收。",
        "足球联赛开幕，球队主场取胜。",
        "学校招生公告发布，教师队伍扩大。",
    )
    with path.open("w", encoding="utf-8") as file:
        for i in range(120):
            kind = rng.randrange(len(said))
            record = {"id": i, "date": f"2024-0{1 + i % 6}-01", "kind": kind, "text": said[kind] * rng.randint(1, 5)}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


@pytest.mark.parametrize("name", ON_A_CLUSTER)
def test_every_command_gives_the_same_bytes_on_a_cluster(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], articles: Path, tmp_path: Path, name: str
) -> None:
    arguments = [*ON_A_CLUSTER[name], *([str(articles)] if name != "split" else [])]
    here = run_jmtools(*arguments)
    streams = name in ("keywords", "assign") or name.endswith("-o")
    place = ["-o", f"{tmp_path}/out/"] if streams else []
    there = run_jmtools(*arguments, "--scheduler", cluster[0], "--part-size", "0.004", *place)
    assert (here.returncode, there.returncode, there.stderr) == (0, 0, here.stderr)
    assert here.stdout
    assert (content(tmp_path / "out") if streams else there.stdout) == here.stdout


def test_a_cluster_reads_urls(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], articles: Path, tmp_path: Path
) -> None:
    far = ["--scheduler", cluster[0], "--part-size", "0.004"]
    assert run_jmtools("freq", articles.as_uri(), *far).stdout == run_jmtools("freq", articles).stdout
    out = f"{tmp_path}/out/"
    assert run_jmtools("keywords", "--idf", "corpus", articles.as_uri(), *far, "-o", out).returncode == 0
    assert content(tmp_path / "out") == run_jmtools("keywords", "--idf", "corpus", articles).stdout
    gone = run_jmtools("freq", "file:///nowhere/a.jsonl", *far)
    assert gone.returncode == 74
    assert len(gone.stderr.splitlines()) == 1
    unknown = run_jmtools("freq", "nosuch://a.jsonl", *far)
    assert unknown.returncode == 2
    assert len(unknown.stderr.splitlines()) == 1


def test_a_cluster_names_the_line_of_a_bad_record(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], source: Path, tmp_path: Path
) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"".join([*lines[:3000], b"{broken\n", *lines[3000:]]))
    byte = sum(map(len, lines[:3000]))
    done = run_jmtools("segment", bad, "-o", f"{tmp_path}/out/", "--scheduler", cluster[0], *PARTS)
    assert done.returncode == 65
    assert f"line 3001, byte {byte}:".encode() in done.stderr


def test_a_cluster_needs_a_folder_and_an_answer(source: Path, tmp_path: Path) -> None:
    assert run_jmtools("segment", source, "--scheduler", "tcp://127.0.0.1:9").returncode == 2


def test_a_run_that_goes_on_after_a_bad_record_makes_its_part_again(source: Path, tmp_path: Path) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"".join([*lines[:3000], b"{broken\n", *lines[3000:]]))
    out = tmp_path / "out"
    assert run_jmtools("segment", bad, "-o", f"{out}/", *PARTS).returncode == 65
    done = run_jmtools("segment", bad, "-o", f"{out}/", *PARTS, "--resume", "--on-error", "skip")
    assert done.returncode == 3
    assert [json.loads(line)["id"] for line in content(out).splitlines()] == list(range(6000))


def test_a_run_that_goes_on_tells_what_finished_parts_had_to_tell(source: Path, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_bytes(source.read_bytes().replace(b'"text": "', '"text": "<b>Ａ</b>'.encode()))
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    arguments = ["normalize", str(mixed), *PARTS, "--residue", "strip"]
    told = run_jmtools(*arguments, "-o", f"{tmp_path}/one/", "--report", whole).stderr
    begun = f"{tmp_path}/two/"
    process = subprocess.Popen(
        [sys.executable, "-m", "jmtools", *arguments, "-o", begun, "--report", str(cut)], env=ENVIRONMENT
    )
    while finished(Path(begun)) < 4 and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.wait()
    again = run_jmtools(*arguments, "-o", begun, "--report", cut, "--resume")
    assert again.returncode == 0
    assert cut.read_bytes() == whole.read_bytes()
    assert again.stderr == told


@pytest.mark.parametrize("size", [7, 64, 1000])
def test_a_range_passes_over_a_line_that_is_too_long_as_a_stream_does(size: int, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"ab\n" + b"x" * 5000 + b"\ncd\n" + b"y" * 3000)
    whole = [batch for batch in read_batches([str(path)], max_line=100) if batch is not None]
    sizes = [batch.too_long.get(i, len(line)) for batch in whole for i, line in enumerate(batch.lines)]
    batches = [read_range(part, max_line=100) for part in plan_ranges([str(path)], range_bytes=size)]
    assert [batch.too_long.get(i, len(line)) for batch in batches for i, line in enumerate(batch.lines)] == sizes
    assert [line[:1] for batch in batches for line in batch.lines] == [b"a", b"x", b"c", b"y"]
    assert max(len(line) for batch in batches for line in batch.lines) <= 1024
