"""The page of quality: what was checked in a release, what did not hold, what came when; Indonesian and English."""

import functools
from collections.abc import Callable
from datetime import date, datetime

from markupsafe import Markup

from lumbung.contracts import contracts
from lumbung.lake.durable import write_text
from lumbung.report import quality_words, words
from lumbung.report.page import templates
from lumbung.report.quality import Quality, bare, quality
from lumbung.report.quality_chart import receipts_chart, runs_chart
from lumbung.report.ranking import Release

NAME = "quality.html"
STRIP = 12
FILES_NAMED = 5
MEASURES_NAMED = 5


def write_quality_page(release: Release, rankings: list[str]):
    """Write `internal/report/quality.html` of a release, or nothing where it holds no results of checks.

    `rankings` are the names of the pages beside it. The same release gives the same bytes. Returns the file or None.
    """
    if not (found := quality(release)):
        return None
    target = release.path / "internal" / "report" / NAME
    write_text(target, render(release, found, rankings))
    return target


def render(release: Release, found: Quality, rankings: list[str] = ()) -> str:
    """The page as HTML."""
    environment = templates()
    return environment.get_template("quality.html").render(
        release=release, found=found, rankings=rankings, made_up=found.has_made_up, q=quality_words, bare=bare,
        subject=_subjects(release, found), verdict=verdict(found, release.manifest), gates=release.manifest["gates"],
        steps=_steps(found),
        computed=words.moment(datetime.fromisoformat(release.manifest["run_time"])),
        since=found.since and words.moment(found.since), feed_title=feed_title,
        agency=lambda code: found.agencies.get(code, code), runs=_runs(found), feeds=_feeds(found),
        deliveries=_deliveries(found), scores=_scores(found), files_named=FILES_NAMED, measures_named=MEASURES_NAMED)


def verdict(found: Quality, manifest: dict) -> dict:
    """The figures at the top and the sentences over them (`id`, `en`); `level` is `held`, `warned` or `stopped`."""
    status = [one["delivery_status"] for one in found.deliveries]
    told = {"checks": sum(gate["checks"] for gate in manifest["gates"]), "warnings": len(found.problems),
            "stopped": len(found.stopped), "missing": status.count("missing"), "late": status.count("late"),
            "due": len(status)}
    level = "stopped" if found.stopped else "warned" if found.problems or told["missing"] else "held"
    return {**told, "level": level, **quality_words.verdict(**told)}


def feed_title(feed: str) -> str:
    """What offices call a feed; its own name where no contract says more."""
    return _titles().get(feed) or feed


def _steps(found: Quality) -> list[dict]:
    """A row for each table that this run checked."""
    tables: dict[tuple, list[dict]] = {}
    for row in found.checked:
        tables.setdefault((row["step"], bare(row["table_name"])), []).append(row)
    steps = [{"step": step, "table": table, "checks": len({row["check_name"] for row in rows}),
              "critical": len({row["check_name"] for row in rows if row["severity"] == "critical"}),
              "unmet": len({row["check_name"] for row in rows if row["status"] != "passed"}),
              "rows": max((row["rows_checked"] or 0 for row in rows), default=0),
              "seconds": max((row["seconds"] or 0 for row in rows), default=0)}
             for (step, table), rows in tables.items()]
    return sorted(steps, key=lambda one: (one["step"] != "staging", one["table"]))


def _runs(found: Quality) -> list[Markup]:
    """One drawing for wide screens and paper, one for phones; a single run is no trend."""
    if len(found.runs) < 2:
        return []
    return [Markup(runs_chart(found.runs, width=width, shown=shown, name=f"runs-{kind}"))  # noqa: S704
            for kind, width, shown in (("wide", 720, 20), ("narrow", 350, 8))]


def _feeds(found: Quality) -> list[dict]:
    """A row for each feed of which files came, with its chart; a single day is no trend."""
    feeds: dict[str, list[dict]] = {}
    for one in found.receipts:
        feeds.setdefault(one["feed"], []).append(one)
    return [{
        "feed": feed, "files": sum(one["files"] for one in receipts), "receipts": receipts,
        "rows_read": (read := sum(one["rows_read"] for one in receipts)),
        "rows_rejected": (rejected := sum(one["rows_rejected"] for one in receipts)),
        "pct": 100 * rejected / read if read else None,
        "chart": Markup(receipts_chart(receipts, feed_title(feed), f"receipts-{feed}-small"))  # noqa: S704
        if len(receipts) > 1 else None} for feed, receipts in feeds.items()]


def _deliveries(found: Quality) -> dict:
    """What is missing or came late, the newest first, and each agency's last deliveries by feed, oldest first."""
    series: dict[tuple[str, str], list[dict]] = {}
    for one in found.deliveries:
        series.setdefault((one["feed"], one["agency_code"]), []).append(one)
    late = [one for one in found.deliveries if one["delivery_status"] in ("missing", "late")]
    return {
        "late": sorted(late, key=lambda one: (one["delivery_status"] != "missing", -one["due_on"].toordinal(),
                                              one["feed"], one["agency_code"])),
        "series": [{"feed": feed, "agency": agency, "last": ones[-STRIP:], "source": ones[-1]["source"],
                    "counts": {status: sum(one["delivery_status"] == status for one in ones)
                               for status in quality_words.DELIVERIES}} for (feed, agency), ones in series.items()]}


def _scores(found: Quality) -> dict[str, list[dict]]:
    """Scores of each agency over all its feeds, and feed by feed."""
    return {"agencies": [row for row in found.scores if not row["feed"]],
            "feeds": [row for row in found.scores if row["feed"]]}


def _subjects(release: Release, found: Quality) -> Callable[[str], str]:
    """What turns what a measure measured ("region_code=32.76, month=2024-09-01") into words: names for codes."""
    files = {load["load_id"]: load["file_name"] for load in release.manifest["loads"]}

    def named(part: str) -> str:
        name, _, value = part.partition("=")
        if name == "is_synthetic":
            return words.MADE_UP if value == "True" else ""
        if name == "month" and len(value) == len("2024-09-01"):
            return words.month(date.fromisoformat(value))
        return files.get(value) or found.regions.get(value) or part
    return lambda subject: ", ".join(filter(None, map(named, subject.split(", "))))


@functools.cache
def _titles() -> dict[str, str]:
    return {feed: contract.title for feed, contract in contracts().items()}
