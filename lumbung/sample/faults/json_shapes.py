"""Declarations in broken or unusual JSON. All are without registration, so none of them counts as an export."""

import json
from collections.abc import Iterator

from lumbung.sample.faults.planted import ACCEPTED, QUARANTINED, MessyFile, of_file, of_row

DOCUMENTS, ITEMS = 5, 2


def json_shapes(turn: int) -> Iterator[MessyFile]:
    """A broken document a line, a broken one in a list, a list that ends in its middle, a list over many lines."""
    rows, broken = DOCUMENTS * ITEMS, 2 * ITEMS + 1          # the third document breaks; its text is one row
    torn = of_row("json_broken_in_the_middle", broken, QUARANTINED, "unreadable")
    for place, name in enumerate(("baris", "daftar", "terpotong", "rapi")):
        texts = [json.dumps(document(turn, place, number), ensure_ascii=False) for number in range(DOCUMENTS)]
        held, lines = rows - ITEMS + 1, [torn]
        if name in ("baris", "daftar"):
            texts[2] = texts[2][:len(texts[2]) // 2]
        match name:
            case "baris":
                content = "\n".join(texts) + "\n"
            case "daftar":
                content = "[" + ",\n".join(texts) + "]"
            case "terpotong":
                content = "[" + ",".join(texts)[:-len(texts[-1]) // 2]
                lines = [of_row("truncated_file", rows - ITEMS + 1, QUARANTINED, "unreadable")]
            case "rapi":
                content = json.dumps([json.loads(text) for text in texts], indent=2, ensure_ascii=False)
                held, lines = rows, [of_file("json_list", ACCEPTED)]
        yield MessyFile("peb", f"json-{name}-{turn}.json", content.encode(), held, lines)


def document(turn: int, place: int, number: int) -> dict:
    """One sound declaration of two items, not registered."""
    return {
        "nomorAju": f"040330990000202401{5 + place:02d}Y{turn:02d}{place}{number:02d}",
        "nomorDaftar": None, "tanggalDaftar": None,
        "kodeKantor": "040300", "kodeJenisEkspor": "1", "kodeKategoriEkspor": "11", "flagMigas": "2",
        "kodePelMuat": "IDTPP", "kodeNegaraTujuan": "JP", "kodeIncoterm": "FOB", "kodeValuta": "USD", "ndpbm": 15500.5,
        "fob": 200.5, "penandaData": "DATA BUATAN",
        "barang": [{"seriBarang": item, "posTarif": "94036090", "uraian": "Meja", "fob": 100.25, "jumlahSatuan": 4,
                    "kodeSatuanBarang": "PCE", "netto": 12.5, "kodeDaerahAsal": "3276", "kodeNegaraAsal": "ID",
                    "barangPemilik": []} for item in range(1, ITEMS + 1)],
        "entitas": [{"seriEntitas": 1, "kodeEntitas": "2", "kodeJenisIdentitas": "5",
                     "nomorIdentitas": "990000001402000", "nibEntitas": None, "namaEntitas": "CV Contoh Berantakan",
                     "alamatEntitas": None, "kodeNegara": None}]}
