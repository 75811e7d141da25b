#!/usr/bin/env bash
# From pages of any kind to what other programs open: a table, a database with a search, a folder of texts.
#
# usage: to-other-tools.sh [PAGES] [FOLDER]
#
# PAGES is a folder of pages (PDF, OCR, web pages, text), FOLDER a new folder for articles.csv (Excel), articles.db
# (SQLite, datasette) and corpus/ (AntConc). What cannot be read is named in FOLDER/unread.jsonl, and left out.
set -euo pipefail

pages=${1:-seeds}
folder=${2:-export}

mkdir "$folder"
jmtools read --on-error skip --rejects "$folder/unread.jsonl" "$pages" > "$folder/pages.jsonl" || [ $? -eq 3 ]
jmtools split "$folder/pages.jsonl" | jmtools select 'type = "article"' | jmtools keywords -n 5 > "$folder/articles.jsonl"

jmtools convert -f date,page,headline,authors.name,keywords.term -o "$folder/articles.csv" "$folder/articles.jsonl"
jmtools convert -o "$folder/articles.db" "$folder/articles.jsonl"
jmtools convert --words --names date,page -o "$folder/corpus/" "$folder/articles.jsonl"
echo "$(grep -c '' "$folder/articles.jsonl") articles in $folder"
