"""Where the source rows of a mart's row are: what its yml says, travelling in the manifest, filled in for one row.

A rule is a dict: `in` (a table whose rows carry `load_id`, or `self`), `where` (SQL over that table, in which `:column`
is the row's value; without it, the row itself) and `amount` (which column of it the row's dollars are made of).
`:window_months(day)` holds where `day` is in the months that the row's list compares: such a rule is asked for the
base window and for the current one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lumbung.errors import LumbungError
from lumbung.months import next_month
from lumbung.report.ranking import Release

WINDOW = re.compile(r":window_months\((\w+)\)")
# Not the second colon of a cast.
VALUE = re.compile(r"(?<![:\w]):([a-z_]\w*)")
WINDOWS = ("base", "current")


@dataclass(frozen=True)
class Source:
    """Rows of a table of a release: SQL condition, the column to add up ("" for none) and the window, if any."""

    table: str
    where: str
    amount: str
    window: str


def sources(release: Release, table: str, row: dict, months: list[tuple[date, date]] | None = None) -> list[Source]:
    """Where the source rows of one row of a table are. `months` are the pairs (current, base) its list compares.

    Raises LumbungError where the release does not say.
    """
    about = release.manifest["tables"][table]
    rules = about.get("trace") or []
    if not rules:
        raise LumbungError(f"Release {release.id} does not say where the rows of {table} come from.",
                           where=str(release.path), todo="Trace it in a release made since figures can be traced.")
    return [source for rule in rules for source in _filled(rule, table, about["grain"], row, months or [])]


def is_of_windows(release: Release, table: str) -> bool:
    """Whether rows of a table are sums over a base and a current window."""
    return any(WINDOW.search(rule.get("where", "")) for rule in release.manifest["tables"][table].get("trace") or [])


def literal(value: object) -> str:
    """A value as it stands in SQL."""
    match value:
        case None:
            return "NULL"
        case bool() | int() | Decimal():
            return str(value)
        case date():
            return f"DATE '{value:%Y-%m-%d}'"
    return "'" + str(value).replace("'", "''") + "'"


def _filled(rule: dict, table: str, grain: list[str], row: dict, months: list) -> Iterator[Source]:
    where = rule.get("where") or " AND ".join(f"{column} IS NOT DISTINCT FROM :{column}" for column in grain)
    target = table if rule["in"] == "self" else rule["in"]
    sides = WINDOWS if WINDOW.search(where) else ("",)
    for side in sides:
        days = [base if side == "base" else current for current, base in months]
        # Both at once: what is put in may itself look like a place to fill in.
        text = re.sub(f"{WINDOW.pattern}|{VALUE.pattern}",
                      lambda found: _in_months(found[1], days) if found[1] else literal(row[found[2]]),  # noqa: B023
                      where)
        yield Source(target, text, rule.get("amount") or "", side)


def _in_months(day: str, months: list[date]) -> str:
    """Whether a day is in one of some months, said in ranges, so that other months' files are not read."""
    ranges: list[tuple[date, date]] = []
    for month in sorted(months):
        end = next_month(month)
        if ranges and ranges[-1][1] == month:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((month, end))
    if not ranges:
        return "false"
    each = [f"({day} >= {literal(first)} AND {day} < {literal(end)})" for first, end in ranges]
    return f"({day} >= {literal(ranges[0][0])} AND {day} < {literal(ranges[-1][1])} AND ({' OR '.join(each)}))"
