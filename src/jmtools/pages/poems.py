"""Poems: a title, the poet's name, and lines too short for prose."""

from collections import Counter
from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.credits import byline_authors, plain, sure_authors
from jmtools.pages.person_names import is_name
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete, short_and_open
from jmtools.pages.signatures import name_behind_office

_VERSE = LazyPattern(r"[一-龥“”‘’「」『』，。、；：？！—…《》·\s　]{1,20}")
_FEWEST = 5  # lines of a poem whose title does not say that it is one
_FEWEST_NAMED = 3
_MOST_LINES = 400  # more are a list
_MOST_WHOLE = 0.5  # share of its lines that end a sentence: more is prose, or a list
_SHORTEST_MEAN, _LONGEST_MEAN = 4, 12  # characters of its lines
_TITLE = 16  # characters
_LINE = 24
_NAMED = LazyPattern(
    r".*(?:[诗詞词赋曲]|[诗詞词](?:[一二两三四五六七八九十]|[0-9])首|[一二两三四五六七八九十][首章题]|外[一二三四]首|[歌谣]|组诗|散曲|绝句|律诗)[）)]?"
)
_SEVERAL = LazyPattern(r".*(?<!外)(?:[一二两三四五六七八九十][首章题]|组诗)[）)]?")
_SLOGAN = LazyPattern(r"广告|讲文明|图说|核心价值|目录|第[一二三四五]章")
_TITLE_ROLES = frozenset("Hh")
_HEADLINE, _BYLINE, _VERSES, _FIRST_TITLE = frozenset("H"), frozenset("B"), frozenset("P"), frozenset("S")
_VERSE_OR_TITLE = _VERSES | _FIRST_TITLE
_VERSE_OR_HEAD = _VERSE_OR_TITLE | _HEADLINE
_INNER_TITLE = 4  # characters
_MARKS = "○●◎□■◇◆△▲★☆※· 　"
_SPACES = compile_pattern(r"[\s　]+")


def roles_by_poems(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of the lines, by index, of poems whose poet is named below the title.

    >>> page = ["昨天有雨。", "诗二首", "李小明", "渡口", "船还没有来", "风先过了河", "把对岸的灯", "一盏一盏吹亮"]
    >>> found = roles_by_poems([*page, "面档", "二楼的面档开了十一年，老板姓李，大家都叫他李叔。"])
    >>> "".join(min(roles) for _, roles in sorted(found.items()))
    'HBSPPPH'
    """
    found: dict[int, frozenset[str]] = {}
    ends = _verse_ends(texts)
    i = 0
    while i + _FEWEST < len(texts):
        end = _poem_at(texts, i, ends[i + 2])
        if end:
            found |= _verses(texts, i, end)
            above = i and short_and_open(texts[i - 1], _LINE)
            found[i], found[i + 1] = _TITLE_ROLES if above else _HEADLINE, _BYLINE
            if end < len(texts):
                if short_and_open(texts[end], _LINE):
                    found[end - 1] = _VERSE_OR_HEAD  # the headline may begin with what looks like the last verse
                else:
                    found[end] = STARTS
            i = end
        else:
            i += 1
    return found


def _verses(texts: Sequence[str], i: int, end: int) -> dict[int, frozenset[str]]:
    """Return the roles of the lines below a title and a name: where there are several poems, some are their titles."""
    title = plain(texts[i])
    if not _NAMED.fullmatch(title):
        return dict.fromkeys(range(i + 2, end), _VERSES)
    usual = Counter(len(texts[j]) for j in range(i + 3, end)).most_common(1)[0][0] if end > i + 3 else 0
    titles = [j for j in range(i + 3, end) if len(texts[j]) * 2 <= usual and _SEVERAL.fullmatch(title)]
    found = {j: _VERSES if len(texts[j]) > _INNER_TITLE else _VERSE_OR_TITLE for j in range(i + 3, end)}
    found |= dict.fromkeys(titles, _FIRST_TITLE)  # in verses of one length a line of half of it
    return found | ({i + 2: _FIRST_TITLE} if _SEVERAL.fullmatch(title) else {i + 2: _VERSES})


def _verse_ends(texts: Sequence[str]) -> list[int]:
    """Return for each line the first one from it on that can be no verse."""
    ends = [len(texts)] * (len(texts) + 1)
    for i in range(len(texts) - 1, -1, -1):
        ends[i] = ends[i + 1] if len(texts[i]) <= _LINE and _VERSE.fullmatch(plain(texts[i])) else i
    return ends


def _poem_at(texts: Sequence[str], i: int, end: int) -> int:
    """Return the line after the poem whose title stands at a line; 0 if none does.

    Args:
        texts: The lines of the page.
        i: The line.
        end: The first line below it and the next one that can be no verse.
    """
    title = texts[i]
    if (
        not _FEWEST_NAMED <= end - i - 2 <= _MOST_LINES
        or len(title) > _TITLE
        or complete(title)
        or (i and _is_open(texts, i - 1))
        or not _is_poet(texts[i + 1], plain(title))
    ):
        return 0
    if end < len(texts):
        end = _before_next(texts, i + 2, end)
    verses = texts[i + 2 : end]
    fewest = _FEWEST_NAMED if _NAMED.fullmatch(plain(title)) else _FEWEST
    if len(verses) < fewest or _SLOGAN.search("".join([title, *verses])):
        return 0
    mean = sum(map(len, verses)) / len(verses)
    if mean > _LONGEST_MEAN or (mean < _SHORTEST_MEAN and fewest == _FEWEST):
        return 0
    return end if sum(complete(verse) for verse in verses) <= _MOST_WHOLE * len(verses) else 0


def _is_open(texts: Sequence[str], i: int) -> bool:
    """Say whether the line above may be a headline to which the line below belongs."""
    return not complete(texts[i]) and len(texts[i]) > _LINE


def _is_poet(text: str, title: str = "") -> bool:
    """Say whether a line names a writer; below the title of a poem any name will do, also a pen name."""
    text = text.lstrip(_MARKS)
    if not text or not short_and_open(text, _TITLE):
        return False
    if _NAMED.fullmatch(title) and sure_authors(text):
        return True
    authors = byline_authors(text)
    if authors is not None:
        return len(authors) == 1 or is_name(_SPACES.sub("", plain(text)))
    return bool(name_behind_office(plain(text)))


def _before_next(texts: Sequence[str], start: int, end: int) -> int:
    """Return where a poem ends: above the title of what follows it, the byline below that title among its lines."""
    if short_and_open(texts[end], _LINE) and not _is_poet(texts[end]):
        return end
    last = end - 1
    if last > start and len(texts[end]) > _LINE and _is_poet(texts[last]) and not complete(texts[last - 1]):
        last -= 1
    return max(last, start)
