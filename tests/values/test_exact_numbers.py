"""Numbers keep every digit that was written, or the row is refused: money never changes silently."""

from decimal import Decimal

import pytest
from test_odd_cells import ITEM, ROSTER, take_in


@pytest.mark.parametrize(("column", "text", "code"), [
    ("item_fob", "100.256", "too_many_decimals"), ("item_fob", "0.004", "too_many_decimals"),
    ("item_fob", "-0.125", "too_many_decimals"), ("ndpbm", "15500.00009", "too_many_decimals"),
    ("item_fob", "45.000,505", "too_many_decimals"), ("item_fob", "1_000", "bad_number"),
    ("item_fob", "1_0.25", "bad_number")])
def test_a_number_finer_than_its_column_is_refused(home, column, text, code):
    rows, bad = take_in(home, "peb", [ITEM, ITEM | {"nomor_aju": "000030ABCDEF20240105000002", column: text}])
    assert (len(rows), bad) == (1, [(2, column, code)])


@pytest.mark.parametrize(("text", "value"), [
    ("100.2500", "100.25"), ("100.250000", "100.25"), ("7.", "7"), (".5", "0.5"), ("+1.50", "1.5"), ("12", "12"),
    ("45.000,500", "45000.5"), ("1234567.1", "1234567.1")])
def test_zeros_at_the_end_are_no_decimals(home, text, value):
    rows, bad = take_in(home, "peb", [ITEM | {"item_fob": text}])
    assert ([row["item_fob"] for row in rows], bad) == ([Decimal(value)], [])


def test_so_is_a_number_with_a_scale_word(home):
    rows, bad = take_in(home, "agency_roster", [
        ROSTER | {"revenue_idr": "1,25 juta"},
        ROSTER | {"roster_number": "2", "revenue_idr": "1,2345678901 juta"}])
    assert [row["revenue_idr"] for row in rows] == [Decimal(1250000)]
    assert bad == [(2, "revenue_idr", "too_many_decimals")]
