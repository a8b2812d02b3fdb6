"""Gate raw agency by agency: a batch holds files of several, and each is told of its own."""

from dataclasses import replace

from lumbung.gates.result import CheckResult
from lumbung.gates.warehouse import Warehouse


def by_agency(warehouse: Warehouse, checks: list[CheckResult]) -> list[CheckResult]:
    """The checks of gate raw with what each agency of the profile has to do with them."""
    loads = warehouse.rows("select distinct load_id, coalesce(agency, ''), coalesce(rows_accepted, 0) "
                           "from raw.load_profile order by all")
    return [replace(check, by_agency=_told(check, loads)) for check in checks]


def _told(check: CheckResult, loads: list[tuple[str, str, int]]) -> list[dict]:
    """Of a check of the profile an agency's loads are counted, of one of the rows its accepted rows."""
    behind, failed = set(check.load_ids), {one["agency"]: one["rows_failed"] for one in check.by_agency}
    if of_loads := check.suite == "raw.load_profile":        # a query may find several things in one load
        failed = {agency: len(behind & {load for load, of, _ in loads if of == agency}) for agency in failed}
    return [{"agency": agency, "rows_failed": failed.get(agency, 0),
             "rows_checked": sum(1 if of_loads else rows for _, of, rows in loads if of == agency),
             "is_behind": not check.success and any(load in behind for load, of, _ in loads if of == agency)}
            for agency in sorted({agency for _, agency, _ in loads})]
