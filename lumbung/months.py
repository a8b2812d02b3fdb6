"""Months as people and releases write them, "2024-09", and as first days."""

import re
from datetime import date

from lumbung.errors import UsageError


def month_of(text: str) -> date:
    """The first day of a month written "2024-02". Raises UsageError for what is none."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise UsageError(f"{text!r} is no month.", todo="Write months as YYYY-MM, like 2024-02.")
    return date.fromisoformat(f"{text}-01")


def last_month(through: str | None, year: int) -> date | None:
    """The first day of the month that somebody asks for, of the year that is asked for; None where none is said.

    Raises UsageError for what is no month of that year.
    """
    if through is None:
        return None
    parts = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", through)
    if not parts or int(parts[1]) != year:
        raise UsageError(f"{through!r} is not a month of {year}.", todo=f"Write the last month as {year}-09.")
    return date(year, int(parts[2]), 1)


def listed_months(text: str | None) -> tuple[date, ...]:
    """First days of months in a list like "2024-01,2024-02", oldest first."""
    return tuple(sorted(date.fromisoformat(f"{month}-01") for month in (text or "").split(",") if month))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
