"""Faulty documents added at the end of sound PEB and SKA files, each made from a sound one under a new number."""

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from lumbung.sample.faults.planted import ACCEPTED, QUARANTINED, Spoilt, line_of
from lumbung.sample.faults.trade_values import OF_ITEM, PEB, PEB_CSV, PEB_JSON, PEB_PARTY, SKA, SKA_CSV

AJU_PARTS = re.compile(r"^(.{4})(..)(.{6})(.{8})(.{6})$")
NPWP_15, NPWP_16 = re.compile(r"^(..)(...)(...)(.)(...)(...)$"), re.compile(r"^(....)(....)(....)(....)$")
DOTTED = {6: "{}.{}.{}.{}-{}.{}", 4: "{} {} {} {}"}      # by the number of groups


def plant_in_sound_files(files: list[dict], rate: float, rng: np.random.Generator) -> list[dict]:
    """Add about `rate` x rows faulty rows to the PEB and SKA files and raise their counts; a line a row."""
    planted: list[dict] = []
    for feed, kinds in (("peb", PEB), ("ska", SKA)):
        takers = [f for f in files if f["feed"] == feed and f["path"].suffix in (".jsonl", ".csv")]
        wanted = max(1, round(rate * sum(f["rows"] for f in takers)))
        a_document = [f["rows"] / f["documents"] if f["path"].suffix == ".jsonl" else 1 for f in takers]
        # Every file in its turn, from a place that the seed gives, until there are rows enough.
        start, held = int(rng.integers(0, len(takers))), [[] for _ in takers]
        turn, rows = 0, 0.0
        while rows < wanted or turn < len(kinds):
            place = (start + turn) % len(takers)
            held[place].append((turn, kinds[(turn + turn // len(takers)) % len(kinds)]))
            rows, turn = rows + a_document[place], turn + 1
        for file, spoilt in zip(takers, held, strict=True):
            if spoilt:
                planted += (_into_json if file["path"].suffix == ".jsonl" else _into_csv)(file, spoilt)
    return planted


def fault_aju(sound: str, turn: int) -> str:
    """A submission number of a planted document: the sixth last character is a letter, Z first."""
    return f"{sound[:20]}{chr(ord('Z') - turn // 100_000)}{turn % 100_000:05d}"


def _into_json(file: dict, faults: Sequence[tuple[int, Spoilt]]) -> list[dict]:
    path: Path = file["path"]
    sound = path.read_text(encoding="utf-8").splitlines()
    told, added, row = [], [], file["rows"] + 1
    for place, (turn, spoilt) in enumerate(faults):
        document = json.loads(sound[place % len(sound)])
        document["nomorAju"] = fault_aju(document["nomorAju"], turn)
        document["tanggalDaftar"] = document["nomorDaftar"] = None        # so that what is accepted does not count
        spoilt = _of_number(spoilt, document["nomorAju"], document["entitas"][0]["nomorIdentitas"])
        items = len(document["barang"])
        if spoilt.column in PEB_PARTY:
            document["entitas"][0][PEB_PARTY[spoilt.column]] = spoilt.raw or None
        else:
            holder = document["barang"][-1] if spoilt.column in OF_ITEM else document
            holder[PEB_JSON[spoilt.column]] = spoilt.raw or None
        added.append(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
        told += _lines(file, spoilt, row, items, document["nomorAju"])
        row += items
        _raise(file, items, spoilt)
    with path.open("a", encoding="utf-8") as handle:
        handle.write("\n".join(added) + "\n")
    return told


def _lines(file: dict, spoilt: Spoilt, first: int, items: int, document: str) -> list[dict]:
    """A line a row of the document: the row the fault stands in, and its siblings."""
    sibling = Spoilt("beside_a_fault", "", "", QUARANTINED, "document_incomplete")
    lines = []
    for item in range(1, items + 1):
        here = item == items or spoilt.column not in OF_ITEM
        what = spoilt if here else sibling if spoilt.expected == QUARANTINED else replace(spoilt, column="", value="")
        lines.append({**line_of(what, first + item - 1, document=document, item=item),
                      "path": file["path"], "feed": file["feed"]})
    return lines


def _into_csv(file: dict, faults: Sequence[tuple[int, Spoilt]]) -> list[dict]:
    path: Path = file["path"]
    headers = PEB_CSV if file["feed"] == "peb" else SKA_CSV
    text = path.read_text(encoding="utf-8")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    sound = list(csv.DictReader(text.splitlines(), delimiter=delimiter))
    told = []
    with path.open("a", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(sound[0]), delimiter=delimiter, lineterminator="\n")
        for place, (turn, spoilt) in enumerate(faults):
            row = dict(sound[place % len(sound)])
            if file["feed"] == "peb":
                row["Nomor Aju"] = number = fault_aju(row["Nomor Aju"], turn)
                row |= {"Nomor Daftar": "", "Tanggal Daftar": ""}
                item = int(row["Seri Barang"])
                spoilt = _of_number(spoilt, number, row["NPWP"])
            else:
                row["Nomor SKA"] = number = f"9{turn:06d}/{row['Kode IPSKA']}/{row['Nomor SKA'][-4:]}"
                row |= {"Status": "cancelled", "Menggantikan Nomor": ""}
                item = int(row["No Barang"])
                spoilt = _of_number(spoilt, number, row["NPWP"])
            row[headers[spoilt.column]] = spoilt.raw
            writer.writerow(row)
            told.append({**line_of(spoilt, file["rows"] + 1, document=number, item=item),
                         "path": path, "feed": file["feed"]})
            _raise(file, 1, spoilt)
    return told


def _of_number(spoilt: Spoilt, number: str, npwp: str) -> Spoilt:
    """The faults of a submission number or tax number are made from the number itself."""
    if spoilt.column == "exporter_npwp" and (digits := "".join(c for c in npwp if c.isdigit())):
        groups = NPWP_15 if len(digits) == 15 else NPWP_16
        return replace(spoilt, raw=groups.sub(lambda m: DOTTED[m.lastindex].format(*m.groups()), digits), value=digits)
    if spoilt.column != "nomor_aju":
        return spoilt
    if spoilt.expected == ACCEPTED:
        return replace(spoilt, raw="-".join(AJU_PARTS.fullmatch(number).groups()), value=number)
    return replace(spoilt, raw=number[:-1])


def _raise(file: dict, rows: int, spoilt: Spoilt) -> None:
    file["rows"] += rows
    file["documents"] += 1
    if spoilt.expected == QUARANTINED:
        file["rows_quarantined"] = file.get("rows_quarantined", 0) + rows
