"""Lists of offices that name businesses, and the way from them to businesses."""

import csv
import io
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb

from lumbung import flow, intake
from lumbung.contracts import contracts
from lumbung.identity import decisions
from lumbung.lake import ledger
from lumbung.lake.home import Home

MARK = "DATA BUATAN"
EXHIBITION = {"Kode Acara": "EXPO-1", "Nama Acara": "Expo", "Edisi": "1", "Tempat": "Balai",
              "Tanggal Mulai": "2024-03-01", "Tanggal Selesai": "2024-03-03", "Tanggal Catat": "2024-03-05",
              "Jenis Peserta": "business",
              "Jumlah Peserta": "1"}


@dataclass
class Lists:
    """A home, the lists sent to it, and the runs over them."""

    home: Home
    sent: int = 0
    runs: list[str] = field(default_factory=list)

    def roster(self, *rows: dict, agency: str = "dinas-a", mark: str = MARK) -> None:
        """Each row a mapping of a roster's titles; what is not named is empty, the place Depok."""
        self._send("agency_roster", agency, [{
            "Per Tanggal": "2024-01-01", "No": str(n), "Kode Wilayah": "32.76", **row}
            for n, row in enumerate(rows, 1)], mark)

    def exhibition(self, *rows: dict, agency: str = "dinas-a") -> None:
        self.sent += 1
        self._send("exhibition_participation", agency, [{
            **EXHIBITION, "Kode Acara": f"EXPO-{self.sent}", "No": str(n), "Kode Wilayah": "32.76", **row}
            for n, row in enumerate(rows, 1)])

    def run(self, run_id: str = "") -> dict:
        """Take in what was sent, pin and resolve; gives what resolution says of itself."""
        for batch in intake.plan(self.home, list(contracts()), settle_seconds=0):
            # No gate looks on: it takes seconds to import.
            typed = intake.type_loads(self.home, batch.feed, batch.batch_id, intake.land(self.home, batch))
            intake.judge(self.home, typed, {})
        self.runs.append(run_id or f"run-{len(self.runs) + 1:03}")
        flow.pin(self.home, self.runs[-1], datetime(2024, 6, 1, tzinfo=UTC))
        told = flow.resolve(self.home, self.runs[-1])
        flow.end(self.home, self.runs[-1])
        return told

    @property
    def parties(self) -> dict[str, dict]:
        """Party key -> ikm_id, resolved_by, is_identified, has_open_review as the last run wrote them."""
        with duckdb.connect() as con:
            rows = con.execute("SELECT party_key, ikm_id, resolved_by, is_identified, has_open_review FROM "
                               "read_parquet(?)", [str(self.home.run(self.runs[-1]) / "parties.parquet")]).fetchall()
        return {row[0]: dict(zip(("ikm_id", "resolved_by", "is_identified", "has_open_review"), row[1:], strict=True))
                for row in rows}

    def ids(self) -> dict[str, set[str]]:
        """Name as a list writes it -> the ids of the businesses it stands for, in the loads that count."""
        found: dict[str, set[str]] = {}
        parties = self.parties
        for feed in ("agency_roster", "exhibition_participation"):
            for name, party in self._named(feed):
                if party in parties:
                    found.setdefault(name, set()).add(parties[party]["ikm_id"])
        return found

    def are_one(self, *names: str) -> bool:
        """Whether these names are one business."""
        ids = self.ids()
        return len(set.union(*(ids[name] for name in names))) == 1

    def party_of(self, name: str) -> str:
        """The one party key of a name."""
        (found,) = {party for feed in ("agency_roster", "exhibition_participation")
                    for listed, party in self._named(feed) if listed == name}
        return found

    def decide(self, word: str, one: str, two: str) -> None:
        """Decide on two names, as `lumbung identity review` does."""
        decisions.record(self.home, self.party_of(one), self.party_of(two), word, "test")

    def withdraw(self, feed: str) -> None:
        self._record(feed, "withdrawn")

    def restore(self, feed: str) -> None:
        self._record(feed, "restored")

    def forget_work(self) -> None:
        """As if the folder of what may be made again was deleted."""
        shutil.rmtree(self.home.identity_work)

    def _record(self, feed: str, event: str) -> None:
        ledger.record(self.home, [ledger.event_of(load, event, reason="test")
                                  for load in ledger.loads(self.home).values() if load.feed == feed])

    def _named(self, feed: str) -> list[tuple[str, str]]:
        files = [str(path) for path in (self.home.raw / feed).glob("*.parquet")]
        if not files:
            return []
        with duckdb.connect() as con:
            return con.execute("SELECT business_name, party_key FROM read_parquet(?)", [files]).fetchall()

    def _send(self, feed: str, agency: str, rows: list[dict], mark: str = MARK) -> None:
        self.sent += 1
        titles = list(dict.fromkeys(title for row in rows for title in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, [*titles, "Penanda Data"], lineterminator="\n")
        writer.writeheader()
        writer.writerows([{**row, "Penanda Data": mark} for row in rows])
        target = self.home.inbox / feed / agency / f"daftar-{self.sent}.csv"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.getvalue(), encoding="utf-8")
