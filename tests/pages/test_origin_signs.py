from jmtools.pages.features import view_page
from jmtools.pages.lines import page_lines

_STORY = "老粮仓改建完工后成了全县最大的图书馆，藏书八万册，本月起每天免费开放十个小时，读者络绎不绝。"
PAGE = f"""三号码头开新航线
李小明
{_STORY}
老粮仓变图书馆
王芳
{_STORY}
先修屋顶
{_STORY}
北街小学添校车
张大海
{_STORY}
"""


def _features(page: str) -> list[set[str]]:
    view = view_page(page_lines(page), whole=True)
    return [{name for group in groups for name in group} for groups in view.groups]


def test_a_page_says_how_many_of_its_headlines_have_a_byline_below_and_which_line_has_none() -> None:
    lines = _features(PAGE)
    assert "signed4&1" in lines[0]
    assert "signed4&1" in lines[3]
    assert "signed4&0" in lines[6]  # 先修屋顶
    assert not any(name.startswith("signed") for name in lines[2])


def test_a_headline_is_compared_with_those_that_have_a_byline() -> None:
    lines = _features(PAGE)
    assert "to_known2&00" in lines[6]
    assert "to_known4&10" in lines[3]


def test_names_in_brackets_below_a_text_are_seen_from_the_headline_that_follows() -> None:
    lines = _features(PAGE.replace("北街小学添校车", "（赵小兰）\n北街小学添校车"))
    assert "ended2&1" in lines[9]
    assert "ended2&0" in lines[6]
