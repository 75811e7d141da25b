"""`jmtools demo`."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

import click

from jmtools.errors import FileError

# What is run in the folder, and what is shown of it: the words before a command line, then the line.
STEPS = (
    (
        "1. split: pages into articles",
        "jmtools split --newspaper 澜江日报 --name-pattern 'ljrb-{date:%Y%m%d}-{page}' -o pages.jsonl pages/",
        "jmtools select 'page = \"A01\"' pages.jsonl | jmtools table -f date,page,type,headline --width 100",
    ),
    (
        "2. normalize: one script, one name of the paper; keywords: what each article is about",
        "jmtools normalize --script simplified -o clean.jsonl pages.jsonl",
        "jmtools keywords -q -n 5 -o keywords.jsonl clean.jsonl",
        'jmtools select \'page = "A01" and type = "article"\' keywords.jsonl |'
        " jmtools table -f headline,keywords.term --width 100",
    ),
    (
        "3. cluster: the topics of three days",
        "jmtools cluster -q -k 8 --topics topics.jsonl -o articles.jsonl keywords.jsonl",
        "jmtools table -f topic,size,label,representatives.headline --width 100 topics.jsonl",
    ),
    (
        "4. freq: the words that carry it",
        "jmtools freq -q --stopwords default --min-length 2 -n 50 -o terms.jsonl articles.jsonl",
        "jmtools table -f rank,term,freq,docfreq,ipm terms.jsonl | head -n 12",
    ),
    (
        "5. report: all of it on one page",
        "jmtools report -o report.html articles.jsonl topics.jsonl terms.jsonl",
    ),
)


@click.command()
@click.argument("folder", type=click.Path())
@click.option("--force", is_flag=True, help="Write into FOLDER even if it holds other files.")
def demo(folder: str, force: bool) -> None:
    """Run the whole pipeline on sample pages.

    Writes the sample pages, three days of an invented city daily, to FOLDER/pages, and the result of every step to
    FOLDER: articles, keywords, topics, frequencies and a report. Prints each command line that it runs.

    \b
    Examples:
      jmtools demo demo
      jmtools demo --force demo > demo.log
    """
    if not force and os.path.isdir(folder) and set(os.listdir(folder)) - _written():
        raise click.UsageError(f"{folder}: holds other files; name a new folder, or add --force")
    _copy_pages(folder)
    for title, *lines in STEPS:
        click.echo(f"\n== {title}\n")
        for line in lines:
            click.echo(f"$ {line}")
            _run(line, folder)
    click.echo(f"\nOpen {os.path.join(folder, 'report.html')} in a browser. Next: the tutorial in docs/tutorial.md")


def _copy_pages(folder: str) -> None:
    from jmtools.io.installed import data_path

    target, seeds = os.path.join(folder, "pages"), data_path("seeds")
    try:
        os.makedirs(target, exist_ok=True)
        for name in sorted(os.listdir(seeds)):
            if name.startswith("ljrb-") and name.endswith(".txt"):
                shutil.copyfile(seeds / name, os.path.join(target, name))
    except OSError as error:
        raise FileError(f"{folder}: cannot write: {os.strerror(error.errno or 0).lower()}") from None


def _run(line: str, folder: str) -> None:
    """Run a pipe of ours, without a shell, and show what it prints."""
    stages = [_words(stage) for stage in line.split(" | ")]
    head = int(stages.pop()[-1]) if stages[-1][0] == "head" else None
    before: bytes | None = None
    for stage in stages:
        # -P: nothing is imported from the current directory.
        command = [sys.executable, "-P", "-m", *stage]
        done = subprocess.run(command, cwd=folder, input=before, stdout=subprocess.PIPE, check=False)  # noqa: S603
        if done.returncode:
            raise click.exceptions.Exit(done.returncode)
        before = done.stdout
    rows = (before or b"").decode("utf-8").splitlines()
    if rows:
        click.echo("\n" + "\n".join(rows[:head]) + "\n")


def _words(stage: str) -> list[str]:
    return shlex.split(stage)


def _written() -> set[str]:
    names = {"pages", "report.html"}
    for _, *lines in STEPS:
        names |= {word for line in lines for word in shlex.split(line) if word.endswith(".jsonl")}
    return names
