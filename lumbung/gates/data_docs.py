"""Great Expectations' own Data Docs: a site over the suites and what the last gates found. No gate is run for it."""

import json
import logging
import shutil
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from lumbung.errors import LumbungError
from lumbung.gates.checks import EXPECTATIONS, suites_of
from lumbung.lake.home import Home

STEPS = ("raw", "staging", "marts")
MARKER = "index.html"
HELD_UP_BY_NOTHING = {"raised_exception": False, "exception_message": None, "exception_traceback": None}


def write_data_docs(home: Home, folder: Path, newest_batches: dict[str, str],
                    expectations: Path = EXPECTATIONS) -> Path:
    """Write the site into `folder`, in place of the one there; returns its first page.

    It shows every suite, of staging and marts what the last run found, of gate raw what the newest batch of each feed
    was found to be (`newest_batches`: feed -> batch id). Results are those that gates kept: counts, never values.
    Raises LumbungError where `folder` holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise LumbungError("The folder for Data Docs holds something else.", where=str(folder),
                           todo="Name one that is not there yet.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    suites = {suite["name"]: suite for step in STEPS for suite in suites_of(expectations / step)}
    results = _results(home, newest_batches)
    context = _site(folder)
    for suite in suites.values():
        context.suites.add(_suite(suite))
    for name, (at, checks) in results.items():
        _keep(context, suites[name], name, at, checks)
    context.build_data_docs(dry_run=False)
    return _with_notice(folder, results)


def _results(home: Home, newest_batches: dict[str, str]) -> dict[str, tuple[str, dict[str, dict]]]:
    """What was found last, by suite: when, and by name of the check."""
    kept = [home.build / "gates" / "raw" / f"{batch}.json" for _, batch in sorted(newest_batches.items())]
    runs = {path.parent: json.loads(path.read_text())["run_time"] for path in home.run("x").parent.glob("*/run.json")
            if (path.parent / "gates").is_dir()}
    if runs:
        last = max(runs, key=lambda run: (runs[run], run.name))
        kept += [last / "gates" / f"{step}.json" for step in STEPS[1:]]
    found: dict[str, tuple[str, dict[str, dict]]] = {}
    for path in kept:
        if path.is_file():
            at = runs.get(path.parent.parent) or datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()
            for check in json.loads(path.read_text())["checks"]:
                checks = found.setdefault(check["suite"], (at, {}))[1]
                if checks.get(check["expectation"], {"success": True})["success"]:     # of all feeds' files, one suite
                    checks[check["expectation"]] = check
    return found


def _site(folder: Path):
    """A context in memory whose only folder is the site's."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    import lumbung.gates.expectation  # noqa: F401  registers our own expectations

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    defaults = InMemoryStoreBackendDefaults()
    context = gx.get_context(mode="ephemeral", project_config=DataContextConfig(
        store_backend_defaults=defaults, analytics_enabled=False, data_docs_sites={"lumbung": {
            "class_name": "SiteBuilder", "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"}}}))
    context.variables.progress_bars = {"globally": False}
    return context


def _suite(suite: dict):
    """A suite whose checks are told by the sentence in which they say why."""
    import great_expectations as gx

    return gx.ExpectationSuite(name=suite["name"], expectations=[
        {**one, "description": _told(one["meta"])} for one in suite["expectations"]])


def _told(meta: dict) -> str:
    return f"{meta['reason']} ({meta['name']}; {meta['severity']}; {meta['owner']})"


def _keep(context, suite: dict, name: str, at: str, checks: dict[str, dict]) -> None:
    """Give the site the results of one suite."""
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    run = RunIdentifier(run_name=name.split(".")[0], run_time=at)
    results = []
    for one in suite["expectations"]:
        if check := checks.get(one["meta"]["name"]):
            results.append(ExpectationValidationResult(
                success=check["success"], result={**_counted(check), "observed_value": _observed(check)},
                meta={"load_ids": check["load_ids"]}, exception_info=HELD_UP_BY_NOTHING,
                expectation_config=ExpectationConfiguration(
                    type=one["type"], kwargs=one["kwargs"], description=_told(one["meta"]), severity=one["severity"],
                    meta=one["meta"])))
    met = sum(result.success for result in results)
    context.validation_results_store.set(
        ValidationResultIdentifier(ExpectationSuiteIdentifier(name), run, name),
        ExpectationSuiteValidationResult(
            success=met == len(results), results=results, suite_name=name, meta={"run_id": run},
            statistics={"evaluated_expectations": len(results), "successful_expectations": met,
                        "unsuccessful_expectations": len(results) - met,
                        "success_percent": 100 * met / len(results) if results else None}))


def _counted(check: dict) -> dict:
    """The counts by which the pages tell failing rows; nothing where a check is about the table as a whole."""
    if check["unexpected_count"] is None:
        return {}
    share = 100 * check["unexpected_count"] / check["rows_checked"] if check.get("rows_checked") else 0
    return {"element_count": check.get("rows_checked") or 0, "unexpected_count": check["unexpected_count"],
            "unexpected_percent": share, "unexpected_percent_nonmissing": share, "unexpected_percent_total": share,
            "missing_count": 0, "missing_percent": 0, "partial_unexpected_list": []}


def _observed(check: dict) -> object:
    if check["success"]:
        return "as expected"
    found = check["observed"] if check["observed"] is not None else check["unexpected_count"]
    return f"{found} (not as expected)"


def _with_notice(folder: Path, results: dict[str, tuple[str, dict[str, dict]]]) -> Path:
    """Say on each page what it is; on the first one also list all pages, since its own tables are made by scripts
    from the network. Returns the first page."""
    first = folder / MARKER
    told = ("These are Great Expectations' own Data Docs of Lumbung's gates. They fetch styles and scripts from public "
            "servers; without a network they are plain. The page made for reading is quality.html of a release.")
    found, suites = ({".".join(path.relative_to(folder / kind).with_suffix("").parts[:2]): path
                      for path in sorted((folder / kind).rglob("*.html"))} for kind in ("validations", "expectations"))
    found = dict(sorted(found.items(), key=lambda page: all(one["success"] for one in results[page[0]][1].values())))
    lists = "".join(
        f"<h2>{title}</h2><ul>" + "".join(
            f'<li><a href="{escape(path.relative_to(folder).as_posix())}">{escape(name)}</a>{more(name)}</li>'
            for name, path in pages.items()) + "</ul>"
        for title, pages, more in (
            ("What was found last", found, lambda name: _count(results[name][1])),
            ("All suites", suites, lambda _: "")) if pages)
    for page in folder.rglob("*.html"):
        text, notice = page.read_text(encoding="utf-8"), f'<p style="padding:1rem"><strong>{told}</strong></p>'
        if page == first:
            notice += f'<div style="padding:0 1rem">{lists}</div>'
        start = text.index(">", text.index("<body")) + 1
        page.write_text(text[:start] + notice + text[start:], encoding="utf-8")
    return first


def _count(checks: dict[str, dict]) -> str:
    unmet = sum(not check["success"] for check in checks.values())
    return f": {len(checks)} checks, {unmet} not met" if unmet else f": {len(checks)} checks, all met"
