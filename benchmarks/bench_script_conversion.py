"""Score `normalize --script` beside plain OpenCC on texts printed in both scripts: docs/benchmarks/segment.md.

    python benchmarks/bench_script_conversion.py SIMPLIFIED.txt TRADITIONAL.txt [--target taiwan]

Line by line the same text. Quotation marks, and forms that are only a choice of the house (臺/台, 裏/裡, 羣/群, 峯/峰,
in Traditional text 着/著), count as equal. An error is a wrong character, or a whole line where the length differs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from opencc import OpenCC

from jmtools.normalize.script import TARGETS, ScriptConverter

_EQUAL = str.maketrans("「」臺羣裏峯", "“”台群裡峰")
_EQUAL_IN_TRADITIONAL = str.maketrans("着", "著")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("simplified", type=Path)
    parser.add_argument("traditional", type=Path)
    parser.add_argument("--target", default="taiwan", help="which Traditional characters")
    options = parser.parse_args()
    one, other = (path.read_text("utf-8").splitlines() for path in (options.simplified, options.traditional))
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if len(a) == len(b)]
    print("| to | method | characters wrong | of | lines right | of |\n| --- | --- | --- | --- | --- | --- |")
    for target, sources in ((options.target, pairs), ("simplified", [(b, a) for a, b in pairs])):
        own = ScriptConverter(target)
        for name, convert in (("OpenCC", OpenCC(TARGETS[target]).convert), ("words", partial(own.convert, script=""))):
            wrong, lines = errors(sources, convert, traditional=target != "simplified")
            print(f"| {target} | {name} | {wrong} | {sum(len(b) for _, b in sources)} | {lines} | {len(sources)} |")


def errors(pairs: list[tuple[str, str]], convert: Callable[[str], str], *, traditional: bool) -> tuple[int, int]:
    """Return how many characters are wrong, and how many lines are right."""
    wrong = right = 0
    for source, gold in pairs:
        found, wanted = convert(source).translate(_EQUAL), gold.translate(_EQUAL)
        if traditional:
            found, wanted = found.translate(_EQUAL_IN_TRADITIONAL), wanted.translate(_EQUAL_IN_TRADITIONAL)
        bad = sum(a != b for a, b in zip(found, wanted, strict=True)) if len(found) == len(wanted) else len(wanted)
        wrong, right = wrong + bad, right + (bad == 0)
    return wrong, right


if __name__ == "__main__":
    main()
