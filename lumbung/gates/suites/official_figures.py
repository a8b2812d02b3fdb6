"""The expectations of `mart_bps_reconciliation`: published totals beside declarations."""

from lumbung.gates.suites.growth import OWNED
from lumbung.gates.suites.vocabulary import at_least, finds_nothing, known_to, not_null, one_of, suite, unique, within

TRACE = "Every figure leads to the file that it came in."
FACTOR = "case value_unit when 'million_usd' then 1000000 when 'thousand_usd' then 1000 else 1 end"


def bps_reconciliation() -> dict:
    """The suite of the reconciliation with BPS."""
    key = ["is_synthetic", "bps_province_code", "export_month", "counted_at", "commodity_group"]
    row = ", ".join([*key, "load_id"])
    return suite("marts", "mart_bps_reconciliation", key, [
        unique(key, ["load_id"], "A total is published once; a later publication takes its place."),
        *(not_null(column, "Part of the grain.") for column in key),
        *(not_null(column, "A figure of somebody else is shown as it was published.")
          for column in ("stated_value", "value_unit", "figure_status", "published_on", "publication", "bps_usd")),
        not_null("why_id", "Whoever sees two figures is told why there are two.", **OWNED),
        not_null("load_id", TRACE),
        *(at_least(column, 0, "Exports can't be below nothing.") for column in ("bps_usd", "peb_usd")),
        one_of("counted_at", ["origin", "port"], "A total is by origin or by port."),
        one_of("commodity_group", ["all", "oil_gas", "non_oil_gas"],
               "A total is of all, of oil and gas, or of the rest."),
        one_of("figure_status", ["provisional", "final"], "A figure may still change, or not."),
        known_to("load_id", "control.loads", "load_id", [*key, "load_id"],
                 "A run reads the loads it pinned and no other; a withdrawn one leaves nothing behind."),
        finds_nothing("stated_value_in_dollars", f"""
            select {row} from {{batch}} where bps_usd <> round(stated_value * {FACTOR}, 2)""",
            "The printed value times its unit is the value in dollars.", **OWNED),
        finds_nothing("difference_adds_up", f"""
            select {row} from {{batch}} where difference_usd is distinct from peb_usd - bps_usd""",
            "The difference is what was declared less what was published.", **OWNED),
        finds_nothing("compared_or_reason", f"""
            select {row} from {{batch}} where (peb_usd is null) = (not_compared_reason is null)""",
            "A total is compared, or says why not, and not both.", **OWNED),
        finds_nothing("only_like_for_like", f"""
            select {row} from {{batch}}
            where peb_usd is not null and (counted_at <> 'origin' or commodity_group = 'oil_gas')""",
            "A total by port, or of oil and gas alone, is another quantity.", **OWNED),
        finds_nothing("provinces_known", f"""
            select {row} from {{batch}} where province_code = '00'""",
            "A province code that is not in the list of BPS: look whether the file uses another list.",
            severity="warning"),
        within("totals_near_bps", """
            select is_synthetic, province_code, export_month as month, counted_at, commodity_group, load_id,
                peb_to_bps_pct::double as observed
            from {batch}
            join (select is_synthetic, province_code, export_month from intermediate.int_ranking__complete_months
                where basis = 'peb' and is_complete) as complete using (is_synthetic, province_code, export_month)
            where peb_to_bps_pct is not null
            qualify dense_rank() over (partition by is_synthetic, province_code order by export_month desc) <= 12
            order by all""",
            "What was declared in a complete month is more than a quarter off what BPS published of it: files are "
            "missing or came twice, or BPS counts what this office never receives.",
            severity="warning", at_least=80, at_most=125, **OWNED),
    ])
