"""Words with which names of organisations end: 公司, 教育局."""

from __future__ import annotations

from jmtools.fields.lazy_pattern import LazyPattern

_HEAD = LazyPattern(
    r".*(?:委员会|公司|集团|大学|学院|医院|银行|协会|学会|商会|联合会|总会|研究院|研究所|研究中心|法院|检察院|中学|小学|党校|"
    r"电视台|广播电台|通讯社|日报社|出版社|剧院|博物馆|图书馆|体育馆|俱乐部|基金会|联盟|事务所|交易所|办公室|大使馆|领事馆|使馆|"
    r"代表团|代表队|支队|总队|军区|舰队|议会|国会|党委|总部|工厂|[^一]厂|[^全关开大]局|[^客大餐舞]厅|[^一全内外局大各]部)"
)


def is_body_head(word: str) -> bool:
    """Tell whether names of organisations end with a word: 公司, 教育局."""
    return len(word) > 1 and _HEAD.fullmatch(word) is not None
