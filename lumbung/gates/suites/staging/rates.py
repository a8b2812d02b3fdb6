"""The ministry's weekly customs rates (kurs pajak), against their own weeks and against the European Central Bank."""

from lumbung.gates.suites.staging.rows_of_a_feed import ROW, currency_known, feed_suite, row_once
from lumbung.gates.suites.vocabulary import at_least, finds_nothing

KEY = ["valid_from", "currency"]
KEYS = [*KEY, *ROW]
ROWS = ", ".join(KEYS)
KURS_PAJAK = "Kurs pajak: weekly decrees of the Minister of Finance (KMK), Wednesday to Tuesday, yen per 100"


def suites() -> list[dict]:
    """The suite over `staging.stg_kmk__exchange_rates`. A week is announced before it begins."""
    return [feed_suite("exchange_rate", "stg_kmk__exchange_rates", KEY, [
        currency_known(KEYS), row_once(KEYS),
        at_least("rate_idr", 0, "A rate of nothing would make every amount nothing.", strictly=True),
        finds_nothing("week_in_order", f"""
            select {ROWS} from {{batch}} where valid_to < valid_from""",
            "A rate can't end before it begins.", source=KURS_PAJAK),
        finds_nothing("week_is_short", f"""
            select {ROWS} from {{batch}} where date_diff('day', valid_from, valid_to) > 20""",
            "A rate holds for a week, over holidays for two: one of its days is wrong.", severity="warning",
            source=KURS_PAJAK),
        finds_nothing("weeks_do_not_overlap", f"""
            select {ROWS} from {{batch}}
            qualify valid_from <= max(valid_to) over (
                partition by is_synthetic, currency order by valid_from
                range between unbounded preceding and interval 1 day preceding)""",
            "Two rates for one day: which of them holds is not known.", severity="warning", source=KURS_PAJAK),
        finds_nothing("rate_like_the_ecb", _off_by(3),
            "The rate is more than three times, or less than a third of, the cross rate of that day: it is for another "
            "number of units, or a point was read as a comma.", column="rate_idr",
            source="European Central Bank, reference rates; no currency of its list moved threefold within a week"),
        finds_nothing("rate_near_the_ecb", _off_by(1.1),
            "The rate is more than ten per cent off the cross rate of that day.", severity="warning",
            column="rate_idr", source="European Central Bank, reference rates"),
    ], ahead_days=14)]


def _off_by(factor: float) -> str:
    """Rows whose rupiah for one unit is off the ECB's cross rate of the last ten days by more than `factor` times."""
    return f"""
        with crosses as (
            select abroad.rate_date, abroad.currency, rupiah.units_per_eur / abroad.units_per_eur as idr
            from staging.stg_reference__ecb_rates as abroad
            join staging.stg_reference__ecb_rates as rupiah using (rate_date) where rupiah.currency = 'IDR'),
        compared as (
            select rates.*, rates.rate_idr / rates.unit as stated, crosses.idr from {{batch}} as rates
            asof join crosses on rates.currency = crosses.currency and rates.valid_from >= crosses.rate_date
            where rates.valid_from - crosses.rate_date <= 10)
        select {ROWS} from compared where stated > {factor} * idr or stated * {factor} < idr"""
