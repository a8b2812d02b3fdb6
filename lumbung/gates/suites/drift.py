"""City-months beside those before them and beside the last release: what fell silent, moved, or should stand.

`control.previous_city_months` holds what the release before says of them; it is empty where there is none.
"""

from lumbung.gates.suites.vocabulary import NEW_LOADS, REPORTING_OFFICER, finds_nothing, within

KEY = ["basis", "is_synthetic", "region_code", "month"]
# What only the documents of a month decide; who exporters are is another matter, and changes without them.
OF_DOCUMENTS = ["fob_usd", "fob_idr", "net_weight_kg", "items", "documents", "items_without_rate",
                "items_out_of_scope", "fob_usd_out_of_scope"]
MOVED_PCT, MOVED_USD, SHARE_POINTS = 20, 10_000, 25
# Five a month: where that many come by chance, none comes in one month of 150.
DOCUMENTS_IN_SIX_MONTHS = 30
MINE = {"severity": "warning", "owner": REPORTING_OFFICER}

# The newest month of a province that is complete. Where nobody is expected to deliver, any row makes a month count as
# complete, so there the last one may still be coming.
NEWEST = """
    complete as (
        select basis, is_synthetic, province_code, export_month as month from intermediate.int_ranking__complete_months
        where is_complete),
    newest as (
        select basis, is_synthetic, province_code, max(month) as month from (
            select *, month = max(month) over (partition by basis, is_synthetic, province_code) as is_last
            from complete)
        where not is_last or (basis, is_synthetic, province_code) in (
            select (basis, is_synthetic, province_code) from intermediate.int_ranking__expected_agencies)
        group by all),
    sent as (
        select basis, is_synthetic, province_code, region_code, month, fob_usd, items, documents
        from {batch}
        join (select region_code, province_code from marts.dim_region where is_current and region_level = 2) as region
        using (region_code))"""


def drift() -> list[dict]:
    """The checks of `mart_city_export_month` that look back."""
    return [_silent(), _moved(), _unchanged(), _share(), _level()]


def _silent() -> dict:
    return finds_nothing("no_city_falls_silent", f"""
        with {NEWEST}
        select basis, is_synthetic, region_code, newest.month from newest
        join sent using (basis, is_synthetic, province_code)
        join complete using (basis, is_synthetic, province_code)
        where sent.items > 0 and sent.month = complete.month and sent.month between newest.month - interval 6 month
        and newest.month
        group by all
        having count(*) filter (where sent.month < newest.month) = 6 and sum(documents) >= {DOCUMENTS_IN_SIX_MONTHS}
        and count(*) filter (where sent.month = newest.month) = 0""",
        f"A city that exported in each of the six months before, {DOCUMENTS_IN_SIX_MONTHS} documents in all, has "
        "nothing in the newest complete one: look whether a file is missing, or its place is written otherwise.",
        **MINE)


def _moved() -> dict:
    """Of cities that had any month; with the loads that came since, where they have rows of that city and month.

    The last month that was published may still have been coming.
    """
    return finds_nothing("months_of_last_release_stand", f"""
        with published as (
            select distinct basis, is_synthetic, region_code,
                max(month) over (partition by basis, is_synthetic) as last_month
            from control.previous_city_months),
        beside as (
            select {', '.join(KEY)}, coalesce(before.fob_usd, 0) as before_usd,
                abs(coalesce(now.fob_usd, 0) - coalesce(before.fob_usd, 0)) as moved_usd
            from {{batch}} as now full join control.previous_city_months as before using ({', '.join(KEY)})),
        moved as (
            select {', '.join(KEY)} from beside join published using (basis, is_synthetic, region_code)
            where month < last_month and moved_usd > {MOVED_USD} and moved_usd > {MOVED_PCT / 100} * before_usd),
        items as (
            select 'peb' as basis, is_synthetic, region_code, date_trunc('month', registered_on)::date as month, load_id
            from marts.fct_export_item union all
            select 'ska', is_synthetic, region_code, date_trunc('month', issued_on)::date, load_id
            from marts.fct_certificate_item),
        came as (
            select distinct {', '.join(KEY)}, load_id from items semi join moved using ({', '.join(KEY)})
            where load_id in {NEW_LOADS})
        select {', '.join(KEY)}, load_id from moved left join came using ({', '.join(KEY)})""",
        f"A published month of a city moved by more than {MOVED_PCT} % and USD {MOVED_USD:,} since the last release: "
        "corrections and late files do that, and so does a file of the wrong month.", counted_by=KEY, **MINE)


def _unchanged() -> dict:
    """Only where this build changed the one that the last release was made of, and so knows what it touched."""
    differs = " or ".join(f"now.{column} is distinct from before.{column}" for column in OF_DOCUMENTS)
    return finds_nothing("unchanged_months_stand", f"""
        with settled as (
            select 1 from control.built where state = 'settled'
            and release_id in (select release_id from control.previous_city_months))
        select {', '.join(KEY)} from {{batch}} as now
        full join control.previous_city_months as before using ({', '.join(KEY)})
        where ({differs}) and exists (from settled) and ({', '.join(KEY)}) not in (
            select (basis, is_synthetic, region_code, export_month) from changed.int_exports__changed_city_months)""",
        "A city's month of which no document changed is that of the last release to the cent; if it isn't, delete "
        "build/warehouse.duckdb, so that the next run builds all rows anew.")


def _share() -> dict:
    """Of cities that have or had a twentieth of their province, where it has twelve complete months before."""
    return within("share_of_city_steady", f"""
        with {NEWEST},
        shares as (
            select sent.*, newest.month as newest_month,
                100 * fob_usd / nullif(sum(fob_usd) over (
                    partition by basis, is_synthetic, province_code, sent.month), 0) as share_pct
            from sent join complete using (basis, is_synthetic, province_code, month)
            join newest using (basis, is_synthetic, province_code)
            where sent.month between newest.month - interval 12 month and newest.month),
        provinces as (
            select basis, is_synthetic, province_code from shares group by all
            having count(distinct month) = 13 and sum(fob_usd) filter (where month = newest_month) >= {10 * MOVED_USD}),
        beside as (
            select basis, is_synthetic, region_code, newest_month as month,
                coalesce(sum(share_pct) filter (where month = newest_month), 0) as now_pct,
                coalesce(sum(share_pct) filter (where month < newest_month), 0) / 12 as before_pct
            from shares join provinces using (basis, is_synthetic, province_code) group by all)
        select basis as feed, is_synthetic, region_code, month, round(now_pct - before_pct, 2)::double as observed
        from beside where greatest(now_pct, before_pct) >= 5 order by all""",
        f"A city's share of its province in the newest complete month is off its mean of the twelve before by more "
        f"than {SHARE_POINTS} points: one large file, or a place written otherwise, does that.",
        at_least=-SHARE_POINTS, at_most=SHARE_POINTS, **MINE)


def _level() -> dict:
    return within("newest_month_like_those_before", f"""
        with {NEWEST},
        months as (
            select basis, is_synthetic, province_code, month, sum(fob_usd) as usd
            from sent join complete using (basis, is_synthetic, province_code, month) group by all)
        select basis as feed, is_synthetic, province_code, newest.month,
            round(any_value(usd) filter (where months.month = newest.month)
                / nullif(median(usd) filter (where months.month < newest.month), 0), 4)::double as observed
        from newest join months using (basis, is_synthetic, province_code)
        where months.month between newest.month - interval 6 month and newest.month
        group by all having count(*) = 7 order by all""",
        "A province's newest complete month is less than a third or more than three times the median of the six "
        "before: look whether a file is missing or came twice.", at_least=0.33, at_most=3, **MINE)
