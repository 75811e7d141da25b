"""Keywords by the core's numbers against the same with arrays of words; both must give the same records."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.counts.idf_tables import IdfTable
from jmtools.counts.idf_values import background_idf
from jmtools.errors import ModelError
from jmtools.io.json_types import Fields
from jmtools.io.records import round6
from jmtools.keywords import facts as facts_module
from jmtools.keywords.by_number import KeywordsByNumber, by_number
from jmtools.keywords.candidates import find_candidates, lay_out
from jmtools.keywords.context import Context
from jmtools.keywords.extract import KeywordExtractor
from jmtools.keywords.facts import WordFacts
from jmtools.keywords.features import KINDS
from jmtools.keywords.formula import Formula
from jmtools.keywords.native_choice import NativeChoice
from jmtools.keywords.native_ranking import CHOICES, FACTORS, ROW, NativeRanker, NumberedRecords
from jmtools.keywords.options import KeywordOptions
from jmtools.words.core import load_core
from jmtools.words.numbers import CoreNumbers

if load_core() is None:
    pytest.skip("no compiled core here", allow_module_level=True)

PIECES = (
    *(
        "东湖日报",
        "记者",
        "林夏雨",
        "周",
        "青禾",
        "讯",
        "新华社",
        "上海",
        "来源：",
        "渔民",
        "出海",
        "医保",
        "基金",
        "监管",
    ),
    *(
        "《春水》",
        "“双减”",
        "【快讯】",
        "「旧城」",
        "《",
        "》",
        "“",
        "”",
        "绝",
        "地",
        "求生",
        "拼",
        "多",
        "10",
        "元",
        "号楼",
    ),
    *(
        "World",
        " ",
        "Cup",
        "F-16",
        "Café",
        "ＡＩ",
        "①",
        "\u3000",
        "\u00a0",
        "cup",
        "5月19日",
        "23,876",
        "·",
        "-",
        "，",
        "。",
        "\n",
        "于",
        "和",
        "向",
        "的",
        "本报讯",
        "（",
        "）",
    ),
    *(
        "價格",
        "攝影",
        "龘",
        "㐀",
        "α",
        "É",
        "&nbsp;",
        "https://a.cn/b",
        "👍🏽",
        "三人",
        "负责人",
        "研究",
        "人员",
        "提高",
        "漂亮",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
RECORDS = st.lists(st.fixed_dictionaries({"text": TEXTS}, optional={"headline": TEXTS | st.none()}), max_size=5)
OPTIONS = (
    KeywordOptions(),
    KeywordOptions(top=3, nested="none", stopwords="none", without_factors=("headline", "freedom")),
    KeywordOptions(top=40, nested="all", tf="bm25"),
    KeywordOptions(method="tfidf"),
    KeywordOptions(method="tfidf", top=2, tf="log", nested="none"),
    KeywordOptions(method="tfidf", top=5, nested="apart"),
)
TABLES = (background_idf(), IdfTable(9, {"医保": 3, "渔民": 9}))


def by_arrays(records: list[Fields], options: KeywordOptions, table: IdfTable | None) -> list[Fields]:
    extractor = KeywordExtractor(options, table=table)
    extractor._by_number = None
    return extractor.apply(records)


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: f"{options.method} {options.top}")
@pytest.mark.parametrize("table", TABLES, ids=["background", "counted"])
@settings(max_examples=25, deadline=None)
@given(records=RECORDS)
def test_any_records_get_the_same_keywords(
    options: KeywordOptions, table: IdfTable | None, records: list[Fields]
) -> None:
    assert KeywordExtractor(options, table=table).apply(records) == by_arrays(records, options, table)


@settings(max_examples=100, deadline=None)
@given(records=RECORDS)
def test_what_is_written_says_the_same(records: list[Fields]) -> None:
    extractor = KeywordExtractor(KeywordOptions())
    written = [orjson.loads(orjson.dumps(fields)) for fields in extractor.written_fields(records)]
    assert written == extractor.apply(records)


SCORES = st.one_of(
    st.floats(1e-15, 1e15),
    st.floats(1e-6, 100),
    st.builds(lambda digits, power: digits * 10.0**power, st.integers(1, 9_999_999), st.integers(-20, 8)),
    st.builds(lambda digits, power: (digits + 0.5) / 10.0**power, st.integers(99_990, 1_000_010), st.integers(0, 12)),
).filter(lambda score: 1e-15 <= score <= 1e15)


@settings(max_examples=2000, deadline=None)
@given(score=SCORES, tf=st.integers(1, 2**32 - 1))
def test_scores_are_rounded_and_printed_as_everywhere(score: float, tf: int) -> None:
    made = numbered()
    rows, found = np.zeros(1, ROW), np.ones(1, np.uint32)
    rows["score"], rows["words"], rows["tf"] = score, 1, tf
    ids, counts = made.numbers.of(["渔民"])
    records = NumberedRecords(ids, counts, np.zeros(1, np.uint32))
    made.facts.learn(ids)
    core = load_core()
    assert core is not None
    choice = NativeChoice(core, made.numbers, top=1, nested="all", sifts=False)
    written, _ = choice.written(records, *choice.choose(records, rows, found), made.facts)
    df = background_idf().counts_of(["渔民"])[0]
    assert written == orjson.dumps([{"term": "渔民", "score": round6(score), "tf": tf, "df": df}])


def test_the_core_knows_every_factor_and_choice() -> None:
    extractor = KeywordExtractor(KeywordOptions())
    flat, lengths, headlines = extractor.read([{"text": "渔民出海。"}])
    vocabulary = extractor.ranker.vocabulary
    texts = lay_out(vocabulary.ids(flat), lengths, headlines, vocabulary)
    found = find_candidates(texts, vocabulary)
    measured = Formula().measure(texts, vocabulary, found, vocabulary.idf)
    assert set(FACTORS) == measured.values.keys()
    assert set(CHOICES) == measured.choices.keys() == KINDS.keys()


@functools.cache
def numbered(options: KeywordOptions | None = None) -> KeywordsByNumber:
    made = by_number(options or KeywordOptions(), background_idf(), list)
    assert made is not None
    return made


def test_forgotten_words_are_learned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    records: list[Fields] = [{"text": f"龘靐甲{number}乙{number}，{'龘靐齉' * 3}渔民出海。"} for number in range(40)]
    monkeypatch.setattr("jmtools.words.numbers._REMEMBERED", 5)
    made = KeywordExtractor(KeywordOptions())
    found = [made.apply([record])[0] for record in records]
    assert found == by_arrays(records, KeywordOptions(), None)


def test_a_stop_list_of_the_user_counts(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_text("渔民\n龘靐\n", encoding="utf-8")
    options = KeywordOptions(stopwords=str(path), method="tfidf")
    records: list[Fields] = [{"text": "渔民渔民渔民出海，龘靐龘靐龘靐。因为因为。"}]
    found = KeywordExtractor(options).apply(records)
    assert found == by_arrays(records, options, None)
    assert "渔民" not in json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize("damage", ["bit", "short", "nothing"])
def test_damaged_facts_are_computed_again(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "facts"
    monkeypatch.setattr(facts_module, "_kept_path", lambda: kept)
    core = load_core()
    assert core is not None
    whole = facts_module._of_dictionary(core)[1]
    data = bytearray(kept.read_bytes())
    if damage == "bit":
        data[len(data) // 2] ^= 16
    kept.write_bytes(bytes(data[: len(data) // 2 if damage == "short" else len(data)]))
    again = facts_module._of_dictionary(core)
    assert again[1].tobytes() == whole.tobytes()
    assert facts_module._of_dictionary(core)[0].tobytes() == again[0].tobytes()


def test_numbers_of_no_word_are_refused() -> None:
    made = numbered()
    core = load_core()
    assert core is not None
    words = CoreNumbers(core, list)
    facts = WordFacts(core, words, Context(KeywordOptions(), background_idf()))
    ids, counts = words.of(["渔民出海。"])
    records = NumberedRecords(ids + (1 << 30), counts, counts)
    with pytest.raises(ModelError):
        NativeRanker(core).words("log", facts, records, 3)
    with pytest.raises(ModelError):
        NativeRanker(core).words("log", facts, NumberedRecords(ids[:1], counts, counts), 3)
    assert made.fields([]) == []
