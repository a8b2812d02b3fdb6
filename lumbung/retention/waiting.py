"""Rows in quarantine by what became of them: since when they are mended, and which have waited for too long."""

from datetime import date

import duckdb

from lumbung.deliveries import day_of
from lumbung.intake.returns.entries import mended_by
from lumbung.lake.ledger import Load
from lumbung.retention.due import is_due

Row = tuple[str, str, int]              # load id, sheet, row number


def mended_since(con: duckdb.DuckDBPyConnection, state: dict[str, Load]) -> dict[str, dict[Row, date]]:
    """The rows of the table `entries` (`entries.gather`) that are mended, each with the day, by load."""
    found: dict[str, dict[Row, date]] = {}
    days: dict[str, dict[tuple[str, int], date]] = {}
    for load_id, root_id, sheet, number in con.execute(
            "select distinct load_id, root_id, sheet, row_number from entries where status = 'mended' "
            "order by all").fetchall():
        if root_id not in days:
            days[root_id] = _days(state, state[root_id])
        found.setdefault(load_id, {})[load_id, sheet, number] = days[root_id][sheet, number]
    return found


def _days(state: dict[str, Load], root: Load) -> dict[tuple[str, int], date]:
    """When each row of a load was mended by the replay that stands for it."""
    by = mended_by(state, root)
    return {(sheet, number): day_of(event.at) for event in root.mended for sheet, numbers in event.rows.items()
            for number in numbers if by.get((sheet, number)) == event.by_load_id}


def waiting_too_long(con: duckdb.DuckDBPyConnection, days: int | None, as_of: date) -> list[dict]:
    """The open rows of the table `entries` that were judged so many days ago: agency, feed, rows, since (the day)."""
    found: dict[tuple[str, str], list[date]] = {}
    for agency, feed, judged_at, count in con.execute("""
            select agency, feed, judged_at, count(*) from (
                select distinct agency, feed, judged_at, root_id, sheet, row_number from entries where status = 'open')
            group by all order by all""").fetchall():
        if is_due(day := day_of(judged_at), days, as_of):
            found.setdefault((agency, feed), []).extend([day] * count)
    return [{"agency": agency, "feed": feed, "rows": len(there), "since": min(there)}
            for (agency, feed), there in found.items()]
