import csv
from collections import Counter
from decimal import Decimal

import pytest

from lumbung.bench.floor import run_floor
from lumbung.contracts.catalogue import contract_of


@pytest.fixture(scope="module")
def floor(declared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("floor")
    seconds = run_floor(declared, folder, 2)
    assert seconds["city_month"] > 0 < seconds["items"]
    return folder


def test_the_floor_types_in_full_width_as_the_contract_does(floor, con):
    typed = con.execute(f"DESCRIBE FROM '{floor / 'items.parquet'}'").fetchall()
    assert [(name, kind) for name, kind, *_ in typed] == [
        (column.name, column.duckdb_type) for column in contract_of("peb").columns if not column.part]


def test_the_floor_adds_up_the_newest_whole_rows_to_the_cent(declared, floor, con):
    with declared.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["Pos Tarif"] and "O" not in r["FOB"]]
    newest = {r["Nomor Aju"]: r["Nomor Nota"] for r in rows}          # a correction comes after what it corrects
    expected, items = Counter(), 0
    for r in rows:
        if r["Nomor Nota"] == newest[r["Nomor Aju"]]:
            items += 1
            if not r["Tanggal Batal"] and r["Migas"] == "2":
                place = f"{r['Daerah Asal'][:2]}.{r['Daerah Asal'][2:]}"
                expected[place, r["Tanggal Daftar"][:7]] += Decimal(r["FOB"]) * Decimal(r["NDPBM"])
    found = con.execute(f"SELECT origin_region_code, strftime(month, '%Y-%m'), fob_idr "
                        f"FROM '{floor / 'city_month.parquet'}'").fetchall()
    assert {(place, month): fob for place, month, fob in found} == dict(expected)
    assert con.execute(f"SELECT count(*) FROM '{floor / 'items.parquet'}'").fetchone() == (items,)
