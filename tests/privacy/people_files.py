"""Files of every kind with one person in them, and the ways to take them in."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import xlsxwriter

from lumbung import intake
from lumbung.contracts import contracts
from lumbung.lake.home import Home

MARK = "DATA BUATAN"
NPWP, NIK, PHONE, NAME = "995000099404001", "3276014501900001", "0812-9999-4041", "Contoh Wiratama"
OTHER = "995000012312001"
TITLES = ["Per Tanggal", "No", "Nama IKM", "Nama Pemilik", "NPWP", "NIK", "Kode Wilayah", "Telp", "Omset",
          "Penanda Data"]


def roster_row(number: int, **changes) -> list[str]:
    row = dict(zip(TITLES, ["2024-01-01", str(number), f"PT Buatan {number}", f"Pemilik {number}",
                            f"99500001231{number:04}", "", "32.76", f"0813-0000-{number:04}", "1000000", MARK],
                   strict=True))
    return list({**row, **changes}.values())


def theirs(number: int, **changes) -> list[str]:
    return roster_row(number, **{"Nama Pemilik": NAME, "NPWP": "99.500.009.9-404.001", "NIK": NIK,
                                 "Telp": "+62 812 9999 4041", **changes})


def csv_of(rows: list[list[str]], delimiter: str = ",") -> str:
    return "\n".join(delimiter.join(cells) for cells in [TITLES, *rows]) + "\n"


def xlsx_of(rows: list[list[str]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        for number, row in enumerate([TITLES, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return target.getvalue()


def document(number: int, exporter: str = OTHER, owner: str | None = None) -> dict:
    """A PEB of two items; the second is the owner's where there is one."""
    entities = [{"seriEntitas": 1, "kodeEntitas": "2", "nomorIdentitas": exporter, "namaEntitas": f"PT {number}"}]
    if owner:
        entities.append({"seriEntitas": 2, "kodeEntitas": "7", "nomorIdentitas": owner, "namaEntitas": NAME})
    return {"nomorAju": f"000030ABCDEF20240105{number:06d}", "kodeKantor": "050100", "nomorDaftar": f"{number:06d}",
            "tanggalDaftar": "2024-01-06",
            "kodeNegaraTujuan": "JP", "kodeValuta": "USD", "ndpbm": 15500.1234, "penandaData": MARK,
            "entitas": entities, "barang": [
                {"seriBarang": 1, "posTarif": "94036090", "fob": 100.25, "kodeDaerahAsal": "3276"},
                {"seriBarang": 2, "posTarif": "94036090", "fob": 50.25, "kodeDaerahAsal": "3276",
                 **({"barangPemilik": [{"seriEntitas": 2}]} if owner else {})}]}


FILES = {
    "agency_roster/dinas-a/daftar.csv": csv_of([roster_row(1), theirs(2), roster_row(3)]).encode(),
    "agency_roster/dinas-b/daftar.csv": csv_of([theirs(1), roster_row(5)], ";").encode("utf-16"),
    "agency_roster/dinas-c/daftar.xlsx": xlsx_of([roster_row(6), theirs(2), roster_row(7), theirs(4)]),
    "agency_roster/dinas-d/karantina.csv": csv_of(
        [roster_row(8), theirs(2, **{"Kode Wilayah": "entah"}), roster_row(9, **{"Omset": "banyak"})]).encode(),
    "agency_roster/dinas-e/asing.csv": f"Warna,Orang\nmerah,{NAME}\nputih,Pak Lain\n".encode(),
    f"agency_roster/dinas-f/{NAME}.csv": csv_of([roster_row(10)]).encode(),
    "peb/bea-cukai/a.jsonl": "".join(json.dumps(document(n, *parties)) + "\n" for n, parties in enumerate(
        [(OTHER,), (NPWP,), (OTHER, NPWP)])).encode(),
    "peb/bea-cukai/b.json": json.dumps([document(11), document(12, NPWP)]).encode(),
}


def drop(home: Home, files: dict[str, bytes]) -> None:
    for place, content in files.items():
        path = home.inbox / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def take_in(home: Home) -> None:
    """Land, type and accept what waits; no gate looks on, it takes seconds to import."""
    for batch in intake.plan(home, list(contracts()), 0):
        typed = intake.type_loads(home, batch.feed, batch.batch_id, intake.land(home, batch))
        intake.judge(home, typed, {})


def everything(root: Path) -> dict[Path, bytes]:
    """The bytes of every file under a folder, compressed ones unpacked too."""
    found = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        content = path.read_bytes()
        found[path] = content
        if content.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found[path] += b"".join(archive.read(name) for name in archive.namelist())
        elif content.startswith(b"\x1f\x8b"):
            found[path] += gzip.decompress(content)
    return found
