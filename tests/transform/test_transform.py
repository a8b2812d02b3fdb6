"""The transform from raw Parquet to marts, on one home that is built a few times."""

import datetime as dt
import json
from decimal import Decimal

import duckdb
import pytest
from loaded_warehouse import Warehouse, aju

from lumbung import transform
from lumbung.errors import LumbungError
from lumbung.lake.home import PROJECT, Home
from lumbung.transform.database import opened

MARTS = PROJECT / "dbt_project" / "models" / "marts"
LAST_ECB_DAY = dt.date.fromisoformat((PROJECT / "seeds" / "ref_ecb_rates.csv").read_text().splitlines()[-1][:10])
EXPORTERS = ["k1:a", "k1:b", "k1:c"]


def exports(year: int, month: int, region: str, usd: int, first: int, **more) -> list[dict]:
    """Three declarations of three exporters, worth `usd` together."""
    parts = [usd - 2 * (usd // 3), usd // 3, usd // 3]
    return [{"nomor_aju": aju(first + n), "registered_on": f"{year}-{month:02d}-15", "origin_region_code": region,
             "exporter_party_key": EXPORTERS[n], "item_fob": f"{parts[n]}.00", **more} for n in range(3)]


def plant(w: Warehouse) -> dict[str, str]:
    """Send everything; gives the load ids that tests name."""
    ids = {}
    # Province 32, real rows: January and March in both years, February only in 2024.
    ids["base"] = w.peb(
        *exports(2023, 1, "32.76", 150000, 100), *exports(2024, 1, "32.76", 225000, 110),
        *exports(2024, 2, "32.76", 900000, 120),
        *exports(2023, 3, "32.76", 150000, 130), *exports(2024, 3, "32.76", 225000, 140),
        *exports(2023, 3, "32.04", 200000, 150), *exports(2024, 3, "32.04", 300000, 160),
        *exports(2024, 3, "32.05", 300000, 170), *exports(2023, 3, "32.06", 30000, 180),
        *exports(2023, 3, "91.01", 30000, 190), *exports(2023, 3, "99.99", 3000, 195), name="base.csv")
    w.peb(*exports(2023, 3, "32.05", 600000, 800, is_synthetic=True),
          *exports(2024, 3, "32.05", 900000, 810, is_synthetic=True), name="made-up.csv")
    w.peb(*({"nomor_aju": aju(900 + age), "registered_on": str(LAST_ECB_DAY + dt.timedelta(days=age)),
             "currency": "JPY", "ndpbm": "110.0000", "origin_region_code": "32.77"} for age in (6, 7, 8, 9)),
          name="after-the-last-rate.csv")
    # Documents with a history.
    ids["first"] = w.peb({"nomor_aju": aju(1)}, {"nomor_aju": aju(1), "item_number": 2},
                         {"nomor_aju": aju(2)}, {"nomor_aju": aju(3)}, {"nomor_aju": aju(5)},
                         {"nomor_aju": aju(6)}, {"nomor_aju": aju(6)},
                         {"nomor_aju": aju(7), "registration_number": None}, {"nomor_aju": aju(8)}, name="first.csv")
    w.peb({"nomor_aju": aju(1), "note_number": 1, "note_date": "2023-04-01", "item_fob": "700.00"},
          {"nomor_aju": aju(2), "note_number": 1, "note_date": "2023-04-01", "cancelled_on": "2023-04-01"},
          {"nomor_aju": aju(4), "replaces_nomor_aju": aju(3)}, {"nomor_aju": aju(5)},
          {"nomor_aju": aju(8), "item_fob": "2000.00"}, name="later.csv")
    w.ska({"certificate_number": "001/BDG/2023"}, {"certificate_number": "002/BDG/2023"},
          {"certificate_number": "003/BDG/2023", "status": "cancelled"},
          {"certificate_number": "004/BDG/2023", "exporter_region_code": None, "exporter_party_key": "k1:r"},
          {"certificate_number": "005/BDG/2023", "exporter_region_code": None, "exporter_party_key": "k1:x"},
          agency="ipska-jabar")
    w.ska({"certificate_number": "001/BDG/2023", "amended_on": "2023-05-01", "status": "amended",
           "item_value": "2500.00"},
          {"certificate_number": "006/BDG/2023", "replaces_number": "002/BDG/2023"}, agency="ipska-jabar")
    line = {"register_number": 1, "exporter_name": "PT R", "exporter_party_key": "k1:r", "is_synthetic": False}
    w.send("exporter_register", [{**line, "as_of": "2023-01-01", "region_code": "32.04"}], agency="disperindag-jabar")
    w.send("exporter_register", [{**line, "as_of": "2024-01-01", "region_code": "32.73"}], agency="disperindag-jabar")
    lead = {"lead_id": "L1", "event_code": "EXPO-1", "buyer_country_as_stated": "Korea", "stage": "interest"}
    w.send("buyer_lead", [{**lead, "recorded_on": "2023-03-05", "stage": "order"},
                          {**lead, "recorded_on": "2023-03-01"}], agency="disperindag-cilegon")
    return ids


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, dict[str, str]]:
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("built") / "home").make())
    ids = plant(warehouse)
    warehouse.build()
    warehouse.build_quality()
    return warehouse, ids


def test_newest_version_counts_once_whatever_was_sent_twice(built):
    warehouse, _ = built
    rows = warehouse.rows("SELECT right(nomor_aju, 1), item_number, fob_usd FROM marts.fct_export_item "
                          f"WHERE nomor_aju < '{aju(100)}' ORDER BY ALL")
    assert [row for row in rows if row[0] != "8"] == [
        ("1", 1, Decimal("700.00")), ("4", 1, Decimal("1000.00")), ("5", 1, Decimal("1000.00")),
        ("6", 1, Decimal("1000.00"))]
    assert [row[0] for row in rows].count("8") == 1


def test_each_row_that_does_not_count_says_why(built):
    warehouse, _ = built
    rows = warehouse.rows(
        "SELECT right(nomor_aju, 1), outcome FROM intermediate.int_peb__row_outcomes "
        "JOIN staging.stg_peb__items USING (load_id, sheet, row_number) ORDER BY ALL")
    assert rows == [("1", "superseded"), ("1", "superseded"), ("2", "cancelled"), ("2", "superseded"),
                    ("3", "replaced"), ("5", "duplicate"), ("6", "duplicate"), ("8", "conflict"),
                    ("8", "current")]


def test_every_accepted_declaration_row_is_counted_or_set_aside(built):
    warehouse, _ = built
    [(accepted, counted, aside, unregistered)] = warehouse.rows(
        "SELECT (SELECT sum(rows_accepted) FROM control.loads WHERE feed = 'peb'), "
        "(SELECT count(*) FROM marts.fct_export_item), "
        "(SELECT count(*) FROM intermediate.int_peb__row_outcomes WHERE outcome <> 'current'), "
        "(SELECT count(*) FROM raw.peb WHERE registration_number IS NULL)")
    assert accepted == counted + aside + unregistered
    assert unregistered == 1


def test_certificates_take_the_region_of_the_newest_register(built):
    warehouse, _ = built
    rows = warehouse.rows("SELECT left(certificate_number, 3), region_code, region_source, value_usd "
                          "FROM marts.fct_certificate_item ORDER BY ALL")
    assert rows == [("001", "32.76", "certificate", Decimal("2500.00")),
                    ("004", "32.73", "register", Decimal("1000.00")),
                    ("005", "00.00", "unknown", Decimal("1000.00")),
                    ("006", "32.76", "certificate", Decimal("1000.00"))]


def test_codes_given_up_mean_the_region_of_today_and_unknown_ones_keep_what_was_stated(built):
    warehouse, _ = built
    rows = warehouse.rows("SELECT DISTINCT stated_region_code, region_code FROM marts.fct_export_item "
                          "WHERE stated_region_code IN ('91.01', '99.99') ORDER BY ALL")
    assert rows == [("91.01", "93.01"), ("99.99", "00.00")]


def test_a_lead_stands_at_its_newest_stage(built):
    warehouse, _ = built
    assert warehouse.rows("SELECT lead_id, stage FROM marts.fct_buyer_lead") == [("L1", "order")]
    assert warehouse.rows("SELECT event_code, is_inferred FROM marts.dim_event ORDER BY 1") == [
        ("EXPO-1", True), ("UNKNOWN", False)]


def ranking(warehouse: Warehouse, synthetic: bool, through: str) -> dict[str, tuple]:
    rows = warehouse.rows(
        "SELECT region_code, rank, base_usd, current_usd, growth_pct, flags, unranked_reason, months_compared, "
        "cities_ranked, cities_total FROM marts.mart_city_ranking "
        f"WHERE rule_name = 'headline' AND basis = 'peb' AND province_code = '32' AND is_synthetic = {synthetic} "
        f"AND year = 2024 AND through_month = DATE '{through}'")
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row[1:] for row in rows}


def counted_documents_of_march_2023(warehouse: Warehouse) -> Decimal:
    """Dollars of the single documents with a history, all of 32.76 in March 2023."""
    [(usd,)] = warehouse.rows(f"SELECT sum(fob_usd) FROM marts.fct_export_item WHERE nomor_aju < '{aju(100)}'")
    return usd


def test_ranking_lists_every_city_once_over_the_months_of_both_years(built):
    warehouse, _ = built
    found = ranking(warehouse, False, "2024-03-01")
    assert len(found) == 27
    base = 300000 + counted_documents_of_march_2023(warehouse)
    assert found["32.76"][:3] == (2, base, Decimal(450000))
    assert found["32.76"][4:] == ("months_left_out", None, 2, 2, 27)
    assert found["32.04"][:5] == (1, Decimal(200000), Decimal(300000), Decimal("50.00"), "months_left_out")
    assert found["32.05"][0] is None
    assert found["32.05"][5] == "new"
    assert found["32.06"][5] == "below_floor"
    assert found["32.73"][5] == "no_exports"


def test_made_up_rows_make_a_list_of_their_own(built):
    warehouse, _ = built
    found = ranking(warehouse, True, "2024-03-01")
    assert found["32.05"][:5] == (1, Decimal(600000), Decimal(900000), Decimal("50.00"),
                                  "data_buatan,months_left_out")
    assert warehouse.rows("SELECT is_synthetic, fob_usd FROM marts.mart_city_export_month WHERE basis = 'peb' "
                          "AND region_code = '32.05' AND month = DATE '2024-03-01' ORDER BY ALL") == [
        (False, Decimal(300000)), (True, Decimal(900000))]


def test_month_mart_adds_up_to_the_facts(built):
    warehouse, _ = built
    assert warehouse.rows(
        "SELECT sum(fob_usd), sum(items) FROM marts.mart_city_export_month WHERE basis = 'peb' "
        "EXCEPT SELECT sum(fob_usd), count(*) FROM marts.fct_export_item") == []
    assert warehouse.rows("SELECT documents, exporters FROM marts.mart_city_export_month WHERE basis = 'peb' "
                          "AND region_code = '32.76' AND month = DATE '2024-02-01'") == [(3, 3)]


def test_no_money_is_a_floating_number(built):
    warehouse, _ = built
    assert warehouse.rows("SELECT table_schema, table_name, column_name FROM information_schema.columns "
                          "WHERE data_type IN ('DOUBLE', 'FLOAT') AND table_schema <> 'control'") == []


def test_no_personal_column_enters_the_database(built):
    warehouse, _ = built
    assert warehouse.rows("SELECT table_name, column_name FROM information_schema.columns WHERE column_name IN "
                          "('npwp', 'nib', 'nik', 'owner_name', 'phone', 'email', 'exporter_npwp', 'owners')") == []


def test_grain_of_each_mart_is_unique(built):
    warehouse, _ = built
    manifest = json.loads(transform.manifest_path(warehouse.home).read_text())
    models = [n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["schema"] == "marts"]
    assert {model["name"] for model in models} == {path.stem for path in MARTS.glob("*.sql")}
    for model in models:
        grain = ", ".join(model["config"]["meta"]["grain"])
        assert warehouse.rows(f"SELECT {grain} FROM marts.{model['name']} GROUP BY ALL HAVING count(*) > 1") == []


def test_dbt_unit_tests_pass(built):
    warehouse, _ = built
    assert set(transform.unit_tests(warehouse.home).values()) == {"pass"}


def everything(warehouse: Warehouse) -> dict[str, list]:
    """All marts, without the account of loads that are left out: those that came and went stay in it."""
    tables = warehouse.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY 1")
    return {table: warehouse.rows(f"SELECT * FROM marts.{table} "
                                  + ("WHERE load_status = 'loaded' " if table == "mart_row_conservation" else "")
                                  + "ORDER BY ALL") for (table,) in tables}


def test_neither_order_nor_a_load_that_came_and_went_leaves_a_mark(built):
    warehouse, _ = built
    before = everything(warehouse)
    late = warehouse.peb({"nomor_aju": aju(1), "note_number": 2, "note_date": "2023-06-01", "item_fob": "5.00"},
                         name="late.csv")
    assert warehouse.build()["peb"] == {"loads_added": 1, "loads_removed": 0, "rows_added": 1, "rows_removed": 0}
    assert warehouse.rows(f"SELECT fob_usd FROM marts.fct_export_item WHERE nomor_aju = '{aju(1)}'") == [
        (Decimal("5.00"),)]
    warehouse.withdraw(late)
    with duckdb.connect(warehouse.home.build_database) as connection:
        for feed in ("peb", "ska"):
            connection.execute(f"CREATE TABLE raw.turned AS FROM raw.{feed} ORDER BY row_number DESC, load_id DESC")
            connection.execute(f"DELETE FROM raw.{feed}; INSERT INTO raw.{feed} FROM raw.turned; DROP TABLE raw.turned")
    assert warehouse.build()["peb"] == {"loads_added": 0, "loads_removed": 1, "rows_added": 0, "rows_removed": 1}
    assert everything(warehouse) == before


def test_a_failing_model_is_named_and_the_file_is_closed(built):
    warehouse, _ = built
    kept = warehouse.rows("FROM marts.fct_readiness_assessment ORDER BY ALL")
    with duckdb.connect(warehouse.home.build_database) as connection:
        connection.execute("ALTER TABLE raw.readiness_assessment RENAME TO hidden")
    try:
        with pytest.raises(LumbungError, match="fct_readiness_assessment"):
            transform.dbt(warehouse.home, "run-x", "marts")
    finally:
        with duckdb.connect(warehouse.home.build_database) as connection:
            connection.execute("ALTER TABLE raw.hidden RENAME TO readiness_assessment")
    assert warehouse.rows("FROM marts.fct_readiness_assessment ORDER BY ALL") == kept
    assert warehouse.rows("SELECT table_name FROM duckdb_tables() WHERE contains(table_name, '__dbt')") == []


def test_marts_are_built_though_the_database_has_spilled(built):
    """A big build spills in one model and opens the file again for the next."""
    warehouse, _ = built
    with opened(warehouse.home) as connection:
        connection.execute("SET memory_limit = '64MB'")
        connection.execute("CREATE TEMP TABLE big AS SELECT hash(i) AS h, hash(i + 1) AS g FROM range(10000000) t(i)")
        assert connection.execute("SELECT sum(size) FROM duckdb_temporary_files()").fetchall()[0][0] > 0
        connection.execute("DROP TABLE big; SET memory_limit = '2GB'")
        assert transform.dbt(warehouse.home, "run-x", "marts")


def test_rates_of_weekends_come_from_the_day_before(built):
    warehouse, _ = built
    assert warehouse.rows(
        "SELECT rate_date FROM intermediate.int_exchange_rates_daily WHERE rate_source = 'ecb' "
        "AND currency = 'JPY' AND day = DATE '2021-09-12'") == [(dt.date(2021, 9, 10),)]


def test_a_rate_of_over_seven_days_is_missing_and_counted(built):
    warehouse, _ = built
    assert warehouse.rows("SELECT registered_on - rate_date, fob_usd IS NOT NULL, rate_source, fob_idr "
                          "FROM marts.fct_export_item WHERE region_code = '32.77' ORDER BY registered_on") == [
        (6, True, "ecb", Decimal("110000.00")), (7, True, "ecb", Decimal("110000.00")),
        (None, False, None, Decimal("110000.00")), (None, False, None, Decimal("110000.00"))]
    assert warehouse.rows("SELECT sum(items), sum(items_without_rate) FROM marts.mart_city_export_month "
                          "WHERE region_code = '32.77'") == [(4, 2)]
