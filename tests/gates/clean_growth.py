"""Clean parts of growth beside the marts of `clean_marts`: the newest list a year, two halves a city."""

import duckdb

CONTRIBUTIONS = """
create table marts.mart_growth_contribution as
    with cities as (
        select * from marts.mart_city_ranking
        where rule_name = 'headline' and (base_usd > 0 or current_usd > 0)
        qualify through_month = max(through_month) over (
            partition by rule_name, basis, is_synthetic, province_code, year)),
    members (decomposition, member_key, part) as (values
        ('exporter', 'ikm_1', 1), ('exporter', 'ikm_2', 2), ('maker', 'ikm_1', 1), ('maker', 'ikm_3', 2),
        ('product', '460211', 1), ('product', '940360', 2), ('market', 'AU', 1), ('market', 'JP', 2),
        ('margin', 'entering', 2), ('margin', 'leaving', 1)),
    -- The first has the base, the second the current window.
    parts as (
        select cities.*, decomposition, member_key, part,
            if(part = 1, base_usd, 0)::decimal(24, 2) as part_base,
            if(part = 2, current_usd, 0)::decimal(24, 2) as part_current
        from cities cross join members)
    select rule_name, rule_version, basis, is_synthetic, province_code, year, through_month, region_code, decomposition,
        member_key, (row_number() over (
            partition by rule_name, basis, is_synthetic, province_code, year, through_month, region_code, decomposition
            order by abs(part_current - part_base) desc, member_key))::int as size_rank,
        if(decomposition = 'exporter' and part = 2 and part_current > 0, 'new', null) as entry_kind,
        decomposition = 'exporter' and part = if(current_usd > 0, 2, 1) as is_largest_exporter,
        part_base as base_usd, part_current as current_usd, (part_current - part_base)::decimal(24, 2) as change_usd,
        if(base_usd > 0, if(part = 1, -100, growth_pct + 100), null)::decimal(24, 2) as points,
        if(part = 1, -200, 200)::decimal(24, 2) as midpoint_growth_pct,
        (100 * (part_base + part_current) / (base_usd + current_usd))::decimal(24, 4) as midpoint_weight_pct
    from parts;
"""


def make_contributions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the mart, clean, after the ranking."""
    connection.execute(CONTRIBUTIONS)


_MART = "marts.mart_growth_contribution"
_ONE = "where rowid = (select min(rowid) from marts.mart_growth_contribution where base_usd > 0 and {})"


def _fault(setting: str, where: str = "true") -> str:
    return f"update {_MART} set {setting} {_ONE.format(where)}"


# (table, expectation) -> what spoils the whole
CONTRIBUTION_FAULTS = {(_MART.removeprefix("marts."), expectation): fault for expectation, fault in {
    "key_unique": f"insert into {_MART} from {_MART} limit 1",
    "basis_known": _fault("basis = 'both'"),
    "decomposition_known": _fault("decomposition = 'port'"),
    "entry_kind_known": _fault("entry_kind = 'baru'"),
    "region_code_in_dim_region": _fault("region_code = '??'"),
    "margin_known": _fault("member_key = 'luck'", "decomposition = 'margin'"),
    "adds_up_to_the_ranking": _fault("base_usd = base_usd + 0.01"),
    "decompositions_agree": f"delete from {_MART} where decomposition = 'maker'",
    "change_adds_up": _fault("change_usd = change_usd + 0.01"),
    "points_add_up": _fault("points = points + 0.01"),
    "points_are_of_the_change": f"update {_MART} set points = points + if(size_rank = 1, 1, -1)",
    "entry_of_whoever_enters": _fault("entry_kind = 'new'", "decomposition = 'product'"),
    "one_largest_exporter": f"update {_MART} set is_largest_exporter = not is_largest_exporter "
                            "where decomposition = 'exporter'",
    "largest_first": f"update {_MART} set size_rank = 3 - size_rank",
}.items()}
