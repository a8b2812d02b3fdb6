"""Runs a suite and finds the rows and loads behind what failed."""

import time
from collections.abc import Mapping
from dataclasses import replace

from lumbung.gates.failing import FailingRows
from lumbung.gates.result import CheckResult
from lumbung.gates.warehouse import Warehouse

# What tells of a failing row which row of which file it was.
WHOSE = ("load_id", "agency", "sheet", "row_number")

def run_suite(warehouse: Warehouse, failing: FailingRows, suite: dict, fallback_loads: list[str] = (), *,
              acts: Mapping[str, dict] | None = None, whole: bool = False) -> list[CheckResult]:
    """Run one suite; the rows that fail are kept by `failing`. `fallback_loads` are named where no load is behind.

    `acts` are what people accepted (check -> load id -> act); `whole` looks at all rows also where few changed.
    """
    meta, started = suite["meta"], time.perf_counter()
    table = f"{meta['schema']}.{meta['table']}"
    # Of tables of millions of rows a run checks what changed since the last release, documents whole.
    if not whole and warehouse.columns(changed := f"changed.{meta['table']}"):
        table = changed
    columns = warehouse.columns(table)
    if not columns:
        return [CheckResult(suite["name"], table, "table_is_there", None, "critical", False,
                            observed="no such table", load_ids=list(fallback_loads),
                            reason="A gated table is missing: the model that makes it was not built.",
                            feed=meta["feed"])]
    keys = [c for c in meta["keys"] if c in columns]
    index = list(dict.fromkeys([*keys, *(c for c in WHOSE if c in columns)]))
    # One pass: GX bundles the counts of all column checks. The query of rows is only spelt out for those that failed.
    results = warehouse.validate(table, suite, {"result_format": "BOOLEAN_ONLY"})
    queries = _queries(warehouse, table, suite, results, index)
    rows_checked = warehouse.rows(f"select count(*) from {table}")[0][0]
    found = [_found(warehouse, failing, suite, table, (index, keys), result, queries, fallback_loads, acts or {})
             for result in results]
    spent = time.perf_counter() - started
    return [replace(check, rows_checked=rows_checked, seconds=spent) for check in found]


def _found(warehouse: Warehouse, failing: FailingRows, suite: dict, table: str, columns: tuple[list[str], list[str]],
           result: dict, queries: dict[str, str], fallback_loads: list[str], acts: Mapping[str, dict]) -> CheckResult:
    expectation = result["expectation_config"]
    meta, kwargs = expectation["meta"], expectation["kwargs"]
    base = {"suite": suite["name"], "table": table, "expectation": meta["name"],
            "column": kwargs.get("column") or meta.get("column"), "reason": meta["reason"],
            "feed": suite["meta"]["feed"], "owner": meta["owner"],
            "may_be_accepted": meta.get("may_be_accepted", "")}
    if problem := _exception(result["exception_info"]):
        return CheckResult(**base, severity="critical", success=False, observed=f"could not be run: {problem}",
                           load_ids=list(fallback_loads))
    if "measure_query" in kwargs:
        base |= {"measured": warehouse.dicts(failing.with_agency(kwargs["measure_query"].format(batch=table))),
                 "at_least": kwargs.get("at_least"), "at_most": kwargs.get("at_most")}
    if result["success"]:
        return CheckResult(**base, severity=meta["severity"], success=True)
    query = kwargs.get("unexpected_rows_query", "").format(batch=table) or queries.get(meta["name"], "")
    base["severity"] = meta["severity"]
    if query:
        evidence = failing.add(query, *(columns if "unexpected_rows_query" not in kwargs else (None, None)),
                               {**base, "table": suite["name"], "counted_by": meta.get("counted_by")},
                               acts.get(meta["name"], {}) if base["may_be_accepted"] else {})
    else:
        evidence = {"observed": _observed(warehouse, table, suite, meta["name"])}
    evidence["load_ids"] = evidence.get("load_ids") or list(fallback_loads)
    return CheckResult(**{**base, **evidence}, success=False, query=query)


def _queries(warehouse: Warehouse, table: str, suite: dict, results: list[dict], index: list[str]) -> dict[str, str]:
    """The queries that find the rows of the column checks that failed, by name of the check."""
    failed = {one["expectation_config"]["meta"]["name"] for one in results
              if not one["success"] and "column" in one["expectation_config"]["kwargs"]}
    if not failed:
        return {}
    alone = {**suite, "expectations": [e for e in suite["expectations"] if e["meta"]["name"] in failed]}
    again = warehouse.validate(table, alone, {
        "result_format": "BOOLEAN_ONLY", "return_unexpected_index_query": True,
        "unexpected_index_column_names": index})
    return {one["expectation_config"]["meta"]["name"]:
            one.get("result", {}).get("unexpected_index_query", "").rstrip("; \n") for one in again}


def _observed(warehouse: Warehouse, table: str, suite: dict, name: str) -> object:
    alone = {**suite, "expectations": [e for e in suite["expectations"] if e["meta"]["name"] == name]}
    return warehouse.validate(table, alone, {"result_format": "BASIC"})[0]["result"].get("observed_value")


def _exception(info: dict) -> str:
    """The message of what kept an expectation from being run, or nothing."""
    each = [info] if "raised_exception" in info else list(info.values())
    return "; ".join(str(e["exception_message"]) for e in each if e["raised_exception"])
