#!/usr/bin/env bash
# For cron: add tonight's pages to an archive in one file, and print what is new there; cron mails what is printed.
#
# usage: nightly-archive.sh [PAGES] [ARCHIVE] [RULES] [DAY] [PAPER]
#
# PAGES is a folder of page texts named PAPER-YYYYMMDD-PAGE.txt, ARCHIVE an archive of `jmtools index` (made where there is
# none), RULES a file for `jmtools watch`, DAY is YYYYMMDD (default: the latest). PAPER is the newspaper of pages that do not
# print its name (default: what the file name has there). What the last seven days have printed already is no news: the same
# story in another paper, or a day later. Prints nothing where nothing is new. Running it twice does no harm: records take
# the place of those with the same id, and ARCHIVE.seen knows what was shown.
set -euo pipefail

pages=${1:-seeds}
archive=${2:-paper.db}
rules=${3:-${0%/*}/watch-list.txt}
day=${4:-$(for page in "$pages"/*-[0-9]*-*.txt; do name=${page%-*}; echo "${name##*-}"; done | sort | tail -1)}
week_before=$(date -d "$day - 7 days" +%F 2> /dev/null || date -j -v-7d -f %Y%m%d "$day" +%F)
names=(--name-pattern '{newspaper}-{date:%Y%m%d}-{page}')
if [ -n "${5:-}" ]; then names=(--newspaper "$5"); fi
today=${day:0:4}-${day:4:2}-${day:6:2}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jmtools split --quiet "${names[@]}" -o "$work/day.jsonl" "$pages"/*-"$day"-*.txt
: > "$work/before.jsonl"
if [ -e "$archive" ]; then
  jmtools select --quiet "date >= \"$week_before\" and date < \"$today\"" -o "$work/before.jsonl" "$archive"
fi
jmtools dedupe --quiet --against "$work/before.jsonl" -o "$work/stories.jsonl" "$work/day.jsonl"
jmtools index --quiet -o "$work/counts.json" "$archive" "$work/stories.jsonl"
jmtools watch --quiet --new-only --seen "$archive.seen" -o "$work/new.jsonl" "$rules" "$work/stories.jsonl"

if [ -s "$work/new.jsonl" ]; then
  echo "New on $today:"
  jmtools table -f rule,newspaper,page,headline,snippet --width 120 "$work/new.jsonl"
fi
