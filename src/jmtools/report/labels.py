"""Titles, columns, units and notes on method for the interface, Chinese and English; `{0}` stands for a value."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    "method_base": (
        "本报告据 {0} 条记录写成，其中 {1} 条有正文，{2} 篇为新闻（文章、接续、图片及未标类型者）；"
        "除另说明者外，各项数字只计新闻，标题计入。",
        "This report is made from {0} records; {1} have a text, {2} of them are news (articles, continuations, photos "
        "and records without a type). Unless it says otherwise, figures count news, headlines included.",
    ),
    "method_keywords": (
        "“作关键词”指 keywords 命令为该篇选出此词；报纸名称不计。",
        "“As keyword”: the keywords command chose the term for the article; names of papers are left out.",
    ),
    "method_mentions": (
        "“提及”指该字符串在标题或正文中出现，不分大小写，重叠处只计一次；与语境检索所见一致。",
        "“Mention”: the term stands in headline or text as a string, letter case aside, overlaps counted once; the "
        "concordance shows the same places.",
    ),
    "method_trends": (
        "走势为每期提及次数（一报一日为一期）与每百万字提及次数；没有新闻的时段留空。",
        "Trends are mentions per issue (a paper's day) and per million characters; periods without news are gaps.",
    ),
    "method_trends_given": ("走势取自 trend 记录。", "Trends are those of the trend records."),
    "method_changes": (
        "前后比较以 {0} 与 {1} 的新闻稿件为单位，检验用 G²（Dunning 1993），候选词为两期的关键词。",
        "Changes compare news articles of {0} and {1} with G² (Dunning 1993); candidates are the keywords of both.",
    ),
    "method_map": (
        "主题图按稿件关键词与主题词的余弦相似度布置（应力优化，Gansner 等 2004），主题树为平均连接聚类。",
        "The topic map places topics by the cosine of their keywords and terms (stress majorization, Gansner et al. "
        "2004); the tree is average linkage.",
    ),
    "method_calendar": (
        "缺期按出版节奏推算：日报、周报按其出版的星期几，月报等按通常间隔。",
        "Missing issues are judged by rhythm: weekdays for dailies and weeklies, the usual gap for others.",
    ),
    "method_segmenter": ("分词：{0}。", "Segmentation: {0}."),
    "method_version": (
        "由 jmtools {0} 生成；时间轴单位 {1}；有效数字至多三位。",
        "Made with jmtools {0}; unit of the time axis: {1}; at most three significant digits.",
    ),
    "unit_per_issue": ("每期提及次数", "Mentions per issue"),
    "unit_per_million": ("每百万字提及次数", "Mentions per million characters"),
    "unit_ipm": ("每百万词", "Per million words"),
    "unit_share": ("占记录的比例", "Share of the records"),
    "unit_freq": ("次数", "Occurrences"),
    "unit_count": ("次数", "Count"),
    "unit_docs": ("记录数", "Records"),
    "unit_n": ("数目", "Number"),
    "span_daily": (
        "{0} 至 {1}：日报，{2} 天中出版 {3} 期，缺 {4} 期。",
        "{0} to {1}: a daily, {3} issues in {2} days, {4} missing.",
    ),
    "span_weekly": (
        "{0} 至 {1}：周报，{2} 天中出版 {3} 期，缺 {4} 期。",
        "{0} to {1}: a weekly, {3} issues in {2} days, {4} missing.",
    ),
    "span_fortnightly": (
        "{0} 至 {1}：半月一期，{2} 天中出版 {3} 期，缺 {4} 期。",
        "{0} to {1}: fortnightly, {3} issues in {2} days, {4} missing.",
    ),
    "span_monthly": (
        "{0} 至 {1}：月报，{2} 天中出版 {3} 期，缺 {4} 期。",
        "{0} to {1}: a monthly, {3} issues in {2} days, {4} missing.",
    ),
    "span_quarterly": (
        "{0} 至 {1}：季刊，{2} 天中出版 {3} 期，缺 {4} 期。",
        "{0} to {1}: a quarterly, {3} issues in {2} days, {4} missing.",
    ),
    "span_yearly": (
        "{0} 至 {1}：年刊，{2} 天中出版 {3} 期，缺 {4} 期。",
        "{0} to {1}: a yearly, {3} issues in {2} days, {4} missing.",
    ),
    "span_irregular": (
        "{0} 至 {1}：{2} 天中有 {3} 天出报，间隔不定，不计缺期。",
        "{0} to {1}: issues on {3} of {2} days, at irregular intervals; nothing is said to be missing.",
    ),
    "t_freq": ("词频", "Frequencies"),
    "t_freq_note": (
        "每百万词频率以全部计数的词为基数；篇数为含该词的记录数。",
        "Per million of all counted words; records are those that have the term.",
    ),
    "t_keyness": ("关键性分析", "Keyness"),
    "t_keyness_note": (
        "目标比参照更常（over）或更少（under）用的词；G² 越大证据越强。",
        "Terms that the target has more (over) or less (under) often than the reference; "
        "a larger G² is stronger evidence.",
    ),
    "t_collocates": ("搭配词", "Collocates"),
    "t_collocates_note": (
        "节点词窗口内的词；logDice 以 14 为上限。",
        "Words in the window around the node; logDice is 14 at most.",
    ),
    "t_cooc": ("共现", "Co-occurrence"),
    "t_cooc_note": ("同在一条记录、一段或一句中的两个词。", "Two terms in the same record, paragraph or sentence."),
    "t_kwic": ("语境（kwic 记录）", "Concordance (kwic records)"),
    "t_kwic_note": ("每行一处。", "A line for each place."),
    "t_summary": ("走势概要", "Summary of courses"),
    "t_summary_note": (
        "slope：每时段变化（Theil–Sen）；tau、p：Mann–Kendall 检验。",
        "slope: change per period (Theil–Sen); tau, p: Mann–Kendall.",
    ),
    "t_newwords": ("新词", "New words"),
    "t_newwords_note": (
        "pmi：内部凝聚，熵：左右搭配的自由，单位为比特。",
        "pmi: cohesion, entropies: freedom on each side, in bits.",
    ),
    "t_idf": ("文档频率表", "Document frequencies"),
    "t_idf_note": ("df：含该词的记录数；idf 越大越少见。", "df: records with the word; a larger idf is rarer."),
    "t_other": ("其他记录", "Other records"),
    "t_other_note": ("按原字段列出。", "With their own fields."),
    "col_term": ("词", "Term"),
    "col_group": ("分组", "Group"),
    "col_ngram": ("词数", "Words"),
    "col_rank": ("名次", "Rank"),
    "col_freq": ("次数", "Occurrences"),
    "col_docfreq": ("篇数", "Records"),
    "col_docfreq_pct": ("占篇数 %", "% of records"),
    "col_ipm": ("每百万词", "Per million"),
    "col_direction": ("方向", "Direction"),
    "col_freq_target": ("目标次数", "Target"),
    "col_freq_reference": ("参照次数", "Reference"),
    "col_ipm_target": ("目标每百万词", "Target per million"),
    "col_ipm_reference": ("参照每百万词", "Reference per million"),
    "col_docfreq_target": ("目标篇数", "Target records"),
    "col_docfreq_reference": ("参照篇数", "Reference records"),
    "col_ll": ("G²", "G²"),
    "col_p_bh": ("p（校正）", "p (corrected)"),
    "col_log_ratio": ("对数比", "Log ratio"),
    "col_node": ("节点词", "Node"),
    "col_left": ("左侧", "Left"),
    "col_right": ("右侧", "Right"),
    "col_expected": ("期望次数", "Expected"),
    "col_log_dice": ("logDice", "logDice"),
    "col_mi": ("MI（比特）", "MI (bits)"),
    "col_term_a": ("词甲", "Term A"),
    "col_term_b": ("词乙", "Term B"),
    "col_freq_a": ("甲", "With A"),
    "col_freq_b": ("乙", "With B"),
    "col_npmi": ("NPMI", "NPMI"),
    "col_df": ("篇数", "Records"),
    "col_df_pct": ("占篇数 %", "% of records"),
    "type_article": ("文章", "article"),
    "type_continuation": ("接续", "continuation"),
    "type_photo": ("图片", "photo"),
    "type_ad": ("广告", "advertisement"),
    "type_psa": ("公益广告", "public-service advertisement"),
    "type_notice": ("启事公告", "notice"),
    "type_obituary": ("讣告", "obituary"),
    "type_table": ("表格", "table"),
    "type_weather": ("天气", "weather"),
    "type_index": ("导读", "index"),
    "type_folio": ("报头版眉", "folio"),
    "type_-": ("未分类", "untyped"),
}
