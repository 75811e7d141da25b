"""The peer of `keywords --idf corpus`: scikit-learn's TF-IDF over jieba's words, the whole corpus in memory."""

import json
import sys

import jieba
from sklearn.feature_extraction.text import TfidfVectorizer

TOP = 10


def words(text: str) -> list[str]:
    """Cut a text into words of two characters or more."""
    return [word for word in jieba.lcut(text) if len(word.strip()) > 1]


jieba.setLogLevel(60)
records = [json.loads(line) for line in sys.stdin]
vectorizer = TfidfVectorizer(analyzer=words)
matrix = vectorizer.fit_transform([(r.get("headline") or "") + "\n" + r["text"] for r in records])
names = vectorizer.get_feature_names_out()
for index, record in enumerate(records):
    row = matrix[index]
    best = (-row.data).argsort(kind="stable")[:TOP]
    record["keywords"] = [{"term": names[row.indices[i]], "score": float(row.data[i])} for i in best]
    print(json.dumps(record, ensure_ascii=False))
