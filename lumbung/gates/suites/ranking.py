"""The expectations of `mart_city_ranking`: the table whose figures are published."""

from lumbung.gates.suites.vocabulary import REPORTING_OFFICER, at_least, finds_nothing, not_null, one_of, suite, unique

LIST = ["rule_name", "basis", "is_synthetic", "province_code", "year", "through_month"]
KEY = [*LIST, "region_code"]
REASONS = ["below_floor", "few_exporters", "new", "no_exports", "rate_missing"]
METHOD = "docs: the method, on the ranking"


def ranking() -> dict:
    """The suite of the ranking."""
    one_list, row = ", ".join(LIST), ", ".join(KEY)
    mine = {"owner": REPORTING_OFFICER, "source": METHOD}
    return suite("marts", "mart_city_ranking", KEY, [
        unique(KEY, [], "A city stands in a list once.", owner=REPORTING_OFFICER),
        *(not_null(column, "Part of the grain.") for column in KEY),
        *(not_null(column, "A city that exported nothing has nothing, not unknown.")
          for column in ("base_usd", "current_usd", "change_usd", "exporters", "months_compared", "cities_ranked",
                         "cities_total")),
        *(at_least(column, 0, "Exports can't be below nothing.") for column in ("base_usd", "current_usd")),
        at_least("months_compared", 1, "A list compares at least one month.", **mine),
        one_of("basis", ["peb", "ska"], "PEB and SKA are two rankings, never added.", **mine),
        one_of("unranked_reason", REASONS, "A city without a rank is listed with one public reason.", **mine),
        finds_nothing("every_city_once", f"""
            select {one_list} from {{batch}} left join (
                select province_code, count(*) as in_province from marts.dim_region
                where is_current and region_level = 2 group by province_code) as province using (province_code)
            group by all having count(distinct region_code) is distinct from any_value(in_province)
            or count(*) <> any_value(cities_total) or count(distinct cities_total) <> 1""",
            "Ranked and unranked together are all kota and kabupaten of the province, 27 in West Java.", **mine),
        finds_nothing("ranks_without_gaps", f"""
            select {row} from (
                select *, rank() over (partition by {one_list} order by rank) as place
                from {{batch}} where rank is not null) as ranked
            where rank <> place""",
            "Ranks run from 1 with no place left out; equals share one.", **mine),
        finds_nothing("ranks_counted", f"""
            select {one_list} from {{batch}} group by all
            having count(rank) <> any_value(cities_ranked) or count(distinct cities_ranked) <> 1""",
            "The number of ranked cities in the title is the number of ranks.", **mine),
        finds_nothing("ranks_follow_growth", f"""
            select {row} from (
                select *, lag(growth_pct) over (partition by {one_list} order by rank, growth_pct desc) as before
                from {{batch}} where rank is not null) as ranked
            where growth_pct > before""",
            "No city stands below one that grew less.", **mine),
        finds_nothing("ranked_or_reason", f"""
            select {row} from {{batch}} where (rank is null) = (unranked_reason is null)""",
            "A city has a rank or a reason, and not both.", **mine),
        finds_nothing("change_adds_up", f"""
            select {row} from {{batch}} where change_usd <> current_usd - base_usd""",
            "The change is the current window less the base, to the cent.", **mine),
        finds_nothing("growth_adds_up", f"""
            select {row} from {{batch}}
            where (base_usd > 0) <> (growth_pct is not null)
            or abs(growth_pct::double - 100 * change_usd::double / nullif(base_usd, 0)::double) > 0.0051""",
            "Growth is the change over the base, to the second decimal, and only where there is a base.", **mine),
        finds_nothing("ranked_above_floor", f"""
            select {row} from (select {row}, rank, base_usd, exporters as counted from {{batch}}) as city
            join (select rule_name, basis, floor_usd, minimum_exporters from seeds.ranking_rules
                qualify rule_version = max(rule_version) over (partition by rule_name, basis)) as rule
            using (rule_name, basis)
            where rank is not null and (base_usd < floor_usd or counted < minimum_exporters)""",
            "A city that exports little, or through few, would win on percent: it is listed, not ranked.", **mine),
        finds_nothing("windows_equal_months", f"""
            select {row} from (
                select {row}, base_usd, current_usd from {{batch}}
                where months_compared = month(through_month)) as city
            left join (
                select basis, is_synthetic, region_code, month, fob_usd from marts.mart_city_export_month) as sent
            using (basis, is_synthetic, region_code)
            group by all
            having any_value(base_usd) <> coalesce(sum(fob_usd) filter (
                where month between make_date(year - 1, 1, 1) and through_month - interval 1 year), 0)
            or any_value(current_usd) <> coalesce(sum(fob_usd) filter (
                where month between make_date(year, 1, 1) and through_month), 0)""",
            "Where no month is left out, the windows are the sums of the same months of two years.", **mine),
    ])
