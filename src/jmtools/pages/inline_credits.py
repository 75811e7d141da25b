"""Read the credits inside paragraphs: behind a dateline, in a wire of brackets, at the end."""

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import byline_authors, plain, read_pairs
from jmtools.pages.person_names import named
from jmtools.pages.signatures import name_behind_office

_REACH = 120  # characters at either end of a paragraph within which a credit can stand
_LONGEST_NAME = 3  # characters: in four or more a place stands behind the name
_SIGNED = 24  # characters of a signature below a letter
_NEAR = 40  # characters at the end of one within which a credit without brackets stands

_INLINE = LazyPattern(
    r"^(?P<lead>[^。；;!！?？]{0,40}?[讯电报道】])[\s　]*"
    r"(?:[（(](?P<paren>[^（()）]{1,80})[）)]|(?P<bare>(?:[一-龥]{2,4}[、，和])?(?:本报|新华社)?"
    r"(?:见习|实习|特约)?(?:记者|通讯员)[^。：:]{1,50}?)(?:报道)?[：:]"
    r"|(?P<loose>(?:本报|新华社)?记者[^。：:]{2,30}?)(?:报道|从))"
)
_CLOSING = LazyPattern(r"[（(](?P<inside>[^（()）]{2,80})[）)][\s　]*$")

_OPENING = LazyPattern(
    r"^[【（(](?:[一-龥]{2,8}报)?(?:本报|特约|特派|驻[一-龥]{1,4})*记者[\s　]*(?P<inside>[^】）)]{2,32}?)"
    r"(?:[一二三四五六七八九十廿]{1,3}日)?(?:综合|专题|特稿)?(?:报导|报道|专?电|讯)[】）)]"
)
_BEFORE_PLACE = LazyPattern(r"[^/]+(?=/)|.+(?=[\s　][^\s　]+$)")
_WIRE = LazyPattern(
    r"^(?:据|综合)?[^，。；]{2,20}?(?:专?电|讯)"
    r"(?=[\s　:：]*[（(]?(?:本报|新华社|特约|见习)*(?:记者|通讯员))[\s　]*"
)
_BARE_TAIL = LazyPattern(
    r"[。！？”…][\s　]*"
    r"(?P<inside>(?:本报|新华社)?(?:见习|特约|实习)?(?:记者|通讯员)[^，。！？；：:]{2,40})$"
)
_MARKED_TAIL = LazyPattern(r"[。！？”…][\s　]*[□■●◆◎][\s　]*(?P<inside>[^，。！？；：:]{2,24})$")
_PHOTO = LazyPattern(r"(?:摄|摄影|供图|图)$")
_PICTURED = LazyPattern(r"(?:摄|摄影|供图)$|^(?:摄影|图片)[/：:]")
_AUTHOR_NOTE = LazyPattern(r"^[（(【\s]*作者(?:单位|單位|简介|簡介|现任|現任|[为為系係均是曾])")
_SOURCE = LazyPattern(r"^(?:稿件|信息|文章|资料)?[来來]源[：:]\s*[^\s　，,；;]{2,20}[\s　，,；;]+")
_AGENCY = LazyPattern(r"(?<=^[（(])[一-龥]{2,8}[社报网](?=[\s　]*(?:记者|通讯员))")
_WROTE_TOO = LazyPattern(r"文[/、 　并字]*[摄图]")
_TEXT_TOO = LazyPattern(r"文|报道|撰")


def inline_authors(paragraph: str) -> list[tuple[str, str]]:
    """Return the authors named at the head (`本报讯（记者 …）`) or at the end (`（记者 …）`) of a paragraph.

    >>> inline_authors("山城日报讯(记者/李小明 通讯员/王芳 张三)5月24日,")
    [('李小明', '记者'), ('王芳', '通讯员'), ('张三', '通讯员')]
    >>> inline_authors("此事仍在调查。（李小明）")
    [('李小明', '作者')]
    """
    found = head_authors(paragraph)
    return found + [pair for pair in tail_authors(paragraph) if pair not in found]


def head_authors(paragraph: str) -> list[tuple[str, str]]:
    """Return the authors named in the wire, or right behind it, with which a paragraph opens.

    >>> head_authors("〔記者區念祖／東港報導〕昨日"), head_authors("本報訊（記者區念祖）昨日")
    ([('區念祖', '记者')], [('區念祖', '记者')])
    >>> head_authors("【記者區念祖、王芳／綜合報導】昨日")
    [('區念祖', '记者'), ('王芳', '记者')]
    """
    begin = paragraph[:_REACH]
    text = plain(begin)
    opening = _OPENING.match(text)
    if opening:
        return _opening_authors(paragraph[slice(*opening.span("inside"))])
    head = _INLINE.match(text)
    if not head:
        return []
    group = "paren" if head["paren"] else "bare" if head["bare"] else "loose"
    found = read_pairs(paragraph[head.start(group) : head.end(group)], bracketed=False, certain=group == "paren") or []
    return found if any(role != "作者" for _, role in found) else []


def _opening_authors(inside: str) -> list[tuple[str, str]]:
    """Return the authors of a wire in brackets, where a place may stand behind them.

    >>> _opening_authors("區念祖／東港"), _opening_authors("區念祖東港"), _opening_authors("李小明、王芳 东港")
    ([('區念祖', '记者')], [('區念祖', '记者')], [('李小明', '记者'), ('王芳', '记者')])
    """
    text = plain(inside)
    before = _BEFORE_PLACE.match(text)
    end = before.end() if before else named(text) if len(text) > _LONGEST_NAME else 0
    pairs = read_pairs(inside[: end or len(inside)], bracketed=False) or []
    return [(name, "记者") for name, _ in pairs]


def tail_authors(paragraph: str) -> list[tuple[str, str]]:
    """Return the authors named at the end of a paragraph, or in a closing line of brackets with a dateline.

    >>> tail_authors("（新华社山城5月2日电  记者李小明、王芳）"), tail_authors("昨天开馆。本报记者 李小明")
    ([('李小明', '记者'), ('王芳', '记者')], [('李小明', '记者')])
    >>> tail_authors("昨天开馆。　□李小明"), tail_authors("昨天开馆。（本报记者迟暮、通讯员王芳）")
    ([('李小明', '作者')], [('迟暮', '记者'), ('王芳', '通讯员')])
    >>> tail_authors("昨天开馆。（来源：山城日报）"), tail_authors("昨天开馆。（本报记者李小明摄）")
    ([], [])
    >>> tail_authors("昨天开馆。（来源：山城日报 作者：李小明）"), tail_authors("昨天开馆。（市民 李小明）")
    ([('李小明', '作者')], [('李小明', '作者')])
    """
    text = paragraph[-_REACH:]
    tail = _CLOSING.search(text)
    office = name_behind_office(plain(text)) if tail is None and len(paragraph) <= _SIGNED else 0
    if office:
        return [("".join(paragraph[office:].split()), "作者")]
    if tail is None:
        line = plain(text)
        bare = _BARE_TAIL.search(line) if "记者" in line[-_NEAR:] or "通讯员" in line[-_NEAR:] else None
        bare = bare or _MARKED_TAIL.search(line)
        return read_pairs(text[bare.start("inside") :], bracketed=False) or [] if bare else []
    inside = tail["inside"]
    if is_author_note(inside):
        return []
    wire = _WIRE.match(plain(inside))
    if wire:
        return read_pairs(inside[wire.end() :].strip("（("), bracketed=True) or []
    if is_photo_credit(inside) or (_PHOTO.search(inside) and not _WROTE_TOO.search(plain(inside))):
        return []
    if not tail.start() and len(text) == len(paragraph):
        begin = name_behind_office(plain(inside))
        if begin:
            return [("".join(inside[begin:].split()), "作者")]
        paragraph = _AGENCY.sub("", plain(paragraph))
        return (byline_authors(paragraph) if "记者" in plain(inside) or "通讯员" in plain(inside) else None) or []
    if tail.start():
        inside = _SOURCE.sub("", inside)
        begin = name_behind_office(plain(inside))
        certain = "记者" in plain(inside) and "通讯员" in plain(inside)
        return read_pairs(inside[begin:], bracketed=True, certain=certain) or []
    return []


def is_author_note(text: str) -> bool:
    """Return whether a line says who the author is, not what the author is called.

    >>> is_author_note("（作者单位：江城茶叶协会）"), is_author_note("（作者：李小明）")
    (True, False)
    """
    return _AUTHOR_NOTE.match(text) is not None


def is_photo_credit(text: str) -> bool:
    """Say whether a line is nothing but the credit of a picture: it names no author of the text.

    >>> is_photo_credit("（新华社记者李小明摄）"), is_photo_credit("文/李小明 图/王芳")
    (True, False)
    """
    text = text.strip(" 　（）()【】")
    return _PICTURED.search(text) is not None and _TEXT_TOO.search(text) is None
