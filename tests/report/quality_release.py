"""A release whose warehouse holds what the page of quality is made of, put there by hand."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

TABLES = {
    "mart_data_quality": (
        "run_id VARCHAR, step VARCHAR, table_name VARCHAR, check_name VARCHAR, feed VARCHAR, agency VARCHAR, "
        "agency_code VARCHAR, checked_at TIMESTAMP, column_name VARCHAR, severity VARCHAR, owner VARCHAR, "
        "reason VARCHAR, status VARCHAR, subject VARCHAR, observed DOUBLE, limit_low DOUBLE, limit_high DOUBLE, "
        "rows_checked BIGINT, rows_failed BIGINT, seconds DOUBLE"),
    "mart_feed_delivery": (
        "feed VARCHAR, agency_code VARCHAR, due_on DATE, period_from DATE, landed_on DATE, days_late BIGINT, "
        "delivery_status VARCHAR, source VARCHAR"),
    "mart_agency_scorecard": "agency_code VARCHAR, feed VARCHAR, " + ", ".join(
        f"{name}_pct DECIMAL(5, 2), {name}_numerator BIGINT, {name}_denominator BIGINT"
        for name in ("timeliness", "completeness", "validity", "consistency", "uniqueness")),
    "mart_row_conservation": "load_id VARCHAR, feed VARCHAR, rows_read BIGINT, rows_quarantined BIGINT",
    "mart_city_ranking": "is_synthetic BOOLEAN, province_code VARCHAR, year INTEGER, rank INTEGER, rule_name VARCHAR",
    "dim_region": "region_code VARCHAR, region_name VARCHAR",
    "dim_agency": "agency_code VARCHAR, agency_name VARCHAR"}
AGENCIES = [("bea-cukai", "Direktorat Jenderal Bea dan Cukai"), ("dinas-depok", "Dinas Perdagangan Kota Depok")]
BEFORE = "20241001T020000Z-0a1b2c3d"
RUN_TIME = datetime(2024, 10, 5, 3, 4)      # noqa: DTZ001 as DuckDB gives it, in UTC


@dataclass(frozen=True)
class HandMade:
    """A release as `lumbung.publish` gives one."""

    id: str
    path: Path
    manifest: dict

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(self.path / "internal/warehouse.duckdb", read_only=True)


def result(check_name: str, **more) -> tuple:
    """A row of `mart_data_quality`: one of this run that passed, where `more` says nothing else."""
    row = {"run_id": "run-5", "step": "staging", "table_name": "staging.stg_peb__items", "check_name": check_name,
           "feed": "peb", "agency": "", "agency_code": None, "checked_at": RUN_TIME, "column_name": "",
           "severity": "critical", "owner": "data engineer", "reason": f"Why {check_name}.", "status": "passed",
           "subject": "", "observed": 0.0, "limit_low": None, "limit_high": None, "rows_checked": 1500,
           "rows_failed": 0, "seconds": 0.25}
    assert more.keys() <= row.keys()
    return tuple({**row, **more}.values())


def delivery(agency: str, due_on: date, status: str, **more) -> tuple:
    """A row of `mart_feed_delivery` of the feed `ska`."""
    row = {"feed": "ska", "agency_code": agency, "due_on": due_on, "period_from": due_on.replace(day=1),
           "landed_on": None if status == "missing" else due_on, "days_late": 0, "delivery_status": status,
           "source": "expected"}
    return tuple({**row, **more}.values())


def load(number: int, day: str, *, rows: int, rejected: int = 0, feed: str = "peb", published_since: str = "") -> dict:
    """A load of the manifest, with its rows."""
    return {"load_id": f"load-{number}", "feed": feed, "agency": "bea-cukai", "file_name": f"{feed}-{number}.csv",
            "landed_at": f"{day}T01:00:00+00:00", "rows_read": rows, "rows_quarantined": rejected,
            "published_since": published_since or f"{RUN_TIME:%Y-%m-%dT%H:%M:%SZ}"}


def make(root: Path, *, results: list[tuple] = (), deliveries: list[tuple] = (), scores: list[tuple] = (),
         loads: list[dict] = (), failed: list[dict] = (), previous: str | None = BEFORE,
         is_synthetic: bool = False) -> HandMade:
    """Write such a release; `failed` are the checks of gate staging that did not hold, as a manifest has them."""
    (root / "internal" / "report").mkdir(parents=True)
    rows = {"mart_data_quality": results, "mart_feed_delivery": deliveries, "mart_agency_scorecard": scores,
            "mart_row_conservation": [(one["load_id"], one["feed"], one["rows_read"], one["rows_quarantined"])
                                      for one in loads],
            "mart_city_ranking": [(is_synthetic, "32", 2024, None, "headline")], "dim_agency": AGENCIES,
            "dim_region": [("32.76", "Kota Depok")]}
    with duckdb.connect(root / "internal/warehouse.duckdb") as connection:
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
            if rows[table]:
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table][0]))})",
                                       rows[table])
    manifest = {"run_id": "run-5", "run_time": f"{RUN_TIME:%Y-%m-%dT%H:%M:%SZ}", "previous": previous,
                "loads": list(loads), "gates": [
                    {"step": "raw", "passed": True, "checks": 120, "failed": []},
                    {"step": "staging", "passed": True, "checks": 1234, "failed": list(failed)}]}
    return HandMade("20241005T030400Z-89abcdef", root, manifest)
