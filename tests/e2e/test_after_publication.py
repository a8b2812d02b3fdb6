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
    [document] = found["documents"]
    assert (document["document_key"], document["cause"]) == (CERTIFICATE, "corrected")
    assert Decimal(str(document["current_usd"])) == IS_USD - WAS_USD
    assert of_city(office.data("rank", *LIST))["current_usd"] - of_city(ranked)["current_usd"] == 100

    before, after = of_city(public(releases / first, "ranking")), of_city(public(releases / second, "ranking"))
    assert after["revision"] == "belum direvisi"
    same = [name for name in before if name not in ("rank", "revision", "other_rules", "few_shipments", "share_pct")]
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    totals = [public(releases / release, "totals")[0]["current_usd"] for release in (first, second)]
    assert totals[0] == totals[1]

    assert "is whole" in office.lumbung("verify", first)
    assert "is whole" in office.lumbung("verify", second)


def test_depok_is_first_by_the_headline_rule_and_the_office_sees_by_which_it_is_not(published):
    told = published.lumbung("rank", *LIST, "--rules")
    assert "Kota Depok" in told
