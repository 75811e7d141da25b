"""The encoding of short texts: found, decided by the files beside them, or asked for with both readings."""

from pathlib import Path

import pytest

from jmtools.errors import DataError
from jmtools.io.encodings import AmbiguousEncodingError, decode_beside, decode_text
from tests.conftest import run_jmtools

SIMPLIFIED = [
    "医保",
    "基金运行",
    "江海日报",
    "今天多云",
    "第三版",
    "本报记者陈望山",
    "春茶上市",
    "市民热议新站",
    "广告",
]
TRADITIONAL = ["醫保", "基金運行", "江海日報", "今天多雲", "第三版", "本報記者陳望山", "春茶上市", "市民熱議新站"]
BIG5 = "江海日報今天發表消息，市民都說很好。"
UNSURE = "昵称".encode("gbk")  # in Big5 two characters that are about as rare


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", SIMPLIFIED)
def test_the_encoding_of_a_few_simplified_characters(text: str, codec: str) -> None:
    assert decode_text(text.encode(codec)) == text


@pytest.mark.parametrize("codec", ["utf-8", "big5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_the_encoding_of_a_few_traditional_characters(text: str, codec: str) -> None:
    assert decode_text(text.encode(codec)) == text


def test_utf16_without_a_mark_at_any_length() -> None:
    page = "江海日报讯\n今天，市民们来到新站。Line 3 opens at 9:45.\n"
    for order in ("utf-16-le", "utf-16-be"):
        assert decode_text(page.encode(order)) == page
        assert decode_text(page.encode(order) * 40) == page * 40
        assert decode_text("Trains run.\n".encode(order)) == "Trains run.\n"


@pytest.mark.parametrize(
    "text",
    ["news", "JSON", "SO", "eg", "2024-03-11", "a.com", "café", "élève", "Москва", "Αθήνα", "서울", "東京へ", ""],
)
def test_short_utf8_of_any_language_stays(text: str) -> None:
    assert decode_text(text.encode()) == text


def test_two_readings_are_shown_and_the_files_beside_decide() -> None:
    with pytest.raises(AmbiguousEncodingError) as told:
        decode_text(UNSURE, name="a.txt")
    assert {reading.encoding for reading in told.value.readings} == {"gb18030", "big5hkscs"}
    assert str(told.value).startswith("a.txt: is too short to tell its encoding: gb18030 (昵称) or big5hkscs (糒備)")
    assert decode_text(UNSURE, encoding="gbk") == "昵称"
    assert decode_beside(UNSURE, [b"ascii", BIG5.encode("big5"), b"\xff\x00\x81"]) == (
        "糒備",
        "is too short to tell its encoding; read as big5hkscs, like the files beside it",
    )
    assert decode_beside(UNSURE, ["江海日报今天多云。".encode("gbk")])[0] == "昵称"
    for others in ([], [b"ascii"], ["江海日报".encode("gbk"), BIG5.encode("big5")], ["江海日报".encode()]):
        with pytest.raises(DataError):
            decode_beside(UNSURE, others)
    assert decode_beside("医保".encode("gbk"), []) == ("医保", "")


@pytest.mark.parametrize("command", ["split", "read"])
def test_a_folder_decides_and_says_so(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_bytes(UNSURE)
    done = run_jmtools(command, str(folder))
    assert done.returncode == 65
    assert "gb18030 (昵称) or big5hkscs (糒備); name it with --encoding" in done.stderr.decode()
    (folder / "b.txt").write_bytes("江海日报今天多云。".encode("gbk"))
    done = run_jmtools(command, str(folder))
    assert done.returncode == 0
    assert '"昵称' in done.stdout.decode()
    assert "a.txt: is too short to tell its encoding; read as gb18030, like the files beside it" in done.stderr.decode()
    assert run_jmtools(command, "--strict", str(folder)).returncode == 3
