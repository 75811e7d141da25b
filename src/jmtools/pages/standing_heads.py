"""Lines that head an item by their words: standing heads (更正), titles of documents, notices; and who wrote it."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import byline_authors
from jmtools.pages.roles import INNER, STARTS
from jmtools.pages.shapes import complete, short_and_open

_LONGEST = 60  # characters
_PLAIN = LazyPattern(r"[一-龥“”《》，、。？！；]+")
# All of 29 such lines on labelled pages went on with a headline.
_KIND_OF_REPORT = LazyPattern(
    r"[—－]{1,3}[^。]{4,40}(?:[纪紀][实實事]|[侧側][记記]|[综綜]述|述[评評]|[访訪][谈談]|[见見][闻聞]|巡[礼禮]|印象)"
)
_RELATED = LazyPattern(r"[【■●◆]?相[关關](?:新[闻聞]|[报報][道導])[】：:]?")
_FURTHER = frozenset("h")
# On labelled pages 374 such lines were bylines, none anything else.
_WRITER = LazyPattern(
    r"[■□◎●◆▲]?[ 　]*(?:[图圖]文|文[图圖]|[文图圖]|[摄攝]影?|撰文|[采採][写寫]|供稿|作者)(?:[/／、][文图圖])?[ 　]*"
    r"[/／|｜丨][ 　]*[^，。！？]{2,20}"
    r"|(?:本[报報])?(?:[记記]者|特派[员員]|[编編][译譯])[^，。！？／/]{2,24}[/／][^，。！？／/]{0,10}(?:[报報][导導道]|[专專][访訪]|[摄攝]影|特稿|外[电電])"
)
_BYLINE = frozenset("BNn")
_MOURNERS = LazyPattern(r".{2,20}治[丧喪](?:[筹籌][备備])?(?:[委][员員][会會]|小[组組]|[处處])")
# Titles of boxes inside an article: of 26 on labelled pages 24 began no item.
_BOX = LazyPattern(
    r"[■●◆▲□]?[ 　]?(?:(?:[记記]者|[采採][访訪])手[记記]|延伸[阅閱][读讀]|(?:相[关關]|新[闻聞]|知[识識]|背景)?[链鏈]接"
    r"|名[词詞]解[释釋]|背景[资資]料|新[闻聞]背景|[温溫]馨提示|服[务務]提示|小[贴貼]士|核心[阅閱][读讀]|核心提示"
    r"|[专專]家[点點][评評]|[记記]者[点點][评評])[：:]?"
)
# Above a summary, below the headline.
_SUMMARY = LazyPattern(r"[■●◆▲□【\[]?(?:核心[阅閱][读讀]|核心提示|阅读提示)[】\]]?[：:]?")
_CELLS = LazyPattern(r"[0-9][^，。]*[\s　：:][^，。]*")
_SUMMARIZES = frozenset("SPN")
_TABLE = LazyPattern(
    r".{0,10}(?:[积積]分榜|射手榜|排行榜|排名榜|[战戰][报報]|成[绩績]表?|行情|牌[价價]|[赛賽]程|名次表?)"
)
_ROWS = frozenset("D")
_FORMULA = LazyPattern(
    r"(?:特此|谨此|謹此|恕不|此[致复启啟])[一-龥]{0,6}[。！!]?|敬礼[！!]?|敬禮[！!]?"
)  # with which a notice ends
_SIGNATURE = frozenset("NP")
# Whole lines that head an item of their own: all of 190 on labelled pages began one (not 链接, 目录, 编后).
_STANDING_HEAD = LazyPattern(
    r"[【■●◆▲□]?(?:[今明][日天]天[气氣]|天[气氣][预預][报報]|[气氣]象[预預][报報]|[图圖]片新[闻聞]|更正(?:[启啟]事)?|勘[误誤]"
    r"|(?:本[报報]|征稿|徵稿|征文|徵文|招生|招聘|[寻尋][人物]|[遗遺]失|招[领領]|重要|[结結]婚|[迁遷]址|[鸣鳴][谢謝]|道歉|拍[卖賣])?[启啟]事"
    r"|(?:[遗遺]失|[严嚴]正|[郑鄭]重)?[声聲]明|(?:[开開][奖獎]|中[奖獎标標]|拍[卖賣]|[注註][销銷]|[减減][资資]|清算|招[标標]|送[达達]|公示催告|[迁遷][坟墳]|停水|停[电電]|停[气氣])?公告|通告|[讣訃]告|[讣訃][闻聞]|[寻尋]人|[鸣鳴][谢謝]|致歉"
    r"|[简簡][讯訊]|短[讯訊]|快[讯訊]|要[闻聞][简簡][报報]|又[讯訊]|另[讯訊]|短[评評]|社[评評]|社[论論]|[时時][评評]|[读讀]者[来來]信"
    r"|[来來]信照登|[来來]函照登|今日提示|征求|徵求|求[职職]|招聘|招租|房屋出租|房屋出售|外[汇匯]牌[价價]|船期|影[讯訊]|小[启啟]|[读讀]者[来來][论論]|回音|回[响響]|[热熱][线線](?:速[递遞]|直播|快[报報]))[】：:]?"
    r"|[今明][日天]天[气氣][ 　：:].{4,60}"
)
# Titles of official documents; of 16 on labelled pages 14 began an item, 2 were further lines of a headline.
_DOCUMENT = LazyPattern(
    r"(?:[一-龥“”《》（）、]{2,24})?[关關][于於].{4,36}的(?:[紧緊]急|[补補]充)?(?:通知|[决決]定|意[见見]|通[报報]|批[复復覆]|公告|通告|命令|[规規]定)"
)
# Above the first article of a law or a contract.
_LAW = LazyPattern(
    r"[一-龥“”《》（）()、]{3,30}(?:[办辦]法|[条條]例|[规規]定|[规規][则則]|守[则則]|章程|公[约約]|[细細][则則]|准[则則])(?:摘要|[节節][选選]|全文)?(?:[（(][^（）()]{2,12}[）)])?"
)
_ARTICLE = LazyPattern(r"第[0-9一二三四五六七八九十百]+[条條章][\s　：:]|[总總][则則]$")
# Whose notice it is, before the word: 山城市人民法院公告.
_OFFICE_NOTICE = LazyPattern(
    r"[一-龥]{2,18}(?:法院|委[员員][会會]|管理局|公司|仲裁院|[办辦]公室|中心|政府)(?:[一-龥]{0,6})(?:公告|通告|[启啟]事|[声聲]明|公示)"
)
_OFFICE = LazyPattern(r"[一-龥（）()]{4,24}(?:公司|法院|委[员員][会會]|[办辦]公室|[局厂廠社校院所店]|小[组組])")
_NOTICES = LazyPattern(r"[一-龥]{1,4}[启啟]事[一二三四五六七八九十兩两]{1,2}[则則]")  # also below a poem
_HEADING = STARTS | {"h"}
_ENDS_DOCUMENT = frozenset("知定见見报報复復覆告令")
_BRIEF_HEAD = 12  # characters of a standing head, at most
_TITLE_ABOVE = 16  # characters


def roles_of_headings(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the roles of lines that head an item, or name who wrote it, by their words."""
    found: dict[int, frozenset[str]] = {}
    for i, text in enumerate(texts):
        if i in found or len(text) > _LONGEST + _BRIEF_HEAD:
            continue
        brief = len(text) <= _BRIEF_HEAD or text[0] in "今明"
        heads = brief and _STANDING_HEAD.fullmatch(text) is not None and not (i and _goes_on(texts, i - 1))
        heads = heads or (text[-1] in "告事明示" and _is_office_notice(texts, i)) or (i > 0 and _is_law(texts, i))
        if heads or (brief and text[-1] in "则則" and _NOTICES.fullmatch(text)):
            found[i] = STARTS
            if i + 1 < len(texts) and len(texts[i + 1]) > _LONGEST // 2:
                found[i + 1] = INNER
        elif i and brief and _RELATED.fullmatch(text) and _has_headline(texts, i):
            found |= {i: STARTS, i + 1: _FURTHER}
        elif not _PLAIN.fullmatch(text) and (_WRITER.fullmatch(text) or (i and _is_dashed_byline(text))):
            found[i] = _BYLINE
        elif i and (roles := _role_inside(texts, i)):
            found[i] = roles
            if roles is INNER and i + 1 < len(texts) and short_and_open(texts[i + 1], _LONGEST // 2):
                found[i + 1] = INNER
        elif i and len(text) <= _LONGEST and text[-1] in _ENDS_DOCUMENT and _DOCUMENT.fullmatch(text):
            found[i] = _HEADING
        elif i and text[0] in "—－" and _KIND_OF_REPORT.fullmatch(text) and short_and_open(texts[i - 1], _LONGEST):
            found[i] = _FURTHER
    return found


def _has_headline(texts: Sequence[str], i: int) -> bool:
    """Say whether what stands below a line is a headline and its text; of 3 such lines all began an item."""
    below = texts[i + 1 : i + 3]
    return len(below) > 1 and short_and_open(below[0], _LONGEST // 2) and len(below[1]) > _LONGEST // 2


def _is_dashed_byline(text: str) -> bool:
    """Say whether a line is a byline behind a dash: ——本报记者 李小明."""
    return text[0] in "—－" and ("者" in text or "员" in text) and byline_authors(text) is not None


def _role_inside(texts: Sequence[str], i: int) -> frozenset[str]:
    """Return the roles of a line below another that heads a part of an item, or ends it, by its words."""
    text, above = texts[i], texts[i - 1]
    if len(text) <= _TITLE_ABOVE and _TABLE.fullmatch(text) and _is_row([above]) and _is_row(texts[i + 1 : i + 2]):
        return _ROWS
    if len(text) <= _BRIEF_HEAD and _SUMMARY.fullmatch(text):
        return _SUMMARIZES
    if len(text) <= _BRIEF_HEAD and complete(above) and _BOX.fullmatch(text):
        return INNER
    return _SIGNATURE if _ends_notice(text) else frozenset()


def _is_row(texts: Sequence[str]) -> bool:
    """Say whether the only one of some lines is a row of a table: numbers between blanks or colons, no sentence."""
    return any(_CELLS.search(text) is not None and short_and_open(text, _LONGEST) for text in texts)


def _ends_notice(text: str) -> bool:
    """Say whether a line is the formula with which a notice ends, or the committee that mourns."""
    if len(text) <= _BRIEF_HEAD and _FORMULA.fullmatch(text):
        return True
    return text[-1] in "会會组組处處" and _MOURNERS.fullmatch(text) is not None


def _goes_on(texts: Sequence[str], i: int) -> bool:
    """Say whether a line may be the first one of a headline, not the office that signs the text above."""
    signs = i > 0 and complete(texts[i - 1]) and _OFFICE.fullmatch(texts[i]) is not None
    return not signs and short_and_open(texts[i], _TITLE_ABOVE)


def _is_office_notice(texts: Sequence[str], i: int) -> bool:
    """Say whether a line is the notice of an office, below a text and above its own."""
    if len(texts[i]) > _LONGEST // 2 or i + 1 >= len(texts) or not _OFFICE_NOTICE.fullmatch(texts[i]):
        return False
    return (not i or not _goes_on(texts, i - 1)) and len(texts[i + 1]) > _TITLE_ABOVE


def _is_law(texts: Sequence[str], i: int) -> bool:
    """Say whether a line is the title of a law or a contract: below a text, above its first article."""
    if i + 1 >= len(texts) or texts[i + 1][0] not in "第总總" or not _ARTICLE.match(texts[i + 1]):
        return False
    return len(texts[i]) <= _LONGEST and complete(texts[i - 1]) and _LAW.fullmatch(texts[i]) is not None
