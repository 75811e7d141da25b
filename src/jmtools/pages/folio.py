"""Read from folio lines, file names and words which paper, day and page this is."""

from jmtools.fields.dates import DATE, read_date
from jmtools.fields.file_names import Folio
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.page_names import page_name

_NEWSPAPER = LazyPattern(
    r"(?<![一-龥])([一-龥]{2,8}?(?:日报|晚报|早报|晨报|商报|时报|都市报|导报|快报|青年报|日報|晚報|新报|周报|周刊|公报|校报))(?![一-龥])"
)
_PAGE_AND_NAME = LazyPattern(
    r"(?:^|(?<=[\s　|｜·:：]))(?:第\s*)?(?P<page>[A-Z]{1,2}[0-9０-９]{1,3}|[0-9０-９]{1,3}(?=\s*版)"
    r"|[一二三四五六七八九十]{1,3}(?=\s*版)|[0-9]{2}(?=[\s　]))"
    r"\s*版?[\s　·:：|｜]*(?P<name>[一-龥]{2,6}(?:[·/][一-龥]{2,6})?)?"
)
_SPACED = LazyPattern(r"(?<=(?<![一-龥])[一-龥])[ 　](?=[一-龥](?![一-龥]))")
_NOT_SECTIONS = ("责编", "责任", "美编", "编辑", "校对", "版式", "星期", "农历", "电话", "本版", "组版")


def read_folio(lines: list[str]) -> Folio:
    """Read the folio lines of a page.

    >>> read_folio(["A02 要闻 2023年5月25日 星期四 责编/李小明", "山城日报"])
    Folio(newspaper='山城日报', date='2023-05-25', page='A02', page_name='要闻')
    >>> read_folio(["值班编委:郦青 一版责编:嵇川"]).page
    """
    found = Folio()
    for line in lines:
        line = line[:120]
        newspaper = _NEWSPAPER.search(_SPACED.sub("", line))
        page, name = _page_and_section(line)
        found = found.or_else(Folio(newspaper[1] if newspaper else None, read_date(line), page, name))
    return found


def _page_and_section(line: str) -> tuple[str | None, str | None]:
    without_date = DATE.sub(" ", line)
    for match in _PAGE_AND_NAME.finditer(without_date):
        name = match["name"]
        if name and name.startswith(_NOT_SECTIONS):
            if not match["page"][0].isascii():
                continue  # 一版责编: who edited which page, of all pages of the issue
            name = None
        if match["page"].isdigit() and not name and "版" not in match.group():
            continue
        return page_name(match["page"]), name
    return None, None
