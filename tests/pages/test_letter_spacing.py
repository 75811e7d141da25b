from jmtools.pages import split_page
from jmtools.pages.letter_spacing import is_letter_spaced
from tests.conftest import run_jmtools

PAGE = [
    "白沙渡口换新船",
    "本报讯（记者 柳春）白沙渡口昨天换上新船，一次可渡六十人，比旧船多渡二十人，票价不变。",
    "船工老邱说，过去涨水停航，两岸学生要绕行十里山路。",
    "山货节后日开幕",
    "本报讯（记者 柳春）第三届山货节后日在城西广场开幕，参展的有一百二十户山民，GDP 一词也上了横幅。",
]


def spaced(text: str) -> str:
    return " ".join(text.replace(" ", ""))


def test_a_page_with_a_blank_after_every_character_is_split_as_it_was_printed() -> None:
    found = split_page("\n".join(map(spaced, PAGE)))
    plain = split_page("\n".join(PAGE))
    assert [record["headline"] for record in found] == ["白沙渡口换新船", "山货节后日开幕"]
    assert [record["line_start"] for record in found] == [record["line_start"] for record in plain]
    assert found[0]["text"].endswith("船工老邱说，过去涨水停航，两岸学生要绕行十里山路。")


def test_places_are_those_of_the_page_as_it_came() -> None:
    text = "\n".join(map(spaced, PAGE))
    second = split_page(text)[1]
    assert text[second["char_start"] : second["char_end"]] == "\n".join(map(spaced, PAGE[3:]))


def test_a_page_cut_into_words_is_letter_spaced_and_one_with_spaced_headlines_is_not() -> None:
    words = "白沙 渡口 昨天 换上 新船 ， 一次 可 渡 六十 人 ， 比 旧船 多渡 二十 人 。\n" * 3
    assert is_letter_spaced(words)
    assert not is_letter_spaced("讣　告\n启　事\n" + "\n".join(PAGE))


def test_a_note_says_that_blanks_were_taken_out() -> None:
    done = run_jmtools("split", stdin="\n".join(map(spaced, PAGE)).encode())
    assert done.stderr.decode().count("has blanks between its characters; the records are without them") == 1
