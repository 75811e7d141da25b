#!/usr/bin/env bash
# A study of two months: what is key in each, the spread of words, one word's
# collocates, its course and its concordance, and a methods paragraph from the record of the run; one page of Markdown.
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

github() { jmtools table --to github --width 0 "$@"; }

# What both months are compared by: records, as words come in bursts; p corrected for the number of words.
compare() {
  jmtools keyness --target-where "date ~ \"^$1\"" --reference-where "date ~ \"^$2\"" --stopwords default --min-docfreq 3 \
    --test mannwhitney --summary "$work/$1.json" -n 15 "$work/all.jsonl" |
    github -f term,freq_target,freq_reference,docfreq_target,docfreq_reference,log_ratio,log_ratio_low,log_ratio_high,p_bh
}

echo "# $target against $reference"
echo
echo "## Key in $target"
echo
compare "$target" "$reference"
echo
echo "## Key in $reference"
echo
compare "$reference" "$target"
echo
echo "## Spread of the most frequent words"
echo
jmtools freq --dispersion --measures da --interval docs --stopwords default --min-length 2 -n 10 "$work/all.jsonl" |
  github -f term,freq,ipm,ipm_low,ipm_high,range,dp_norm,da
echo
echo "## Collocates of $node"
echo
jmtools collocates "$node" --direction over -n 10 "$work/all.jsonl" |
  github -f term,freq,expected,log_dice,mi,p_bh
echo
echo "## The course of $node"
echo
jmtools trend --term "$node" --by month "$work/all.jsonl" | github
echo
echo "## Concordance of $node"
echo
jmtools kwic "$node" "$work/all.jsonl" | github -f date,page,left,node,right
echo
echo "## Methods"
echo
fields=version,records,tokens,types,issues,first,last,segmenter.name,segmenter.version
fields=$fields,target.records,target.tokens,reference.records,reference.tokens,parameters.min_freq,parameters.min_docfreq
IFS=$'\t' read -r version records tokens types issues first last segmenter segmenter_version target_records \
  target_tokens reference_records reference_tokens min_freq min_docfreq \
  < <(jmtools table --to tsv -f "$fields" "$work/$target.json" | tail -n 1)
fold -s -w 100 << END | sed 's/ *$//'
The corpus has $records articles of $issues issues from $first to $last, $tokens words ($types types), segmented by \
$segmenter $segmenter_version. The target, $target, has $target_records articles and $target_tokens words, the reference, \
$reference, $reference_records and $reference_tokens. Key words occur at least $min_freq times and in $min_docfreq articles; \
p is of a Mann-Whitney test of their rates in the articles, corrected by Benjamini and Hochberg for the number of words; \
log ratio has a 95 % interval. Dispersion is over articles (normalised DP, D_A), and the interval of a rate takes articles as \
the sample. Collocates stand within five words in one sentence, each token counted once; p is of G2, corrected likewise. \
All figures are by jmtools $version.
END
