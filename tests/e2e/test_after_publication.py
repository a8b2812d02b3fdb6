"""What an office does after it has published a ranking: a certificate is corrected, and somebody asks why."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples" / "inbox"
LIST = ("--province", "32", "--year", "2024", "--through", "2024-09", "--basis", "ska")
CERTIFICATE, DEPOK, WAS_USD, IS_USD = "000048/BKS/2024", "32.76", Decimal("39378.68"), Decimal("39478.68")


@pytest.fixture
def published(office):
    """The office of the samples, whose first release is published."""
    office.send(SAMPLES)
    office.lumbung("run")
    office.lumbung("releases", "publish", office.manifest["release_id"], "--reason", "siaran pers")
    return office


def corrected() -> str:
    """One certificate of Depok anew, a hundred dollars dearer, as its office sends a correction."""
    file = SAMPLES / "ska" / "ipska-jabar" / "data-buatan-ska-2024-T3.csv"
    header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    [row] = [dict(zip(header, row, strict=True)) for row in rows if row[0] == CERTIFICATE]
    assert Decimal(row["Nilai"]) == WAS_USD
    row |= {"Tanggal Perubahan": "2024-09-20", "Status": "amended", "Nilai": str(IS_USD)}
    cells = [f'"{row[name]}"' for name in header]
    return ",".join(header) + "\n" + ",".join(cells) + "\n"


def public(release: Path, table: str) -> list[dict]:
    with (release / "public" / f"{table}.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["basis"] == "ska"]


def but_revision(rows: list[dict]) -> list[dict]:
    return [{name: value for name, value in row.items() if name != "revision"} for row in rows]


def of_city(rows: list[dict], code: str = DEPOK) -> dict:
    [row] = [row for row in rows if row["region_code"] == code]
    return row


def test_a_correction_is_explained_inside_and_not_given_away_outside(published):
    office = published
    releases = office.root / "releases"
    first = office.manifest["release_id"]
    ranked = office.data("rank", *LIST)
    assert (ranked[0]["region_code"], ranked[0]["rank"]) == (DEPOK, 1)

    office.put("ska/ipska-jabar/pembetulan.csv", corrected())
    office.lumbung("run")
    second = office.manifest["release_id"]
    assert second != first

    found = office.data("diff", first, second, *LIST)
    [moved] = found["cities"]
    dearer = str(IS_USD - WAS_USD)
    assert moved["region_code"] == DEPOK
    assert [(cause["cause"], cause["base_usd"], cause["current_usd"]) for cause in moved["causes"]] == [
        ("corrected", "0.00", dearer)]
    assert moved["documents"] == [{"documents": [CERTIFICATE], "lineage": [CERTIFICATE], "cause": "corrected",
                                   "base_usd": "0.00", "current_usd": dearer}]
    assert f"SKA {CERTIFICATE} corrected: +{dearer} current" in office.lumbung("diff", first, second, *LIST)
    assert "No city moved" in office.lumbung("diff", first, second, "--basis", "peb")
    assert "no city 99.99" in office.lumbung("diff", first, second, *LIST, "--city", "99.99", fails=True)
    assert of_city(office.data("rank", *LIST))["current_usd"] - of_city(ranked)["current_usd"] == 100

    assert of_city(public(releases / second, "ranking"))["revision"] == "belum direvisi"
    for table in ("ranking", "unranked", "totals"):
        assert but_revision(public(releases / second, table)) == but_revision(public(releases / first, table))

    assert "is whole" in office.lumbung("verify", first)
    assert "is whole" in office.lumbung("verify", second)
    told = office.lumbung("rank", *LIST, "--rules")
    assert "Kota Depok pertama menurut headline/ska, tetapi tidak menurut" in told
