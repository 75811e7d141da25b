"""Score `keywords` and its peers on labelled records, and list the keywords of pages: docs/benchmarks/keywords.md.

    python benchmarks/bench_keywords.py LABELLED.jsonl … [--pages PAGE.txt …] [--write]

Records have `headline`, `text` and `gold` (a list of keywords). A keyword is right if it is in `gold`, letter for
letter after NFKC, lower case and squeezed white space; gold that does not stand in headline or text is left out, and
so are records that have none left. F1 and MAP are means over records. CPU is processor time of this process a megabyte
of JSON Lines, dictionaries loaded before, as a multiple of what jieba.analyse takes in the same run.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jmtools.io.records import encode_record
from jmtools.keywords import KeywordExtractor, KeywordOptions
from jmtools.keywords.corpus import CorpusKeywords, KeywordScanner
from jmtools.keywords.formula import GROUPS

TARGET = Path(__file__).parent.parent / "docs" / "benchmarks" / "keywords.md"
MARK = "<!-- tables below: benchmarks/bench_keywords.py --write -->"
TOP = 10
BATCH = 64
Record = dict[str, Any]
Lists = Iterable[list[str]]
Run = Callable[[list[Record]], Lists]


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", nargs="*", type=Path, default=[], help="pages whose keywords are listed")
    parser.add_argument("--write", action="store_true", help=f"replace the tables of {TARGET.name}")
    options = parser.parse_args()
    sets = [
        (f"{path.stem}{'' if headlines else ', no headline'}", read(path, headlines=headlines))
        for path in options.files
        for headlines in (True, False)
    ]
    parts = ["## Methods and peers", "", *table(sets, methods()), ""]
    parts += ["## One factor left out", "", *table(sets, ablations()), ""]
    if options.pages:
        parts += ["## The keywords of pages", "", *page_lines(options.pages), ""]
    print("\n".join(parts))
    if options.write:
        before = TARGET.read_text("utf-8").partition(MARK)[0]
        TARGET.write_text(f"{before}{MARK}\n\n" + "\n".join(parts).rstrip() + "\n", "utf-8")


def read(path: Path, *, headlines: bool) -> list[Record]:
    """Return the records of a file, with or without their headlines."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return records if headlines else [{k: v for k, v in r.items() if k != "headline"} for r in records]


def methods() -> dict[str, Run]:
    """Return what is compared, the measure of cost first."""
    return {
        "jieba.analyse TF-IDF": jieba_tfidf,
        "jieba.analyse TextRank": jieba_textrank,
        "scikit-learn TF-IDF of the corpus": sklearn_tfidf,
        "`--method tfidf`": ours(method="tfidf"),
        "`--method tfidf --idf corpus`": ours_corpus(method="tfidf"),
        "`--method textrank`": ours(method="textrank"),
        "`--method positionrank`": ours(method="positionrank"),
        "`--method yake`": ours(method="yake"),
        "**default**": ours(),
        "default, `--tf raw`": ours(tf="raw"),
        "default, `--tf bm25`": ours(tf="bm25"),
        "default, `--idf corpus`": ours_corpus(),
        "default, `--idf blend`": ours_corpus(blend=True),
        "default, `--diversity 0.3`": ours(diversity=0.3),
    }


def ablations() -> dict[str, Run]:
    """Return the default method, whole and less each group of factors."""
    less: dict[str, Run] = {f"`--without-factors {group}`": ours(without_factors=(group,)) for group in GROUPS}
    both = {"`--without-factors headline,position`": ours(without_factors=("headline", "position"))}
    return {"all factors": ours(), **less, **both}


def ours(**options: Any) -> Run:
    """Return a run of the product, one pass."""
    extractor = KeywordExtractor(KeywordOptions(top=TOP, **options))

    def run(records: list[Record]) -> Iterator[list[str]]:
        for start in range(0, len(records), BATCH):
            yield from (terms(fields) for fields in extractor.apply(records[start : start + BATCH]))

    return run


def ours_corpus(*, blend: bool = False, **options: Any) -> Run:
    """Return a run of the product that counts the records first."""
    wanted = KeywordOptions(top=TOP, **options)
    scanner = KeywordScanner(wanted)

    def run(records: list[Record]) -> Iterator[list[str]]:
        feature = CorpusKeywords(wanted, blend=blend)
        for start in range(0, len(records), BATCH):
            feature.absorb(scanner.scan(records[start : start + BATCH]))
        feature.fit()
        yield from (terms(json.loads(encode_record(fields))) for fields in feature.fields())

    return run


def terms(fields: Record) -> list[str]:
    """Return the terms of a record's new fields."""
    return [keyword["term"] for keyword in fields["keywords"]]


def whole(record: Record) -> str:
    """Return headline and text."""
    return (record.get("headline") or "") + "\n" + str(record["text"])


def jieba_tfidf(records: list[Record]) -> Iterator[list[str]]:
    """Run the peer that everybody takes."""
    import jieba.analyse

    return (jieba.analyse.extract_tags(whole(record), topK=TOP) for record in records)


def jieba_textrank(records: list[Record]) -> Iterator[list[str]]:
    """Run jieba's TextRank."""
    import jieba.analyse

    return (jieba.analyse.textrank(whole(record), topK=TOP) for record in records)


def sklearn_tfidf(records: list[Record]) -> Iterator[list[str]]:
    """Run TF-IDF of the corpus over jieba's words of two characters and more."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=lambda text: [w for w in jieba.lcut(text) if len(w.strip()) > 1])
    matrix = vectorizer.fit_transform(map(whole, records))
    names = vectorizer.get_feature_names_out()
    for number in range(len(records)):
        row = matrix[number]
        yield [names[row.indices[i]] for i in (-row.data).argsort(kind="stable")[:TOP]]


def table(sets: Sequence[tuple[str, list[Record]]], runs: dict[str, Run]) -> list[str]:
    """Return a Markdown table: for each set F1@5, F1@10 and MAP@10, then the cost."""
    warm(runs)
    lines = ["| F1@5 / F1@10 / MAP@10 | " + " | ".join(name for name, _ in sets) + " | CPU |"]
    lines.append("| --- " * (len(sets) + 2) + "|")
    measure = 0.0
    for name, run in runs.items():
        cells, seconds = [], 0.0
        for _, records in sets:
            start = time.process_time()
            found = list(run(records))
            seconds += time.process_time() - start
            cells.append(" / ".join(f"{value:.3f}" for value in scores(records, found)))
        measure = measure or seconds
        lines.append(f"| {name} | {' | '.join(cells)} | {seconds / measure:.2f} |")
        print(lines[-1], flush=True)
    return lines


def warm(runs: dict[str, Run]) -> None:
    """Load dictionaries, so that no method pays for another."""
    for run in runs.values():
        list(run([{"headline": "医保基金", "text": "医保基金监管进社区，居民领取手册。"}] * 2))


def scores(records: list[Record], found: Lists) -> tuple[float, float, float]:
    """Return the means of F1@5, F1@10 and MAP@10."""
    rows = []
    for record, keywords in zip(records, found, strict=True):
        text = norm(whole(record))
        gold = {term for term in map(norm, record["gold"]) if term in text}
        if gold:
            chosen = list(dict.fromkeys(map(norm, keywords)))
            rows.append((f1(chosen[:5], gold, 5), f1(chosen[:10], gold, 10), precision(chosen[:10], gold)))
    first, second, third = (statistics.fmean(column) for column in zip(*rows, strict=True))
    return first, second, third


def f1(chosen: list[str], gold: set[str], top: int) -> float:
    """Return the harmonic mean of precision at `top` and recall."""
    return 2 * sum(term in gold for term in chosen) / (top + len(gold))


def precision(chosen: list[str], gold: set[str]) -> float:
    """Return average precision."""
    hits, total = 0, 0.0
    for place, term in enumerate(chosen, 1):
        if term in gold:
            hits += 1
            total += hits / place
    return total / min(len(gold), 10)


def norm(text: str) -> str:
    """Return a term as it is compared."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


def page_lines(paths: list[Path]) -> Iterator[str]:
    """Yield the items of pages with the ten keywords of each."""
    from jmtools.pages.splitting import split_page

    yield from ("| item | keywords |", "| --- | --- |")
    run = ours()
    for path in paths:
        items = [item for item in split_page(path.read_text("utf-8")) if item.get("text")]
        for item, keywords in zip(items, run(items), strict=True):
            name = " ".join((item.get("headline") or item["text"])[:40].split())
            yield f"| {name} | {'、'.join(keywords)} |"


if __name__ == "__main__":
    main()
