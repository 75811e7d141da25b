"""The peer of `freq`: jieba's words in a Counter."""

import json
import sys
from collections import Counter

import jieba

jieba.setLogLevel(60)
freq: Counter[str] = Counter()
docfreq: Counter[str] = Counter()
for line in sys.stdin:
    record = json.loads(line)
    words = [w for w in jieba.cut((record.get("headline") or "") + "\n" + record["text"]) if len(w.strip()) > 1]
    freq.update(words)
    docfreq.update(set(words))
total = sum(freq.values())
for word, count in freq.most_common():
    row = {"term": word, "freq": count, "docfreq": docfreq[word], "ipm": count * 1e6 / total}
    print(json.dumps(row, ensure_ascii=False))
