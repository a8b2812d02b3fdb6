"""From a figure of a release to the rows of the files that it is made of."""

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from lumbung.errors import LumbungError, UsageError
from lumbung.report.ranking import Release
from lumbung.report.trace_rules import WINDOWS, Source, is_of_windows, literal, sources
from lumbung.report.windows import fetched, months_compared, ranking_row

RANKING = "mart_city_ranking"
# What of a table tells where in its file a row stands; tables of whole files lack some.
PLACE = {"sheet": "VARCHAR", "row_number": "BIGINT", "piece": "INTEGER"}


@dataclass(frozen=True)
class Trace:
    """The source rows of one row of a table.

    `rows` are dicts: source_table, window ("" where there is none), document, load_id, feed, agency, file_name, sha256,
    sheet, row_number, piece, landed_at, amount_usd (or what the table's rule adds up), largest first. `totals` count
    and add up all of them by table and window, also where `rows` was cut short.
    """

    release_id: str
    table: str
    row: dict
    totals: list[dict]
    rows: list[dict]


def trace_figure(release: Release, city: str, year: int, through: str | None = None, basis: str = "peb",
                 rule: str = "headline", window: str | None = None, limit: int | None = None) -> Trace:
    """The source rows of a city's figures in the ranking, of both windows or one of WINDOWS.

    Raises UsageError for a window that is none, LumbungError where there is no such figure, or the rows that are found
    do not add up to it.
    """
    if window not in (None, *WINDOWS):
        raise UsageError(f"There is no window {window!r}.", todo=f"Use one of: {', '.join(WINDOWS)}.")
    with release.connect() as connection:
        row = ranking_row(release, connection, city, year, through, basis, rule)
        return _traced(release, connection, RANKING, row, window, limit)


def trace_row(release: Release, table: str, conditions: list[str], window: str | None = None,
              limit: int | None = None) -> Trace:
    """The source rows of the one row of a table for which all `conditions` ("column=value") hold.

    Raises UsageError for a table or column that is not there, LumbungError where not one row is found but none or
    several, and for a figure of the ranking that the rows found do not add up to.
    """
    if table not in release.manifest["tables"]:
        raise UsageError(f"Release {release.id} has no table {table!r}.",
                         todo=f"There are: {', '.join(sorted(release.manifest['tables']))}.")
    with release.connect() as connection:
        row = _one_row(release, connection, table, conditions)
        return _traced(release, connection, table, row, window, limit)


def as_rows(found: Trace) -> dict:
    """The trace as data."""
    return {"release_id": found.release_id, "table": found.table, "row": found.row, "totals": found.totals,
            "rows": found.rows}


def _one_row(release: Release, connection: duckdb.DuckDBPyConnection, table: str, conditions: list[str]) -> dict:
    kinds = {row[0]: row[1] for row in connection.execute(f'DESCRIBE "{table}"').fetchall()}
    asked = []
    for condition in conditions:
        column, equals, value = condition.partition("=")
        if not equals or column not in kinds:
            raise UsageError(f"{condition!r} names no column of {table}.",
                             todo=f"Write column=value; there are: {', '.join(kinds)}.")
        asked.append(f"{column} IS NOT DISTINCT FROM CAST({literal(value)} AS {kinds[column]})" if value
                     else f"coalesce(CAST({column} AS VARCHAR), '') = ''")
    try:
        rows = fetched(connection, f'SELECT * FROM "{table}" WHERE {" AND ".join(asked) or "true"} LIMIT 2')
    except duckdb.ConversionException as problem:
        raise UsageError(f"A value does not fit its column: {problem}", todo="Write dates as 2024-09-01.") from None
    if len(rows) == 1:
        return rows[0]
    grain = release.manifest["tables"][table]["grain"]
    left = [column for column in grain if not any(condition.startswith(f"{column}=") for condition in conditions)]
    raise LumbungError(
        f"{'No row' if not rows else 'More than one row'} of {table} has {' and '.join(conditions) or 'that'}.",
        where=str(release.path),
        todo=f"Say also: {', '.join(left)}." if rows and left else "A row is told by: " + ", ".join(grain) + ".")


def _traced(release: Release, connection: duckdb.DuckDBPyConnection, table: str, row: dict, window: str | None,
            limit: int | None) -> Trace:
    months = months_compared(connection, row) if is_of_windows(release, table) else None
    queries = [_query(release, connection, source) for source in sources(release, table, row, months)
               if window is None or source.window == window]
    if not queries:
        raise UsageError(f"{table} has no {window} window.", todo="Leave out --window.")
    connection.execute("CREATE OR REPLACE TEMP TABLE traced AS " + " UNION ALL BY NAME ".join(queries))
    totals = fetched(connection, """
        SELECT source_table, "window", count(*) AS rows, count(DISTINCT load_id) AS files, sum(amount) AS amount
        FROM traced GROUP BY ALL ORDER BY ALL""")
    rows = fetched(connection, f"""
        SELECT traced.source_table, traced."window", traced.document, traced.load_id, files.feed, files.agency_code,
            files.file_name, files.sha256, traced.sheet, traced.row_number, traced.piece, traced.amount
        FROM traced LEFT JOIN dim_source_file AS files ON traced.load_id = files.load_id
        ORDER BY amount DESC NULLS LAST, "window", source_table, file_name, sheet, row_number, piece, document
        {f'LIMIT {limit:d}' if limit is not None else ''}""")
    landed = {load["load_id"]: load for load in release.manifest["loads"]}
    for found in rows:
        load = landed.get(found["load_id"], {})
        found |= {"agency": load.get("agency") or found.pop("agency_code"), "landed_at": load.get("landed_at")}
        found.pop("agency_code", None)
    if table == RANKING:
        _require_sums(release, row, totals, window)
    grain = {column: row[column] for column in release.manifest["tables"][table]["grain"]}
    return Trace(release.id, table, grain, totals, rows)


def _require_sums(release: Release, row: dict, totals: list[dict], window: str | None) -> None:
    for side in WINDOWS if window is None else (window,):
        total = sum((t["amount"] for t in totals if t["window"] == side and t["amount"]), Decimal(0))
        if total != row[f"{side}_usd"]:
            raise LumbungError(
                f"The rows found for {row['region_code']} in the {side} window add up to {total} dollars, and the "
                f"ranking by rule {row['rule_name']} has {row[f'{side}_usd']}.", where=str(release.path),
                todo="Trace a rule that counts by the place and rates that facts state; else verify the release.")


def _query(release: Release, connection: duckdb.DuckDBPyConnection, source: Source) -> str:
    columns = {row[0] for row in connection.execute(f'DESCRIBE "{source.table}"').fetchall()}
    place = ", ".join(name if name in columns else f"NULL::{kind} AS {name}" for name, kind in PLACE.items())
    document = release.manifest["tables"][source.table]["grain"][0]
    amount = f"{source.amount}::DECIMAL(24, 2)" if source.amount else "NULL::DECIMAL(24, 2)"
    return (f"SELECT '{source.table}' AS source_table, '{source.window}' AS \"window\", {document}::VARCHAR "
            f"AS document, load_id, {place}, {amount} AS amount FROM \"{source.table}\" WHERE {source.where}")
