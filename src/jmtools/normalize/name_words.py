"""Names of persons and of their villages: in these, characters such as 范, 余 and 后 stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.words.dictionary import UNKNOWN_TAG
from jmtools.words.name_forms import NAME_TAGS
from jmtools.words.name_lists import looks_like_name, roles
from jmtools.words.postag import find_names

# Family names that are other characters where they are no names: 範 餘 鬱 樸 塗 嶽, and 種 遊 穀 於 後 幹.
SURNAMES = "范余郁朴涂岳"
_DOUBTFUL_SURNAMES = "种游谷于后干"  # words that no dictionary has begin with these too: 种棉花, 游一趟
# What stays in given names, and what is another character there than elsewhere.
_GIVEN = dict(zip("后余谷干里准系征冲", "后余谷干里准系征沖", strict=True))
_SURNAME_FORMS = {char: char for char in SURNAMES + _DOUBTFUL_SURNAMES} | {"钟": "鍾"}
_IN_NAMES = LazyPattern(f"[{SURNAMES}{_DOUBTFUL_SURNAMES}准系征冲钟]")
_TITLE = LazyPattern("先生|女士|小姐|老师|教授|师傅|同志|大爷|大妈|阿姨|奶奶|爷爷|老汉|老伯|某某?|氏|姓")
_SPEECH = LazyPattern(
    "说|表示|介绍|告诉|认为|指出|坦言|回忆|称|透露|强调|解释|补充|感慨|笑着|报道|报导|摄|坦承|提醒|呼吁|否认|承认"
)
_ROLE_END = LazyPattern(
    "[^成增生擅特专延拉伸消助漫].*[员者长师授警裁演理手练]|.*(?:主席|书记|院士|博士|医生|被告|原告|嫌疑人|当事人|负责人|证人|村民|市民|居民|老人|工人|"
    "男子|女子|青年|司机|车主|业主|教练|导演|作家|画家|专家|农民|牧民|渔民|选手|歌手)"
)
_VILLAGE = LazyPattern("[范余郁涂岳于谷游种][家各][庄村寨屯沟湾坪堡店镇巷桥营岭庙洼]")
_AMOUNT = LazyPattern("余[万亿千百元名个人家次年天吨米平公里里件位条座项户只头亩辆篇种份处首场]")
# What begins with a family name and is no name, unless a role or a verb of speech says so.
_COMMON = LazyPattern(
    "范[围式例本文畴]|余[波辉味生热音额款粮下地震者党数量悸韵风香闲缺留裕怒兴威勇因类纬维药孽烬票]|郁[金郁闷结积塞热]|朴[素实质刀讷茂直]|"
    "涂[料抹改布层敷覆满上得黑脂装刷鸦写]|岳[父母丈]"
)
_FIGURE = LazyPattern(".*[0-9０-９〇零一二两三四五六七八九十百千万亿几数]")


def name_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the names stand that a text shows by a role or a verb of speech, wherever they stand again.

    >>> list(name_places("记者余海松报道。余海松到场"))
    [(2, 5), (8, 11)]
    """
    if _IN_NAMES.search(text) is None:
        return
    for name in find_names(text, dotted=False):
        if _IN_NAMES.search(name) is None:
            continue
        start = text.find(name)
        while start >= 0:
            yield start, start + len(name)
            start = text.find(name, start + len(name))


def as_name(name: str, converted: str) -> str:
    """Return a name in Traditional characters.

    >>> as_name("范后良", "範後良"), as_name("叶冲", "葉衝")
    ('范后良', '葉沖')
    """
    given = (_GIVEN.get(char, other) for char, other in zip(name[1:], converted[1:], strict=True))
    return _SURNAME_FORMS.get(name[0], converted[0]) + "".join(given)


def is_name(before: str, word: str, after: str, tag: str, *, names_after: bool = False) -> bool:
    """Tell whether a word that begins with one of these family names is a name, or part of one.

    Args:
        before: The word before it.
        word: The word.
        after: The word behind it.
        tag: The part of speech of the word.
        names_after: Whether the word behind it may be a given name.

    >>> is_name("", "范志远", "到", "x"), is_name("千", "余万元", "", "x"), is_name("", "范", "女士", "nr")
    (True, False, True)
    """
    if _VILLAGE.match(word + after[:2]) and word != "余":
        return True
    role = before in roles() or _ROLE_END.fullmatch(before) is not None
    if word[0] == "余" and (_FIGURE.fullmatch(before) or (_AMOUNT.match(word) and not role)):
        return False
    if len(word) == 1:
        titled = _TITLE.fullmatch(after) is not None and (word != "于" or role or after[0] != "某")
        return titled or before in ("老", "小", "阿") or (role and names_after)
    shown = role or after in roles() or _TITLE.match(after) is not None or _SPEECH.match(after) is not None
    may_be = tag in NAME_TAGS or tag == UNKNOWN_TAG or (role and (word[0], tag) in (("于", "ns"), ("余", "m")))
    if not may_be or not looks_like_name(word[:3]):  # 范阿春买: the segmenter took a verb along
        return False
    if _COMMON.match(word):
        return shown and len(word) == 3
    return shown or (len(word) == 3 and word[0] in SURNAMES)
