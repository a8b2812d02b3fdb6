"""What intake left behind, asked for one file of the answer key at a time."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import duckdb

from lumbung.lake import ledger
from lumbung.lake.home import Home


class Outcomes:
    """Ledger, raw and quarantine of one home. Use as a context manager."""

    def __init__(self, home: Home):
        self.home, self.con = home, duckdb.connect()
        self.loads = {(load.feed, load.agency, load.file_name): load for load in ledger.loads(home).values()}
        self.again = {(again.feed, again.agency, again.file_name)
                      for load in self.loads.values() for again in load.redeliveries}

    def __enter__(self) -> "Outcomes":
        return self

    def __exit__(self, *_) -> None:
        self.con.close()

    def of_faults(self, file: dict, faults: list[dict]) -> Iterator[tuple[dict, str]]:
        """Each planted fault of a file with how else it ended; "" where it ended as the key says."""
        if not faults:
            return
        load, wrong = self._load(file), self._quarantined(file)
        numbers = [int(f["row_number"]) for f in faults if f["row_number"]]
        columns = sorted({f["column_name"] for f in faults if f["value"]})
        accepted = self._accepted(load, numbers, columns)
        to_skip = sum(f["expected"] == "skipped" for f in faults)
        for fault in faults:
            number = int(fault["row_number"] or 0)
            ways = [self._ended(way, fault, file, load, number, accepted, wrong, to_skip)
                    for way in fault["expected"].split("|")]
            yield fault, "" if "" in ways else ways[0]

    def good_rows(self, file: dict, faults: list[dict]) -> tuple[int, Counter]:
        """How many rows of a file have no fault of their own, and the reasons of those not accepted."""
        load = self._load(file)
        planted = {int(f["row_number"]) for f in faults if f["row_number"] and f["expected"] != "skipped"}
        count = int(file["rows"]) - len(planted)
        skipped = {int(f["row_number"]) for f in faults if f["expected"] == "skipped"}
        if not load or load.status != "loaded":
            why = f"file {load.status}: {load.reason_code}" if load else "file not in the ledger"
            return count, Counter({why: count} if count else {})
        taken = self._count_accepted(load, sorted(planted | skipped))
        reasons: Counter = Counter()
        for number, found in self._quarantined(file).items():
            if number not in planted | skipped:
                reasons[" ".join(sorted({f"{file['feed']}.{column}:{code}" for code, column in found}))] += 1
        lost = count - taken - sum(reasons.values())
        if lost > 0:
            reasons[f"{file['feed']}: skipped or lost"] = lost
        return count, reasons

    def _ended(self, way: str, fault: dict, file: dict, load: ledger.Load | None, number: int,
               accepted: dict[int, dict], wrong: dict[int, list], to_skip: int) -> str:
        """How a fault ended where that is not `way`."""
        if way == "redelivered":
            return "" if _place(file) in self.again else _state(load)
        if load is None:
            return "not in the ledger"
        if way in ("file_rejected", "file_held"):
            fits = load.status == way.removeprefix("file_") and load.reason_code in fault["reason_code"].split("|")
            return "" if fits else _state(load)
        if load.status != "loaded":
            return _state(load)
        if not number:
            rows = self._count_accepted(load, [])
            wanted = int(file["rows_accepted"])
            return "" if rows == wanted else f"{rows} rows accepted, not {wanted}"
        here, reasons = accepted.get(number), wrong.get(number, [])
        match way:
            case "accepted" if here is not None:
                found = here.get(fault["column_name"]) if fault["value"] else None
                return "" if _same(found, fault["value"]) else f"accepted as {found}"
            case "quarantined" if reasons:
                if any(code in fault["reason_code"].split("|") and fault["column_name"] in ("", column or "")
                       for code, column in reasons):
                    return ""
                return "quarantined: " + ", ".join(f"{column} {code}" for code, column in reasons)
            case "skipped" if here is None and not reasons:
                return "" if load.rows_skipped >= to_skip else f"only {load.rows_skipped} rows skipped"
        if here is not None:
            return "accepted"
        return "quarantined: " + ", ".join(f"{c} {code}" for code, c in reasons) if reasons else "skipped or lost"

    def _load(self, file: dict) -> ledger.Load | None:
        return self.loads.get(_place(file))

    def _count_accepted(self, load: ledger.Load, but: list[int]) -> int:
        path = self.home.raw / load.feed / f"{load.batch_id}.parquet"
        return self.con.execute("""select count(*) from read_parquet(?) where load_id = ?
                                   and not list_contains(?::bigint[], row_number)""",
                                [str(path), load.load_id, but]).fetchone()[0]

    def _accepted(self, load: ledger.Load | None, numbers: list[int], columns: list[str]) -> dict[int, dict]:
        """Row number -> the values of these columns as text, of the accepted rows among these."""
        if load is None or load.status != "loaded" or not numbers:
            return {}
        path = self.home.raw / load.feed / f"{load.batch_id}.parquet"
        picked = "".join(f', "{column}"::varchar' for column in columns)
        rows = self.con.execute(f"""select row_number{picked} from read_parquet(?) where load_id = ?
                                    and list_contains(?::bigint[], row_number)""",
                                [str(path), load.load_id, numbers]).fetchall()
        return {number: dict(zip(columns, values, strict=True)) for number, *values in rows}

    def _quarantined(self, file: dict) -> dict[int, list[tuple[str, str]]]:
        """Row number -> (reason code, column) of every rule that row broke."""
        load = self._load(file)
        if load is None or not load.rows_quarantined:
            return {}
        path = self.home.quarantine / load.feed / f"{load.batch_id}.parquet"
        found: dict[int, list[tuple[str, str]]] = {}
        for number, code, column in self.con.execute(
                """select row_number, reason_code, column_name from read_parquet(?) where load_id = ?
                   order by row_number, reason_code, column_name""", [str(path), load.load_id]).fetchall():
            found.setdefault(number, []).append((code, column or ""))
        return found


def _place(file: dict) -> tuple[str, str, str]:
    """Feed, agency and file name as the ledger has them; a file outside all feeds is a stray under its whole path."""
    _, feed, agency, name = file["path"].split("/", 3)
    if file["feed"] == "lain-lain":
        return "_stray", agency, f"{feed}/{agency}/{name}"
    return feed, agency, name


def _state(load: ledger.Load | None) -> str:
    return f"file {load.status} {load.reason_code}".strip() if load else "not in the ledger"


def _same(found: str | None, wanted: str) -> bool:
    """Whether a value is one of those wanted: equal as text, or as numbers."""
    if not wanted:
        return True
    if found is None:
        return wanted == "null"
    return any(found == choice or _number(found) == _number(choice) is not None for choice in wanted.split("|"))


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
