"""The parts of a city's growth from the facts of a release, by the SQL that also makes `mart_growth_contribution`."""

import functools
from datetime import date

import duckdb
import jinja2

from lumbung.lake.home import PROJECT
from lumbung.months import next_month
from lumbung.report.windows import fetched

MACROS = PROJECT / "dbt_project" / "macros"
# The macro and those it calls.
FILES = ("dialect.sql", "money.sql", "shares.sql", "largest_remainder.sql", "months.sql", "ranking_lists.sql",
         "growth_contributions.sql")

# A release's tables as the macro wants them, cut to what one list of one city needs.
INPUTS = """
CREATE TEMP TABLE lists AS SELECT $rule_name AS rule_name, $rule_version AS rule_version, $basis AS basis,
    $is_synthetic AS is_synthetic, $province_code AS province_code, $year AS year,
    $through_month::DATE AS through_month;
CREATE TEMP TABLE list_months AS SELECT lists.*, unnest($current_months::DATE[]) AS current_month,
    unnest($base_months::DATE[]) AS base_month FROM lists;
CREATE TEMP TABLE places AS SELECT $region_code AS region_code, $province_code AS province_code;
CREATE TEMP VIEW parties AS FROM bridge_party_business;
CREATE TEMP TABLE cells AS
    SELECT 'peb' AS basis, is_synthetic, region_code, date_trunc('month', registered_on)::DATE AS export_month,
        exporter_party_key, left(hs_code, 6) AS hs6_code, destination_country_code, fob_usd, net_weight_kg
    FROM fct_export_item WHERE $basis = 'peb' AND is_in_scope AND region_code = $region_code
    AND is_synthetic = $is_synthetic AND registered_on >= $first_day AND registered_on < $end_day
    UNION ALL
    SELECT 'ska', is_synthetic, region_code, date_trunc('month', issued_on)::DATE, exporter_party_key,
        left(hs_code, 6), destination_country_code, value_usd, net_weight_kg
    FROM fct_certificate_item WHERE $basis = 'ska' AND region_code = $region_code
    AND is_synthetic = $is_synthetic AND issued_on >= $first_day AND issued_on < $end_day;
CREATE TEMP TABLE makers AS SELECT basis, is_synthetic, region_code, month AS export_month, maker_party_key, fob_usd
    FROM mart_maker_export_month WHERE basis = $basis AND region_code = $region_code AND is_synthetic = $is_synthetic;
CREATE TEMP TABLE theirs AS SELECT party_key, ikm_id FROM parties WHERE ikm_id <> 'unknown' AND ikm_id IN (
    SELECT ikm_id FROM cells JOIN parties ON exporter_party_key = party_key);
CREATE TEMP TABLE exporting AS
    SELECT DISTINCT is_synthetic, ikm_id, region_code, date_trunc('month', registered_on)::DATE AS export_month
    FROM fct_export_item JOIN theirs ON exporter_party_key = party_key
    WHERE is_synthetic = $is_synthetic AND registered_on >= $history_day AND registered_on < $end_day
    UNION
    SELECT DISTINCT is_synthetic, ikm_id, region_code, date_trunc('month', issued_on)::DATE
    FROM fct_certificate_item JOIN theirs ON exporter_party_key = party_key
    WHERE is_synthetic = $is_synthetic AND issued_on >= $history_day AND issued_on < $end_day;
CREATE TEMP TABLE province_months AS SELECT DISTINCT basis, is_synthetic, province_code, through_month AS export_month
    FROM mart_city_export_growth WHERE window_kind = 'month' AND is_month_complete
"""


def contributions(connection: duckdb.DuckDBPyConnection, city: dict, months: list[tuple[date, date]]) -> list[dict]:
    """The rows of `mart_growth_contribution` for one row of the ranking, `months` being what its list compares.

    `connection` is a release's; its temporary tables are made anew.
    """
    first, last = min(base for _, base in months), max(current for current, _ in months)
    entering = min(current for current, _ in months)
    values = {
        **{name: city[name] for name in ("rule_name", "rule_version", "basis", "is_synthetic", "province_code", "year",
                                         "through_month", "region_code")},
        "current_months": [current for current, _ in months], "base_months": [base for _, base in months],
        "first_day": first, "end_day": next_month(last), "history_day": entering.replace(year=entering.year - 2)}
    for statement in INPUTS.split(";"):
        named = {name: value for name, value in values.items() if f"${name}" in statement}
        connection.execute(statement.replace("CREATE TEMP", "CREATE OR REPLACE TEMP"), named)
    return fetched(connection, _sql())


@functools.cache
def _sql() -> str:
    text = "".join((MACROS / name).read_text(encoding="utf-8") for name in FILES)
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)  # noqa: S701 SQL, not HTML
    macros = environment.from_string(text + "{{ growth_contributions() }}").render(execute=False)
    return f"with {macros} select * from contributions order by decomposition, size_rank"
