"""`mart_city_export_growth`: like months of two years, alone, from January on, and over twelve months."""

from datetime import date
from decimal import Decimal

import pytest

DEPOK = "basis = 'peb' AND NOT is_synthetic AND region_code = '32.76'"
FIGURES = "base_usd, current_usd, growth_pct, base_exporters, exporters, months_compared, is_comparable"


def window(rows, kind: str, month: str, columns: str = FIGURES) -> tuple:
    [row] = rows(columns, "mart_city_export_growth",
                 f"{DEPOK} AND window_kind = '{kind}' AND through_month = DATE '{month}-01'")
    return row


def test_a_month_stands_against_the_same_month_of_the_year_before(rows):
    assert window(rows, "month", "2023-01") == (150, 300, Decimal("100.00"), 2, 1, 1, True)
    assert window(rows, "month", "2023-03") == (100, 220, Decimal("120.00"), 1, 3, 1, True)


def test_the_year_to_date_counts_each_exporter_once(rows):
    # 150 + 7 + 100 against 300 + 80 + 220: 343 more on 257.
    assert window(rows, "year_to_date", "2023-03") == (257, 600, Decimal("133.46"), 2, 3, 3, True)
    # The year begins anew.
    assert window(rows, "year_to_date", "2024-01") == (300, 0, Decimal("-100.00"), 1, 0, 1, True)


def test_twelve_months_reach_over_the_turn_of_the_year(rows):
    # April 2022 to March 2023 is 40 + 300 + 80 + 220, the twelve months before 150 + 7 + 100.
    assert window(rows, "trailing_12_months", "2023-03") == (257, 640, Decimal("149.03"), 2, 3, 12, True)
    # B sold last in February 2022, A in June 2022 and January 2023: it is one exporter until both are over.
    assert window(rows, "trailing_12_months", "2023-12") == (297, 700, Decimal("135.69"), 2, 3, 12, True)


def test_a_month_that_one_year_lacks_leaves_both_windows(rows):
    # February 2021 never came.
    assert window(rows, "month", "2022-02") == (0, 0, None, 0, 0, 0, False)
    assert window(rows, "month", "2022-02", "fob_usd, no_growth_reason") == (7, "no_month_to_compare")
    assert window(rows, "year_to_date", "2022-03") == (0, 250, None, 0, 2, 2, False)
    assert window(rows, "year_to_date", "2022-03", "fob_usd, no_growth_reason, months_in_window") == (257, "new", 3)
    assert window(rows, "trailing_12_months", "2023-01", "current_usd, fob_usd, months_compared") == (440, 447, 11)


def test_every_city_of_the_province_has_each_window_of_each_month_there_is(rows):
    found = rows("region_code, through_month, window_kind", "mart_city_export_growth",
                 "basis = 'peb' AND NOT is_synthetic AND province_code = '32'")
    assert len(found) == len(set(found)) == 27 * 50 * 3
    assert date(2021, 2, 1) not in {month for _, month, _ in found}
    assert rows("DISTINCT no_growth_reason", "mart_city_export_growth",
                "NOT is_synthetic AND basis = 'peb' AND region_code = '32.79' AND through_month >= DATE '2023-03-01'"
                ) == [("no_exports",)]


def test_made_up_rows_stand_apart(rows):
    assert rows("fob_usd, is_comparable", "mart_city_export_growth",
                "basis = 'peb' AND is_synthetic AND region_code = '32.76' AND window_kind = 'month'") == [(999, False)]


def test_a_business_with_two_keys_counts_once_in_each_window(resolved_rows):
    counts = "base_usd, current_usd, base_exporters, exporters, exporters_unresolved"
    # A and C both sell in March 2023, and D, who is B of the year before.
    assert window(resolved_rows, "month", "2023-03", counts) == (100, 220, 1, 2, 0)
    assert window(resolved_rows, "year_to_date", "2023-03", counts) == (257, 600, 2, 2, 0)
    assert window(resolved_rows, "trailing_12_months", "2023-12", counts) == (297, 700, 2, 2, 0)
    # Only E of May 2024 is known by name alone, and it stays until the year is over.
    assert window(resolved_rows, "year_to_date", "2024-12", counts) == (700, 30, 2, 2, 1)
    assert window(resolved_rows, "trailing_12_months", "2025-03", counts) == (100, 30, 0, 2, 1)
    assert resolved_rows("month, documents, exporters, exporters_unresolved", "mart_city_export_month",
                         f"{DEPOK} AND month IN (DATE '2023-03-01', DATE '2024-05-01')") == [
        (date(2023, 3, 1), 3, 2, 0), (date(2024, 5, 1), 3, 2, 1)]


@pytest.mark.parametrize("history", ["built", "resolved"])
def test_growth_from_january_is_that_of_the_ranking(history, request):
    built = request.getfixturevalue(history)
    assert built.rows("""
        SELECT count(*), count(*) FILTER (r.base_usd = g.base_usd AND r.current_usd = g.current_usd
            AND r.exporters = g.exporters AND r.exporters_unresolved = g.exporters_unresolved
            AND r.base_exporters = g.base_exporters
            AND r.months_compared = g.months_compared)
        FROM marts.mart_city_ranking r JOIN marts.mart_city_export_growth g
        USING (basis, is_synthetic, region_code, through_month)
        WHERE g.window_kind = 'year_to_date' AND r.rule_name = 'headline' AND r.is_in_force
        """) in [[(n, n)] for n in range(27, 10_000)]
