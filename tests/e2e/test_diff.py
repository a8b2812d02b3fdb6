"""A certificate is corrected after a release: the next one says so, and `lumbung diff` names it and the cent."""

import csv
import io
from decimal import Decimal

import duckdb

DEARER = Decimal("1234.56")


def test_a_correction_after_publication_is_named_as_the_cause_of_the_exact_change(office_after_run, small_inbox):
    office = office_after_run
    sent = [line for path in sorted(small_inbox.glob("ska/*/*.csv"))
            for line in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))) if "Nomor SKA" in line]
    number, city, before = one_certificate(office, [line["Nomor SKA"] for line in sent])
    lines = [line for line in sent if line["Nomor SKA"] == number]
    for line in lines:
        line |= {"Status": "amended", "Tanggal Perubahan": "2025-03-03"}
    lines[0]["Nilai"] = str(Decimal(lines[0]["Nilai"]) + DEARER)
    text = io.StringIO()
    writer = csv.DictWriter(text, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    office.put("ska/ipska-jabar/koreksi.csv", text.getvalue())
    office.lumbung("run")
    first, second = (release["release_id"] for release in office.data("releases"))

    found = office.data("diff", first, second, "--basis", "ska")
    [moved] = found["cities"]
    assert (moved["region_code"], moved["current_usd_a"]) == (city, str(before))
    assert [(cause["cause"], cause["base_usd"], cause["current_usd"]) for cause in moved["causes"]] == [
        ("corrected", "0.00", str(DEARER))]
    assert moved["documents"] == [{"documents": [number], "lineage": [number], "cause": "corrected",
                                   "base_usd": "0.00", "current_usd": str(DEARER)}]
    told = office.lumbung("diff", first, second, "--basis", "ska", "--city", city)
    assert f"SKA {number} corrected: +1,234.56 current" in told
    assert "No city moved" in office.lumbung("diff", first, second, "--basis", "peb")
    wrong = office.lumbung("diff", first, second, "--basis", "ska", "--city", "99.99", fails=True)
    assert "no city 99.99" in wrong
    assert "is whole" in office.lumbung("verify", first)


def one_certificate(office, numbers: list[str]) -> tuple[str, str, Decimal]:
    """One of these certificates, in dollars and of the list's last month; its city, and that city's current window."""
    internal = office.root / "releases" / "current" / "internal"
    with duckdb.connect(internal / "warehouse.duckdb", read_only=True) as con:
        return con.execute("""
            SELECT certificate_number, region_code, current_usd
            FROM mart_city_ranking AS ranked JOIN (
                SELECT certificate_number, region_code, min(issued_on) AS issued_on FROM (
                    FROM read_parquet($facts) WHERE currency = 'USD' AND amended_on IS NULL AND is_synthetic
                    AND list_contains($numbers, certificate_number))
                GROUP BY ALL) AS items USING (region_code)
            WHERE basis = 'ska' AND ranked.is_synthetic AND province_code = '32' AND rule_name = 'headline'
            AND date_trunc('month', issued_on) = through_month
            QUALIFY through_month = max(through_month) OVER ()
            ORDER BY certificate_number LIMIT 1""",
            {"numbers": numbers, "facts": str(internal / "facts" / "fct_certificate_item" / "*.parquet")}).fetchone()
