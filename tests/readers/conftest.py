"""Files of rosters and declarations as offices lay them out, taken in through the public functions."""

from pathlib import Path

import duckdb
import pytest

from lumbung import intake
from lumbung.contracts import contracts
from lumbung.lake import ledger
from lumbung.lake.home import Home


class Desk:
    """One LUMBUNG_HOME under test."""

    def __init__(self, home: Home):
        self.home = home

    def path(self, place: str) -> Path:
        path = self.home.inbox / place
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def take_in(self) -> None:
        for batch in intake.plan(self.home, list(contracts()), 0):
            landed = intake.land(self.home, batch)
            intake.judge(self.home, intake.type_loads(self.home, batch.feed, batch.batch_id, landed), {})

    def load(self, name: str) -> dict:
        return next(load for load in intake.loads_table(self.home) if load["file_name"] == name)

    def counts(self, name: str) -> tuple[int, int, int, int]:
        """Rows read, skipped, accepted and quarantined of a file."""
        load = self.load(name)
        return load["rows_read"], load["rows_skipped"], load["rows_accepted"], load["rows_quarantined"]

    def status(self, name: str) -> tuple[str, str]:
        """Status and reason code of a file."""
        found = next(load for load in ledger.loads(self.home).values() if load.file_name == name)
        return found.status, found.reason_code

    def faults(self) -> list[tuple]:
        return [(q["sheet"], q["row_number"], q["column"], q["reason_code"])
                for q in intake.quarantine_table(self.home)]

    def rows(self, feed: str, columns: str) -> list[tuple]:
        """Accepted rows, by load, sheet and row number."""
        found = []
        for load in ledger.loads(self.home).values():
            if load.status == "loaded" and load.feed == feed:
                found += duckdb.connect().execute(
                    f"select {columns} from read_parquet(?) where load_id = ? order by sheet, row_number",
                    [str(self.home.raw / feed / f"{load.batch_id}.parquet"), load.load_id]).fetchall()
        return found


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    return Desk(Home(tmp_path / "home").make())
