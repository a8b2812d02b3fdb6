"""An office that sends files, gets its bad rows back in a workbook, mends it and returns it."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import xlsxwriter
from python_calamine import CalamineWorkbook

from lumbung import flow, intake
from lumbung.contracts import contracts
from lumbung.intake import returns
from lumbung.lake import ledger
from lumbung.lake.home import Home


class Office:
    """One LUMBUNG_HOME under test, worked through the public functions only."""

    def __init__(self, home: Home, folder: Path):
        self.home, self.folder = home, folder

    def send(self, place: str, content: str) -> list[dict]:
        path = self.home.inbox / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return self.take_in()

    def take_in(self) -> list[dict]:
        return [flow.take_in(self.home, batch) for batch in intake.plan(self.home, list(contracts()), 0)]

    def loads(self) -> dict[str, ledger.Load]:
        """By file name; of several the last one that landed."""
        return {load.file_name: load for load in ledger.loads(self.home).values()}

    def quarantine(self) -> list[tuple]:
        return [(q["file_name"], q["row_number"], q["column"], q["reason_code"], q["status"])
                for q in intake.quarantine_table(self.home)]

    def open_rows(self) -> set[tuple]:
        return {(q["file_name"], q["row_number"]) for q in intake.quarantine_table(self.home) if q["status"] == "open"}

    def accepted(self, feed: str, columns: str = "load_id, sheet, row_number") -> list[tuple]:
        """Rows of loaded loads, as the warehouse takes them."""
        rows = []
        for load in ledger.loads(self.home).values():
            if load.status == "loaded" and load.feed == feed:
                path = self.home.raw / feed / f"{load.batch_id}.parquet"
                rows += duckdb.sql(f"select {columns} from read_parquet(?) where load_id = ? order by row_number",
                                   params=[str(path), load.load_id]).fetchall()
        return rows

    def export(self, agency: str, name: str = "kembali.xlsx", **more) -> Path:
        return returns.export(self.home, agency, self.folder / name, **more).path

    def events(self, kind: str) -> list[ledger.Event]:
        return [event for event in ledger.events(self.home) if event.event == kind]


def sheets(path: Path) -> dict[str, list[list]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def rows(path: Path, sheet: str) -> list[dict]:
    titles, *lines = sheets(path)[sheet]
    return [dict(zip(titles, line, strict=True)) for line in lines]


def mend(path: Path, to: Path, change: Callable[[dict], dict | None]) -> Path:
    """Save a workbook as another program would: no colours, no hidden columns; `change` gives a row or drops it."""
    with xlsxwriter.Workbook(str(to)) as book:
        for name, (titles, *lines) in sheets(path).items():
            kept = [titles] + [list(row.values()) for line in lines if (
                row := change(dict(zip(titles, line, strict=True))) if name != "Petunjuk" else dict(enumerate(line)))]
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(kept):
                for place, cell in enumerate(cells):
                    sheet.write_string(at, place, cell) if isinstance(cell, str) else sheet.write(at, place, cell)
    return to
