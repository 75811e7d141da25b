"""Compare the compiled core with rjieba, word for word: `compare_cores.py [--texts 100000] [CORPUS.jsonl…]`.

A fourth of the texts are sentences of the records given (else of `seeds/`), a fourth the same in Traditional
characters, a fourth of random characters of all kinds, a fourth of pieces that are hard: figures, dates, addresses,
markup, emoji, unknown characters, rows of letters. Every difference is shown; the status is 1 if there is one.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import rjieba

from jmtools.io.records import parse_record
from jmtools.words.core import load_core
from jmtools.words.numbers import CoreNumbers
from jmtools.words.protected import cut_around
from jmtools.words.segment import load_segmenter, record_text
from jmtools.words.shadow import traditional_forms

SEEDS = Path(__file__).parent.parent / "seeds"
RANGES = ((0x20, 0x7E), (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xFF01, 0xFF5E), (0xA0, 0x17F), (0x1F300, 0x1F64F))
HARD = (
    *("23,876", "1,23", "5月19日", "9:45", "2024/5/19", "3:2", "13.5%", "F-16", "XBB.1.5", "５月", "時", "號", "點"),
    *(
        "https://a.cn/b?c=1",
        "a@b.cn",
        "www.",
        "&nbsp;",
        "&#3;",
        "<p>",
        "</p>",
        "&",
        "<",
        "@",
        "👍🏽",
        "\u200d",
        "\ue000",
    ),
    *(
        "龘",
        "靐齉",
        "鿖",
        "㐀",
        "豈",
        "𠀀",
        "著",
        "看著",
        "名著",
        "乾隆",
        "於",
        "藉口",
        "\r\n",
        "\u3000",
        "\x00",
        "é",
        "。",
    ),
    *("常在", "的", "了", "江门市", "記者", "a" * 40, "9" * 30, "-", "_", "%", "#", "."),
)
AT_ONCE = 500


def main() -> int:
    """Compare, and say how many texts were the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    core = load_core()
    if core is None:
        raise SystemExit("no compiled core here")
    numbers = CoreNumbers(core, load_segmenter().cut)
    texts = made(options.corpora or sorted(SEEDS.glob("*.jsonl")), options.texts, random.Random(options.seed))
    seen = different = tokens = 0
    while batch := [text for _, text in zip(range(AT_ONCE), texts, strict=False)]:
        ids, counts = numbers.of(batch)
        names = iter(numbers.cutter.names(ids.tolist()))
        for text, count in zip(batch, counts.tolist(), strict=True):
            mine, theirs = [next(names) for _ in range(count)], cut_around(text, rjieba.cut)
            seen, tokens = seen + 1, tokens + count
            if mine != theirs:
                different += 1
                print(f"{text!r}\n  core   {mine}\n  rjieba {theirs}")
    print(f"{seen:,} texts, {tokens:,} words, {different} different")
    return int(different > 0)


def made(corpora: list[Path], count: int, rng: random.Random) -> Iterator[str]:
    """Yield texts of all kinds."""
    sentences = [
        sentence
        for path in corpora
        for line in path.read_bytes().splitlines()
        if line.strip() and isinstance((record := parse_record(line)).get("text"), str)
        for sentence in re.findall("[^。！？\n]+[。！？]?", record_text(record))
    ]
    for number in range(count):
        kind = number % 4
        if kind == 0:
            yield rng.choice(sentences)
        elif kind == 1:
            yield "".join(rng.choice(traditional_forms(char)) for char in rng.choice(sentences))
        elif kind == 2:
            yield "".join(chr(rng.randint(*rng.choice(RANGES))) for _ in range(rng.randint(1, 60)))
        else:
            yield "".join(rng.choice(HARD) for _ in range(rng.randint(1, 14)))


if __name__ == "__main__":
    sys.exit(main())
