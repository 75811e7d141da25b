"""The scripts under examples/ run on the sample pages and say what they should."""

from __future__ import annotations

import csv
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jmtools import __version__

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
Script = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Run an example in an empty folder, with `jmtools` on the path and the sample pages at `seeds`."""
    tools = tmp_path / "bin"
    tools.mkdir()
    program = tools / "jmtools"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jmtools "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    duckdb = tools / "duckdb"  # the part of its command line that the example uses
    duckdb.write_text(
        f"#!{sys.executable}\nimport duckdb, sys\n"
        "found = duckdb.sql(sys.argv[sys.argv.index('-c') + 1])\n"
        "print(*([','.join(found.columns)] + [','.join(map(str, row)) for row in found.fetchall()]), sep='\\n')\n",
        encoding="utf-8",
    )
    duckdb.chmod(duckdb.stat().st_mode | stat.S_IXUSR)
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "seeds").symlink_to(ROOT / "seeds")
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}

    def run(name: str, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["bash", str(EXAMPLES / name), *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return run


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.sh")), ids=lambda p: p.name)
def test_a_script_fails_early_and_says_how_it_is_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n# ")
    assert f"\n# usage: {path.name} " in text
    assert "\nset -euo pipefail\n" in text
    assert os.access(path, os.X_OK)
    subprocess.run(["bash", "-n", str(path)], check=True)


def test_every_script_is_described_in_the_readme() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in EXAMPLES.glob("*.sh") if f"`{path.name}`" not in readme] == []


def test_archive_new_takes_each_issue_once(script: Script, tmp_path: Path) -> None:
    first = script("archive-new.sh")
    assert first.stdout.endswith("3 issues taken into archive\n")
    archive = tmp_path / "work" / "archive"
    days = sorted(path.name for path in archive.glob("*.jsonl"))
    assert days == ["ljrb-20240311.jsonl", "ljrb-20240312.jsonl", "ljrb-20240415.jsonl"]
    before = {name: (archive / name).read_bytes() for name in days}
    assert script("archive-new.sh").stdout == "0 issues taken into archive\n"
    assert before == {name: (archive / name).read_bytes() for name in days}
    headlines = " ".join(record["headline"] or "" for record in records(archive / days[2]))
    assert "澜江迎战入汛首场强降雨" in headlines
    assert {record["date"] for record in records(archive / days[0])} == {"2024-03-11"}


def test_archive_new_takes_an_issue_again_when_a_page_comes_late(script: Script, tmp_path: Path) -> None:
    pages = tmp_path / "work" / "pages"
    pages.mkdir()
    for page in ("A01", "A02"):
        name = f"ljrb-20240312-{page}.txt"
        (pages / name).write_bytes((ROOT / "seeds" / name).read_bytes())
    script("archive-new.sh", "pages", "kept")
    count = len(records(tmp_path / "work" / "kept" / "ljrb-20240312.jsonl"))
    late = "ljrb-20240312-A03.txt"
    (pages / late).write_bytes((ROOT / "seeds" / late).read_bytes())
    assert "1 issues taken" in script("archive-new.sh", "pages", "kept").stdout
    assert len(records(tmp_path / "work" / "kept" / "ljrb-20240312.jsonl")) > count


def test_morning_digest_has_every_article_of_the_day(script: Script) -> None:
    out = script("morning-digest.sh", "seeds", "20240311", "3").stdout
    assert out.startswith("# 2024-03-11\n\n## Articles\n\n| page |")
    assert "松岘县茶产业延链记" in out
    first, _, words = out.partition("## Words of the day")
    assert max(line.split("|")[3].count(";") for line in first.splitlines() if line.startswith("| A")) == 2
    assert "| 澜江" in words
    assert "| 的 " not in words


def test_topic_report_shows_every_article_once(script: Script, tmp_path: Path) -> None:
    out = script("topic-report.sh", "2024-03", "archive", "5").stdout
    assert out.startswith("# Topics of 2024-03\n")
    assert sum(line.startswith("## ") for line in out.splitlines()) == 5
    march = [r for path in (tmp_path / "work" / "archive").glob("ljrb-202403*.jsonl") for r in records(path)]
    for record in march:
        if record["type"] == "article" and record["headline"]:
            assert out.count(f"| {record['headline'].replace('|', '&#124;')} ") >= 1


def test_watch_list_shows_what_is_new_once(script: Script, tmp_path: Path) -> None:
    out = script("watch-list.sh").stdout
    assert out.splitlines()[0].split() == ["rule", "date", "page", "headline", "snippet"]
    assert {line.split()[0] for line in out.splitlines()[1:]} >= {"医保", "防汛"}
    script("watch-list.sh", status=1)  # nothing is new the second time
    (tmp_path / "work" / "none").write_text("潜水艇\n", encoding="utf-8")
    script("watch-list.sh", "none", status=1)


def test_nightly_archive_adds_each_day_and_prints_what_is_new(script: Script, tmp_path: Path) -> None:
    work = tmp_path / "work"
    first = script("nightly-archive.sh", "seeds", "paper.db", str(EXAMPLES / "watch-list.txt"), "20240311").stdout
    assert first.startswith("New on 2024-03-11:\nrule ")
    assert script("nightly-archive.sh", "seeds", "paper.db", str(EXAMPLES / "watch-list.txt"), "20240311").stdout == ""
    # The same story a day later in another paper: in the archive, and no news.
    pages = work / "other"
    pages.mkdir()
    for page in sorted((ROOT / "seeds").glob("ljrb-20240311-A0?.txt")):
        text = page.read_text("utf-8")
        for old, new in (("11日 星期一", "12日 星期二"), ("澜江日报", "北渡晚报"), ("澜 江 日 报", "北 渡 晚 报")):
            text = text.replace(old, new)
        (pages / page.name.replace("ljrb-20240311", "bdwb-20240312")).write_text(text, "utf-8")
    again = script("nightly-archive.sh", "other", "paper.db", str(EXAMPLES / "watch-list.txt"))
    assert again.stdout == ""
    script("nightly-archive.sh", "seeds")
    with closing(sqlite3.connect(work / "paper.db")) as archive:
        days = dict(archive.execute("SELECT date, count(*) FROM articles GROUP BY date").fetchall())
    assert sorted(days) == ["2024-03-11", "2024-03-12", "2024-04-15"]
    assert days["2024-03-11"] == days["2024-03-12"]


def test_concordance_is_a_sheet(script: Script, tmp_path: Path) -> None:
    out = script("concordance.sh", "水库", "sheet.csv").stdout
    with (tmp_path / "work" / "sheet.csv").open(encoding="utf-8", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    assert out == f"{len(rows)} places of 水库 in sheet.csv\n"
    assert {row["node"] for row in rows} == {"水库"}


def test_compare_months_is_one_page(script: Script) -> None:
    out = script("compare-months.sh").stdout
    assert [line for line in out.splitlines() if line.startswith("#")] == [
        "# 2024-04 against 2024-03",
        "## Key in 2024-04",
        "## Key in 2024-03",
        "## Spread of the most frequent words",
        "## Collocates of 医保",
        "## The course of 医保",
        "## Concordance of 医保",
        "## Methods",
    ]
    methods = " ".join(out.split("## Methods")[1].split())
    numbers = [
        int(number)
        for number in re.findall(r"(\d+) articles|reference, 2024-03, (\d+)", methods)
        for number in number
        if number
    ]
    assert numbers[0] == numbers[1] + numbers[2] > 20
    assert "issues from 2024-03-11 to 2024-04-15" in methods
    assert f"jmtools {__version__}." in methods
    assert "log_ratio_low" in out
    assert " p_bh |" in out.split("## Collocates")[1]
    course = out.split("## The course")[1].split("##")[0]
    freq = sum(int(line.split("|")[3]) for line in course.splitlines() if line.startswith("| 医保"))
    assert sum("| 医保 |" in line for line in out.split("## Concordance")[1].splitlines()) == freq > 10


def test_to_other_tools_writes_a_table_a_database_and_texts(script: Script, tmp_path: Path) -> None:
    pages = tmp_path / "work" / "pages"
    pages.mkdir()
    (pages / "ljrb-20240312-A02.txt").write_bytes((ROOT / "seeds" / "ljrb-20240312-A02.txt").read_bytes())
    (pages / "ljrb-20240312-A03.pdf").write_bytes(b"%PDF-1.7 cut")
    count = int(script("to-other-tools.sh", "pages").stdout.split()[0])
    folder = tmp_path / "work" / "export"
    rows = list(csv.DictReader((folder / "articles.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == len(list((folder / "corpus").glob("2024-03-12_A02-*.txt"))) == count > 3
    with closing(sqlite3.connect(folder / "articles.db")) as connection:
        found = connection.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH '储能'").fetchone()
    assert found[0] >= 1
    assert [record["file"] for record in records(folder / "unread.jsonl")] == ["pages/ljrb-20240312-A03.pdf"]


def test_monthly_report_begins_with_what_changed(script: Script, tmp_path: Path) -> None:
    assert script("monthly-report.sh").stdout.startswith("report-2024-04.html: ")
    page = (tmp_path / "work" / "report-2024-04.html").read_text("utf-8")
    assert page.index('id="changes"') < page.index('id="overview"')
    assert "2024-04" in page
    assert 'data-t="keyness_bars"' in page


def test_publication_study_writes_figures_and_methods(script: Script, tmp_path: Path) -> None:
    count = int(script("publication-study.sh").stdout.split()[0])
    folder = tmp_path / "work" / "study"
    course = list(csv.DictReader((folder / "course.csv").read_text("utf-8").splitlines()))
    assert sum(int(row["freq"]) for row in course) == count > 10
    methods = (folder / "METHODS.md").read_text("utf-8")
    assert "jmtools " in methods
    assert "rjieba" in methods
    assert "<graphml" in (folder / "pairs.graphml").read_text("utf-8")


def test_nightly_is_silent_and_asks_duckdb(script: Script, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    script("nightly-duckdb.sh", "seeds", "archive", "20240311")
    done = script("nightly-duckdb.sh")
    assert done.stderr == ""
    assert done.stdout.startswith("term,tonight,ever\n")
    assert len(done.stdout.splitlines()) == 11
    assert sorted(p.name for p in (tmp_path / "work" / "archive").iterdir()) == ["20240311.parquet", "20240415.parquet"]
    (tmp_path / "work" / "pages").mkdir()
    (tmp_path / "work" / "pages" / "ljrb-20240501-A01.txt").touch()
    script("nightly-duckdb.sh", "pages", "archive", "20240501", status=3)
