"""The expectations of the marts on exporters: who comes and goes, and whose exports are those of IKM."""

from lumbung.gates.suites.growth import BASES, OWNED
from lumbung.gates.suites.vocabulary import at_least, finds_nothing, known_to, not_null, one_of, suite, unique


def suites() -> list[dict]:
    """Exporters' coming and going, and the share of IKM."""
    return [_dynamics(), _ikm_share()]


def _dynamics() -> dict:
    key = ["basis", "is_synthetic", "place_level", "place_code", "year"]
    row = ", ".join(key)
    rates = {"entry_rate_pct": ("entrants", "exporters"), "exit_rate_pct": ("exiters", "exporters_last_year"),
             "survival_rate_pct": ("survivors", "entrants"),
             "unresolved_share_pct": ("exporters_unresolved", "exporters"),
             "top5_firms_share_pct": ("top5_firms_usd", "fob_usd")}
    wrong_rates = " or ".join(f"abs({rate}::double - 100 * {part}::double / nullif({whole}, 0)::double) > 0.000051"
                              for rate, (part, whole) in rates.items())
    return suite("marts", "mart_exporter_dynamics", key, [
        unique(key, [], "A place has one line a year."),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "A place where nobody exported has none, not unknown.")
          for column in ("exporters", "exporters_unresolved", "fob_usd", "unknown_exporter_usd", "months_covered",
                         "is_whole_year")),
        *(at_least(column, 0, "A count or amount can't be below nothing.")
          for column in ("exporters", "exporters_unresolved", "entrants", "continuing", "exiters", "survivors",
                         "fob_usd", "unknown_exporter_usd")),
        one_of("basis", BASES, "PEB and SKA are two series, never added.", **OWNED),
        one_of("place_level", ["city", "province"], "A place is a city or a province."),
        known_to("place_code", "marts.dim_region", "region_code", key, "Every row joins its place."),
        finds_nothing("flows_add_up", f"""
            select {row} from {{batch}}
            where exporters <> entrants + continuing or exporters_last_year <> continuing + exiters
            or survivors > entrants or exporters_unresolved > exporters""",
            "Whoever is there came or stayed, and whoever was there stayed or went.", **OWNED),
        finds_nothing("last_year_agrees", """
            with rows as (select * from {batch})
            select this_year.basis, this_year.is_synthetic, this_year.place_level, this_year.place_code,
                this_year.year
            from rows as this_year join rows as year_before
            on this_year.basis = year_before.basis and this_year.is_synthetic = year_before.is_synthetic
            and this_year.place_level = year_before.place_level and this_year.place_code = year_before.place_code
            and this_year.year = year_before.year + 1
            where this_year.exporters_last_year <> year_before.exporters
            or this_year.continuing < year_before.survivors""",
            "Last year's exporters are those of last year's line, and who came and stayed is among those continuing."),
        finds_nothing("rates_add_up", f"select {row} from {{batch}} where {wrong_rates}",
                      "A rate is its part over its whole, to the fourth decimal.", **OWNED),
        finds_nothing("only_whole_years", f"""
            select {row} from {{batch}} where is_whole_year <> (months_covered = 12)
            or (not is_whole_year
                and coalesce(entrants, exiters, survivors, top5_firms_usd, hhi_products, hhi_markets) is not null)""",
            "A year that lacks a month has no rates and no concentration.", **OWNED),
        finds_nothing("concentration_in_range", f"""
            select {row} from {{batch}}
            where hhi_products > 10000 or hhi_markets > 10000
            or hhi_products < 10000.0 / products - 0.01 or hhi_markets < 10000.0 / markets - 0.01""",
            "The index lies between an even spread and all in one.", **OWNED),
        finds_nothing("equals_month_mart", """
            select basis, is_synthetic, place_code, year from (select * from {batch} where place_level = 'city') as city
            left join (select basis, is_synthetic, region_code as place_code, year(month) as year,
                sum(fob_usd) as sent_usd from marts.mart_city_export_month group by all) as sent
            using (basis, is_synthetic, place_code, year)
            where fob_usd <> coalesce(sent_usd, 0)""",
            "A year is the sum of the city's months."),
    ])


def _ikm_share() -> dict:
    key = ["basis", "is_synthetic", "place_level", "place_code", "period_kind", "period_start"]
    row = ", ".join(key)
    parts = ["ikm_usd", "not_ikm_usd", "no_roster_usd", "unknown_exporter_usd"]
    return suite("marts", "mart_ikm_share", key, [
        unique(key, [], "A place has one line a period."),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "An amount that is not there is nothing, not unknown.") for column in ["fob_usd", *parts]),
        *(at_least(column, 0, "A count or amount can't be below nothing.")
          for column in ["fob_usd", *parts, "exporters", "ikm_exporters", "exporters_unresolved"]),
        one_of("basis", BASES, "PEB and SKA are two series, never added.", **OWNED),
        one_of("place_level", ["city", "province", "unknown"], "A place is one of these."),
        one_of("period_kind", ["month", "year"], "A period is a month or a year."),
        known_to("place_code", "marts.dim_region", "region_code", key, "Every row joins its place."),
        finds_nothing("parts_add_up", f"""
            select {row} from {{batch}} where fob_usd <> {' + '.join(parts)}
            or exporters <> ikm_exporters + not_ikm_exporters + no_roster_exporters
            or exporters_unresolved > exporters""",
            "IKM, others, and what nobody can say are all there is, to the cent.", **OWNED),
        finds_nothing("share_within_bounds", f"""
            select {row} from {{batch}}
            where ikm_share_least_pct > ikm_share_most_pct or not ikm_share_pct between ikm_share_least_pct - 0.0001
            and ikm_share_most_pct + 0.0001""",
            "The share lies between none and all of the unknown being IKM.", **OWNED),
        finds_nothing("no_share_without_roster", f"""
            select {row} from {{batch}} where (ikm_share_pct is not null and no_roster_usd > 0)
            or (ikm_exporters_share_pct is not null and no_roster_exporters > 0)""",
            "Where a roster is missing, those found say nothing of those who could not be looked for.", **OWNED),
        finds_nothing("years_are_sums", """
            with rows as (select * from {batch})
            select years.basis, years.is_synthetic, years.place_level, years.place_code, years.period_start
            from rows as years left join rows as months
            on months.period_kind = 'month' and months.basis = years.basis
            and months.is_synthetic = years.is_synthetic and months.place_level = years.place_level
            and months.place_code = years.place_code and year(months.period_start) = year(years.period_start)
            where years.period_kind = 'year' group by all
            having any_value(years.fob_usd) is distinct from sum(months.fob_usd)
            or any_value(years.ikm_usd) is distinct from sum(months.ikm_usd)""",
            "A year is the sum of its months."),
        finds_nothing("equals_month_mart", """
            select basis, is_synthetic, place_code, period_start from {batch}
            left join (select basis, is_synthetic, region_code as place_code, month as period_start,
                fob_usd as sent_usd from marts.mart_city_export_month) as sent
            using (basis, is_synthetic, place_code, period_start)
            where period_kind = 'month' and place_level <> 'province' and fob_usd <> coalesce(sent_usd, 0)""",
            "All there is, is what the city's month says."),
    ])
