"""A value a thousand times too large reaches no reader: gate marts stops the run and names the file to withdraw."""

import json

from lumbung.lake import ledger
from lumbung.lake.home import Home


def another(line: str, number: str, times: int) -> str:
    """A declaration of late September like this one, of which all values are so many times as large."""
    document = json.loads(line)
    document |= {"nomorAju": f"0403300000ZZ20240926{number}", "nomorDaftar": number, "tanggalAju": "2024-09-26",
                 "tanggalDaftar": "2024-09-26", "tanggalEkspor": None, "kodeValuta": "USD"}
    for item in document["barang"]:
        item |= {"fob": round(times * item["fob"], 2), "barangPemilik": []}
    document["fob"] = round(sum(item["fob"] for item in document["barang"]), 2)
    return json.dumps(document)


def test_a_value_a_thousand_times_too_large_stops_the_run_until_its_load_is_withdrawn(office_after_run, small_inbox):
    office, home = office_after_run, Home(office_after_run.root)
    before = office.manifest
    line = next(small_inbox.glob("peb/bea-cukai/*2024-08.jsonl")).read_text().splitlines()[0]
    office.put("peb/bea-cukai/seribu-kali.jsonl", another(line, "900001", 1000))
    office.put("peb/bea-cukai/satu-kali.jsonl", another(line, "900002", 1))

    told = " ".join(office.lumbung("run", fails=True).split())

    assert office.manifest == before
    loads = {load.file_name: load_id for load_id, load in ledger.loads(home).items()}
    wrong, right = loads["seribu-kali.jsonl"], loads["satu-kali.jsonl"]
    assert "fct_export_item: price_like_its_goods" in told
    assert f"lumbung loads withdraw {wrong}" in told
    assert right not in told

    by_hand, _ = json.JSONDecoder().raw_decode(office.lumbung("check", "--step", "marts", "--json", fails=True))
    assert [(check["expectation"], check["load_ids"]) for check in by_hand
            if not check["success"] and check["severity"] == "critical"] == [("price_like_its_goods", [wrong])]

    office.lumbung("loads", "withdraw", wrong, "--reason", "Nilai dalam rupiah")
    office.lumbung("run")
    assert {load["load_id"] for load in office.manifest["loads"]} == {
        right, *(load["load_id"] for load in before["loads"])}
