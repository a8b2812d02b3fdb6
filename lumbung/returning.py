"""What is read again after a person did something: a mended workbook, a dated edition, a feed under a new contract,
months that are restated.

Both the commands and the DAGs call this; each batch goes the way of any other (`flow.take_in`).
"""

import uuid
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from lumbung import flow, intake, lineage
from lumbung.errors import UsageError
from lumbung.intake import returns
from lumbung.lake import lease, restatements
from lumbung.lake.home import Home
from lumbung.months import month_of


def replay(home: Home, path: Path) -> dict:
    """Take a mended return workbook back.

    Gives counts: `loads` (new), `redelivered`, `rows` in them, `mended`, `still_wrong`, `mended_before` and
    `cleared` (rows whose cells are all empty), `left_open` (open rows of these loads that the workbook lacks), and
    `summaries` of the batches. Raises LumbungError for a workbook that is none of ours.
    """
    came = returns.bring_back(home, path)
    summaries = [flow.take_in(home, batch) for batch in came.batches]
    loads = [load for summary in summaries for load in summary["loads"]]
    mended = sum(load["rows_accepted"] for load in loads if load["status"] == "loaded")
    skipped = sum(load["rows_skipped"] for load in loads)
    return {"loads": came.loads, "redelivered": came.redelivered, "rows": came.rows, "mended": mended,
            "still_wrong": came.rows - mended - skipped, "mended_before": came.mended_before,
            "cleared": skipped - came.mended_before, "left_open": came.left_open, "summaries": summaries}


def release(home: Home, load_id: str, *, as_of: str | None = None, reason: str = "", by: str = "") -> dict:
    """Let a held load in: as it is, or read again with the date of its edition. Gives its row of `loads_table`.

    Raises LumbungError where it is not held, or needs a date and gets none.
    """
    if as_of:
        batch = returns.date_edition(home, load_id, as_of, reason, by)
        flow.take_in(home, batch)
        load_id = batch.load_ids[0]
    else:
        load_id = returns.release(home, load_id, reason, by).load_id
    found = returns.find(home, load_id)
    return next(row for row in intake.loads_table(home)
                if row["load_id"] == (found.superseded_by or load_id) and row["status"] != "redelivered")


def retype(home: Home, feed: str, only: Collection[str] | None = None) -> dict:
    """Read the loads of a feed, or `only` these, again under today's contract: files, then what came back mended.

    Gives `version`, `loads` (read again), `same` (read under today's version before), and how many became `loaded`,
    `held`, `rejected`. Raises LumbungError for an unknown feed.
    """
    outcomes, loads, same = [], 0, 0
    for step in (returns.retype, returns.retype_replays):
        again = step(home, feed, only)
        loads, same = loads + again.loads, same + again.same
        outcomes += [load["status"] for batch in again.batches for load in flow.take_in(home, batch)["loads"]]
    return {"version": again.version, "loads": loads, "same": same,
            **{status: outcomes.count(status) for status in ("loaded", "held", "rejected")}}


def ask_restatement(home: Home, first: str, last: str, reason: str, *, feeds: Iterable[str] = restatements.FEEDS,
                    by: str = "", run_id: str = "", wait_seconds: float = 5) -> dict:
    """Read the loads that hold documents of the months `first` to `last` (YYYY-MM) again under today's contract.

    The reason is kept first; the next release builds these months anew and tells it. Gives the restatement with
    `retyped`: what `retype` gave, by feed. Raises UsageError for months that are none, LeaseHeld while a run writes.
    """
    first, last = (f"{month_of(month):%Y-%m}" for month in (first, last))
    if first > last:
        raise UsageError(f"The months from {first} to {last} are none.", todo="Give --from a month before --to.")
    asked_by, run_id = run_id, run_id or f"restate-{uuid.uuid4().hex[:6]}"
    try:
        # No run may pin between the reason and the loads.
        with lease.step(home, run_id, wait_seconds=wait_seconds):
            asked = restatements.ask(home, first, last, feeds, reason, by, asked_by)
            retyped = {feed: retype(home, feed, intake.loads_of_months(home, feed, first, last))
                       for feed in asked["feeds"]}
    finally:
        lease.release(home, run_id)
    return {**asked, "retyped": retyped}


def restate(home: Home, first: str, last: str, reason: str, *, feeds: Iterable[str] = restatements.FEEDS,
            by: str = "", on_step: flow.OnStep | None = None) -> dict:
    """Restate months as `ask_restatement`, and make the release. Gives the same and `release_id`: None if all figures
    are what they were."""
    asked = ask_restatement(home, first, last, reason, feeds=feeds, by=by)
    started = datetime.now(UTC)
    run_id = f"run-{started:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    try:
        with lineage.step(home, "restate", run_id):
            _, release_id = flow.release(home, run_id, started, on_step=on_step)
    finally:
        flow.end(home, run_id)
    return {**asked, "release_id": release_id}
