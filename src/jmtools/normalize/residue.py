"""Residue of web pages that no reader of the paper saw: entities, tags, addresses, names of images, page furniture."""

from __future__ import annotations

import re

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.normalize.furniture import furniture_rules
from jmtools.normalize.rules import Rule
from jmtools.words.entities import ENTITY, decode_entity
from jmtools.words.protected import ADDRESS, HOST_PATH, TAG

RESIDUE = ("decode", "strip", "keep")
_BLOCK = LazyPattern(r"</?(?i:p|br|div|tr|table|li|ul|ol|h[1-6]|hr|title|center|blockquote)\b")
_IMAGE = LazyPattern(
    r"(?<![A-Za-z0-9_./%&=,~+-])[A-Za-z0-9_./%&=,~+-]{1,80}\.(?i:jpe?g|png|gif|bmp|webp|svg|tiff?)(?![A-Za-z0-9])"
)
# What a browser runs or draws with; up to the next such tag, so that one that is never closed takes nothing with it.
_CODE = LazyPattern(
    r"<(?i:script|style)\b[^<>]{0,300}>[^<]*+(?:<(?!/?(?i:script|style)\b)[^<]*+)*+</(?i:script|style)\s{0,9}>"
)
# Tags of forums: [img]…[/img], [url=…].
_SQUARE = LazyPattern(
    r"\[(?:/(?i:[biu]|code|list|quote|tr|td|p|email|su[bp])|/?(?i:img|url|color|size|font|align|center|table|attach|flash|media)"
    r"(?:=[^\[\]\n]{1,100})?)\]"
)
# A host without www. is an address if a path follows or three parts or more say so; Booking.com is a name.
_HOST = LazyPattern(
    rf"(?<![A-Za-z0-9@._-])(?:{HOST_PATH}|(?:[A-Za-z0-9-]{{1,63}}\.){{2,5}}(?:com|cn|net|org|gov|edu|hk|tw)(?![A-Za-z0-9.-]))"
)
# With the brackets that hold nothing else, and with mailto:.
_BRACKETED = LazyPattern(rf"[(（](?i:mailto:)?(?:{ADDRESS.pattern})[)）]|(?i:mailto:)(?:{ADDRESS.pattern})")


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
        Rule("tag", _CODE, _nothing, "<"),
        Rule("tag", TAG, _tag, "<"),
        *entities,
        Rule("tag", _CODE, _nothing, "<"),  # tags that were encoded as text: &lt;p&gt;
        Rule("tag", TAG, _tag, "<"),
        Rule("tag", _SQUARE, _nothing, "["),
        Rule("address", _BRACKETED, _nothing, "@/w"),
        Rule("address", ADDRESS, _nothing, "@/w"),
        Rule("address", _HOST, _nothing, "."),
        Rule("image name", _IMAGE, _nothing, "."),
        *furniture_rules(),
    ]


def _tag(found: re.Match[str]) -> str:
    return "\n" if _BLOCK.match(found[0]) else ""


def _nothing(_found: re.Match[str]) -> str:
    return ""
