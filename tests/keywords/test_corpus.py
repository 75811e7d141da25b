"""Keywords with an idf of the records themselves: by the core's numbers as with strings."""

from __future__ import annotations

import copy

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.counts.idf_tables import IdfTable
from jmtools.io.json_types import Fields
from jmtools.keywords.corpus import CorpusKeywords, KeywordScanner
from jmtools.keywords.corpus_by_number import CorpusByNumber, NumberedScan
from jmtools.keywords.options import KeywordOptions
from jmtools.words.core import load_core
from tests.keywords.test_by_number import RECORDS

if load_core() is None:
    pytest.skip("no compiled core here", allow_module_level=True)
OPTIONS = (KeywordOptions(), KeywordOptions(method="tfidf", top=3))


def result(
    batches: list[list[Fields]],
    options: KeywordOptions,
    *,
    blend: bool = False,
    sent: bool = False,
    words: bool = False,
) -> tuple[list[Fields], IdfTable]:
    """Return fields and table; `sent`: batches are what another process gets, `words`: as strings."""
    scanner, feature = KeywordScanner(options), CorpusKeywords(options, blend=blend)
    for batch in batches:
        scan = scanner.scan(batch)
        if words and isinstance(scan, NumberedScan):
            scan = scan.as_words()
        feature.absorb(copy.copy(scan) if sent else scan)
    feature.fit()
    return [orjson.loads(orjson.dumps(one)) for one in feature.fields()], feature.table


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: options.method)
@pytest.mark.parametrize("blend", [False, True])
@settings(max_examples=20, deadline=None)
@given(batches=st.lists(RECORDS, min_size=1, max_size=4))
def test_numbers_give_what_strings_give(options: KeywordOptions, blend: bool, batches: list[list[Fields]]) -> None:
    wanted = result(batches, options, blend=blend, words=True)
    assert result(batches, options, blend=blend) == wanted
    assert result(batches, options, blend=blend, sent=True) == wanted


def test_records_with_tokens_among_others() -> None:
    plain: list[Fields] = [{"text": "龘靐渔民出海，渔民出海。"}, {"headline": "医保", "text": "医保基金监管。龘靐"}]
    given: list[Fields] = [{"tokens": ["渔民", "出海", "龘靐"]}]
    options = KeywordOptions(method="tfidf")
    for batches in ([plain, given], [given, plain], [plain, given, plain]):
        assert result(batches, options) == result(batches, options, words=True)


def test_without_records_there_is_nothing() -> None:
    feature = CorpusKeywords(KeywordOptions())
    feature.fit()
    assert (list(feature.fields()), feature.table.docs) == ([], 0)


def test_numbers_are_used_where_they_can_be() -> None:
    feature = CorpusKeywords(KeywordOptions())
    feature.absorb(KeywordScanner(KeywordOptions()).scan([{"text": "渔民出海。"}]))
    assert isinstance(feature._counted, CorpusByNumber)
