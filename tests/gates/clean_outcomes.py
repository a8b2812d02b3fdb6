"""A clean `mart_programme_outcome` beside the enrolments of `clean_marts`: one compared, one withheld, one early."""

import duckdb

OUTCOMES = """
create table marts.mart_programme_outcome as
    select breakdown, breakdown_code, cohort, arm, 12 as horizon_months, 'export' as measure, false as is_synthetic,
        members, censored, not_mature, members - censored - not_mature as mature,
        if(is_withheld, null, 0) as exported_before, if(is_withheld, null, 0) as history_too_short,
        exported + not_seen + unlinkable as counted, exported, not_seen, unlinkable, is_withheld,
        (100 * exported / nullif(exported + not_seen, 0))::decimal(24, 4) as share_pct,
        (100 * exported / nullif(exported + not_seen + unlinkable, 0))::decimal(24, 4) as share_least_pct,
        (100 * (exported + unlinkable) / nullif(exported + not_seen + unlinkable, 0))::decimal(24, 4) as share_most_pct,
        wilson_low_pct::decimal(9, 4) as wilson_low_pct, wilson_high_pct::decimal(9, 4) as wilson_high_pct,
        difference_pct::decimal(9, 4) as difference_pct, difference_low_pct::decimal(9, 4) as difference_low_pct,
        difference_high_pct::decimal(9, 4) as difference_high_pct, no_difference_reason,
        valued::integer as valued, null::decimal(24, 2) as median_before_usd, null::decimal(24, 2) as median_after_usd,
        null::decimal(24, 4) as rising_share_pct
    from (values
        ('office', 'dinas', 'trained', 15, 0, 0, 7, 5, 3, false, 31.9511, 80.6740, 15.4762, -26.0718, 50.5476, null, 8),
        ('office', 'dinas', 'waiting', 26, 16, 0, 3, 4, 3, false, 15.8220, 74.9542, null, null, null, 'is_waiting', 3),
        ('programme', 'JATIM', 'trained', 1, 0, 1, 0, 0, 0, false, null, null, null, null, null, 'nobody_counted', 0),
        ('sector', 'aneka', 'trained', 9, 0, 0, null, null, null, true, null, null, null, null, null, 'withheld', null))
        as t (breakdown, breakdown_code, arm, members, censored, not_mature, exported, not_seen, unlinkable,
            is_withheld, wilson_low_pct, wilson_high_pct, difference_pct, difference_low_pct, difference_high_pct,
            no_difference_reason, valued),
        (values ('2023'), ('all')) as c (cohort);
"""


def make_outcomes(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the mart, clean, after the enrolments."""
    connection.execute(OUTCOMES)


_MART = "marts.mart_programme_outcome"
_ONE = "where breakdown = 'office' and arm = 'trained' and cohort = '2023'"
_WITHHELD = "where is_withheld and cohort = '2023'"

# (table, expectation) -> what spoils the whole
OUTCOME_FAULTS = {("mart_programme_outcome", name): fault for name, fault in {
    "key_unique": f"insert into {_MART} from {_MART} limit 1",
    "breakdown_known": f"update {_MART} set breakdown = 'island' {_ONE}",
    "arm_known": f"update {_MART} set arm = 'praised' {_ONE}",
    "measure_known": f"update {_MART} set measure = 'effect' {_ONE}",
    "horizon_months_known": f"update {_MART} set horizon_months = 7 {_ONE}",
    "no_difference_reason_known": f"update {_MART} set no_difference_reason = 'luck' {_WITHHELD}",
    "members_add_up": f"update {_MART} set members = members + 1 {_ONE}",
    "cohorts_add_up": f"update {_MART} set members = members + 1, censored = censored + 1 {_ONE}",
    "equals_enrolments": "update marts.fct_programme_enrolment set party_key = 'unknown' where row_number = 1",
    "shares_add_up": f"update {_MART} set share_most_pct = share_most_pct + 0.0001 {_ONE}",
    "intervals_hold_their_figure": f"update {_MART} set wilson_low_pct = 60 {_ONE}",
    "one_or_two_are_withheld": f"update {_MART} set unlinkable = 2 {_ONE}",
    "withheld_is_empty": f"update {_MART} set share_pct = 50 {_WITHHELD}",
    "not_withheld_alone": f"update {_MART} set is_withheld = false where is_withheld and cohort = 'all'",
    "withheld_together_is_no_small_count": f"""
        update {_MART} set is_withheld = true, exported = null, not_seen = null, unlinkable = null {_ONE};
        update {_MART} set exported = 2 where breakdown = 'office' and arm = 'trained' and cohort = 'all'""",
    "difference_or_reason": f"update {_MART} set no_difference_reason = null {_WITHHELD}",
    "like_with_like": f"update {_MART} set unlinkable = 0 where arm = 'waiting'",
}.items()}
