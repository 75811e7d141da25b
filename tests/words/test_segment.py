import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import OptionError, RecordError
from jmtools.words.dictionary import background_idf_path, dictionary_tags
from jmtools.words.protected import protected_spans
from jmtools.words.segment import (
    SEGMENTERS,
    Segmenter,
    load_segmenter,
    record_text,
    record_tokens,
    segmentation_of,
    word_tags,
)
from jmtools.words.shadow import simplified


@pytest.fixture(scope="module", params=SEGMENTERS)
def segmenter(request: pytest.FixtureRequest) -> Segmenter:
    return load_segmenter(request.param)


def test_words_of_a_sentence(segmenter: Segmenter) -> None:
    assert segmenter.cut("江门日报记者采访了出口企业") == ["江门", "日报", "记者", "采访", "了", "出口", "企业"]
    assert segmenter.tag("江门日报") == [("江门", "ns"), ("日报", "n")]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_nothing_is_lost(segmenter: Segmenter, text: str) -> None:
    assert "".join(segmenter.cut(text)) == text
    assert [word for word, _ in segmenter.tag(text)] == segmenter.cut(text)


def test_a_lone_surrogate_is_refused(segmenter: Segmenter) -> None:
    for call in (segmenter.cut, segmenter.tag):
        with pytest.raises(RecordError, match=r"U\+D800 at character 3"):
            call("中国\ud800人")


@pytest.mark.parametrize("sep", ["。", "，", "\n", "\r\n", " ", "；"])
def test_a_long_text_is_cut_where_no_word_lies(sep: str) -> None:
    rjieba = pytest.importorskip("rjieba")
    text = ("江门市推动县域经济实现高质量发展" + sep) * 40_000
    assert load_segmenter("rjieba").cut(text) == rjieba.cut(text)


def test_cuts_do_not_depend_on_what_was_cut_before(segmenter: Segmenter) -> None:
    text = "易江通过一句句优美、具有独特韵味的诗句，带领大家遨游。"
    first = segmenter.cut(text)
    segmenter.cut("龘" * 5_000)
    assert segmenter.cut(text) == first


# Letters and digits of ASCII and what may join them: the only place where the default segmenter may differ from jieba.
_RUN = re.compile(r"[A-Za-z0-9]+(?:[-._%+#&@'/:][A-Za-z0-9]*)*")


@pytest.fixture(scope="module")
def lcut(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    load_segmenter("jieba")  # imports jieba without its warnings
    jieba = sys.modules["jieba"]
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    jieba.setLogLevel(60)
    cut: Callable[[str], list[str]] = tokenizer.lcut
    return cut


def sample_texts() -> list[str]:
    """The articles of the sample paper, and words of the dictionary between joints of all kinds."""
    texts = [
        record_text({"headline": None, **json.loads(line)})
        for path in sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.expected.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    choice = random.Random(3)
    words = list(dictionary_tags())
    joints = [
        "",
        "",
        "",
        "，",
        "。",
        "、",
        "-",
        ".",
        "·",
        "/",
        " ",
        "%",
        "F-16",
        "5G-A",
        "2016-2030",
        "XBB.1.5",
        "3.14",
        "龘",
    ]
    drawn = ("".join(choice.choice(words) + choice.choice(joints) for _ in range(30)) for _ in range(1_000))
    return [*texts, *drawn]


def plain_text(text: str) -> str:
    """A text without Traditional characters and without what the default segmenter keeps whole by its form."""
    text = simplified(text)
    for start, end in reversed(protected_spans(text)):
        text = text[:start] + "\ue000" + text[end:]
    return text


def places(words: list[str]) -> set[tuple[int, int]]:
    ends = list(accumulate(map(len, words)))
    return set(pairwise([0, *ends]))


def test_the_segmenters_are_jieba_but_for_runs_of_ascii(lcut: Callable[[str], list[str]]) -> None:
    fast, plain = load_segmenter("rjieba"), load_segmenter("jieba")
    kept = 0
    for text in map(plain_text, sample_texts()):
        theirs = lcut(text)
        assert plain.cut(text) == theirs
        for start, end in places(fast.cut(text)) - places(theirs):
            kept += 1
            assert _RUN.fullmatch(text[start:end]), text[max(start - 5, 0) : end + 5]
    assert kept > 100


@pytest.mark.parametrize("run", ["F-16", "5G-A", "2016-2030", "XBB.1.5", "COVID-19", "v1.2.3"])
def test_runs_of_ascii_stay_whole_in_the_default_segmenter(run: str) -> None:
    assert load_segmenter("rjieba").cut(f"新型{run}研究") == ["新型", run, "研究"]


@pytest.mark.parametrize("piece", ["龘", "的", "1", "a", "《", "\n", "江门市推动县域经济实现高质量发展记者采访了"])
def test_no_text_is_too_long_for_the_default_segmenter(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    words = load_segmenter("rjieba").cut(text)
    assert sum(map(len, words)) == len(text)
    assert "".join(words) == text


@pytest.mark.parametrize("piece", ["龘", "江门市推动县域经济实现高质量发展记者采访了"])
def test_jieba_itself_is_never_given_a_long_run(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its Viterbi copies the path at every step: a million rare characters in one call would take over half an hour."""
    segmenter = load_segmenter("jieba")
    given: list[str] = []

    def cut(text: str) -> list[str]:
        given.append(text)
        return [text]

    monkeypatch.setattr(segmenter, "_cut", cut)
    text = (piece * 1_000_000)[:1_000_000]
    assert "".join(segmenter.cut(text)) == text
    assert max(map(len, given)) <= 4_096


def test_there_are_two_segmenters() -> None:
    with pytest.raises(OptionError, match="rjieba, jieba"):
        load_segmenter("hanlp")


def test_the_text_of_a_record() -> None:
    assert record_text({"text": "a"}) == "a"
    assert record_text({"text": "a", "headline": None}) == "a"
    assert record_text({"text": "a", "headline": "b"}) == "b\na"
    for bad, message in (
        ({}, "has no `text`"),
        ({"text": 3}, "not a string"),
        ({"text": "a", "headline": 1}, "headline"),
    ):
        with pytest.raises(RecordError, match=message):
            record_text(bad)


def test_given_tokens_are_taken_as_they_are() -> None:
    segmenter = load_segmenter()
    assert record_tokens({"tokens": ["甲乙", " ", "丙"], "text": "别的"}, segmenter) == ["甲乙", " ", "丙"]
    assert record_tokens({"tokens": None, "text": "日报"}, segmenter) == ["日报"]
    with pytest.raises(RecordError, match="list of strings"):
        record_tokens({"tokens": ["a", 1]}, segmenter)


def test_segmentation_of_a_record() -> None:
    assert segmentation_of({"text": "a"}) is None
    assert segmentation_of({"tokens": []}) == "unknown"
    assert segmentation_of({"tokens": [], "segmenter": {"hash": "abc"}}) == "abc"


def test_fingerprints_tell_segmenters_apart() -> None:
    prints = [load_segmenter(name).fingerprint for name in SEGMENTERS]
    assert len(set(prints)) == 2
    assert prints == [load_segmenter(name).fingerprint for name in SEGMENTERS]


def test_tags_by_look_up() -> None:
    tags = word_tags()
    assert [tags[word] for word in ("江门", "一九", "GDP", "黎禹君", "，", "\ud800")] == [
        "ns",
        "m",
        "eng",
        "x",
        "x",
        "x",
    ]
    table = dictionary_tags()
    assert len(table) > 349_000
    words = [word for word in list(table)[::97] if simplified(word) == word]  # others have the tag of that word
    assert [tags[word] for word in words] == [table[word] for word in words]
    assert background_idf_path().is_file()


def test_jieba_makes_no_noise_and_no_shared_cache(tmp_path: Path) -> None:
    code = "from jmtools.words.segment import load_segmenter; print(load_segmenter('jieba').cut('江门日报'))"
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    assert json.loads(done.stdout.replace("'", '"')) == ["江门", "日报"]
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []
