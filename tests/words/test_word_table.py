"""Tables of words as bytes: they say what a dict of the same lines says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jmtools.words.dictionary import background_idf_path, dictionary_path
from jmtools.words.word_table import WordTable, read_word_table

WORDS = st.text(st.characters(blacklist_characters=" \n\r", blacklist_categories=["Cs"]), min_size=1, max_size=40)
FEW = st.text("医保基金ab", min_size=1, max_size=12)
LINES = st.lists(st.tuples(WORDS | FEW, st.sampled_from(["1", "12 n", "3.25"])), max_size=30)


def found(table: WordTable, words: list[str]) -> list[bytes | None]:
    return [table.rests[number] if number >= 0 else None for number in table.find(words).tolist()]


@given(LINES, st.lists(WORDS | FEW | st.just(""), max_size=30), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_it_says_what_a_dict_says(lines: list[tuple[str, str]], sought: list[str], ended: bool, newline: str) -> None:
    text = newline.join(f"{word} {rest}" for word, rest in lines) + newline * ended
    table = WordTable(text.encode())
    known = {word: rest.encode() for word, rest in lines}
    sought += list(known)
    wanted = [known.get(word) for word in sought]
    assert found(table, sought) == wanted
    assert [table.get(word) for word in sought] == wanted
    assert set(table.words()) == set(known)


def test_lines_without_a_rest_and_blank_lines_are_passed_over() -> None:
    table = WordTable("医保 1\n\n基金\n 空\n监管 2 n\n".encode())
    assert found(table, ["医保", "基金", "监管", "", "空", "\udc80"]) == [b"1", None, b"2 n", None, None, None]
    assert len(table) == 2


def test_the_different_rests_are_counted() -> None:
    table = WordTable(b"a 1\nb 10.123456789\nc 1\nd 10.123456780\n")
    assert dict(zip(table.rests, table.counts().tolist(), strict=True)) == {
        b"1": 2,
        b"10.123456789": 1,
        b"10.123456780": 1,
    }
    assert WordTable(b"").rests == []


def test_the_tables_of_jieba_are_read_whole() -> None:
    for path in (dictionary_path(), background_idf_path()):
        known = dict(line.split(b" ", 1) for line in path.read_bytes().splitlines())
        table = read_word_table(path)
        assert found(table, [word.decode() for word in known]) == list(known.values())
