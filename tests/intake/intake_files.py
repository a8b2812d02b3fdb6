"""Files that keep the contract of the feed peb, to be spoilt by tests."""

import json

from lumbung.contracts import contract_of

AJU = "000030ABCDEF20240105{:06d}"
MARK = "DATA BUATAN"


def titles(feed: str) -> dict[str, str]:
    """Contract column -> the title used in test files."""
    return {c.name: c.synonyms[0] for c in contract_of(feed).columns if c.synonyms}


def item(number: int = 1, seri: int = 1, **changes) -> dict[str, str]:
    """One PEB item that keeps the contract, by contract column."""
    return {"nomor_aju": AJU.format(number), "office_code": "050100", "registered_on": "2024-01-06",
            "destination_country_code": "JP", "currency": "USD", "ndpbm": "15500.0000",
            "exporter_npwp": "012345678901234", "exporter_name": "CV Contoh Buatan", "item_number": str(seri),
            "hs_code": "94036090", "item_description": "Meja", "item_fob": "100.25", "origin_region_code": "32.76",
            "is_synthetic": MARK, **changes}


def csv_of(rows: list[dict[str, str]], delimiter: str = ",", newline: str = "\n", feed: str = "peb") -> str:
    """Rows as CSV under the titles of the contract; a value goes in as it stands, quotes and all."""
    names = list(rows[0])
    lines = [delimiter.join(titles(feed)[n] for n in names)]
    lines += [delimiter.join(row.get(n, "") for n in names) for row in rows]
    return newline.join(lines) + newline


def document(number: int = 1, items: int = 2, **changes) -> dict:
    """One PEB as a JSON document that keeps the contract."""
    return {"nomorAju": AJU.format(number), "kodeKantor": "050100", "tanggalDaftar": "2024-01-06",
            "kodeNegaraTujuan": "JP", "kodeValuta": "USD", "ndpbm": 15500.1234, "penandaData": MARK,
            "barang": [{"seriBarang": i + 1, "posTarif": "94036090", "fob": 100.25, "kodeDaerahAsal": "3276",
                        "barangPemilik": [{"seriEntitas": 2}]} for i in range(items)],
            "entitas": [
                {"seriEntitas": 1, "kodeEntitas": "2", "nomorIdentitas": "012345678901234", "namaEntitas": "PT Satu"},
                {"seriEntitas": 2, "kodeEntitas": "7", "nomorIdentitas": "098765432109876", "namaEntitas": "UD Dua"}],
            **changes}


def dumps(value) -> str:
    return json.dumps(value)
