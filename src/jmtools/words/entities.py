"""HTML entities in text: found and decoded."""

from __future__ import annotations

import html
import re

from jmtools.fields.lazy_pattern import LazyPattern

# &amp;nbsp; was encoded twice.
ENTITY = LazyPattern(r"&(?:amp;)*(?:nbsp(?![a-z;])|(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
_BLANK = LazyPattern("[\u00a0\n\r]")
_INVISIBLE = LazyPattern("[\u00ad\u200b-\u200f\u2060\ufeff]")


def decode_entity(found: re.Match[str]) -> str:
    """Return what an entity stands for; a space that may not be broken and a line break are an ordinary space.

    What nobody sees, such as &zwnj;, is nothing.
    """
    text = found[0]
    while (plain := html.unescape(text)) != text:
        text = plain
    return _BLANK.sub(" ", _INVISIBLE.sub("", text))


def decode_entities(text: str) -> tuple[str, int]:
    """Return a text with its entities decoded, and how many were; one that stands for nothing known stays.

    >>> decode_entities("岚州&ldquo;夜游&rdquo;&nbsp;开放 R&D")
    ('岚州“夜游” 开放 R&D', 3)
    """
    if "&" not in text:
        return text, 0
    decoded = 0

    def decode(found: re.Match[str]) -> str:
        nonlocal decoded
        plain = decode_entity(found)
        decoded += plain != found[0]
        return plain

    return ENTITY.sub(decode, text), decoded
