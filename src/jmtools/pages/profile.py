"""What a paper repeats on its pages: learned from many pages, editable by hand, applied when pages are split."""

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

from jmtools.errors import DataError, ModelError
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.io.files import read_all
from jmtools.pages.cues import find_cues, simplify
from jmtools.pages.features import view_page
from jmtools.pages.folio import read_folio
from jmtools.pages.forms import Build
from jmtools.pages.lines import page_lines
from jmtools.pages.page_head import furniture_at_head
from jmtools.pages.reading import read_page
from jmtools.pages.unwrapping import unwrap

_LONGEST = 60  # characters: longer lines are no furniture
_FROM_EDGE = 12  # lines from the top or bottom of a page in which folio lines stand
_NAMES = LazyPattern(
    r"(责任编辑|责编|编辑|美编|美术编辑|版式设计|版式|校对|审读|检校|主编|值班编委|组版)"
    r"[\s　:：/]*"
    r"[一-龥 　]{2,16}?(?=\s*(?:责|编|美|版|校|审|检|主|值|组|电|$))"
)
_SECTION = LazyPattern(r"^(第?[A-Z]?[0-9]{1,3}版|[A-Z][0-9]{1,2})[\s　:：·]+[一-龥·]{2,8}(?=[\s　]|$)")
_LARGEST = 16 << 20  # bytes
_FURNITURE = frozenset(
    "folio_page folio_date folio_old editors editors_in imprint paper_name paper_any weekday".split()  # noqa: SIM905
)
_FIELDS = ("newspaper", "folio", "advertisement", "build", "headlines")
_COUNTS = tuple(field.name for field in fields(Build))
_LARGEST_LEANING = 9  # nats
_LARGEST_COUNT = 10**9
_ADS = ("psa", "sponsor", "phone", "digits7", "shop")


@dataclass(frozen=True, slots=True)
class Profile:
    """A paper's habits.

    Attributes:
        newspaper: Its name, or None.
        folio: Forms of lines that are folio, masthead or imprint: `#` is any digits, `*` names and sections.
        advertisement: Forms of lines that belong to advertisements.
        build: How its pages are built, counted.
        headlines: How much traits of a short line speak for a headline, and against a subhead, in this paper (nats).
    """

    newspaper: str | None = None
    folio: frozenset[str] = frozenset()
    advertisement: frozenset[str] = frozenset()
    build: Build | None = None
    headlines: Mapping[str, float] = field(default_factory=dict)

    def fixed_roles(self, texts: Sequence[str]) -> dict[int, frozenset[str]]:
        """Return the roles that the lines of a page can only have."""
        fixed = {}
        for i, text in enumerate(texts):
            if len(text) <= _LONGEST:
                form = line_form(text)
                if form in self.folio:
                    fixed[i] = frozenset("Ff")
                elif form in self.advertisement:
                    fixed[i] = frozenset("Aa")
        return fixed


def line_form(text: str) -> str:
    """Return a line with wildcards for what changes from day to day.

    >>> line_form("A02 要闻 2023年5月25日 星期四 责编/李小明 校对/张三")
    'A# * #年#月#日 星期* 责编:* 校对:*'
    """
    form = _SECTION.sub(r"\1 *", _NAMES.sub(r"\1:*", simplify(text)))
    form = re.sub(r"星期[一二三四五六日天]", "星期*", form)
    form = re.sub(r"农历[一-龥]{2,12}", "农历*", form)
    form = re.sub(r"[0-9０-９〇○零一二三四五六七八九十]+(?=[年月日期版])|[0-9０-９]+", "#", form)
    return re.sub(r"[\s　]+", " ", form).strip()


def learn_profile(pages: Iterable[str], *, least: int = 3) -> Profile:
    """Learn from the pages of one paper what stands on many of them.

    Args:
        pages: Texts of pages.
        least: Pages on which a form must stand to count.
    """
    seen: Counter[str] = Counter()
    near_edge: Counter[str] = Counter()
    cues: dict[str, set[str]] = defaultdict(set)
    names: Counter[str] = Counter()
    build = Build()
    for page in pages:
        raw = page_lines(page)
        whole = unwrap(raw, read_page(raw))
        lines, read = [line.text for line in whole], read_page(whole)
        head = furniture_at_head(read)
        build = build.plus(view_page(whole[head:], printed=read[head:]).build or Build())
        forms: dict[str, tuple[int, str]] = {}
        for i, text in enumerate(lines):
            if len(text) <= _LONGEST:
                forms.setdefault(line_form(text), (min(i, len(lines) - 1 - i), text))
        for form, (distance, text) in forms.items():
            seen[form] += 1
            near_edge[form] += distance < _FROM_EDGE
            cues[form].update(find_cues(text))
        newspaper = read_folio(
            [text for text in lines[:_FROM_EDGE] + lines[-_FROM_EDGE:] if len(text) <= _LONGEST]
        ).newspaper
        if newspaper:
            names[newspaper] += 1
    often = [form for form, count in seen.items() if count >= least]
    ads = {form for form in often if cues[form].intersection(_ADS) and "editors" not in cues[form]}
    folio = {
        form
        for form in often
        if form not in ads
        and ("section_name" in cues[form] or (near_edge[form] > 0.8 * seen[form] and cues[form] & _FURNITURE))
    }
    best = max(names, key=lambda name: (names[name], name), default=None)
    return Profile(best, frozenset(folio), frozenset(ads), build if build.texts else None)


def format_profile(profile: Profile) -> str:
    """Write a profile as TOML."""
    rows = ["# What this paper repeats. `#` stands for any digits, `*` for names and sections; edit freely.", ""]
    if profile.newspaper:
        rows.append(f"newspaper = {json.dumps(profile.newspaper, ensure_ascii=False)}")
    for name, forms in (("folio", profile.folio), ("advertisement", profile.advertisement)):
        rows.append(f"{name} = [")
        rows += [f"  {json.dumps(form, ensure_ascii=False)}," for form in sorted(forms)]
        rows.append("]")
    if profile.build is not None:
        rows += ["", "# How its pages are built: how many of their texts and headings are like that.", "[build]"]
        rows += [f"{name} = {count}" for name, count in zip(_COUNTS, astuple(profile.build), strict=True)]
    if profile.headlines:
        rows += [
            "",
            "# Traits of short lines: above 0 they speak for a headline, below 0 for a subhead.",
            "[headlines]",
        ]
        rows += [f"{json.dumps(name, ensure_ascii=False)} = {value}" for name, value in profile.headlines.items()]
    return "\n".join(rows) + "\n"


def parse_profile(text: str, name: str = "profile") -> Profile:
    """Read a profile from TOML.

    Raises:
        ModelError: If it is not TOML, or has other fields than a profile.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        raise ModelError(f"{name}: not a profile: {error}") from None
    unknown = sorted(set(data) - set(_FIELDS))
    if unknown:
        raise ModelError(f"{name}: unknown field {unknown[0]!r}; a profile has {', '.join(_FIELDS)}")
    newspaper = data.get("newspaper")
    lists = [data.get("folio", []), data.get("advertisement", [])]
    if not all(isinstance(forms, list) and all(isinstance(form, str) for form in forms) for forms in lists):
        raise ModelError(f"{name}: folio and advertisement are lists of strings")
    if newspaper is not None and not isinstance(newspaper, str):
        raise ModelError(f"{name}: newspaper is a string")
    headlines = data.get("headlines", {})
    if not isinstance(headlines, dict) or not all(_is_leaning(value) for value in headlines.values()):
        raise ModelError(f"{name}: headlines are numbers from -9 to 9")
    build = _read_build(data.get("build", {}), name)
    return Profile(newspaper or None, frozenset(lists[0]), frozenset(lists[1]), build, headlines)


def _read_build(counts: object, name: str) -> Build | None:
    if not isinstance(counts, dict) or not set(counts) <= set(_COUNTS) or not all(map(_is_count, counts.values())):
        raise ModelError(f"{name}: build has counts of {', '.join(_COUNTS)}")
    build = Build(**counts)
    parts = max(build.texts_of_one_paragraph, build.texts_with_wire)
    if parts > build.texts or build.headings_of_several_lines > build.headings:
        raise ModelError(f"{name}: build: a part is larger than the whole")
    return build if build.texts or build.headings else None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_COUNT


def _is_leaning(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST_LEANING


def load_profile(path: Path) -> Profile:
    """Read a profile from a file.

    Raises:
        FileError: If it cannot be read.
        ModelError: If it is too large or no profile.
    """
    try:
        return parse_profile(read_all(str(path), limit=_LARGEST).decode("utf-8-sig"), str(path))
    except (DataError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: not a profile: {error}") from None
