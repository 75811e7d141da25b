"""Names of organisations that a segmenter parts: 江门市|教育局, 新华|水泥|公司."""

from __future__ import annotations

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern

BODY_TAG = "nt"
# With which a name begins: a place, an organisation, a name, an abbreviation; and of what its middle is made.
_BEGINS = frozenset(("ns", "nt", "nz", "j", "nr", "nrt", "nrfg"))
_INSIDE = _BEGINS | {"n", "ng", "vn", "an", "b"}
_MOST = 7  # words
_HEAD = LazyPattern(
    r".*(?:委员会|公司|集团|大学|学院|医院|银行|协会|学会|商会|联合会|总会|研究院|研究所|研究中心|法院|检察院|中学|小学|党校|"
    r"电视台|广播电台|通讯社|日报社|出版社|剧院|博物馆|图书馆|体育馆|俱乐部|基金会|联盟|事务所|交易所|办公室|大使馆|领事馆|使馆|"
    r"代表团|代表队|支队|总队|军区|舰队|议会|国会|党委|总部|工厂|[^一]厂|[^全关开大]局|[^客大餐舞]厅|[^一全内外局大各]部)"
)
_HAN = LazyPattern("[\u3400-\u9fff]")


def is_body_head(word: str) -> bool:
    """Tell whether names of organisations end with a word: 公司, 教育局."""
    return len(word) > 1 and _HEAD.fullmatch(word) is not None


def join_bodies(tokens: Sequence[str], tags: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return tokens and parts of speech with names of organisations as one token: from a name to a word such as 公司.

    >>> join_bodies(["江门市", "教育局", "的", "公司"], ["ns", "n", "uj", "n"])
    (['江门市教育局', '的', '公司'], ['nt', 'uj', 'n'])
    """
    words: list[str] = []
    kinds: list[str] = []
    index = 0
    while index < len(tokens):
        end = _end_of_body(tokens, tags, index) if tags[index] in _BEGINS else 0
        if end:
            words.append("".join(tokens[index:end]))
            kinds.append(BODY_TAG)
            index = end
        else:
            words.append(tokens[index])
            kinds.append(tags[index])
            index += 1
    return words, kinds


def _end_of_body(tokens: Sequence[str], tags: Sequence[str], start: int) -> int:
    """Return where the longest name of an organisation that begins at a word ends; 0 if none does."""
    if len(tokens[start]) == 1 and tags[start] != "ns":
        return 0
    end = 0
    for index in range(start + 1, min(start + _MOST, len(tokens))):
        token = tokens[index]
        if tags[index] not in _INSIDE or not _HAN.match(token):
            break
        if _HEAD.fullmatch(token):
            end = index + 1
    return end
