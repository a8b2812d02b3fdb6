"""What offices write down of exhibitions: who took part, and the buyers that were met."""

from lumbung.gates.suites.staging.rows_of_a_feed import (
    ROW,
    country_known,
    currency_known,
    feed_suite,
    funding_known,
    region_known,
    row_once,
)
from lumbung.gates.suites.vocabulary import finds_nothing


def suites() -> list[dict]:
    """The suites over participations and leads."""
    return [_participations(), _leads()]


def _participations() -> dict:
    key = ["event_code", "participation_number"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("exhibition_participation", "stg_exhibition__participations", key, [
        region_known("region_code", keys), funding_known(keys), row_once(keys),
        finds_nothing("ends_not_before_start", f"""
            select {rows} from {{batch}} where ends_on < starts_on""",
            "An event can't end before it starts."),
        finds_nothing("event_within_a_season", f"""
            select {rows} from {{batch}} where date_diff('day', starts_on, ends_on) > 92""",
            "An event of more than three months: one of its days is wrong.", severity="warning"),
        finds_nothing("one_business_is_one", f"""
            select {rows} from {{batch}} where participant_kind = 'business' and participants <> 1""",
            "A row of one business counts one participant; several are a group.", severity="warning"),
    ])


def _leads() -> dict:
    key = ["lead_id"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("buyer_lead", "stg_buyers__leads", key, [
        region_known("region_code", keys), country_known("buyer_country_code", keys), currency_known(keys),
        row_once(keys),
        finds_nothing("value_has_currency", f"""
            select {rows} from {{batch}} where lead_value is not null and currency is null""",
            "A value without its currency can't be converted or added.", severity="warning", column="lead_value"),
        finds_nothing("country_was_read", f"""
            select {rows} from {{batch}} where buyer_country_code is null and length(buyer_country_as_stated) = 2""",
            "A country of two letters is a code, and was not taken as one.", severity="warning",
            column="buyer_country_code"),
    ])
