"""Read datelines: agency, place and day of a news item."""

from dataclasses import dataclass

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import plain

_REACH = 40  # characters
_DAY = r"(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})日"
_DATELINE = LazyPattern(
    r"[（(【]?(?:综合)?据?"
    r"(?P<agency>新华社|中新社|中新网|新华网|人民网|法新社|路透社|美联社|中央社|本报|本刊"
    rf"|[一-龥]{{1,6}}社(?=[一-龥]{{0,10}}?(?:[0-9]{{1,2}}月|{_DAY}))"
    r"|[一-龥]{1,8}(?:日报|晚报|早报|晨报|商报|时报|都市报|导报|快报|青年报|大河报))"
    rf"(?P<place>[一-龥]{{0,10}}?)(?P<date>(?:[0-9]{{4}}年)?(?:(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})月)?{_DAY})?"
    r"(?:上午|下午|晚|晨)?(?:特派员|专|急|特)?(?:电|讯)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, date and agency as printed at the head of a text."""

    place: str | None
    date: str | None
    agency: str | None


def read_dateline(paragraph: str) -> Dateline | None:
    """Return place, date and agency of a text that opens with a dateline.

    >>> read_dateline("据新华社山城3月4日电（记者李小明）今天")
    Dateline(place='山城', date='3月4日', agency='新华社')
    >>> read_dateline("江城社北塘4月14日电 记者从会上获悉").agency
    '江城社'
    >>> read_dateline("〔山海社東港十五日電〕此間糧價穩定")
    Dateline(place='東港', date='十五日', agency='山海社')
    """
    printed = paragraph[:_REACH]
    if not ("电" in printed or "電" in printed or "讯" in printed or "訊" in printed):
        return None
    head = plain(printed)
    match = _DATELINE.match(head) if "电" in head or "讯" in head else None
    if not match:
        return None
    place, date, agency = (paragraph[slice(*match.span(part))] for part in ("place", "date", "agency"))
    return Dateline(place or None, date or None, agency)
