"""Versions of wide tables: each cell that became a row has a life of its own."""

import sys
from pathlib import Path

import duckdb

sys.path.append(str(Path(__file__).resolve().parents[1] / "returns"))
from returning_office import mend

from lumbung import flow, returning
from lumbung.intake import returns
from lumbung.lake.home import Home

LAYOUT = "- agency: kmk\n  unpivot: {columns: [USD, EUR, JPY], name_to: currency, value_to: rate_idr}\n"
HEAD = "Nomor KMK,Berlaku Dari,Berlaku Sampai,Satuan,USD,EUR,JPY,Penanda Data"


def send(home: Home, name: str, *rows: str) -> None:
    path = home.inbox / "exchange_rate" / "kmk" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEAD, *rows]) + "\n")


def test_a_changed_cell_leaves_the_other_cells_of_its_row_alone(tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    (own / "exchange_rate.layouts.yaml").write_text(LAYOUT)
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(own))
    home = Home(tmp_path / "home").make()
    send(home, "a.csv", "1/KM.10/2024,2024-01-03,2024-01-09,1,15500.00,17000.00,105.00,DATA BUATAN")
    send(home, "b.csv", "1/KM.10/2024,2024-01-03,2024-01-10,1,,17001.00,,DATA BUATAN")
    # Two decrees in one file: its own EUR is out, and of the two JPY that contradict each other one stands.
    send(home, "c.csv", "2/KM.10/2024,2024-01-11,2024-01-16,1,15600.00,17100.00,106.00,DATA BUATAN",
         "3/KM.10/2024,2024-01-11,2024-01-16,1,,,107.00,DATA BUATAN")
    assert flow.run(home).release_id
    with duckdb.connect(str(home.build_database), read_only=True) as con:
        counts = con.execute("""select file_name, rows_accepted, rows_made, rows_current, rows_superseded, rows_conflict
            from marts.mart_row_conservation order by all""").fetchall()
        days = con.execute("""select currency, count(*) from intermediate.int_exchange_rates_daily
            where rate_source = 'kurs_pajak' and rate_date = '2024-01-03' group by all order by all""").fetchall()
        conflict = con.execute("select conflict_rows, differing_columns from marts.mart_conflict").fetchall()
        pieces = con.execute("select count(*), count(distinct (load_id, sheet, row_number, piece)) "
                             "from raw.exchange_rate").fetchone()
    assert counts == [("a.csv", 1, 2, 2, 1, 0), ("b.csv", 1, 0, 1, 0, 0), ("c.csv", 2, 2, 3, 0, 1)]
    assert days == [("EUR", 7), ("IDR", 7), ("JPY", 7), ("USD", 7)]
    assert conflict == [(2, "kmk_number,rate_idr")]
    assert pieces == (8, 8)


def test_a_mended_row_balances_with_all_that_was_made_of_it(tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    (own / "exchange_rate.layouts.yaml").write_text(LAYOUT)
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(own))
    home = Home(tmp_path / "home").make()
    send(home, "a.csv", "1/KM.10/2024,2024-01-03,2024-01-09,1,15500.00,17000.00,105.00,DATA BUATAN",
         "2/KM.10/2024,2024-01-10,2024-01-16,1,15600.00,17x,106.00,DATA BUATAN")
    assert flow.run(home).release_id
    workbook = returns.export(home, "kmk", tmp_path / "kembali.xlsx").path
    mended = mend(workbook, tmp_path / "m.xlsx", lambda row: {**row, "Kolom asal: EUR": "17100.00"})
    assert returning.replay(home, mended)["mended"] == 1
    assert flow.run(home).release_id
    with duckdb.connect(str(home.build_database), read_only=True) as con:
        assert con.execute("""select file_name, rows_read, rows_quarantined, rows_accepted, rows_made, rows_current
            from marts.mart_row_conservation order by all""").fetchall() == [
            ("a.csv", 2, 1, 1, 2, 3), ("m.xlsx", 1, 0, 1, 2, 3)]
        assert con.execute("""select distinct currency, usd_numerator is not null
            from intermediate.int_exchange_rates_daily where rate_source = 'kurs_pajak' and day = '2024-01-12'
            order by all""").fetchall() == [("EUR", True), ("IDR", True), ("JPY", True), ("USD", True)]
