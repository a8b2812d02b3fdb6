"""Odd cells on their way from a file to typed columns: what was stated and what was derived both stay."""

import datetime as dt
from decimal import Decimal

import duckdb
import pytest
import xlsxwriter

from lumbung import intake
from lumbung.intake import odd
from lumbung.lake.home import Home

ROSTER = {"as_of": "2024-01-01", "roster_number": "1", "business_name": "CV Contoh", "region_code": "32.76",
          "is_synthetic": "DATA BUATAN"}
ITEM = {"nomor_aju": "000030ABCDEF20240105000001", "destination_country_code": "JP", "currency": "USD",
        "ndpbm": "15500.0000", "exporter_name": "CV Contoh", "item_number": "1", "hs_code": "94036090",
        "item_fob": "100.25", "is_synthetic": "DATA BUATAN"}


def take_in(home: Home, feed: str, rows: list[dict], name: str = "a.csv") -> tuple[list[dict], list[tuple]]:
    """Accepted rows in their order, and (row, column, reason) of the others."""
    path = home.inbox / feed / "dinas-contoh" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if name.endswith(".xlsx"):
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for i, line in enumerate([dict(zip(columns, columns, strict=True)), *rows]):
                sheet.write_row(i, 0, [line.get(column, "") for column in columns])
    else:
        lines = [columns, *([f'"{row.get(column, "")}"' for column in columns] for row in rows)]
        path.write_text("\n".join(";".join(line) for line in lines) + "\n")
    batch, = intake.plan(home, [feed], 0)
    typed = intake.type_loads(home, feed, batch.batch_id, intake.land(home, batch))
    found = duckdb.connect().execute(f"select * from '{typed.raw_path}' order by row_number")
    names = [column[0] for column in found.description]
    accepted = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    bad = duckdb.connect().execute(f"select row_number, column_name, reason_code from '{typed.quarantine_path}' "
                                   "where column_name <> '' order by all").fetchall()
    return accepted, bad


def test_a_word_for_nothing_has_no_precision(home):
    rows, bad = take_in(home, "agency_roster", [ROSTER | {"roster_number": str(i), "revenue_idr": said} for i, said in
                                                enumerate(["nihil", "n/a", "–", "-", "", "0", "1.250.000"], 1)])
    assert bad == []
    assert [(row["revenue_idr"], row["revenue_precision"]) for row in rows] == [
        *[(None, None)] * 5, (Decimal(0), "exact"), (Decimal(1_250_000), "exact")]


def test_what_was_stated_stays_beside_what_was_derived(home):
    rows, bad = take_in(home, "agency_roster", [ROSTER | {
        "as_of": "1 Januari 2024", "region_code": "Depok", "district": "Beji", "phone": "0812 3456 7890 / 021-5551234",
        "owner_name": "Budi / Ani", "revenue_idr": "sekitar Rp 450 juta", "investment_idr": "1.250.000",
        "workers_male": "nihil", "product_description": "tas, dompet dan sepatu", "npwp": "01.234.567.8-901.234",
        "registered_month": "September 2021"}])
    assert bad == []
    wanted = {
        "as_of": dt.date(2024, 1, 1), "region_code": "32.76", "region_as_stated": "Depok", "phone": "+6281234567890",
        "other_phones": "+62215551234", "owner_name": "Budi", "other_owners": "Ani",
        "revenue_idr": Decimal("450000000"),
        "revenue_precision": "about", "revenue_as_stated": "sekitar Rp 450 juta", "investment_precision": "exact",
        "investment_idr": Decimal("1250000"), "workers_male": None, "product_description": "tas, dompet dan sepatu",
        "products": "tas; dompet; sepatu", "npwp": "012345678901234", "registered_month": "2021-09"}
    assert {name: rows[0][name] for name in wanted} == wanted


def test_each_odd_cell_has_a_reason_of_its_own(home):
    faults = {"region_code": ("Mojokerto", "ambiguous_region"), "phone": ("8.52348e+010", "phone_digits_lost"),
              "revenue_idr": ("45,000", "ambiguous_number"), "capacity_per_month": ("ratusan", "inexact_number"),
              "npwp": ("123", "bad_npwp"), "nik": ("9" * 16, "bad_nik"), "nib": ("1", "bad_nib")}
    rows, bad = take_in(home, "agency_roster", [
        ROSTER, *(ROSTER | {"roster_number": str(i), column: text}
                  for i, (column, (text, _)) in enumerate(faults.items(), 2))])
    assert len(rows) == 1
    assert bad == [(i, column, code) for i, (column, (_, code)) in enumerate(faults.items(), 2)]


def test_a_number_is_refused_where_its_file_writes_both_ways(home):
    texts = ["100.25", "1.250", "1.250.000", "45.000,50"]
    rows, bad = take_in(home, "peb", [ITEM | {"nomor_aju": f"000030ABCDEF2024010500000{i}", "item_fob": text}
                                      for i, text in enumerate(texts)])
    assert [row["item_fob"] for row in rows] == [Decimal("100.25"), Decimal(1250000), Decimal("45000.50")]
    assert bad == [(2, "item_fob", "ambiguous_number")]


def test_a_number_is_read_as_declared_where_its_file_writes_one_way(home):
    rows, bad = take_in(home, "peb", [ITEM | {"item_fob": "1.250"}])
    assert ([row["item_fob"] for row in rows], bad) == ([Decimal("1.25")], [])
    rows, bad = take_in(home, "agency_roster", [ROSTER | {"revenue_idr": "1.250"}])
    assert ([row["revenue_idr"] for row in rows], bad) == ([Decimal(1250)], [])


def test_serials_are_days_in_a_spreadsheet_only_and_its_fractions_are_no_thousands(home):
    row = ROSTER | {"as_of": 44454, "capacity_per_month": 1.125, "revenue_idr": 1250000.5}
    rows, bad = take_in(home, "agency_roster", [row], "a.xlsx")
    assert bad == []
    assert (rows[0]["as_of"], rows[0]["capacity_per_month"]) == (dt.date(2021, 9, 15), Decimal("1.125"))
    assert take_in(home, "agency_roster", [row])[1] == [(1, "as_of", "bad_date")]


def test_a_date_takes_its_year_from_the_row_and_else_from_the_file_name(home):
    event = {"event_code": "A-1", "participation_number": "1", "event_name": "Pameran", "recorded_on": "2021-10-01",
             "participant_kind": "business", "participants": "1", "starts_on": "Rabu (15/9)", "ends_on": "2021-09-16",
             "is_synthetic": "DATA BUATAN"}
    other = event | {"participation_number": "2", "starts_on": "1 s.d. 5 Maret 2021", "ends_on": ""}
    wrong = event | {"participation_number": "3", "starts_on": "Kamis (15/9)"}
    rows, bad = take_in(home, "exhibition_participation", [event, other, wrong])
    assert [(row["starts_on"], row["ends_on"]) for row in rows] == [
        (dt.date(2021, 9, 15), dt.date(2021, 9, 16)), (dt.date(2021, 3, 1), dt.date(2021, 3, 5))]
    assert bad == [(3, "starts_on", "wrong_weekday")]
    rows, _ = take_in(home, "agency_roster", [ROSTER | {"as_of": "15 September"}], "daftar-2021.csv")
    assert rows[0]["as_of"] == dt.date(2021, 9, 15)


def test_a_country_assumed_is_told(home):
    certificate = {"certificate_number": "001/JKT/2024", "form": "AK", "issuer_code": "JKT", "issued_on": "2024-01-05",
                   "status": "issued", "exporter_name": "CV Contoh", "item_number": "1", "hs_code": "9403.60",
                   "item_description": "Meja", "item_value": "1", "currency": "USD", "value_basis": "fob",
                   "is_synthetic": "DATA BUATAN"}
    rows, bad = take_in(home, "ska", [certificate | {"destination_country_code": country, "item_number": str(i)}
                                      for i, country in enumerate(["JP", "Korea", "Jepang"], 1)])
    assert bad == []
    assert [(r["destination_country_code"], r["destination_as_stated"], r["destination_basis"]) for r in rows] == [
        ("JP", None, None), ("KR", "Korea", "assumed"), ("JP", "Jepang", "name")]


def test_python_reads_a_text_once_however_many_rows_hold_it(home, monkeypatch):
    read, called = odd.read_cell, []
    monkeypatch.setattr(odd, "read_cell", lambda *given: called.append(given[1]) or read(*given))
    rows, bad = take_in(home, "peb", [
        ITEM | {"nomor_aju": f"000030ABCDEF20240105{i:06d}", "item_fob": "Rp x" if i == 7 else f"1.250.00{i % 3}",
                "destination_country_code": "Jepang"} for i in range(5000)])
    assert len(rows) == 4999
    assert [row["row_number"] for row in rows] == [i + 1 for i in range(5000) if i != 7]
    assert all(row["item_fob"] == 1250000 + (row["row_number"] - 1) % 3 for row in rows)
    assert bad == [(8, "item_fob", "bad_number")]
    assert sorted(set(called)) == ["1.250.000", "1.250.001", "1.250.002", "Jepang", "Rp x"]
    assert len(called) <= 2 * 5


@pytest.mark.parametrize("big", [0, 1 << 40])
def test_a_big_file_and_a_small_one_read_alike(home, monkeypatch, big):
    monkeypatch.setattr(intake.reading, "BIG", big)
    texts = ["1.250", "45.000,50", "Rp 5", "7"]
    rows, bad = take_in(home, "peb", [ITEM | {"nomor_aju": f"000030ABCDEF20240105{i:06d}", "item_fob": texts[i % 4]}
                                      for i in range(400)])
    assert [row["row_number"] for row in rows] == [i + 1 for i in range(400) if i % 4 in (1, 3)]
    assert [code for _, _, code in bad] == ["ambiguous_number", "wrong_currency"] * 100
