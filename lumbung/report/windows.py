"""Which row of the ranking is asked for, and which months of two years it compares."""

from datetime import date

import duckdb

from lumbung.errors import LumbungError, UsageError
from lumbung.months import last_month, listed_months
from lumbung.report.ranking import BASES, Release

# What tells a list of the ranking.
LIST = ("rule_name", "rule_version", "basis", "is_synthetic", "province_code", "year", "through_month")


def ranking_row(release: Release, connection: duckdb.DuckDBPyConnection, city: str, year: int,
                through: str | None = None, basis: str = "peb", rule: str = "headline") -> dict:
    """The row of `mart_city_ranking` of a city; `through` ("2024-09") is else the last month there is.

    Real documents go before made-up ones, the version of the rule in force before the one beside it. Raises UsageError
    for a basis or month that can't be, LumbungError listing what exists otherwise.
    """
    if basis not in BASES:
        raise UsageError(f"There is no basis {basis!r}.", todo=f"Use one of: {', '.join(BASES)}.")
    month = last_month(through, year)
    rows = fetched(connection, "SELECT * FROM mart_city_ranking WHERE rule_name = ? AND basis = ? AND region_code = ? "
                   "AND year = ?", [rule, basis, city, year])
    rows = [row for row in rows if row["is_synthetic"] == min(other["is_synthetic"] for other in rows)]
    rows = [row for row in rows if month is None or row["through_month"] == month]
    if rows:
        return max(rows, key=lambda row: (row["through_month"], row["is_in_force"], row["rule_version"]))
    there = connection.execute(
        "SELECT basis, year, rule_name, max(through_month) FROM mart_city_ranking WHERE region_code = ? "
        "GROUP BY ALL ORDER BY ALL", [city]).fetchall()
    listed = "; ".join(f"{year} through {last:%Y-%m}, {basis}, rule {name}" for basis, year, name, last in there)
    raise LumbungError(
        f"Release {release.id} does not rank {city} in {year}{f' through {through}' if through else ''}, by {basis}, "
        f"rule {rule}.", where=str(release.path),
        todo=f"There is: {listed}." if listed else "Give the code of a kota or kabupaten that is ranked, e.g. 32.76.")


def months_compared(connection: duckdb.DuckDBPyConnection, row: dict) -> list[tuple[date, date]]:
    """The pairs (current month, base month) that the list of a row compares, first days, oldest first.

    `row` has the columns of LIST, as rows of the ranking and of what is made of it do.
    """
    if "months_used" not in row:
        [found] = fetched(connection, "SELECT max(months_used) AS months_used FROM mart_city_ranking WHERE "
                          + " AND ".join(f"{column} = ?" for column in LIST), [row[column] for column in LIST])
        row = {**row, **found}
    return [(month, month.replace(year=month.year - 1)) for month in listed_months(row["months_used"])]


def fetched(connection: duckdb.DuckDBPyConnection, sql: str, values: list | dict | None = None) -> list[dict]:
    """Rows of a query as dicts."""
    result = connection.execute(sql, values)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
