from jmtools.pages.features import view_page
from jmtools.pages.lines import page_lines
from jmtools.pages.reading import read_lines

TEXT = "昨天上午,三号码头的新航线开通,首班船载着二百多名旅客驶向对岸的渔村。"


def features(page: str) -> list[set[str]]:
    return [{name for group in line for name in group} for line in view_page(page_lines(page)).groups]


def test_a_line_is_read_in_simplified_characters_with_one_form_of_each_mark() -> None:
    assert read_lines(["〔本報訊〕渡輪公司昨日說﹕「學生與長者免費﹗」", "開船時間８：３０"]) == [
        "【本报讯】渡轮公司昨日说：“学生与长者免费！”",
        "开船时间8：30",
    ]


def test_one_name_in_traditional_characters_changes_no_page_in_simplified_ones() -> None:
    assert read_lines(["区念祖與會者座谈", "新航线开通"]) == ["区念祖與會者座谈", "新航线开通"]


def test_a_dot_after_a_character_ends_a_sentence_and_one_in_a_number_does_not() -> None:
    assert read_lines(["船票涨了3.5元.", "3.2版"]) == ["船票涨了3.5元。", "3.2版"]


def test_every_character_stands_for_one() -> None:
    odd = "﹐﹑﹒﹔﹕﹖﹗︰︐︑︒︓︔︕︖｡､｢｣﹁﹂﹃﹄「」『』\xa0ａＺ０國會這個"
    assert len(read_lines([odd])[0]) == len(odd)


def test_a_page_in_traditional_characters_has_the_features_of_the_same_page_in_simplified_ones() -> None:
    simple = [
        "三号码头开新航线",
        "【本报讯】三号码头的新航线开通，首班船载着二百多名旅客驶向对岸的渔村，学生与长者免费。",
        "说明会",
    ]
    other = [
        "三號碼頭開新航線",
        "〔本報訊〕三號碼頭的新航線開通，首班船載著二百多名旅客駛向對岸的漁村，學生與長者免費。",
        "說明會",
    ]
    assert features("\n".join(simple)) == features("\n".join(other))


def test_indents_count_against_the_habit_of_the_page() -> None:
    page = f"新航线开通\n　　{TEXT}\n　　{TEXT}\n　　　　　码头扩建\n　　{TEXT}"
    found = features(page)
    assert ["indent0" in found[0], "indent=" in found[1], "indent>" in found[3]] == [True] * 3
    assert not any(name.startswith("indent") for line in features(page.replace("　", "")) for name in line)


def test_the_name_and_the_date_of_a_paper_on_top_of_a_page_are_seen_as_its_head() -> None:
    found = features(f"江口日报\n民国三十八年五月十三日　星期五\n第二版\n新航线开通\n{TEXT}\n江口日报\n{TEXT}")
    assert ["page_head" in line for line in found] == [True, True, True, False, False, False, False]
    assert "below_head2" in found[3]
    assert "page_head&paper_name" in found[0]


def test_a_long_line_without_a_full_stop_is_seen_with_the_habit_of_the_page() -> None:
    page = [TEXT, TEXT[:-1], TEXT, TEXT, TEXT]
    found = features("\n".join(page))
    assert any(name.startswith("stops") for name in found[1])
    assert not any(name.startswith("stops") for name in found[0])


def test_blank_lines_above_every_line_say_nothing() -> None:
    lines = ["新航线开通", TEXT, TEXT, "码头扩建", TEXT]
    plain, spaced = (view_page(page_lines(between.join(lines))).groups for between in ("\n", "\n\n"))
    assert [*plain] == [*spaced]
