"""New words: found by how they stand in a corpus, taken by --user-dict, in memory that does not grow with it."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from jmtools.io import disk_array as diskarray
from jmtools.newwords import ngram_counts as newwords_counts
from jmtools.newwords.candidates import NewWordOptions
from jmtools.newwords.discovery import new_words
from tests.conftest import run_jmtools

HIDDEN = ("澜超杯", "沅口渔歌", "北渡茶")
WORDS = [
    "城市",
    "学校",
    "医院",
    "道路",
    "桥梁",
    "工厂",
    "企业",
    "群众",
    "干部",
    "教师",
    "学生",
    "记者",
    "比赛",
    "活动",
    "项目",
    "产业",
    "经济",
    "社会",
    "文化",
    "历史",
    "春天",
    "夏天",
    "秋天",
    "冬天",
    "来到",
    "参加",
    "举行",
    "开展",
    "支持",
    "学习",
    "发展",
    "建设",
    "保护",
    "帮助",
    "欢迎",
    "喜欢",
    "看见",
    "听说",
    "告诉",
    "介绍",
]


def texts(count: int = 300) -> list[str]:
    chance = random.Random(4)
    made = []
    for _ in range(count):
        letters = chance.choices(WORDS, k=30)
        for word in HIDDEN:
            letters.insert(chance.randrange(len(letters)), word)
        made.append("".join(letters) + "。")
    return made


def test_hidden_words_come_first_with_true_counts() -> None:
    made = texts()
    found = list(new_words([{"text": text} for text in made], NewWordOptions(max_len=4)))
    joined = "\n".join(made)
    assert {record["term"] for record in found[: len(HIDDEN)]} <= set(HIDDEN) | {w[:3] for w in HIDDEN}
    top = {record["term"]: record for record in found}
    for word in HIDDEN:
        assert top[word]["freq"] == joined.count(word)
        assert top[word]["docfreq"] == sum(word in text for text in made)
        assert all(word in example for example in top[word]["examples"])
    parts = {word[:2] for word in HIDDEN} | {word[1:3] for word in HIDDEN}
    assert not parts & top.keys()  # a part of a word is not free


def test_counts_do_not_depend_on_the_size_of_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [{"text": text} for text in texts(120)]
    whole = list(new_words(records))
    monkeypatch.setattr(diskarray, "CHUNK", 997)
    monkeypatch.setattr(newwords_counts, "OCCURRENCES_A_PASS", 1500)
    assert list(new_words(records)) == whole


def test_frequent_pairs_are_all_counted() -> None:
    made = texts(50)
    pairs = Counter(a + b for text in made for a, b in pairwise(text))
    codes = diskarray.DiskArray("uint16")
    codes.append("\x01".join(made).encode("utf-16-le"))
    level = newwords_counts.next_level(2, codes, 5)
    expected = {pair: n for pair, n in pairs.items() if n >= 5 and "。" not in pair}
    found = {chr(a) + chr(b): int(n) for a, b, n in zip(level.first, level.last, level.counts, strict=True)}
    assert found == expected
    level.ids.close()
    codes.close()


def test_past_the_limit_the_rarest_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newwords_counts, "MAX_FREQUENT", 3)
    tables = [(np.array([1, 2, 3]), np.array([9, 5, 5])), (np.array([4, 5]), np.array([7, 5]))]
    kept = newwords_counts._most_frequent(tables)
    assert {int(k): int(n) for keys, counts in kept for k, n in zip(keys, counts, strict=True)} == {1: 9, 4: 7}
    assert newwords_counts._most_frequent(tables[:1]) == tables[:1]


def test_the_dictionary_is_taken(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": text}) for text in texts()).encode()
    path = tmp_path / "new.txt"
    done = run_jmtools("newwords", "-n", "20", "--as-user-dict", path, stdin=lines)
    assert (done.returncode, done.stderr) == (0, b"")
    words = [json.loads(line)["term"] for line in done.stdout.splitlines()]
    assert [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()] == words
    cut = run_jmtools("segment", "--user-dict", path, stdin='{"text":"今天澜超杯开赛"}\n'.encode())
    assert "澜超杯" in json.loads(cut.stdout)["tokens"]


def test_mixed_words_and_words_that_end_in_a_measure() -> None:
    chance = random.Random(9)
    wanted = ("7G基站", "Q线图", "青柚车")
    made = []
    for _ in range(200):
        words = chance.choices(WORDS, k=30)
        for word in wanted:
            words.insert(chance.randrange(len(words)), word)
        made.append({"text": "".join(words) + "。"})
    found = {record["term"] for record in new_words(made)}
    assert set(wanted) <= found
    assert not {"G基站", "线图"} & found


def test_letters_beside_a_word_count_under_their_name() -> None:
    made = [{"text": "".join(f"X{HIDDEN[0]}{word}" for word in WORDS)}] * 3
    found = {record["term"] for record in new_words(made, NewWordOptions(min_pmi=1, min_entropy=0.5))}
    assert HIDDEN[0] not in found  # X alone stands before it: no freedom


def test_words_of_one_record_are_left_out() -> None:
    made = [{"text": "".join(word + HIDDEN[0] for word in WORDS) + "。"}, {"text": "今天"}]
    assert HIDDEN[0] in {record["term"] for record in new_words(made, NewWordOptions(min_pmi=1))}
    assert not list(new_words(made, NewWordOptions(min_pmi=1, min_docfreq=2)))


def test_what_begins_inside_an_amount_or_with_a_role_is_no_word() -> None:
    chance = random.Random(5)
    made = []
    for _ in range(200):
        words = chance.choices(WORDS, k=30)
        for word in ("6票弃权", "九票弃权", "主持人岑望", "新型导弹", "轻型导弹", "澜超杯"):
            words.insert(chance.randrange(len(words)), word)
        made.append({"text": "".join(words) + "。"})
    found = {record["term"] for record in new_words(made)}
    assert "澜超杯" in found
    assert not {"票弃权", "主持人岑望", "型导弹"} & found
