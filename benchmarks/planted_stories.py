"""Records with planted repeats, and what is to be found in them: `python benchmarks/planted_stories.py FILE... -o DIR`.

Each family begins with a real text from FILE. Its other records are that text copied, cut to its beginning, put inside
an unrelated text, edited, given another headline, written in the other script, or misread as by OCR; round-ups hold two
families side by side. Weather, price lists and notices return day by day. `records.jsonl` goes to `jmtools dedupe`,
`truth.json` says which records are one story and where one stands inside another.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path
from typing import Any

Record = dict[str, Any]
PAPERS = ("江海日报", "北渡晚报", "澜江晨报", "临港商报", "云屏早报")
FOUND_TOGETHER = 0.2  # of a text's runs of 8 characters that an earlier one has: then it is no base
TWINS = str.maketrans(
    "未己日土大人入八刀力干于千天夫田由甲申白自目且木本末土士",
    "末已曰士太入人人刀刃干干干夭天由田申甲自白且目本木未士土",
)
WEATHER = (
    "今天白天{a}，风向{b}，风力{n}级，最高气温{t}℃；今天夜间{a}转{c}，最低气温{m}℃。请市民注意添减衣物，出行注意安全。"
)
PRICES = (
    "今日市区农贸市场价格：大白菜每公斤{p}元，土豆每公斤{q}元，鸡蛋每公斤{r}元，猪后腿肉每公斤{s}元，草鱼每公斤{u}元。"
)
NOTICE = (
    "本报新闻热线：每天八时至二十时有人接听，欢迎读者提供新闻线索，一经采用即付稿酬。广告咨询请在工作时间来电来函。"
)


def main() -> None:
    """Write the records and the truth."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--families", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    texts = [json.loads(line) for path in options.files for line in path.read_text("utf-8").splitlines()]
    records, truth = plant([r["text"] for r in texts], families=options.families, seed=options.seed)
    options.output.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (options.output / "records.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (options.output / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), "utf-8")
    print(f"{len(records)} records, {len(truth['stories'])} families, {len(truth['spans'])} spans")


def plant(texts: list[str], *, families: int, seed: int) -> tuple[list[Record], dict[str, Any]]:
    """Return the records in random order, and the truth."""
    draw = random.Random(seed)
    draw.shuffle(texts)
    bases = distinct([text for text in texts if 120 <= len(text) <= 4000])
    if len(bases) < 4 * families:
        print(f"note: {len(bases)} texts for {families} families")
    planter = Planter(draw, bases[: 3 * families], bases[3 * families :])
    for _ in range(families):
        planter.family()
    for _ in range(families // 10):
        planter.round_up()
    for text in planter.rest[: families * 2]:
        planter.add(text, "single")
    planter.boilerplate(20)
    draw.shuffle(planter.records)
    return planter.records, {"stories": planter.stories, "spans": planter.spans, "how": planter.how}


def distinct(texts: list[str]) -> list[str]:
    """Return the texts that share little with any before: real repeats would count as errors."""
    seen: set[str] = set()
    kept = []
    for text in texts:
        letters = re.sub(r"\W", "", text)
        runs = {letters[i : i + 8] for i in range(len(letters) - 7)}
        if runs and len(runs & seen) < FOUND_TOGETHER * len(runs):
            kept.append(text)
        seen |= runs
    return kept


class Planter:
    """Makes records, and remembers what it did."""

    def __init__(self, draw: random.Random, bases: list[str], rest: list[str]) -> None:
        self.draw, self.bases, self.rest = draw, bases, rest
        self.records: list[Record] = []
        self.stories: dict[str, list[str]] = {}
        self.spans: list[dict[str, Any]] = []
        self.how: dict[str, str] = {}

    def add(self, text: str, how: str, *, day: int | None = None, paper: str | None = None) -> str:
        """Add a record and return its id."""
        name = f"p{len(self.records):05}"
        day = day or self.draw.randint(1, 28)
        record = {"id": name, "date": f"2024-03-{day:02}", "newspaper": paper or self.draw.choice(PAPERS)}
        record |= {"page": f"A{self.draw.randint(1, 16):02}", "headline": text[:12], "text": text}
        self.records.append(record)
        self.how[name] = how
        return name

    def family(self) -> None:
        """Add a story and what became of it."""
        base = self.bases.pop()
        day = self.draw.randint(2, 25)
        members = [self.add(base, "base", day=day)]
        for _ in range(self.draw.randint(1, 5)):
            how = self.draw.choice(["copy", "headline", "dateline", "cut", "inside", "edited", "script", "ocr"])
            members.append(self.variant(base, how, members[0], min(28, day + self.draw.randint(0, 3))))
        self.stories[members[0]] = members

    def variant(self, base: str, how: str, first: str, day: int) -> str:
        """Add one variant of a text and return its id."""
        draw = self.draw
        text = base
        if how == "dateline":
            text = f"本报讯（记者 {draw.choice('李王张刘')}{draw.choice('明芳伟静')}）" + base
        elif how == "cut":
            text = beginning(base, draw.uniform(0.25, 0.6))
        elif how == "inside":
            return self.inside(base, first, day)
        elif how == "edited":
            text = edited(base, draw.uniform(0.05, 0.3), self.rest, draw)
        elif how == "script":
            text = traditional(base)
        elif how == "ocr":
            text = misread(base, draw.uniform(0.02, 0.1), draw)
        name = self.add(text, how, day=day)
        if how == "headline":
            self.records[-1]["headline"] = draw.choice(self.rest)[:14]
        if how == "cut":
            self.spans.append({"outer": first, "inner": name, "start": 0, "end": len(text)})
        return name

    def inside(self, base: str, first: str, day: int) -> str:
        """Add an unrelated text with the beginning of this one inside it."""
        host = self.bases.pop(0)
        part = beginning(base, 0.3)
        sentences = re.split(r"(?<=[。！？])", host)
        place = sum(map(len, sentences[: self.draw.randint(0, len(sentences))]))
        name = self.add(host[:place] + base + host[place:], "inside", day=day)
        self.spans.append({"outer": name, "inner": first, "start": place, "end": place + len(base)})
        del part
        return name

    def round_up(self) -> None:
        """Add a record that holds two stories side by side, and is neither."""
        (one, first), (other, second) = [(m, self.text_of(m)) for m in self.draw.sample(list(self.stories), 2)]
        name = self.add(first + "\n" + second, "round-up")
        self.spans.append({"outer": name, "inner": one, "start": 0, "end": len(first)})
        self.spans.append({"outer": name, "inner": other, "start": len(first) + 1, "end": len(first + second) + 1})

    def text_of(self, name: str) -> str:
        """Return the text of a record."""
        return str(next(record["text"] for record in self.records if record["id"] == name))

    def boilerplate(self, days: int) -> None:
        """Add what every paper prints every day."""
        draw = self.draw
        for day in range(1, days + 1):
            for paper in PAPERS:
                sky = [draw.choice(["晴", "多云", "阴", "小雨"]) for _ in range(2)]
                low = draw.randint(1, 9)
                weather = WEATHER.format(a=sky[0], c=sky[1], b=draw.choice("东南西北"), n=low, t=low + 8, m=low)
                self.add(weather, "weather", day=day, paper=paper)
                prices = {key: f"{draw.uniform(2, 40):.1f}" for key in "pqrsu"}
                self.add(PRICES.format(**prices), "prices", day=day, paper=paper)
                self.add(NOTICE, "notice", day=day, paper=paper)


def beginning(text: str, share: float) -> str:
    """Return the first sentences of a text."""
    sentences = re.split(r"(?<=[。！？])", text)
    kept = ""
    while sentences and len(kept) < max(60, share * len(text)):
        kept += sentences.pop(0)
    return kept


def edited(text: str, share: float, others: list[str], draw: random.Random) -> str:
    """Return a text of which that share of the clauses is left out, replaced or preceded by a new one."""
    clauses = re.split(r"(?<=[，。！？；：])", text)
    for index in range(len(clauses)):
        if draw.random() < share:
            other = draw.choice(re.split(r"(?<=[，。！？；：])", draw.choice(others)))[:30]
            clauses[index] = draw.choice(["", other, other + clauses[index]])
    return "".join(clauses)


def misread(text: str, share: float, draw: random.Random) -> str:
    """Return a text with that share of its characters wrong or missing."""
    out = []
    for char in text:
        if draw.random() < share:
            out.append(draw.choice([char.translate(TWINS), draw.choice(text), ""]))
        else:
            out.append(char)
    return "".join(out)


def traditional(text: str) -> str:
    """Return a text in Traditional characters."""
    import opencc

    return str(opencc.OpenCC("s2t").convert(text))


if __name__ == "__main__":
    main()
