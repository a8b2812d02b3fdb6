"""Numbers as offices write them."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from lumbung.intake.values.normalising import PARTS, Around, read_cell
from lumbung.intake.values.numbers import read_number

AMOUNTS = st.decimals(Decimal("-1e15"), Decimal("1e15"), places=2)


@pytest.mark.parametrize(("text", "value"), [
    ("1.250.000", "1250000"), ("45.000,50", "45000.50"), ("1,25 juta", "1250000"), ("Rp 450 juta", "450000000"),
    ("450 ribu", "450000"), ("(1.000)", "-1000"), ("1 250 000", "1250000"), ("1250.5", "1250.5"), ("1.250", "1250"),
    ("0,125", "0.125"), ("Rp 1.250.000,-", "1250000"), ("Rp. 450.000,00", "450000"), ("1,250,000.50", "1250000.50"),
    ("-1.000", "-1000"), ("1.000-", "-1000"), ("(Rp 450.000,-)", "-450000"), ("2,5 miliar rupiah", "2500000000"),
    ("dua ratus lima puluh ribu", "250000"), ("1 jt 500 rb", "1500000"), ("0", "0"), ("1\u00a0250", "1250")])
def test_an_amount_in_rupiah(text, value):
    reading = read_number(text, rupiah=True)
    assert (reading.value, reading.reason, reading.parts) == (Decimal(value), "", {})


@pytest.mark.parametrize(("text", "style", "mixed", "value"), [
    ("1.250", "id", False, "1250"), ("1.250", "en", False, "1.25"), ("1.250", "id", True, None),
    ("1.250", "en", True, None), ("45,000", "id", False, None), ("45,000", "en", False, None),
    ("1.250 juta", "id", False, None), ("0.125", "id", True, "0.125"), ("2 M", "id", False, None)])
def test_what_can_be_read_two_ways_is_read_as_declared_or_refused(text, style, mixed, value):
    reading = read_number(text, style, mixed)
    assert reading.value == (value and Decimal(value))
    assert reading.reason == ("" if value else "ambiguous_number")


@pytest.mark.parametrize(("text", "value", "parts"), [
    ("sekitar Rp 450 juta", "450000000", {"precision": "about"}), ("450 jutaan", "450000000", {"precision": "about"}),
    ("hampir 2 juta", "2000000", {"precision": "about"}), ("target 500", "500", {"precision": "expected"}),
    ("minimal 100", "100", {"precision": "range", "low": Decimal(100)}),
    ("kurang dari 1.000", "1000", {"precision": "range", "high": Decimal(1000)}),
    ("ratusan", None, {"precision": "range", "low": Decimal(100), "high": Decimal(999)}),
    ("ratusan bahkan ribuan", None, {"precision": "range", "low": Decimal(100), "high": Decimal(9999)}),
    ("10-15 juta", None, {"precision": "range", "low": Decimal(10**7), "high": Decimal(15 * 10**6)})])
def test_words_of_precision_are_kept(text, value, parts):
    reading = read_number(text, rupiah=True)
    assert (reading.value, reading.parts) == (value and Decimal(value), parts)


def test_precision_without_a_place_is_refused_and_not_dropped():
    assert read_cell("number_id", "sekitar 30", Around(), frozenset()).reason == "inexact_number"
    assert read_cell("number_id", "ratusan", Around(), frozenset({"precision"})).reason == "inexact_number"
    assert read_cell("number_id", "ratusan", Around(), frozenset(PARTS)).parts["high"] == 999


def test_rupiah_is_only_read_where_the_column_or_the_row_says_rupiah():
    assert read_cell("number_id", "Rp 5.000", Around(context="AUD"), frozenset()).reason == "wrong_currency"
    assert read_cell("number_id", "Rp 5.000", Around(context="IDR"), frozenset()).value == 5000
    assert read_cell("number_id", "Rp 5.000", Around(rupiah=True), frozenset()).value == 5000


@pytest.mark.parametrize("text", ["US$ 45", "12 orang", "1.25.000", "1..2", "--5", "1E+06", "3 dan 5", "Rp", "٣"])
def test_what_is_no_number_is_refused(text):
    assert read_number(text, rupiah=True).reason == "bad_number"


@pytest.mark.parametrize(("normaliser", "text", "value"), [
    ("integer_id", "1.250", 1250), ("integer", "2.5", "bad_number"), ("integer", "1.250.000", 1250000),
    ("integer_id", "2,5", "bad_number"), ("integer_id", "2,0", 2)])
def test_a_whole_number_is_whole(normaliser, text, value):
    reading = read_cell(normaliser, text, Around(), frozenset())
    assert (reading.reason or reading.value) == value


@given(AMOUNTS)
@example(Decimal("1.12"))
def test_an_amount_written_the_indonesian_way_comes_back(amount):
    written = format_decimal(amount, format="#,##0.00", locale="id")
    for text in (written, f"Rp {written}", written.replace(".", " ")):
        assert read_number(text, rupiah=True).value == amount
    assert read_number(format_decimal(amount, format="#,##0.00", locale="en"), "en").value == amount


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_three_decimals_after_a_comma_come_back_or_are_ambiguous(whole, thousandths):
    amount = Decimal(whole) + Decimal(thousandths) / 1000
    reading = read_number(format_decimal(amount, format="#,##0.000", locale="id"))
    assert reading.value == amount or reading.reason == "ambiguous_number"


@given(st.text() | st.text("0123456789.,- RpjutaribM()", max_size=20), st.sampled_from(["id", "en"]), st.booleans())
def test_any_text_is_read_or_refused(text, style, mixed):
    reading = read_number(text, style, mixed)
    assert not (reading.reason and reading.value is not None)
    assert reading.value is None or reading.value.is_finite()
