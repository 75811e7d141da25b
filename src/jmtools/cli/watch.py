"""`jmtools watch`."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial

import click

from jmtools.cli.frame.options import report_io, segment_options, types_option, where_option
from jmtools.cli.frame.pipeline import RecordIO

EXIT_NOTHING_NEW = 1


@click.command()
@click.argument("rules_file", type=click.Path(), metavar="RULES")
@click.option(
    "--seen",
    "state",
    metavar="STATE",
    type=click.Path(),
    help="File with the stories found so far. Created if missing; updated after each run.",
)
@click.option("--exit-code", is_flag=True, help="Exit with code 1 if nothing is new.")
@click.option("--new-only", is_flag=True, help="Write only records that are new.")
@segment_options
@types_option
@where_option
@report_io
def watch(
    io: RecordIO,
    rules_file: str,
    state: str | None,
    new_only: bool,
    exit_code: bool,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
) -> None:
    """Find the records that match a list of rules, and those that are new.

    RULES has one rule per line, NAME: QUERY, such as 医保: 医保 OR "医疗保障" NOT 公告; `jmtools help search` explains
    queries. Reads records with `text`, writes one record for each rule that a record matches: `rule`, `new`, `story`,
    `snippet`, `places`. `new` is true for the first record of a story that a rule finds. Run `jmtools dedupe` first;
    without it, only identical texts count as one story. Memory: the rules and the stories found.

    A word of a rule is found as a word of the text, inside a longer word, and where several words of the text form it;
    a "string" is found anywhere.

    \b
    Examples:
      jmtools watch rules.txt articles.jsonl | jmtools table -f rule,new,date,snippet
      jmtools dedupe articles.jsonl | jmtools watch rules.txt --seen seen.jsonl --new-only
    """
    from jmtools.archive.watch import Watch, WatchScanner, read_seen
    from jmtools.archive.watch_rules import can_match, read_rules
    from jmtools.cli.frame.messages import VOLUME, detail, note
    from jmtools.io.encodings import decode_text
    from jmtools.io.files import read_all
    from jmtools.io.outputs import write_whole
    from jmtools.io.records import encode_record
    from jmtools.words.reader import SegmentOptions

    rules = read_rules(decode_text(read_all(rules_file), name=rules_file), path=rules_file)
    for rule in rules:
        if not can_match(rule.query):
            note(f"{rules_file}: line {rule.line}: the rule {rule.name} can never match: what it wants it also forbids")
    seen = read_seen(read_all(state), path=state) if state is not None and os.path.exists(state) else []
    found = Watch(seen=seen, new_only=new_only)

    def remember() -> None:
        if state is not None:
            write_whole(state, map(encode_record, found.remembered()))

    io = replace(io, nothing="nothing is new" if new_only else "no rule matches")
    io = replace(io, afterwards=remember)
    scanner = partial(WatchScanner, rules, SegmentOptions(segmenter, user_dicts, allow_mixed))
    io.run_ordered(found, scanner)
    detail(f"{found.hits:,} hits of {len(rules):,} rules, {found.new:,} of them new")
    if found.guessed and state is not None:
        note(f"{found.guessed:,} hits have no `story`: only the same text is known again; jmtools dedupe finds stories")
    if exit_code and not found.new and not (VOLUME.strict and VOLUME.notes):
        raise click.exceptions.Exit(EXIT_NOTHING_NEW)
