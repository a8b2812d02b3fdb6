"""Gate marts knows goods by their price: a value or weight in another unit is found with its load."""

import shutil

import duckdb
import pytest

from lumbung.gates import check
from lumbung.lake.home import Home

FACT = "marts.fct_export_item"
# A hundred thousand dollars a kilogram, in 32 items of one heading; the first row is alone in its document.
ALIKE = f"update {FACT} set fob_usd = 100000, stated_fob = 100000, net_weight_kg = 1"


@pytest.fixture
def statuses(marts_gate):
    """Status of the critical check and of the warning after faults, and the rows and loads of both."""

    def run(*faults: str):
        checks = {c.expectation: c for c in marts_gate(";".join([ALIKE, *faults]), "fct_export_item").checks}
        two = checks["price_like_its_goods"], checks["price_near_its_goods"]
        named = {(key["row_number"], *check.load_ids) for check in two for key in check.unexpected_keys}
        return [check.status for check in two], named

    return run


@pytest.mark.parametrize(("change", "statuses_then"), [
    ("fob_usd = 19 * fob_usd", ["passed", "passed"]),
    ("fob_usd = 21 * fob_usd", ["passed", "warned"]),
    ("fob_usd = 299 * fob_usd", ["passed", "warned"]),
    ("fob_usd = 301 * fob_usd", ["failed", "warned"]),
    ("net_weight_kg = 0.001", ["passed", "warned"]),
    ("fob_usd = fob_usd / 21", ["passed", "warned"]),
    ("fob_usd = fob_usd / 19", ["passed", "passed"]),
    ("fob_usd = 9999, net_weight_kg = 0.0001", ["passed", "passed"]),
    ("fob_usd = 1000 * fob_usd, hs_code = '46021190'", ["passed", "passed"]),
    ("fob_usd = 1000 * fob_usd, hs_code = '44201090'", ["failed", "warned"]),
    ("fob_usd = 1000 * fob_usd, is_synthetic = false", ["passed", "passed"]),
    ("fob_usd = 1000 * fob_usd, net_weight_kg = null", ["passed", "passed"]),
], ids=["19", "21", "299", "301", "tonnes", "a-21st", "a-19th", "a-sample-by-post", "other-goods", "same-six-digits",
        "real-among-made-up", "no-weight"])
def test_a_price_is_held_against_the_same_goods_of_other_documents(statuses, change, statuses_then):
    found, named = statuses(f"update {FACT} set {change} where row_number = 1")
    assert found == statuses_then
    assert named == ({("1", "load-a")} if "warned" in found else set())


def test_goods_whose_prices_lie_far_apart_do_not_stop_a_run(statuses):
    """Parts of aircraft: some are dear, and another dear one is no mistake."""
    found, _ = statuses(f"update {FACT} set fob_usd = 200 * fob_usd where row_number in (10, 20)",
                        f"update {FACT} set fob_usd = 500 * fob_usd where row_number = 1")
    assert found == ["passed", "warned"]


def test_one_mistake_does_not_hide_another(statuses):
    found, named = statuses(f"update {FACT} set fob_usd = 1000 * fob_usd where row_number in (1, 10)")
    assert found == ["failed", "warned"]
    assert {row for row, _ in named} == {"1", "10"}


MONTH = "marts.mart_city_export_month"
THOUSANDFOLD = f"update {FACT} set fob_usd = 1000 * fob_usd where row_number = 1"
MONTHS = f"update {MONTH} set fob_usd = {{}}, fob_usd_out_of_scope = 1"


@pytest.mark.parametrize(("month_usd", "statuses_then"), [
    (199_999_999, ["failed", "warned"]), (200_000_000, ["passed", "warned"])], ids=["half", "less"])
def test_only_what_is_half_of_a_city_s_month_stops_a_run(statuses, month_usd, statuses_then):
    """Six digits hold unlike goods: a dear one among many others of its month is asked about."""
    assert statuses(THOUSANDFOLD, MONTHS.format(month_usd))[0] == statuses_then


def test_mistakes_of_a_month_are_weighed_together(statuses):
    """Each of two is less than half of what both make of the month."""
    found, _ = statuses(THOUSANDFOLD.replace("row_number = 1", "row_number in (1, 2)"), MONTHS.format(300_000_000))
    assert found == ["failed", "warned"]


def test_what_a_release_holds_only_warns(statuses):
    """A build of all rows anew must not stop on history."""
    found, named = statuses(THOUSANDFOLD, "update control.loads set published_since = '2024-01-01'")
    assert (found, named) == (["passed", "warned"], {("1", "load-a")})


def test_what_was_published_by_an_acceptance_that_was_taken_back_stops(clean_marts_database, tmp_path):
    home = Home(tmp_path / "home").make()
    shutil.copy(clean_marts_database, home.build_database)
    with duckdb.connect(str(home.build_database)) as connection:
        connection.execute(f"{ALIKE}; {THOUSANDFOLD}; update control.loads set published_since = '2024-01-01'")
    for load_id, is_found in (("load-a", True), ("load-b", False)):
        checks = check(home, "run-1", "marts", again={(FACT, "price_like_its_goods", load_id)}).checks
        [price] = [c for c in checks if (c.table, c.expectation) == (FACT, "price_like_its_goods")]
        assert (price.success, price.load_ids) == (not is_found, [load_id] if is_found else [])


def test_items_of_one_other_document_are_not_others(statuses):
    """Twenty-one items of one declaration say one price once."""
    found, _ = statuses(THOUSANDFOLD, f"update {FACT} set nomor_aju = 'X' where row_number <> 1")
    assert found == ["passed", "passed"]


def test_twenty_other_documents_are_needed(statuses):
    """Each third document has two items."""
    assert statuses(THOUSANDFOLD, f"delete from {FACT} where row_number > 27")[0] == ["failed", "warned"]
    assert statuses(THOUSANDFOLD, f"delete from {FACT} where row_number > 26")[0] == ["passed", "passed"]


def test_changed_documents_are_held_against_all(statuses):
    """A run that looks at what changed still knows the prices of all."""
    found, named = statuses(
        f"update {FACT} set fob_usd = 1000 * fob_usd where row_number = 1",
        f"create table changed.fct_export_item as from {FACT} where row_number < 3")
    assert found == ["failed", "warned"]
    assert named == {("1", "load-a")}
