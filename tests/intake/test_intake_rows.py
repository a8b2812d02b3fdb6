"""What becomes of rows: typed, quarantined or skipped, each one counted once."""

import datetime as dt
from decimal import Decimal

import duckdb
import pytest
from intake_files import AJU, csv_of, item, titles

from lumbung import intake
from lumbung.errors import LumbungError


def one(lake, rows, name="a.csv", **how):
    lake.drop(f"peb/bc/{name}", csv_of(rows, **how))
    summary, = lake.take_in()
    return summary


CELLS = [
    ("nomor_aju", " 000030-abcdef-20240105-000009 ", AJU.format(9)),
    ("hs_code", "9403.60.90", "94036090"),
    ("hs_code", " 94036090 ", "94036090"),
    ("origin_region_code", "3276", "32.76"),
    ("origin_region_code", "-", None),
    ("currency", " usd", "USD"),
    ("exporter_name", "CV   Contoh\u00a0 Buatan ", "CV Contoh Buatan"),
    ("item_description", '"Meja ""antik"", jati"', 'Meja "antik", jati'),
    ("item_fob", "123456789012345678901.99", Decimal("123456789012345678901.99")),
    ("item_fob", " 0.10", Decimal("0.10")),
    ("item_fob", "-", "missing_value"),
    ("item_fob", "1.250.000", Decimal("1250000")),
    ("item_fob", "1E+06", "bad_number"),
    ("item_fob", "-1", "out_of_range"),
    ("item_number", "2.0", 2),
    ("item_number", "2.5", "bad_number"),
    ("item_number", "0x10", "bad_number"),
    ("item_number", "0", "out_of_range"),
    ("registered_on", "2024-02-29", dt.date(2024, 2, 29)),
    ("registered_on", "2024-02-29T00:00:00", dt.date(2024, 2, 29)),
    ("registered_on", "2023-02-29", "bad_date"),
    ("registered_on", "06/01/2024", dt.date(2024, 1, 6)),
    ("registered_on", "0024-01-06", "bad_date"),
    ("registered_on", "infinity", "bad_date"),
    ("is_oil_gas", "2", False),
    ("is_oil_gas", "ya", "bad_yes_no"),
    ("destination_country_code", "Jepang", "JP"),
    ("hs_code", "tidak ada", "missing_value"),
    ("hs_code", "", "missing_value"),
]


def test_a_cell_is_typed_or_named_with_its_fault(lake):
    columns = dict.fromkeys([*item(), *(column for column, _, _ in CELLS)], "")
    one(lake, [{**columns, **item(n, **{column: text})} for n, (column, text, _) in enumerate(CELLS, 1)])
    faults = {row: (column, code) for _, row, column, code in lake.quarantine()}
    values = {row[0]: dict(zip(columns, row[1:], strict=True))
              for row in lake.accepted("peb", "row_number, " + ", ".join(columns))}
    for n, (column, text, expected) in enumerate(CELLS, 1):
        if isinstance(expected, str) and expected in intake.reasons.OF_ROW:
            assert faults.get(n) == (column, expected), text
        else:
            assert n in values, (column, text, faults[n])
            assert values[n][column] == expected, text


def test_every_broken_rule_of_a_row_is_told(lake):
    summary = one(lake, [item(1), item(2, hs_code="12", item_fob="x", currency="")])
    assert lake.quarantine() == [
        ("a.csv", 2, "currency", "missing_value"), ("a.csv", 2, "hs_code", "bad_hs"),
        ("a.csv", 2, "item_fob", "bad_number")]
    assert (summary["rows_read"], summary["rows_accepted"], summary["rows_quarantined"]) == (2, 1, 1)


def test_a_document_passes_or_fails_whole(lake):
    one(lake, [item(1, 1), item(2, 1), item(2, 2, item_fob="x"), item(3, 1), item(2, 3), item(4, 1)])
    assert lake.quarantine() == [("a.csv", 2, "", "document_incomplete"), ("a.csv", 3, "item_fob", "bad_number"),
                                 ("a.csv", 5, "", "document_incomplete")]
    assert lake.accepted("peb", "row_number, nomor_aju") == [
        (1, AJU.format(1)), (4, AJU.format(3)), (6, AJU.format(4))]
    other_version = [item(1, 1, note_number="", item_fob="x"), item(1, 1, note_number="1", note_date="2024-02-01")]
    one(lake, [{**other_version[1], **other_version[0], "note_date": ""}, other_version[1]], name="b.csv")
    assert [q for q in lake.quarantine() if q[0] == "b.csv"] == [("b.csv", 1, "item_fob", "bad_number")]


def test_a_bad_row_tells_itself_as_it_came(lake):
    one(lake, [item(1), item(2, hs_code=" 12-x ", item_fob="x")])
    path, = lake.home.quarantine.glob("peb/*.parquet")
    rows = duckdb.connect().execute(
        "select raw_value, json_extract_string(raw_row, '$.hs_code'), document_key from read_parquet(?)", [str(path)])
    assert rows.fetchall() == [(" 12-x ", " 12-x ", AJU.format(2) + "|"), ("x", " 12-x ", AJU.format(2) + "|")]


def test_values_are_masked_unless_revealed(lake):
    one(lake, [item(1), item(2, exporter_name="", hs_code="rahasia", item_fob="x")])
    shown = {q["column"]: q["raw_value"] for q in intake.quarantine_table(lake.home)}
    assert shown == {"exporter_name": "", "hs_code": "r*****a", "item_fob": "*"}
    assert "rahasia" in [q["raw_value"] for q in intake.quarantine_table(lake.home, reveal=True)]
    assert intake.quarantine_table(lake.home, feed="ska") == intake.quarantine_table(lake.home, agency="x") == []
    assert all(q["reason_id"] and q["reason_en"] and q["status"] == "open"
               for q in intake.quarantine_table(lake.home, feed="peb", agency="bc"))


def test_a_file_without_a_good_row_is_rejected(lake):
    one(lake, [item(1, item_fob="x")])
    lake.drop("peb/bc/b.csv", csv_of([item()]).splitlines()[0])
    lake.drop("peb/bc/c.csv", "\n \n")
    lake.take_in()
    assert {n: (x["status"], x["rows_read"]) for n, x in lake.loads().items()} == {
        "a.csv": ("rejected", 1), "b.csv": ("rejected", 0), "c.csv": ("rejected", 0)}
    assert lake.loads()["b.csv"]["reason"] == intake.reasons.of_file("no_rows")
    assert lake.quarantine() == [("a.csv", 1, "item_fob", "bad_number")]


def test_columns_that_do_not_fit_are_named(lake):
    header = titles("ska")
    lake.drop("peb/bc/ska.csv", ",".join(header.values()) + "\n" + ",".join("x" for _ in header))
    lake.drop("peb/bc/missing.csv", csv_of([{k: v for k, v in item().items() if k != "hs_code"}]))
    lake.drop("peb/bc/twice.csv", csv_of([item()]).replace("Uraian", "Kode HS"))
    lake.take_in()
    reasons = {name: load["reason"] for name, load in lake.loads().items()}
    assert "feed ska: pindahkan ke inbox/ska/" in reasons["ska.csv"]
    assert reasons["missing.csv"] == "Kolom wajib tidak ada. Tidak ada: 'Pos Tarif'."
    assert "Dua kali: 'Kode HS'" in reasons["twice.csv"]
    assert all(x["status"] == "rejected" for x in lake.loads().values())


def test_titles_match_whatever_their_case_blanks_and_points(lake):
    text = csv_of([item()]).replace("Nomor Aju", " NOMOR  AJU. ").replace("Pos Tarif", "hs_code").replace(
        "Nama Eksportir", '"nama-eksportir"')
    lake.drop("peb/bc/a.csv", text)
    lake.take_in()
    assert lake.loads()["a.csv"]["status"] == "loaded"


def test_raw_parquet_has_the_contract_and_is_the_same_each_time(lake, tmp_path):
    lake.drop("peb/bc/b.csv", csv_of([item(i, exporter_npwp=f"{i:015d}") for i in range(1, 501)]))
    others = [item(i, item_fob="" if i == 700 else "1") for i in range(600, 1200)]
    lake.drop("peb/bc/a.csv", csv_of(others, delimiter=";"))
    batch, = lake.plan()
    landed = intake.land(lake.home, batch)
    typed = [intake.type_loads(lake.home, "peb", name, landed) for name in ("first", "second")]
    for path in ("raw_path", "quarantine_path", "profile_path"):
        assert getattr(typed[0], path).read_bytes() == getattr(typed[1], path).read_bytes()
    raw = duckdb.connect().read_parquet(str(typed[0].raw_path))
    contract = intake.typed.contract_of("peb")
    assert list(zip(raw.columns, map(str, raw.types), strict=True)) == [
        *((c.name, c.duckdb_type) for c in contract.columns), ("exporter_party_key", "VARCHAR"),
        ("producers", "VARCHAR"),
        ("load_id", "VARCHAR"), ("sheet", "VARCHAR"), ("row_number", "BIGINT"),
        ("piece", "INTEGER")]
    order = raw.select("load_id, row_number").fetchall()
    assert order == sorted(order)
    profile = duckdb.connect().read_parquet(str(typed[0].profile_path))
    assert profile.columns == ["load_id", "feed", "agency", "file_name", "rows_read", "rows_skipped", "rows_accepted",
                               "rows_quarantined", "reject_pct", "duplicate_key_rows", "physical_rows", "header_rows"]
    assert sorted(profile.select("file_name, rows_read, rows_accepted, rows_quarantined, physical_rows, header_rows")
                  .fetchall()) == [("a.csv", 600, 599, 1, 601, 1), ("b.csv", 500, 500, 0, 501, 1)]


@pytest.mark.parametrize("big", [0, 1 << 40])
def test_many_rows_keep_their_order_and_numbers(lake, monkeypatch, big):
    monkeypatch.setattr(intake.reading, "BIG", big)
    count = 300_000
    duckdb.connect().execute(f"""copy (
        select '000030ABCDEF20240105' || lpad((i // 3)::varchar, 6, '0') as "Nomor Aju", 'JP' as "Negara Tujuan",
               'USD' as "Valuta", '15000' as "NDPBM", 'PT ' || (i % 1000) as "Nama Eksportir",
               i % 3 + 1 as "Seri Barang",
               '94036090' as "Pos Tarif", case when i = 250000 then 'x' else i::varchar end as "FOB",
               'DATA BUATAN' as "Penanda Data" from range({count}) t(i))
        to '{lake.drop('peb/bc/a.csv', '')}' (header)""")
    summary, = lake.take_in()
    assert (summary["rows_read"], summary["rows_accepted"], summary["rows_quarantined"]) == (count, count - 3, 3)
    assert [q[1:] for q in lake.quarantine()] == [
        (250000, "", "document_incomplete"), (250001, "item_fob", "bad_number"), (250002, "", "document_incomplete")]
    rows = lake.accepted("peb", "row_number, item_fob, exporter_party_key")
    assert [r[0] for r in rows] == [n for n in range(1, count + 1) if not 250000 <= n <= 250002]
    assert all(r[1] == r[0] - 1 for r in rows)
    assert len({r[2] for r in rows}) == 1000


def test_duplicate_keys_are_counted_for_the_gate(lake):
    lake.drop("peb/bc/a.csv", csv_of([item(1), item(1), item(1, note_number="1"), item(1, note_number="1")]))
    batch, = lake.plan()
    typed = intake.type_loads(lake.home, "peb", batch.batch_id, intake.land(lake.home, batch))
    found = duckdb.connect().read_parquet(str(typed.profile_path)).select("duplicate_key_rows, reject_pct").fetchall()
    assert found == [(3, 0.0)]


def test_a_party_key_needs_a_key_unless_all_is_made_up(lake, monkeypatch):
    rows = [item(1), item(2, exporter_npwp="", exporter_name="C.V. Contoh  buatan"), item(3, exporter_npwp="")]
    one(lake, rows)
    keys = [r[0] for r in lake.accepted("peb", "exporter_party_key")]
    assert keys[1] == keys[2] != keys[0]
    assert all(k.startswith("p1_") and len(k) == 25 for k in keys)
    lake.drop("peb/bc/real.csv", csv_of([item(4, is_synthetic="")]))
    with pytest.raises(LumbungError, match="LUMBUNG_KEY"):
        lake.take_in()
    monkeypatch.setenv("LUMBUNG_KEY", "short")
    with pytest.raises(LumbungError, match="32 is the least"):
        lake.take_in()
    monkeypatch.setenv("LUMBUNG_KEY", "k" * 32)
    lake.take_in()
    assert lake.loads()["real.csv"]["status"] == "loaded"
    assert lake.accepted("peb", "exporter_party_key")[-1][0] not in keys


def test_rows_that_do_not_add_up_are_not_taken_in(lake, monkeypatch):
    lake.drop("peb/bc/a.csv", csv_of([item()]))
    batch, = lake.plan()
    landed = intake.land(lake.home, batch)
    monkeypatch.setattr(intake.outcome, "_counts", lambda *_: {landed[0].load_id: (2, 0, 1, 0)})
    with pytest.raises(LumbungError, match="do not add up"):
        intake.type_loads(lake.home, "peb", batch.batch_id, landed)
