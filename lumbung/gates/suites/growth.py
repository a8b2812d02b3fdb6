"""The expectations of `mart_city_export_growth` and of the revisions of a month."""

from lumbung.gates.suites.vocabulary import (
    REPORTING_OFFICER,
    at_least,
    finds_nothing,
    known_to,
    not_null,
    one_of,
    suite,
    unique,
)

METHOD = "docs/method.md"
BASES = ["peb", "ska"]
OWNED = {"owner": REPORTING_OFFICER, "source": METHOD}


def suites() -> list[dict]:
    """Growth of cities, and how a month changed after it was over."""
    return [_growth(), _revisions()]


def _growth() -> dict:
    key = ["basis", "is_synthetic", "region_code", "window_kind", "through_month"]
    row = ", ".join(key)
    return suite("marts", "mart_city_export_growth", key, [
        unique(key, [], "A city has one window of a kind a month."),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "A city that exported nothing has nothing, not unknown.")
          for column in ("base_usd", "current_usd", "change_usd", "fob_usd", "base_exporters", "exporters",
                         "exporters_unresolved", "months_compared", "is_comparable", "is_month_complete")),
        *(at_least(column, 0, "Exports, exporters and months can't be below nothing.")
          for column in ("base_usd", "current_usd", "fob_usd", "base_exporters", "exporters", "exporters_unresolved",
                         "months_compared")),
        one_of("basis", BASES, "PEB and SKA are two series, never added.", **OWNED),
        one_of("window_kind", ["month", "year_to_date", "trailing_12_months"], "A window is one of three.", **OWNED),
        one_of("no_growth_reason", ["no_month_to_compare", "rate_missing", "new", "no_exports"],
               "A city without growth says why.", **OWNED),
        known_to("region_code", "marts.dim_region", "region_code", key, "Every row joins its region."),
        finds_nothing("change_adds_up", f"""
            select {row} from {{batch}} where change_usd <> current_usd - base_usd""",
            "The change is the current window less the base, to the cent.", **OWNED),
        finds_nothing("growth_adds_up", f"""
            select {row} from {{batch}} where (base_usd > 0) <> (growth_pct is not null)
            or abs(growth_pct::double - 100 * change_usd::double / nullif(base_usd, 0)::double) > 0.0051""",
            "Growth is the change over the base, to the second decimal, and only where there is a base.", **OWNED),
        finds_nothing("growth_or_reason", f"""
            select {row} from {{batch}} where (growth_pct is null) = (no_growth_reason is null)""",
            "A window has growth or a reason why not, and not both.", **OWNED),
        finds_nothing("comparable_when_whole", f"""
            select {row} from {{batch}}
            where months_compared > months_in_window or is_comparable <> (months_compared = months_in_window)""",
            "A window is called comparable when both years have all its months.", **OWNED),
        finds_nothing("equals_month_mart", """
            select basis, is_synthetic, region_code, through_month from {batch}
            left join (select basis, is_synthetic, region_code, month as through_month, fob_usd as sent_usd
                from marts.mart_city_export_month) as sent
            using (basis, is_synthetic, region_code, through_month)
            where window_kind = 'month' and fob_usd <> coalesce(sent_usd, 0)""",
            "A month is what the city's month says."),
        finds_nothing("windows_are_sums", """
            with rows as (select * from {batch})
            select longer.basis, longer.is_synthetic, longer.region_code, longer.window_kind, longer.through_month
            from rows as longer join rows as months
            on months.window_kind = 'month' and longer.window_kind <> 'month' and months.basis = longer.basis
            and months.is_synthetic = longer.is_synthetic and months.region_code = longer.region_code
            and months.through_month <= longer.through_month
            and case when longer.window_kind = 'year_to_date'
                then year(months.through_month) = year(longer.through_month)
                else months.through_month > longer.through_month - interval 12 month end
            group by all
            having sum(months.base_usd) <> any_value(longer.base_usd)
            or sum(months.current_usd) <> any_value(longer.current_usd)
            or sum(months.fob_usd) <> any_value(longer.fob_usd)
            or sum(months.months_compared) <> any_value(longer.months_compared)""",
            "A longer window is the sum of its months, on both sides."),
        finds_nothing("agrees_with_ranking", """
            select basis, is_synthetic, region_code, through_month
            from (select distinct basis, is_synthetic, region_code, through_month, base_usd as ranked_base_usd,
                current_usd as ranked_usd, exporters as ranked_exporters, exporters_unresolved as ranked_unresolved
                from marts.mart_city_ranking where rule_name = 'headline' and is_in_force
                and rule_version = 1) as ranked
            left join (select * from {batch} where window_kind = 'year_to_date') as growth
            using (basis, is_synthetic, region_code, through_month)
            where ranked_base_usd is distinct from base_usd or ranked_usd is distinct from current_usd
            or ranked_exporters is distinct from exporters
            or ranked_unresolved is distinct from exporters_unresolved""",
            "Two marts that tell one city two growths make both unusable.", **OWNED),
    ])


def _revisions() -> dict:
    key = ["basis", "is_synthetic", "place_level", "place_code", "reference_month", "lag_months"]
    row = ", ".join(key)
    return suite("marts", "mart_revision_triangle", key, [
        unique(key, [], "A month stood once at the end of a month."),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "A month in which nothing stood has nothing, not unknown.")
          for column in ("fob_usd", "latest_usd", "undated_usd")),
        *(at_least(column, 0, "What stood can't be below nothing: something was taken out that was never in.")
          for column in ("lag_months", "fob_usd", "latest_usd", "undated_usd")),
        one_of("basis", BASES, "PEB and SKA are two series, never added.", **OWNED),
        one_of("place_level", ["city", "province", "unknown"], "A place is one of these."),
        known_to("place_code", "marts.dim_region", "region_code", key, "Every row joins its place."),
        finds_nothing("change_adds_up", f"""
            select {row} from {{batch}} where change_since_usd is distinct from latest_usd - fob_usd""",
            "What changed since is today's figure less that of then.", **OWNED),
        finds_nothing("lag_is_months", f"""
            select {row} from {{batch}} where as_of_month is distinct from
            (reference_month + to_months(lag_months))::date""",
            "A lag is counted in months from the reference month."),
        finds_nothing("latest_is_month_mart", """
            select basis, is_synthetic, place_code, reference_month, lag_months from {batch}
            left join (select basis, is_synthetic, region_code as place_code, month as reference_month,
                fob_usd as sent_usd from marts.mart_city_export_month) as sent
            using (basis, is_synthetic, place_code, reference_month)
            where place_level <> 'province' and latest_usd <> coalesce(sent_usd, 0)""",
            "Today's figure is what the city's month says.", **OWNED),
    ])
