#!/usr/bin/env bash
# A concordance sheet for a spreadsheet: every place of a word with its surroundings, date, page and headline.
#
# usage: concordance.sh [WORD] [SHEET] [ARCHIVE]
#
# WORD is the word, SHEET the CSV file to write, ARCHIVE a folder of article records (see archive-new.sh; made from
# seeds/ when it is missing). Formulas in cells are defused.
set -euo pipefail

word=${1:-水库}
sheet=${2:-concordance.csv}
archive=${3:-archive}

here=$(cd "$(dirname "$0")" && pwd)
[ -d "$archive" ] || bash "$here/archive-new.sh" seeds "$archive" > /dev/null

jmtools kwic "$word" "$archive"/*.jsonl |
  jmtools table --to csv -f date,page,headline,left,node,right -o "$sheet"
echo "$(($(grep -c '' "$sheet") - 1)) places of $word in $sheet"
