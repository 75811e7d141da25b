from jmtools.pages import SplitOptions, split_page
from jmtools.pages.articles import page_digest

BRACKETS = """【标题】渡口添新船
【作者】本报记者 陈小舟
【日期】2011-06-08
【版面】B03 民生
【正文】
本报讯 白沙渡口昨天添了一艘新船，一次可渡六十人。
两岸学生不用再绕山路。
【标题】山货节开幕
【作者】李大川；王芳
【日期】2011-06-09
【版面】B04
【正文】第三届山货节昨天在城西广场开幕。
"""
COLONS = """報紙名稱：白沙日報
出版日期：1998年3月5日
版次：4
標題：渡口添新船
副標題：學生不用繞山路
關鍵詞：渡口；船
白沙渡口昨天添了一艘新船，一次可渡六十人。
"""


def test_labels_in_brackets_give_headline_authors_date_and_page() -> None:
    first, second = split_page(BRACKETS)
    assert (first["headline"], first["authors"]) == ("渡口添新船", [{"name": "陈小舟", "role": "记者"}])
    assert (first["date"], first["page"], first["page_name"]) == ("2011-06-08", "B03", "民生")
    assert first["text"] == "本报讯 白沙渡口昨天添了一艘新船，一次可渡六十人。\n两岸学生不用再绕山路。"
    assert [author["name"] for author in second["authors"]] == ["李大川", "王芳"]
    assert (second["date"], second["page"], second["text"]) == ("2011-06-09", "B04", "第三届山货节昨天在城西广场开幕。")


def test_an_article_begins_at_its_first_label_whatever_that_is() -> None:
    (record,) = split_page(COLONS)
    assert (record["line_start"], record["char_start"]) == (1, 0)
    assert record["headline"] == "渡口添新船 學生不用繞山路"
    assert (record["newspaper"], record["date"], record["page"]) == ("白沙日報", "1998-03-05", "4")
    assert record["marks"] == ["關鍵詞：渡口；船"]
    assert record["text"] == "白沙渡口昨天添了一艘新船，一次可渡六十人。"


def test_a_page_of_a_paper_that_names_a_time_and_a_place_has_no_labels() -> None:
    page = "法律讲座\n时间：6月8日上午\n地点：市图书馆\n来源：市司法局\n本报讯 讲座不收门票，可以带孩子来听。\n"
    assert [record["headline"] for record in split_page(page)] == ["法律讲座"]
    assert split_page(page)[0]["date"] is None


def test_what_a_web_page_has_around_its_articles_is_no_text() -> None:
    page = (
        "渡口添新船\n2011-06-08 09:30 来源：白沙网 作者：陈小舟 责任编辑：王芳\n　　白沙渡口昨天添了一艘新船。\n"
        "[打印] [关闭窗口]\n上一篇：山货节开幕\n山货节开幕\n2011-06-08 10:00 来源：白沙网\n　　第三届山货节昨天开幕。\n"
    )
    first, second = split_page(page)
    assert (first["text"], first["authors"]) == ("白沙渡口昨天添了一艘新船。", [{"name": "陈小舟", "role": "作者"}])
    assert first["marks"] == ["[打印] [关闭窗口]", "上一篇：山货节开幕"]
    assert (second["headline"], second["text"]) == ("山货节开幕", "第三届山货节昨天开幕。")


def test_an_article_of_which_only_a_headline_was_found_says_so() -> None:
    first, second = split_page("【标题】渡口添新船\n【作者】陈小舟\n【日期】2011-06-08\n" + BRACKETS)[:2]
    assert (first["headline"], first["text"], first["flags"]) == ("渡口添新船", "", ["no_text"])
    assert "no_text" not in second["flags"]


def test_a_border_that_a_person_decided_counts_more_than_a_label() -> None:
    decided = {page_digest(BRACKETS).hex(): {8: False}}
    (record,) = split_page(BRACKETS, options=SplitOptions(borders=decided))
    assert (record["headline"], record["line_end"]) == ("渡口添新船", 12)
