"""Make a corpus of news-like articles of any size, the same bytes every time: `corpus.py MEGABYTES OUT.jsonl`.

The articles of `seeds/` lend their sentences: word for word their order of parts of speech, punctuation and length.
Content words are drawn anew from the dictionary, by part of speech and frequency, so that the vocabulary grows with
the corpus as that of a newspaper does, and each article keeps to a theme of some words that it repeats.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from jmtools.words.dictionary import dictionary_frequencies, dictionary_tags
from jmtools.words.segment import load_segmenter

ROOT = Path(__file__).parent.parent
REDRAWN = ("n", "v", "a", "vn", "nr", "ns", "nt", "nz", "b", "d", "an", "l", "i")
THEME_TAGS = ("n", "v", "vn", "nr", "ns", "nt", "nz")
THEME_WORDS, THEME_SHARE, REDRAWN_SHARE = 25, 0.35, 0.75
SECTIONS = ("要闻", "民生", "经济", "教育", "体育", "文化")


def make(megabytes: float, target: Path, *, seed: int = 0) -> None:
    """Write a corpus of at least `megabytes` (10^6 bytes)."""
    size = 0
    with target.open("wb") as file:
        for line in articles(seed):
            file.write(line)
            size += len(line)
            if size >= megabytes * 1e6:
                return


def articles(seed: int) -> Iterator[bytes]:
    """Yield records without end."""
    rng = random.Random(seed)
    templates = _templates()
    words = _words_by_tag()
    for number in itertools.count():
        theme = {tag: rng.choices(words[tag][0], cum_weights=words[tag][1], k=THEME_WORDS) for tag in THEME_TAGS}
        template = rng.choice(templates)
        paragraphs = ["".join(_redrawn(p, words, theme, rng)) for p in rng.choices(template, k=rng.randint(3, 9))]
        record = {
            "id": f"{number:08d}",
            "date": f"{2000 + number // 7300 % 24}-{1 + number // 620 % 12:02d}-{1 + number // 20 % 28:02d}",
            "page": f"A{1 + number % 16:02d}",
            "section": SECTIONS[number % len(SECTIONS)],
            "headline": "".join(_redrawn(template[0][:9], words, theme, rng)).rstrip("，。、"),
            "text": "\n".join(paragraphs),
        }
        yield json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _templates() -> list[list[list[tuple[str, str]]]]:
    """Cut the articles of the sample paper into paragraphs of tagged words."""
    segmenter = load_segmenter()
    found = []
    for path in sorted((ROOT / "seeds").glob("*.expected.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line).get("text") or ""
            paragraphs = [segmenter.tag(p) for p in text.split("\n") if len(p) > 40]
            if paragraphs:
                found.append(paragraphs)
    return found


def _words_by_tag() -> dict[str, tuple[list[str], list[float]]]:
    frequencies, tags = dictionary_frequencies(), dictionary_tags()
    pools: dict[str, tuple[list[str], list[float]]] = defaultdict(lambda: ([], []))
    for word, tag in tags.items():
        if tag in REDRAWN and 2 <= len(word) <= 4:
            pools[tag][0].append(word)
            pools[tag][1].append(frequencies.get(word, 1) ** 0.8)
    return {tag: (names, list(itertools.accumulate(weights))) for tag, (names, weights) in pools.items()}


def _redrawn(
    paragraph: list[tuple[str, str]],
    words: dict[str, tuple[list[str], list[float]]],
    theme: dict[str, list[str]],
    rng: random.Random,
) -> Iterator[str]:
    for word, tag in paragraph:
        if tag not in words or len(word) < 2 or rng.random() > REDRAWN_SHARE:
            yield word
        elif tag in theme and rng.random() < THEME_SHARE:
            yield rng.choice(theme[tag])
        else:
            names, cumulative = words[tag]
            yield rng.choices(names, cum_weights=cumulative)[0]


if __name__ == "__main__":
    make(float(sys.argv[1]), Path(sys.argv[2]))
