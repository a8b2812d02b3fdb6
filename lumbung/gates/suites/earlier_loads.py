"""Gate raw: a load against the day it landed and against what its agency sent before (lumbung/gates/raw_views.py).

A warning says what is unlike the agency; only what no right file can hold refuses a load.
"""

from lumbung.gates.suites.vocabulary import finds_nothing, within

# A file lands on one day in Jakarta and on the next in Papua; a week of customs rates is announced before it begins.
GRACE_DAYS = "case feed when 'exchange_rate' then 14 else 1 end"
FIRST_DAY = "date '1990-01-01'"
# Each of their rows is dated by what happened. Elsewhere one date stands for a whole list, and may lie some days ahead.
DATED_BY_EVENT = "('peb', 'ska', 'readiness_assessment', 'exchange_rate')"


def against_earlier_loads() -> list[dict]:
    """What the profile is held to beside its own counts."""
    return [
        within("rows_like_its_history", """
            select feed, agency, load_id, round(loads.rows_accepted / median(history.rows), 4) as observed
            from {batch} as loads join raw.load_history as history using (load_id)
            where history.is_alike group by feed, agency, load_id, loads.rows_accepted having count(*) >= 4""",
            "The file has less than a fifth or more than five times the rows that this agency's files of the feed "
            "have: part of it may be missing, or several months may have been put together.",
            at_least=0.2, at_most=5, severity="warning"),
        finds_nothing("dates_not_after_landing", f"""
            select load_id from {{batch}} join raw.load_days using (load_id)
            where feed in {DATED_BY_EVENT} group by load_id
            having 2 * coalesce(sum(rows) filter (where day > landed_on + ({GRACE_DAYS})), 0) > sum(rows)""",
            "Most rows are dated after the day the file came: the dates were read otherwise than they were meant."),
        finds_nothing("some_dates_after_landing", f"""
            select load_id from {{batch}} join raw.load_days using (load_id)
            where day > landed_on + ({GRACE_DAYS}) group by load_id""",
            "Rows are dated after the day the file came: ask the office what day is meant.", severity="warning"),
        finds_nothing("period_within_reason", f"""
            select load_id from {{batch}} join raw.load_days using (load_id) group by load_id
            having 2 * coalesce(sum(rows) filter (where day < {FIRST_DAY}), 0) > sum(rows)""",
            "Most rows are dated before 1990, before any of these lists were kept: the dates were read otherwise than "
            "they were meant."),
        finds_nothing("some_dates_before_1990", f"""
            select load_id from {{batch}} join raw.load_days using (load_id)
            where day < {FIRST_DAY} group by load_id""",
            "Rows are dated before 1990, before any of these lists were kept: ask the office what year is meant.",
            severity="warning"),
        finds_nothing("period_follows_the_last", """
            with covered as (
                select load_id, agency, this.first_month, max(history.last_month) as last_month
                from {batch} join raw.load_covers as this using (load_id) join raw.load_history as history
                using (load_id) where is_due_monthly group by load_id, agency, this.first_month),
            missing as (
                select load_id, agency, unnest(generate_series(
                    last_month + interval 1 month, first_month - interval 1 month, interval 1 month))::date as month
                from covered where first_month > last_month)
            select distinct load_id from missing anti join raw.nil_months as nil
            on missing.agency = nil.agency and missing.month = nil.month""",
            "Between the last month this agency sent and the first of this file lie whole months of which nothing "
            "came: ask for them, or write down that there was nothing to send.", severity="warning",
            source="frequency of the feed's contract"),
        finds_nothing("columns_as_last_time", """
            with missing as (
                select load_id, unnest(empty) as column_name from raw.load_covers where rows >= 10),
            used as (
                select load_id, unnest(filled) as column_name from raw.load_history where is_alike and nth <= 3)
            select load_id, column_name from missing join used using (load_id, column_name)
            where load_id in (select load_id from {batch}) group by all having count(*) = 3""",
            "A column that this agency's last three files filled is empty in all rows: its title may have changed.",
            severity="warning"),
    ]
