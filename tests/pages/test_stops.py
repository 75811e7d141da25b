from jmtools.pages import split_page
from jmtools.pages.stops import restore_stops

PARAGRAPHS = [
    "北岭大桥今天上午正式通车，两岸居民过江只要十分钟，大桥全长一千二百米，双向六车道，工期三年",
    "通车当天，市公交公司开通两条过江线路，家住河东的王女士说，以后她上班不用再绕路了",
    "大桥管理处说，前三个月货车夜间通行，白天绕行北环路，请司机们留意路牌。",
    "桥头公园也在当天开放，园内种了三百棵银杏，设有步道两千米，老人们很早就来散步",
]


def test_a_page_with_few_open_lines_stays_as_it_is() -> None:
    whole = [text.rstrip("。") + "。" for text in PARAGRAPHS]
    assert restore_stops(["大桥通车", *whole])[0] == ["大桥通车", *whole]


def test_lines_of_text_get_a_stop_where_many_have_none() -> None:
    found = restore_stops(["大桥通车", *PARAGRAPHS])[0]
    assert found == ["大桥通车", *[text.rstrip("。") + "。" for text in PARAGRAPHS]]


def test_a_line_that_goes_on_below_gets_none() -> None:
    broken = "市建设局的工程师们用三年时间查清了河床的地质，为大桥选定了桥址，又请外地的专"
    rest = "家来看过两次，认为合适，才最后定下方案，报请市政府批准后开工，一期工程到年底完成"
    found = restore_stops([*PARAGRAPHS, broken, rest])[0]
    assert found[-2:] == [broken, rest + "。"]


def test_records_keep_what_was_printed() -> None:
    text = "\n".join(["北岭大桥今日通车", *PARAGRAPHS]) + "\n"
    assert [record["text"] for record in split_page(text)] == ["\n".join(PARAGRAPHS)]


def test_a_page_printed_without_any_stop_gets_them_at_the_end_of_its_paragraphs() -> None:
    bare = [text.rstrip("。") for text in PARAGRAPHS]
    assert restore_stops(["大桥通车", *bare])[0] == ["大桥通车", *[text + "。" for text in bare]]


def test_a_printed_page_whose_sentence_goes_on_below_an_advertisement_keeps_it_open() -> None:
    broken = "市建设局的工程师们用三年时间查清了河床的地质，为大桥选定了桥址，又请外地的专"
    rest = "家来看过两次，认为合适，才最后定下方案，报请市政府批准后开工，一期工程到年底完成"
    found = restore_stops([*PARAGRAPHS, broken, "讲文明 树新风 公益广告", rest, "（下转第三版）"])[0]
    assert found[-4:] == [broken, "讲文明 树新风 公益广告", rest + "。", "（下转第三版）"]


def test_a_line_that_ends_in_a_jump_gets_no_stop() -> None:
    jump = "桥头公园也在当天开放，园内种了三百棵银杏，设有步道两千米，老人们很早就来散步，（下转第三版）"
    assert restore_stops([*PARAGRAPHS, jump])[0][-1] == jump
