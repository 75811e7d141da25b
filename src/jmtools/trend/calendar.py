"""The periods from a first to a last one, those without a record too."""

from __future__ import annotations

import datetime

YEAR_STEPS = {"month": 12, "quarter": 4, "week": 52}  # steps of a year, for tests that compare like with like


def calendar(first: str, last: str, by: str) -> list[str]:
    """Return every period from first to last.

    >>> calendar("2023-11", "2024-02", "month"), calendar("2024-02-28", "2024-03-01", "day")
    (['2023-11', '2023-12', '2024-01', '2024-02'], ['2024-02-28', '2024-02-29', '2024-03-01'])
    >>> calendar("2020-W52", "2021-W01", "week"), calendar("2023-Q4", "2024-Q1", "quarter")
    (['2020-W52', '2020-W53', '2021-W01'], ['2023-Q4', '2024-Q1'])
    """
    if by == "year":
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    if by in ("month", "quarter"):
        size, mark = (12, "-") if by == "month" else (4, "-Q")
        steps = [int(text[:4]) * size + int(text[-(2 if by == "month" else 1) :]) - 1 for text in (first, last)]
        width = 2 if by == "month" else 1
        return [f"{step // size:04}{mark}{step % size + 1:0{width}}" for step in range(steps[0], steps[1] + 1)]
    if by == "day":
        start, end = (datetime.date.fromisoformat(text) for text in (first, last))
        return [(start + datetime.timedelta(days)).isoformat() for days in range((end - start).days + 1)]
    start, end = (datetime.date.fromisocalendar(int(text[:4]), int(text[6:]), 1) for text in (first, last))
    weeks = [(start + datetime.timedelta(7 * n)).isocalendar() for n in range((end - start).days // 7 + 1)]
    return [f"{week.year:04}-W{week.week:02}" for week in weeks]
