"""Size and speed of `report`: python benchmarks/bench_report.py [--articles N] [--charts]; needs chromium for opening.

Prints the tables of docs/benchmarks/report.md. The articles are drawn from the sample pages, sentence by sentence, so
that they compress as print does.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def articles(count: int, length: int) -> Iterator[dict[str, Any]]:
    """Yield invented articles of about `length` characters, three issues a week for as long as it takes."""
    chance = random.Random(5)
    pages = [path.read_text("utf-8", "replace") for path in sorted((ROOT / "seeds").glob("ljrb-*.txt"))]
    sentences = [s for page in pages for s in re.findall(r"[^。\n]{8,80}。", page)]
    words = sorted(set(re.findall(r"[\u4e00-\u9fff]{2,4}", "".join(pages))))
    for number in range(count):
        text = ""
        while len(text) < length:
            sentence = chance.choice(sentences)
            text += sentence.replace(chance.choice(sentence), chance.choice(words), 1)
        day = number // 25
        terms = [{"term": chance.choice(words[: 400 + number % 400]), "score": 2.5, "tf": 2} for _ in range(10)]
        yield {
            "id": f"{number:016x}",
            "type": "article",
            "headline": chance.choice(sentences)[:24],
            "authors": [{"name": chance.choice(words)[:3], "role": "记者"}],
            "text": text,
            "page": f"A{1 + number % 8:02}",
            "date": f"20{10 + day // 336:02}-{1 + day // 28 % 12:02}-{1 + day % 28:02}",
            "newspaper": "澜江日报",
            "source": f"pages/{number // 8}.txt",
            "line_start": 1,
            "line_end": 20,
            "keywords": terms,
            "topic": number % 20,
            "topic_label": f"主题{number % 20}",
        }


def measure_report(count: int, length: int) -> str:
    """Write one report, open it, search in it; return a row of the table."""
    from tests.browser import open_browser

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "report.html")
        source.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles(count, length)), "utf-8")
        command = [sys.executable, "-m", "jmtools", "report", str(source), "-o", str(target)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(command, check=True, env=environment, stderr=subprocess.PIPE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        cut = re.findall(rb"cut to (\d+)", done.stderr)
        size = target.stat().st_size
        with open_browser() as page:
            page.open(target)
            page.open(target)  # the second time the browser itself is warm
            opened = page.run("return performance.now()")
            painted = page.run("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
            script = "const box = document.getElementById('f-q'); box.value = '医保 门诊'; const t = performance.now();"
            search = script + "document.getElementById('filters').requestSubmit(); return performance.now() - t"
            searched = page.run(search)
            heap = page.run("return performance.memory.usedJSHeapSize")
    return (
        f"| {count:,} | {length} | {spent:.1f} | {after.ru_maxrss / 1024:.0f} | {size / 1e6:.1f} "
        f"| {int(cut[0]) if cut else 'whole'} | {painted:.0f} | {opened:.0f} | {searched:.0f} | {heap / 1e6:.0f} |"
    )


def measure_charts() -> Iterator[str]:
    """Draw one line of 40 points with each library that is installed; yield rows of the table."""
    values = [3.0 + i % 7 for i in range(40)]
    periods = [f"2024-03-{1 + i:02}" for i in range(40)]
    for name, draw in (
        ("templates of `report`", _ours),
        ("pygal", _pygal),
        ("leather", _leather),
        ("matplotlib", _pyplot),
    ):
        started = time.process_time()
        try:
            first = draw(periods, values)
        except ImportError:
            continue
        loaded = time.process_time() - started
        started = time.process_time()
        for _ in range(10):
            draw(periods, values)
        each = (time.process_time() - started) / 10
        style, script = "style=" in first or "<style" in first, "<script" in first
        yield f"| {name} | {len(first.encode()) / 1000:.1f} | {loaded:.2f} | {each * 1000:.1f} | {style} | {script} |"


@functools.cache
def _template() -> Any:
    from jmtools.report.page import make_environment

    return make_environment(None).from_string('{% import "macros.html" as m %}{{ m.line(chart, "x") }}')


def _ours(periods: list[str], values: list[float]) -> str:
    from jmtools.report.charts import line_chart

    return str(_template().render(chart=line_chart(periods, values, width=420, height=160)))


def _pygal(periods: list[str], values: list[float]) -> str:
    import pygal

    chart = pygal.Line(js=[], width=420, height=160)
    chart.x_labels = periods
    chart.add("x", values)
    return str(chart.render().decode())


def _leather(_periods: list[str], values: list[float]) -> str:
    import leather

    chart = leather.Chart("x")
    chart.add_line(list(enumerate(values)))  # its axis takes numbers or dates
    return str(chart.to_svg(width=420, height=160))


def _pyplot(periods: list[str], values: list[float]) -> str:
    import io

    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.2, 1.6))
    axes.plot(periods, values, marker="o")
    out = io.StringIO()
    figure.savefig(out, format="svg")
    pyplot.close(figure)
    return out.getvalue()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--charts", action="store_true")
    options = parser.parse_args()
    if options.charts:
        print(
            "| chart | kB | first, s | each further, ms | own styles | script |\n| --- | --- | --- | --- | --- | --- |"
        )
        print("\n".join(measure_charts()))
        return
    print("| articles | characters | CPU s | MiB | page MB | texts | paint ms | ready ms | search ms | heap MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for length in (400, 700, 1400):
        print(measure_report(options.articles, length), flush=True)


if __name__ == "__main__":
    main()
