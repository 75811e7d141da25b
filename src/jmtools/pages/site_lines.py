"""Lines that a paper's web site puts around its articles, where a page was copied from it or printed by a browser."""

import re
from collections.abc import Sequence
from itertools import pairwise

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.credits import WEB_TIME
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import short_and_open

_HEAD = 8  # lines that may be head of the page
_LONGEST = 120  # characters of a line that names date, page and author
_FEWEST_PARTS = 2  # of such a line
_TITLE_LEAST, _TITLE_MOST = 4, 48  # characters
_BLANK = compile_pattern("[ 　|｜\t\xa0]").search
_NEAR = 4  # lines below a title within which the line of its date stands
_FEWEST = 3  # titles of a list; two below a line such as 标题导航
_CREDIT, _HEADING = frozenset("BN"), STARTS | {"h"}
_AROUND_ROLES, _AT_HEAD = frozenset("Nn"), frozenset("NFf")
_FURTHER_TITLE = frozenset("h")
_LIST, _FURTHER = frozenset("D"), frozenset("d")

# What a web page has around its articles, where it was copied into a text.
_META = LazyPattern(
    rf"(?:(?:发布|發佈|更新)?(?:时间|時間|日期)?[：:]?\s*)?{WEB_TIME}"
    r"(?:[来來]源|稿源|作者|记者|記者|编辑|編輯|责编|责任编辑|責任編輯|字号|浏览|点击|阅读)"
    r"[：:].{0,60}"
)
_PART = LazyPattern(
    r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[（(]?(?:星期|周|週|礼拜)[一二三四五六日天][）)]?"
    r"|(?P<page>第?[A-Z]{0,2}[0-9]{1,3}[版页頁面](?:[：:][一-龥·/]{2,10})?|第[一二三四五六七八九十]{1,3}版(?:[：:][一-龥·/]{2,10})?|[一-龥]{2,4}版)"
    r"|[一-龥]{2,10}(?:[报報]|[网網])|(?:发布|發佈|出版|更新)?(?:日期|时间|時間)[：:].*"
    r"|(?P<who>(?:作者|记者|記者|[来來]源|稿源|编辑|編輯|责编|责任编辑|責任編輯)[：:].*)|(?:版次|版面|版名|[阅閱][读讀]|浏览|点击|字号|评论)[：:].*"
)
_AROUND = LazyPattern(
    r"(?:[\[【（(<《«]*\s*(?:打印|列印|关闭|關閉|关闭窗口|收藏|分享|我要评论|我要纠错|返回(?:首页|列表|顶部|目录|本版|上一页)?|回到顶部|首页|字号|字體|放大|缩小"
    r"|默认|朗读|复制链接|查看大图|往期(?:回顾|查询|报纸)|[上下]一?[篇条則则页頁版期]|(?:标题|版面|版次)(?:导航|概览|目录|列表)|本版(?:标题|导读|目录|新闻)|数字报(?:首页)?|(?:高清)?PDF(?:下载|版)?|手机版|电子报)"
    r"\s*[\]】）)>》»]*[\s|｜]*)+"
    r"|[\[【（(]?[上下][一1]?[篇条則则页頁][：:].{0,60}|(?:版权|版權|免责|免責)[声聲]明[：:].{0,200}|(?:相关|相關)(?:新闻|新聞|阅读|閱讀|链接|鏈接)[：:]?"
)
_OWNER = LazyPattern(
    r"(?=.*(?:版[权權]所有|[备備]案[号號]|ICP[备備]|未[经經].{0,6}[授许許][权權可]|不得[转轉][载載]))[^。]{4,90}。?"
)
# Head and foot of a page that a browser printed.
_PRINTED = re.compile(
    r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4},? [0-9]{1,2}:[0-9]{2}(?: ?[AP]M)?(?: .{0,60})?"
    r"|(?:https?|file)://\S+(?: +[0-9]{1,3}/[0-9]{1,3})?"
).fullmatch
_AROUND_FIRST = frozenset("[【（(<《«打列关關收分我返回首字放缩默朗复查往上下标版本数高手电免相P")
_PRINTED_FIRST = frozenset("0123456789hf")
_FIRSTS = _AROUND_FIRST | _PRINTED_FIRST
_NAMED = compile_pattern("[：:版页頁面]").search  # a line of date, page and author has one of these
_OWNER_MOST = 96  # characters
# `_OWNER` needs one of them.
_OWNED_WORDS = ("权所有", "權所有", "案号", "案號", "ICP", "未经", "未經", "不得转", "不得轉")
_OWNED = compile_pattern("所有|案[号號]|ICP|[授许許][权權可]|不得").search
_LIST_HEAD = LazyPattern(r"[【\[]?(?:(?:标题|版面)(?:导航|目录|列表)|本版(?:标题|目录|新闻))[】\]]?[：:]?")


def roles_by_site(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles that some lines, by index, may have: what a site puts around articles, and lists of titles.

    A line of date, page and author stands below a headline. Titles in a row that all come again below, with such a
    line, are a list.

    >>> page = ["标题导航", "单车乱停", "老伴走了", "单车乱停", "2024年03月15日 A04版：民生 作者：李小明", "昨天有雨。"]
    >>> page += ["下一篇：老伴走了", "老伴走了", "2024年03月15日 A04版：民生", "今天也有。", "江城日报 版权所有"]
    >>> {i: "".join(sorted(roles)) for i, roles in sorted(roles_by_site(page).items())}
    {0: 'D', 1: 'd', 2: 'd', 3: 'ADFHJT', 4: 'BN', 6: 'FNf', 7: 'ADFHJT', 8: 'BN', 10: 'Nn'}
    """
    found = _lists(texts)
    page = "\n".join(texts)
    owned = any(word in page for word in _OWNED_WORDS)
    for i, text in enumerate(texts):
        if len(text) <= _LONGEST and _NAMED(text) and is_meta(text):
            found[i] = _CREDIT
            if i and short_and_open(texts[i - 1], _TITLE_MOST):
                found.setdefault(i - 1, _FURTHER_TITLE if found.get(i - 2) == STARTS else _HEADING)
        elif (text[0] in _FIRSTS or (owned and len(text) <= _OWNER_MOST)) and _is_around(text):
            found.setdefault(i, _AT_HEAD if i < _HEAD else _AROUND_ROLES)
    return found


def _is_around(text: str) -> bool:
    """Say whether a line is a link, an address or a note of the site."""
    if text[0] in _AROUND_FIRST and _AROUND.fullmatch(text):
        return True
    if text[0] in _PRINTED_FIRST and _PRINTED(text):
        return True
    return len(text) <= _OWNER_MOST and _OWNED(text) is not None and _OWNER.fullmatch(text) is not None


def is_meta(text: str) -> bool:
    """Say whether a line names nothing but date, page, source and author of an article.

    >>> is_meta("2024年03月15日 A04版：民生 作者：李小明"), is_meta("江城日报 2024年03月15日")
    (True, False)
    >>> is_meta("来源：江城晚报 2024-03-15 08:15 责任编辑：王芳"), is_meta("昨天 作者：李小明")
    (True, False)
    """
    if len(text) > _LONGEST or not text[:1].isalnum():
        return False
    if ("19" in text or "20" in text) and _META.fullmatch(text):
        return True
    if not _BLANK(text):
        return False
    parts = [_PART.fullmatch(part) for part in text.replace("|", " ").replace("｜", " ").split()]
    named = [part for part in parts if part is not None]
    if len(named) < len(parts) or len(parts) < _FEWEST_PARTS:
        return False
    dated_page = text[:1].isdigit() and any(part["page"] is not None for part in named)
    return dated_page or any(part["who"] is not None for part in named)


def _lists(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the roles of titles in a row that all come again below, as a table of contents has them, and of those."""
    found: dict[int, frozenset[str]] = {}
    last = {text: i for i, text in enumerate(texts)}
    if len(last) == len(texts):  # nothing comes again
        return found
    begin = 0
    while begin < len(texts):
        end = begin
        while end < len(texts) and last[texts[end]] > end and _is_title(texts[end]):
            end += 1
        again = [last[text] for text in texts[begin:end]]
        headed = begin > 0 and _LIST_HEAD.fullmatch(texts[begin - 1]) is not None
        apart = all(later > before + 1 for before, later in pairwise(again))
        # Without such lines they may be the headings of one long document.
        dated = sum(any(map(is_meta, texts[later + 1 : later + _NEAR])) for later in again)
        if end - begin >= (_FEWEST - headed) and again[0] >= end and apart and (headed or 2 * dated >= len(again)):
            top = begin - headed
            found |= {i: _FURTHER if i > top else _LIST for i in range(top, end)}
            found |= dict.fromkeys(again, STARTS)
        begin = max(end, begin + 1)
    return found


def _is_title(text: str) -> bool:
    return len(text) >= _TITLE_LEAST and short_and_open(text, _TITLE_MOST)
