"""Page furniture of web archives: pagers, tools, links to other articles, paths, counters, notices of the site."""

from __future__ import annotations

import re

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.normalize.rules import Rule

_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
_SIGNS = r"[\s|｜/>＞»›<«‹・·\[\]【】()（）\-—:：]"
_PAGER = (
    rf"第{_NUMBER}[页頁]|(?:本文)?共{_NUMBER}[页頁]|[上下前后後]一?[页頁]|[首尾末][页頁]|"
    "返回(?:顶部|頂部|首页|列表|上一页|页首)?|回到?顶部"
)
_TOOL = (
    "打印(?:本页|此页|本文|此文)?|列印(?:本頁)?|关闭(?:窗口|本页|此页)?|關閉(?:視窗)?|收藏(?:本页|本文)?|加入收藏夹?|"
    "设为首页|我要(?:评论|纠错|分享|投稿)|(?:网友|查看|发表|热门)评论|复制(?:链接|地址)|推荐给?(?:朋友|好友)|我要啦|"
    "举报|纠错|字[号體体][:：]?"
)
_SHARE = (
    "(?:分享|转发|推荐|一键分享)(?:到|至)?[:：]?|(?:新浪|腾讯|网易|搜狐)?微博|微信(?:好友|朋友圈)?|朋友圈|"
    "QQ(?:空间|好友)?|人人网|豆瓣|开心网|更多>*|GO>*|[大中小]|[0-9]{1,3}"
)
_HEAD = (
    "(?:相关|推荐|热门|精彩|编辑|图片)(?:新闻|阅读|链接|推荐|文章|专题|报道)[:：]?|猜你喜欢|往期回顾|网站地图|"
    "联系我们|关于我们|广告服务|法律声明|隐私政策|用户协议"
)
_MORE = (
    "(?:点击|点此|展开|查看|阅读)(?:图片|进入|查看|阅读)?(?:更多|下一页|原文|全文|大图|详情)|"
    "扫[一描]?扫?(?:下方|上方|左侧|右侧)?二维码|扫一扫|(?:版权|著作权)所有|(?:翻版|侵权)必究|"
    "未经(?:授权|许可|允许)[，,]?(?:请勿|不得|禁止)?转载|保留所有权利|All Rights Reserved\\.?"
)
_PIECE = f"{_MORE}|{_HEAD}|{_PAGER}|{_TOOL}|{_SHARE}"  # the longer ones first: none is given back
# A line that is nothing but furniture, at least one piece of it more than a word of the language.
_LINE = LazyPattern(
    r"^(?=[^\n]*(?:页|頁|返回|打印|列印|关闭|關閉|(?:分享|转发)[到至]|我要|链接|(?:网友|查看|发表)评论|(?:相关|推荐)(?:新闻|阅读)|猜你|往期回顾|"
    r"网站地图|关于我们|隐私政策|二维码|扫一扫|加入收藏|设为首页|点击|点此|展开|查看|阅读[更原全]|版权所有|必究|转载|Rights))"
    rf"(?:{_SIGNS}*+(?>{_PIECE}))++{_SIGNS}*$\n?",
    re.MULTILINE,
)
# A line that begins as furniture, whatever follows: the title of another article, a path, a notice.
_REST = (
    r"[ \t]*(?:[上下前后]一(?:篇|条|則|则)[:：][^\n]{0,80}"
    r"|您?(?:现在|目前|当前)的?位置[:：][^\n]{0,80}|(?:所在)?位置[:：][^\n>＞»›]{0,20}[>＞»›][^\n]{0,60}"
    r"|首页[ \t]*[>＞»›→][^\n。，]{1,60}"
    r"|(?:扫[一描]|长按)[^\n。]{0,12}(?:二维码|公众号)[^\n。]{0,20}"
    r"|更多(?:精彩|新闻|资讯|内容)[^\n。]{0,12}(?:请|关注|点击|尽在)[^\n。]{0,20}"
    r"|(?:Copyright|COPYRIGHT|©[ \t]*[0-9]{4}|版权所有[:：])[^\n。]{0,80}"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?:ICP|公网安)[^\n。]{0,40})$\n?"
)
_BEGINS = LazyPattern("^" + _REST, re.MULTILINE)
# The editor of the site, as a line or in brackets behind the text.
_NAMES = "[\u4e00-\u9fffA-Za-z0-9_·、/ \u3000]{1,30}"
_EDITOR = f"(?:责任编辑|责编|本文编辑|网络编辑|實習編輯|責任編輯)[:：]{_NAMES}"
_EDITOR_LINE = LazyPattern(rf"^[ \t\u3000]*[(（\[【]?{_EDITOR}[)）\]】]?[ \t]*$\n?", re.MULTILINE)
_EDITOR_BEHIND = LazyPattern(rf"[(（\[【]{_EDITOR}[)）\]】][ \t]*(?=\n|$)")
# Two pieces or more in a row inside a line; single ones may be words of a sentence.
_RUN = LazyPattern(
    rf"(?:(?:[\[【(（](?:{_PAGER}|{_TOOL})[\]】)）]|{_PAGER}|\[[0-9]{{1,3}}\]|(?<=[ \t\u3000])[0-9]{{1,3}})"
    r"[ \t\u3000|｜]*+){2,}"
)
_SURE = LazyPattern(r"[上下前后後]一?[页頁]|[尾末][页頁]|共[^页頁]{1,3}[页頁]|[\[【(（](?:打印|关闭|返回|列印)")
_RARE = "页頁返打列关關分评复相推一二编編置版收更C©点扫"


def furniture_rules() -> list[Rule]:
    """Return the rules that take page furniture out, lines first."""
    return [
        Rule("page furniture", pattern, replacement, _RARE)
        for pattern, replacement in (
            (_LINE, _nothing),
            (_BEGINS, _nothing),
            (_EDITOR_LINE, _nothing),
            (_EDITOR_BEHIND, _nothing),
            (_RUN, _run),
        )
    ]


def _nothing(_found: re.Match[str]) -> str:
    return ""


def _run(found: re.Match[str]) -> str:
    return "" if _SURE.search(found[0]) else found[0]
