"""`mart_bps_reconciliation`: what BPS printed beside what was declared."""

from decimal import Decimal

FIGURES = ("bps_usd, peb_usd, difference_usd, peb_to_bps_pct, bps_year_to_date_usd, peb_year_to_date_usd, "
           "peb_to_bps_year_to_date_pct")


def of(month: int, group: str = "non_oil_gas", at: str = "origin", province: str = "32") -> str:
    return (f"export_month = DATE '2024-{month:02}-01' AND commodity_group = '{group}' AND counted_at = '{at}' "
            f"AND bps_province_code = '{province}'")


def test_a_month_may_differ_where_the_year_comes_nearer(rows):
    assert rows(FIGURES, "mart_bps_reconciliation", of(1)) == [
        (1500, 1000, -500, Decimal("66.6667"), 1500, 1000, Decimal("66.6667"))]
    # 1000 of Bogor and 950 of Bandung; the final figure, not the provisional one.
    assert rows(FIGURES, "mart_bps_reconciliation", of(2)) == [
        (1950, 1950, 0, Decimal("100.0000"), 3450, 2950, Decimal("85.5072"))]


def test_a_year_with_a_month_missing_has_no_sum(rows):
    assert rows(FIGURES, "mart_bps_reconciliation", of(4)) == [
        (1000, 1000, 0, Decimal("100.0000"), None, None, None)]


def test_the_stated_value_and_its_unit_stay(rows):
    assert rows("stated_value, value_unit, figure_status, bps_usd, peb_usd", "mart_bps_reconciliation",
                of(2, "all")) == [(Decimal("0.002450"), "million_usd", "final", 2450, 2450)]


def test_what_is_no_like_for_like_is_not_compared_and_says_why(rows):
    for where, reason in ((of(2, at="port"), "by_port"), (of(2, "oil_gas"), "oil_gas_only"),
                          (of(2, province="99"), "no_declarations")):
        [(usd, found, why)] = rows("peb_usd, not_compared_reason, why_id", "mart_bps_reconciliation", where)
        assert (usd, found) == (None, reason)
        assert len(why) > 20
    [(why,)] = rows("why_id", "mart_bps_reconciliation", of(4))
    assert why.startswith("BPS membukukan dokumen yang terlambat pada bulan berikutnya")
    assert "Angka BPS masih sementara." in why


def test_bps_has_other_codes_in_papua(rows):
    assert rows("province_code, bps_usd, peb_usd", "mart_bps_reconciliation", of(2, province="94")) == [("91", 77, 77)]
