"""A home whose raw zone is written by contract, without intake."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from lumbung import transform
from lumbung.contracts.catalogue import contract_of
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.transform import pinning

PEB = {
    "office_code": "050100", "registration_number": "000001", "registered_on": "2023-03-01",
    "export_type_code": "1", "is_oil_gas": False, "destination_country_code": "AU", "currency": "USD",
    "ndpbm": "15000.0000", "exporter_name": "PT CONTOH", "exporter_party_key": "k1:a", "item_number": 1,
    "hs_code": "46021190", "item_fob": "1000.00", "net_weight_kg": "10.0000", "origin_region_code": "32.76",
    "origin_country_code": "ID", "is_synthetic": False}
SKA = {
    "form": "D", "issuer_code": "BDG", "issued_on": "2023-03-01", "status": "issued",
    "exporter_name": "PT CONTOH", "exporter_party_key": "k1:a", "exporter_region_code": "32.76",
    "destination_country_code": "AU", "item_number": 1, "hs_code": "460211", "item_value": "1000.00",
    "currency": "USD", "value_basis": "fob", "is_synthetic": False}


def aju(number: int) -> str:
    """A submission number: 26 characters with a date in it."""
    return f"05010030000120230301{number:06d}"


@dataclass
class Warehouse:
    """A home to send loads to and run the transform on."""

    home: Home
    runs: int = 0
    batches: list[str] = field(default_factory=list)
    parties: list[dict] = field(default_factory=list)

    def peb(self, *rows: dict, **how) -> str:
        """Send declarations; unnamed columns are those of an ordinary item. Gives the load id."""
        return self.send("peb", [PEB | row for row in rows], **how)

    def ska(self, *rows: dict, **how) -> str:
        return self.send("ska", [SKA | row for row in rows], **how)

    def send(self, feed: str, rows: list[dict], *, agency: str = "kanwil-jabar", name: str = "",
             batch_id: str = "", parent_load_id: str = "") -> str:
        """Write one load's Parquet by its contract and record it as accepted; as a replay where it has a parent.

        Nobody expects whole months of the agency, unless another one is named.
        """
        contract = contract_of(feed)
        sha256 = hashlib.sha256(json.dumps([name, rows], default=str).encode()).hexdigest()
        load_id = ledger.load_id_of(feed, agency, sha256, contract.version, parent_load_id)
        batch_id = batch_id or f"batch-{load_id}"
        columns = dict([*contract.warehouse_columns, ("load_id", "VARCHAR"), ("sheet", "VARCHAR"),
                        ("row_number", "BIGINT"), ("piece", "INTEGER")])
        rows = [{**row, "load_id": load_id, "sheet": "", "row_number": number, "piece": 0}
                for number, row in enumerate(rows, 1)]
        self.write(self.home.raw / feed / f"{batch_id}.parquet", columns, rows)
        about = {"load_id": load_id, "feed": feed, "agency": agency, "sha256": sha256,
                 "file_name": name or f"{load_id}.csv", "contract_version": contract.version,
                 "parent_load_id": parent_load_id}
        ledger.record(self.home, [ledger.Event("landed", **about), ledger.Event(
            "accepted", **about, batch_id=batch_id, rows_read=len(rows), rows_accepted=len(rows))])
        return load_id

    def withdraw(self, load_id: str) -> None:
        self.record("withdrawn", load_id)

    def record(self, event: str, load_id: str, **more) -> None:
        """Add an event of a load that is there to the ledger."""
        ledger.record(self.home, [ledger.event_of(ledger.loads(self.home)[load_id], event, reason="test", **more)])

    def retype(self, load_id: str, **changed) -> str:
        """The bytes of a load read again under a newer contract, with other values; gives the new load id.

        "" where they were read again before, or the feed has none of these columns.
        """
        old = ledger.loads(self.home)[load_id]
        columns = dict(contract_of(old.feed).warehouse_columns)
        version = f"{old.contract_version}+again"
        new_id = ledger.load_id_of(old.feed, old.agency, old.sha256, version)
        if not changed.keys() <= columns.keys() or new_id in ledger.loads(self.home):
            return ""
        batch_id, values = f"batch-{new_id}", ", ".join(f"'{value}' AS {name}" for name, value in changed.items())
        source, target = (self.home.raw / old.feed / f"{batch}.parquet" for batch in (old.batch_id, batch_id))
        duckdb.sql(f"COPY (SELECT * REPLACE ({values}, '{new_id}' AS load_id) FROM read_parquet('{source}') "
                   f"WHERE load_id = '{load_id}') TO '{target}' (FORMAT parquet)")
        landed = ledger.event_of(old, "landed", load_id=new_id, contract_version=version, batch_id=batch_id)
        ledger.record(self.home, [landed, replace(landed, event="accepted"),
                                  ledger.event_of(old, "superseded", by_load_id=new_id)])
        return new_id

    def resolve_as(self, businesses: dict[str, str], **known) -> None:
        """Have the next builds take these parties (party key -> ikm_id) for these businesses, and no other for one.

        They are known by number and no pair of them waits, unless `known` says otherwise.
        """
        told = {"resolved_by": "decision", "is_identified": True, "has_open_review": False} | known
        self.parties = [{"party_key": party, "ikm_id": ikm_id, **told} for party, ikm_id in businesses.items()]

    def write(self, path: Path, columns: dict, rows: list[dict]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.with_suffix(".json")
        lines.write_text("\n".join(json.dumps(row, default=str) for row in rows))
        kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        duckdb.sql(f"COPY (SELECT * FROM read_json('{lines}', columns = {{{kinds}}}, "
                   f"format = 'newline_delimited')) TO '{path}' (FORMAT parquet)")

    def append(self) -> dict:
        self.runs += 1
        transform.pin(self.home, f"run-{self.runs}")
        if self.parties:
            self.write(pinning.parties_path(self.home, f"run-{self.runs}"), pinning.PARTIES, self.parties)
        return transform.append(self.home, f"run-{self.runs}")

    def build(self) -> dict:
        """One whole run: pin, append, both layers of dbt."""
        done = self.append()
        transform.dbt(self.home, f"run-{self.runs}", "staging")
        transform.dbt(self.home, f"run-{self.runs}", "marts")
        return done

    def build_quality(self, run_date: str = "2024-03-31", deliveries: Iterable[dict] = ()) -> None:
        """The marts of quality of the last run, as if it had begun on that day."""
        run_id = f"run-{self.runs}"
        transform.load_quality(self.home, run_id, date.fromisoformat(run_date), deliveries)
        transform.dbt(self.home, run_id, "quality")

    def settle(self) -> None:
        """As after a release: what changes from now on is all that the next build looks at."""
        transform.settle(self.home, None)

    def marts(self) -> dict[str, list[tuple]]:
        """All tables of the marts, each as sorted rows."""
        tables = self.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY 1")
        return {table: self.rows(f"SELECT * FROM marts.{table} ORDER BY ALL") for (table,) in tables}

    def conflicts(self) -> list[tuple]:
        """(feed, conflict key, load id) of the conflicts of the last build."""
        if not self.home.build_database.is_file():
            return []
        return self.rows("SELECT feed, conflict_key, load_id FROM marts.mart_conflict ORDER BY ALL")

    def rows(self, sql: str) -> list[tuple]:
        """Read the build database, which must be closed by whoever wrote it."""
        with duckdb.connect(self.home.build_database, read_only=True) as connection:
            return connection.execute(sql).fetchall()
