"""How long archives take to build and to answer, beside scans and sqlite-utils: `bench_archive.py DIR`.

Makes a corpus of --mb megabytes in DIR (benchmarks/corpus.py) unless it is there, an archive of it, and a table for
docs/benchmarks/archive.md: seconds by the clock with start-up, the best of --rounds runs. `grep` reads the JSON Lines,
`rg` and sqlite-utils are asked where they are installed; sqlite-utils indexes the words that jmtools has segmented,
for without that its index finds no Chinese word.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import corpus

JMTOOLS = [sys.executable, "-m", "jmtools"]


def main() -> None:
    """Build, ask, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mb", type=float, default=180)
    parser.add_argument("--articles", type=Path, help="take these articles over and over, in place of made ones")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", default="1")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    plain, archive = options.folder / f"{options.mb:g}.jsonl", options.folder / f"{options.mb:g}.db"
    if not plain.exists() and options.articles is not None:
        repeat(options.articles, plain, options.mb)
    elif not plain.exists():
        corpus.make(options.mb, plain)
    size = plain.stat().st_size
    print(f"{plain}: {size / 1e6:.0f} MB, {sum(1 for _ in plain.open('rb')):,} records\n")
    if not archive.exists():
        seconds, cpu = timed([*JMTOOLS, "index", "--jobs", options.jobs, str(archive), str(plain)])
        speeds = f"{size / 1e6 / seconds:.2f} MB/s by the clock, {size / 1e6 / cpu:.2f} MB/s of CPU"
        print(f"index --jobs {options.jobs}: {seconds:.1f} s, {cpu:.1f} s of CPU: {speeds}")
    print(f"archive: {archive.stat().st_size / 1e6:.0f} MB, {archive.stat().st_size / size:.2f} times the JSON Lines\n")
    common, rare, string = chosen(archive)
    print(f"common word {common}, rare word {rare}, string {string}\n")
    print("| question | seconds | of CPU | answers |\n| --- | --- | --- | --- |")
    for name, command in questions(plain, archive, common, rare, string).items():
        runs = [timed(command) for _ in range(options.rounds)]
        seconds, cpu = min(runs, key=lambda run: run[1])
        print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {answers(command)} |", flush=True)
    peer(options.folder, plain, common, options.rounds)


def repeat(source: Path, target: Path, megabytes: float) -> None:
    """Write the articles of a file again and again, each with an id, a day, a page and a paper of its own."""
    records = [json.loads(line) for line in source.read_bytes().splitlines()]
    size = number = 0
    with target.open("wb") as file:
        while size < megabytes * 1e6:
            record = records[number % len(records)]
            day = f"{2000 + number // 20 % 24}-{1 + number // 620 % 12:02d}-{1 + number // 40 % 28:02d}"
            facts = {"id": f"{number:08d}", "date": day, "page": f"A{1 + number % 16:02d}", "newspaper": "甲报"}
            line = json.dumps({**record, **facts}, ensure_ascii=False).encode() + b"\n"
            size += file.write(line)
            number += 1


def chosen(archive: Path) -> tuple[str, str, str]:
    """Return a common word, one in about a thousand records, and a string across two words."""
    import sqlite3

    connection = sqlite3.connect(archive)
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, articles_fts, row)")
    rows = connection.execute("SELECT term, doc FROM vocabulary WHERE length(term) = 2 ORDER BY doc DESC").fetchall()
    words = [(term, docs) for term, docs in rows if all("一" <= char <= "龥" for char in term)]
    rare = min(words, key=lambda row: abs(row[1] - 1000))[0]
    (text,) = connection.execute("SELECT text FROM articles WHERE n = 7").fetchone()
    connection.close()
    middle = next(at for at in range(20, len(text)) if all("一" <= char <= "龥" for char in text[at : at + 4]))
    return words[0][0], rare, text[middle + 1 : middle + 3]


def questions(plain: Path, archive: Path, common: str, rare: str, string: str) -> dict[str, list[str]]:
    """Return what is asked, by name."""
    found = {
        "search, common word, first 20": [*JMTOOLS, "search", common, str(archive)],
        "search, rare word, first 20": [*JMTOOLS, "search", rare, str(archive)],
        "search, two words by date": [*JMTOOLS, "search", f"{common} {rare}", "--sort", "date", str(archive)],
        "search, string in quotation marks": [*JMTOOLS, "search", f'"{string}"', str(archive)],
        "kwic, rare word": [*JMTOOLS, "kwic", rare, str(archive)],
        "kwic, rare word, JSON Lines": [*JMTOOLS, "kwic", rare, str(plain)],
        "trend, rare word": [*JMTOOLS, "trend", "--term", rare, "--by", "year", str(archive)],
        "trend, rare word, JSON Lines": [*JMTOOLS, "trend", "--term", rare, "--by", "year", str(plain)],
        "trend, common word": [*JMTOOLS, "trend", "--term", common, "--by", "year", str(archive)],
        "grep -c, rare word, JSON Lines": ["grep", "-c", rare, str(plain)],
    }
    if shutil.which("rg"):
        found["rg -c, rare word, JSON Lines"] = ["rg", "-c", rare, str(plain)]
    return found


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command and return its seconds by the clock and of CPU."""
    start, before = time.monotonic(), os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - start, cpu


def answers(command: list[str]) -> str:
    """Return how many lines a command writes, or the number that it counts."""
    out = subprocess.run(command, capture_output=True, check=False).stdout.splitlines()
    return out[0].decode() if command[0] in ("grep", "rg") and out else f"{len(out):,}"


def peer(folder: Path, plain: Path, word: str, rounds: int) -> None:
    """Ask sqlite-utils' own full-text index, made of segmented text, where it is installed."""
    program = shutil.which("sqlite-utils")
    if program is None:
        print("| sqlite-utils | not installed | | |")
        return
    target, lines = folder / f"{plain.stem}.peer.db", folder / f"{plain.stem}.peer.jsonl"
    if not target.exists():
        segmented = subprocess.run([*JMTOOLS, "segment", str(plain)], capture_output=True, check=True).stdout
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(segmented))
        steps = (
            ["insert", target, "articles", lines, "--nl", "--pk", "id"],
            ["enable-fts", target, "articles", "words"],
        )
        runs = [timed([program, *map(str, step)]) for step in steps]
        seconds, cpu = (sum(run[part] for run in runs) for part in (0, 1))
        print(f"| sqlite-utils: insert and enable-fts, words segmented before | {seconds:.2f} | {cpu:.2f} | |")
    command = [program, "search", str(target), "articles", word, "--limit", "20", "-c", "id"]
    best = min((timed(command) for _ in range(rounds)), key=lambda run: run[1])
    print(f"| sqlite-utils search, common word, first 20 | {best[0]:.2f} | {best[1]:.2f} | 20 |")
    print(f"\nsqlite-utils' file: {target.stat().st_size / 1e6:.0f} MB")


def rows(segmented: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows for sqlite-utils: its tokenizer parts words at blanks."""
    for line in segmented.splitlines():
        data = json.loads(line)
        yield {
            "id": data["id"],
            "date": data.get("date") or "",
            "headline": data.get("headline") or "",
            "text": data["text"],
            "words": " ".join(data["tokens"]),
        }


if __name__ == "__main__":
    main()
