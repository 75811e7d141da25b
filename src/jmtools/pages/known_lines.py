"""Lines whose own words leave few roles: page credits, telephone lines, classified advertisements, jumps."""

from collections.abc import Mapping, Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.credits import byline_authors, plain
from jmtools.pages.datelines import read_dateline
from jmtools.pages.jumps import cut_jump_out
from jmtools.pages.letters import roles_by_letters
from jmtools.pages.person_names import is_name
from jmtools.pages.picture_lines import CAPTION, CAPTION_OR_TEXT, DRAWN, roles_of_picture_line
from jmtools.pages.reading import one_form
from jmtools.pages.roles import ROLES, STARTS
from jmtools.pages.shapes import complete, short_and_open
from jmtools.pages.site_lines import roles_by_site
from jmtools.pages.standing_heads import roles_of_headings
from jmtools.pages.traits import are_names

_LONGEST = 60  # characters
_NO_TITLE = frozenset(ROLES) - frozenset("HhSsTJjX")
_TEXT = _NO_TITLE - frozenset("BNn")
_CALL = _TEXT - {"A", "D", "F"}
_OWN_CALL, _OWN_CALLS = _CALL | {"F", "A"}, frozenset(("本报", "新闻", "读者", "报料", "爆料"))
_BELOW = frozenset("NnfdCc")
_HOSTED = LazyPattern(
    r"[（(【]?本?(?:[栏欄]目?|版|[专專][栏欄版题題]|[活栏][动目])由.{2,30}(?:[协協][办辦]|主[办辦]|承[办辦]|特[约約]|提供|支持|冠名)(?:刊登)?[）)】]?"
)
_HOST = frozenset("Nf")
# A line of marks between two articles or two parts of one, or below the last: no headline, and none of the text.
_MARKS = LazyPattern(r"[＊*※☆★◇◆○●+＋=＝~～—－\-_＿ 　]{2,}")
_APART = frozenset("Nn")
# 108 of 111 such lines on labelled pages were of the page, or of an advertisement at its end.
_OF_PAGE = LazyPattern(
    r"[（(]?本版(?:责任|責任|责|責|值班|执行|執行|文字|组版|組版)?[编編](?:[辑輯审審校])?[：:﹕ 　]?"
    r"[^，。！？]{2,40}[）)]?"
    r"|[（(]?本版(?:稿件|文字)[^。：:]{0,12}(?:均|皆|由|[据據])[^。]{2,16}[）)]?"
)
_FOLIO = frozenset("Ffa")
_PLAIN = LazyPattern(r"[一-龥“”《》，、。？！；]+")
_ASKED_FIRST, _ASKED_LAST = frozenset("本详詳见見相"), frozenset("号號注摄攝国國觉覺发發供片道导導版绘繪影室刻社")
_OFFERED = 12  # characters
_NUMBERED = compile_pattern("[0-9０-９@]").search
_NAMES = LazyPattern(r"（([一-龥]{2,12})(?:[ 、]([一-龥]{2,3}))?）")
_NAMED = _NO_TITLE - STARTS
# Of 980 such lines on labelled pages none began a headline; 27 of one paper of 2019 are subheads by their looks.
_BRACKETED = LazyPattern(r"[（(][^（()）]{2,50}[）)]")
_JUMP = LazyPattern(r"[接转轉见見]")
_ASIDE = _NAMED | {"h"}
# Of 930 such lines on labelled pages none was a byline.
_PHRASE = LazyPattern(r"[一-龥“”，、]{4,14}")
_OFFICE = LazyPattern(
    r"[记記]者|通[讯訊]|[编編][辑輯译譯]|[评評][论論]|[报報][导導道]|[电電]$"
    r"|[文图圖摄攝报報社台部室组組局处處会會院系所站学學班队隊团團司县縣市省镇鎮村厂廠区區校]"
)
_SIGNED_ON = LazyPattern(r"[一二三四五六七八九十廿卅]月[一二三四五六七八九十廿卅]{1,3}[日号號]|[啟启上]$")
_UNSIGNED = frozenset(ROLES) - frozenset("BNnJjX")
_CUT = frozenset("PE")
_CUT_LEAST = 10  # characters before a jump
_ADVERTISEMENT = frozenset("Aau")

# On labelled pages (3,300 items) none of 300 such lines was a headline.
_CREDIT = LazyPattern(
    r"(?:本版|本栏|本期|本[报報])?(?:制[图圖]|[绘繪][图圖]|插[图圖]|[题題][图圖]|漫[画畫]|制表|供[图圖]|版式设计|责编|责任编辑|校对|美编|美术编辑|视觉设计"
    r"|[数资图][据料片]来源|统筹)(?:[：:/／﹕]| 及 ?)[^，。！？]{2,30}"
    r"|(?:本版|本栏|本期|本[报報])(?:制[图圖]|[绘繪][图圖]|插[图圖]|漫[画畫]|制表)[ 　]{1,2}[一-龥 　]{2,8}"
)
# Who made the layout or the drawings of an item: 83 of 89 such lines on labelled pages stood below it, or below the
# line of the page's editors; none began an item.
_MAKER = LazyPattern(
    r"(?:本版|本栏|本期|本[报報])?"
    r"(?:制图|绘图|插图|题图|漫画|制表|供图|版式设计|视觉设计|[数资图][据料片]来源|统筹)[：:/／﹕ ].*"
)
_SIGNED = LazyPattern(r"[—－\-]{0,3}[ 　]*(?:本报)?编[ 　]*(?:者|辑部)")
# Nothing but where to read on: 详见A06版, >>A03.
_REFERENCE = LazyPattern(
    r"[（(]?(?:(?:[详詳]情?|全文|(?:相[关關])?(?:[报報][道導]|新[闻聞])|更多[内內]容|[^，。：]{0,10}[图圖])"
    r"[见見刊][：: ]*(?:本[报報])?|[>》→▶►☞]+ ?)"
    r"(?:今日)?第?[A-Z]{0,2}[0-9一二三四五六七八九十]{1,3}(?:[-—－、][A-Z]?[0-9一二三四五六七八九十]{1,3})?[版页頁]?[）)]?"
)
# How to follow the paper elsewhere: 欢迎扫描二维码关注本报.
_FOLLOW = LazyPattern(
    r"(?:[欢歡]迎|敬[请請]|[请請])?(?:[扫掃][描一码碼]|[长長]按|[识識][别別]|[关關]注).{0,24}(?:二[维維][码碼]|公[众眾][号號]|微信|微博).{0,12}"
)
# A number to call, and after a blank what for.
_HOTLINE = LazyPattern(
    r"[^，。！？]{0,12}(?:[热熱][线線]|[电電][话話])[：:﹕︰ 　]*"
    r"[0-9０-９][0-9０-９—\-－]{4,}[ 　]+[^，。！？：:@0-9]{4,24}"
)
_OWN_AD = frozenset("NnFfAa")
_READ_ON = frozenset("dN")
_PHONE = LazyPattern(
    r"[（(]?(?:[^，。！？]{0,12}"
    r"(?:[电電][话話]|[热熱][线線]|[传傳]真|手[机機]|[邮郵]箱|[电電]子信箱|微信|QQ)[：:﹕︰ 　]*(?:"
    r"[（(]?[0-9０-９][0-9０-９（()）—\-－转轉或、, 　]{4,}|[\w.]+@[\w.]+|[0-9０-９]{2,5}[号號]?)[；; 　]*){1,3}.{0,8}"
)
_CLASSIFIED = LazyPattern(
    r"[一-龥]{0,6}(?:出租|出售|转让|轉讓|招租|招聘|诚聘|誠聘|求租|求购|求購|求职|求職|租赁|租賃|急售|顶让|頂讓|让售|讓售|租售)(?:旺?[铺舖]|[门門]面|[楼樓]房|住房)?[：:﹕︰]"
    r"|(?:[徵征售租聘讓让]|[售租购購][屋房楼樓车車地铺舖]|徵[才求]|[尋寻](?:人|物|狗|犬|猫|貓|车|車)|[急廉自]售|[顶頂]让|[顶頂]讓|家教|[补補][习習])[：:﹕︰]"
)
_OFFERS = frozenset(
    "出租 出售 转让 轉讓 招租 招聘 诚聘 誠聘 求租 求购 求購 求职 求職 租赁 急售 顶让 頂讓 让售 讓售 租售".split()  # noqa: SIM905
)
_TITLE_AND_TEXT = 3  # lines
_SAID, _TITLE, _TEXT_BELOW = 12, 36, 30  # characters of a text above a credit, of a headline below, of its text
_BLANKS = frozenset(" 　|｜")
# Of 1,200 captions on labelled pages none opened as a report does without naming the picture or its photographer.
_REPORT = frozenset(ROLES) - frozenset("Cc")
_REPORT_LEAST = 24  # characters
_PICTURE = LazyPattern(r"^[（(▲△▼◀◁▶]?[图圖]|[摄攝][ 　]?[）)]?$|(?:[图圖]片|供[图圖])[ 　]?[）)]?$")
_FIRST = frozenset("H")  # of an item; a whole sentence is its text
_TO_CALL = LazyPattern(r"[电電][话話]|[0-9０-９]{5}")


def roles_by_words(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles that some lines, by index, may have.

    A line like 房屋出租：… is an advertisement if it names a number to call or stands beside another one.

    >>> lines = ["制图：李小明", "举报电话：5508821", "房屋出租：两室一厅，电话5508822", "招聘：服务员"]
    >>> {i: "".join(sorted(roles)) for i, roles in sorted(roles_by_words(lines).items())}
    {0: 'ABCDEFMNOPacdfnu', 1: 'CEMOPacdfu', 2: 'Aau', 3: 'Aau'}
    >>> sorted(roles_by_words(["昨天有雨。", "更正", "应为五月。", "天气预报"]))
    [1, 3]
    >>> roles_by_words(["——编者"])[0].isdisjoint("HhS"), roles_by_words(["（李小明 王芳）"])[0].isdisjoint("HhS")
    (True, True)
    >>> known = roles_by_words(["＊＊＊", "（本版编辑李小明）", "版式设计：王芳"])
    >>> ["".join(sorted(known[i])) for i in range(3)]
    ['Nn', 'Faf', 'CNcdfn']
    """
    found = {}
    offers = dict.fromkeys(i for i, text in enumerate(texts) if _is_offer(text))
    for i in offers:
        if i - 1 in offers or i + 1 in offers or _TO_CALL.search(texts[i]):
            found[i] = _ADVERTISEMENT
    found |= roles_by_letters(texts) | roles_by_site(texts) | roles_of_headings(texts)
    for i, text in enumerate(texts):
        cut, jump, _ = cut_jump_out(text)
        if jump and len(cut) >= _CUT_LEAST:
            found[i] = _CUT
        if i in found:
            continue
        if len(text) >= _REPORT_LEAST and read_dateline(text) and not _PICTURE.search(text):
            found[i] = _REPORT
        if len(text) > _LONGEST or i in found:
            continue
        roles = _roles_of_short(text, first=i == 0)
        if roles:
            found[i] = roles
    for i, roles in found.items():
        if roles is _OWN_CALL and found.get(i + 1) is _FOLIO:
            found[i] = _FOLIO
    return _below_credits(texts, found) | found


def _below_credits(texts: Sequence[str], found: Mapping[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """Return the only roles of short lines below the credit of a picture, or a number to call, that ends an item.

    Of 132 lines of the first kind on labelled pages 131 began an item, of the second all of 5.
    """
    ends = [i for i, roles in found.items() if 0 < i < len(texts) - 1 and _ends_item(texts, i, roles)]
    return {
        i + 1: STARTS
        for i in ends
        if complete(texts[i - 1])
        and len(texts[i - 1]) > _SAID
        and short_and_open(texts[i + 1], _TITLE)
        and texts[i + 1][0] not in "（(▲▼◀▶"
        and texts[i + 1][-1] not in "：:"
    }


def _ends_item(texts: Sequence[str], i: int, roles: frozenset[str]) -> bool:
    """Say whether a line ends an item: a credit, or a number to call that stands above a short line and its text."""
    if roles is DRAWN or roles is CAPTION_OR_TEXT:  # a subhead may stand below a picture inside an article
        return i + 2 < len(texts) and read_dateline(texts[i + 2]) is not None
    if roles is _CALL or roles is _OWN_AD:
        return i + 2 < len(texts) and len(texts[i + 2]) > _TEXT_BELOW and complete(texts[i + 2])
    return roles is CAPTION or roles is _BELOW


def _is_offer(text: str) -> bool:
    """Say whether a line opens with what is offered (房屋出租：…), or with a blank behind it names a number to call."""
    if _has_colon(text) and _CLASSIFIED.match(text):
        return True
    return text[2:3] in _BLANKS and text[:2] in _OFFERS and _TO_CALL.search(text) is not None


def _has_colon(text: str) -> bool:
    head = text[:_OFFERED]
    return "：" in head or ":" in head or "﹕" in head or "︰" in head


def reports_at_top(texts: Sequence[str], head: int) -> dict[int, frozenset[str]]:
    """Return the only roles of wires in a row with which a page begins: where the first has no headline, none has.

    Args:
        texts: Lines of a page.
        head: Lines of furniture at its head.

    >>> page = ["国际新闻", "据山海社东港2日电 东港今天降雪。", "据山海社北塘2日电 北塘昨天通车。", "两市都有雪。"]
    >>> sorted(reports_at_top(page, 1)), reports_at_top(page[:2], 1)
    ([1, 2], {})
    """
    last = head
    while last < len(texts) and read_dateline(texts[last]) and complete(texts[last]):
        last += 1
    if last > head + 1:
        return dict.fromkeys(range(head, last), _FIRST)
    return {head: STARTS - _FOLIO} if head and _is_title(texts[head : head + 3]) else {}


def _is_title(texts: Sequence[str]) -> bool:
    """Say whether the first of three lines, below furniture, begins a headline: two short ones stand above a text."""
    if len(texts) < _TITLE_AND_TEXT or not all(short_and_open(text, _TITLE) for text in texts[:2]):
        return False
    return len(texts[2]) > _TITLE and complete(texts[2]) and byline_authors(texts[0]) is None


def _roles_of_short(text: str, *, first: bool) -> frozenset[str]:
    """Return the only roles that a short line may have by its words, or nothing if they say nothing."""
    if _PLAIN.fullmatch(text) and text[0] not in _ASKED_FIRST and text[-1] not in _ASKED_LAST:
        return frozenset()  # as most headlines
    if _REFERENCE.fullmatch(text):
        return _READ_ON
    if text[0] in "（(":
        return _roles_of_bracketed(text)
    if _OF_PAGE.fullmatch(text):
        return _FOLIO
    called = _roles_of_call(text, first=first) if _NUMBERED(text) else frozenset()
    if called:
        return called
    if _HOSTED.fullmatch(text):
        return _HOST
    if _FOLLOW.fullmatch(text) and not complete(text):
        return _OWN_AD
    if _CREDIT.fullmatch(text) or _SIGNED.fullmatch(text):
        return _NO_TITLE if first or not _MAKER.match(text) else _BELOW
    if _MARKS.fullmatch(text):
        return _APART
    pictured = roles_of_picture_line(text)
    if pictured:
        return pictured
    return _UNSIGNED if not first and len(text.split()) > 1 and _names_nobody(text) else frozenset()


def _roles_of_call(text: str, *, first: bool) -> frozenset[str]:
    """Return the only roles of a line with a number to call; nothing of any other."""
    if not first and _HOTLINE.fullmatch(text):
        return _OWN_AD
    if not _PHONE.fullmatch(text):
        return frozenset()
    if first:
        return _TEXT
    return _OWN_CALL if text[:2] in _OWN_CALLS else _CALL


def _roles_of_bracketed(text: str) -> frozenset[str]:
    """Return the only roles that a short line may have that begins with a bracket."""
    if _OF_PAGE.fullmatch(text):
        return _FOLIO
    pictured = roles_of_picture_line(text)
    if pictured:
        return pictured
    if _is_named(text):
        return _NAMED
    return _ASIDE if _BRACKETED.fullmatch(text) and not _JUMP.search(text) else frozenset()


def _is_named(text: str) -> bool:
    """Say whether a line is names in brackets."""
    names = _NAMES.fullmatch(one_form(text))
    if names is None:
        return False
    found = [plain(name) for name in names.groups() if name]
    return all(is_name(name) for name in found) or (len(found) == 1 and are_names(found[0]))


def _names_nobody(text: str) -> bool:
    """Say whether a line is two phrases or more and names neither a person nor an office."""
    if len(text) > _LONGEST // 2 or _OFFICE.search(text) or _SIGNED_ON.search(text):
        return False
    parts = one_form(text).split()
    if len(parts) < 2:
        return False
    return all(_PHRASE.fullmatch(part) and not are_names(plain(part)) and not is_name(plain(part)) for part in parts)
