"""A value a thousand times too large reaches no reader: gate marts stops the run and names the file to withdraw, or to
accept where it is right."""

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


def test_a_value_a_thousand_times_too_large_stops_the_run_until_it_is_withdrawn_or_accepted(
        office_after_run, small_inbox):
    office, home = office_after_run, Home(office_after_run.root)
    before = office.manifest
    line = next(small_inbox.glob("peb/bea-cukai/*2024-08.jsonl")).read_text().splitlines()[0]
    office.put("peb/bea-cukai/seribu-kali.jsonl", another(line, "900001", 1000))
    office.put("peb/bea-cukai/satu-kali.jsonl", another(line, "900002", 1))
    office.put("peb/bea-cukai/antik.jsonl", another(line, "900003", 1000))

    told = " ".join(office.lumbung("run", fails=True).split())

    assert office.manifest == before
    loads = {load.file_name: load_id for load_id, load in ledger.loads(home).items()}
    wrong, right, antique = (loads[f"{name}.jsonl"] for name in ("seribu-kali", "satu-kali", "antik"))
    price = ("price_like_its_goods", "--table", "fct_export_item", "--load")
    assert "fct_export_item: price_like_its_goods" in told
    for load_id in (wrong, antique):
        assert f"lumbung loads withdraw {load_id}" in told
        assert f"lumbung check accept {' '.join(price)} {load_id} --reason" in told
    assert right not in told

    for words, reason, why in [
            (("fob_usd_at_least_0", *price[1:], antique), "Benar", "can't be accepted"),
            (("totals_equal_staging", *price[1:], antique), "Benar", "can't be accepted"),
            (("price_near_its_goods", *price[1:], antique), "Benar", "can't be accepted"),
            ((*price, "00000000"), "Benar", "There is no load"),
            ((*price, right), "Benar", "did not fail"),
            ((*price, antique), " ", "needs a reason"),
            ((*price, antique, "--undo"), "Benar", "is accepted at")]:
        assert why in office.lumbung("check", "accept", *words, "--reason", reason, fails=True)
    assert office.data("check", "accepted") == []

    # One load is accepted: the same fault in another is not, and stops by itself.
    office.lumbung("check", "accept", *price, antique[:12], "--reason", "Arca abad ke-9, kata kepala kantor")
    by_hand, _ = json.JSONDecoder().raw_decode(office.lumbung("check", "--step", "marts", "--json", fails=True))
    assert [(check["expectation"], check["load_ids"]) for check in by_hand
            if not check["success"] and check["severity"] == "critical"] == [("price_like_its_goods", [wrong])]

    office.lumbung("loads", "withdraw", wrong, "--reason", "Nilai dalam rupiah")
    assert "part of no run" in office.lumbung("check", "accept", *price, wrong, "--reason", "Benar", fails=True)
    office.lumbung("run")
    manifest = office.manifest
    assert {load["load_id"] for load in manifest["loads"]} == {
        right, antique, *(load["load_id"] for load in before["loads"])}
    [said] = manifest["acceptances"]
    assert (said["table"], said["check"], said["load_id"]) == ("marts.fct_export_item", price[0], antique)
    assert said["by"]
    assert said["reason"] == "Arca abad ke-9, kata kepala kantor"
    [warned] = [check for gate in manifest["gates"] for check in gate["failed"] if check["expectation"] == price[0]]
    assert (warned["severity"], warned["load_ids"]) == ("warning", [antique])
    assert f"load {antique} by {said['by']} on {said['at'][:10]}: {said['reason']}." in warned["reason"]

    # Nothing arrives, but the release rests on a word that was taken back.
    office.lumbung("check", "accept", *price, antique, "--undo", "--reason", "Ternyata salah ketik")
    assert f"lumbung loads withdraw {antique}" in office.lumbung("run", fails=True)
    assert office.manifest == manifest
