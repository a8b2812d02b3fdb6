"""What a release's tables say of the quality of its data: this run's checks, what stopped, deliveries, scores."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from lumbung.report.ranking import Release
from lumbung.report.windows import fetched

STEPS = ("raw", "staging", "marts")
STATUSES = ("failed", "warned", "passed")
RUNS_SHOWN = 20


@dataclass(frozen=True)
class Quality:
    """All of it as plain rows, ordered.

    `checked` are the results of this run's gates over staging and marts, `problems` those of them that did not hold and
    the warnings of files taken in `since`, `stopped` the critical failures since then: of files that were turned away
    and of runs that published nothing. `since` is when the last release was computed, None in the first one.
    """

    since: datetime | None
    checked: list[dict]
    problems: list[dict]
    stopped: list[dict]
    runs: list[dict]
    receipts: list[dict]
    deliveries: list[dict]
    scores: list[dict]
    agencies: dict[str, str]
    regions: dict[str, str]
    has_made_up: bool


def quality(release: Release) -> Quality | None:
    """Read it from a release's warehouse and manifest; None where the release holds no results of checks."""
    since = _time_of(release.manifest["previous"])
    with release.connect() as connection:
        if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'mart_data_quality'").fetchone():
            return None
        return Quality(
            since, **_of_checks(connection, release.manifest, since),
            receipts=_receipts(connection, release.manifest["loads"]),
            deliveries=_deliveries(connection, _run_time(release).date()),
            scores=fetched(connection, "SELECT * FROM mart_agency_scorecard ORDER BY agency_code, feed"),
            agencies=dict(connection.execute(
                "SELECT agency_code, agency_name FROM dim_agency ORDER BY agency_code").fetchall()),
            regions=dict(connection.execute(
                "SELECT region_code, region_name FROM dim_region ORDER BY ALL").fetchall()),
            has_made_up=bool(connection.execute("SELECT bool_or(is_synthetic) FROM mart_city_ranking").fetchone()[0]))


def _of_checks(connection: duckdb.DuckDBPyConnection, manifest: dict, since: datetime | None) -> dict[str, list[dict]]:
    connection.execute("CREATE TEMP VIEW results AS SELECT * REPLACE (checked_at::TIMESTAMP AS checked_at, "
                       "coalesce(nullif(agency_code, 'unknown'), agency) AS agency) FROM mart_data_quality")
    order = "ORDER BY step, table_name, check_name, feed, agency"
    checked = fetched(connection, f"SELECT * FROM results WHERE run_id = ? AND step <> 'raw' {order}",
                      [manifest["run_id"]])
    recent = fetched(connection, f"""
        SELECT * FROM results WHERE run_id <> $run AND status <> 'passed'
        AND ($since IS NULL OR checked_at > $since OR (checked_at = $since AND step = 'raw')) {order}, checked_at""",
                     {"run": manifest["run_id"], "since": since})
    files = _files(manifest, since)
    here = [row for row in checked if row["status"] != "passed"] + [
        row for row in recent if row["step"] == "raw" and row["status"] == "warned"]
    runs = fetched(connection, f"""
        SELECT run_id, checked_at, count(*) FILTER (status = 'failed') AS failed,
            count(*) FILTER (status = 'warned') AS warned, count(*) FILTER (status = 'passed') AS passed
        FROM results WHERE step <> 'raw' GROUP BY ALL ORDER BY checked_at DESC, run_id LIMIT {RUNS_SHOWN}""")
    return {"checked": checked, "problems": _grouped(here, files), "runs": runs[::-1],
            "stopped": _grouped([row for row in recent if row["status"] == "failed"], {})}


def _grouped(rows: list[dict], files: dict[tuple, list[str]]) -> list[dict]:
    """A row for each check that did not hold, over agencies and runs; the gravest first.

    Rows count those of the newest run for a table, and of all batches for files, which are different files each time.
    """
    groups: dict[tuple, list[dict]] = {}
    for row in rows:
        groups.setdefault((row["step"], row["feed"], row["table_name"], row["check_name"]), []).append(row)
    found = []
    for (step, feed, table, check), same in groups.items():
        newest = max(row["checked_at"] for row in same)
        counted = same if step == "raw" else [row for row in same if row["checked_at"] == newest]
        found.append({
            **{key: counted[-1][key] for key in ("column_name", "severity", "status", "owner", "reason")},
            "step": step, "feed": feed, "table_name": table, "check_name": check, "newest": newest,
            "run_id": min(row["run_id"] for row in same if row["checked_at"] == newest),
            "runs": len({row["run_id"] for row in same}), "agencies": sorted({row["agency"] for row in same} - {""}),
            "rows_failed": _sum(counted, "rows_failed"), "rows_checked": _sum(counted, "rows_checked"),
            "measured": [row for row in counted if row["limit_low"] is not None or row["limit_high"] is not None],
            "files": files.get((step, bare(table), check), [])})
    return sorted(found, key=lambda one: (
        STATUSES.index(one["status"]), STEPS.index(one["step"]), -(one["rows_failed"] or 0), one["table_name"],
        one["check_name"], one["feed"]))


def _files(manifest: dict, since: datetime | None) -> dict[tuple, list[str]]:
    """The files behind each check of the manifest that failed; of gate raw only those that are new in this release."""
    loads = {load["load_id"]: load for load in manifest["loads"]}
    new = {load_id for load_id, load in loads.items()
           if since is None or load["published_since"] == manifest["run_time"]}
    found: dict[tuple, set[str]] = {}
    for gate in manifest["gates"]:
        for check in gate["failed"]:
            names = {f"{loads[x]['agency']}/{loads[x]['file_name']}" for x in check.get("load_ids") or []
                     if x in loads and (gate["step"] != "raw" or x in new)}
            found.setdefault((gate["step"], bare(check["table"]), check["expectation"]), set()).update(names)
    return {key: sorted(names) for key, names in found.items()}


def bare(table: str) -> str:
    """A table without its schema, which says only whether all of it was looked at or what changed."""
    return table.rsplit(".", 1)[-1]


def _receipts(connection: duckdb.DuckDBPyConnection, loads: list[dict]) -> list[dict]:
    """Rows read and rejected by feed and the day on which files came, oldest first, of the loads of the release."""
    landed = [{"load_id": load["load_id"], "landed_on": load["landed_at"][:10]} for load in loads if load["landed_at"]]
    if not landed:
        return []
    connection.execute("CREATE TEMP TABLE landed AS SELECT unnest($ids) AS load_id, unnest($days)::DATE AS landed_on", {
        "ids": [one["load_id"] for one in landed], "days": [one["landed_on"] for one in landed]})
    return fetched(connection, """
        SELECT feed, landed_on, count(*) AS files, sum(rows_read)::BIGINT AS rows_read,
            sum(rows_quarantined)::BIGINT AS rows_rejected
        FROM mart_row_conservation JOIN landed USING (load_id) GROUP BY ALL ORDER BY feed, landed_on""")


def _deliveries(connection: duckdb.DuckDBPyConnection, day: date) -> list[dict]:
    """What was due in the twelve months up to the run."""
    return fetched(connection, """
        SELECT * FROM mart_feed_delivery WHERE due_on <= $day AND due_on > $day - INTERVAL 1 YEAR
        ORDER BY feed, agency_code, due_on""", {"day": day})


def _sum(rows: list[dict], column: str) -> int | None:
    values = [row[column] for row in rows if row[column] is not None]
    return sum(values) if values else None


def _time_of(release_id: str | None) -> datetime | None:
    """When a release was computed, by its name; without time zone, in UTC, as the tables have it."""
    return datetime.strptime(release_id.split("-")[0], "%Y%m%dT%H%M%SZ") if release_id else None  # noqa: DTZ007


def _run_time(release: Release) -> datetime:
    return datetime.fromisoformat(release.manifest["run_time"]).astimezone(UTC)
