"""What a short line is by its outside: a quotation, a kind of note in brackets, names without blanks, marks alone."""

from functools import lru_cache

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.person_names import is_name

_LONGEST = 48  # characters
_QUOTED = LazyPattern(r"“[^“”。！？!?]{4,40}(?:[！？!?]?”|”——)")
_WIRE = LazyPattern(
    r"（(?:本报|新华社|本社|中新社)[^，。：（）]{1,14}(?:日|上午|下午|晚)?[电讯](?:[ 　][^，。（）]{2,20})?）"
)
_EDITIONS = LazyPattern(r"（[A-D](?:[、，]?[A-D]){0,4}版?）")
_MARKS = compile_pattern(r"[^\w“”‘’（）《》。，！？：；、]+").fullmatch
_SIGN = LazyPattern(r"[—－-]{1,3}[ 　]*编[ 　]*[者后]")
_SIGNED = LazyPattern(r"[—－-]{1,3}[ 　]*[一-龥·]{2,5}(?:[（ 　][^，。]{2,12})?")
_PLACED = LazyPattern(
    r"（(?!据|均|以上|作者|.*(?:记者|通讯员|编辑|整理|摄|发|电|讯|为))([一-龥]{3,18}[ 　]?[一-龥]{2,3})）"
)
_GLUED = LazyPattern(r"[一-龥]{4,14}")
_NOT_IN_NAMES = frozenset("的了是不和在与而之也要把被让将从向对到就着过吗呢吧啊人们会见出席主持强调")  # after a surname
_DASHES = frozenset("—－-")


def traits_of(text: str) -> tuple[str, ...]:
    """Return what a short line is by its outside.

    >>> traits_of("“一定要修好这座桥”"), traits_of("（本报东港一月三日电）"), traits_of("＊＊＊")
    (('quoted_line',), ('wire_line',), ('marks_line',))
    >>> traits_of("（山城河口县李小明）"), traits_of("李小明王芳张大海"), traits_of("李小明出席")
    (('placed_name',), ('glued_names',), ())
    """
    if len(text) > _LONGEST:
        return ()
    first = text[0]
    if "一" <= first <= "龥":
        return ("glued_names",) if len(text) <= 14 and _GLUED.fullmatch(text) and are_names(text) else ()
    if first == "“":
        return ("quoted_line",) if _QUOTED.fullmatch(text) else ()
    if first == "（":
        return _bracketed(text)
    if first in _DASHES and (_SIGN.fullmatch(text) or _SIGNED.fullmatch(text)):
        return ("editors_sign",) if _SIGN.fullmatch(text) else ("dash_name",)
    return ("marks_line",) if not first.isalnum() and _MARKS(text) else ()


def _bracketed(text: str) -> tuple[str, ...]:
    if _WIRE.fullmatch(text):
        return ("wire_line",)
    if _EDITIONS.fullmatch(text):
        return ("editions_line",)
    placed = _PLACED.fullmatch(text)
    return ("placed_name",) if placed and (is_name(placed[1][-3:]) or is_name(placed[1][-2:])) else ()


@lru_cache(2048)
def are_names(run: str) -> bool:
    """Say whether a run is two names or more, each a known surname with one or two characters."""
    return any(
        is_name(run[:length]) and _NOT_IN_NAMES.isdisjoint(run[1:length]) and _rest_are_names(run[length:])
        for length in (3, 2)
    )


def _rest_are_names(rest: str) -> bool:
    if len(rest) < 2:
        return False
    alone = len(rest) <= 3 and is_name(rest) and _NOT_IN_NAMES.isdisjoint(rest[1:])
    return alone or (len(rest) >= 4 and are_names(rest))
