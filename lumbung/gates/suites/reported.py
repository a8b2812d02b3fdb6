"""The expectations of `mart_reported_amount`: what was stated stays apart from what is converted."""

from lumbung.gates.suites.vocabulary import (
    REPORTING_OFFICER,
    at_least,
    finds_nothing,
    known_to,
    not_null,
    one_of,
    suite,
)

KEY = ["figure_id", "rate_source", "is_synthetic"]
APART = "design: what was stated is kept apart from what is converted"


def reported_amounts() -> dict:
    """The suite of the amounts that reports state."""
    row = ", ".join([*KEY, "load_id"])
    return suite("marts", "mart_reported_amount", KEY, [
        finds_nothing("key_unique", f"""
            select {', '.join(KEY)} from {{batch}} group by all having count(*) > 1""",
            "An amount stands beside each rate source once."),
        *(not_null(column, "Part of the grain, or of what was stated.")
          for column in (*KEY, "region_code", "valued_on", "stated_amount", "stated_currency", "load_id")),
        *(at_least(column, 0, "A value can't be below nothing.") for column in ("converted_idr", "converted_usd")),
        one_of("rate_source", ["ecb", "kurs_pajak", "none"], "Where the converted value comes from."),
        one_of("value_precision", ["exact", "about", "range"],
               "An example (hypothetical) or a hope (expected) is no amount.", owner=REPORTING_OFFICER, source=APART),
        known_to("region_code", "marts.dim_region", "region_code", KEY,
                 "Every row joins its region; unknown ones are the member 00.00."),
        known_to("load_id", "control.loads", "load_id", KEY,
                 "A run reads the loads it pinned and no other; a withdrawn one leaves nothing behind."),
        finds_nothing("converted_from_another_currency", f"""
            select {row} from {{batch}}
            where (stated_currency = 'IDR' and converted_idr is not null)
            or (stated_currency = 'USD' and converted_usd is not null)""",
            "What was stated in a currency is not converted into it.", owner=REPORTING_OFFICER, source=APART),
        finds_nothing("converted_by_a_rate", f"""
            select {row} from {{batch}}
            where (rate_source = 'none') <> (rate_date is null)
            or (rate_source = 'none' and coalesce(converted_idr, converted_usd) is not null)""",
            "A converted value without a rate was made up on the way."),
        finds_nothing("rate_was_in_force", f"""
            select {row} from {{batch}}
            where rate_source = 'ecb' and (valued_on < rate_date or valued_on > rate_date + 7)""",
            "A rate older than seven days, or of a later day, is missing and not carried along."),
        finds_nothing("every_stated_amount_is_there", """
            select figure_id, is_synthetic, load_id from marts.fct_reported_figure
            anti join {batch} using (figure_id, is_synthetic)
            where unit in (select currency from seeds.ref_currencies) and value is not null
            and value_precision not in ('hypothetical', 'expected')""",
            "An amount without a rate keeps its row."),
    ])
