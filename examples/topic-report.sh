#!/usr/bin/env bash
# A report of the topics of a month: how large each is, what it is called, and the articles that stand for it.
#
# usage: topic-report.sh [MONTH] [ARCHIVE] [TOPICS]
#
# MONTH is YYYY-MM, ARCHIVE a folder of article records (see archive-new.sh; made from seeds/ when it is missing), TOPICS
# how many (default: chosen from the data). Writes Markdown.
set -euo pipefail

month=${1:-2024-03}
archive=${2:-archive}
topics=${3:-auto}

here=$(cd "$(dirname "$0")" && pwd)
[ -d "$archive" ] || bash "$here/archive-new.sh" seeds "$archive" > /dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jmtools select "type = \"article\" and date ~ \"^$month\"" "$archive"/*.jsonl |
  jmtools cluster -k "$topics" --topics "$work/topics.jsonl" -o "$work/articles.jsonl"

echo "# Topics of $month"
echo
echo "$(grep -c '' "$work/articles.jsonl") articles."
echo
jmtools table --to github -f topic,size,share,label "$work/topics.jsonl"
jmtools table --to tsv -f topic,label "$work/topics.jsonl" | tail -n +2 | while IFS=$'\t' read -r topic label; do
  echo
  echo "## $topic. $label"
  echo
  jmtools select "topic = $topic" "$work/articles.jsonl" |
    jmtools table --to github --width 0 -f date,page,headline,topic_score
done
