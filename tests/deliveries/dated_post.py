"""An office whose loads have dated rows and a day on which they came."""

from dataclasses import dataclass

import duckdb

from lumbung.contracts import contract_of
from lumbung.lake import ledger, nil_returns
from lumbung.lake.home import Home


@dataclass
class Post:
    """Writes what intake would have: typed rows and the ledger's events."""

    home: Home
    sent: int = 0

    def send(self, feed: str, agency: str, landed_on: str, *days: str, made_up: bool = False, status: str = "accepted",
             at: str = "03:00:00", parent_load_id: str = "") -> str:
        """A load of one row a day of `days`, landed on a day (UTC). Gives its id."""
        self.sent += 1
        load_id = f"load-{self.sent}"
        path = self.home.raw / feed / f"batch-{load_id}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        column = contract_of(feed).period_column
        with duckdb.connect() as connection:
            connection.execute(f"create table raw (load_id varchar, {column} date, is_synthetic boolean)")
            connection.executemany("insert into raw values (?, ?, ?)", [[load_id, day, made_up] for day in days])
            connection.execute(f"copy raw to '{path}' (format parquet)")
        about = {"load_id": load_id, "feed": feed, "agency": agency, "file_name": f"{load_id}.csv", "sha256": load_id,
                 "at": f"{landed_on}T{at}.000000+00:00", "parent_load_id": parent_load_id}
        ledger.record(self.home, [ledger.Event("landed", **about), ledger.Event(
            status, **about, batch_id=f"batch-{load_id}", rows_read=len(days), rows_accepted=len(days))])
        return load_id

    def act(self, event: str, load_id: str, **more) -> None:
        ledger.record(self.home, [ledger.event_of(ledger.loads(self.home)[load_id], event, **more)])

    def nil(self, feed: str, agency: str, month: str) -> None:
        nil_returns.record(self.home, nil_returns.NilReturn(feed, agency, month, "no exports"))
