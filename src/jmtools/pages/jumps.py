"""Read the marks that send a reader from page to page: 上接, 下转, 紧接, 详见."""

from collections.abc import Sequence
from dataclasses import dataclass

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.page_names import page_name
from jmtools.pages.shapes import complete

_PAGE = (
    r"(?:今日|本报)?(?:第[一二三四五六]张)?第?\s*"
    r"(?P<page>[A-Za-z]{0,2}[0-9０-９]{1,3}(?![0-9０-９])|[一二三四五六七八九十]{1,3}|头(?=版))\s*[版页]?"
)
_ARROW = r"[◀▲▶▼◁△▷▽←→↑↓☜☞➤►◄<>＜＞«»—－]{0,3}\s*"
_OPEN = r"[（(【\[〔《]?\s*"
_CLOSE = r"[）)】\]〕》]?\s*"
_IN = LazyPattern(
    rf"{_ARROW}{_OPEN}{_ARROW}(?:紧接|上接|承接|文接|续|接)\s*(?P<paper>[^，。0-9]{{0,6}}?){_PAGE}"
    rf"(?P<rest>[^，。）)】\]]{{0,20}}){_CLOSE}{_ARROW}"
)
_OUT = rf"(?:未完[^，。]{{0,2}}[，、 　])?(?:下转|转至|转入|紧转|转|详见)\s*{_PAGE}(?P<rest>[^，。）)】\]]{{0,20}})"
_OUT_LINE = LazyPattern(rf"{_ARROW}{_OPEN}{_ARROW}{_OUT}{_CLOSE}{_ARROW}")
_OUT_TAIL = LazyPattern(rf"{_ARROW}{_OPEN}{_ARROW}(?:[下紧]转|转入)\s*{_PAGE}[^，。）)】\]]{{0,12}}{_CLOSE}{_ARROW}$")
_IN_HEAD = LazyPattern(rf"^{_ARROW}[（(【\[〔]\s*(?:紧接|上接)\s*{_PAGE}[^，。）)】\]]{{0,12}}[）)】\]〕]\s*")
_AROUND = " 　《》“”版<>＜＞▶▼►➤→☞"
_TAIL_REACH = 24
_LINE, _SAID = 24, 12  # characters of a line that is a jump, of a text above
_BARE_IN = LazyPattern(rf"{_ARROW}{_OPEN}{_ARROW}[上紧文]接\s*{_PAGE}{_CLOSE}{_ARROW}")
_ONWARD, _ONTO, _ONTO_NEW = frozenset("X"), frozenset("Jj"), frozenset("J")
_SIMPLE = str.maketrans("轉續詳見緊張頁報承", "转续详见紧张页报承")


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump mark: the page that it names, as printed but normalised, and the words beside it."""

    page: str
    words: str = ""


def read_jump_in(text: str) -> Jump | None:
    """Return what a line that is nothing but a jump-in mark says, else None.

    >>> read_jump_in("（上接第一版）"), read_jump_in("◀上接A01版"), read_jump_in("上接学校的话")
    (Jump(page='1', words=''), Jump(page='A01', words=''), None)
    >>> [read_jump_in(text).page for text in ("《上接01版》", "＜＜上接A1", "上接头版", "（接第三版）")]
    ['01', 'A1', '1', '3']
    """
    match = _IN.fullmatch(text.translate(_SIMPLE)) if len(text) <= 40 else None
    return Jump(page_name(match["page"]), match["rest"].strip(_AROUND)) if match else None


def read_jump_out(text: str) -> Jump | None:
    """Return what a line that is nothing but a jump-out mark says, else None.

    >>> read_jump_out("▶下转A03版"), read_jump_out("（下转第十二版）")
    (Jump(page='A03', words=''), Jump(page='12', words=''))
    >>> [read_jump_out(text).page for text in ("↓下转02版", "（详见A3版）", "下转A05版>>", "下转今日三版")]
    ['02', 'A3', 'A05', '3']
    """
    match = _OUT_LINE.fullmatch(text.translate(_SIMPLE)) if len(text) <= 40 else None
    return Jump(page_name(match["page"]), match["rest"].strip(_AROUND)) if match else None


def roles_by_jumps(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of lines, by index, that are nothing but a jump.

    Of 181 jumps out on labelled pages all were that; of 218 jumps in below a text all began a continuation.

    >>> lines = ["昨天下了入冬以来的第一场雪，市民纷纷出门。", "（下转第三版）", "大桥通车", "（上接第一版）"]
    >>> {i: "".join(sorted(roles)) for i, roles in roles_by_jumps(lines).items()}
    {1: 'X', 3: 'Jj'}
    """
    found: dict[int, frozenset[str]] = {}
    for i, text in enumerate(texts):
        if len(text) > _LINE or not any(char in text for char in "转轉接详詳"):
            continue
        if i and read_jump_out(text):
            found[i] = _ONWARD
        elif _BARE_IN.fullmatch(text.translate(_SIMPLE)):
            below = not i or (len(texts[i - 1]) > _SAID and complete(texts[i - 1]))
            found[i] = _ONTO_NEW if below else _ONTO
    return found


def cut_jump_out(text: str) -> tuple[str, str, str | None]:
    """Cut a jump-out mark from the end of a paragraph.

    Returns:
        The paragraph without the mark, the mark as printed (empty where there is none), and its page.

    >>> cut_jump_out("他说，这很好。▶下转A03版"), cut_jump_out("他说，这很（紧转A02）")
    (('他说，这很好。', '▶下转A03版', 'A03'), ('他说，这很', '（紧转A02）', 'A02'))
    >>> cut_jump_out("均持觀望，（轉入第三張第二頁）")
    ('均持觀望，', '（轉入第三張第二頁）', '2')
    """
    begin = max(len(text) - _TAIL_REACH, 0)
    if text.find("转", begin) < 0 and text.find("轉", begin) < 0:
        return text, "", None
    tail = text[begin:].translate(_SIMPLE)
    if "下转" not in tail and "紧转" not in tail and "转入" not in tail:
        return text, "", None
    match = _OUT_TAIL.search(tail)
    if not match or not begin + match.start():
        return text, "", None
    cut = begin + match.start()
    return text[:cut].rstrip(), text[cut:].strip(), page_name(match["page"])


def cut_jump_in(text: str) -> tuple[str, str, str | None]:
    """Cut a bracketed jump-in mark from the head of a paragraph.

    >>> cut_jump_in("（上接第一版）他说，这很好。")
    ('他说，这很好。', '（上接第一版）', '1')
    """
    match = _IN_HEAD.match(text[:40]) if "接" in text[:40] else None
    if not match or match.end() >= len(text):
        return text, "", None
    return text[match.end() :], match.group().strip(), page_name(match["page"])
