"""Residue of web pages that no reader of the paper saw: entities, tags, addresses, names of images, page furniture."""

from __future__ import annotations

import re

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.normalize.rules import Rule
from jmtools.words.entities import ENTITY, decode_entity
from jmtools.words.protected import ADDRESS, TAG

RESIDUE = ("decode", "strip", "keep")
_BLOCK = LazyPattern(r"</?(?i:p|br|div|tr|table|li|ul|ol|h[1-6]|hr|title|center|blockquote)\b")
_IMAGE = LazyPattern(r"(?<![A-Za-z0-9_./-])[A-Za-z0-9_./-]{1,80}\.(?i:jpe?g|png|gif|bmp|webp)(?![A-Za-z0-9])")
_FURNITURE_WORDS = (
    r"第[0-9一二三四五六七八九十]{1,3}页|共[0-9一二三四五六七八九十]{1,3}页|[上下前后]一?页|首页|尾页|末页|返回(?:顶部|首页|列表)?|回到顶部|打印(?:本页|此页)?|"
    r"关闭(?:窗口|本页)|收藏(?:本页)?|分享到?[:：]?|我要评论|网友评论|查看评论|复制(?:链接|地址)|字[号體体][:：]?|[【\[]?[大中小][】\]]?|"
    r"[上下前后]一篇[:：]?|更多>*|相关(?:新闻|阅读|链接)[:：]?|推荐阅读[:：]?|扫描二维码|GO>*|"
    r"[上下]一頁|首頁|尾頁|返回頂部|關閉視窗|列印(?:本頁)?"
)
# A line that is nothing but furniture, at least one piece of it longer than a single character.
_FURNITURE = LazyPattern(
    rf"^(?=[^\n]*(?:页|頁|返回|打印|列印|关闭|關閉|分享|评论|复制|相关|推荐|一篇|二维码))"
    rf"(?:[\s|｜/>»<«・·\[\]【】()（）]*+(?:{_FURNITURE_WORDS}))+[\s|｜/>»<«・·\[\]【】()（）]*$\n?",
    re.MULTILINE,
)


def residue_rules(residue: str) -> list[Rule]:
    """Return the rules for what is no text, in the order in which they apply.

    Args:
        residue: One of `RESIDUE`.
    """
    if residue == "keep":
        return []
    entities = [Rule("entity", ENTITY, decode_entity, "&")]
    if residue == "decode":
        return entities
    return [
        Rule("tag", TAG, _tag, "<"),
        *entities,
        Rule("address", ADDRESS, _nothing, "@/w"),
        Rule("image name", _IMAGE, _nothing, "."),
        Rule("page furniture", _FURNITURE, _nothing, "页頁返打列关關分评复相推一二"),
    ]


def _tag(found: re.Match[str]) -> str:
    return "\n" if _BLOCK.match(found[0]) else ""


def _nothing(_found: re.Match[str]) -> str:
    return ""
