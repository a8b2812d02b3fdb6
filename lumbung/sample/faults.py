"""Broken rows planted in files that are otherwise sound, each with the reason a checker should give.

A fault is always a document of its own, made from a sound one under a new number, so that the expected
totals of the sound documents stay as they are.
"""

import csv
import json
from pathlib import Path

import numpy as np

# column of the contract, what the field becomes, reason code
PEB_FAULTS = (
    ("item_fob", "dua puluh ribu", "bad_number"), ("item_fob", "-250.00", "out_of_range"),
    ("hs_code", "9403609", "bad_pattern"), ("hs_code", "", "missing_value"),
    ("registered_on", "2023-02-31", "bad_date"), ("currency", "", "missing_value"),
    ("currency", "DOLAR", "bad_pattern"), ("exporter_name", "", "missing_value"),
    ("is_oil_gas", "3", "bad_yes_no"), ("net_weight_kg", "12 karung", "bad_number"))
SKA_FAULTS = (
    ("status", "terbit", "not_in_list"), ("hs_code", "94036", "bad_pattern"), ("item_value", "Rp banyak", "bad_number"),
    ("issued_on", "30 Februari 2023", "bad_date"), ("destination_country_code", "", "missing_value"),
    ("value_basis", "cif", "not_in_list"), ("exporter_name", "-", "missing_value"),
    ("net_weight_kg", "-4", "out_of_range"))
PEB_JSON = {"currency": "kodeValuta", "registered_on": "tanggalDaftar", "is_oil_gas": "flagMigas", "item_fob": "fob",
            "hs_code": "posTarif", "net_weight_kg": "netto"}
PEB_CSV = {"currency": "Valuta", "registered_on": "Tanggal Daftar", "is_oil_gas": "Migas", "item_fob": "FOB",
           "hs_code": "Pos Tarif", "net_weight_kg": "Netto", "exporter_name": "Nama Eksportir"}
SKA_CSV = {"status": "Status", "hs_code": "Kode HS", "item_value": "Nilai", "issued_on": "Tanggal Terbit",
           "destination_country_code": "Negara Tujuan", "value_basis": "Dasar Nilai",
           "exporter_name": "Nama Eksportir", "net_weight_kg": "Netto"}
OF_ITEM = ("item_fob", "hs_code", "net_weight_kg", "item_value")


def plant(files: list[dict], rate: float, rng: np.random.Generator) -> list[dict]:
    """Add about `rate` x rows broken rows to the PEB and SKA files and raise the counts in `files`.

    Returns a line a broken document: path, feed, document, row_number (in CSV), item, column_name, raw_value,
    reason_code. Rows beside the broken one in its document are to be quarantined as `document_incomplete`.
    """
    planted = []
    for feed, kinds in (("peb", PEB_FAULTS), ("ska", SKA_FAULTS)):
        takers = [f for f in files if f["feed"] == feed and f["path"].suffix in (".jsonl", ".csv")]
        wanted = max(1, round(rate * sum(f["rows"] for f in takers)))
        # Every file in its turn, from a place that the seed gives.
        places = np.sort((rng.integers(0, len(takers)) + np.arange(wanted)) % len(takers))
        for i, file in enumerate(takers):
            turns = [int(n) for n in np.flatnonzero(places == i)]
            if turns:
                put = _into_json if file["path"].suffix == ".jsonl" else _into_csv
                planted += put(file, [(n, *kinds[n % len(kinds)]) for n in turns])
    return planted


def _into_json(file: dict, faults: list[tuple]) -> list[dict]:
    path: Path = file["path"]
    sound = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    told, added = [], []
    for place, (turn, column, raw, reason) in enumerate(faults):
        document = json.loads(json.dumps(sound[place % len(sound)]))
        document["nomorAju"] = f"{document['nomorAju'][:20]}Z{turn:05d}"
        if column == "exporter_name":
            document["entitas"][0]["namaEntitas"] = raw or None
        else:
            (document["barang"][-1] if column in OF_ITEM else document)[PEB_JSON[column]] = raw or None
        added.append(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
        items = len(document["barang"])
        told.append(_told(file, document["nomorAju"], None, items if column in OF_ITEM else None, column, raw, reason))
        _raise(file, items)
    with path.open("a", encoding="utf-8") as handle:
        handle.write("\n".join(added) + "\n")
    return told


def _into_csv(file: dict, faults: list[tuple]) -> list[dict]:
    path: Path = file["path"]
    headers = PEB_CSV if file["feed"] == "peb" else SKA_CSV
    number = "Nomor Aju" if file["feed"] == "peb" else "Nomor SKA"
    text = path.read_text(encoding="utf-8")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    sound = list(csv.DictReader(text.splitlines(), delimiter=delimiter))
    told, next_row = [], len(sound) + 1
    with path.open("a", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(sound[0]), delimiter=delimiter, lineterminator="\n")
        for place, (turn, column, raw, reason) in enumerate(faults):
            row = dict(sound[place % len(sound)])
            if file["feed"] == "peb":
                row[number] = f"{row[number][:20]}Z{turn:05d}"
            else:
                row[number] = f"9{turn:06d}/{row['Kode IPSKA']}/{row[number][-4:]}"
            row[headers[column]] = raw
            writer.writerow(row)
            told.append(_told(file, row[number], next_row, int(row.get("Seri Barang") or row.get("No Barang")),
                              column, raw, reason))
            next_row += 1
            _raise(file, 1)
    return told


def _raise(file: dict, rows: int) -> None:
    file["rows"] += rows
    file["documents"] += 1
    file["rows_quarantined"] = file.get("rows_quarantined", 0) + rows


def _told(file: dict, document: str, row: int | None, item: int | None, column: str, raw: str, reason: str) -> dict:
    return {"path": file["path"], "feed": file["feed"], "document": document, "row_number": row, "item": item,
            "column_name": column, "raw_value": raw, "reason_code": reason}
