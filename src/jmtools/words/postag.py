"""Parts of speech by look-up, and by rule for what no dictionary has: names, places, organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.patterns import Literals
from jmtools.words.dictionary import UNKNOWN_TAG
from jmtools.words.lexicon import Lexicon
from jmtools.words.name_forms import (
    NAME_TAGS,
    TAGS_OF_KIND,
    TRANSCRIBED_NAME,
    is_common_noun,
    is_person,
    stands_as_name,
    tag_of_no_person,
)
from jmtools.words.name_lists import (
    SPEECH,
    TITLE,
    WEAK_SURNAMES,
    begins_with_speech,
    follows_name,
    is_role,
    looks_like_name,
    roles,
    surnames,
)
from jmtools.words.segment import guess_tags, word_tags

_ORGANISATION = LazyPattern(
    r".+(?:公司|大学|学院|医院|银行|集团|协会|学会|商会|委员会|研究院|研究所|法院|检察院|中学|小学|学校|幼儿园|电视台|报社|"
    r"出版社|剧院|俱乐部|基金会|联盟|合作社|事务所|派出所|管委会|居委会|村委会|党委|[^全开关交]局|[^客大餐舞]厅|工商联)"
)
_PLACE = LazyPattern(
    r".{1,5}(?:市|县|镇|乡|村|省|自治区|自治州|街道|社区|新区|开发区|高新区|半岛|群岛|[^人]区|[^海]港|大道|立交桥)"
)
_NOT_PLACE = LazyPattern(
    r".*(?:城市|都市|超市|股市|楼市|集市|上市|夜市|菜市|门市|本市|全市|我市|各市|开市|入市|小区|地区|灾区|景区|园区)"
)
# 李希还说: the name is 李希.
_NOT_IN_NAME = LazyPattern("..[还也又都则将就曾却便仍再亦后和与并在对向总未说摄]")
_NO_NAME = LazyPattern(".+[我他她你它们的是就说过这那不]|.总$")  # 但是他, 农村的, 董总
_ADVERBS = "曾应"  # family names too: 曾指出 is no name, 曾新生 is one
_BETWEEN_NAMES = LazyPattern("[ \\u3000/、]+")
_BEFORE_SPEAKER = frozenset(" \t\r\n\u3000，,。！？；：、“”…）)」")
_ALL_NAMES = frozenset(tag for tags in TAGS_OF_KIND.values() for tag in tags)
_DOUBTFUL = _ALL_NAMES | {UNKNOWN_TAG}  # tags that what stands around may change
LONGEST_NAME = 4  # characters: 上官东方
_HAN = LazyPattern(r"[\u3400-\u9fff]")


class Tagger:
    """Gives each word of a text its part of speech, in jieba's tags.

    In this order: the user's dictionary; jieba's; for a word that neither has, its ending (公司, 县 …), a family name
    beside a role or a verb of speech, and then the guess of the fast segmenter's own model from its characters.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or Lexicon([])
        self._known = word_tags()
        self._guess = guess_tags()

    def tags(self, tokens: Sequence[str], names: Mapping[int, str] | None = None) -> list[str]:
        """Return the part of speech of each token.

        Args:
            tokens: The words of a text.
            names: Which of them are names, as `found_names.names_among` gives them; then no other word is one. None
                where nobody looked for names: dictionary and rules tell alone.
        """
        known = self._known
        tags = [known[token] for token in tokens]
        for index, tag in enumerate(tags):
            if tag not in _DOUBTFUL and not self._lexicon and (names is None or index not in names):
                continue  # most words: what the dictionary says
            token = tokens[index]
            if self._lexicon and (entry := self._lexicon.entry(token)):
                tags[index] = entry.tag
            elif names is not None and names.get(index):
                kinds = TAGS_OF_KIND[names[index]]
                tags[index] = tag if tag in kinds else kinds[0]
            else:
                tags[index] = self._by_itself(tokens, index, tag)
                if names is not None and index not in names and tags[index] in _ALL_NAMES:
                    tags[index] = tag_of_no_person(token) if tag in NAME_TAGS else "n"
        return tags

    def _by_itself(self, tokens: Sequence[str], index: int, tag: str) -> str:
        token = tokens[index]
        if tag == UNKNOWN_TAG and len(token) > 1 and _HAN.match(token):
            return self._by_rule(tokens, index)
        if tag in NAME_TAGS and not _is_name_here(tokens, index):
            return tag_of_no_person(token)
        return "n" if tag in ("ns", "nt") and is_common_noun(token, tag) else tag

    def _by_rule(self, tokens: Sequence[str], index: int) -> str:
        token = tokens[index]
        if len(token) > 2:
            if _ORGANISATION.fullmatch(token):
                return "nt"
            if _PLACE.fullmatch(token) and not _NOT_PLACE.fullmatch(token):
                return "ns"
        guess = self._guess[token]
        if (
            guess not in NAME_TAGS
            and looks_like_name(token)
            and (_after_role(tokens, index) or _before_speech(tokens, index))
        ):
            return "nr"
        return guess


def find_names(text: str, *, dotted: bool = True) -> list[str]:
    """Return the names that a text shows by a role before them or a verb of speech after them, in their order.

    Foreign names of several parts are shown by their form (`dotted`). What is also a word of the dictionary, such as
    高峰 or 于是, is not taken, but for names of three characters.

    >>> find_names("江门日报讯（记者/黎禹君 通讯员/聂继业 钟颖杰）工作人员李烈熊说：“很好。”")
    ['黎禹君', '聂继业', '钟颖杰', '李烈熊']
    """
    known = word_tags()
    found: list[str] = []
    for names in _named_places(text):
        found += (name for name in _BETWEEN_NAMES.split(names) if name)
    if dotted and any(dot in text for dot in "·•・"):
        found += TRANSCRIBED_NAME.findall(text)
    whole = dict.fromkeys(name[:2] if _NOT_IN_NAME.fullmatch(name) else name for name in found)
    return [name for name in whole if _can_be_name(name, known)]


def _can_be_name(name: str, known: Mapping[str, str]) -> bool:
    if TRANSCRIBED_NAME.fullmatch(name):
        return True
    given = name[1:]
    if _NO_NAME.match(name) or given in roles() or (name[0] in _ADVERBS and known[given] != UNKNOWN_TAG):
        return False
    return known[name] == UNKNOWN_TAG or (known[name] in NAME_TAGS and len(name) > 2)


def _named_places(text: str) -> Iterator[str]:
    """Yield what stands after roles, one name or several, and before verbs of speech, from left to right.

    An automaton finds roles and verbs; only beside them expressions look for names: a tenth of the time that one
    expression for all took.
    """
    cues, is_role, is_verb = _cues()
    after_roles, speaker = _name_patterns()
    begins = _name_begins()
    done = 0
    for number, start, end in cues.all(text):
        if is_role[number] and start >= done and text[end : end + 1] in begins:
            match = after_roles.match(text, end)
            if match is not None:
                yield match["names"]
                done = match.end()
        if is_verb[number]:
            for before in range(max(start - LONGEST_NAME, done), start - 1):
                if (before == 0 or text[before - 1] in _BEFORE_SPEAKER) and (match := speaker.match(text, before)):
                    yield match[0]
                    done = match.end()
                    break


@cache
def _cues() -> tuple[Literals, list[bool], list[bool]]:
    """Return roles and verbs of speech as one automaton, and of each which of the two it is; 教授 is both."""
    verbs = SPEECH.split("|")
    cues = Literals(sorted({*roles(), *verbs}))
    return cues, [word in roles() for word in cues.strings], [word in verbs for word in cues.strings]


@cache
def _name_begins() -> frozenset[str]:
    """Return the characters that may follow a role where a name does."""
    return frozenset([*" \u3000/：:", *(name[0] for name in surnames())])


@cache
def _name_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the expressions for names after a role, and for one before a verb of speech."""
    single = "".join(sorted(name for name in surnames() if len(name) == 1 and name not in WEAK_SURNAMES))
    double = "|".join(sorted(name for name in surnames() if len(name) == 2))
    role = "|".join(sorted(roles(), key=lambda word: (-len(word), word)))
    name = rf"(?!{role})(?:(?:{double})[\u4e00-\u9fff]{{1,2}}|[{single}](?!{TITLE})[\u4e00-\u9fff]{{1,2}})"
    end = rf"(?=[\s/、，,。；;）)：:“」】|]|$|{SPEECH})"
    after = rf"[ \u3000/：:]*(?P<names>{name}{end}(?:[ \u3000/、]+{name}{end})*)"
    return re.compile(after), re.compile(rf"{name}(?={SPEECH})")


def _is_name_here(tokens: Sequence[str], index: int) -> bool:
    """Tell whether a word that the dictionary has as a name is one where it stands: not 文明, 今天下午, 和蔼."""
    word = tokens[index]
    found = is_person(word, has_surname=looks_like_name(word))
    if found is not None:
        return found
    following = tokens[index + 1] if index + 1 < len(tokens) else ""
    if following in roles() or follows_name(following) or stands_as_name(tokens, index):
        return True
    return len(word) > 1 and looks_like_name(word) and (_after_role(tokens, index) or _before_speech(tokens, index))


def _after_role(tokens: Sequence[str], index: int) -> bool:
    """Tell whether a role stands before a word, other names and signs between them aside."""
    for before in range(index - 1, max(index - 8, -1), -1):
        word = tokens[before]
        if is_role(word):
            return True
        if not (word.isspace() or word in "/：:、" or looks_like_name(word)):
            return False
    return False


def _before_speech(tokens: Sequence[str], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else ""
    return begins_with_speech(following)
