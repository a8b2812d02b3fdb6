"""What is read again after a person did something: a mended workbook, a dated edition, a feed under a new contract.

Both the command and the DAG of held loads call this; each batch goes the way of any other (`flow.take_in`).
"""

from pathlib import Path

from lumbung import flow, intake
from lumbung.intake import returns
from lumbung.lake.home import Home


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


def retype(home: Home, feed: str) -> dict:
    """Read the loads of a feed again under today's contract: its files, then what came back mended of them.

    Gives `version`, `loads` (read again), `same` (read under today's version before), and how many became `loaded`,
    `held`, `rejected`. Raises LumbungError for an unknown feed.
    """
    outcomes, loads, same = [], 0, 0
    for step in (returns.retype, returns.retype_replays):
        again = step(home, feed)
        loads, same = loads + again.loads, same + again.same
        outcomes += [load["status"] for batch in again.batches for load in flow.take_in(home, batch)["loads"]]
    return {"version": again.version, "loads": loads, "same": same,
            **{status: outcomes.count(status) for status in ("loaded", "held", "rejected")}}
