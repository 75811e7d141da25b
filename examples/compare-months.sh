#!/usr/bin/env bash
# A study of two months: what is key in each, one word's company, its course and its concordance; one page of Markdown.
#
# usage: compare-months.sh [TARGET] [REFERENCE] [NODE] [ARCHIVE]
#
# TARGET and REFERENCE are months (YYYY-MM), NODE is the word to look at, ARCHIVE a folder of article records (see
# archive-new.sh; made from seeds/ when it is missing).
set -euo pipefail

target=${1:-2024-04}
reference=${2:-2024-03}
node=${3:-医保}
archive=${4:-archive}

here=$(cd "$(dirname "$0")" && pwd)
[ -d "$archive" ] || bash "$here/archive-new.sh" seeds "$archive" > /dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jmtools select 'type = "article"' "$archive"/*.jsonl |
  jmtools normalize --script simplified | jmtools segment -o "$work/all.jsonl"
jmtools select "date ~ \"^$target\"" -o "$work/target.jsonl" "$work/all.jsonl"
jmtools select "date ~ \"^$reference\"" -o "$work/reference.jsonl" "$work/all.jsonl"

github() { jmtools table --to github --width 0 "$@"; }

echo "# $target against $reference"
echo
echo "$(grep -c '' "$work/target.jsonl") articles in the target, $(grep -c '' "$work/reference.jsonl") in the reference;"
echo "words by $(jmtools --version)."
echo
echo "## Key in $target"
echo
jmtools keyness --reference "$work/reference.jsonl" -n 15 --stopwords default "$work/target.jsonl" |
  github -f term,freq_target,freq_reference,ll,log_ratio
echo
echo "## Key in $reference"
echo
jmtools keyness --reference "$work/target.jsonl" -n 15 --stopwords default "$work/reference.jsonl" |
  github -f term,freq_target,freq_reference,ll,log_ratio
echo
echo "## The company of $node"
echo
jmtools collocates "$node" -n 10 "$work/all.jsonl" | github -f term,freq,log_dice,mi
echo
echo "## The course of $node"
echo
jmtools trend --term "$node" --by month "$work/all.jsonl" | github
echo
echo "## Concordance of $node"
echo
jmtools kwic "$node" "$work/all.jsonl" | github -f date,page,left,node,right
