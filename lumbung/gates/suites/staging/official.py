"""Figures that others state: reports and circulars, and the totals of BPS."""

from lumbung.gates.suites.staging.rows_of_a_feed import ROW, feed_suite, region_known, row_once
from lumbung.gates.suites.vocabulary import finds_nothing


def suites() -> list[dict]:
    """The suites over reported figures and official totals."""
    return [_figures(), _totals()]


def _figures() -> dict:
    key = ["figure_id"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("reported_figure", "stg_reports__figures", key, [
        region_known("region_code", keys), row_once(keys),
        finds_nothing("range_in_order", f"""
            select {rows} from {{batch}} where value_low > value_high""",
            "The lower end of a stated range is not above the upper."),
        finds_nothing("value_within_its_range", f"""
            select {rows} from {{batch}} where value < value_low or value > value_high""",
            "A figure that is stated with a range lies in it.", severity="warning", column="value"),
        finds_nothing("something_is_stated", f"""
            select {rows} from {{batch}}
            where coalesce(value, value_low, value_high) is null and value_text is null""",
            "A figure has a number, a range or a word.", severity="warning"),
    ])


def _totals() -> dict:
    key = ["export_month", "bps_province_code", "counted_at", "commodity_group"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("bps_export_total", "stg_bps__export_totals", key, [
        row_once(keys),
        finds_nothing("published_after_the_month", f"""
            select {rows} from {{batch}} where left(published_on::varchar, 7) < export_month""",
            "A month's total can't be published before the month."),
        finds_nothing("month_is_one", f"""
            select {rows} from {{batch}} where right(export_month, 2) not between '01' and '12'""",
            "A year has twelve months.", column="export_month"),
        finds_nothing("province_in_list", f"""
            select {rows} from {{batch}} where bps_province_code not in (
                select bps_province_code from staging.stg_reference__bps_provinces)""",
            "A province that the list does not know is compared with nothing.", severity="warning",
            column="bps_province_code", source="BPS: codes of provinces"),
    ])
