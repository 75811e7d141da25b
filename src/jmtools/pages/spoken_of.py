"""Who is spoken of: names of persons that several lines of a page have.

The person whom a text is about comes again below its subheads, and hardly ever below the next headline. Found are names
of three characters that begin with a common family name and stand in two places or more. Pieces of longer words are
left out: the same character always stands before or behind them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.ties import Ties

_FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃戴莫孔汤祝樊裴宫尤祁闻蒲翁郎阮"
    "邬茅储温康施牛洪葛俞章鲁倪庞柳殷庄聂焦左岳齐梅童詹耿关苗凌费纪靳盛欧柴伍涂季辛管翟柯兰屈鲍冉游路阳车安巩桂单佟褚"
    "冼荆娄芦骆霍甘闵滕喻穆谷狄邢查简敖司尚卓吉桑臧卜燕解栾丛楚诸"
)
_NAME = LazyPattern(rf"(?=([{_FAMILIES}][一-龥]{{2}}))")
_NO_NAMES = frozenset(  # what places, houses and pieces of sentences end with, and names do not
    "县市省镇乡村邨屋庄里园区州山河江湖海港湾岛沟岭坡坝洞井岗坑圳涌环角口门城路街桥站楼厂校院寺庙宫场馆所店厅署局部司队团组"
    "会社党军国杯报网线的了着是在和与说不有上中下为对"
)
_RARE = 3  # weight of a pair of characters, at least


class SpokenOf:
    """The names of persons on a page."""

    def __init__(self, around: Surroundings, ties: Ties) -> None:
        self._texts, self._ties = around.texts, ties

    def shared(self, one: Iterable[int], other: Iterable[int], *, elsewhere: Collection[int], line: int) -> bool:
        """Tell whether some lines speak of a person whom others speak of too.

        Args:
            one: Lines.
            other: Other lines.
            elsewhere: Lines whose persons do not count: the whole page is about them.
            line: A line whose persons do not count: headlines name a person in full, subheads seldom do.
        """
        names = self._names_in(one) & self._names_in(other)
        return bool(names) and bool(names - self._names_in([*elsewhere, line]))

    def _names_in(self, lines: Iterable[int]) -> set[str]:
        return set().union(*[self._names[i] for i in lines if i in self._names])

    @cached_property
    def _names(self) -> dict[int, set[str]]:
        """The names of each line that has any."""
        places: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for i, text in enumerate(self._texts):
            for match in _NAME.finditer(text):
                at = match.start()
                places[match[1]].append((i, text[at - 1 : at], text[at + 3 : at + 4]))
        found: dict[int, set[str]] = defaultdict(set)
        for name, uses in places.items():
            if len(uses) > 1 and self._is_name(name, uses):
                for i, _, _ in uses:
                    found[i].add(name)
        return found

    def _is_name(self, name: str, uses: Sequence[tuple[int, str, str]]) -> bool:
        before, after = ({use[side] for use in uses} for side in (1, 2))
        if name[2] in _NO_NAMES or len(before) < 2 or len(after) < 2:
            return False
        return all(self._ties.pair(pair) >= _RARE for pair in (name[:2], name[1:]))
