"""Page furniture above the first article: the paper's name, the date, the section, the editors."""

from collections.abc import Sequence
from dataclasses import replace

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.cues import find_cues
from jmtools.pages.datelines import read_dateline
from jmtools.pages.groups import Groups, LazyGroups
from jmtools.pages.model import Decoded
from jmtools.pages.repeated_heads import is_page_head
from jmtools.pages.roles import ROLES
from jmtools.pages.shapes import complete

HEAD = 7
"""Lines of a page that have to be looked at."""

_NAMES = tuple(ROLES)
NO_FURNITURE = frozenset(ROLES) - frozenset("Ff")
"""The roles of the first line below the head."""

HEAD_OF_SECTION = 3
_EDITORS = frozenset(("editors", "editors_in"))
_SECTION = 6  # characters of a section's name above its editors
_MOST = HEAD - 1  # lines of furniture
_LONGEST = 64  # characters
_FURNITURE = frozenset(
    "paper_name paper_any folio_date folio_old folio_page weekday section_name editors editors_in imprint".split()  # noqa: SIM905
)
_DATED = frozenset(["folio_old", "weekday"])  # a headline may name a weekday, or the New Year
_DATE = LazyPattern(r"[年月][^。]{1,4}日|星期[一二三四五六日天]$|第.{1,8}[号期]")
_ISSUE = LazyPattern(
    r"(?:19|20)?[0-9]{2}年[0-9]{1,2}月[^，。]{0,10}(?:期|号|星期.|日)(?:[ 　]|$)|总?第[0-9]{1,6}[期号]"
)
_MOST_PART = 16  # characters of what stands in one line with a paper's name
_NAME = LazyPattern(
    r"[一-龥]{2,14}(?:[报報刊]|通[讯訊]|之[声聲])"
)  # of the paper of a works or a school, above its number
_DAY = LazyPattern(r"(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}")
# Below other furniture: a section (都市·热线), the weather, how to reach the paper.
_SHEET = LazyPattern(r"版[次面名][：: 　].{1,16}|[《“][一-龥]{2,8}[报報刊][》”]")  # 版次：A6 副刊, 《江口晨报》
_BELOW = LazyPattern(
    r"[一-龥]{2,4}[·•][一-龥]{2,4}"
    r"|(?:[今明][天日]|天[气氣]|白天|夜[间間]).{0,50}(?:[0-9][℃°度].{0,24}|[晴阴陰雨雪云雲])"
    r"|[一-龥]{0,4}(?:[热熱][线線]|[电電][话話]|信?箱|微[博信]|[网網]址|官方[一-龥]{2,4})[：: 　@].{0,50}"
)
_CODED = LazyPattern(r"(?:[一-龥·]{2,8}[ 　/／]+)?[A-Z][0-9]{1,2}(?:[-—－～][A-Z]?[0-9]{1,2})?版?")  # 都市深读 A06-07
_AMOUNT = LazyPattern(r"[0-9]{1,3}[秒分天岁人名个元次万亿层届条家号米]")  # 60秒读本市 is no page 60
_IMPRINT = LazyPattern(
    r"(?=.*(?:主管|主[办辦]|发行人|出版[ 　]|零售|[订訂][阅閱]|[邮郵][发發]代[号號]|[统統]一刊[号號]"
    r"|今日.{0,2}[0-9一二三四五六七八九十]{1,3}[版张張页頁]"
    r"|本版[编編][辑輯][ 　：:]))[^。，；！？]{4,60}"
)
_EDITED = LazyPattern(r"本版(?:责任|責任)?[编編][辑輯][ 　：:]")
_PLACED = LazyPattern(r"[一-龥]{2,8}")  # between two lines of furniture
_NUMBER = LazyPattern(r"(?:[（(]?(?:总|總)?第[0-9一二三四五六七八九十百○零]{1,6}[期号號]).*")
_NUMBERED = LazyPattern(r"(?:总|總)?第[0-9一二三四五六七八九十百千○〇零]{1,8}[期号號]")  # of an issue
_BROKEN = LazyPattern(r"(?:星期|[：:/／])$")  # a line that was wrapped inside its date or before a name
_SUPPLEMENT = LazyPattern(  # 浪花 副刊第318期
    r"[“《]?[一-龥]{2,6}[”》]?(?:[\s　]+[一-龥]{2,8})?[\s　]+(?:[一-龥]{0,4}副刊)?[\s　]*(?:总|總)?第[\s　]?"
    r"[0-9一二三四五六七八九十百○〇零]{1,6}[\s　]?[期号號]"
)
_SUPPLEMENT_MOST = 24
# A section whose items have headlines of their own: its name stands above one, and that above a greeting or a text.
_LETTERS = LazyPattern(
    r"[一-龥]{0,3}(?:[读讀]者|群众|群眾)(?:[来來](?:信|函)(?:照登|摘登|[选選]登)?|之[声聲]|信箱|中[来來])"
)
_WEAK = LazyPattern(
    r"[一-龥]{2}(?:社区|教育|文化|健康|旅游|科技|经济|建筑|汽车|金融|民生|法律|娱乐|市场|信息|公众|观点|评论|都市|政治)"
)
_TITLE, _TEXT = 24, 30  # characters
# A whole date between blanks: all of 330 such lines among the first three of labelled pages were of the page, and so
# was what stood above them.
_NUMERAL = "[0-9〇○零一二三四五六七八九十廿卅百]"
_WHOLE_DATE = LazyPattern(
    rf"(?:中[华華])?(?:民[国國])?{_NUMERAL}{{2,7}}年{_NUMERAL}{{1,3}}月{_NUMERAL}{{1,3}}[日号號](?:出[刊版])?"
    r"|(?:19|20)?[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}"
)
_BEHIND_DATE = LazyPattern(r"(?<=[日号號])[（(]?(?=(?:星期|[礼禮]拜)[一二三四五六日天])|[ 　·|｜]+")
_EDITOR = LazyPattern(
    r"(?:[执執]行|[责責]任|值班|美[术術]|助理|副)?(?:主[编編]|[总總]?[编編][辑輯]者?)[：: 　]+"
    r"[一-龥]{1,2}[ 　]?[一-龥]{1,2}"
)
_BROWSER = LazyPattern(r"[0-9][:/,][0-9]|https?:")  # above the page's own lines, where a browser printed it
_SENTENCE = LazyPattern(r"[。，！？；：]|^[（(].*[）)]$")
_DATED_MOST, _SHEETS = 48, 3  # characters of a line with a date, lines among which it stands
_OTHER = LazyPattern(r"广告|[预情海捷简电汇喜举警战公通月年]报$|讯$")  # no names of papers or sections


def furniture_at_head(texts: Sequence[str]) -> int:
    """Return how many lines at the head of a page are its own furniture; none where nothing else is on the page.

    The lines are as `reading.read_lines` reads them.

    >>> furniture_at_head(["山城日报", "2006年4月18日　星期二", "第三版　社会新闻", "大桥今日通车"])
    3
    >>> furniture_at_head(["天气预报", "今天晴。"]), furniture_at_head(["人民喜迎农历新年", "昨夜灯火通明。"])
    (0, 0)
    >>> furniture_at_head(["山城早报", "2009.11.23 星期一 编辑：李小明", "都市·热线", "水管爆裂"])
    3
    >>> furniture_at_head(["第2版", "边防生活", "1982年8月1日 星期日", "雷达站的年轻人"])
    3
    >>> furniture_at_head(["港闻", "2010年10月21日", "菜园收地", "菜园昨天收地。"])
    2
    >>> furniture_at_head(["白山市第二医院院报", "总第58期　内部交流", "新病房楼启用"])
    2
    """
    head = texts[:HEAD]
    named = _is_named(head) or _is_edited(head)
    broken = False
    dated = max((i for i, text in enumerate(head[:_SHEETS]) if _is_dated(text)), default=-1)
    if any(map(_BROWSER.search, head[: max(dated, 0)])):
        dated = -1
    for number, text in enumerate(head):
        if number < min(dated + 1, len(texts) - 1):
            continue
        named = named or (not number and _is_section(head[:3]))
        below = number > 0 and (_is_below(text) or _is_between(text, head[number + 1 : number + 2]))
        if number == _MOST or not (broken or below or (named and not number) or _is_furniture(text)):
            return 0 if number == 1 and _is_headline(head) else number
        broken = _BROKEN.search(text) is not None
    return 0


def _is_edited(head: Sequence[str]) -> bool:
    """Say whether the first line is the name of a section, right above its editors."""
    return len(head) > 1 and _PLACED.fullmatch(head[0]) is not None and _EDITED.match(head[1]) is not None


def _is_below(text: str) -> bool:
    """Say whether a line is of the page if it stands below another such line: an imprint, the weather."""
    return _BELOW.fullmatch(text) is not None or _IMPRINT.fullmatch(text) is not None


def _is_dated(text: str) -> bool:
    """Say whether a line has a whole date between blanks, and is no sentence and no line in brackets.

    >>> _is_dated("体育　B12　98年5月9日"), _is_dated("2002年11月3日（星期日）"), _is_dated("（2002年11月3日）")
    (True, True, False)
    """
    if len(text) > _DATED_MOST or _SENTENCE.search(text):
        return False
    return any(map(_WHOLE_DATE.fullmatch, _BEHIND_DATE.split(text)))


def _is_named(head: Sequence[str]) -> bool:
    """Say whether the first line names a paper or its supplement, with its number behind it or on the line below."""
    name, *rest = head[0].split() if head else [""]
    if rest and len(head[0]) <= _SUPPLEMENT_MOST and _SUPPLEMENT.fullmatch(head[0]):
        return True
    number = rest[0] if rest else head[1] if len(head) > 1 else ""
    return bool(_NAME.fullmatch(name)) and not _OTHER.search(name) and _NUMBER.fullmatch(number) is not None


def add_head(decoded: Decoded, number: int) -> Decoded:
    """Return the roles of a page that was decoded without so many lines of furniture at its head, with them."""
    if not number:
        return decoded
    roles = ["F", *"f" * (number - 1)]
    margins = [{_NAMES.index(role): 1.0} for role in roles]
    head: list[Groups] = [((),)] * number
    return replace(
        decoded,
        roles=[*roles, *decoded.roles],
        margins=[*margins, *decoded.margins],
        groups=LazyGroups(lambda: [*head, *decoded.groups]),
    )


def _is_section(head: Sequence[str]) -> bool:
    """Say whether the first line names a section of letters, above the first of them with its headline."""
    if len(head) < HEAD_OF_SECTION or not _LETTERS.fullmatch(head[0]):
        return False
    _, title, text = head
    greeted = text[-1] in "：:" and len(text) <= _TITLE
    return len(title) <= _TITLE and title[-1] not in "。：:！；" and (greeted or len(text) > _TEXT)


def _is_headline(head: Sequence[str]) -> bool:
    """Say whether the first line, which may name a section, stands right above a text as a headline does: 书香社区."""
    return _WEAK.fullmatch(head[0]) is not None and complete(head[1]) and read_dateline(head[1]) is None


def _is_between(text: str, below: Sequence[str]) -> bool:
    """Say whether a short line stands above one with the date, the page or the editors; it names a section then."""
    if not below or len(below[0]) > _LONGEST:
        return False
    dated = any(pattern.match(below[0]) for pattern in (_ISSUE, _DAY)) or _CODED.fullmatch(below[0]) is not None
    edited = len(text) <= _SECTION and not _EDITORS.isdisjoint(find_cues(below[0]))
    return (dated or edited) and _PLACED.fullmatch(text) is not None and not _OTHER.search(text)


def _is_furniture(text: str) -> bool:
    if len(text) > _LONGEST or _OTHER.search(text):
        return False
    if is_page_head(text) or _EDITOR.fullmatch(text) or _CODED.fullmatch(text):
        return True
    name, *rest = text.split()
    if len(rest) > 1 and _NAME.fullmatch(name) and any(map(_is_part, rest)) and max(map(len, rest)) <= _MOST_PART:
        return True  # 禽业周刊 2016年3月14日 总第275期 04 行情
    return (
        _SHEET.fullmatch(text) is not None
        or _ISSUE.match(text) is not None
        or all(map(_is_part, text.split()))
        or _is_part(text)
    )


def _is_part(text: str) -> bool:
    if _DAY.fullmatch(text) or _NUMBERED.fullmatch(text):
        return True
    cues = _FURNITURE.intersection(find_cues(text))
    if cues == {"folio_page"} and _AMOUNT.match(text):
        return False
    return bool(cues) and (not cues <= _DATED or _DATE.search(text) is not None)
