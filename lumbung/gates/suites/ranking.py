"""The expectations of `mart_city_ranking`: the table whose figures are published."""

from lumbung.gates.suites.vocabulary import REPORTING_OFFICER, at_least, finds_nothing, not_null, one_of, suite, unique

LIST = ["rule_name", "rule_version", "basis", "is_synthetic", "province_code", "year", "through_month"]
KEY = [*LIST, "region_code"]
REASONS = ["no_month_to_compare", "below_floor", "few_exporters", "coverage", "rate_missing", "new", "no_exports"]
METHOD = "docs/method.md"
MINE = {"owner": REPORTING_OFFICER, "source": METHOD}


def ranking() -> dict:
    """The suite of the ranking."""
    return suite("marts", "mart_city_ranking", KEY, [
        unique(KEY, [], "A city stands in a list once.", owner=REPORTING_OFFICER),
        *(not_null(column, "Part of the grain.") for column in KEY),
        *(not_null(column, "A city that exported nothing has nothing, not unknown.")
          for column in ("base_usd", "current_usd", "change_usd", "base_amount", "current_amount", "base_coverage_pct",
                         "current_coverage_pct", "exporters", "months_compared", "cities_ranked", "cities_total")),
        *(not_null(column, "A list says by which rule it is made, and whether it is final.")
          for column in ("is_in_force", "is_final")),
        *(at_least(column, 0, "Exports and shares can't be below nothing.")
          for column in ("base_usd", "current_usd", "base_amount", "current_amount", "base_coverage_pct",
                         "current_coverage_pct", "match_rate_pct", "months_compared")),
        one_of("basis", ["peb", "ska"], "PEB and SKA are two rankings, never added.", **MINE),
        one_of("unranked_reason", REASONS, "A city without a rank is listed with one public reason.", **MINE),
        one_of("measure", ["fob_usd", "fob_idr", "net_weight_kg"], "Growth is of one of these.", **MINE),
        *_lists(), *_ranks(), *_figures()])


def _lists() -> list[dict]:
    one_list, row = ", ".join(LIST), ", ".join(KEY)
    return [
        finds_nothing("every_city_once", f"""
            select {one_list} from {{batch}} left join (
                select province_code, count(*) as in_province from marts.dim_region
                where is_current and region_level = 2 group by province_code) as province using (province_code)
            group by all having count(distinct region_code) is distinct from any_value(in_province)
            or count(*) <> any_value(cities_total) or count(distinct cities_total) <> 1""",
            "Ranked and unranked together are all kota and kabupaten of the province, 27 in West Java.", **MINE),
        finds_nothing("one_version_in_force", """
            select rule_name, basis, is_synthetic, province_code, through_month from {batch} group by all
            having count(distinct rule_version) filter (where is_in_force) <> 1 or count(distinct rule_version) > 2""",
            "For a window one version of a rule is in force, and at most the one before runs beside it.", **MINE),
        finds_nothing("dated_before_window_closed", f"""
            select {row} from (select * from {{batch}}) as city
            join (select rule_name, rule_version, basis, valid_from from seeds.ranking_rules) as rule
            using (rule_name, rule_version, basis) where valid_from > last_day(through_month)""",
            "A rule dated after a window closed does not touch it.", **MINE),
        finds_nothing("final_after_the_lag", f"""
            select {row} from (select * from {{batch}}) as city
            join (select rule_name, rule_version, basis, lag_months from seeds.ranking_rules) as rule
            using (rule_name, rule_version, basis)
            where is_final and not coalesce(through_month + to_months(lag_months) <= cut_off_month, false)""",
            "A month is final when whole months have come for the lag of the rule.", **MINE),
        finds_nothing("months_add_up", f"""
            select {row} from {{batch}}
            where months_compared <> (length(months_used) + 1) // 8
            or len(list_intersect(string_split(months_used, ','), string_split(months_left_out, ','))) > 0
            or (months_compared = 0) <> (unranked_reason is not distinct from 'no_month_to_compare')""",
            "The months that are named are those that are counted; without any nothing is compared.", **MINE)]


def _ranks() -> list[dict]:
    one_list, row = ", ".join(LIST), ", ".join(KEY)
    return [
        finds_nothing("ranks_without_gaps", f"""
            select {row} from (
                select *, rank() over (partition by {one_list} order by rank) as expected_rank
                from {{batch}} where rank is not null) as ranked
            where rank <> expected_rank""",
            "Ranks run from 1 with no place left out; equals share one.", **MINE),
        finds_nothing("ranks_counted", f"""
            select {one_list} from {{batch}} group by all
            having count(rank) <> any_value(cities_ranked) or count(distinct cities_ranked) <> 1""",
            "The number of ranked cities in the title is the number of ranks.", **MINE),
        finds_nothing("ranks_follow_growth", f"""
            select {row} from (
                select *, lag(growth_pct) over (partition by {one_list} order by rank, growth_pct desc) as before
                from {{batch}} where rank is not null) as ranked
            where growth_pct > before""",
            "No city stands below one that grew less.", **MINE),
        finds_nothing("ranked_or_reason", f"""
            select {row} from {{batch}} where (rank is null) = (unranked_reason is null)""",
            "A city has a rank or a reason, and not both.", **MINE),
        finds_nothing("ranked_above_floor", f"""
            select {row} from (select {row}, rank, base_usd, exporters as counted from {{batch}}) as city
            join (select rule_name, rule_version, basis, floor_usd, minimum_exporters from seeds.ranking_rules) as rule
            using (rule_name, rule_version, basis)
            where rank is not null and (base_usd < floor_usd or counted < minimum_exporters)""",
            "A city that exports little, or through few, would win on percent: it is listed, not ranked.", **MINE),
        finds_nothing("ranked_with_like_coverage", f"""
            select {row} from (select {row}, rank, base_coverage_pct - current_coverage_pct as gap from {{batch}})
                as city
            join (select rule_name, rule_version, basis, max_coverage_gap_points from seeds.ranking_rules) as rule
            using (rule_name, rule_version, basis)
            where rank is not null and abs(gap) > max_coverage_gap_points""",
            "Where one window is seen less than the other, the difference would be taken for growth.", **MINE),
        finds_nothing("dependence_follows_ranks", f"""
            select {row} from {{batch}}
            where depends_on_few is distinct from if(rank is null, null, rank_without_largest is distinct from rank)
            or rank is null and rank_without_largest is not null""",
            "A rank depends on few where it is another without the largest exporter.", **MINE)]


def _figures() -> list[dict]:
    row = ", ".join(KEY)
    return [
        finds_nothing("change_adds_up", f"""
            select {row} from {{batch}} where change_usd <> current_usd - base_usd""",
            "The change is the current window less the base, to the cent.", **MINE),
        finds_nothing("dollars_are_the_measure", f"""
            select {row} from {{batch}}
            where measure = 'fob_usd' and (base_amount <> base_usd or current_amount <> current_usd)
            or measure <> 'fob_usd' and growth_at_base_rates_pct is not null""",
            "Where growth is of dollars, it is of the dollars shown; rates matter to dollars alone.", **MINE),
        finds_nothing("growth_adds_up", f"""
            select {row} from {{batch}}
            where (base_amount > 0) <> (growth_pct is not null)
            or abs(growth_pct::double - 100 * (current_amount - base_amount)::double
                / nullif(base_amount, 0)::double) > 0.0051
            or abs(midpoint_growth_pct::double - 200 * (current_amount - base_amount)::double
                / nullif(current_amount + base_amount, 0)::double) > 0.0051""",
            "Growth is the change over the base, or over the middle, to the second decimal.", **MINE),
        finds_nothing("shares_within_the_whole", f"""
            select {row} from {{batch}}
            where base_coverage_pct > 100 or current_coverage_pct > 100 or match_rate_pct > 100""",
            "No share is more than the whole.", **MINE),
        # The same months of the year before stand under twelve months later.
        finds_nothing("windows_equal_months", f"""
            select {row} from (
                select {row}, base_usd, current_usd, months_used from {{batch}} as city
                where rule_name in (select rule_name from seeds.ranking_rules where is_headline)
                and rule_version = 1) as city
            left join (
                select basis, is_synthetic, region_code, strftime(month + to_months(later), '%Y-%m') as month_used,
                    later = 0 as is_current, fob_usd
                from marts.mart_city_export_month, (values (0), (12)) as sides (later)) as sent
            on sent.basis = city.basis and sent.is_synthetic = city.is_synthetic
            and sent.region_code = city.region_code and contains(months_used, month_used)
            group by {", ".join(f"city.{column}" for column in KEY)}
            having any_value(base_usd) <> coalesce(sum(fob_usd) filter (where not is_current), 0)
            or any_value(current_usd) <> coalesce(sum(fob_usd) filter (where is_current), 0)""".replace(
                f"select {row} from (", f"select {', '.join(f'city.{column}' for column in KEY)} from (", 1),
            "The windows of the headline are the sums of the months it names, of both years.", **MINE)]
