"""Names of newspaper pages as they are printed: 第一版, A02, 十二版."""

_DIGITS = {char: str(i) for i, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def page_name(printed: str) -> str:
    """Normalise the name of a page: ASCII, capital letters, Arabic digits; leading zeros stay.

    >>> page_name("第一版"), page_name("a０１版"), page_name("十二"), page_name("二十")
    ('1', 'A01', '12', '20')
    """
    name = (
        printed.strip().removeprefix("第").removesuffix("版").strip().replace("头", "一").translate(_FULL_WIDTH).upper()
    )
    if not name or not all(char in _DIGITS or char == "十" for char in name):
        return name
    if "十" not in name:
        return "".join(_DIGITS[char] for char in name)
    tens, _, ones = name.partition("十")
    return (_DIGITS.get(tens, "1") if tens else "1") + (_DIGITS.get(ones, "0") if ones else "0")
