from pathlib import Path

import pytest

from jmtools.errors import DataError, FileError
from jmtools.words.stopwords import load_stop_rules, load_stopwords


def test_the_default_list_has_function_words_and_no_news() -> None:
    words = load_stopwords()
    assert {"的", "记者", "表示", "今天", "但是", "星期一"} <= words
    assert not {"经济", "出口", "医院", "学生", "江门"} & words
    assert load_stopwords("none") == frozenset()


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_bytes("\ufeff# mine\r\n江门 # place\r\n\r\n日报 晚报\r\n".encode())
    assert load_stopwords(path) == {"江门", "江門", "日报", "日報", "晚报", "晚報"}
    with pytest.raises(FileError, match="nowhere"):
        load_stopwords(tmp_path / "nowhere")
    path.write_bytes(b"\xff")
    with pytest.raises(DataError, match="not UTF-8"):
        load_stopwords(str(path))


def test_amending_the_default_list(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_text("+江门 # place\n-记者 表示\n日报\n-5\n", encoding="utf-8")
    words = load_stopwords(path)
    assert {"江门", "日报", "-5", "的"} <= words
    assert not {"记者", "表示"} & words
    assert load_stop_rules(path)["江门"].endswith("stop.txt: line 1")
    path.write_text("江门\n-5\n+\n-\n", encoding="utf-8")
    assert load_stopwords(path) == {"江门", "江門", "-5", "+", "-"}


def test_every_word_has_its_rule() -> None:
    rules = load_stop_rules()
    assert rules["星期一"] == "default: calendar words"
    assert all(rule.startswith("default: ") and len(rule) > len("default: ") for rule in rules.values())
    assert load_stop_rules("none") == {}
