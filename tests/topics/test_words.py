"""Bags of words by the segmenter core's numbers are those of the words as strings; sums by topic are what they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from jmtools.topics import WordScanner, bayes, witnesses
from jmtools.topics import words as topic_words
from jmtools.topics.words import LEAD, LEAD_LEAST, LEAD_TIMES, Bags, count_lead
from jmtools.words.reader import SegmentOptions, WordReader

TEXTS = [
    "",
    "——",
    "医保局召开医保工作会议。" * 3,
    "江海市第三人民医院的陈小梅医生说，2024年3月11日起门诊时间延长到20:30，详情见www.jianghai.com，" * 6,
    "澜江水位上涨，防汛指挥部启动应急响应，龘龘村村民转移。" * 40,
    "醫保局召開會議，記者採訪了衛生院。" * 25,
    "连日暴雨 Storm-2024 来袭😀，iPhone15与５Ｇ基站受损，甲乙丙丁戊己庚辛。" * 30,
    "短" * 299 + "词语测试" * 60,
]


def as_counts(bags: Bags) -> list[dict[str, int]]:
    ends = np.cumsum(bags.sizes).tolist()
    spans = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
    return [
        {list(bags.words)[n]: c for n, c in zip(bags.numbers[s].tolist(), bags.counts[s].tolist(), strict=True)}
        for s in spans
    ]


def test_numbers_of_the_core_make_the_same_bags_as_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topic_words, "_MOST_KNOWN", 40)  # forgets now and then
    scanner, reader = WordScanner(SegmentOptions()), WordReader(SegmentOptions())
    by_string = WordScanner(SegmentOptions(), "default")
    records = [{"headline": text[:8], "text": text} for text in TEXTS]
    for batch in (records, records[3:], records[::-1], records[:1]):
        found = scanner.scan(batch)
        expected = by_string.scan([{**record, "tokens": reader.tokens(record)} for record in batch])
        assert as_counts(found) == as_counts(expected)
        assert found.digests.tolist() == expected.digests.tolist()
        assert len(set(found.words)) == len(found.words)


def test_words_at_the_head_of_a_long_record_count_three_times() -> None:
    text = "医保" + "，" * LEAD + "防汛" + "，" * (2 * LEAD)
    counts = as_counts(WordScanner(SegmentOptions()).scan([{"text": text}, {"text": "医保，" * LEAD_LEAST}]))
    assert counts[0] == {"医保": LEAD_TIMES, "防汛": 1}
    assert counts[1] == {"医保": LEAD_LEAST}  # all of it is the head
    assert count_lead(WordReader(SegmentOptions()).tokens({"text": text})) > 0


@pytest.mark.parametrize("k", [3, 40])
def test_sums_of_a_topic_are_those_of_its_records(k: int) -> None:
    rng = np.random.default_rng(k)
    dense = rng.random((60, 50)) * (rng.random((60, 50)) < 0.3)
    labels = rng.integers(-1, k, 60)
    expected = np.array(
        [sum((row for row, own in zip(dense, labels, strict=True) if own == t), np.zeros(50)) for t in range(k)]
    )
    assert (bayes.class_sums(csr_matrix(dense), labels, k) == expected).all()


def test_shared_words_are_counted_occurrence_by_occurrence() -> None:
    bags = [{1: 4, 2: 1}, {2: 2, 3: 1}, {}, {1: 2, 3: 5}]
    numbers = np.array([n for bag in bags for n in bag], np.int32)
    counts = np.array([c for bag in bags for c in bag.values()], np.int32)
    sizes = np.array([len(bag) for bag in bags], np.int32)
    near = witnesses._nearest_leader(numbers, counts, sizes, np.array([0, 3]))
    # 4 and 1 of leader 0 are 3 + 1 occurrences at most; {1: 2, 3: 5} shares two of them.
    assert near.tolist() == [0, -1, -1, 1]
    close = witnesses._nearest_leader(numbers, np.minimum(counts, 1), sizes, np.array([1]))
    assert close.tolist() == [-1, 0, -1, -1]
