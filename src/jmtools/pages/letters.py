"""Letters to the paper, and the answers: who signed them, below the last paragraph."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.credits import byline_authors, plain
from jmtools.pages.datelines import read_dateline
from jmtools.pages.person_names import is_name
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete, short_and_open
from jmtools.pages.signatures import name_behind_office, name_behind_place

_LONGEST = 30  # characters of a signature
_CREDIT, _SIGNATURE, _DAY = frozenset("BN"), frozenset("BNP"), frozenset("NP")

_GREETING = LazyPattern(
    r"(?!.{0,4}(?:责任|本版|美术|值班|执行|文字|图片|组版|版面)编辑)"  # who made the page
    r"[^，。！？]{0,8}(?:同志|朋友|先生|女士|小姐|编辑部?|编者|老师|同学|读者|报社)(?:们)?(?:，你好|，您好|你好|您好)?[：:!！].*"
)
_CALL, _GREETED = compile_pattern("[：:!！﹕︰﹗]").search, 24  # characters in which a greeting ends
_ANSWER = LazyPattern(
    r"[【\[]?(?:答[复復覆]|[回复復][音信函]|[来來](?:函|信)[答回][复復覆]|[有相][关關]部[门門][答回][复復覆]|[记記]者[调調]查)[】\]]?[：:]?"
)
_WRITER = LazyPattern(
    r"编者|本?报?编辑部|[^，。！？：:]{0,16}?[\s　]*(?:(?:一|几|全体|部分)[一-龥]{0,4}?"
    r"(?:读者|群众|职工|工人|学生|教师|家长|居民|市民|村民|战士|社员)|[一-龥]{2,6}等[一-龥0-9]{1,4}[人名户])"
    r"|(?:读者|市民|居民|社员|工人|职工|教师|学生|农民|村民|战士|干部|会员|听众|观众|用户|一读者)"
    r"(?:[\s　]+[一-龥]{2,4}|(?P<name>[一-龥]{2,4}))"
)
_OFFICE = LazyPattern(
    r"[^，。！？：:]{2,18}(?:公司|委员会|办公室|管理[局处所站]|[局厂社处科所校院站店馆会部队厅室组行]|大学|中学|小学|中心)"
)
_TOLD = LazyPattern(r"[^，。！？：:]{2,26}(?:口述|代笔|执笔|供稿)")
_MARKS = LazyPattern(r"[^\w“”《》]{2,}")
# Below a signature: a note, a picture.
_BELOW = LazyPattern(
    r"编[者后].{0,8}|[（(].*|(?:漫画|插图|题图)[：:“《 　].*"
    r"|.*[ 　。].{0,10}(?:摄|绘|供图)(?:[（(][^（()）]{2,6}[）)])?"
)
_FULL_DATE = LazyPattern(
    r"[0-9一二三四五六七八九十〇○零]{2,4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
_DATE = LazyPattern(
    r"[0-9一二三四五六七八九十〇零○]{2,4}年.{0,8}|[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)


def roles_by_letters(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of the lines, by index, with which letters are signed and dated.

    The line of an office is a signature only where what follows may be a headline, or nothing follows.

    >>> lines = ["编辑同志：", "请问豆腐为何断档。", "市民 李小明", "李小明同志：", "原料下月运到。", "市副食品公司"]
    >>> sorted(roles_by_letters(lines))
    [2, 5]
    >>> roles_by_letters(["希望报社帮助我们。", "六名女工口述", "李小明代笔", "＊＊＊", "大桥通车"])[4] == STARTS
    True
    >>> sorted(roles_by_letters(["昨天有雨。", "市副食品公司", "该公司昨天开业。"]))
    []
    >>> lines = ["编辑同志：", "请问豆腐为何断档。", "市机床厂 李小明", "大桥通车", "大桥昨天通车，市民结伴前来观看。"]
    >>> {i: "".join(sorted(roles)) for i, roles in roles_by_letters(lines).items()}
    {2: 'BN', 3: 'ADFHJT'}
    >>> sorted(roles_by_letters(["责任编辑：李小明", "昨天有雨。", "王大海", "大桥通车"]))
    []
    """
    found: dict[int, frozenset[str]] = {}
    opened = False
    for i, text in enumerate(texts):
        if opened and read_dateline(text):
            opened = False  # a letter has none
        if _ANSWER.fullmatch(text) or (_CALL(text, 0, _GREETED) and _GREETING.fullmatch(plain(text))):
            opened = True
        elif i and short_and_open(text, _LONGEST) and (complete(texts[i - 1]) or i - 1 in found):
            line = plain(text)
            dated = i - 1 in found and _DATE.fullmatch(line) is not None
            if dated:
                found[i] = _DAY
            elif _TOLD.fullmatch(line) and not _is_text(texts, i + 1):
                found |= _after_credit(texts, i)
            elif opened and _is_signature(line, _is_text(texts, i + 1)):
                found[i] = _CREDIT if name_behind_office(line) else _SIGNATURE
                opened = False
                if _is_next_title(texts, i + 1):
                    found[i + 1] = STARTS
    return found


def roles_by_dates(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the roles of lines that sign a document above its date, of the date, and of a title below, by index.

    Of 31 such lines on labelled pages none began an item; of 19 short ones below the date 17 did.

    >>> sorted(roles_by_dates(["自公布之日起施行。", "山城市人民政府", "2012年3月4日", "大桥通车", "大桥昨天通车。"]))
    [1, 2, 3]
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts) - 1):
        if len(texts[i]) > _LONGEST or not _FULL_DATE.fullmatch(texts[i + 1]):
            continue
        if complete(texts[i]) or not complete(texts[i - 1]):
            continue
        found |= {i: _SIGNATURE, i + 1: _DAY}
        if _is_next_title(texts, i + 2) and texts[i + 2][0] not in "（(" and texts[i + 2] != "目录":
            found[i + 2] = STARTS
    return found


def _after_credit(texts: Sequence[str], i: int) -> dict[int, frozenset[str]]:
    """Return the roles of a line that says who told or wrote it, and of the next item's first line below."""
    found = {i: _CREDIT}
    below = i + 1
    if below < len(texts) and _MARKS.fullmatch(texts[below]):
        found[below] = frozenset("N")
        below += 1
    if below < len(texts) and len(texts[below]) <= _LONGEST and not _TOLD.fullmatch(plain(texts[below])):
        found[below] = STARTS
    return found


def _is_next_title(texts: Sequence[str], i: int) -> bool:
    """Say whether a short line below a signature may be the headline of what follows, with its text below."""
    if i + 1 >= len(texts) or not short_and_open(texts[i], _LONGEST) or byline_authors(texts[i]) is not None:
        return False
    line = plain(texts[i])
    if _MARKS.fullmatch(line) or _BELOW.fullmatch(line):
        return False
    dated = _DATE.fullmatch(line) is not None or _GREETING.fullmatch(line) is not None
    return not dated and line[-1] not in "：:" and not _OFFICE.fullmatch(line)


def _is_signature(line: str, text_follows: bool) -> bool:
    writer = _WRITER.fullmatch(line)
    if writer:
        return writer["name"] is None or is_name(writer["name"])  # 读者点播 is none
    if name_behind_office(line):
        return True
    if not text_follows and (_OFFICE.fullmatch(line) or name_behind_place(line)):
        return True
    return byline_authors(line) is not None and not text_follows


def _is_text(texts: Sequence[str], i: int) -> bool:
    """Say whether a paragraph stands there; not a headline, a greeting or nothing."""
    return i < len(texts) and len(texts[i]) > _LONGEST and complete(texts[i])
