import json
from pathlib import Path
from typing import Any

import pytest

from jmtools.errors import OptionError, RecordError
from jmtools.words.reader import SegmentOptions
from jmtools.words.tokens import TokenAdder, TokenOptions, dropped_records
from tests.conftest import Run

RECORD = {
    "headline": "我市启动宣传周",
    "text": "江门日报讯（记者/陈敏锐）诗词很好。工作人员李烈熊说：“走出去！”",
    "authors": [{"name": "陈敏锐", "role": "记者"}],
}


def fields(record: dict[str, Any], **options: Any) -> dict[str, Any]:
    return TokenAdder(SegmentOptions(), TokenOptions(**options)).apply([record])[0]


def test_extras_are_parallel_to_the_tokens() -> None:
    got = fields(RECORD, extras=("pos", "offsets", "sentences"))
    whole = f"{RECORD['headline']}\n{RECORD['text']}"
    assert list(got) == ["tokens", "segmenter", "pos", "offsets", "sentences"]
    assert "".join(got["tokens"]) == whole
    assert [whole[start:end] for start, end in got["offsets"]] == got["tokens"]
    assert len(got["pos"]) == len(got["tokens"])
    assert ["".join(got["tokens"][first:last]) for first, last in got["sentences"]] == [
        "我市启动宣传周\n",
        "江门日报讯（记者/陈敏锐）诗词很好。",
        "工作人员李烈熊说：“走出去！”",
    ]


def test_names_stay_whole_in_their_record() -> None:
    plain = fields(RECORD)
    assert "陈敏锐" not in plain["tokens"]
    assert "李烈熊" not in plain["tokens"]
    one = fields(RECORD, names_from=("authors",))
    assert "陈敏锐" in one["tokens"]
    assert "李烈熊" not in one["tokens"]
    both = fields(RECORD, names_from=("text",), extras=("pos",))
    assert dict(zip(both["tokens"], both["pos"], strict=True))["李烈熊"] == "nr"
    assert "陈敏锐" in both["tokens"]
    byline = fields({**RECORD, "byline": "江门日报记者 陈敏锐"}, names_from=("byline",))
    assert "陈敏锐" in byline["tokens"]
    assert len({plain["segmenter"]["hash"], one["segmenter"]["hash"], both["segmenter"]["hash"]}) == 3


def test_a_name_with_dots_and_foreign_names_stay_whole() -> None:
    record = {"text": "阿卜杜勒·凯里莫夫来了。", "authors": ["阿卜杜勒·凯里莫夫", {"name": None}, 3]}
    assert fields(record, names_from=("authors",))["tokens"][0] == "阿卜杜勒·凯里莫夫"
    assert fields({"text": "日报", "authors": None}, names_from=("authors", "text"))["tokens"] == ["日报"]


def test_what_is_dropped_is_counted_by_rule() -> None:
    adder = TokenAdder(SegmentOptions(), TokenOptions(stopwords="default", pos=("n", "ns"), count_dropped=True))
    (got,) = adder.apply([{"text": "记者在江门的日报的天空飞行"}])
    assert got["tokens"] == ["江门", "日报", "天空"]
    dropped = adder.take_side_counts()
    assert dropped is not None
    assert list(dropped_records(dropped)) == [
        {"term": "的", "rule": "default: particles, aspect and structure", "freq": 2},
        {"term": "在", "rule": "default: prepositions", "freq": 1},
        {"term": "记者", "rule": "default: reporting verbs and formulas of the press", "freq": 1},
        {"term": "飞行", "rule": "part of speech v", "freq": 1},
    ]
    assert adder.take_side_counts() == {}


def test_given_tokens_are_not_cut_again() -> None:
    record = {"text": "江门日报", "tokens": ["江门日报"]}
    assert fields(record) == {}
    assert fields(record, extras=("offsets",), stopwords="default") == {"offsets": [(0, 4)]}
    gaps = {"text": "江门 的 日报", "tokens": ["江门", "日报"]}
    assert fields(gaps, extras=("offsets", "pos")) == {"pos": ["ns", "n"], "offsets": [(0, 2), (5, 7)]}
    with pytest.raises(RecordError, match="晚报"):
        fields({"text": "江门日报", "tokens": ["江门", "晚报"]}, extras=("offsets",))


def test_options_that_cannot_be_obeyed() -> None:
    with pytest.raises(OptionError, match="lemma"):
        fields(RECORD, extras=("pos", "lemma"))
    with pytest.raises(OptionError, match="--stopwords and --pos"):
        fields(RECORD, count_dropped=True)


def test_the_hash_depends_on_what_decides_the_tokens(tmp_path: Path) -> None:
    stop = tmp_path / "stop.txt"
    stop.write_text("的\n", encoding="utf-8")
    hashes = [
        fields(RECORD, **options)["segmenter"]["hash"]
        for options in (
            {},
            {"extras": ("pos",)},
            {"stopwords": "default"},
            {"stopwords": str(stop)},
            {"pos": ("n",)},
            {"names_from": ("text",)},
        )
    ]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 5


def test_the_list_of_dropped_words_is_the_same_at_any_jobs(jmtools: Run, tmp_path: Path) -> None:
    lines = b"".join(
        json.dumps({"text": f"记者在第{n}天说，江门的日报出口了{n % 7}次。" * 30}).encode() + b"\n" for n in range(900)
    )
    lists = []
    for jobs in ("1", "2"):
        path = tmp_path / f"dropped{jobs}.jsonl"
        done = jmtools("segment", "--stopwords", "default", "--show-dropped", path, "-j", jobs, stdin=lines)
        assert done.returncode == 0, done.stderr
        lists.append((done.stdout, path.read_bytes()))
    assert lists[0] == lists[1]
    assert json.loads(lists[0][1].split(b"\n")[0])["freq"] == 900 * 30


def test_after_a_bad_record_there_is_no_list_or_one_of_the_good(jmtools: Run, tmp_path: Path) -> None:
    lines = '{"text":"的"}\nnot json\n{"text":"的"}\n'.encode()
    path = tmp_path / "dropped.jsonl"
    options = ("segment", "--stopwords", "default", "--show-dropped", path)
    assert jmtools(*options, stdin=lines).returncode == 65
    assert not path.exists()
    assert jmtools(*options, "--on-error", "skip", stdin=lines).returncode == 3
    assert json.loads(path.read_bytes())["freq"] == 2


def test_records_cut_differently_are_refused(jmtools: Run) -> None:
    lines = '{"text":"日报","tokens":["日报"]}\n{"text":"日报"}\n'.encode()
    assert jmtools("segment", stdin=lines).returncode == 65
    assert jmtools("segment", "--allow-mixed", stdin=lines).returncode == 0


def test_with_parts_of_speech_names_stay_whole(jmtools: Run) -> None:
    record = {"text": "本报记者 周大江 摄。，欧阳望汐表示，但是他说，曾指出问题。"}
    whole = {"周大江", "欧阳望汐"}
    stdin = json.dumps(record).encode() + b"\n"
    for arguments, names in (((), set()), (("--names-from", "none"), set()), (("--add", "offsets"), set())):
        done = json.loads(jmtools("segment", *arguments, stdin=stdin).stdout)
        assert whole & set(done["tokens"]) == names
        plain = done["tokens"]
    tagged = json.loads(jmtools("segment", "--add", "pos", stdin=stdin).stdout)
    assert {word for word, tag in zip(tagged["tokens"], tagged["pos"], strict=True) if tag == "nr"} == whole
    assert "".join(tagged["tokens"]) == "".join(plain) == record["text"]
    bare = json.loads(jmtools("segment", "--add", "pos", "--names-from", "none", stdin=stdin).stdout)
    assert bare["tokens"] == plain
    assert bare["segmenter"] == done["segmenter"] != tagged["segmenter"]
