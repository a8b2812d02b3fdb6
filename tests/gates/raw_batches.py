"""Batches as intake leaves them, of any feed, with the loads that came before in lake and ledger."""

from pathlib import Path

import duckdb
from clean_staging import CLEAN, STAGING_FEEDS

from lumbung.contracts import contract_of
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event

TABLE_OF = {feed: table for table, feed in STAGING_FEEDS.items()}


class Batch:
    """A batch of one feed under test: `rows` and `profile` are tables to spoil; `written` gives their Parquet."""

    def __init__(self, home: Home, feed: str, loads: dict[str, int], *, name: str = "b1"):
        """`loads` is load id -> rows; all of them clean."""
        self.home, self.feed, self.name, self.loads = home, feed, name, loads
        self.con = duckdb.connect()
        columns = ", ".join(f"({CLEAN[TABLE_OF[feed]].get(c.name, 'null')})::{c.duckdb_type} as {c.name}"
                            for c in contract_of(feed).columns)
        self.con.execute("create table sent as select unnest(?::varchar[]) as load_id, unnest(?::bigint[]) as size",
                         [list(loads), list(loads.values())])
        self.con.execute(f"""create table rows as select {columns}, load_id, '' as sheet, n::bigint as row_number,
            0 as piece from sent, lateral (select unnest(range(1, size + 1)) as n)""")
        self.con.execute(f"""create table profile as select load_id, '{feed}' as feed, 'office' as agency,
            load_id || '.csv' as file_name, size as rows_read, 0 as rows_skipped, size as rows_accepted,
            0 as rows_quarantined, 0.0::double as reject_pct, 0 as duplicate_key_rows, size + 1 as physical_rows,
            1 as header_rows from sent""")

    def spoil(self, change: str, load_id: str) -> None:
        """Change the rows of one load: a `set` clause."""
        self.con.execute(f"update rows set {change} where load_id = '{load_id}'")

    def landed(self, on: str, file_name: str = "") -> "Batch":
        """Write into the ledger that the loads landed on a day, in Jakarta."""
        ledger.record(self.home, [self._event("landed", load_id, on, file_name) for load_id in self.loads])
        return self

    def loaded(self, on: str, file_name: str = "") -> None:
        """Take the loads in: their rows lie in the lake, and the ledger has accepted them."""
        self.landed(on, file_name)
        self.written(self.home.raw / self.feed / f"{self.name}.parquet")
        ledger.record(self.home, [self._event("accepted", load_id, on, file_name, batch_id=self.name,
                                              rows_accepted=size) for load_id, size in self.loads.items()])

    def written(self, raw: Path | None = None) -> tuple[Path, Path]:
        """Profile and raw Parquet, as `check_raw` takes them."""
        profile = self.home.scratch / "profiles" / f"{self.name}.parquet"
        raw = raw or self.home.scratch / f"{self.name}-rows.parquet"
        for table, path in (("profile", profile), ("rows", raw)):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.con.execute(f"copy {table} to '{path}' (format parquet)")
        return profile, raw

    def _event(self, kind: str, load_id: str, on: str, file_name: str, **more) -> Event:
        return Event(kind, load_id, self.feed, "office", file_name or f"{load_id}.csv", load_id,
                     at=f"{on}T01:00:00.000000+00:00", **more)
