"""Sound certificates to make wrong ones of: plain ones of the sample under new numbers."""

import csv
import io
from collections.abc import Callable
from pathlib import Path


class Certificates:
    """The plain certificates of a sample's last year, each as its rows, taken one after the other."""

    def __init__(self, inbox: Path):
        self.quarters = {path.stem[-7:]: _rows(path) for path in sorted(inbox.glob("ska/ipska-jabar/*.csv"))}
        rows: dict[str, list[dict]] = {}
        for quarter, found in self.quarters.items():
            if quarter.startswith("2024"):
                for row in found:
                    rows.setdefault(row["Nomor SKA"], []).append(row)
        replaced = {row["Menggantikan Nomor"] for found in self.quarters.values() for row in found}
        self.plain = [here for number, here in rows.items() if number not in replaced and all(
            row["Status"] == "issued" and not row["Menggantikan Nomor"] and row["Dasar Nilai"] == "fob"
            and row["Valuta"] == "USD" for row in here) and len({row["No Barang"] for row in here}) == len(here)]
        self.taken = 0

    @property
    def rows_a_quarter(self) -> int:
        """The middle of how many rows the last files have."""
        return sorted(len(rows) for rows in list(self.quarters.values())[-12:])[6]

    def take(self, where: Callable[[list[dict]], bool] = lambda rows: True) -> list[dict]:
        """Copies of the rows of the next plain certificate for which `where` holds, under a number of their own."""
        for turn in range(len(self.plain)):
            sound = self.plain[(self.taken + turn) % len(self.plain)]
            if where(sound):
                break
        else:
            sound = self.plain[self.taken % len(self.plain)]
        self.taken += 1
        _, issuer, year = sound[0]["Nomor SKA"].split("/")
        return [row | {"Nomor SKA": f"8{self.taken:06d}/{issuer}/{year}"} for row in sound]

    def take_rows(self, count: int, **changes: str) -> list[dict]:
        """At least `count` rows of certificates, each with these changes (titles with _ for a blank)."""
        rows: list[dict] = []
        while len(rows) < count:
            rows += changed(self.take(), **changes)
        return rows


def changed(rows: list[dict], **changes: str) -> list[dict]:
    """The rows with other values, by title with _ for a blank."""
    return [row | {title.replace("_", " "): value for title, value in changes.items()} for row in rows]


def worth(rows: list[dict], value: float) -> list[dict]:
    """The first item of a certificate, so much of it that it is worth `value`: the price of a kilogram stays."""
    row = rows[0]
    factor = value / float(row["Nilai"])
    return [row | {"Nilai": f"{value:.2f}", "Netto": f"{float(row['Netto']) * factor:.4f}",
                   "Jumlah": str(max(1, round(float(row["Jumlah"]) * factor)))}]


def sheet(rows: list[dict]) -> bytes:
    """Rows as CSV under their titles."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _rows(path: Path) -> list[dict]:
    text = path.read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
