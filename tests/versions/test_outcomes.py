"""What becomes of every accepted row: versions, editions, duplicates and conflicts of documents, from raw to marts."""

import random
from datetime import date
from decimal import Decimal

import pytest
from loaded_warehouse import Warehouse, aju

from lumbung.lake.home import Home

ROSTER = {"business_name": "CV A", "region_code": "32.76", "party_key": "k1:a", "is_synthetic": False}
STAND = {"event_code": "EXPO-1", "event_name": "Expo", "participant_kind": "business", "business_name": "CV A",
         "participants": 1, "starts_on": "2023-03-01", "region_code": "32.76", "is_synthetic": False}
TARGET = {"target_id": "T1", "programme_code": "P", "programme_name": "Program", "target_year": 2024,
          "measure": "ikm", "value_precision": "exact", "as_stated": "seratus", "is_synthetic": False}
NOTE = {"note_number": 1, "note_date": "2023-04-01"}

# name -> (feed, rows, agency)
FILES = {
    "first": ("peb", [
        {"nomor_aju": aju(1)}, {"nomor_aju": aju(2)}, {"nomor_aju": aju(3)}, {"nomor_aju": aju(4)},
        {"nomor_aju": aju(5)}, {"nomor_aju": aju(6)}, {"nomor_aju": aju(6), "item_number": 2},
        {"nomor_aju": aju(7), "registration_number": None, "registered_on": None}, {"nomor_aju": aju(8)},
        {"nomor_aju": aju(9)}, {"nomor_aju": aju(9), "item_fob": "5.00"}], "bea-cukai"),
    "notes": ("peb", [
        {"nomor_aju": aju(1), **NOTE, "item_fob": "700.00"},
        {"nomor_aju": aju(2), **NOTE, "exporter_party_key": "k1:b"},
        {"nomor_aju": aju(3), **NOTE, "office_code": "040300"},
        {"nomor_aju": aju(4), **NOTE, "cancelled_on": "2023-04-01"},
        {"nomor_aju": aju(2), "note_number": 2, "note_date": "2023-05-01", "item_fob": "800.00"},
        {"nomor_aju": aju(10), "replaces_nomor_aju": aju(5)}], "bea-cukai"),
    # The rest of a document that was cut in two, and one that came registered the second time.
    "again": ("peb", [{"nomor_aju": aju(6), "item_number": 2}, {"nomor_aju": aju(6), "item_number": 3},
                      {"nomor_aju": aju(7)}], "bea-cukai"),
    "other": ("peb", [{"nomor_aju": aju(8), "item_fob": "2000.00"},
                      {"nomor_aju": aju(8), "item_number": 2}], "bea-cukai"),
    "certificates": ("ska", [
        {"certificate_number": "001/BDG/2023"}, {"certificate_number": "002/BDG/2023"},
        {"certificate_number": "003/BDG/2023"},
        {"certificate_number": "004/BDG/2023", "replaces_number": "002/BDG/2023"},
        {"certificate_number": "005/BDG/2023", "replaces_number": "005/BDG/2023"}], "ipska-jabar"),
    "amendments": ("ska", [
        {"certificate_number": "001/BDG/2023", "amended_on": "2023-05-01", "status": "amended", "item_value": "7.00"},
        {"certificate_number": "001/BDG/2023", "amended_on": "2023-04-01", "status": "amended"},
        {"certificate_number": "003/BDG/2023", "status": "cancelled"}], "ipska-jabar"),
    "roster-2022": ("agency_roster", [
        {**ROSTER, "as_of": "2022-01-01", "roster_number": 1}, {**ROSTER, "as_of": "2022-01-01", "roster_number": 2}],
        "disdagin-depok"),
    "roster-2023": ("agency_roster", [{**ROSTER, "as_of": "2023-01-01", "roster_number": 1}], "disdagin-depok"),
    "roster-2023-rest": ("agency_roster", [
        {**ROSTER, "as_of": "2023-01-01", "roster_number": 1}, {**ROSTER, "as_of": "2023-01-01", "roster_number": 2}],
        "disdagin-depok"),
    "other-office": ("agency_roster", [{**ROSTER, "as_of": "2021-01-01", "roster_number": 1}], "disperindag-jabar"),
    "stands": ("exhibition_participation", [{**STAND, "participation_number": 1, "recorded_on": "2023-03-01"},
                                            {**STAND, "participation_number": 2, "recorded_on": "2023-03-01"}], "x"),
    "stands-later": ("exhibition_participation", [
        {**STAND, "participation_number": 2, "recorded_on": "2023-03-09", "business_name": "CV B"},
        {**STAND, "participation_number": 3, "recorded_on": "2023-03-09"}], "x"),
    "targets": ("programme_target", [
        {**TARGET, "area_number": 1, "stated_on": "2023-01-01"},
        {**TARGET, "area_number": 2, "stated_on": "2023-01-01"}], "x"),
    "targets-later": ("programme_target", [{**TARGET, "area_number": 1, "stated_on": "2023-06-01"}], "x"),
}
PEB_OUTCOMES = [
    ("01", "notes", "current"), ("01", "first", "superseded"),
    ("02", "notes", "current"), ("02", "first", "superseded"), ("02", "notes", "invalid_correction"),
    ("03", "first", "current"), ("03", "notes", "invalid_correction"),
    ("04", "first", "superseded"), ("04", "notes", "cancelled"),
    ("05", "first", "replaced"),
    ("07", "again", "current"), ("07", "first", "superseded"),
    # The file with more lines stands until somebody decides.
    ("08", "first", "conflict"), ("08", "other", "current"), ("08", "other", "current"),
    ("09", "first", "current"), ("09", "first", "conflict"), ("10", "notes", "current")]


def send(home: Home, names: list[str]) -> tuple[Warehouse, dict[str, str]]:
    warehouse, ids = Warehouse(home.make()), {}
    for name in names:
        feed, rows, agency = FILES[name]
        kind = {"peb": warehouse.peb, "ska": warehouse.ska}.get(feed)
        how = {"agency": agency, "name": f"{name}.csv"}
        ids[kind(*rows, **how) if kind else warehouse.send(feed, rows, **how)] = name
    warehouse.build()
    return warehouse, ids


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Warehouse, dict[str, str]]:
    return send(Home(tmp_path_factory.mktemp("outcomes") / "home"), list(FILES))


def outcomes(built, staging: str, table: str, key: str) -> list[tuple[str, str, str]]:
    warehouse, ids = built
    return sorted((str(k), ids[load_id], outcome) for k, load_id, outcome in warehouse.rows(
        f"SELECT {key}, load_id, coalesce(outcome, 'current') FROM staging.{staging} "
        f"LEFT JOIN intermediate.{table} USING (load_id, sheet, row_number, piece)"))


def test_declarations(built):
    found = outcomes(built, "stg_peb__items", "int_peb__row_outcomes", "right(nomor_aju, 2)")
    # Which of two equal lines of a document cut in two is the copy is nobody's business.
    twice = sorted((k, o) for k, _, o in found if k == "06")
    assert twice == [("06", "current")] * 3 + [("06", "duplicate")]
    assert [f for f in found if f[0] != "06"] == sorted(PEB_OUTCOMES)


def test_certificates(built):
    found = outcomes(built, "stg_ska__items", "int_ska__row_outcomes", "left(certificate_number, 3)")
    assert found == sorted([
        ("001", "certificates", "superseded"), ("001", "amendments", "current"), ("001", "amendments", "superseded"),
        ("002", "certificates", "replaced"), ("003", "certificates", "superseded"), ("003", "amendments", "cancelled"),
        ("004", "certificates", "current"), ("005", "certificates", "current")])


def test_an_edition_replaces_the_one_before_of_its_office_alone(built):
    found = outcomes(built, "stg_roster__businesses", "int_roster__row_outcomes", "roster_number")
    assert [f for f in found if f[1] in ("roster-2022", "other-office")] == [
        ("1", "other-office", "current"), ("1", "roster-2022", "superseded"), ("2", "roster-2022", "superseded")]
    newest = sorted((k, o) for k, name, o in found if name.startswith("roster-2023"))
    assert newest == [("1", "current"), ("1", "duplicate"), ("2", "current")]


def test_a_list_sent_again_adds_and_changes_by_key_and_a_target_is_stated_as_a_whole(built):
    warehouse, _ = built
    assert warehouse.rows("SELECT participation_number, recorded_on FROM marts.fct_exhibition_participation "
                          "ORDER BY 1") == [(1, date(2023, 3, 1)), (2, date(2023, 3, 9)), (3, date(2023, 3, 9))]
    assert warehouse.rows("SELECT area_number, stated_on FROM marts.fct_programme_target") == [(1, date(2023, 6, 1))]


def test_every_row_of_every_load_is_accounted_for(built):
    warehouse, ids = built
    rows = warehouse.rows("""
        SELECT load_id, rows_accepted = rows_current + rows_superseded + rows_cancelled + rows_replaced
            + rows_duplicate + rows_conflict + rows_invalid_correction + rows_unregistered + rows_left_out
        FROM marts.mart_row_conservation""")
    assert {load_id for load_id, _ in rows} == set(ids)
    assert all(balanced for _, balanced in rows)
    by_outcome = warehouse.rows("SELECT sum(rows_current), sum(rows_invalid_correction), sum(rows_conflict) "
                                "FROM marts.mart_row_conservation WHERE feed = 'peb'")
    assert by_outcome == [(11, 2, 2)]


def test_a_conflict_is_named_with_its_files_and_columns_and_flagged_on_the_fact(built):
    warehouse, ids = built
    rows = warehouse.rows("SELECT conflict_key, load_id, is_standing, conflict_status, differing_columns "
                          "FROM marts.mart_conflict ORDER BY ALL")
    named = sorted((key, ids[load_id], stands, status, columns) for key, load_id, stands, status, columns in rows)
    assert named == [(f"{aju(8)}||", "first", False, "open", "item_number,item_fob"),
                     (f"{aju(8)}||", "other", True, "open", "item_number,item_fob"),
                     (f"{aju(9)}||", "first", True, "open", "item_fob")]
    assert warehouse.rows("SELECT right(nomor_aju, 2), item_fob FROM (SELECT nomor_aju, stated_fob AS item_fob "
                          "FROM marts.fct_export_item WHERE has_conflict AND right(nomor_aju, 2) = '08') ORDER BY ALL"
                          ) == [("08", Decimal(1000)), ("08", Decimal(2000))]
    assert warehouse.rows("SELECT DISTINCT right(nomor_aju, 2) FROM marts.fct_export_item WHERE has_conflict "
                          "ORDER BY 1") == [("08",), ("09",)]


def test_the_order_in_which_files_come_leaves_no_mark(built, tmp_path):
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    names = list(FILES)
    random.Random(seed).shuffle(names)
    shuffled, _ = send(Home(tmp_path / "shuffled"), names)
    tables = [row[0] for row in shuffled.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts'")]
    assert len(tables) == 23
    for table in tables:
        query = f"SELECT * FROM marts.{table} ORDER BY ALL"
        assert shuffled.rows(query) == built[0].rows(query), (table, seed)
