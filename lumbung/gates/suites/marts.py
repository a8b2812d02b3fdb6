"""Gate marts: what facts, dimensions and marts must hold before anyone reads them."""

from lumbung.gates.suites import applied, exporters, growth, makers, outcomes
from lumbung.gates.suites.against_staging import totals_equal_staging
from lumbung.gates.suites.bridges import bridges
from lumbung.gates.suites.conservation import conflicts, row_conservation
from lumbung.gates.suites.contributions import contributions
from lumbung.gates.suites.dimensions import dimensions
from lumbung.gates.suites.drift import drift
from lumbung.gates.suites.facts import GRAIN, JOINS, fact_row, small_facts
from lumbung.gates.suites.goods_prices import goods_prices
from lumbung.gates.suites.official_figures import bps_reconciliation
from lumbung.gates.suites.ranking import ranking
from lumbung.gates.suites.reported import reported_amounts
from lumbung.gates.suites.vocabulary import (
    at_least,
    finds_nothing,
    known_to,
    not_null,
    suite,
    unique,
    unique_items,
    within,
)

# What both big facts join besides region and country. The key of a certificate's maker is no member of a dimension.
JOINED = [("exporter_party_key", "dim_exporter", "party_key"), ("hs_code", "dim_product", "hs_code"),
          ("load_id", "dim_source_file", "load_id")]
ECB = "European Central Bank daily rates: the last one holds over weekends and holidays, for seven days at most"


def suites() -> list[dict]:
    """One suite a gated table of the marts."""
    return [_export_items(), _certificate_items(), *small_facts(), *dimensions(), *bridges(), _city_months(),
            ranking(), row_conservation(), conflicts(), reported_amounts(), *growth.suites(), *exporters.suites(),
            *makers.suites(), *outcomes.suites(), bps_reconciliation(), contributions(), *applied.suites()]


def _export_items() -> dict:
    keys = ["nomor_aju", "item_number", "row_number", "load_id"]
    row = ", ".join(keys)
    return suite("marts", "fct_export_item", keys[:-1], [
        *fact_row(keys),
        unique_items(["is_synthetic", "nomor_aju"], "item_number", keys, GRAIN),
        *(not_null(column, "Part of the grain, or of every sum by time, place and goods.")
          for column in ("nomor_aju", "item_number", "exporter_party_key", "registered_on", "hs_code", "currency",
                         "stated_fob", "fob_idr", "is_in_scope", "named_owners")),
        *(at_least(column, 0, "An export can't have a value or weight below nothing.")
          for column in ("stated_fob", "fob_usd", "fob_idr", "net_weight_kg")),
        known_to("destination_country_code", "marts.dim_country", "country_code", keys,
                 "Every row joins its country; unknown ones are the member ZZ."),
        *_joins("registered_on", keys),
        *_in_dollars("peb", "fct_export_item", "fob_usd", "stated_fob", "registered_on", row),
        totals_equal_staging("peb", "item_fob", "stated_fob",
                             counts="registration_number is not null and registered_on is not null"),
        *goods_prices("peb", "fct_export_item", "nomor_aju", "registered_on", "fob_usd", keys),
        finds_nothing("ndpbm_near_the_rate_of_the_day", f"""
            select {row} from {{batch}} as items
            join intermediate.int_exchange_rates_reference as reference
                on items.currency = reference.currency and items.registered_on = reference.day
            where items.ndpbm not between reference.lowest_ndpbm and reference.highest_ndpbm""",
            "The declared NDPBM is more than 5 % off the kurs pajak of that day (where it is not loaded, more than "
            "10 % off the European Central Bank's rate, which moves within the week): a slip of the pen, or a rate for "
            "100 units, and fob_idr with it.",
            severity="warning", column="ndpbm"),
        _share("declared_origin_mostly_known", "peb", "fct_export_item", "region_code = '00.00'", 5,
               "More than one item in twenty names no origin, so the ranking rests on the others."),
    ], feed="peb")


def _certificate_items() -> dict:
    keys = ["certificate_number", "item_number", "row_number", "load_id"]
    row = ", ".join(keys)
    return suite("marts", "fct_certificate_item", keys[:-1], [
        *fact_row(keys),
        unique_items(["is_synthetic", "certificate_number"], "item_number", keys, GRAIN),
        *(not_null(column, "Part of the grain, or of every sum by time, place and goods.")
          for column in ("certificate_number", "item_number", "exporter_party_key", "issued_on", "hs_code",
                         "value_basis")),
        *(at_least(column, 0, "A certificate can't have a value or weight below nothing.")
          for column in ("stated_value", "value_usd", "net_weight_kg")),
        known_to("destination_country_code", "marts.dim_country", "country_code", keys,
                 "Every row joins its country; unknown ones are the member ZZ."),
        known_to("maker_region_code", "marts.dim_region", "region_code", keys,
                 "Every row joins its maker's region; unknown ones are the member 00.00."),
        *_joins("issued_on", keys),
        *_in_dollars("ska", "fct_certificate_item", "value_usd", "stated_value", "issued_on", row),
        totals_equal_staging("ska", "item_value", "stated_value"),
        *goods_prices("ska", "fct_certificate_item", "certificate_number", "issued_on", "value_usd", keys),
        _share("exporter_region_mostly_known", "ska", "fct_certificate_item", "region_code = '00.00'", 5,
               "More than one item in twenty has an exporter that neither certificate nor register places."),
    ], feed="ska")


def _joins(day: str, keys: list[str]) -> list[dict]:
    return [known_to(column, f"marts.{dimension}", key, keys, JOINS)
            for column, dimension, key in [*JOINED, (day, "dim_date", "date_day")]]


def _in_dollars(feed: str, fact: str, usd: str, stated: str, day: str, row: str) -> list[dict]:
    return [
        finds_nothing(f"{usd}_unless_no_rate", f"""
            select {row} from {{batch}}
            where {usd} is null and {stated} is not null and (currency = 'USD' or rate_date is not null)""",
            "A stated value is in dollars unless its rate is missing.", column=usd),
        finds_nothing(f"{usd}_by_a_rate", f"""
            select {row} from {{batch}}
            where {usd} is not null and currency is distinct from 'USD'
            and (rate_date is null or rate_source is null or rate_source = 'stated')""",
            "A value in dollars without a rate was made up on the way.", column=usd),
        finds_nothing(f"{usd}_unchanged", f"""
            select {row} from {{batch}}
            where currency = 'USD' and ({usd} <> {stated} or rate_source is distinct from 'stated')""",
            "A value stated in dollars passes unchanged, and says that it was stated.", column=usd),
        finds_nothing("rate_not_stale", f"""
            select {row} from {{batch}}
            where rate_source = 'ecb' and ({day} < rate_date or {day} > rate_date + 7)""",
            "A rate older than seven days, or of a later day, is missing and not carried along.", source=ECB),
        _share("rates_mostly_there", feed, fact, f"{usd} is null and {stated} is not null", 1,
               "More than one item in a hundred has no exchange rate: load the weeks or days that are missing."),
    ]


def _share(name: str, feed: str, fact: str, which: str, at_most: float, reason: str) -> dict:
    """How many in a hundred of all items, not of the changed ones, are of these; made-up and real ones apart."""
    return within(name, f"""
        select '{feed}' as feed, is_synthetic, (100 * avg(({which})::int))::double as observed
        from marts.{fact} /* all of it, and not only {{batch}} */ group by all order by all""",
        reason, at_most=at_most, severity="warning")


def _city_months() -> dict:
    key = ["basis", "is_synthetic", "region_code", "month"]
    grain = ", ".join(key)
    return suite("marts", "mart_city_export_month", key, [
        unique(key, [], GRAIN),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "A month without exports in scope is nothing, not unknown.")
          for column in ("fob_usd", "items", "documents", "exporters", "exporters_unresolved")),
        *(at_least(column, 0, "A sum or count of exports can't be below nothing.")
          for column in ("fob_usd", "fob_idr", "fob_usd_out_of_scope", "net_weight_kg", "items", "items_without_rate")),
        finds_nothing("month_is_first_day", f"""
            select {grain} from {{batch}} where month <> date_trunc('month', month)""",
            "A month is known by its first day."),
        finds_nothing("counts_in_order", f"""
            select {grain} from {{batch}}
            where exporters_unresolved > exporters or exporters > documents or documents > items
            or items_without_rate > items""",
            "There are no more exporters than documents, nor more documents than items."),
        _equals_facts("peb", "fct_export_item", "registered_on", "fob_usd"),
        _equals_facts("ska", "fct_certificate_item", "issued_on", "value_usd"),
        *drift(),
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
