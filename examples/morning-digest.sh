#!/usr/bin/env bash
# A digest of one day's paper for the morning: each article with its keywords, then the words of the day.
#
# usage: morning-digest.sh [PAGES] [DAY] [KEYWORDS]
#
# PAGES holds page texts named PAPER-YYYYMMDD-PAGE.txt, DAY is YYYYMMDD (the latest that is there), KEYWORDS how many an
# article gets. Writes Markdown.
set -euo pipefail

pages=${1:-seeds}
day=${2:-$(for page in "$pages"/*-[0-9]*-*.txt; do name=${page%-*}; echo "${name##*-}"; done | sort | tail -1)}
keywords=${3:-5}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jmtools split --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' "$pages"/*-"$day"-*.txt |
  jmtools keywords -n "$keywords" -o "$work/day.jsonl"

echo "# ${day:0:4}-${day:4:2}-${day:6:2}"
echo
echo "## Articles"
echo
jmtools select 'type = "article"' "$work/day.jsonl" |
  jmtools table --to github --width 0 -f page,headline,keywords.term
echo
echo "## Words of the day"
echo
jmtools select 'type = "article"' "$work/day.jsonl" |
  jmtools freq -n 20 --min-docfreq 2 --min-length 2 --stopwords default |
  jmtools table --to github -f term,freq,docfreq
