"""Names of organisations as one token."""

from __future__ import annotations

import pytest

from jmtools.words.reader import SegmentOptions
from jmtools.words.tokens import TokenAdder, TokenOptions


def tagged(text: str, *names_from: str) -> list[tuple[str, str]]:
    adder = TokenAdder(SegmentOptions(), TokenOptions(extras=("pos",), names_from=names_from))
    [fields] = adder.apply([{"text": text}])
    assert "".join(fields["tokens"]) == text
    return list(zip(fields["tokens"], fields["pos"], strict=True))


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("江门市教育局和江门市水利局座谈。", ["江门市教育局", "江门市水利局"]),
        ("他在上海水泥公司上班，公司不大。", ["上海水泥公司"]),
        ("北京来的学生去了一所大学。", []),
        ("上海的公司都放假。", []),
    ],
)
def test_from_a_name_to_a_word_for_an_organisation(text: str, bodies: list[str]) -> None:
    found = tagged(text, "text", "bodies")
    assert [word for word, tag in found if tag == "nt"] == bodies
    assert all(word not in bodies for word, _ in tagged(text, "text"))


def test_the_segmentation_says_that_words_were_joined() -> None:
    hashes = set()
    for names_from in (("text",), ("text", "bodies")):
        [fields] = TokenAdder(SegmentOptions(), TokenOptions(names_from=names_from)).apply([{"text": "江门市教育局"}])
        hashes.add(fields["segmenter"]["hash"])
    assert len(hashes) == 2
    assert fields["tokens"] == ["江门市教育局"]


def test_common_nouns_are_neither_places_nor_organisations() -> None:
    found = dict(tagged("两国在高原城市谈中美关系。"))
    assert {found.get(word) for word in ("两国", "高原", "城市", "中美关系") if word in found} == {"n"}
    assert dict(tagged("中国和上海"))["上海"] == "ns"
