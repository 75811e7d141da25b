#!/usr/bin/env bash
# Take new or changed issues of a paper into an archive of articles: one file of records a day.
#
# usage: archive-new.sh [PAGES] [ARCHIVE]
#
# PAGES holds page texts named PAPER-YYYYMMDD-PAGE.txt; ARCHIVE gets PAPER-YYYYMMDD.jsonl. Run it as often as you like
# (cron): an issue whose pages have not changed since is left alone, a page that came late makes its day anew.
set -euo pipefail

pages=${1:-seeds}
archive=${2:-archive}

mkdir -p "$archive"
taken=0
for issue in $(for page in "$pages"/*-[0-9]*-*.txt; do basename "${page%-*}"; done | sort -u); do
  sum=$(cat "$pages/$issue"-*.txt | cksum)
  if [ -e "$archive/$issue.jsonl" ] && [ "$sum" = "$(cat "$archive/$issue.cksum" 2>/dev/null)" ]; then
    continue
  fi
  # All pages of a day in one run, so that articles that jump from page to page come together.
  jmtools split --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' -o "$archive/$issue.jsonl" "$pages/$issue"-*.txt
  echo "$sum" > "$archive/$issue.cksum"
  echo "$issue: $(grep -c '' "$archive/$issue.jsonl") records"
  taken=$((taken + 1))
done
echo "$taken issues taken into $archive"
