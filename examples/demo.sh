#!/usr/bin/env bash
# Show the whole pipe on sample pages: articles, keywords, topics and term frequencies.
#
# usage: demo.sh [PAGES] [FOLDER]
#
# PAGES holds page texts, FOLDER gets the records of every step.
set -euo pipefail

pages=${1:-seeds}
folder=${2:-demo}

mkdir -p "$folder"
say() { printf '\n== %s\n\n' "$1"; }

say "1. split: pages into articles"
jmtools split --newspaper 澜江日报 --name-pattern 'ljrb-{date:%Y%m%d}-{page}' -o "$folder/pages.jsonl" "$pages"/ljrb-*.txt
head -n 14 "$folder/pages.jsonl" | jmtools table -f date,page,type,headline --width 100
echo "… $(grep -c '' "$folder/pages.jsonl") records in $folder/pages.jsonl"

say "2. keywords: what each article is about"
jmtools select 'type = "article"' "$folder/pages.jsonl" | jmtools keywords -n 5 -o "$folder/keywords.jsonl"
head -n 14 "$folder/keywords.jsonl" | jmtools table -f headline,keywords.term --width 100
echo "… $(grep -c '' "$folder/keywords.jsonl") articles in $folder/keywords.jsonl"

say "3. cluster: the topics of three days"
jmtools cluster -k 8 --topics "$folder/topics.jsonl" -o "$folder/articles.jsonl" "$folder/keywords.jsonl"
jmtools table -f topic,size,label,representatives.headline --width 100 "$folder/topics.jsonl"

say "4. freq: the words that carry it"
jmtools freq --stopwords default --min-length 2 -n 50 -o "$folder/terms.jsonl" "$folder/articles.jsonl"
head -n 14 "$folder/terms.jsonl" | jmtools table -f rank,term,freq,docfreq,ipm

say "5. report: all of it on one page"
jmtools report -o "$folder/report.html" "$folder/articles.jsonl" "$folder/topics.jsonl" "$folder/terms.jsonl"
echo "Open $folder/report.html in a browser. Next: docs/tutorial.md"
