"""The peer of `keywords`: ten words a record from jieba.analyse, as a user writes it in ten minutes."""

import json
import sys

import jieba
from jieba import analyse

jieba.setLogLevel(60)
for line in sys.stdin:
    record = json.loads(line)
    text = (record.get("headline") or "") + "\n" + record["text"]
    found = analyse.extract_tags(text, topK=10, withWeight=True)
    record["keywords"] = [{"term": term, "score": score} for term, score in found]
    print(json.dumps(record, ensure_ascii=False))
