"""`mart_exporter_dynamics`: who came, stayed and went, and how much hangs on few."""

from decimal import Decimal

COUNTS = "year, exporters, entrants, continuing, exiters, survivors, entry_rate_pct, exit_rate_pct, survival_rate_pct"


def of(place: str) -> str:
    return f"basis = 'peb' AND NOT is_synthetic AND place_code = '{place}'"


def test_exporters_that_come_stay_and_go(rows):
    assert rows(COUNTS, "mart_exporter_dynamics", of("32.76")) == [
        (2021, 0, None, None, None, None, None, None, None),
        (2022, 2, None, None, None, None, None, None, None),
        # A stays, B is gone; C and D are there for the first time, and C comes again.
        (2023, 3, 2, 1, 1, 1, Decimal("66.6667"), Decimal("50.0000"), Decimal("50.0000")),
        (2024, 3, 1, 2, 1, None, Decimal("33.3333"), Decimal("33.3333"), None),
        (2025, 0, None, None, None, None, None, None, None)]


def test_years_say_what_they_lack(rows):
    assert rows("year, months_covered, is_whole_year, flags", "mart_exporter_dynamics", of("32.01")) == [
        (2021, 11, False, "year_not_whole"), (2022, 12, True, "history_too_short"), (2023, 12, True, ""),
        (2024, 12, True, "next_year_not_whole"), (2025, 3, False, "year_not_whole")]


def test_the_province_counts_an_exporter_once(rows):
    # Trader, A, C, D; and in 2024 trader, A, C, E, one of Bandung.
    assert rows("year, place_level, exporters, entrants, exiters", "mart_exporter_dynamics",
                of("32") + " AND year IN (2023, 2024)") == [(2023, "province", 4, 2, 1), (2024, "province", 5, 2, 1)]


def test_shares_and_concentration_are_exact(rows):
    # A 400, C 180, D 20 of 700, the rest of nobody named; products 380, 220, 100; countries 500, 180, 20.
    assert rows("fob_usd, unknown_exporter_usd, top5_firms_usd, top5_firms_share_pct, products, hhi_products, "
                "markets, hhi_markets, flags", "mart_exporter_dynamics", of("32.76") + " AND year = 2023") == [
        (700, 100, 600, Decimal("85.7143"), 3, Decimal("4138.78"), 3, Decimal("5771.43"), "exporter_unknown")]


def test_nothing_is_said_of_a_year_that_is_not_whole(rows):
    assert rows("exporters, fob_usd, top5_firms_usd, hhi_products, hhi_markets", "mart_exporter_dynamics",
                of("32.01") + " AND year = 2025") == [(1, 3000, None, None, None)]


def test_two_keys_of_one_business_are_one_exporter(resolved_rows):
    assert resolved_rows(COUNTS, "mart_exporter_dynamics", of("32.76") + " AND year BETWEEN 2022 AND 2024") == [
        (2022, 2, None, None, None, None, None, None, None),
        # C is A under another number and D is B: nobody is new, and nobody is gone.
        (2023, 2, 0, 2, 0, 0, Decimal("0.0000"), Decimal("0.0000"), None),
        (2024, 2, 1, 1, 1, None, Decimal("50.0000"), Decimal("50.0000"), None)]
    # Trader, A with C, B with D; and in 2024 trader, A with C, E, one of Bandung.
    assert resolved_rows("year, exporters, entrants, exiters", "mart_exporter_dynamics",
                         of("32") + " AND year IN (2023, 2024)") == [(2023, 3, 0, 0), (2024, 4, 2, 1)]


def test_the_largest_firms_are_businesses(resolved_rows):
    # Trader sells 1,000 a month; A with C 580, B with D 20, and 100 of nobody named.
    assert resolved_rows("fob_usd, unknown_exporter_usd, top5_firms_usd", "mart_exporter_dynamics",
                         of("32") + " AND year = 2023") == [(12700, 100, 12600)]


def test_who_is_known_by_name_only_is_counted_and_shown(rows, resolved_rows):
    unresolved = "year, exporters, exporters_unresolved, unresolved_share_pct"
    where = of("32.76") + " AND year IN (2021, 2023, 2024)"
    assert rows(unresolved, "mart_exporter_dynamics", where) == [
        (2021, 0, 0, None), (2023, 3, 3, Decimal("100.0000")), (2024, 3, 3, Decimal("100.0000"))]
    # In 2024 there is E beside A with C.
    assert resolved_rows(unresolved, "mart_exporter_dynamics", where) == [
        (2021, 0, 0, None), (2023, 2, 0, Decimal("0.0000")), (2024, 2, 1, Decimal("50.0000"))]
