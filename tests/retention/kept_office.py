"""An office whose files came to all ends, and what stands of them."""

import json
import os
from pathlib import Path

import duckdb
from returned_files import item, peb
from returning_office import Office, mend

from lumbung.contracts import contract_of
from lumbung.lake import ledger
from lumbung.lake.home import Home

FOB = contract_of("peb").column("item_fob").synonyms[0]
AT_ONCE = {"LUMBUNG_KEEP_FILES_DAYS": "0", "LUMBUNG_KEEP_READINGS_DAYS": "0", "LUMBUNG_KEEP_MENDED_DAYS": "0"}
BAD = "bukan angka"


class KeptOffice(Office):
    """One LUMBUNG_HOME and the command on it."""

    def __init__(self, folder: Path, command):
        super().__init__(Home(folder / "home").make(), folder)
        self.command = command

    def environment(self, **settings: str) -> dict[str, str]:
        """No logs but this home's are ever removed."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "LUMBUNG_KE"))}
        return {**mine, "LUMBUNG_HOME": str(self.home.root), "AIRFLOW_HOME": str(self.home.root / "airflow"),
                "COLUMNS": "200", **settings}

    def lumbung(self, *words: str, fails: int = 0, **settings: str) -> str:
        done = self.command.run(*words, environment=self.environment(**settings))
        assert done.returncode == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    def told(self, *words: str, **settings: str) -> str:
        return self.lumbung(*words, **settings)

    def retention(self, *words: str, **settings: str) -> dict:
        return json.loads(self.lumbung("retention", "--json", *words, **settings))

    def due(self, kind: str, *words: str, **settings: str) -> list[str]:
        """The files of the loads, or the names, of one kind that would go."""
        of_load = {load.load_id: load.file_name for load in ledger.loads(self.home).values()}
        return sorted(of_load.get(one["name"], one["name"])
                      for one in self.retention("--dry-run", *words, **settings)["due"] if one["kind"] == kind)

    def load(self, file_name: str) -> ledger.Load:
        return self.loads()[file_name]

    def bytes_of(self, file_name: str) -> Path:
        load = self.load(file_name)
        return self.home.landing / load.feed / load.sha256 / "payload"

    def send_peb(self, name: str, rows: list[dict], agency: str = "bea-cukai") -> None:
        self.send(f"peb/{agency}/{name}", peb(rows))

    def send_all(self) -> None:
        """Files that are loaded, mended, rejected and withdrawn: `dipakai.csv` is withdrawn after a release."""
        self.send_peb("baik.csv", [item(n) for n in range(1, 6)])
        self.send_peb("dipakai.csv", [item(n) for n in range(10, 14)])
        self.send_mended("cacat.csv", 20)
        self.send_peb("ditolak.csv", [item(40, item_fob=BAD, exporter_name="CV Rahasia"), item(41, item_fob=BAD)])
        self.send_peb("ditarik.csv", [*(item(n, exporter_name="CV Tertarik") for n in range(50, 60)),
                                      item(60, item_fob=BAD, exporter_name="CV Tertarik")])
        self.sent_back = self.export("bea-cukai", "belum-diperbaiki.xlsx")
        self.lumbung("loads", "withdraw", self.load("ditarik.csv").load_id, "--reason", "a test")

    def send_mended(self, name: str, first: int) -> None:
        """Ten rows and one that comes back mended."""
        self.send_peb(name, [*(item(n) for n in range(first, first + 10)),
                             item(first + 10, item_fob=BAD, exporter_name="CV Tercela")])
        back = mend(self.export("bea-cukai", f"kembali-{name}.xlsx"), self.folder / f"baik-{name}.xlsx",
                    lambda row: {**row, FOB: "7"} if row[FOB] == BAD and row["Berkas asal"] == name else None)
        self.lumbung("quarantine", "replay", str(back))

    def rows(self, store: str, columns: str, where: str = "true") -> list[tuple]:
        """Of all Parquet of `raw` or `quarantine`."""
        paths = [str(path) for path in (self.home.root / "lake" / store).glob("*/*.parquet")]
        if not paths:
            return []
        with duckdb.connect() as con:
            return con.execute(f"select {columns} from read_parquet({paths}, union_by_name = true) where {where} "
                               "order by all").fetchall()

    def everything(self) -> dict[str, int]:
        """Every file of the lake with its size."""
        return {str(path.relative_to(self.home.root)): path.stat().st_size
                for path in sorted((self.home.root / "lake").rglob("*")) if path.is_file()}
