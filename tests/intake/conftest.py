"""A small lake, and the ways to put files into it and take them in."""

from pathlib import Path

import duckdb
import pytest

from lumbung import intake
from lumbung.contracts import contracts
from lumbung.lake import ledger
from lumbung.lake.home import Home


class Lake:
    """One LUMBUNG_HOME under test, worked through the public functions only."""

    def __init__(self, home: Home):
        self.home = home

    def drop(self, place: str, content: bytes | str) -> Path:
        path = self.home.inbox / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def plan(self, settle_seconds: float = 0) -> list:
        return intake.plan(self.home, list(contracts()), settle_seconds)

    def take_in(self, verdicts: dict | None = None) -> list[dict]:
        done = []
        for batch in self.plan():
            landed = intake.land(self.home, batch)
            typed = intake.type_loads(self.home, batch.feed, batch.batch_id, landed)
            done.append(intake.judge(self.home, typed, verdicts or {}))
        return done

    def loads(self) -> dict[str, dict]:
        return {load["file_name"]: load for load in intake.loads_table(self.home)}

    def quarantine(self) -> list[tuple]:
        return [(q["file_name"], q["row_number"], q["column"], q["reason_code"])
                for q in intake.quarantine_table(self.home)]

    def accepted_rows(self, feed: str) -> list[tuple[str, int]]:
        """(file name, row number) of accepted rows."""
        names = {load["load_id"]: load["file_name"] for load in self.loads().values()}
        return [(names[load_id], number) for load_id, number in self.accepted(feed)]

    def accepted(self, feed: str, columns: str = "load_id, row_number") -> list[tuple]:
        """Rows of accepted loads, as a reader of the ledger finds them."""
        rows = []
        for load in ledger.loads(self.home).values():
            if load.status == "loaded" and load.feed == feed:
                path = self.home.raw / feed / f"{load.batch_id}.parquet"
                rows += duckdb.connect().execute(
                    f"select {columns} from read_parquet(?) where load_id = ? order by row_number",
                    [str(path), load.load_id]).fetchall()
        return rows


@pytest.fixture
def lake(tmp_path, monkeypatch) -> Lake:
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    return Lake(Home(tmp_path / "home").make())
