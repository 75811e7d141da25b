"""Take a headline apart into kicker (引题), headline (主题) and deck (副题)."""

from dataclasses import dataclass

_KICKER_ENDS = ("——", "—", "：", ":", "表示", "强调", "指出", "要求")
_DECK_STARTS = ("——", "—")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as printed, and its parts where they can be told apart."""

    whole: str
    kicker: str | None = None
    deck: str | None = None


def read_headline(lines: list[str]) -> Headline | None:
    """Join the lines of a headline by a space and find kicker and deck.

    A first line that ends in a dash, a colon or a verb of saying is a kicker; a later line that opens with a dash, or
    that says in more words than the line above what happened, is a deck.

    >>> read_headline(["山城老城见新颜——", "一条街的三百年"])
    Headline(whole='山城老城见新颜—— 一条街的三百年', kicker='山城老城见新颜——', deck=None)
    >>> read_headline(["一条街的三百年", "——山城老城改造纪事"]).deck
    '——山城老城改造纪事'
    """
    if not lines:
        return None
    whole = " ".join(lines)
    if len(lines) == 1:
        return Headline(whole)
    kicker = lines[0] if lines[0].endswith(_KICKER_ENDS) else None
    rest = lines[1:] if kicker else lines
    deck_lines: list[str] = []
    for i, line in enumerate(rest[1:], 1):
        if line.startswith(_DECK_STARTS) or (deck_lines and i == len(rest) - 1):
            deck_lines.append(line)
    return Headline(whole, kicker, " ".join(deck_lines) or None)
