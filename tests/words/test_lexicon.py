from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import DataError, FileError, RecordError
from jmtools.words.lexicon import Entry, Lexicon, fold_width, load_lexicon, read_entries
from jmtools.words.segment import SEGMENTERS, Segmenter, load_segmenter

# A line of the dictionary, and the stretch of text that must come out as one token. Each complaint twice or more.
HOSTILE = [
    # the middle dot of foreign names, in its several encodings
    ("阿卜杜勒·凯里莫夫", "阿卜杜勒·凯里莫夫"),
    ("玛丽·安 5 nr", "玛丽·安"),
    ("卡洛斯•门德斯", "卡洛斯•门德斯"),
    # spaces inside
    ("Open AI", "Open AI"),
    ("粤 剧 大 戏 台", "粤 剧 大 戏 台"),
    ("Green River Fund 20 nt", "Green River Fund"),
    # hyphens and dashes
    ("歼-99改", "歼-99改"),
    ("产-学-研联盟", "产-学-研联盟"),
    ("沿江—滨海走廊", "沿江—滨海走廊"),
    # digits
    ("第14个五年计划", "第14个五年计划"),
    ("3·15晚会", "3·15晚会"),
    ("618大促", "618大促"),
    ("2035远景 3 n", "2035远景"),
    # Latin letters beside Han
    ("T台秀", "T台秀"),
    ("城轨APP", "城轨APP"),
    ("e健康码", "e健康码"),
    ("DIP支付方式", "DIP支付方式"),
    # book-title marks, quotation marks, brackets
    ("《江畔晨报》", "《江畔晨报》"),
    ("《安全用妆条例（试行）》", "《安全用妆条例（试行）》"),
    ("“双减”政策", "“双减”政策"),
    ("「老街坊」茶室", "「老街坊」茶室"),
    # per cent and other signs
    ("100%达标县", "100%达标县"),
    ("0.5%税率", "0.5%税率"),
    ("C++语言", "C++语言"),
    ("@江畔发布", "@江畔发布"),
    ("#夜游江畔#", "#夜游江畔#"),
    ("A/B角", "A/B角"),
    # half width in the dictionary, full width in the text, and the other way about
    ("B2C平台", "Ｂ２Ｃ平台"),
    ("（试点）区", "(试点)区"),
    ("５Ｇ＋工厂", "5G+工厂"),
    ("New　Moon　Cup", "New Moon Cup"),
    # words that the dictionary would rather join or cut elsewhere, names among them
    ("台中", "台中"),
    ("市长江", "市长江"),
    ("国会议", "国会议"),
    ("聂继", "聂继"),
    # a short one inside a long one, written first; a single character; a rare character; another plane
    ("大湾", "大湾"),
    ("大湾区人工智能谷", "大湾区人工智能谷"),
    ("璟", "璟"),
    ("龘龘楼", "龘龘楼"),
    ("𠮷野家园", "𠮷野家园"),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dictionary as people save it: BOM, CRLF, comments, blank lines, spaces at the ends, tabs for some."""
    path = tmp_path_factory.mktemp("dict") / "hostile.txt"
    lines = [f"  {line}  " if number % 7 == 3 else line for number, (line, _) in enumerate(HOSTILE)]
    lines[10] = f"{lines[10]}  # since 1991"
    path.write_bytes(("\ufeff# our words\r\n\r\n" + "\r\n".join(lines) + "\r\n").encode())
    return path


@pytest.mark.parametrize("name", SEGMENTERS)
def test_forty_hostile_entries_stay_whole(name: str, hostile: Path) -> None:
    assert len(HOSTILE) == 40
    segmenter = load_segmenter(name, user_dicts=[hostile])
    for _, word in HOSTILE:
        for text in (word, f"记者在{word}了解到", f"{word}、{word}", f"（{word}）", f"推动{word}的发展，{word}。"):
            words = segmenter.cut(text)
            assert "".join(words) == text
            assert words.count(word) == text.count(word), (word, words)
    everything = "与".join(word for _, word in HOSTILE)
    assert [word for _, word in HOSTILE if word not in segmenter.cut(everything)] == []
    assert segmenter.tag("玛丽·安说") == [("玛丽·安", "nr"), ("说", "v")]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("江门Aa1 %·《》ＡＧ", min_size=1, max_size=4).filter(str.strip), min_size=1, max_size=6), st.data()
)
def test_no_entry_is_cut_and_nothing_is_lost(words: list[str], data: st.DataObject) -> None:
    lexicon = Lexicon(map(Entry, words))
    text = data.draw(st.text("江门Aa1 %·《》ＡＧ日", max_size=30))
    spans = lexicon.spans(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(lexicon.entry(text[start:end]) for start, end in spans)
    covered = {place for start, end in spans for place in range(start, end)}
    for start, end in lexicon.all_spans(text):  # what was not chosen lost to a chosen one
        assert (start, end) in spans or covered & set(range(start, end))


def test_the_first_and_longest_wins() -> None:
    lexicon = Lexicon(map(Entry, ["大湾", "大湾区", "湾区大学", "区大"]))
    assert lexicon.spans("大湾区大学") == [(0, 3)]
    assert lexicon.all_spans("大湾区大学") == [(0, 2), (0, 3), (2, 4), (1, 5)]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("AI", "MAIN", 0),
        ("AI", "用AI写作", 1),
        ("AI", "ＡＩ", 1),
        ("AI", "ＭＡＩＮ", 0),
        ("5%", "13.5%", 0),
        ("5%", "15%", 0),
        ("5%", "增长5%，", 1),
        ("2023", "12,023、2023年", 1),
        ("10", "10,000", 0),
        ("10", "第10,第11", 1),
        ("GDP", "GDP2023", 1),
        ("3M", "23M", 0),
        ("粽", "吃粽子", 1),
    ],
)
def test_a_latin_entry_is_not_found_inside_a_word(word: str, text: str, found: int) -> None:
    assert len(Lexicon([Entry(word)]).spans(text)) == found


def test_a_refused_place_does_not_hide_a_good_one() -> None:
    lexicon = Lexicon(map(Entry, ["AI芯", "芯片厂"]))
    assert lexicon.spans("XAI芯片厂") == [(3, 6)]


def test_lines_and_what_they_mean(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(
        '江畔\n江畔 5\n江畔晚报 n\n江畔 晚报 nt\n新城\t3\tns\n"Windows 11"\nPhone 15\nopen ai\nvitamin c\n'
        "3号线 7 nz\n# 注\n#夜游#\n//\n单# 不是注\n".encode()
    )
    entries, problems = read_entries(path)
    assert [(entry.word, entry.tag) for entry in entries] == [
        ("江畔", "nz"), ("江畔", "nz"), ("江畔晚报", "n"), ("江畔 晚报", "nt"), ("新城", "ns"), ("Windows 11", "nz"),
        ("Phone 15", "nz"), ("Phone", "nz"), ("open ai", "nz"), ("vitamin c", "c"), ("vitamin", "c"),
        ("3号线", "nz"), ("#夜游#", "nz"), ("单# 不是注", "nz"),
    ]  # fmt: skip
    assert [(problem.line, problem.fatal) for problem in problems] == [(7, False), (9, False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes("江畔晚报 5 nt\r\n玛丽·安\r\n".encode(encoding))
    assert [entry.word for entry in load_lexicon([path])] == ["江畔晚报", "玛丽·安"]


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("江畔\n" + "长" * 201 + "\n\x07铃\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"words.txt: line 2: has a word of 201 characters"):
        load_lexicon([path])
    assert [problem.line for problem in read_entries(path)[1]] == [2, 3]
    with pytest.raises(FileError, match="nowhere"):
        load_lexicon([tmp_path / "nowhere"])


def test_fingerprints_depend_on_words_not_on_places(tmp_path: Path, hostile: Path) -> None:
    other = tmp_path / "copy.txt"
    other.write_bytes(b"# moved\n" + hostile.read_bytes()[3:])
    assert load_lexicon([hostile]).fingerprint == load_lexicon([other]).fingerprint
    plain = load_segmenter()
    assert load_segmenter(user_dicts=[hostile]).fingerprint != plain.fingerprint


@pytest.mark.parametrize("name", SEGMENTERS)
def test_a_lone_surrogate_is_refused_with_a_dictionary_too(name: str, hostile: Path) -> None:
    segmenter: Segmenter = load_segmenter(name, user_dicts=[hostile])
    with pytest.raises(RecordError, match="lone surrogate"):
        segmenter.cut("台中\udc80")


def test_width() -> None:
    assert fold_width("（１２％）　Ａ") == "(12%) A"


def test_case_is_folded_on_request() -> None:
    entries = [Entry("Open AI"), Entry("T恤衫")]
    text = "OPEN AI推出t恤衫"
    assert Lexicon(entries).spans(text) == []
    folded = Lexicon(entries, fold_case=True)
    assert folded.spans(text) == [(0, 7), (9, 12)]
    assert folded.entry("open ai") == Entry("Open AI")
    assert folded.fingerprint != Lexicon(entries).fingerprint
