"""`mart_programme_outcome`: what became of those enrolled, trained and waiting, against figures worked by hand."""

from decimal import Decimal

import pytest

COUNTS = "members, censored, not_mature, mature, counted, exported, not_seen, unlinkable, is_withheld"
SHARES = "share_pct, share_least_pct, share_most_pct, wilson_low_pct, wilson_high_pct"
DIFFERENCE = "difference_pct, difference_low_pct, difference_high_pct, no_difference_reason"


@pytest.fixture
def row(outcomes):
    """The one row of a group: columns, breakdown, its code, cohort, arm, months, measure."""

    def read(columns: str, breakdown: str, code: str, cohort: str = "2022", arm: str = "trained", months: int = 12,
             measure: str = "export") -> tuple:
        [found] = outcomes.rows(
            f"SELECT {columns} FROM marts.mart_programme_outcome WHERE breakdown = '{breakdown}' "
            f"AND breakdown_code = '{code}' AND cohort = '{cohort}' AND arm = '{arm}' AND horizon_months = {months} "
            f"AND measure = '{measure}' AND NOT is_synthetic")
        return found

    return read


def pct(*values: str) -> tuple:
    return tuple(Decimal(value) for value in values)


def test_the_makers_that_depok_trained_in_2022(row):
    """d1 to d4, d6, d7 and d15 are seen; d9 and d10 have names only, of d11 a pair waits for review."""
    assert row(COUNTS, "office", "disdagin-depok") == (15, 0, 0, 15, 15, 7, 5, 3, False)
    # 7 of 12; of 15 between 7 and 10. Wilson: (7 + 1.9207) / (12 + 3.8415) = 0.5631, less and more 0.2436.
    assert row(SHARES, "office", "disdagin-depok") == pct("58.3333", "46.6667", "66.6667", "31.9511", "80.6740")


def test_who_waits_is_censored_when_it_enrols_anywhere(row):
    """w11 exported while it waited, and enrolled elsewhere before twelve months were over; P22's waited three weeks."""
    assert row(COUNTS, "office", "disdagin-depok", arm="waiting") == (26, 16, 0, 10, 10, 3, 4, 3, False)
    assert row("share_pct", "office", "disdagin-depok", arm="waiting") == pct("42.8571")


def test_the_difference_stands_between_newcombes_bounds(row):
    # 3 of 7: Wilson 15.82 to 74.95. 20 of a hundred against 30 are unlinkable: ten points apart may be compared.
    assert row(DIFFERENCE, "office", "disdagin-depok") == (*pct("15.4762", "-26.0718", "50.5476"), None)
    assert row(DIFFERENCE, "office", "disdagin-depok", arm="waiting") == (None, None, None, "is_waiting")


def test_a_first_export_is_of_those_at_risk(row):
    """d6, d7, d8 and d15 exported in the 24 months before; d14 did in 2019, too long ago to count."""
    assert row("exported_before, history_too_short, " + COUNTS, "office", "disdagin-depok", measure="first_export") == (
        4, 0, 15, 0, 0, 15, 11, 4, 4, 3, False)
    assert row("share_pct", "office", "disdagin-depok", measure="first_export") == pct("50.0000")


def test_without_two_years_of_data_before_nobody_is_at_risk(row):
    """Data begin in January 2019, and H20 in June 2020."""
    assert row("exported_before, history_too_short, counted", "programme", "H20", "2020",
               measure="first_export") == (0, 3, 0)
    assert row("counted, not_seen", "programme", "H20", "2020") == (3, 3)


def test_a_day_more_is_not_mature(row):
    """March 2024 is final: twelve months from 1 April 2023 are over, from 2 April not."""
    assert row(COUNTS, "programme", "P23", "2023") == (6, 0, 3, 3, 3, 0, 3, 0, False)
    assert row(COUNTS, "programme", "P23", "2023", months=6) == (6, 0, 0, 6, 6, 0, 6, 0, False)
    assert row("mature, share_pct, flags", "programme", "P23", "2023", months=24) == (0, None, "nobody_mature")
    assert str(row("last_final_month", "programme", "P23", "2023")[0]) == "2024-03-01"


def test_the_last_day_of_the_window_counts_and_the_next_does_not(row):
    assert row("exported", "programme", "P22", months=12)[0] == 7
    assert row("exported", "programme", "P22", months=24)[0] == 8       # d5 too
    assert row("exported, is_withheld", "programme", "P22", months=6) == (None, True)       # d1 and d4; d2 a day late


def test_thirteen_makers_of_one_shipment_have_no_interval(row):
    assert row("exported, not_seen, share_pct, wilson_low_pct, wilson_high_pct, no_difference_reason, flags",
               "programme", "T13") == (13, 3, Decimal("81.2500"), None, None, "one_shipment", "one_shipment")


def test_no_comparison_where_more_is_unknown_of_one_side(row):
    """None of those trained are unlinkable and three of ten of those waiting are."""
    assert row("share_pct, no_difference_reason, difference_pct", "programme", "U22") == (
        Decimal("30.0000"), "unlinkable_differ", None)


def test_one_or_two_are_withheld_and_a_second_cohort_with_them(row):
    """Of 2021 one exported. The total less 2022 and 2023 would tell it, so the smaller of these is withheld too."""
    hidden = (6, 0, 0, 6, None, None, None, None, True)
    assert row(COUNTS, "programme", "S", "2021") == row(COUNTS, "programme", "S", "2022") == hidden
    assert row(COUNTS, "programme", "S", "2023") == (10, 0, 0, 10, 10, 4, 6, 0, False)
    assert row(COUNTS, "programme", "S", "all") == (22, 0, 0, 22, 22, 8, 14, 0, False)
    assert row(f"{SHARES}, no_difference_reason, flags", "programme", "S", "2021") == (
        None, None, None, None, None, "withheld", "withheld")


def test_two_offices_foster_one_business(row, outcomes):
    """d12 is a member of both, under two party keys, and once in the total."""
    offices = [row("members", "office", office, "all")[0] for office in ("disdagin-depok", "disperindag-jabar")]
    assert row("members", "all", "all", "all")[0] == sum(offices) - 1
    assert outcomes.rows("SELECT agency_code, count(*) FROM marts.fct_programme_enrolment AS f "
                         "JOIN marts.bridge_party_business USING (party_key) WHERE ikm_id = 'ikm_d12' GROUP BY 1 "
                         "ORDER BY 1") == [("disdagin-depok", 1), ("disperindag-jabar", 1)]


def test_value_before_and_after_in_equal_windows(row):
    """February 2021 to January 2022 against March 2022 to February 2023; d4 sold in the month between only.

    Before: 0 0 0 0 50 100 200 400. After: 0 10 200 300 500 500 500 500. d1, d2, d3, d5, d6 rise.
    """
    assert row("valued, median_before_usd, median_after_usd, rising_share_pct", "programme", "P22") == (
        8, Decimal("25.00"), Decimal("400.00"), Decimal("62.5000"))


def test_milestones_follow_the_business(outcomes):
    """d6 exported before it was listed and after; d12 goes by another name at the other office."""
    assert [(str(day), before) for day, before in outcomes.rows(
        "SELECT first_export_on, exported_before FROM marts.fct_programme_enrolment "
        "WHERE party_key IN ('k1:d5', 'k1:d6', 'k1:d12') ORDER BY party_key")] == [
            ("None", False), ("2023-02-01", False), ("2022-09-01", True)]


def test_the_gate_finds_nothing_wrong(outcomes):
    from lumbung.gates import check

    failed = {(c.table, c.expectation) for c in check(outcomes.home, "run-1", "marts").checks if not c.success}
    assert {f for f in failed if f[0] in ("marts.mart_programme_outcome", "marts.fct_programme_enrolment",
                                          "marts.dim_programme", "marts.fct_readiness_assessment")} == set()
