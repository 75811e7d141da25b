#!/usr/bin/env bash
# The monthly report of a paper: pages of the month and of the month before, one HTML page that can be sent on.
#
# usage: monthly-report.sh [PAGES] [MONTH] [REPORT]
#
# PAGES is a folder of page texts named PAPER-YYYYMMDD-PAGE.txt, MONTH is YYYY-MM, REPORT the file to write. The page begins
# with what is new, more, less and gone against the month before.
set -euo pipefail

pages=${1:-seeds}
month=${2:-2024-04}
report=${3:-report-$month.html}

before=$(date -d "$month-01 -1 month" +%Y-%m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jmtools split --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' "$pages"/*-"${before/-/}"*.txt "$pages"/*-"${month/-/}"*.txt |
  jmtools normalize --script simplified |
  jmtools keywords -n 8 -o "$work/keywords.jsonl"
jmtools cluster --topics "$work/topics.jsonl" -o "$work/articles.jsonl" "$work/keywords.jsonl"
jmtools keyness --target-where "date ~ \"^$month\"" --reference-where "date ~ \"^$before\"" --stopwords default \
  --level records --direction both -n 40 -o "$work/keyness.jsonl" "$work/articles.jsonl"
jmtools report --title "$month" -o "$report" "$work/articles.jsonl" "$work/topics.jsonl" "$work/keyness.jsonl"
echo "$report: $(grep -c '' "$work/articles.jsonl") records of $before and $month"
