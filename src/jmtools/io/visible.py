"""Text from outside, made safe to look at: what could move a cursor or turn a line round is spelled out."""

from __future__ import annotations

import re

# C0 and C1 controls and DEL, bidirectional marks, line and paragraph separators, lone surrogates, and the two more that
# XML does not allow.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def show(text: str) -> str:
    r"""Return the text with every character that a terminal would obey written as an escape.

    Example:
        >>> show("a\x1b[31m\u202eb")
        'a\\x1b[31m\\u202eb'
    """
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
