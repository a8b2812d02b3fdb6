"""`mart_ikm_share`: whose exports are those of IKM, by the roster in force in the month."""

from decimal import Decimal

VALUE = "fob_usd, ikm_usd, not_ikm_usd, no_roster_usd, unknown_exporter_usd"
SHARES = "ikm_share_pct, ikm_share_least_pct, ikm_share_most_pct"


def of(place: str, kind: str, day: str) -> str:
    return (f"basis = 'peb' AND NOT is_synthetic AND place_code = '{place}' AND period_kind = '{kind}' "
            f"AND period_start = DATE '{day}'")


def test_the_edition_in_force_in_the_month_says_who_is_ikm(rows):
    # A stands in the roster of January 2022, C in that of March 2023 that takes its place.
    assert rows(f"{VALUE}, ikm_share_pct", "mart_ikm_share", of("32.76", "month", "2022-01-01")) == [
        (150, 100, 50, 0, 0, Decimal("66.6667"))]
    assert rows(f"{VALUE}, ikm_share_pct", "mart_ikm_share", of("32.76", "month", "2023-02-01")) == [
        (80, 0, 80, 0, 0, Decimal("0.0000"))]
    assert rows(f"{VALUE}, ikm_share_pct", "mart_ikm_share", of("32.76", "month", "2023-03-01")) == [
        (220, 100, 120, 0, 0, Decimal("45.4545"))]


def test_a_year_adds_its_months_and_shows_the_unknown_apart(rows):
    # IKM: A in January 300, C in March 100. Not: C in February 80, A and D in March 120. 100 name nobody.
    where = of("32.76", "year", "2023-01-01")
    assert rows(VALUE, "mart_ikm_share", where) == [(700, 400, 200, 0, 100)]
    assert rows(SHARES, "mart_ikm_share", where) == [(Decimal("66.6667"), Decimal("57.1429"), Decimal("71.4286"))]
    assert rows("exporters, ikm_exporters, not_ikm_exporters, ikm_exporters_share_pct", "mart_ikm_share", where) == [
        (3, 2, 1, Decimal("66.6667"))]


def test_where_no_roster_was_there_nobody_is_called_other_than_ikm(rows):
    assert rows(f"{VALUE}, {SHARES}, no_roster_exporters", "mart_ikm_share", of("32.01", "month", "2023-01-01")) == [
        (1000, 0, 0, 1000, 0, None, Decimal("0.0000"), Decimal("100.0000"), 1)]
    # The province is as little known as its cities.
    assert rows(f"{VALUE}, {SHARES}", "mart_ikm_share", of("32", "month", "2023-01-01")) == [
        (1300, 300, 0, 1000, 0, None, Decimal("23.0769"), Decimal("100.0000"))]


def test_an_exporter_is_ikm_by_whichever_of_its_keys_a_roster_lists_it(resolved_rows):
    # The roster of 2022 lists A, and C is A; that of March 2023 lists C.
    assert resolved_rows(f"{VALUE}, ikm_share_pct", "mart_ikm_share", of("32.76", "month", "2023-02-01")) == [
        (80, 80, 0, 0, 0, Decimal("100.0000"))]
    assert resolved_rows(f"{VALUE}, ikm_share_pct", "mart_ikm_share", of("32.76", "month", "2023-03-01")) == [
        (220, 200, 20, 0, 0, Decimal("90.9091"))]
    counts = "exporters, ikm_exporters, not_ikm_exporters, exporters_unresolved"
    assert resolved_rows(f"{VALUE}, {counts}", "mart_ikm_share", of("32.76", "year", "2023-01-01")) == [
        (700, 580, 20, 0, 100, 2, 1, 1, 0)]
    assert resolved_rows(f"{VALUE}, {counts}", "mart_ikm_share", of("32.76", "year", "2024-01-01")) == [
        (30, 20, 10, 0, 0, 2, 1, 1, 1)]
