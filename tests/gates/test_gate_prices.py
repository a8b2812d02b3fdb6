"""Gate marts knows goods by their price: a value or weight in another unit is found with its load."""

import pytest

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
    ("net_weight_kg = 0.001", ["failed", "warned"]),
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


def test_twenty_items_of_other_documents_are_needed(statuses):
    thousandfold = f"update {FACT} set fob_usd = 1000 * fob_usd where row_number = 1"
    assert statuses(thousandfold, f"delete from {FACT} where row_number > 21")[0] == ["failed", "warned"]
    assert statuses(thousandfold, f"delete from {FACT} where row_number > 20")[0] == ["passed", "passed"]


def test_changed_documents_are_held_against_all(statuses):
    """A run that looks at what changed still knows the prices of all."""
    found, named = statuses(
        f"update {FACT} set fob_usd = 1000 * fob_usd where row_number = 1",
        f"create table changed.fct_export_item as from {FACT} where row_number < 3")
    assert found == ["failed", "warned"]
    assert named == {("1", "load-a")}
