"""How long archives take to build and to answer, beside scans and other indexes: `bench_archive.py DIR`.

Makes a corpus of --mb megabytes in DIR (benchmarks/corpus.py) unless it is there, an archive of it, and a table for
docs/benchmarks/archive.md: seconds by the clock and of CPU with start-up, the best of --rounds runs. `grep` and `rg`
read the JSON Lines; sqlite-utils and tantivy index the words that jmtools has segmented, for without that they find no
Chinese word. --peers DIR names the folder of an environment that has rg, sqlite-utils, tantivy and Python.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
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
    parser.add_argument("--no-scans", action="store_true", help="ask the archive alone, not the JSON Lines")
    parser.add_argument("--peers", type=Path, help="the bin folder of an environment with the other programs")
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
    asked = questions(plain, archive, common, rare, string) | (scans(options.peers, plain, rare))
    for name, command in asked.items():
        if options.no_scans and "JSON Lines" in name:
            continue
        show(name, command, options.rounds)
    if options.peers is not None:
        peers(options.peers, options.folder, plain, (common, rare), options.rounds)


def show(name: str, command: list[str], rounds: int) -> None:
    """Ask several times, and print a row."""
    seconds, cpu = min((timed(command) for _ in range(rounds)), key=lambda run: run[1])
    print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {answers(command)} |", flush=True)


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
    return {
        "search, common word, first 20": [*JMTOOLS, "search", common, str(archive)],
        "search, rare word, first 20": [*JMTOOLS, "search", rare, str(archive)],
        "search, two words by date": [*JMTOOLS, "search", f"{common} {rare}", "--sort", "date", str(archive)],
        "search, string in quotation marks": [*JMTOOLS, "search", f'"{string}"', str(archive)],
        "search, common word, later than a date": [*JMTOOLS, "search", common, "--where", "date >= 2020", str(archive)],
        "search, common word by date": [*JMTOOLS, "search", common, "--sort", "date", str(archive)],
        "search, one common word or another": [*JMTOOLS, "search", f"{common} OR 今年", str(archive)],
        "select, one month": [*JMTOOLS, "select", "date = 2023-12", str(archive)],
        "trend, words in a row": [*JMTOOLS, "trend", "--term", "医保基金", "--by", "year", str(archive)],
        "kwic, rare word": [*JMTOOLS, "kwic", rare, str(archive)],
        "kwic, rare word, JSON Lines": [*JMTOOLS, "kwic", rare, str(plain)],
        "trend, rare word": [*JMTOOLS, "trend", "--term", rare, "--by", "year", str(archive)],
        "trend, rare word, JSON Lines": [*JMTOOLS, "trend", "--term", rare, "--by", "year", str(plain)],
        "trend, common word": [*JMTOOLS, "trend", "--term", common, "--by", "year", str(archive)],
        "trend, common word, JSON Lines": [*JMTOOLS, "trend", "--term", common, "--by", "year", str(plain)],
    }


def scans(peers: Path | None, plain: Path, word: str) -> dict[str, list[str]]:
    """Return the commands that read the JSON Lines and count the lines that have a word."""
    found = {"grep -c, rare word, JSON Lines": ["grep", "-c", "-F", word, str(plain)]}
    rg = str(peers / "rg") if peers is not None and (peers / "rg").exists() else shutil.which("rg")
    if rg is not None:
        found["rg -c, rare word, JSON Lines"] = [rg, "-c", "-F", word, str(plain)]
    return found


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command and return its seconds by the clock and of CPU; into a pipe: grep stops early at /dev/null."""
    start, before = time.monotonic(), os.times()
    subprocess.run(command, capture_output=True, check=False)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - start, cpu


def answers(command: list[str]) -> str:
    """Return how many lines a command writes, or the number that it counts."""
    out = subprocess.run(command, capture_output=True, check=False).stdout.splitlines()
    return f"{int(out[0]):,}" if Path(command[0]).name in ("grep", "rg") and out else f"{len(out):,}"


def peers(programs: Path, folder: Path, plain: Path, words: tuple[str, str], rounds: int) -> None:
    """Let sqlite-utils and tantivy index the segmented text, and ask them."""
    lines = folder / f"{plain.stem}.peer.jsonl"
    database, index = folder / f"{plain.stem}.peer.db", folder / f"{plain.stem}.tantivy"
    if not lines.exists():
        segmented = subprocess.Popen(
            [*JMTOOLS, "segment", str(plain)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(segmented.stdout or ()))
    utils, python = str(programs / "sqlite-utils"), str(programs / "python")
    script = str(Path(__file__).parent / "peers" / "tantivy_archive.py")
    if not database.exists():
        insert = [utils, "insert", str(database), "articles", str(lines), "--nl", "--pk", "id"]
        enable = [utils, "enable-fts", str(database), "articles", "words"]
        runs = [timed(insert), timed(enable)]
        seconds, cpu = (sum(run[part] for run in runs) for part in (0, 1))
        size = database.stat().st_size / 1e6
        print(
            f"| sqlite-utils: insert, enable-fts; words segmented before | {seconds:.2f} | {cpu:.2f} | {size:.0f} MB |"
        )
    if not index.exists():
        seconds, cpu = timed([python, script, "build", str(lines), str(index)])
        size = sum(path.stat().st_size for path in index.iterdir()) / 1e6
        print(f"| tantivy: build; segmented before | {seconds:.2f} | {cpu:.2f} | {size:.0f} MB |")
    for name, word in zip(("common", "rare"), words, strict=True):
        found = [utils, "search", str(database), "articles", word, "--limit", "20", "-c", "id", "--nl"]
        show(f"sqlite-utils search, {name} word, first 20", found, rounds)
        show(f"tantivy, {name} word, first 20", [python, script, "ask", str(index), word], rounds)


def rows(segmented: Iterable[bytes]) -> Iterator[dict[str, str]]:
    """Yield the rows for others: their tokenizers part words at blanks."""
    for line in segmented:
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
