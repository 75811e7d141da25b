"""A user dictionary against a corpus: which entries are found, never found, hidden by a longer one, or malformed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jmtools.batches.feature import ReportFeature
from jmtools.io.json_types import Fields, Record
from jmtools.words.lexicon import Entry, Lexicon, Problem, fold_width, read_entries
from jmtools.words.segment import load_segmenter, record_text, word_tags

_HIDING_SHOWN = 5
# What people write in several ways: spaces, dots and hyphens inside, capitals.
_LOOSE = re.compile(r"[ \t\u3000·•・‧∙\-—_.]+")


@dataclass
class Usage:
    """Counts of a corpus: per entry how often it stands, in how many texts, hidden by what, and needed how often."""

    found: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    hidden: Counter[tuple[str, str]] = field(default_factory=Counter)
    needed: Counter[str] = field(default_factory=Counter)
    loose: Counter[str] = field(default_factory=Counter)


class DictChecker(ReportFeature[Usage, Usage]):
    """Counts where the entries of dictionaries stand in a corpus, and reports on each line of them."""

    def __init__(self, paths: Sequence[str], segmenter: str = "rjieba") -> None:
        self._lines: list[Entry | Problem] = []
        for path in paths:
            entries, problems = read_entries(Path(path))
            self._lines += sorted([*entries, *problems], key=lambda line: line.line)
        entries = [line for line in self._lines if isinstance(line, Entry)]
        self._lexicon = Lexicon(entries)
        self._loose = Lexicon(Entry(_loosen(entry.word)) for entry in entries if _loosen(entry.word))
        self._segmenter = load_segmenter(segmenter)

    @property
    def malformed(self) -> int:
        """Return how many lines are no entry at all."""
        return sum(isinstance(line, Problem) and line.fatal for line in self._lines)

    def count(self, batch: Sequence[Record]) -> Usage:
        """Count the entries in a batch of records."""
        usage = Usage()
        for data in batch:
            self._count_text(record_text(data), usage)
        return usage

    def merge(self, total: Usage, part: Usage) -> Usage:
        """Add the counts of a later batch."""
        for name in ("found", "texts", "hidden", "needed", "loose"):
            getattr(total, name).update(getattr(part, name))
        return total

    def records(self, total: Usage | None) -> Iterator[Fields]:
        """Yield one record a line of the dictionaries; without a corpus, only what the lines themselves show."""
        tags = word_tags()
        first: dict[str, Entry] = {}
        hiding: dict[str, list[tuple[str, int]]] = {}
        for (word, by), freq in total.hidden.items() if total else ():
            hiding.setdefault(word, []).append((by, freq))
        for line in self._lines:
            if isinstance(line, Problem):
                status = "malformed" if line.fatal else "ambiguous"
                yield {"entry": line.text, "status": status, "file": line.source, "line": line.line} | {
                    "note": line.reason
                }
                continue
            key = fold_width(line.word)
            place = {"entry": line.word, "file": line.source, "line": line.line, "tag": line.tag}
            earlier = first.setdefault(key, line)
            if (earlier.source, earlier.line) != (line.source, line.line):
                yield place | {"status": "duplicate", "note": f"already in line {earlier.line} of {earlier.source}"}
            elif total is None:
                yield place | {"status": "known" if tags[line.word] != "x" else "new"}
            else:
                yield place | self._found(key, total, hiding.get(key, []))

    def _count_text(self, text: str, usage: Usage) -> None:
        chosen = self._lexicon.spans(text)
        folded = fold_width(text)
        words = [folded[start:end] for start, end in chosen]
        usage.found.update(words)
        usage.texts.update(set(words))
        if chosen:
            borders = _borders(self._segmenter.cut(text))
            usage.needed.update(
                folded[start:end] for start, end in chosen if borders & set(range(start, end + 1)) != {start, end}
            )
        taken = set(chosen)
        for start, end in self._lexicon.all_spans(text):
            if (start, end) not in taken:
                by = next((folded[a:b] for a, b in chosen if a < end and start < b), "")
                usage.hidden[folded[start:end], by] += 1
        loose = _loosen(folded)
        usage.loose.update(loose[start:end] for start, end in self._loose.all_spans(loose))

    def _found(self, key: str, total: Usage, hiding: list[tuple[str, int]]) -> Fields:
        hiding.sort(key=lambda item: (-item[1], item[0]))
        freq, hidden = total.found[key], sum(n for _, n in hiding)
        fields: Fields = {
            "status": "found" if freq else "shadowed" if hidden else "never found",
            "freq": freq,
            "docfreq": total.texts[key],
            "needed": total.needed[key],
            "shadowed": hidden,
            "shadowed_by": [by for by, _ in hiding[:_HIDING_SHOWN]],
        }
        other = total.loose[_loosen(key)] - freq - hidden
        if other > 0:
            fields["note"] = f"stands {other} times in another spelling (spaces, dots, hyphens, capitals)"
        return fields


def check_dictionary(paths: Iterable[str], records: Iterable[Record] | None = None) -> Iterator[Fields]:
    """Yield one record a line of the dictionaries, with counts if a corpus is given."""
    checker = DictChecker(list(paths))
    yield from checker.records(None if records is None else checker.count(list(records)))


def _loosen(text: str) -> str:
    return _LOOSE.sub("", text).casefold()


def _borders(words: Iterable[str]) -> set[int]:
    borders = {0}
    end = 0
    for word in words:
        end += len(word)
        borders.add(end)
    return borders
