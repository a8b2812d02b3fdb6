"""Rosters of small makers, and registers of exporters: editions that replace each other."""

from lumbung.gates.suites.staging.rows_of_a_feed import ROW, feed_suite, region_known, row_once
from lumbung.gates.suites.vocabulary import finds_nothing


def suites() -> list[dict]:
    """The suites over `staging.stg_roster__businesses` and `staging.stg_register__exporters`."""
    return [_roster(), _register()]


def _roster() -> dict:
    key = ["as_of", "roster_number"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("agency_roster", "stg_roster__businesses", key, [
        region_known("region_code", keys), row_once(keys),
        finds_nothing("registered_before_the_edition", f"""
            select {rows} from {{batch}} where registered_month > left(as_of::varchar, 7)""",
            "A business can't stand in an edition before it was registered.", severity="warning",
            column="registered_month"),
        finds_nothing("not_a_large_industry", f"""
            select {rows} from {{batch}} where workers_male + workers_female > 1000 or investment_idr >= 1e12""",
            "More than a thousand workers, or a trillion rupiah invested, is no small or medium maker: a number may "
            "have been read a thousand times too large.", severity="warning"),
        finds_nothing("capacity_has_unit", f"""
            select {rows} from {{batch}} where capacity_per_month is not null and capacity_unit is null""",
            "A capacity without its unit can't be compared with a demand.", severity="warning", column="capacity_unit"),
    ], left_out={"investment_precision", "revenue_precision"})


def _register() -> dict:
    key = ["as_of", "register_number"]
    keys = [*key, *ROW]
    return feed_suite("exporter_register", "stg_register__exporters", key, [
        region_known("region_code", keys), row_once(keys),
        finds_nothing("exporter_has_key", f"""
            select {', '.join(keys)} from {{batch}} where exporter_party_key is null""",
            "An exporter without a key can't give a certificate its place."),
    ])
