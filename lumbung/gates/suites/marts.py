"""Gate marts: what facts, dimensions and marts must hold before anyone reads them."""

from lumbung.gates.suites import exporters, growth
from lumbung.gates.suites.conservation import conflicts, row_conservation
from lumbung.gates.suites.official_figures import bps_reconciliation
from lumbung.gates.suites.ranking import ranking
from lumbung.gates.suites.vocabulary import (
    at_least,
    finds_nothing,
    known_to,
    not_null,
    suite,
    unique,
    unique_items,
)

SYNTHETIC = "Made-up and real rows are never added, so each row says which it is."
TRACE = "Every figure leads to the file that it came in."
GRAIN = "A row that is there twice counts twice."
ECB = "European Central Bank daily rates: the last one holds over weekends and holidays, for seven days at most"
DECREE_2025 = "Ministry of Home Affairs, decree of 2025: 38 provinces, 514 kota and kabupaten"

SMALL_FACTS = {
    "fct_buyer_lead": ["lead_id"],
    "fct_exhibition_participation": ["event_code", "participation_number"],
    "fct_programme_target": ["target_id", "area_number"],
    "fct_readiness_assessment": ["visit_id"],
    "fct_reported_figure": ["figure_id"],
}


def suites() -> list[dict]:
    """One suite a gated table of the marts."""
    return [_export_items(), _certificate_items(), *(_small_fact(t, key) for t, key in SMALL_FACTS.items()),
            _regions(), _countries(), _source_files(), _city_months(), ranking(), row_conservation(),
            conflicts(), *growth.suites(), *exporters.suites(), bps_reconciliation()]


def _export_items() -> dict:
    keys = ["nomor_aju", "item_number", "row_number", "load_id"]
    row = ", ".join(keys)
    return suite("marts", "fct_export_item", keys[:-1], [
        *_fact(keys),
        unique_items(["is_synthetic", "nomor_aju"], "item_number", keys, GRAIN),
        *(not_null(column, "Part of the grain, or of every sum by time, place and goods.")
          for column in ("nomor_aju", "item_number", "registered_on", "hs_code", "currency", "stated_fob", "fob_idr",
                         "is_in_scope")),
        *(at_least(column, 0, "An export can't have a value or weight below nothing.")
          for column in ("stated_fob", "fob_usd", "fob_idr", "net_weight_kg")),
        known_to("destination_country_code", "marts.dim_country", "country_code", keys,
                 "Every row joins its country; unknown ones are the member ZZ."),
        *_in_dollars("fob_usd", "stated_fob", "registered_on", row),
        finds_nothing("declared_origin_mostly_known", """
            select 'region_code' as column_name from {batch}
            having count(*) filter (where region_code = '00.00') > 0.05 * count(*)""",
            "More than one item in twenty names no origin, so the ranking rests on the others.", severity="warning"),
    ])


def _certificate_items() -> dict:
    keys = ["certificate_number", "item_number", "row_number", "load_id"]
    row = ", ".join(keys)
    return suite("marts", "fct_certificate_item", keys[:-1], [
        *_fact(keys),
        unique_items(["is_synthetic", "certificate_number"], "item_number", keys, GRAIN),
        *(not_null(column, "Part of the grain, or of every sum by time, place and goods.")
          for column in ("certificate_number", "item_number", "issued_on", "hs_code", "value_basis")),
        *(at_least(column, 0, "A certificate can't have a value or weight below nothing.")
          for column in ("stated_value", "value_usd", "net_weight_kg")),
        known_to("destination_country_code", "marts.dim_country", "country_code", keys,
                 "Every row joins its country; unknown ones are the member ZZ."),
        known_to("maker_region_code", "marts.dim_region", "region_code", keys,
                 "Every row joins its maker's region; unknown ones are the member 00.00."),
        *_in_dollars("value_usd", "stated_value", "issued_on", row),
        finds_nothing("exporter_region_mostly_known", """
            select 'region_code' as column_name from {batch}
            having count(*) filter (where region_code = '00.00') > 0.05 * count(*)""",
            "More than one item in twenty has an exporter that neither certificate nor register places.",
            severity="warning"),
    ])


def _small_fact(table: str, key: list[str]) -> dict:
    keys = [*key, "row_number", "load_id"]
    return suite("marts", table, keys[:-1], [
        *_fact(keys),
        unique(["is_synthetic", *key], [c for c in keys if c not in key], GRAIN),
        *(not_null(column, "Part of the grain.") for column in key),
    ])


def _fact(keys: list[str]) -> list[dict]:
    return [
        not_null("is_synthetic", SYNTHETIC),
        not_null("has_conflict", "Whoever reads a row is told whether another file says otherwise."),
        not_null("region_code", "Every row has a place; unknown ones are the member 00.00."),
        not_null("load_id", TRACE),
        known_to("region_code", "marts.dim_region", "region_code", keys,
                 "Every row joins its region; unknown ones are the member 00.00."),
        known_to("load_id", "control.loads", "load_id", keys,
                 "A run reads the loads it pinned and no other; a withdrawn one leaves nothing behind."),
    ]


def _in_dollars(usd: str, stated: str, day: str, row: str) -> list[dict]:
    return [
        finds_nothing(f"{usd}_unless_no_rate", f"""
            select {row} from {{batch}}
            where {usd} is null and {stated} is not null and (currency = 'USD' or rate_date is not null)""",
            "A stated value is in dollars unless its rate is missing.", column=usd),
        finds_nothing(f"{usd}_by_a_rate", f"""
            select {row} from {{batch}}
            where {usd} is not null and currency is distinct from 'USD' and rate_date is null""",
            "A value in dollars without a rate was made up on the way.", column=usd),
        finds_nothing(f"{usd}_unchanged", f"""
            select {row} from {{batch}} where currency = 'USD' and {usd} <> {stated}""",
            "A value stated in dollars passes unchanged.", column=usd),
        finds_nothing("rate_not_stale", f"""
            select {row} from {{batch}}
            where rate_source = 'ecb' and ({day} < rate_date or {day} > rate_date + 7)""",
            "A rate older than seven days, or of a later day, is missing and not carried along.", source=ECB),
        finds_nothing("rates_mostly_there", f"""
            select '{usd}' as column_name from {{batch}}
            having count(*) filter (where {usd} is null and {stated} is not null) > 0.01 * count(*)""",
            "More than one item in a hundred has no exchange rate: load the weeks or days that are missing.",
            severity="warning"),
    ]


def _regions() -> dict:
    return suite("marts", "dim_region", ["region_code"], [
        not_null("region_code", GRAIN), not_null("region_name", "A place that is published has a name."),
        not_null("province_code", "Every region belongs to a province."),
        finds_nothing("key_unique", """
            select region_code from {batch} group by region_code having count(*) > 1""",
            "A code that stands for two regions would double every fact joined to it."),
        finds_nothing("all_kota_kabupaten", """
            select count(*) as kota_kabupaten from {batch}
            where is_current and region_level = 2 and region_code <> '00.00' having count(*) <> 514""",
            "The list of kota and kabupaten in force is whole.", source=DECREE_2025),
        finds_nothing("all_provinces", """
            select count(*) as provinces from {batch}
            where is_current and region_level = 1 having count(*) <> 38""",
            "The list of provinces in force is whole.", source=DECREE_2025),
        finds_nothing("west_java_has_27", """
            select count(*) as cities from {batch}
            where is_current and region_level = 2 and province_code = '32' having count(*) <> 27""",
            "A ranking of West Java is among 27.", source=DECREE_2025),
        finds_nothing("unknown_member", """
            select '00.00' as region_code where '00.00' not in (select region_code from {batch})""",
            "Facts without a known place need a member to join."),
    ])


def _countries() -> dict:
    return suite("marts", "dim_country", ["country_code"], [
        not_null("country_code", GRAIN),
        finds_nothing("key_unique", """
            select country_code from {batch} group by country_code having count(*) > 1""",
            "A code that stands for two countries would double every fact joined to it."),
        finds_nothing("country_code_pattern", """
            select country_code from {batch} where not regexp_full_match(country_code, '[A-Z]{{2}}')""",
            "Countries are known by two letters.", source="ISO 3166-1 alpha-2", column="country_code"),
        finds_nothing("unknown_member", """
            select 'ZZ' as country_code where 'ZZ' not in (select country_code from {batch})""",
            "Facts without a known country need a member to join."),
    ])


def _source_files() -> dict:
    return suite("marts", "dim_source_file", ["load_id"], [
        not_null("load_id", TRACE), not_null("file_name", TRACE), not_null("sha256", TRACE),
        finds_nothing("key_unique", "select load_id from {batch} group by load_id having count(*) > 1", GRAIN),
        finds_nothing("every_load_is_there", """
            select load_id from control.loads where load_id not in (select load_id from {batch})""", TRACE),
    ])


def _city_months() -> dict:
    key = ["basis", "is_synthetic", "region_code", "month"]
    grain = ", ".join(key)
    return suite("marts", "mart_city_export_month", key, [
        unique(key, [], GRAIN),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "A month without exports in scope is nothing, not unknown.")
          for column in ("fob_usd", "items", "documents", "exporters")),
        *(at_least(column, 0, "A sum or count of exports can't be below nothing.")
          for column in ("fob_usd", "fob_idr", "fob_usd_out_of_scope", "net_weight_kg", "items", "items_without_rate")),
        finds_nothing("month_is_first_day", f"""
            select {grain} from {{batch}} where month <> date_trunc('month', month)""",
            "A month is known by its first day."),
        finds_nothing("counts_in_order", f"""
            select {grain} from {{batch}}
            where exporters > documents or documents > items or items_without_rate > items""",
            "There are no more exporters than documents, nor more documents than items."),
        _equals_facts("peb", "fct_export_item", "registered_on", "fob_usd"),
        _equals_facts("ska", "fct_certificate_item", "issued_on", "value_usd"),
    ])


def _equals_facts(basis: str, fact: str, day: str, usd: str) -> dict:
    return finds_nothing(f"equals_{basis}_facts", f"""
        select '{basis}' as basis, is_synthetic, region_code, month from (
            select is_synthetic, region_code, date_trunc('month', {day})::date as month, sum({usd}) as usd,
                count(*) as rows from marts.{fact} group by all) as facts
        full join (
            select is_synthetic, region_code, month, sum(fob_usd + fob_usd_out_of_scope) as usd,
                sum(items + items_out_of_scope) as rows from {{batch}} where basis = '{basis}' group by all) as mart
        using (is_synthetic, region_code, month)
        where coalesce(facts.usd, 0) <> coalesce(mart.usd, 0) or coalesce(facts.rows, 0) <> coalesce(mart.rows, 0)""",
        "The mart and the facts agree to the cent and to the item, city by city and month by month.")
