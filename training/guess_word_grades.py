"""Learn from graded words what the grade of others may be: `guess_word_grades.py [--write]`.

Reads `src/jmtools/data/word-grades.txt` (how it came about is in `words/grades.py`) and prints how well grades of words
are guessed that nothing was learned from, a fifth of them at a time; `--write` learns from all and writes
`word-grade-pieces.txt`. A grade is the sum of a mean and of what the length of a word, its last and first character,
and its last and first two characters add to it, each fitted to what the others leave.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from jmtools.words.grades import graded_words, guess_grade, pieces_of

TARGET = Path(__file__).parent.parent / "src" / "jmtools" / "data" / "word-grade-pieces.txt"
HEAD = "# What pieces of words add to their grade, in hundredths: training/guess_word_grades.py, words/grades.py."
ROUNDS = 3
SHRINK = 4  # words that count as much as those of a piece, with nothing to add
LEAST_WORDS, LEAST_ADDED = 3, 0.1  # of a piece of two characters; others say too little
FOLDS = 5


def main() -> None:
    """Measure the guesses; write the table if that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    graded = graded_words()
    words = sorted(graded)
    guessed = {}
    for fold in range(FOLDS):
        left_out = set(words[fold::FOLDS])
        table = learn({word: graded[word] for word in words if word not in left_out})
        guessed.update({word: guess_grade(word, table) for word in left_out})
    pairs = [(graded[word], guessed[word]) for word in words]
    correlation = statistics.correlation(*zip(*pairs, strict=True))
    print(f"{len(words)} words, correlation of grades and guesses {correlation:.3f}")
    if options.write:
        table = learn(graded)
        rows = [f"{piece} {round(100 * added)}" for piece, added in sorted(table.items())]
        TARGET.write_text("\n".join([HEAD, *rows, ""]), "utf-8")


def learn(graded: Mapping[str, float]) -> dict[str, float]:
    """Return what each piece adds; the mean grade stands under the empty piece."""
    mean = statistics.fmean(graded.values())
    rest = {word: grade - mean for word, grade in graded.items()}
    tables: list[dict[str, float]] = [{} for _ in pieces_of("?")]
    counts = Counter(piece for word in graded for piece in pieces_of(word))
    for _ in range(ROUNDS):
        for number, before in enumerate(tables):
            sums: dict[str, float] = defaultdict(float)
            for word, left in rest.items():
                piece = pieces_of(word)[number]
                sums[piece] += left + before.get(piece, 0.0)
            added = {piece: total / (counts[piece] + SHRINK) for piece, total in sums.items()}
            for word in rest:
                piece = pieces_of(word)[number]
                rest[word] += before.get(piece, 0.0) - added[piece]
            tables[number] = added
    found = {piece: added for table in tables for piece, added in table.items()}
    return {"": mean} | {piece: added for piece, added in found.items() if _says(piece, counts[piece], added)}


def _says(piece: str, words: int, added: float) -> bool:
    """Return whether a piece says so much that it has a row of the table."""
    return len(piece) < 3 or (words >= LEAST_WORDS and abs(added) >= LEAST_ADDED)


if __name__ == "__main__":
    main()
