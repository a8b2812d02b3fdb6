"""Certificates of origin (SKA), item by item."""

from lumbung.gates.suites.staging.rows_of_a_feed import (
    ROW,
    country_known,
    currency_known,
    feed_suite,
    hs_chapter_known,
    not_in_future,
    region_known,
)
from lumbung.gates.suites.vocabulary import finds_nothing

KEY = ["certificate_number", "item_number"]
KEYS = [*KEY, *ROW]
ROWS = ", ".join(KEYS)


def suites() -> list[dict]:
    """The suite over `staging.stg_ska__items`."""
    return [feed_suite("ska", "stg_ska__items", KEY, [
        finds_nothing("amended_not_before_issued", f"""
            select {ROWS} from {{batch}} where amended_on < issued_on""",
            "A certificate can't be amended before it was issued."),
        finds_nothing("value_has_currency", f"""
            select {ROWS} from {{batch}} where item_value is not null and currency is null""",
            "A value without its currency can't be converted or added."),
        finds_nothing("value_agrees_with_basis", f"""
            select {ROWS} from {{batch}} where (value_basis = 'absent') <> (item_value is null)""",
            "A value is there exactly where its basis says so.", severity="warning",
            source="Some forms state the FOB value only under a value-content rule"),
        finds_nothing("does_not_replace_itself", f"""
            select {ROWS} from {{batch}} where replaces_number = certificate_number""",
            "A certificate that replaces itself would take itself out of the warehouse."),
        finds_nothing("number_names_its_year", f"""
            select {ROWS} from {{batch}} where certificate_number in (
                select certificate_number from (select distinct certificate_number, issued_on from {{batch}})
                where abs(try_cast(right(certificate_number, 4) as integer) - year(issued_on)) > 1)""",
            "The number of a certificate ends in the year of its issue: the date or the number is wrong.",
            severity="warning", source="Layout of the number: sequence/issuer/year"),
        finds_nothing("amendment_is_dated", f"""
            select {ROWS} from {{batch}} where status = 'amended' and amended_on is null""",
            "An amendment without its date can't be told from the first version.", severity="warning"),
        not_in_future("amended_on", KEYS),
        finds_nothing("destination_abroad", f"""
            select {ROWS} from {{batch}} where destination_country_code = 'ID'""",
            "What stays in Indonesia is no export.", severity="warning", column="destination_country_code"),
        country_known("destination_country_code", KEYS), region_known("exporter_region_code", KEYS),
        region_known("maker_region_code", KEYS), currency_known(KEYS), hs_chapter_known(KEYS),
    ])]
