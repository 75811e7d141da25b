"""Pages into article records, one page after the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jmtools.fields.file_names import Folio, read_name
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.io.json_types import Fields
from jmtools.pages.articles import assemble, page_digest
from jmtools.pages.blank_lines import drop_blanks_inside, drop_random_blanks
from jmtools.pages.byline_lines import roles_by_bylines, roles_by_readers
from jmtools.pages.confidence import set_confidence
from jmtools.pages.indents import roles_by_indents
from jmtools.pages.inner_captions import roles_by_captions
from jmtools.pages.interviews import roles_by_answers, roles_by_quotations
from jmtools.pages.issues import resolve_issues
from jmtools.pages.jumps import roles_by_jumps
from jmtools.pages.known_lines import reports_at_top, roles_by_words
from jmtools.pages.labelled_fields import read_labels, set_known
from jmtools.pages.lead_marks import roles_by_marks
from jmtools.pages.letter_spacing import close_up, is_letter_spaced
from jmtools.pages.letters import roles_by_dates
from jmtools.pages.lines import Line, page_lines
from jmtools.pages.lone_subheads import free_lone_sentences
from jmtools.pages.marked_briefs import roles_by_marked_briefs
from jmtools.pages.model import Decoded
from jmtools.pages.page_head import NO_FURNITURE, add_head, furniture_at_head
from jmtools.pages.passes import SplitModel, load_model
from jmtools.pages.poems import roles_by_poems
from jmtools.pages.print_sizes import roles_by_size
from jmtools.pages.profile import Profile
from jmtools.pages.reading import read_page
from jmtools.pages.repeated_heads import roles_by_page_heads
from jmtools.pages.roles import INNER, STARTS
from jmtools.pages.row_heads import roles_by_rows
from jmtools.pages.section_heads import roles_by_sections
from jmtools.pages.signed_lines import roles_by_signatures
from jmtools.pages.small_ads import roles_by_small_ads
from jmtools.pages.tagged_lines import roles_by_tags
from jmtools.pages.unwrapping import unwrap
from jmtools.pages.wire_lines import roles_by_credits, roles_by_wires

_WIDE = compile_pattern("[０-９]").search
Borders = Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """How pages are split.

    Attributes:
        unwrap: Join lines that were wrapped hard at a fixed width first.
        merge: Resolve jumps between the pages of one issue.
        name_pattern: The form of file names, see `file_names.read_name`; None recognises the usual one.
        newspaper: The newspaper where neither folio nor file name gives it.
        date: The same, as YYYY-MM-DD.
        page: The same.
        profile: What this paper repeats, learned by `profile.learn_profile`.
        weights: A model file that was learned from pages of one's own; None is the one of the product.
        borders: For pages (by the hexadecimal digest of their text) lines at which an article does, or does not, begin.
    """

    unwrap: bool = True
    merge: bool = True
    name_pattern: str | None = None
    newspaper: str | None = None
    date: str | None = None
    page: str | None = None
    profile: Profile | None = None
    weights: Path | None = None
    borders: Mapping[str, Borders] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page and what is known of it.

    Attributes:
        text: The page as printed, in reading order.
        source: Where it comes from, usually a file name.
        known: Newspaper, date and page where a record says them.
        sizes: Size of print of each line of the text, where a record says it.
        note: What the user should be told about it.
        flags: What the page record says of lost text; all records of the page say it too.
        letter_spaced: Whether it has blanks between its characters, where somebody looked.
    """

    text: str
    source: str | None = None
    known: Folio | None = None
    sizes: tuple[float, ...] = ()
    note: str = ""
    flags: tuple[str, ...] = ()
    letter_spaced: bool | None = None


@dataclass(slots=True)
class SplitPage:
    """One page after decoding.

    Attributes:
        key: Hexadecimal digest of the text.
        lines: Its non-blank lines.
        decoded: Roles, with their probabilities.
        records: Its article records.
        settled: Lines, by index, of which labels or a person say whether they begin an article.
    """

    key: str
    page: Page
    lines: list[Line]
    decoded: Decoded
    records: list[Fields]
    settled: frozenset[int] = frozenset()


class PageSplitter:
    """Splits pages with one set of options; built once per process."""

    def __init__(self, options: SplitOptions | None = None, *, model: SplitModel | None = None) -> None:
        self.options = options or SplitOptions()
        weights = self.options.weights
        self._model = load_model(weights) if model is None and weights is not None else model

    @property
    def model(self) -> SplitModel:
        """The weights; the product's own are read when they are first needed."""
        if self._model is None:
            self._model = load_model()
        return self._model

    def split(self, page: Page) -> SplitPage:
        """Split one page."""
        options = self.options
        lines = page_lines(page.text)
        if is_letter_spaced(page.text) if page.letter_spaced is None else page.letter_spaced:
            lines = close_up(lines)
        read = read_page(lines)
        labelled = read_labels(lines, read)
        if labelled is not None:
            lines = labelled.lines
            read = read_page(lines)
        else:
            lines, read = self._unwrapped(lines, read)
            lines = drop_random_blanks(lines)
        key = page_digest(page.text).hex()
        roles = labelled.roles if labelled is not None else {}
        borders = options.borders.get(key, {})
        decoded = self._decode(lines, read, roles, borders, page.sizes)
        records = assemble(page.text, lines, decoded, self._known(page), page.source)
        if labelled is not None:
            set_known(records, labelled.known)
        set_confidence(records, lines, decoded)
        for record in records:
            record["flags"] += page.flags
        settled = roles.keys() | {i for i, line in enumerate(lines) if line.first in borders}
        return SplitPage(key, page, lines, decoded, records, frozenset(settled))

    def _unwrapped(self, lines: list[Line], read: list[str]) -> tuple[list[Line], list[str]]:
        """Return the lines without hard wraps, with what is read in them: only where some were joined, it is new."""
        if not self.options.unwrap:
            return lines, read
        whole = unwrap(drop_blanks_inside(lines), read)
        return whole, read if len(whole) == len(lines) else read_page(whole)

    def _decode(
        self,
        lines: list[Line],
        read: list[str],
        roles: dict[int, frozenset[str]],
        borders: Borders,
        sizes: tuple[float, ...],
    ) -> Decoded:
        """Find the roles of a page's lines; those at its head that are its own are no evidence for the others."""
        if not lines:
            return Decoded([], [], [])
        profile = self.options.profile
        texts = [line.text for line in lines]
        head = 0 if roles else furniture_at_head(read)
        head = next((i for i, line in enumerate(lines[:head]) if line.first in borders), head)
        fixed = roles_by_marks(texts, head) | self._fixed(lines, texts, read, sizes)
        fixed |= reports_at_top(read, head) | roles
        for i, line in enumerate(lines):
            if line.first in borders:
                fixed[i] = STARTS if borders[line.first] else INNER
        below = {0: NO_FURNITURE} if head else {}
        below |= {i - head: allowed for i, allowed in fixed.items() if i >= head}
        leanings, build = (profile.headlines, profile.build) if profile is not None else (None, None)
        decoded = self.model.decode_page(lines[head:], below, leanings, build, printed=read[head:])
        decoded = free_lone_sentences(texts[head:], decoded, below)
        return add_head(decoded, head)

    def _known(self, page: Page) -> Folio:
        options = self.options
        known = page.known or Folio()
        if page.source is not None:
            known = known.or_else(read_name(page.source, options.name_pattern))
        if options.profile is not None:
            known = known.or_else(Folio(newspaper=options.profile.newspaper))
        return known.or_else(Folio(options.newspaper, options.date, options.page))

    def _fixed(
        self, lines: list[Line], texts: list[str], read: list[str], sizes: tuple[float, ...]
    ) -> dict[int, frozenset[str]]:
        """Return the only roles that lines may have by their words, their size of print and the profile."""
        fixed = roles_by_words(read) | roles_by_rows(read)  # several lines together say more than the words of one
        wide = any(map(_WIDE, texts))  # databases of the nineties keep verses as subheads, and names as text
        rules = (
            roles_by_jumps,
            roles_by_signatures,
            roles_by_sections,
            roles_by_small_ads,
            roles_by_wires,
            roles_by_answers,
            roles_by_bylines,
            roles_by_tags,
            roles_by_page_heads,
            roles_by_captions,
        )
        _narrow(fixed, roles_by_marked_briefs(read))
        more = (roles_by_readers, roles_by_dates, roles_by_quotations)
        for rule in (*rules, roles_by_credits) if wide else (roles_by_poems, *rules, roles_by_credits, *more):
            _narrow(fixed, rule(read))
        _narrow(fixed, roles_by_indents(lines))
        if sizes:
            fixed.update(roles_by_size(lines, sizes))
        if self.options.profile is not None:
            fixed.update(self.options.profile.fixed_roles(texts))
        return fixed


def _narrow(fixed: dict[int, frozenset[str]], more: Mapping[int, frozenset[str]]) -> None:
    """Leave lines the roles that a further rule allows them too; where it contradicts the others, these hold."""
    for i, roles in more.items():
        if i not in fixed:
            fixed[i] = roles
        elif roles != INNER:  # no start: what its words say of a line says more
            fixed[i] = fixed[i] & roles or fixed[i]


def split_page(
    text: str, *, options: SplitOptions | None = None, source: str | None = None, known: Folio | None = None
) -> list[Fields]:
    """Split one page into article records, in page order.

    >>> split_page("")
    []
    """
    return PageSplitter(options).split(Page(text, source, known)).records


def split_pages(pages: Iterable[Page], *, options: SplitOptions | None = None) -> Iterator[Fields]:
    """Split pages and join articles that go on on another page of the same issue.

    Memory holds the records of one issue (newspaper and date) at a time, whatever the number of pages.
    """
    splitter = PageSplitter(options)
    results = (splitter.split(page).records for page in pages)
    if splitter.options.merge:
        yield from resolve_issues(results)
    else:
        for records in results:
            yield from records
