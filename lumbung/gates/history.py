"""What every gate run found, kept in the lake as Parquet: results of all checks, and uncut the keys of what failed.

`lake/quality/results/<step>/<day>/<name>.parquet` and `lake/quality/failures/<step>/<day>/<name>.parquet`, a file a
gate run (`name` is the run's id, of gate raw the batch's). A gate that is tried again writes the same file again.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lumbung.gates.result import CheckResult, GateResult
from lumbung.lake.durable import written_aside
from lumbung.lake.home import Home

RESULTS = pa.schema([
    ("run_id", pa.string()), ("checked_at", pa.timestamp("us")), ("step", pa.string()), ("feed", pa.string()),
    ("agency", pa.string()), ("table_name", pa.string()), ("check_name", pa.string()), ("column_name", pa.string()),
    ("severity", pa.string()), ("owner", pa.string()), ("reason", pa.string()), ("status", pa.string()),
    ("subject", pa.string()), ("observed", pa.float64()), ("limit_low", pa.float64()), ("limit_high", pa.float64()),
    ("rows_checked", pa.int64()), ("rows_failed", pa.int64()), ("seconds", pa.float64())])
GRAIN = ("table_name", "check_name", "feed", "agency")
TOLD_ELSEWHERE = ("feed", "agency", "observed")


def record(home: Home, name: str, checked_at: datetime, result: GateResult) -> Path:
    """Keep what a gate found; returns the file of results. `checked_at` (with its zone) is the run's time.

    Times stand in UTC. A row is one check of one feed and agency; agency is "" where a check looked at all of them.
    """
    at = checked_at.astimezone(UTC).replace(tzinfo=None)
    failures, results = (_file(home, kind, result.step, at, name) for kind in ("failures", "results"))
    if result.failing_rows and result.failing_rows.is_file():
        with written_aside(failures) as aside:
            result.failing_rows.replace(aside)
    else:
        failures.unlink(missing_ok=True)
    rows = [{"run_id": name, "checked_at": at, "step": result.step, **row}
            for check in result.checks for row in _rows(check, result.step)]
    rows.sort(key=lambda row: tuple(row[column] for column in GRAIN))
    with written_aside(results) as aside:
        pq.write_table(pa.Table.from_pylist(rows, RESULTS), aside)
    return results


def _file(home: Home, kind: str, step: str, at: datetime, name: str) -> Path:
    """Where a gate run's file lies; those of an earlier attempt on another day go."""
    target = home.quality / kind / step / f"{at:%Y-%m-%d}" / f"{name}.parquet"
    for earlier in (home.quality / kind / step).glob(f"*/{name}.parquet"):
        if earlier != target:
            earlier.unlink()
    return target


def _rows(check: CheckResult, step: str) -> Iterator[dict]:
    base = {
        "feed": check.feed, "agency": "", "table_name": check.suite, "check_name": check.expectation,
        "column_name": check.column or "", "severity": check.severity, "owner": check.owner, "reason": check.reason,
        "status": check.status, "subject": "", "observed": _number(check), "limit_low": check.at_least,
        "limit_high": check.at_most, "rows_checked": check.rows_checked, "rows_failed": check.unexpected_count or 0,
        "seconds": round(check.seconds, 3)}
    agencies = {one["agency"]: one for one in check.by_agency if step == "raw"}
    groups: dict[tuple[str, str], list[dict]] = {}
    for one in check.measured:
        groups.setdefault((one.get("feed") or check.feed, one.get("agency") or ""), []).append(one)
    for (feed, agency), measured in sorted(groups.items()):
        failed = [one for one in measured if _beyond(check, one) > 0]
        worst = max(measured, key=lambda one: (_beyond(check, one), _subject(one)))
        yield base | {"feed": feed, "agency": agency, "status": check.status if failed else "passed",
                      "subject": _subject(worst), "observed": worst["observed"], "rows_failed": len(failed),
                      "rows_checked": agencies.get(agency, {}).get("rows_checked", check.rows_checked)}
    measured_here = {agency for _, agency in groups}
    for agency, one in sorted(agencies.items()):
        if agency not in measured_here:
            yield base | {"agency": agency, "rows_checked": one["rows_checked"], "rows_failed": one["rows_failed"],
                          "status": check.status if one["is_behind"] else "passed",
                          "observed": None if groups or _is_measure(check) else float(one["rows_failed"])}
    if not groups and not agencies:
        yield base


def _is_measure(check: CheckResult) -> bool:
    return check.at_least is not None or check.at_most is not None


def _number(check: CheckResult) -> float | None:
    """Failing rows, or what a check of the whole table saw, where that is a number."""
    if check.observed is None:
        return None if _is_measure(check) else float(check.unexpected_count or 0)
    return float(check.observed) if isinstance(check.observed, int | float) else None


def _beyond(check: CheckResult, one: dict) -> float:
    """How far a measure lies beyond its nearest limit; below zero within, least where nobody can tell."""
    if one["observed"] is None:
        return float("-inf")
    return max([*([check.at_least - one["observed"]] if check.at_least is not None else []),
                *([one["observed"] - check.at_most] if check.at_most is not None else [])])


def _subject(one: dict) -> str:
    return ", ".join(f"{name}={value}" for name, value in one.items()
                     if name not in TOLD_ELSEWHERE and value is not None)
