from jmtools.pages import split_page
from jmtools.pages.lone_subheads import free_lone_sentences
from jmtools.pages.model import Decoded
from jmtools.pages.roles import ROLE_INDEX

PAGE = """修伞的人
老街口的葛师傅修了四十年伞，摊子上挂着竹骨、油布和铜铆钉，换一根伞骨收两块钱，街坊都来找他。
谁还修伞呢？
葛师傅说，新伞十几块钱一把，坏了就扔，如今来修的多是老人，他们舍不得那把用惯了的旧伞。
“修一把是一把。”
去年冬天，有位姑娘抱来祖母的油纸伞，他配了三天颜色，把伞面一层一层糊好，只收了工钱。
"""


def decoded(roles: str) -> Decoded:
    return Decoded([*roles], [{ROLE_INDEX[role]: 1.0} for role in roles], [((),)] * len(roles))


def test_a_question_alone_between_paragraphs_is_text() -> None:
    (record,) = split_page(PAGE)
    assert record["subheads"] == []
    assert record["text"].split("\n") == PAGE.splitlines()[1:]


def test_the_only_subhead_of_an_article_is_text_if_it_ends_a_sentence() -> None:
    texts = ["桥通车", "大桥通车。", "谁来养护？", "桥工来养护。"]
    found = free_lone_sentences(texts, decoded("HPSP"))
    assert found.roles == [*"HPPP"]
    assert found.margins[2][ROLE_INDEX["P"]] == 1.0


def test_subheads_of_two_or_more_questions_stay() -> None:
    texts = ["桥通车", "谁来养护？", "桥工来养护。", "钱从哪里来？", "过桥费。"]
    assert free_lone_sentences(texts, decoded("HSPSP")).roles == [*"HSPSP"]


def test_a_subhead_that_ends_no_sentence_stays() -> None:
    texts = ["桥通车", "大桥通车。", "养护有人", "桥工来养护。", "路通车", "路通车。", "谁来养路？", "路工。"]
    assert free_lone_sentences(texts, decoded("HPSPHPSP")).roles == [*"HPSPHPPP"]


def test_a_role_that_was_known_before_stays() -> None:
    texts = ["桥通车", "大桥通车。", "谁来养护？", "桥工来养护。"]
    assert free_lone_sentences(texts, decoded("HPSP"), {2}).roles == [*"HPSP"]
