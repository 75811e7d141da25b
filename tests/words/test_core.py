"""The segmenter core against rjieba, and its dictionary against damage."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.cli import cli
from jmtools.errors import ModelError, OptionError
from jmtools.io.cache import cache_folder
from jmtools.words import core_library
from jmtools.words.core import Core, core_name, load_core
from jmtools.words.core_image import build_image, image_path, map_bytes, open_image
from jmtools.words.core_library import load_library
from jmtools.words.dictionary import dictionary_frequencies

rjieba = pytest.importorskip("rjieba")
if load_library() is None:
    pytest.skip("no compiled core here", allow_module_level=True)

SENTENCES = (
    "江门市推动县域经济实现高质量发展，出口企业订单走高。",
    "歼-20和F-16同场，XBB.1.5毒株，2016-2030年规划，13.5%的增幅，AT&T与C++，a--b，5.",
    "龘龘龘㐀㐁𠀀豈鿖常在",
    "江門市推動縣域經濟，臺灣與香港的報紙",
    "第一行\r\n第二行\n\t第三行\u3000尾",
)
LETTERS = st.one_of(
    st.characters(codec="utf-8"),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.sampled_from("aZ09.-_%#&+ \r\n常在的一人，。龘㐀"),
)


@pytest.fixture(scope="module")
def core() -> Core:
    library = load_library()
    assert library is not None
    return Core(library, open_image(library))


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_cut_as_rjieba_does(core: Core, text: str) -> None:
    assert core.cut(text) == rjieba.cut(text)


@settings(max_examples=500, deadline=None)
@given(st.text(LETTERS))
def test_any_text_is_cut_as_rjieba_does(core: Core, text: str) -> None:
    assert core.cut(text) == rjieba.cut(text)


def test_rows_of_dictionary_words_are_cut_as_rjieba_does(core: Core) -> None:
    choose = random.Random(7)
    words = list(dictionary_frequencies())
    for _ in range(500):
        row = choose.choices(words, k=choose.randint(1, 30))
        letters = list("".join(row))
        choose.shuffle(letters)
        for text in ("".join(row), "".join(letters), letters[0] * choose.randint(1, 99)):
            assert core.cut(text) == rjieba.cut(text), text


@pytest.mark.parametrize("text", ["龘" * 200_000, "a" * 200_000, "一" * 199_999, "人民" * 100_000, "a龘" * 100_000])
def test_hostile_text_is_cut_as_rjieba_does(core: Core, text: str) -> None:
    assert core.cut(text) == rjieba.cut(text)


def test_numbers_stand_for_words(core: Core) -> None:
    text = "".join(SENTENCES)
    cutter = core.cutter
    assert cutter.names(cutter.numbers(text)) == core.cut(text)
    first, second = cutter.names([0, core.words - 1])
    assert first < second


def test_parts_of_speech_are_those_of_rjieba(core: Core) -> None:
    words = ["江门", "日报", "2024", "F-16", "a", "%", "出口", "5G"]
    for word in words:
        assert core.tag(word) == rjieba.tag(word)
        assert core.has_word(word) == rjieba.has_word(word)
    assert not core.has_word("")
    assert core.tag("一九") == [("一九", "m")]


def test_threads_cut_beside_each_other(core: Core) -> None:
    texts = [sentence * 50 for sentence in SENTENCES]
    expected = [rjieba.cut(text) for text in texts]
    found: list[bool] = []

    def work() -> None:
        found.extend(core.cut(text) == words for _ in range(5) for text, words in zip(texts, expected, strict=True))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 100
    assert all(found)


def test_a_lone_surrogate_is_refused(core: Core) -> None:
    with pytest.raises(UnicodeEncodeError):
        core.cut("中国\ud800人")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "jmtools"


def small_image(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Return the image of a dictionary of a few words, which is checked in no time."""
    (folder / "finalseg").mkdir()
    tables = {"emit": {state: {"江": -1.0, "门": -2.0} for state in "BEMS"}, "start": dict.fromkeys("BEMS", -1.0)}
    tables["trans"] = {state: dict.fromkeys("BEMS", -1.0) for state in "BEMS"}
    for name, table in tables.items():
        (folder / "finalseg" / f"prob_{name}.py").write_text(f"P = {table!r}", encoding="utf-8")
    words = ("江门", "江门日报", "日报", "记者", "采访", "了", "出口", "企业", "江", "门")
    (folder / "dict.txt").write_text("".join(f"{word} 7 n\n" for word in words), encoding="utf-8")
    (folder / "idf.txt").write_text("日报 8.5\n采访了 12.25\n", encoding="utf-8")
    monkeypatch.setattr("jmtools.words.core_image.dictionary_path", lambda: folder / "dict.txt")
    monkeypatch.setattr("jmtools.words.core_image.background_idf_path", lambda: folder / "idf.txt")
    library = load_library()
    assert library is not None
    return build_image(library)


def test_ten_thousand_damaged_images_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = load_library()
    assert library is not None
    image = small_image(tmp_path, monkeypatch)
    assert Core(library, map_bytes(image)).cut("江门日报记者采访了出口企业") == [
        *("江门日报", "记者", "采访", "了", "出口", "企业")
    ]
    choose = random.Random(3)
    memory = map_bytes(image)
    for _ in range(10_000):
        place, bit = choose.choice((choose.randrange(400), choose.randrange(len(image)))), 1 << choose.randrange(8)
        memory.flip(place, bit)
        with pytest.raises(ModelError):
            Core(library, memory)
        memory.flip(place, bit)
    assert Core(library, memory).cut("江门日报") == ["江门日报"]
    for size in range(1, len(image), 997):
        with pytest.raises((ModelError, ValueError)):
            Core(library, map_bytes(image[:size]))


@pytest.mark.skipif(os.name != "posix", reason="files of other users")
@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "for others to write", "a link", "another's version"])
def test_a_damaged_or_planted_image_is_built_again(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    image = small_image(tmp_path, monkeypatch)
    library = load_library()
    assert library is not None
    path = image_path()
    assert path is not None
    changed = bytearray(image)
    changed[len(image) // 2] ^= 1
    data = {"cut": image[:-8], "flipped": bytes(changed), "empty": b""}.get(damage, image)
    if damage == "another's version":
        data = image[:24] + b"\xff" + image[25:]
    path.write_bytes(data)
    if damage == "for others to write":
        path.chmod(0o666)
    if damage == "a link":
        path.rename(home / "elsewhere")
        path.symlink_to(home / "elsewhere")
    assert Core(library, open_image(library)).cut("江门日报") == ["江门日报"]
    assert path.read_bytes() == image
    assert not path.is_symlink()
    assert not path.stat().st_mode & 0o022


@pytest.mark.skipif(os.name != "posix", reason="modes of folders")
def test_a_folder_that_others_may_write_to_is_not_used(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_image(tmp_path, monkeypatch)
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    assert cache_folder() is None
    assert image_path() is None
    library = load_library()
    assert library is not None
    assert Core(library, open_image(library)).cut("江门日报") == ["江门日报"]
    assert not list(home.iterdir())


def test_an_image_of_other_files_has_another_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = image_path()
    monkeypatch.setattr("jmtools.words.core_image.IMAGE_VERSION", 0)
    assert path is not None
    assert path != image_path()


def test_the_variable_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    load_core.cache_clear()
    monkeypatch.setenv("JMTOOLS_CORE", "rjieba")
    assert load_core() is None
    assert core_name() == "rjieba"
    load_core.cache_clear()
    monkeypatch.setenv("JMTOOLS_CORE", "numba")
    with pytest.raises(OptionError, match="native and rjieba"):
        load_core()
    monkeypatch.setenv("JMTOOLS_CORE", "native")
    monkeypatch.setattr("jmtools.words.core_library.load_library", lambda: None)
    with pytest.raises(OptionError, match="no compiled core"):
        load_core()
    load_core.cache_clear()


def test_a_library_that_lacks_a_function_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(core_library._FUNCTIONS, "jm_of_tomorrow", (None,))
    monkeypatch.delenv("JMTOOLS_CORE", raising=False)
    for kept in (load_library, load_core):
        kept.cache_clear()
    try:
        assert load_core() is None
        shown = CliRunner().invoke(cli, ["doctor"]).output
        assert next(line for line in shown.splitlines() if "or is of another version" in line)
    finally:
        for kept in (load_library, load_core):
            kept.cache_clear()


@pytest.mark.parametrize("command", [["--version"], ["doctor"]])
@pytest.mark.parametrize("chosen", ["native", "rjieba"])
def test_the_command_line_says_which_core_runs(command: list[str], chosen: str) -> None:
    environment = {**os.environ, "JMTOOLS_CORE": chosen}
    done = subprocess.run(
        [sys.executable, "-m", "jmtools", *command], capture_output=True, text=True, env=environment, check=False
    )
    line = next(line for line in done.stdout.splitlines() if "segmenter core" in line)
    assert chosen in line
