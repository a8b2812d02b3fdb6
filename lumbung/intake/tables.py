"""What people and programs ask of the intake: its loads, and the rows it did not take."""

import duckdb

from lumbung.intake import reasons
from lumbung.intake.returns import entries
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.privacy import log_reveal


def loads_table(home: Home) -> list[dict]:
    """Every load in the order it landed, each re-delivery as a row of its own.

    Keys: load_id, feed, agency, file_name, sha256, status, rows_read, rows_skipped, rows_accepted,
    rows_quarantined, reason, and parent_load_id of a replay.
    """
    rows = []
    for load in ledger.loads(home).values():
        rows.append((load.landed_at, _row(load, load.status, load)))
        rows += [(again.at, _row(again, "redelivered", again)) for again in load.redeliveries]
    return [row for _, row in sorted(rows, key=lambda r: (r[0], r[1]["load_id"], r[1]["file_name"]))]


def quarantine_table(home: Home, feed: str | None = None, agency: str | None = None,
                     reveal: bool = False) -> list[dict]:
    """Every rule that a row of a load broke that is in, refused or held. Masked unless `reveal`, which is logged first.

    Keys: load_id, feed, agency, file_name, sheet, row_number, column, raw_value, reason_code, reason_id, reason_en,
    status: `open`, `mended` by a replay, or `resent` (it came again in a replay, whose own entry is open now).
    Batches the ledger does not name (an attempt that died) are not read.
    """
    if reveal:
        log_reveal(home, "quarantine list", {"feed": feed, "agency": agency})
    with duckdb.connect() as con:
        entries.gather(con, home, feed=feed, agency=agency)
        rows = con.execute("""
            select load_id, feed, agency, file_name, sheet, row_number, column_name, raw_value, reason_code, status
            from entries order by feed, judged_at, load_id, place""").fetchall()
    return [_quarantined(row, reveal) for row in rows]


def quarantine_groups(home: Home, feed: str | None = None, agency: str | None = None) -> list[dict]:
    """What is open in quarantine by agency, feed and reason.

    Keys: agency, feed, reason_code, reason_id, reason_en, rows (rows of files, each counted once a reason), loads,
    newest_file (the file of the load that was judged last) and columns (the columns at fault).
    """
    with duckdb.connect() as con:
        entries.gather(con, home, feed=feed, agency=agency)
        groups = con.execute("""
            select agency, feed, reason_code, count(distinct (root_id, sheet, row_number)), count(distinct load_id),
                   arg_max(file_name, (judged_at, load_id)), list(distinct column_name order by column_name)
            from entries where status = 'open' group by all order by agency, feed, 4 desc, reason_code""").fetchall()
    return [{"agency": agency, "feed": feed, "reason_code": code, "reason_id": reasons.OF_ROW[code][0],
             "reason_en": reasons.OF_ROW[code][1], "rows": rows, "loads": loads, "newest_file": newest,
             "columns": [c for c in columns if c]} for agency, feed, code, rows, loads, newest, columns in groups]


def mask(text: str | None) -> str:
    """First and last character, the rest as asterisks; up to two characters nothing shows."""
    if not text:
        return ""
    return "*" * len(text) if len(text) <= 2 else f"{text[0]}{'*' * min(len(text) - 2, 20)}{text[-1]}"


def _row(of: ledger.Load | ledger.Event, status: str, counts: ledger.Load | ledger.Event) -> dict:
    return {"load_id": of.load_id, "feed": of.feed, "agency": of.agency, "file_name": of.file_name,
            "sha256": of.sha256, "status": status, "rows_read": counts.rows_read,
            "rows_skipped": counts.rows_skipped, "rows_accepted": counts.rows_accepted,
            "rows_quarantined": counts.rows_quarantined, "reason": _reason(of),
            "parent_load_id": of.parent_load_id}


def _reason(of: ledger.Load | ledger.Event) -> str:
    """Why it is as it is, and since when its file is gone."""
    gone = of.removed.get("file") if isinstance(of, ledger.Load) else None
    return of.reason if gone is None or gone.reason in of.reason else f"{of.reason} {gone.reason}".strip()


def _quarantined(row: tuple, reveal: bool) -> dict:
    load_id, feed, agency, file_name, sheet, row_number, column, raw_value, code, status = row
    reason_id, reason_en = reasons.OF_ROW[code]
    return {"load_id": load_id, "feed": feed, "agency": agency, "file_name": file_name, "sheet": sheet,
            "row_number": row_number, "column": column, "raw_value": (raw_value or "") if reveal else mask(raw_value),
            "reason_code": code, "reason_id": reason_id, "reason_en": reason_en, "status": status}
