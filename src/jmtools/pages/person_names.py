"""Names of Chinese persons, told by their family names."""

from functools import cache

from jmtools.io.installed import read_data


@cache
def surnames() -> frozenset[str]:
    """Return the family names of one and two characters."""
    text = read_data("surnames.txt")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())


def is_name(text: str) -> bool:
    """Say whether a text can be the name of a Chinese person, or a transcribed one with a middle dot.

    >>> is_name("李小明"), is_name("欧阳小明"), is_name("公园")
    (True, True, False)
    """
    if "·" in text:
        return 3 <= len(text) <= 16 and all(part for part in text.split("·"))
    if not 2 <= len(text) <= 4 or text in _NOT_NAMES:
        return False
    return (text[0] in surnames() and len(text) <= 3) or (text[:2] in surnames() and len(text) >= 3)


def first_name(run: str) -> int:
    """Return the length of the first name in names set without a space; 0 if they are no names.

    Each is a surname and one or two characters.
    """
    lengths = (4, 3, 2) if run[:2] in surnames() else (3, 2, 4)  # 欧阳小明
    filled = [False] * len(run) + [True]  # whether names fill the run from each place on
    for start in range(len(run) - 2, 0, -1):
        filled[start] = any(
            start + length <= len(run) and filled[start + length] and is_name(run[start : start + length])
            for length in lengths
        )
    return next((n for n in lengths if n <= len(run) and filled[n] and is_name(run[:n])), 0)


_NOT_NAMES = frozenset(
    (
        "来源",
        "资料",
        "图片",
        "公园",
        "农艺师",
        "公告",
        "公示",
        "通知",
        "通告",
        "文化",
        "时政",
        "经济",
        "国内",
        "国际",
        "文体",
        "广告",
        "平安",
        "和谐",
        "富强",
    )
)


def named(rest: str) -> int:
    """Return how many characters of a name and a place, set without a blank, are the name; 0 if it is no name.

    >>> named("李小明东港"), named("李明东港"), named("调查东港")
    (3, 2, 0)
    """
    length = min(len(rest) - 2, 3)
    return length if is_name(rest[:length]) else 0
