"""What may be a keyword, and what may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jmtools.keywords.candidates import find_candidates, lay_out
from jmtools.keywords.choice import choose
from jmtools.keywords.extract import KeywordExtractor, keywords
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.tags import START, tag_class, word_role
from jmtools.words.reader import SegmentOptions
from tests.conftest import run_jmtools


def candidates(text: str) -> set[str]:
    extractor = KeywordExtractor(KeywordOptions())
    flat, lengths, headlines = extractor.read([{"text": text}])
    vocabulary = extractor.ranker.vocabulary
    found = find_candidates(lay_out(vocabulary.ids(flat), lengths, headlines, vocabulary), vocabulary)
    places = zip(found.first.tolist(), found.words.tolist(), strict=True)
    return {"".join(flat[first : first + words]) for first, words in places}


@pytest.mark.parametrize(
    ("text", "right", "fragments"),
    [
        ("手机套餐30元包月，50.5元包月的也有。", {"手机套餐"}, {"元包月"}),
        ("渔船事故39起，渔港病害7例。", {"渔船事故"}, {"渔船事故39", "渔港病害7"}),
        ("他说：“我不同意。”又说“双减”。", {"双减"}, {"我不同意。"}),
        ("列车9时45分到达东湖站，12分到达南岭站。", {"列车"}, {"分到达", "分到达东湖站"}),
        ("同学们从市教育局借来场地。", {"教育局"}, {"从市", "从市教育局", "教育局借来场地从"}),
        ("他们向市民政局申请，对市财政局负责。", {"民政局", "财政局"}, {"向市", "向市民政局", "对市财政局"}),
        ("学生比较C语言和C程序。", {"C语言", "C程序"}, {"和C程序", "C语言和C程序"}),
        ("展览26日至30日开放，画展于8月3日至9日举行。", {"展览", "画展"}, {"26日至", "日至", "至9"}),
        ("东湖渔业(0815.HK)昨天下午公告，上周日渔船停航。", {"东湖渔业"}, {"0815.HK", "昨天下午", "上周日"}),
        ("菊川7系轿车和菊川9系轿车，笑话15则。", {"轿车"}, {"菊川7", "菊川9", "笑话15"}),
        ("棋队解散了，数据显示46家渔场减产。", {"棋队", "减产"}, {"棋队解散", "数据显示"}),
        ("演员玛丽娜·约翰逊来东湖，玛丽娜·约翰逊唱歌。", {"玛丽娜·约翰逊"}, {"玛丽娜", "约翰逊"}),
        ("前锋里瓦尔多尼奇进球，里瓦尔多尼奇受伤。", {"前锋", "里瓦尔多尼奇"}, {"里瓦尔多", "前锋里瓦尔多", "尼奇"}),
        ("主教练塞巴斯蒂亚诺夫来东湖。", {"主教练"}, {"塞巴斯蒂", "主教练塞巴斯蒂", "亚诺夫", "亚诺夫来东湖"}),
        ("总理玛尔塔·凯恩-布罗克来东湖。", {"东湖"}, {"总理玛", "尔塔·凯恩", "玛尔塔·凯恩", "布罗克", "总理玛尔塔"}),
        ("两国合作良好，三省联防渔病。", {"合作"}, {"国合作", "国合作良好", "省联防"}),
        ("G123次列车晚点，CA456次航班停飞。", {"晚点", "G123次列车"}, {"次列车", "次列车晚点", "次航班停飞"}),
        ("版式 何小满 校对 舒望\n渔民出海。", {"渔民"}, {"何小满", "舒望"}),
        ("队员们休息，渔民们回家。", {"渔民"}, {"队员们", "渔民们"}),
        ("每加仑油价上涨，两市股票下跌。", {"油价"}, {"每加仑", "两市"}),
        ("近些年来渔业兴旺，东湖渔业好。", {"渔业"}, {"近些年来"}),
        ("吸烟会伤肺，喝酒会伤肺，熬夜会伤肺。", {"熬夜"}, {"会伤"}),
        ("今天上午渔船靠岸，今年夏天渔业兴旺。", {"渔船", "渔业"}, {"今天上午", "今年夏天"}),
        ("牛先生出海，牛先生捕鱼，牛先生回港。", {"出海"}, {"牛先生"}),
        ("八成的人喜欢开渔船。", {"渔船"}, {"人喜欢开", "人喜欢开渔船"}),
        ("渔获超三千吨，人民币兑美元上涨。", {"人民币"}, {"渔获超", "人民币兑"}),
        ("本赛季东湖队夺冠，外电报道了渔业。", {"渔业"}, {"本赛季", "外电报道"}),
        ("其中14家公司提价，17家公司减产。", {"减产"}, {"家公司"}),
        ("孩子每天八杯水。", {"孩子"}, {"杯水"}),
        ("第1页：爱跑的人第2页：爱走的人第3页：爱睡的人第4页", set(), {"人第"}),
        ("青山公园10号楼改造，新建3000吨级码头。", {"10号楼改造", "3000吨级码头"}, {"号楼", "号楼改造", "吨级码头"}),
    ],
)
def test_no_candidate_is_a_fragment(text: str, right: set[str], fragments: set[str]) -> None:
    found = candidates(text)
    assert right <= found
    assert not fragments & found


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "本报讯（记者 周青禾 通讯员/林夏雨）东湖开渔。",
            {"东湖"},
            {"周青禾", "林夏雨", "青禾", "夏雨", "本报讯", "通讯员"},
        ),
        ("新华社上海7月4日电（记者林夏雨、周青禾）台风登陆。", {"台风"}, {"新华社", "上海", "林夏雨", "周青禾"}),
        ("东湖日报记者林夏雨\n渔民出海。", {"渔民"}, {"林夏雨", "日报", "东湖日报"}),
        ("红网5月9日消息：渔民出海。", {"渔民"}, {"红网"}),
        ("据《东湖晚报》网站报道，渔民出海。", {"渔民"}, {"东湖晚报", "网站"}),
        ("据有关媒体报道，渔民出海。", {"渔民"}, {"媒体报道"}),
        ("本报讯（林夏雨 本报记者 周青禾）渔民出海。", {"渔民"}, {"林夏雨", "周青禾"}),
        ("新华网江门[图库]4月28日专电（林夏雨、周青禾）渔民出海。", {"渔民"}, {"林夏雨", "周青禾", "江门"}),
        ("【海狮IT消息】渔民出海，养海狮的也来了。", {"渔民", "海狮"}, {"IT"}),
        ("晚报讯 渔民出海。", {"渔民"}, {"晚报讯"}),
        ("渔港7月4日电\n林夏雨、周青禾报道：渔民出海。", {"渔民"}, {"林夏雨", "周青禾"}),
        ("渔民出海。周青禾摄", {"渔民"}, {"周青禾"}),
        ("贺新年（附图片４张）", {"贺新年"}, {"附图片", "图片"}),
        ("蒲公英（外一首）", {"蒲公英"}, {"外一首"}),
        ("渔船（报价;图片）上市，东湖股份（行情,论坛）上涨。", {"渔船"}, {"报价", "图片", "行情", "论坛"}),
        ("他在（东湖）写生，画（水彩画和剪纸）。", {"水彩画", "剪纸"}, set()),
        ("红网5月9日讯 渔民出海。", {"渔民"}, {"红网"}),
    ],
)
def test_credits_and_datelines_are_no_candidates(text: str, right: set[str], wrong: set[str]) -> None:
    found = candidates(text)
    assert right <= found
    assert not wrong & found


def test_a_reporter_who_is_the_news_stays() -> None:
    assert "周青禾" in candidates("记者周青禾获奖。周青禾在上海领奖。")
    assert "新华社" in candidates("渔民走进新华社，参观新华社。")


def test_function_words_begin_no_term_and_surnames_may() -> None:
    for word, tag in (("从", "nr"), ("和", "nr"), ("至", "p"), ("的", "uj"), ("本报记者", "n"), ("本报讯", "n")):
        for stop in (True, False):
            assert word_role(word, tag_class(word, tag), stop=stop) == 0, word
    assert word_role("周", tag_class("周", "nr"), stop=True) & START
    assert word_role("于文青", tag_class("于文青", "x"), stop=False, listed=False) & START


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("我市负责人介绍有关情况，工作人员参加活动。", {"我市", "负责人", "情况", "工作人员", "活动", "介绍"}),
        ("从即日起，这场比赛没什么悬念。", {"从即日起", "这场", "这场比赛", "没什么", "没什么悬念"}),
        ("她喝了一大杯水，花了两块钱。", {"一大", "一大杯水", "两块钱"}),
        ("女人们喜欢东湖。", {"女人们"}),
        ("比方说，东湖请以电话预约，热线记者照片。", {"比方说", "请以", "请以电话", "热线记者", "热线记者照片"}),
        ("他看World Cup，用Premium卡。", {"World", "Cup"}),
    ],
)
def test_words_that_say_nothing_are_no_candidates(text: str, light: set[str]) -> None:
    assert not light & candidates(text)


def test_light_words_may_be_part_of_a_term() -> None:
    assert {"产品质量", "产品质量标准"} & candidates("严查产品质量标准。")


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("【来源：东湖晚报】【作者：小小蜻蜓】渔民出海。", {"东湖晚报", "作者：小小蜻蜓", "小小蜻蜓", "蜻蜓"}),
        ("【东湖网讯】渔民出海。", {"东湖网讯", "东湖网"}),
        ("渔民出海。（责任编辑：林夏雨）", {"林夏雨", "责任编辑"}),
    ],
)
def test_sources_and_authors_are_no_candidates(text: str, credit: set[str]) -> None:
    found = candidates(text)
    assert "渔民" in found
    assert not credit & found


LISTED = ("人", "IT", "C++", "A/B测试", "“双减”", "OpenAI", "Open AI", "基金", "医保基金", "the", "5G-A")
TEXT = "人人都说OPENAI的A/B测试和C++有用。人在那里，it很好。医保基金的基金。“双减”政策。the end。open ai与5g-a。"


@pytest.mark.parametrize("method", ["default", "tfidf"])
def test_listed_terms_are_obeyed_and_printed_as_listed(method: str) -> None:
    segment = SegmentOptions(fold_case=True, words=LISTED)
    options = KeywordOptions(method=method, terms=LISTED, top=30, segment=segment)
    [record] = keywords([{"text": TEXT}], options)
    found = {keyword["term"]: keyword["tf"] for keyword in record["keywords"]}
    assert set(found) == set(LISTED)
    assert found["人"] == 3
    assert found["基金"] == 1


def test_the_command_takes_terms_as_they_are_listed(tmp_path: Path) -> None:
    listed = tmp_path / "terms.txt"
    listed.write_text("# watch\nC++\n人\nAI\n", "utf-8")
    run = run_jmtools("keywords", "--terms", listed, stdin='{"text":"老师教c++，人人学ai。"}\n'.encode())
    assert (run.returncode, run.stderr) == (0, b"")
    assert {k["term"] for k in json.loads(run.stdout)["keywords"]} == {"C++", "人", "AI"}


def test_twins_by_choice() -> None:
    rows = [RankedTerm(-3.0, "薪资", 4, 0, 1), RankedTerm(-2.0, "薪资待遇", 4, 1, 2), RankedTerm(-1.0, "招聘", 2, 2, 1)]
    assert [row.term for row in choose(rows, 3, nested="none")] == ["薪资待遇", "招聘"]  # 薪资 never stands alone
    assert [row.term for row in choose(rows, 3, nested="all")] == ["薪资", "薪资待遇", "招聘"]
    rows.append(RankedTerm(-0.5, "待遇", 4, 3, 1))
    rows[0] = RankedTerm(-3.0, "薪资", 9, 0, 1)
    assert [row.term for row in choose(rows, 3, nested="none")] == ["薪资", "招聘"]


def test_nouns_without_a_subject_of_their_own_are_no_keyword_by_themselves() -> None:
    found = candidates("这家公司的订票系统和社会责任，一名女子说，去年同期没有。第一季度，主席来过，热点不少。")
    assert not {"公司", "系统", "社会", "女子", "去年同期", "第一季度", "主席", "热点"} & found
    loose = candidates("看起来空中很热闹，拒绝充满着担心，目的地合格，直接注意到前期。")
    assert not {"看起来", "空中", "热闹", "拒绝", "充满", "担心", "目的地", "合格", "直接", "注意", "前期"} & loose
    assert {"订票系统", "社会责任"} <= found


def test_what_stands_once_and_reads_like_a_piece_of_a_sentence_stands_low() -> None:
    texts = {
        "渔船搁浅，断送了前程，岸上有漂亮衣裳。": ("断送", "漂亮衣裳"),
        "东湖渔业获得成功，渔船靠岸。": ("渔业获得成功",),
        "渔船训练检查，五只渔船靠岸。": ("训练检查",),
    }
    extractor = KeywordExtractor(KeywordOptions(top=99, explain=True, nested="all"))
    for text, loose in texts.items():
        [fields] = extractor.apply([{"text": text}])
        form = {keyword["term"]: keyword["factors"]["form"] for keyword in fields["keywords"]}
        for term in loose:
            assert form[term] < 0.25, term
        assert form["渔船"] == 1


def ranked(*rows: tuple[str, float, int]) -> list[RankedTerm]:
    return [RankedTerm(-score, term, tf, number, 1) for number, (term, score, tf) in enumerate(rows)]


def test_the_first_three_are_not_inside_one_another() -> None:
    rows = ranked(("薪资", 1.0, 9), ("薪资待遇", 0.9, 4), ("招聘", 0.6, 2), ("渔业", 0.5, 2), ("东湖", 0.4, 2))
    found = [(row.term, row.order, round(row.weight, 6)) for row in choose(rows, 4)]
    # 0.9 × 0.75 is more than 0.4, but a score is no higher than those before it.
    assert found == [("薪资", -1.0, 1), ("招聘", -0.6, 1), ("渔业", -0.5, 1), ("薪资待遇", -0.5, 0.555556)]
    assert [row.term for row in choose(rows[:2], 9)] == ["薪资", "薪资待遇"]
    assert [row.term for row in choose(rows, 3, first=0)] == ["薪资", "薪资待遇", "招聘"]
    faint = ranked(("薪资", 1.0, 9), ("薪资待遇", 0.9, 4), ("招聘", 0.01, 2))
    assert [row.term for row in choose(faint, 3)] == ["薪资", "薪资待遇", "招聘"]  # 0.9 × 0.02 is more than 0.01


def test_papers_and_rare_verbs_are_not_among_the_first_three_if_others_are_nearly_as_good() -> None:
    text = "东湖日报报道了渔民，渔民又登上东湖日报。渔船清点完毕，海带、海藻和海参运进码头，海带、海藻和海参一早卖完。"
    [fields] = keywords([{"text": text}], KeywordOptions(top=40, explain=True))
    weights = {keyword["term"]: keyword["factors"].get("choice", 1) for keyword in fields["keywords"]}
    assert not {"东湖日报", "清点"} & set(list(weights)[:3])


def test_wide_words_are_not_among_the_first_three_if_others_are_nearly_as_good() -> None:
    rows = ranked(("中国", 1.0, 9), ("薪资", 0.8, 4), ("招聘", 0.6, 2), ("渔业", 0.4, 2), ("东湖", 0.2, 2))
    found = [(row.term, row.order, round(row.weight, 6)) for row in choose(rows, 4)]
    assert found == [("薪资", -0.8, 1), ("招聘", -0.6, 1), ("渔业", -0.4, 1), ("中国", -0.4, 0.4)]
    assert [row.term for row in choose(ranked(("孩子", 1.0, 9), ("薪资", 0.1, 4)), 2)] == ["孩子", "薪资"]


def test_a_word_that_only_stands_at_the_end_of_one_longer_term_waits() -> None:
    text = "东湖公开赛开幕，渔民都看东湖公开赛。渔民说，东湖公开赛好，渔民爱看。"
    [fields] = keywords([{"text": text}], KeywordOptions(top=3))
    first = [keyword["term"] for keyword in fields["keywords"]]
    assert "公开赛" not in first
    [fields] = keywords([{"text": text + "公开赛散场。"}], KeywordOptions(top=3, nested="all"))
    assert "公开赛" in [keyword["term"] for keyword in fields["keywords"]]


def test_terms_that_overlap_in_the_text_wait() -> None:
    rows = ranked(("过度竞争", 1.0, 2), ("产业过度", 0.9, 2), ("煤炭", 0.6, 2))
    assert [row.term for row in choose(rows, 3, text=lambda: "煤炭产业过度竞争")] == ["过度竞争", "煤炭", "产业过度"]
    assert [row.term for row in choose(rows, 3, text=lambda: "过度竞争；产业过度")] == ["过度竞争", "产业过度", "煤炭"]
    assert [row.term for row in choose(rows, 3)] == ["过度竞争", "产业过度", "煤炭"]


def test_a_term_that_never_stands_without_one_more_character_gives_way() -> None:
    terms = []
    for text in (
        "商业保险贵，渔民买商业保险柜。",
        "庆功晚宴厅在东湖，庆功晚宴厅的路好走。",
    ):
        [fields] = keywords([{"text": text}], KeywordOptions(top=99))
        terms.append({keyword["term"] for keyword in fields["keywords"]})
    assert "商业保险" in terms[0]  # it also stands without 柜
    assert "庆功晚宴厅" in terms[1]
    assert "庆功晚宴" not in terms[1]


def test_latin_words_in_a_row_are_one_term() -> None:
    found = candidates("他看World Cup，用Premium卡。")
    assert {"World Cup", "Premium"} <= found


@pytest.mark.parametrize("method", ["default", "tfidf", "textrank", "positionrank", "yake"])
def test_no_method_takes_a_date_an_address_or_a_number(method: str) -> None:
    text = (
        "渔船5月19日9:45出海，捕鱼23,876斤，见www.yu.example.cn和&nbsp;，增3.5％。渔船2024年5月19日返航，５·１２渔船节。"
        * 2
    )
    extractor = KeywordExtractor(KeywordOptions(method=method, top=20))
    terms = [row["term"] for row in extractor.apply([{"text": text}])[0]["keywords"]]
    assert "渔船" in terms
    assert not [term for term in terms if any(char.isdigit() for char in term) or "example" in term or "nbsp" in term]
