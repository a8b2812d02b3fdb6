"""Who made what was exported: parts add up to the item to the cent, however they are known."""

from decimal import Decimal

import duckdb
import pytest
from loaded_warehouse import Warehouse, aju

from lumbung.lake.home import Home
from lumbung.transform import pinning

THIRTEEN = [f"p1_maker{number:02}" for number in range(1, 14)]
D = Decimal
BRIDGE = "marts.bridge_export_item_producer"


def owners(*said: str) -> str:
    """Owners as intake writes them: `key` or `key:value`."""
    return ";".join(owner if ":" in owner else f"{owner}:" for owner in said)


def plant(w: Warehouse) -> None:
    """Documents by number; each has one item of 100.00 dollars of one exporter unless said otherwise."""
    base = {"item_fob": "100.00", "exporter_party_key": "p1_trader"}
    w.peb(*(base | row for row in [
        {"nomor_aju": aju(1), "currency": "AUD", "item_fob": "45000.00", "producers": owners(*THIRTEEN)},
        {"nomor_aju": aju(1), "item_number": 2, "currency": "AUD"},
        {"nomor_aju": aju(2), "producers": owners("p1_a:75.00", "p1_b:25.00")},
        {"nomor_aju": aju(3), "producers": owners("p1_a:2.00", "p1_b:1.00")},
        {"nomor_aju": aju(4), "producers": owners("p1_a:33.33", "p1_b", "p1_c")},
        {"nomor_aju": aju(5), "producers": owners("p1_a:33.33", "p1_b:0.00", "p1_c")},
        {"nomor_aju": aju(6), "producers": owners("p1_a:100.01", "p1_b", "p1_c")},
        {"nomor_aju": aju(7), "producers": owners("p1_a:0.00", "p1_b:0.00")},
        {"nomor_aju": aju(8), "producers": owners("p1_a:1.00", "p1_a")},
        {"nomor_aju": aju(9), "producers": owners("unknown", "p1_a", "unknown")},
        {"nomor_aju": aju(10), "currency": "XXX", "producers": owners("p1_a", "p1_b")},
        {"nomor_aju": aju(11), "item_fob": "0.00", "producers": owners("p1_a:0.00", "p1_b")},
        {"nomor_aju": aju(12), "producers": owners("p1_trader")},
        {"nomor_aju": aju(13), "is_oil_gas": True, "producers": owners("p1_a")},
        {"nomor_aju": aju(14), "item_fob": "9999999999999999999999.99", "producers": owners("p1_a:1.00", "p1_b:2.00")},
        {"nomor_aju": aju(15), "registered_on": "2023-02-10", "exporter_party_key": "p1_a"},
        {"nomor_aju": aju(16), "registered_on": "2023-02-10", "exporter_party_key": "p1_b"}]))
    w.ska({"certificate_number": "1/BDG/2023", "exporter_party_key": "p1_trader", "maker_party_key": "p1_a"},
          {"certificate_number": "2/BDG/2023", "exporter_party_key": "p1_trader"})


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Warehouse:
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("makers") / "home").make())
    plant(warehouse)
    warehouse.build()
    warehouse.settle()
    return warehouse


def parts(w: Warehouse, number: int, columns: str = "maker_party_key, stated_fob, allocation_method, is_assumed"):
    return w.rows(f"SELECT {columns} FROM {BRIDGE} WHERE nomor_aju = '{aju(number)}' ORDER BY 1")


def test_forty_five_thousand_australian_dollars_of_thirteen_makers(made):
    found = parts(made, 1, "maker_party_key, stated_fob, fob_usd, fob_idr, share_pct, allocation_method, is_assumed")
    assert [row[0] for row in found] == THIRTEEN
    # 4,500,000 cents are thirteen times 346,153 and eleven more; 675 million rupiah leave four sen.
    assert [row[1] for row in found] == [D("3461.54")] * 11 + [D("3461.53")] * 2
    assert [row[3] for row in found] == [D("51923076.93")] * 4 + [D("51923076.92")] * 9
    ((usd,),) = made.rows(f"SELECT fob_usd FROM marts.fct_export_item WHERE nomor_aju = '{aju(1)}' AND item_number = 1")
    assert sum(row[2] for row in found) == usd
    assert max(row[2] for row in found) - min(row[2] for row in found) <= D("0.01")
    assert {row[4:] for row in found} == {(D("7.6923"), "equal_share", True)}


@pytest.mark.parametrize(("number", "wanted"), [
    (2, [("p1_a", "75.00", "declared_value", False), ("p1_b", "25.00", "declared_value", False)]),
    # What is declared does not add up: in proportion, which is a guess.
    (3, [("p1_a", "66.67", "declared_value", True), ("p1_b", "33.33", "declared_value", True)]),
    (4, [("p1_a", "33.33", "declared_value", False), ("p1_b", "33.34", "equal_share", True),
         ("p1_c", "33.33", "equal_share", True)]),
    # What the others leave to one is no guess.
    (5, [("p1_a", "33.33", "declared_value", False), ("p1_b", "0.00", "declared_value", False),
         ("p1_c", "66.67", "equal_share", False)]),
    # One declares more than there is, others nothing: nobody is believed.
    (6, [("p1_a", "33.34", "equal_share", True), ("p1_b", "33.33", "equal_share", True),
         ("p1_c", "33.33", "equal_share", True)]),
    (7, [("p1_a", "50.00", "equal_share", True), ("p1_b", "50.00", "equal_share", True)]),
    (8, [("p1_a", "100.00", "single_owner", False)]),
    (9, [("p1_a", "33.33", "equal_share", True), ("unknown", "66.67", "equal_share", True)]),
    (11, [("p1_a", "0.00", "equal_share", True), ("p1_b", "0.00", "equal_share", True)]),
    (12, [("p1_trader", "100.00", "single_owner", False)])])
def test_how_an_item_falls_to_its_owners(made, number, wanted):
    assert parts(made, number) == [(key, D(amount), method, assumed) for key, amount, method, assumed in wanted]


def test_an_amount_no_item_can_have_is_divided_all_the_same(made):
    assert [row[1] for row in parts(made, 14)] == [D("5000000000000000000000.00"), D("4999999999999999999999.99")]


def test_without_a_rate_there_are_no_dollars_to_divide(made):
    assert parts(made, 10, "maker_party_key, fob_usd, fob_idr") == [
        ("p1_a", None, D("750000.00")), ("p1_b", None, D("750000.00"))]


def test_every_item_that_names_owners_adds_up_and_no_other_is_there(made):
    assert made.rows(f"""
        SELECT nomor_aju FROM (SELECT * FROM marts.fct_export_item WHERE named_owners > 0) AS items FULL JOIN (
            SELECT nomor_aju, item_number, sum(stated_fob) AS s, sum(fob_usd) AS u, sum(fob_idr) AS i
            FROM {BRIDGE} GROUP BY ALL) AS parts USING (nomor_aju, item_number)
        WHERE stated_fob IS DISTINCT FROM s OR fob_usd IS DISTINCT FROM u OR fob_idr IS DISTINCT FROM i""") == []


def test_makers_of_a_month_are_every_dollar_once(made):
    assert made.rows("""
        SELECT basis, month FROM (SELECT basis, month, sum(fob_usd) AS usd FROM marts.mart_maker_export_month
            GROUP BY ALL) FULL JOIN (SELECT basis, month, sum(fob_usd) AS city_usd FROM marts.mart_city_export_month
            GROUP BY ALL) USING (basis, month) WHERE usd IS DISTINCT FROM city_usd""") == []
    # 66.67 + 33.33, three thirds, two halves and two thirds of the unknown, beside the thirteen; no rate, no dollars.
    ((assumed,),) = made.rows("SELECT sum(allocated_by_assumption_usd) FROM marts.mart_maker_export_month "
                              "WHERE maker_party_key NOT LIKE 'p1_maker%'")
    assert assumed == D("100.00") + D("66.67") + D("100.00") + D("100.00") + D("100.00")


def test_a_certificate_that_names_its_maker_is_the_makers(made):
    assert made.rows("SELECT maker_party_key, exporter_party_key, allocation_method, fob_usd "
                     "FROM marts.mart_maker_export_month WHERE basis = 'ska' ORDER BY 1") == [
        ("p1_a", "p1_trader", "named_maker", D("1000.00")),
        ("p1_trader", "p1_trader", "exporter_of_record", D("1000.00"))]


def test_parties_are_seen_as_exporters_and_as_makers(made):
    seen = "SELECT role, documents, first_document_key, fob_usd FROM intermediate.int_exports__seen_parties " \
           "WHERE basis = 'peb' AND is_in_scope AND party_key = '{}' AND export_month = DATE '{}' ORDER BY role"
    # As exporter all it shipped; as maker the second item of the first document and what it owned itself.
    ((exporter, documents, first, _), (_, *own, made_usd)) = made.rows(seen.format("p1_trader", "2023-03-01"))
    assert (exporter, documents, first) == ("exporter", 13, aju(1))
    assert own == [2, aju(1)]
    ((second,),) = made.rows(f"SELECT fob_usd FROM marts.fct_export_item WHERE nomor_aju = '{aju(1)}' "
                             "AND item_number = 2")
    assert made_usd == second + 100
    assert made.rows(seen.format(THIRTEEN[12], "2023-03-01")) == [("maker", 1, aju(1), D("2344.26"))]
    assert made.rows(seen.format("p1_b", "2023-02-01")) == [
        ("exporter", 1, aju(16), D("100.00")), ("maker", 1, aju(16), D("100.00"))]


def test_a_correction_takes_owners_away_and_a_merge_changes_no_part(made):
    made.peb({"nomor_aju": aju(2), "note_number": 1, "note_date": "2023-04-01", "item_fob": "100.00",
              "exporter_party_key": "p1_trader", "producers": owners("p1_c", "p1_d:10.00")})
    before = made.rows(f"SELECT * FROM {BRIDGE} WHERE nomor_aju <> '{aju(2)}' ORDER BY ALL")
    path = pinning.parties_path(made.home, f"run-{made.runs + 1}")
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.sql("COPY (SELECT party_key, 'ikm_one' AS ikm_id, 'decision' AS resolved_by, true AS is_identified, "
               "false AS has_open_review FROM (VALUES ('p1_c'), ('p1_d')) AS t (party_key)) "
               f"TO '{path}' (FORMAT parquet)")
    made.build()
    assert parts(made, 2) == [("p1_c", D("90.00"), "equal_share", False), ("p1_d", D("10.00"), "declared_value", False)]
    assert made.rows(f"SELECT * FROM {BRIDGE} WHERE nomor_aju <> '{aju(2)}' ORDER BY ALL") == before
    assert made.rows("SELECT sum(fob_usd) FROM marts.mart_maker_export_month WHERE maker_ikm_id = 'ikm_one'") == [
        (D("90.00") + D("10.00") + D("33.33") + D("66.67") + D("33.33"),)]
