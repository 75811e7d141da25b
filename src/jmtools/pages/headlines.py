"""Take a headline apart into kicker (引题), headline (主题) and deck (副题)."""

from collections.abc import Sequence
from dataclasses import dataclass

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.continuity import junction
from jmtools.words.script_forms import simplified_forms

_KICKER_ENDS = (
    "——",
    "—",
    "：",
    ":",
    "﹕",
    "︰",
    "表示",
    "强调",
    "強調",
    "指出",
    "要求",
    "印发",
    "提出",
    "认为",
    "呼吁",
    "透露",
    "报道",
    "報道",
    "報導",
)
_DECK_STARTS = ("——", "—", "－－")
_TAG = LazyPattern(r"[（(][^（()）。]{2,24}[）)]$")  # of a column, printed behind the headline proper
_LABEL = LazyPattern(r"[【〖\[（(][^】〗\]）)]{2,16}[】〗\]）)]")
# Names of kinds of article, which papers print above the headline proper, in Simplified characters.
_KIND = LazyPattern(
    r"[■●◆▲□※ 　]*(?:(?:本报|独家|人物|新闻|特别|深度|综合|相关|图片|记者|热线|跟踪)?"
    r"(?:专访|报道|链接|背景|新闻|追踪|对话|特写|特稿|综述|侧记|通讯|调查|手记|观察|现场|速递|分析|故事|人物|评论|直击)"
    r"|专[题栏稿]|[述时快短书社]评|社论|言论|观点|杂文|随笔|散文|[书快简]讯|书摘|连载|小?小说|诗歌|解读|点评|延伸阅读|核心提示|今日谈|(?:读者)?来信"
    r"|[一-龥“”]{2,5}(?:论坛|广场|园地|之窗|天地|纵横|茶座|信箱|走笔|漫谈|征文))"
    r"(?:[①-⑳]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|之[一二三四五六七八九十])?"
)
# Above the headline proper: a series (山乡行（二）), a manner of telling, a circumstance, what somebody did.
_ABOVE = LazyPattern(
    r"[一-龥]{2,8}[·•][一-龥]{2,10}|.{3,14}[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|.{3,16}(?:答记者问|见闻|侧记|纪行|札记|系列报道)"
    r"|(?:受|因|随着|面对|针对|继)[^，。]{2,12}(?:影响|困扰|之后|以后)"
    r"|[^，。]{2,10}昨[天日晚]?[^，。]{0,6}(?:通过|举行|召开|开幕|公布|宣布|发布|签署|揭晓|闭幕)"
)
_PLACE = LazyPattern(
    r"(?:[一-龥]{2,4}[省市县区州旗])?[一-龥]{2,4}(?:[市县区州旗](?:[一-龥]{2,4}(?:[镇乡村]|街道|社区))?|[镇乡村]|街道|社区|农场|林场|牧场|自治[州县])"
)
_PLACE_DOES = LazyPattern(r"[一-龥]{1,3}[省市县区镇乡村厂局校州](?![长委场民])[一-龥“”、]{5,}")
_SHORTEST_TITLE = 4
_PHRASE = 5  # characters
_SPACED_MORE = 3  # characters by which a line of two phrases is longer than the one below
_LONGEST_KIND = 12  # characters, its number among them
_LONGER = 1.3  # a kicker or deck may have so many times the headline's characters: it is set smaller
_FULLER = 24  # characters that make a sentence of the last line


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as printed, and its parts where they can be told apart."""

    whole: str
    kicker: str | None = None
    deck: str | None = None


def read_headline(lines: list[str]) -> Headline | None:
    """Join the lines of a headline by a space and find kicker and deck.

    A first line is a kicker if it ends in a dash, a colon or a verb of saying, is a label in brackets, names a kind of
    article (专访), stands above a line with the tag of a column, or is clearly longer than the line below, which does
    not go on with its last word. A later line is a deck if it opens with a dash, or says in a whole sentence what
    happened.

    >>> read_headline(["山城老城见新颜——", "一条街的三百年"])
    Headline(whole='山城老城见新颜—— 一条街的三百年', kicker='山城老城见新颜——', deck=None)
    >>> read_headline(["一条街的三百年", "——山城老城改造纪事"]).deck
    '——山城老城改造纪事'
    >>> found = read_headline(["市长在春耕会议上强调 备足种子化肥 ——山城市春耕会议侧记"])
    >>> found.kicker, found.deck
    ('市长在春耕会议上强调', '——山城市春耕会议侧记')
    >>> read_headline(["北岭村木匠李小明", "一把刨子用了三十年（百姓故事）"]).kicker
    '北岭村木匠李小明'
    >>> read_headline(["全市加工企业靠技术改造走出困境", "小刷子做成大买卖"]).kicker
    '全市加工企业靠技术改造走出困境'
    >>> read_headline(["連載⑫", "老街人家"]).kicker, read_headline(["“灯塔”征文", "父亲的算盘"]).kicker
    ('連載⑫', '“灯塔”征文')
    >>> read_headline(["受颱風影響", "渡輪全日停航"]).kicker, read_headline(["山乡行（二）", "白鹭又飞回来了"]).kicker
    ('受颱風影響', '山乡行（二）')
    """
    if not lines:
        return None
    whole = " ".join(lines)
    if len(lines) == 1:
        return _read_pieces(whole)
    kicker = lines[0] if _is_kicker(lines) else None
    rest = lines[1:] if kicker else lines
    deck_lines: list[str] = []
    for i, line in enumerate(rest[1:], 1):
        if line.startswith(_DECK_STARTS) or (deck_lines and i == len(rest) - 1) or _is_sentence(line, rest[i - 1]):
            deck_lines.append(line)
    return Headline(whole, kicker, " ".join(deck_lines) or None)


def _read_pieces(line: str) -> Headline:
    """Find kicker and deck of a headline whose pieces stand on one line: only marks tell them, for lengths do not."""
    pieces = line.split()
    if len(pieces) == 1:
        return Headline(line)
    kicker = pieces[0] if _marked(pieces[0]) else None
    if pieces[1].startswith(_DECK_STARTS):
        kicker = None
    later = range(2 if kicker else 1, len(pieces))
    deck = next((" ".join(pieces[i:]) for i in later if pieces[i].startswith(_DECK_STARTS)), None)
    return Headline(line, kicker, deck)


def _marked(first: str) -> bool:
    """Say whether a first line or piece is a kicker by its mark or its words."""
    if first.endswith(_KICKER_ENDS) or _LABEL.fullmatch(first) is not None:
        return True
    return len(first) <= _LONGEST_KIND and _KIND.fullmatch(first.translate(simplified_forms())) is not None


def _is_kicker(lines: Sequence[str]) -> bool:
    first, second = lines[:2]
    if second.startswith(_DECK_STARTS) or _TAG.search(first):
        return False
    simple = first.translate(simplified_forms())
    if _marked(first) or _TAG.search(second) or _is_place(simple, second) or _ABOVE.fullmatch(simple):
        return True
    phrases = first.split()
    if len(phrases) > 1 and len(second.split()) == 1:
        alike = len(phrases) == 2 and len(phrases[0]) == len(phrases[1]) <= _PHRASE  # 鼓足干劲 力争上游
        if alike or len(first) >= len(second) + _SPACED_MORE:
            return True
    # The halves of one line that was cut at the width of a column meet inside a word, or are of one length.
    return len(first) >= _LONGER * len(second) + 2 and not junction(first[-1] + second[0]) and len(second) > 3


def _is_place(first: str, second: str) -> bool:
    """Say whether the first line is where the matter happened, or says with it more than the line below does.

    >>> _is_place("东坪村", "一条路盘活一座山"), _is_place("东港市实行一站式审批", "办照只要三小时")
    (True, True)
    >>> _is_place("东港选举", "发表政纲"), _is_place("北塘县", "昨大雪")
    (False, False)
    """
    if len(second) <= _SHORTEST_TITLE:
        return False
    if _PLACE.fullmatch(first):
        return len(second) > len(first)
    return len(first) > len(second) and _PLACE_DOES.fullmatch(first) is not None


def _is_sentence(line: str, above: str) -> bool:
    return len(line) >= max(_FULLER, _LONGER * len(above)) and not junction(above[-1] + line[0])
