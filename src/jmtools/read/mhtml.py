"""Web pages that a browser has saved as one file (.mht, .mhtml) → pages."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from jmtools.errors import DataError
from jmtools.read.sheet import Sheet
from jmtools.read.webpage import read_webpage

_HEADER = re.compile(rb"\s*[a-z][a-z0-9-]*:[^\n]*\n")
_LOOKED_AT = 1 << 13


def looks_like_mhtml(head: bytes) -> bool:
    """Tell whether a file begins with the headers of a saved web page.

    Args:
        head: Its beginning, in lower case.

    >>> looks_like_mhtml(b"from: <saved by a browser>\\nmime-version: 1.0\\ncontent-type: multipart/related;\\n")
    True
    """
    begin = re.split(rb"\r?\n\r?\n", head[:_LOOKED_AT].lstrip(), maxsplit=1)[0] + b"\n"
    kinds = (b"content-type: multipart/", b"content-type: text/html")
    return _HEADER.match(begin) is not None and b"mime-version:" in begin and any(kind in begin for kind in kinds)


def read_mhtml(data: bytes, *, encoding: str | None = None) -> list[Sheet]:
    """Return the text of the page that was saved; that of its frames too where it is most of the text.

    Raises:
        DataError: If it holds no text.
    """
    pages = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise DataError("is a message or a saved page without a web page in it")
    found: list[list[Sheet]] = []
    why = DataError("holds no text")
    for part in pages:
        try:
            found.append(_read(part, encoding))
        except DataError as error:  # a page of frames, an advertisement
            found.append([])
            why = error if len(found) == 1 else why
    sheets = [sheet for part in found for sheet in part]
    if not sheets:
        raise why
    first, every = sum(sheet.written for sheet in found[0]), sum(sheet.written for sheet in sheets)
    if 2 * first >= every:
        found[0][0].left_out += every - first
        return found[0]
    for number, sheet in enumerate(sheets, 1):
        sheet.number = number
    return sheets


def _read(part: Message, encoding: str | None) -> list[Sheet]:
    content = part.get_payload(decode=True)
    return read_webpage(content if isinstance(content, bytes) else b"", encoding=encoding)
