"""Sound declarations to make wrong ones of: plain documents of the sample under new numbers."""

import copy
import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

PLAIN = {"isRevision": "T", "nomorNota": None, "tanggalBatal": None, "menggantikanNomorAju": None, "kodeValuta": "USD"}
YEAR, NEWEST = "2024", "2024-09"      # what is left out of the newest month is to be missed there


class Declarations:
    """The plain documents of a sample's last year, in the order of files and lines, taken one after the other."""

    def __init__(self, inbox: Path):
        self.versions: dict[str, list[dict]] = {}
        for path in sorted(inbox.glob(f"peb/bea-cukai/*{YEAR}*.json*")):
            for line in path.read_text(encoding="utf-8").splitlines():
                document = json.loads(line)
                self.versions.setdefault(document["nomorAju"], []).append(document)
        self.plain = [versions[0] for versions in self.versions.values() if len(versions) == 1
                      and all(versions[0][name] == value for name, value in PLAIN.items())
                      and (versions[0]["tanggalDaftar"] or NEWEST)[:7] != NEWEST
                      and all(item["kodeDaerahAsal"] for item in versions[0]["barang"])]
        with next(inbox.glob("peb/bea-cukai/*.csv")).open(encoding="utf-8", newline="") as handle:
            self.table = list(csv.DictReader(handle))
        self.taken = 0

    def take(self, where: Callable[[dict], bool] = lambda document: True) -> dict:
        """A copy of the next plain document, of those for which `where` holds, under a number of its own."""
        for turn in range(len(self.plain)):
            sound = self.plain[(self.taken + turn) % len(self.plain)]
            if where(sound):
                break
        else:
            sound = self.plain[self.taken % len(self.plain)]
        self.taken += 1
        made = copy.deepcopy(sound)
        made["nomorAju"] = f"{sound['nomorAju'][:20]}G{self.taken:05d}"
        made["entitas"] = made["entitas"][:3]
        for item in made["barang"]:
            item["barangPemilik"] = []
        return made

    def take_rows(self) -> list[dict]:
        """Copies of the rows of a document that came as a table, under a number of its own."""
        numbers = [row["Nomor Aju"] for row in self.table]
        number = next(n for n in numbers if all(
            not row["Nomor Nota"] and not row["Tanggal Batal"] and row["Tanggal Daftar"]
            for row in self.table if row["Nomor Aju"] == n))
        self.taken += 1
        return [row | {"Nomor Aju": f"{number[:20]}G{self.taken:05d}", "Pemilik Barang": ""}
                for row in self.table if row["Nomor Aju"] == number]

    def newest(self, number: str) -> dict:
        """A copy of the version of a document that came last."""
        return copy.deepcopy(max(self.versions[number], key=lambda d: d["nomorNota"] or 0))


def dated(document: dict, day: date) -> dict:
    """The document of another day: submitted and registered on it, shipped two days after."""
    number = document["nomorAju"]
    document["nomorAju"] = f"{number[:12]}{day:%Y%m%d}{number[20:]}"
    document["tanggalAju"] = document["tanggalDaftar"] = day.isoformat()
    document["tanggalEkspor"] = (day + timedelta(2)).isoformat()
    return document


def worth(document: dict, fob: float, origin: str | None = None) -> dict:
    """One item of the document, so much of it that it is worth `fob`: the price of a kilogram stays."""
    item = document["barang"][0]
    factor = fob / item["fob"]
    item |= {"fob": round(fob, 2), "netto": round(item["netto"] * factor, 4),
             "jumlahSatuan": max(1, round(item["jumlahSatuan"] * factor))}
    if origin:
        item["kodeDaerahAsal"] = origin
    document["barang"] = [item]
    return added_up(document)


def added_up(document: dict) -> dict:
    """The document with the sums of its items in the header."""
    for name, digits in (("fob", 2), ("netto", 4)):
        document[name] = round(sum(item[name] for item in document["barang"]), digits)
    document["bruto"] = round(document["netto"] * 1.1, 4)
    return document


def json_lines(*documents: dict) -> bytes:
    """A document a line, as customs' own files are."""
    return "".join(json.dumps(d, ensure_ascii=False, separators=(",", ":")) + "\n" for d in documents).encode()
