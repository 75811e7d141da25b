"""Read signatures: where the writer lives or works, and the name behind it (山城市公安局李小明, 市民 李小明)."""

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.person_names import is_name

_LONGEST_NAME = 4  # characters

_PLACE = LazyPattern(
    r"(?:北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州"
    r"|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾|[一-龥]{2,5}(?:省|市|县|自治区|自治州))"
)
_LAST = LazyPattern(
    r".*(?:[省市县区州旗乡镇村街路号局院校厂矿社队部所团会处室科厅委站场库店馆社报台]|公司|中心|中学|小学|大学|学院|信箱|读者|学生|教师|职工|农民|战士)"
)
_BLANK = LazyPattern(r"[\s　]+")
_OFFICE = LazyPattern(
    r"(?:[一-龥]{2,6}[\s　]+)?"
    r"(?:[一-龥0-9]{0,14}?(?:[学医法书]院|[系班级厂队局校所站行社团连营室科会馆店矿场乡镇村]"
    r"|公司|证券|车间|工段|宿舍|新村|社区|小区"
    r"|大学|中学|小学|中心"
    r"|[市农居村公股网]民|[工军诗商]人|[学研]生|[一-龥]师"
    r"|[小初高中大国][一二三四五六]|(?:指导)?[老教]师"
    r"|医生|职工|员工|战士|读者|编者|干部|会员|社员|[0-9]{2,4}[级届])[\s　]+){1,3}"
)


def name_behind_place(text: str) -> int:
    """Return where the names begin in a signature that opens with a place; 0 if it opens with none.

    Args:
        text: A line without its brackets, in Simplified characters.

    >>> text = "河南山城市公安局李小明"
    >>> text[name_behind_place(text) :], name_behind_place("李小明 王芳")
    ('李小明', 0)
    >>> text = "山东 山城县 李小明"
    >>> text[name_behind_place(text) :]
    '李小明'
    """
    place = _PLACE.match(text)
    if place is None:
        return 0
    last = _LAST.match(text)
    begin = max(place.end(), last.end() if last else 0)
    blank = _BLANK.match(text, begin)
    return blank.end() if blank else begin


def name_behind_office(text: str) -> int:
    """Return where the name begins in a signature that opens with an office or an occupation, and a blank; or 0.

    >>> text = "中文系 2013级 李小明"
    >>> text[name_behind_office(text) :], name_behind_office("公司 中心")
    ('李小明', 0)
    >>> [text[name_behind_office(text) :] for text in ("湖北山城 社员 李小明", "小五　李小明")]
    ['李小明', '李小明']
    """
    office = _OFFICE.match(text)
    name = _BLANK.sub("", text[office.end() :]) if office else ""
    return office.end() if office and is_name(name) and len(name) <= _LONGEST_NAME else 0
