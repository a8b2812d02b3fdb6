"""What people and programs ask of the intake: its loads, and the rows it did not take."""

import duckdb

from lumbung.intake import reasons
from lumbung.intake.rules import literal
from lumbung.lake import ledger
from lumbung.lake.home import Home


def loads_table(home: Home) -> list[dict]:
    """Every load in the order it landed, each re-delivery as a row of its own.

    Keys: load_id, feed, agency, file_name, sha256, status, rows_read, rows_skipped, rows_accepted,
    rows_quarantined, reason.
    """
    rows = []
    for load in ledger.loads(home).values():
        rows.append((load.landed_at, _row(load, load.status, load)))
        rows += [(again.at, _row(again, "redelivered", again)) for again in load.redeliveries]
    return [row for _, row in sorted(rows, key=lambda r: (r[0], r[1]["load_id"], r[1]["file_name"]))]


def quarantine_table(home: Home, feed: str | None = None, agency: str | None = None,
                     reveal: bool = False) -> list[dict]:
    """Every rule that a row of a judged load broke. Values are masked unless `reveal`.

    Keys: load_id, feed, agency, file_name, sheet, row_number, column, raw_value, reason_code, reason_id, reason_en,
    status. Batches the ledger does not name (an attempt that died) are not read.
    """
    batches: dict[tuple[str, str], list[str]] = {}
    for load in ledger.loads(home).values():
        if load.rows_quarantined and feed in (None, load.feed) and agency in (None, load.agency):
            batches.setdefault((load.feed, load.batch_id), []).append(load.load_id)
    rows = []
    with duckdb.connect() as con:
        for (of_feed, batch_id), load_ids in sorted(batches.items()):
            path = home.quarantine / of_feed / f"{batch_id}.parquet"
            rows += con.execute(f"""
                select load_id, feed, agency, file_name, sheet, row_number, column_name, raw_value, reason_code
                from read_parquet({literal(str(path))}) where list_contains(?, load_id)
                order by load_id, row_number, file_row_number""", [load_ids]).fetchall()
    return [_quarantined(row, reveal) for row in rows]


def mask(text: str | None) -> str:
    """First and last character, the rest as asterisks; up to two characters nothing shows."""
    if not text:
        return ""
    return "*" * len(text) if len(text) <= 2 else f"{text[0]}{'*' * min(len(text) - 2, 20)}{text[-1]}"


def _row(of: ledger.Load | ledger.Event, status: str, counts: ledger.Load | ledger.Event) -> dict:
    return {"load_id": of.load_id, "feed": of.feed, "agency": of.agency, "file_name": of.file_name,
            "sha256": of.sha256, "status": status, "rows_read": counts.rows_read,
            "rows_skipped": counts.rows_skipped, "rows_accepted": counts.rows_accepted,
            "rows_quarantined": counts.rows_quarantined, "reason": of.reason}


def _quarantined(row: tuple, reveal: bool) -> dict:
    load_id, feed, agency, file_name, sheet, row_number, column, raw_value, code = row
    reason_id, reason_en = reasons.OF_ROW[code]
    return {"load_id": load_id, "feed": feed, "agency": agency, "file_name": file_name, "sheet": sheet,
            "row_number": row_number, "column": column, "raw_value": (raw_value or "") if reveal else mask(raw_value),
            "reason_code": code, "reason_id": reason_id, "reason_en": reason_en, "status": "open"}
