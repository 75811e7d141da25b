#!/usr/bin/env bash
# Watch a list of terms: how often each stands in today's paper and before, and the lines where it stands today.
#
# usage: watch-list.sh [TERMS] [PAGES] [DAY]
#
# TERMS is a file of terms, one a line (default: a short list for the sample pages), PAGES a folder of page texts, DAY is
# YYYYMMDD (default: the latest). Ends with 1 where no term stands in that day's paper, so that a mail program can ask.
set -euo pipefail

terms=${1:-}
pages=${2:-seeds}
day=${3:-$(for page in "$pages"/*-[0-9]*-*.txt; do name=${page%-*}; echo "${name##*-}"; done | sort | tail -1)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "$terms" ]; then
  grep -v '^[[:space:]]*$' "$terms" > "$work/terms"
else
  printf '%s\n' 医保 水库 产业园 入学 雨棚 > "$work/terms"
fi
date=${day:0:4}-${day:4:2}-${day:6:2}

jmtools split --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' -o "$work/all.jsonl" "$pages"/*-[0-9]*-*.txt
jmtools select "date = \"$date\"" -o "$work/today.jsonl" "$work/all.jsonl"
jmtools select "date < \"$date\"" -o "$work/before.jsonl" "$work/all.jsonl"

echo "# Watch list, $date"
found=0
while IFS= read -r term; do
  now=$(jmtools kwic --unit string "$term" "$work/today.jsonl" | grep -c '' || true)
  past=$(jmtools kwic --unit string "$term" "$work/before.jsonl" | grep -c '' || true)
  printf '\n## %s: %d today, %d before\n\n' "$term" "$now" "$past"
  if [ "$now" -gt 0 ]; then
    found=1
    jmtools kwic --unit string --window 14 "$term" "$work/today.jsonl" |
      jmtools table --to github --width 0 -f page,left,node,right
  fi
done < "$work/terms"
[ "$found" = 1 ]
