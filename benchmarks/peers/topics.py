"""The peers of `cluster` in quality: what other topic tools make of records.

`topics.py IN.jsonl K OUT/` writes OUT/PEER.jsonl (id, topic) and OUT/PEER.terms.json (ten terms a topic) for each
peer that is installed: KMeans, NMF and LDA of scikit-learn, tomotopy's LDA, BERTopic on LSA vectors.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jieba
import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

TOP = 10
Found = tuple[Sequence[int], dict[int, list[str]]]


def main() -> None:
    """Run every peer."""
    source, k, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    records = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
    jieba.setLogLevel(60)
    texts = [(r.get("headline") or "") + "\n" + r["text"] for r in records]
    docs = [[word for word in jieba.lcut(text) if len(word.strip()) > 1] for text in texts]
    out.mkdir(parents=True, exist_ok=True)
    (out / "words.json").write_text(json.dumps(docs, ensure_ascii=False), "utf-8")
    for name, peer in PEERS.items():
        if (out / f"{name}.jsonl").exists():
            continue
        start = time.process_time()
        try:
            labels, terms = peer(docs, k)
        except ImportError as error:
            print(f"{name}: not installed ({error})")
            continue
        print(f"{name}: {time.process_time() - start:.1f} s", flush=True)
        with (out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for record, label in zip(records, labels, strict=True):
                file.write(json.dumps({"id": record["id"], "topic": int(label)}) + "\n")
        (out / f"{name}.terms.json").write_text(json.dumps(list(terms.values()), ensure_ascii=False), "utf-8")


def matrix_of(kind: Any, docs: list[list[str]]) -> tuple[Any, list[str]]:
    """Return a matrix of the words and the word of each column."""
    vectorizer = kind(analyzer=list, min_df=2)
    matrix = vectorizer.fit_transform(docs)
    return matrix, vectorizer.get_feature_names_out().tolist()


def best(weights: Any, names: list[str]) -> dict[int, list[str]]:
    """Return the terms with the largest weights of each row."""
    return {i: [names[j] for j in np.argsort(-row)[:TOP]] for i, row in enumerate(weights)}


def kmeans(docs: list[list[str]], k: int) -> Found:
    """KMeans on TF-IDF; terms by its centres."""
    matrix, names = matrix_of(TfidfVectorizer, docs)
    model = KMeans(k, n_init=10, random_state=0).fit(matrix)
    return model.labels_, best(model.cluster_centers_, names)


def nmf(docs: list[list[str]], k: int) -> Found:
    """NMF on TF-IDF."""
    matrix, names = matrix_of(TfidfVectorizer, docs)
    model = NMF(k, random_state=0)
    return model.fit_transform(matrix).argmax(axis=1), best(model.components_, names)


def lda(docs: list[list[str]], k: int) -> Found:
    """LDA of scikit-learn on counts."""
    matrix, names = matrix_of(CountVectorizer, docs)
    model = LatentDirichletAllocation(k, random_state=0)
    return model.fit_transform(matrix).argmax(axis=1), best(model.components_, names)


def tomotopy_lda(docs: list[list[str]], k: int) -> Found:
    """LDA by Gibbs sampling; words in two records and more and in at most 40 % of them."""
    import tomotopy

    seen = Counter(word for doc in docs for word in set(doc))
    kept = {word for word, count in seen.items() if 2 <= count <= 0.4 * len(docs)}
    model = tomotopy.LDAModel(k=k, seed=1)
    for doc in docs:
        model.add_doc([word for word in doc if word in kept] or ["_"])
    model.train(1000, workers=1)
    terms = {i: [word for word, _ in model.get_topic_words(i, TOP)] for i in range(k)}
    return [int(np.argmax(doc.get_topic_dist())) for doc in model.docs], terms


def bertopic(docs: list[list[str]], _k: int) -> Found:
    """BERTopic with its UMAP and HDBSCAN on LSA vectors; it finds the number of topics by itself."""
    from bertopic import BERTopic

    matrix, _ = matrix_of(TfidfVectorizer, docs)
    vectors = TruncatedSVD(100, random_state=0).fit_transform(matrix)
    model = BERTopic(vectorizer_model=CountVectorizer(analyzer=str.split, min_df=2), embedding_model=None)
    found: defaultdict[int, list[str]] = defaultdict(list)
    labels, _ = model.fit_transform(
        [" ".join(doc) for doc in docs], vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    )
    for topic in set(labels) - {-1}:
        found[topic] = [word for word, _ in model.get_topic(topic)[:TOP]]
    return labels, dict(found)


PEERS: dict[str, Callable[[list[list[str]], int], Found]] = {
    "kmeans": kmeans,
    "nmf": nmf,
    "lda": lda,
    "tomotopy": tomotopy_lda,
    "bertopic": bertopic,
}

if __name__ == "__main__":
    main()
