"""Faults as they come in real files, planted beside what is sound, each with the outcome a good intake gives it.

Nothing sound is touched: a fault is a document, a row or a file of its own, made under a new number, and what of it is
to be accepted never counts as an export (declarations without registration, cancelled certificates, other feeds).
"""

from pathlib import Path

import numpy as np

from lumbung.sample.faults.archives import archives
from lumbung.sample.faults.csv_shapes import csv_shapes
from lumbung.sample.faults.json_shapes import json_shapes
from lumbung.sample.faults.office_values import office_values
from lumbung.sample.faults.planted import MessyFile
from lumbung.sample.faults.sound_files import plant_in_sound_files
from lumbung.sample.faults.whole_files import whole_files
from lumbung.sample.faults.workbook_shapes import workbook_shapes

__all__ = ["plant"]

MOST_ROUNDS = 20
ROWS_A_ROUND = 500     # planted rows that call for one more round of messy files


def plant(files: list[dict], inbox: Path, rate: float, rng: np.random.Generator) -> tuple[list[dict], list[dict]]:
    """Plant about `rate` x rows faulty rows in the PEB and SKA files, and some rounds of messy files in agencies
    of their own. Raises the counts in `files`.

    Returns the messy files (path, feed, agency, rows, documents, rows_quarantined) and a line a fault: path, feed,
    sheet, row_number, document, item, column_name, raw_value, kind, expected (`quarantined`, `accepted`, `skipped`,
    `file_rejected`, `file_held`, `redelivered`), reason_code (those that are right, by `|`) and value (what an
    accepted cell becomes, alternatives by `|`, `null` for nothing; empty where it is not compared). A line without
    row_number speaks of the whole file. row_number 1 is the first row after the header.
    """
    faults = plant_in_sound_files(files, rate, rng)
    sound_rows = sum(f["rows"] for f in files if f["feed"] in ("peb", "ska"))
    messy: list[dict] = []
    for turn in range(1, 1 + max(1, min(MOST_ROUNDS, round(rate * sound_rows / ROWS_A_ROUND)))):
        for file in _round(turn):
            messy.append(_write(file, inbox / file.feed / f"contoh-berantakan-{turn}"))
            faults += [{**line, "path": messy[-1]["path"], "feed": file.feed} for line in file.lines]
    return messy, faults


def _round(turn: int) -> list[MessyFile]:
    return [*office_values(turn), *csv_shapes(turn), *workbook_shapes(turn), *json_shapes(turn), *archives(turn),
            *whole_files(turn)]


def _write(file: MessyFile, folder: Path) -> dict:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"data-buatan-{file.name}"
    path.write_bytes(file.content)
    return {"path": path, "feed": file.feed, "agency": folder.name, "rows": file.rows, "documents": file.rows,
            "rows_quarantined": file.rows_quarantined}
