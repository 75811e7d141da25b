#!/usr/bin/env bash
# A study for publication: one word over the whole archive, with every parameter written down beside the figures.
#
# usage: publication-study.sh [WORD] [PAGES] [FOLDER]
#
# WORD is the word to study, PAGES a folder of page texts, FOLDER a new folder for articles.jsonl, course.csv, collocates.csv,
# concordance.csv, pairs.graphml (Gephi) and METHODS.md.
set -euo pipefail

word=${1:-医保}
pages=${2:-seeds}
folder=${3:-study}

mkdir "$folder"
# Segment once, so that every figure below counts the same words; keep what was done to the text.
jmtools split --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' "$pages"/*-[0-9]*-*.txt |
  jmtools normalize --script simplified --report "$folder/changes.jsonl" |
  jmtools segment -o "$folder/articles.jsonl"

csv() { jmtools table --to csv "$@"; }
jmtools trend --term "$word" --by month "$folder/articles.jsonl" | csv -o "$folder/course.csv"
jmtools collocates "$word" --window 5 --stopwords default -n 50 "$folder/articles.jsonl" | csv -o "$folder/collocates.csv"
jmtools kwic "$word" --window 30 --sort date,page "$folder/articles.jsonl" |
  csv -f date,page,headline,left,node,right -o "$folder/concordance.csv"
jmtools cooc --within sentence -n 200 --graphml "$folder/pairs.graphml" -o "$folder/pairs.jsonl" "$folder/articles.jsonl"

{
  echo "# Methods"
  echo
  echo "$(jmtools --version); $(jmtools select 'type = "article"' "$folder/articles.jsonl" | grep -c '') articles of"
  echo "$(basename "$pages"); Traditional characters converted, see changes.jsonl. Segmentation:"
  echo "$(jmtools select 'segmenter exists' "$folder/articles.jsonl" | head -1 | sed 's/.*"segmenter":\({[^}]*}\).*/\1/')."
  echo "Trend by month, per million words; collocates in a window of 5 words within a sentence, logDice;"
  echo "co-occurrence within sentences, at least 3."
} > "$folder/METHODS.md"
echo "$(($(grep -c '' "$folder/concordance.csv") - 1)) places of $word in $folder"
