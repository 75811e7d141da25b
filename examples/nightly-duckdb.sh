#!/usr/bin/env bash
# For cron: take tonight's pages into an archive that DuckDB reads, and mail only where something is wrong.
#
# usage: nightly-duckdb.sh [PAGES] [ARCHIVE] [DAY]
#
# PAGES is a folder of page texts, ARCHIVE a folder that gets one Parquet file a day, DAY is YYYYMMDD (default: the latest).
# --quiet says errors only and --strict ends with 3 where anything was empty, unmatched or guessed, so that cron sends mail
# then and only then. Running it twice does no harm: the file of the day is written whole or not at all.
set -euo pipefail

pages=${1:-seeds}
archive=${2:-archive}
day=${3:-$(for page in "$pages"/*-[0-9]*-*.txt; do name=${page%-*}; echo "${name##*-}"; done | sort | tail -1)}

mkdir -p "$archive"
jmtools split --strict --quiet --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' "$pages"/*-"$day"-*.txt |
  jmtools keywords --strict --quiet -n 5 |
  jmtools convert --strict --quiet -f id,date,page,type,headline,text,keywords -o "$archive/$day.parquet"

# The words of tonight that the archive had least before.
duckdb -csv -c "
  WITH terms AS (SELECT date, unnest(keywords).term AS term FROM '$archive/*.parquet' WHERE type = 'article')
  SELECT term, count(*) FILTER (date = (SELECT max(date) FROM terms)) AS tonight, count(*) AS ever
  FROM terms GROUP BY term HAVING tonight > 0 ORDER BY ever - tonight, tonight DESC, term LIMIT 10"
