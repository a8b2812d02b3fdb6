"""Small tables to be laid out as an office would."""

import io
import json

import xlsxwriter

MARK = "DATA BUATAN"
TITLES = ["Nomor Aju", "Negara Tujuan", "Valuta", "NDPBM", "Nama Eksportir", "Seri Barang", "Pos Tarif", "FOB",
          "Penanda Data"]


def row(number: int, fob: str = "100.25", name: str = "CV Contoh") -> list[str]:
    return [f"000030ABCDEF20240105{number:06d}", "JP", "USD", "15000", name, "1", "94036090", fob, MARK]


def text(*rows: list[str], delimiter: str = ",", newline: str = "\n") -> str:
    return newline.join(delimiter.join(cells) for cells in rows) + newline


def workbook(*sheets: tuple[str, list[list]], change=None) -> bytes:
    """A workbook of (name, rows) sheets; `change(book, sheets)` may do more to it."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        made = []
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            made.append(sheet)
            for r, cells in enumerate(rows):
                for c, cell in enumerate(cells):
                    if cell not in ("", None):
                        (sheet.write_string if isinstance(cell, str) else sheet.write)(r, c, cell)
        if change:
            change(book, made)
    return data.getvalue()


def document(number: int, **changes) -> dict:
    """A PEB with one item."""
    return {"nomorAju": f"000030ABCDEF20240105{number:06d}", "kodeNegaraTujuan": "JP", "kodeValuta": "USD",
            "ndpbm": 15000, "penandaData": MARK,
            "barang": [{"seriBarang": 1, "posTarif": "94036090", "fob": 100.25, "kodeDaerahAsal": "3276"}],
            "entitas": [{"seriEntitas": 1, "kodeEntitas": "2", "nomorIdentitas": "012345678901234",
                         "namaEntitas": "PT Satu"}], **changes}


def dumps(value) -> str:
    return json.dumps(value)
