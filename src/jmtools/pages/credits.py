"""Read a credit: the names and their roles."""

from functools import lru_cache

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.person_names import first_name, is_name, named, surnames
from jmtools.pages.reading import read_credit
from jmtools.pages.signatures import name_behind_office, name_behind_place

_REACH = 120  # characters at either end of a paragraph within which a credit can stand

_ROLES = (
    (
        "记者",
        r"(?:(?:全媒体|融媒体|见习|特约|特派|特邀|驻站|驻地|摄影|首席|文字|实习|深度|时政|财经|体育){0,3}记者|特派员)",
    ),
    ("通讯员", r"(?:特约|本报)?通讯员"),
    ("实习生", r"实习(?:生|编辑)"),
    ("评论员", r"(?:特约|本报)?评论员"),
    ("编辑", r"(?:实习)?编辑"),
    ("整理", r"(?:采访)?整理"),
    ("文/图", r"(?:文[/、／\s]?图|图[/、／\s]?文|文字[/、／]摄影|文并摄)"),
    ("文", r"(?:撰文|采写|撰稿)(?=[\s　/／:：])|文(?![一-龥])"),
    ("图", r"图(?:片)?(?![一-龥])"),
    ("摄", r"(?:摄影报道|摄影|摄|供图)"),
    ("编译", r"编译"),
    ("作者", r"作者(?![为系])"),
)
_ROLE = LazyPattern("|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern) in enumerate(_ROLES)))
_MARK = LazyPattern(r"[\s　□■◎●◇◆▪△▲★☆|｜]+")
_SEPARATOR = LazyPattern(r"[\s　/／、,，:：;；和]+")
_ORG = LazyPattern(
    r"(?:本报|本刊|本台|本版(?=摄影|图片|供图|文)|新华社|中新社|中新网|人民网|央视|[一-龥]{0,8}?(?:日报社?|晚报|早报|晨报|商报|时报|都市报|导报|快报|青年报"
    r"|新报|大河报|晶报|新闻网|电视台|广播电台|融媒体中心|记者站|客户端)"
    r"|[一-龥]{2,8}?(?:报|讯|网|台|社)(?=(?:见习|实习|特约)?(?:记者|通讯员)[\s　/／：:])"
    r"|[一-龥]{1,3}[（(][0-9一二三四五六七八九十]{1,2}[）)]班)"
)
_SOURCE = LazyPattern(r"(?:稿件|信息|文章)?[来來]源[：:]\s*[^\s　，,；;|｜]{2,20}[\s　，,；;|｜]*")
WEB_TIME = (  # of a web page, above its text
    r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?\s*(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\s*[|｜]?\s*"
)
_WHEN = LazyPattern(
    rf"^{WEB_TIME}(?:第?[A-Z]{{0,2}}[0-9一二三四五六七八九十]{{1,3}}版(?:[：:][一-龥·/]{{2,10}})?\s+)?(?=[来來]源|作者|记者|記者)"
)
# A dateline before the names, on a line of their own: 新华社东港4月1日电 记者 李小明.
_WIRE = LazyPattern(
    r"[^，。；：:（(]{2,20}?(?:专?电|讯)[\s　]*[（(]?"
    r"(?=(?:本报|新华社|特约|见习|实习)*(?:记者|通讯员)[\s　/／：:一-龥])"
)
# Where and how a thing was reported, behind the names: 記者李小明／東港報導, 记者 李小明 东港报道, 記者李小明東港報導.
_WHO = r"(?P<who>[^／/]{0,8}?(?:记者|特派员|编译)[^／/]{2,24}?)"
_WAY = r"(?:报导|报道|专访|特稿|特写|外电|采访)"
_REPORTED = LazyPattern(rf"{_WHO}(?:[ 　]*[／/][一-龥、—－\- 　]{{0,10}}?|[ 　]+[一-龥]{{2,6}}|(?=专访|特稿)){_WAY}")
_GLUED = LazyPattern(r"(?P<who>[一-龥]{0,8}?(?:记者|特派员))[ 　]*(?P<rest>[一-龥]{4,6})(?:报导|报道)")
_WROTE = LazyPattern(r"[\s　]*(?:[代执執][笔筆]|供稿)$")
_AROUND_NAMES = LazyPattern(r"[（(【\[■□◎○●◆▲\s　]*(?P<names>[一-龥]{2,24}?)(?:摄影报道|图文|供稿)?[）)】\]\s　]*")
_INSIDE = LazyPattern(
    r"[（(【\[■□◎○●◆▲\s　]*(?P<place>[一-龥]{2,8}[／/])?"
    r"(?P<who>[一-龥0-9\s　]{2,30}?)(?P<what>[（(][一-龥]{2,12}[）)])?[）)】\]\s　]*"
)
_ONE_NAME = 3  # characters: so many may be a pen name, which no list of family names knows
_EDITOR = LazyPattern(r"[\s　|｜]+(?:责任编辑|責任編輯|责编|编辑|編輯)[：:]\s*[一-龥]{2,4}\s*$")
_OPENERS, _CLOSERS = tuple("（(【[〔［"), tuple("）)】]〕］")
_TAIL_WORD = LazyPattern(r"(?:发自|报道|采写|综合报道|电|讯)[一-龥]{0,6}(?:[、 　][一-龥]{2,6}){0,3}")
_NAME = LazyPattern(r"[一-龥]·?[一-龥·]{1,9}")


def byline_authors(text: str) -> list[tuple[str, str]] | None:
    """Return the (name, role) pairs of a line that is nothing but a credit, or None where it is something else.

    >>> byline_authors("□文/图 山城日报记者/李小明 通讯员/王芳 张 三")
    [('李小明', '记者'), ('王芳', '通讯员'), ('张三', '通讯员')]
    >>> byline_authors("（李小明 王芳）")
    [('李小明', '作者'), ('王芳', '作者')]
    >>> byline_authors("□本報記者　李小明　通訊員　區念祖"), byline_authors("文 李小明 图 王芳")
    ([('李小明', '记者'), ('區念祖', '通讯员')], [('李小明', '文'), ('王芳', '图')])
    >>> byline_authors("高二（5）班 李小明"), byline_authors("山城财讯记者 李小明 王芳 发自河口、北山")
    ([('李小明', '作者')], [('李小明', '记者'), ('王芳', '记者')])
    >>> byline_authors("——本报记者 李小明"), byline_authors("——李小明")
    ([('李小明', '记者')], None)
    >>> web = "来源：澜江日报 作者：李小明", "2013-08-02 08:15 来源：澜江日报 作者：李小明 责任编辑：王芳"
    >>> pages = *web, "2013年8月2日 A04版：民生 作者：李小明", "河南山城县李小明代笔"
    >>> all(byline_authors(text) == [("李小明", "作者")] for text in pages)
    True
    >>> byline_authors("■ 山海社东港11月2日电 记者 李小明 王芳"), byline_authors("本报讯（记者李小明）")
    ([('李小明', '记者'), ('王芳', '记者')], [('李小明', '记者')])
    >>> byline_authors("■本报记者 李小明 摄影 王芳"), byline_authors("记者 李小明 摄影报道")
    ([('李小明', '记者'), ('王芳', '摄')], [('李小明', '记者')])
    >>> byline_authors("記者李小明、王芳／綜合報導"), byline_authors("记者调查发现")
    ([('李小明', '记者'), ('王芳', '记者')], None)
    >>> byline_authors("（河南山城市公安局李小明 王芳）"), byline_authors("山东 山城县 李小明")
    ([('李小明', '作者'), ('王芳', '作者')], [('李小明', '作者')])
    """
    pairs = _byline_pairs(text.strip())
    return None if pairs is None else list(pairs)


@lru_cache(4096)  # a line is asked about when it is unwrapped, looked at and read
def _byline_pairs(text: str) -> tuple[tuple[str, str], ...] | None:
    if len(text) > _REACH:
        return None
    bracketed = text[:1] in _OPENERS and text[-1:] in _CLOSERS
    inside = text[1:-1] if bracketed else text
    # Patterns are tried only where a character stands that they need: most lines are no credits.
    if inside[:2] in ("19", "20") and _WHEN.match(inside):
        inside = _EDITOR.sub("", _WHEN.sub("", inside))
    inside = (_SOURCE.sub("", inside) if "源" in inside else inside).strip()
    wire = _WIRE.match(plain(inside)) if "电" in inside or "讯" in inside or "電" in inside or "訊" in inside else None
    if wire:
        inside = inside[wire.end() :].rstrip("）)")
    inside = _without_place(inside.lstrip("—－ ") if "者" in inside or "员" in inside else inside)
    if not inside or inside[0] in "“《":
        return None
    begin = name_behind_place(plain(inside))
    wrote = _WROTE.search(inside) if inside[-1] in "笔筆稿" else None
    if begin and (bracketed or wrote or inside[begin - 1].isspace()):
        inside = inside[begin : wrote.start() if wrote else None]
    pairs = read_pairs(inside, bracketed=bracketed)
    return None if pairs is None else tuple(pairs)


def sure_authors(line: str) -> list[tuple[str, str]]:
    """Return the names of a line that is known to be a byline: pen names, and several names set without a space.

    >>> sure_authors("永晴"), sure_authors("（王青摄影报道）"), sure_authors("李小明王芳张三摄影报道")
    ([('永晴', '作者')], [('王青', '作者')], [('李小明', '作者'), ('王芳', '作者'), ('张三', '作者')])
    >>> sure_authors("湖南山城市李小明"), sure_authors("本报编辑部供稿，特此说明。")
    ([('李小明', '作者')], [])
    >>> sure_authors("市民 李小明"), sure_authors("（李 小 明）"), sure_authors("東港／李小明（教师）")
    ([('李小明', '作者')], [('李小明', '作者')], [('李小明', '作者')])
    """
    text = plain(line)
    alone = _one_author(line, text)
    if alone:
        return [(alone, "作者")]
    around = _AROUND_NAMES.fullmatch(text)
    if around is None:
        return []
    begin = around.start("names") + name_behind_place(around["names"])
    run = text[begin : around.end("names")]
    found = []
    while run:
        length = len(run) if len(run) <= _ONE_NAME else first_name(run)
        if not length:
            return []
        found.append((line[begin : begin + length], "作者"))
        begin, run = begin + length, run[length:]
    return found


def _one_author(line: str, text: str) -> str:
    """Return the name of a line that is one name, set with blanks or beside an office or occupation; or nothing."""
    inside = _INSIDE.fullmatch(text)
    if inside is None:
        return ""
    begin, end = inside.span("who")
    begin += name_behind_office(text[begin:end])
    name = _SPACE.sub("", line[begin:end])
    told = inside["place"] or begin > inside.start("who") or inside["what"] or len(name) < end - begin
    return name if told and is_name(plain(name)) and len(name) <= _TWO_NAMES else ""


def _without_place(credit: str) -> str:
    """Return a credit without the place and the way of reporting behind its names.

    >>> _without_place("記者李小明／東港報導"), _without_place("記者李小明東港報導"), _without_place("记者调查报道")
    ('記者李小明', '記者李小明', '记者调查报道')
    """
    text = plain(credit)
    if "者" not in text and "员" not in text and "译" not in text:
        return credit
    reported = _REPORTED.fullmatch(text)
    if reported:
        return credit[: reported.end("who")]
    glued = _GLUED.fullmatch(text)
    length = named(glued["rest"]) if glued else 0
    return credit[: glued.start("rest") + length] if glued and length else credit


@lru_cache(1024)  # most rules ask about the same short lines
def plain(text: str) -> str:
    """Return a credit in the form that the patterns expect, character for character."""
    return read_credit(text)


def read_pairs(printed: str, *, bracketed: bool, certain: bool = False) -> list[tuple[str, str]] | None:
    """Consume marks, organisations, roles, separators and names from left to right; None if anything else is left.

    Args:
        printed: A credit.
        bracketed: It stood in brackets of its own.
        certain: It stands where nothing but a credit stands, so that a name need not begin with a known surname.
    """
    text = plain(printed)
    if not _CREDIT.fullmatch(text):
        return None
    leads = _LEADING.match(text) is not None  # 文 甲 图 乙: each role stands before its name
    pairs: list[tuple[str, str]] = []
    role = ""
    strong = False  # a role word was seen: what follows are names
    glued = False  # the name stands right after its role: 记者调查 is no name
    generic = ""  # 文/图 is a role only for names that have no other
    position = 0
    while position < len(text):
        match = _MARK.match(text, position) or _SEPARATOR.match(text, position)
        if match and match.end() > position and (pairs or text[position] != "和"):
            position, glued = match.end(), False
            continue
        match = _ROLE.match(text, position)
        if match:
            role_found = _ROLES[int(match.lastgroup[1:])][0] if match.lastgroup else ""
            position, strong, glued = match.end(), True, True
            before_name = role_found in ("图", "摄") and bool(pairs) and _name_follows(text, position)
            if before_name or (leads and role_found in ("文", "图", "摄")):
                role = role_found
            elif role_found in ("文/图", "文", "图", "摄", "整理", "编译"):
                generic = generic or role_found
                role = role if pairs else ""
            else:
                role = role_found
            continue
        match = _ORG.match(text, position)
        if match and match.end() > position:
            position, role = match.end(), role if strong else ""
            continue
        match = _TAIL_WORD.match(text, position)
        if match and pairs and match.end() >= len(text):
            break
        name, end = _name_at(text, position, certain=certain)
        if name and (len(name) < 4 or "·" in name or is_name(name)) and (not glued or certain or is_name(name)):
            pairs.append((_SPACE.sub("", printed[position:end]), role))
            position = end
            continue
        return None
    return _finish(pairs, generic, strong=strong, bracketed=bracketed)


_CREDIT = LazyPattern(  # all that the patterns above can take, and no office
    r"(?!.*(?:公所|公司|[员委]会|公室|大学|医院|管理[局处])$)[\s　□■◎●◇◆▪△▲★☆|｜/／、,，:：;；（(）)0-9·一-龥]+"
)
_LEADING = LazyPattern(r"[□■\s　]{0,3}文[\s　/／:：]{1,3}[一-龥·\s　]{2,8}?[\s　/／]{1,3}[图摄]")
_SPACE = LazyPattern(r"[\s　]+")
_RUN = LazyPattern(r"[一-龥·]+")
_TWO_NAMES = 4  # characters of the shortest pair of names set without a space
_NO_NAME = LazyPattern(r"(?:本报|新华社|记者|通讯员|实习生|文/图|摄影|摄$|报道$|整理$|发自)")
_APART = LazyPattern(r"[ 　]{1,3}([一-龥])(?![一-龥·])")


def _name_follows(text: str, position: int) -> bool:
    """Say whether a name stands after a role: 记者 甲 摄影 乙."""
    blank = _SEPARATOR.match(text, position)
    name, _ = _name_at(text, blank.end() if blank else position)
    return bool(blank and blank.group()) and is_name(name)


def _finish(
    pairs: list[tuple[str, str]], generic: str, *, strong: bool, bracketed: bool
) -> list[tuple[str, str]] | None:
    if not pairs:
        return None
    if not strong and not (all(is_name(plain(name)) for name, _ in pairs) and len(pairs) <= 4):
        return None
    if not strong and not bracketed and len(pairs) > 2:
        return None
    return [(name, role or generic or "作者") for name, role in pairs]


def _name_at(text: str, position: int, *, certain: bool = False) -> tuple[str, int]:
    """Return the name that begins here, put together where two characters are set apart, and its end."""
    run = _RUN.match(text, position)
    if not run:
        return "", position
    word = run.group()
    cut = _NO_NAME.search(word)
    if cut and cut.start():
        word = word[: cut.start()]
    end = position + len(word)
    if len(word) == 1:
        apart = _APART.match(text, end)
        if apart and (certain or word in surnames()):
            return word + apart.group(1), apart.end()
        return "", position
    halves = len(word) == _TWO_NAMES and first_name(word)
    if halves == _TWO_NAMES // 2:
        return word[:halves], position + halves
    if len(word) <= _TWO_NAMES or "·" in word:
        return (word, end) if _NAME.fullmatch(word) else ("", position)
    length = first_name(word)
    return (word[:length], position + length) if length else ("", position)
