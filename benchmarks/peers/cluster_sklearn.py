"""The peer of `cluster`: KMeans on scikit-learn's TF-IDF over jieba's words. Argument: the number of topics."""

import json
import sys

import jieba
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer


def words(text: str) -> list[str]:
    """Cut a text into words of two characters or more."""
    return [word for word in jieba.lcut(text) if len(word.strip()) > 1]


jieba.setLogLevel(60)
records = [json.loads(line) for line in sys.stdin]
texts = [(r.get("headline") or "") + "\n" + r["text"] for r in records]
matrix = TfidfVectorizer(analyzer=words, min_df=2).fit_transform(texts)
labels = KMeans(int(sys.argv[1]), n_init=10, random_state=0).fit_predict(matrix)
for record, label in zip(records, labels, strict=True):
    record["topic"] = int(label)
    print(json.dumps(record, ensure_ascii=False))
