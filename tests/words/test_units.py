from pathlib import Path

import pytest

from jmtools.errors import OptionError
from jmtools.words.reader import SegmentOptions
from jmtools.words.units import load_units

RECORD = {"headline": "大湾区", "text": "大湾区 Open AI，湾区人工智能。", "tokens": ["大", "湾区"]}


@pytest.fixture
def strings(tmp_path: Path) -> Path:
    path = tmp_path / "strings.txt"
    path.write_text("湾区\n大湾区\n区人\nＡＩ\nOpen AI\n", encoding="utf-8")
    return path


def test_words_are_the_given_tokens_or_the_segmenters() -> None:
    units = load_units("word")
    assert units.of(RECORD) == ["大", "湾区"]
    assert units.of({"text": "江门日报"}) == ["江门", "日报"]
    assert units.words is not None
    assert units.words.segmentation_of(RECORD) == "unknown"
    assert units.words.segmentation_of({"text": ""}) == units.fingerprint


def test_characters() -> None:
    assert "".join(load_units("char").of(RECORD)) == "大湾区大湾区OpenAI，湾区人工智能。"
    assert load_units("char").words is None


def test_a_string_is_counted_as_a_string(strings: Path) -> None:
    units = load_units("string", SegmentOptions(user_dicts=(str(strings),)))
    text = f"{RECORD['headline']}\n{RECORD['text']}"
    found = units.of(RECORD)
    for string in ("湾区", "大湾区", "区人", "Open AI"):
        assert found.count(string) == text.count(string)
    assert found.count("ＡＩ") == 1  # printed in half width, counted under the entry
    assert units.words is None


def test_what_cannot_be() -> None:
    with pytest.raises(OptionError, match="--user-dict"):
        load_units("string")
    with pytest.raises(OptionError, match="word, char, string"):
        load_units("syllable")
