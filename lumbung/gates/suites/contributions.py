"""Gate marts: what growth is made of. Each decomposition holds the whole change, to the cent."""

from lumbung.gates.suites.growth import BASES, OWNED
from lumbung.gates.suites.ranking import LIST
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

DECOMPOSITIONS = ["exporter", "maker", "product", "market", "margin"]
ENTRIES = ["new", "returning", "moved", "unresolved", "history_too_short"]
MARGINS = ["entering", "leaving", "added", "dropped", "quantity", "price", "unsplit"]


def contributions() -> dict:
    """The suite of the parts of growth."""
    lists = list(dict.fromkeys([*LIST, "rule_version"]))
    key = [*lists, "region_code", "decomposition", "member_key"]
    row, city = ", ".join(key), ", ".join([*lists, "region_code"])
    ranked = f"select {city}, base_usd, current_usd, growth_pct from marts.mart_city_ranking"
    return suite("marts", "mart_growth_contribution", key, [
        unique(key, [], "A member has one part of a city's growth.", owner=REPORTING_OFFICER),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "A part has an amount.")
          for column in ("size_rank", "is_largest_exporter", "base_usd", "current_usd", "change_usd")),
        at_least("base_usd", 0, "Exports can't be below nothing."),
        at_least("size_rank", 1, "The largest change is the first."),
        one_of("basis", BASES, "PEB and SKA are two series, never added.", **OWNED),
        one_of("decomposition", DECOMPOSITIONS, "A change is divided in five ways.", **OWNED),
        one_of("entry_kind", ENTRIES, "Whoever enters is new only where nothing speaks against it.", **OWNED),
        known_to("region_code", "marts.dim_region", "region_code", key, "Every row joins its place."),
        finds_nothing("margin_known", f"""
            select {row} from {{batch}} where decomposition = 'margin'
            and member_key not in ({', '.join(f"'{margin}'" for margin in MARGINS)})""",
            "Margins are those of the method.", **OWNED),
        finds_nothing("adds_up_to_the_ranking", f"""
            select {city}, decomposition from (
                select {city}, decomposition, base_usd, current_usd
                from ({ranked}) cross join (select unnest({DECOMPOSITIONS}) as decomposition)
                where base_usd > 0 or current_usd > 0) as cities
            semi join {{batch}} as explained using ({', '.join(lists)})
            left join (
                select {city}, decomposition, sum(base_usd) as base_sum, sum(current_usd) as current_sum
                from {{batch}} group by all) as parts using ({city}, decomposition)
            where base_sum is distinct from base_usd or current_sum is distinct from current_usd""",
            "Each decomposition adds up to both windows of the ranking, to the cent.", **OWNED),
        finds_nothing("decompositions_agree", f"""
            select {city} from (
                select {city}, decomposition, sum(base_usd) as base_sum, sum(current_usd) as current_sum
                from {{batch}} group by all)
            group by all having count(*) <> {len(DECOMPOSITIONS)}
            or count(distinct base_sum) > 1 or count(distinct current_sum) > 1""",
            "All five divide the same change, also of what is in no city.", **OWNED),
        finds_nothing("change_adds_up", f"""
            select {row} from {{batch}} where change_usd <> current_usd - base_usd""",
            "The change is the current window less the base, to the cent.", **OWNED),
        finds_nothing("points_add_up", f"""
            select {city}, decomposition from (
                select {city}, decomposition, sum(points) as all_points from {{batch}} group by all)
            join ({ranked}) using ({city}) where all_points is distinct from growth_pct""",
            "Points add up to the growth that is printed.", **OWNED),
        finds_nothing("points_are_of_the_change", f"""
            select {row} from (
                select *, sum(base_usd) over (partition by {city}, decomposition) as city_usd from {{batch}})
            where (points is null) <> (city_usd = 0)
            or abs(points::double - 100 * change_usd::double / nullif(city_usd, 0)::double) > 0.0151""",
            "Points are the change over the city's base, to the hundredth that largest remainder moves.", **OWNED),
        finds_nothing("entry_of_whoever_enters", f"""
            select {row} from {{batch}}
            where (entry_kind is not null) <> (decomposition = 'exporter' and base_usd = 0 and current_usd > 0)""",
            "Every exporter that enters has its kind, and nothing else has one.", **OWNED),
        finds_nothing("one_largest_exporter", f"""
            select {city} from {{batch}}
            where is_largest_exporter or decomposition = 'exporter' and member_key <> 'unknown'
            group by all
            having count(*) filter (where is_largest_exporter) <> 1
            or any_value(decomposition) filter (where is_largest_exporter) <> 'exporter'
            or any_value(current_usd) filter (where is_largest_exporter) <> max(current_usd)""",
            "What stays without the largest exporter is told of the one that sells most.", **OWNED),
        finds_nothing("largest_first", f"""
            select {row} from (
                select *, row_number() over (
                    partition by {city}, decomposition order by abs(change_usd) desc, member_key) as place
                from {{batch}})
            where size_rank <> place""",
            "The first is the largest change, either way.", **OWNED),
    ])
