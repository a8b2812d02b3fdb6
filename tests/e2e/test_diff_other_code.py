"""Two releases of different code: what the code changed is told apart, by building the earlier one again."""

import csv
import io
import shutil
from decimal import Decimal
from pathlib import Path

# A feed of the office's own is code too: it may change what a run makes of the same files.
OWN = Path(__file__).parents[1] / "contracts" / "own" / "workshop_visit.yaml"


def test_the_earlier_release_is_built_again_by_the_code_of_the_later(
        office_after_run, small_inbox, tmp_path, monkeypatch):
    office = office_after_run
    [first] = [release["release_id"] for release in office.data("releases")]
    (tmp_path / "own").mkdir()
    shutil.copy(OWN, tmp_path / "own")
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(tmp_path / "own"))
    number, line = certificate(small_inbox)
    text = io.StringIO()
    writer = csv.DictWriter(text, line.keys())
    writer.writeheader()
    writer.writerow(line | {"Status": "amended", "Tanggal Perubahan": "2025-03-03",
                            "Nilai": str(Decimal(line["Nilai"]) + 7)})
    office.put("ska/ipska-jabar/koreksi.csv", text.getvalue())
    office.lumbung("run")
    second = office.manifest["release_id"]

    asked = ("--basis", "ska", "--year", line["Tanggal Terbit"][:4])
    found = office.data("diff", first, second, *asked)
    assert found["code_measured"]
    assert [(cause["cause"], cause["current_usd"]) for city in found["cities"] for cause in city["causes"]] == [
        ("corrected", "7.00")]
    assert [document["documents"] for city in found["cities"] for document in city["documents"]] == [[number]]
    assert not office.data("diff", first, second, *asked, "--without-code")["code_measured"]

    monkeypatch.delenv("LUMBUNG_CONTRACTS")
    assert "the present code is not that of the later one" in office.lumbung("diff", first, second, *asked, fails=True)


def certificate(inbox: Path) -> tuple[str, dict]:
    """A certificate of one line in dollars, of the last year there is, that was never corrected."""
    lines = [line for path in sorted(inbox.glob("ska/*/*.csv"))
             for line in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))) if "Nomor SKA" in line]
    numbers = [line["Nomor SKA"] for line in lines]
    newest_first = sorted(lines, key=lambda line: line["Tanggal Terbit"], reverse=True)
    return next((line["Nomor SKA"], line) for line in newest_first
                if numbers.count(line["Nomor SKA"]) == 1 and line["Valuta"] == "USD" and line["Status"] == "issued"
                and line["Kode Wilayah Eksportir"].startswith("32.") and line["Tanggal Terbit"][5:7] <= "09")
