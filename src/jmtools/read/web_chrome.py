"""What stands on a web page around an article: navigation, sharing, rankings, comments, registration."""

from __future__ import annotations

import re

# Words in the class or id of an element that name such a part; `article-share` is one, `sharenews` is none.
_NAMES = frozenset(
    [
        *(
            "nav",
            "navbar",
            "navigation",
            "menu",
            "crumb",
            "crumbs",
            "breadcrumb",
            "breadcrumbs",
            "location",
            "position",
        ),
        *("share", "sharebar", "bdsharebuttonbox", "social", "weixin", "wechat", "weibo", "qrcode", "ewm", "toolbar"),
        *("rank", "ranking", "ranklist", "hot", "hotnews", "hits", "related", "relate", "recommend", "tuijian", "xgxw"),
        *("comment", "comments", "cmt", "pinglun", "reply", "login", "register", "sidebar", "aside", "search"),
        *("foot", "footer", "copyright", "beian", "banner", "pager", "pagination", "prevnext", "advert", "gotop"),
    ]
)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_STARTS = (
    r"分享(?:到|至|本文)?(?:[：:]|$)|分享到|[扫掃]一[扫掃]|[用请]?微信扫|长按(?:识别)?二维码|关注(?:我们|微信|公众号)",
    r"(?:当前|您的|您现在的|目前)?位置\s*[：:]|您(?:现在)?(?:的位置|所在|在)|首[页頁]\s*(?:[>＞|｜/»›→-]|$)",
    r"(?:【)?(?:打印|列印|关闭|收藏|纠错|返回|我要(?:评论|留言|纠错)|字号|字體|字体|复制链接|点赞|收听|朗读)(?:[】：:\s]|本文|本[页稿]|$)",
    r"(?:上|下|前|后|後)一(?:篇|版|条|條|页|頁)\s*(?:[：:]|$)|返回(?:目录|首页|顶部|列表)|[回返]顶部",
    r"(?:相关|相關|推荐|推薦|热点|熱門|热门|精彩|今日|延伸|更多)(?:阅读|閱讀|新闻|新聞|推荐|推薦|排行|文章|链接|連結|专题|稿件)\s*[：:]?$",
    r"(?:点击|點擊|阅读|閱讀|新闻|新聞|评论|評論|周|週|月|日|24小时|48小时)(?:排行|榜|量)(?:榜)?\s*[：:]?(?:\s|$|[0-9])",
    r"(?:登[录錄入陆]|注[册冊]|註冊)(?:\s*[|｜/]?\s*(?:登[录錄入]|注[册冊]|註冊)|后(?:发表|评论|可)|後|$)|立即(?:登录|注册|下载)",
    r"(?:版权|版權)所有|[Cc]opyright|©|[京沪津渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼澜][^\s]{0,4}(?:ICP|公网安备)|.{0,8}ICP[备证備證]"
    r"|.{0,10}公网安备|(?:互联网|網路|网络)?(?:违法|不良)[^。]{0,12}举报|(?:增值电信|信息网络传播|互联网新闻信息服务)[^。]{0,12}许可证",
    r"(?:打开|下载|安装)(?:[^。]{0,8}(?:APP|App|app|客户端))|(?:本文)?(?:阅读|浏览|点击)(?:次数|数|量)?[：:]\s*[0-9]",
)
_LINE = re.compile("|".join(f"(?:{start})" for start in _STARTS))
_COMMENTS = re.compile(
    r"(?:网友|網友|最新|热门|精彩|全部|读者|讀者|文明)?(?:评论|評論|留言|跟帖)(?:列表|区|區)?\s*[（(：:]?[0-9]*[)）条條]?$"
)
_LONGEST = 60  # characters of a line that can be one of these
_TAIL = re.compile(
    r"(?:[\s　|｜【（(\[]*(?:字号|字體|字体|大小|打印|列印|收藏|分享|纠错|评论|点击|浏览|阅读|我要评论)[^。]*)$"
)
_STAMP = re.compile(
    r"(?:(?:发布|發布|发表|更新|发稿|时间|時間|日期)+\s*[：:]?\s*)?"
    r"(?:19|20)[0-9]{2}\s*[-/年.]\s*[01]?[0-9]\s*[-/月.]\s*[0-3]?[0-9]日?(?:\s*(?:星期|周|週)[一二三四五六日天])?"
    r"(?:\s*[0-2]?[0-9][:：时時][0-9]{2}(?:[:：分][0-9]{2})?[分秒]?)?"
)
_CREDIT = re.compile(r"(?:稿件|信息|文章|新闻)?[来來]源\s*[：:]|作者\s*[：:]|[记記]者\s*[：:]|通[讯訊][员員]\s*[：:]")


def names_chrome(attributes: dict[str, str]) -> bool:
    """Tell whether the class or the id of an element names a part that is no article.

    >>> names_chrome({"class": "article-share clearfix"}), names_chrome({"id": "hotspring"})
    (True, False)
    """
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if not named.strip():
        return False
    whole = set(re.split(r"[\s_-]+", named.lower()))
    return not _NAMES.isdisjoint(whole | {word.lower() for word in _WORD.findall(named)})


def is_chrome(text: str) -> bool:
    """Tell whether a line is none of an article's, by how it begins.

    >>> is_chrome("分享到：微信 微博"), is_chrome("澜ICP备05001234号"), is_chrome("首页栏目改版")
    (True, True, False)
    """
    return len(text) <= _LONGEST and _LINE.match(text) is not None


def begins_comments(text: str) -> bool:
    """Tell whether a line is the heading of what readers have written.

    >>> begins_comments("网友评论（12）"), begins_comments("评论员文章")
    (True, False)
    """
    return len(text) <= _LONGEST and _COMMENTS.match(text) is not None


def credit_of(text: str) -> str | None:
    """Return what a line with time, source and author says of source and author; None where it is no such line.

    >>> credit_of("2024-03-11 09:30 来源：澜江日报 作者：陈望山 字号：大 中 小"), credit_of("2024年3月11日 星期一")
    ('来源：澜江日报 作者：陈望山', '')
    >>> credit_of("2019年5月1日动工的大桥合龙") is None, credit_of("来源：澜江日报")
    (True, '来源：澜江日报')
    """
    if len(text) > 2 * _LONGEST:
        return None
    rest = _STAMP.sub(" ", _TAIL.sub("", text), count=1)
    credit = _CREDIT.search(rest)
    if credit is None:
        return "" if not rest.strip(" 　|｜【】[]（）()") and _STAMP.search(text) else None
    if rest[: credit.start()].strip(" 　|｜【】[]（）()"):
        return None
    return " ".join(rest[credit.start() :].replace("|", " ").replace("｜", " ").split())
