#!/usr/bin/env bash
# What is new today: the records that match a list of rules, each story once.
#
# usage: watch-list.sh [RULES] [PAGES] [SEEN]
#
# RULES is a file of rules (default: watch-list.txt beside this script), PAGES a folder of page texts named
# PAPER-YYYYMMDD-PAGE.txt, SEEN keeps what was shown before (default: seen.jsonl). Ends with 1 where nothing is new, so
# that a mail program can ask.
set -euo pipefail

jmtools split --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' "${2:-seeds}"/*-[0-9]*-*.txt | jmtools dedupe --quiet |
  jmtools watch --quiet --new-only --exit-code --seen "${3:-seen.jsonl}" "${1:-${0%/*}/watch-list.txt}" |
  jmtools table -f rule,date,page,headline,snippet
