"""What spoils one row of a staging table: the fault that each expectation of gate staging must catch."""

# expectation, or (table, expectation) -> what spoils one row; whole statements name the load as {load}
OF_QUERIES = {
    "nomor_aju_shape": "nomor_aju = '050130ABCDEF20241305000001'",
    "registered_not_before_submitted": "registered_on = date '2024-01-04'",
    "nomor_aju_document_code": "nomor_aju = '050120ABCDEF20240105999999'",
    "cancelled_not_before_submitted": "cancelled_on = date '2024-01-04'",
    "exported_after_submission": "estimated_export_on = date '2024-01-04'",
    "estimated_export_near_registration": "estimated_export_on = date '2025-01-08'",
    "header_fob_equals_items": "item_fob = 1000",
    "items_reach_header_fob": "header_fob = 1000",
    "header_fob_is_stated": "header_fob = 0",
    "destination_abroad": "destination_country_code = 'ID'",
    "hs_chapter_known": "hs_code = '990000'",
    "correction_keeps_exporter":
        "nomor_aju = '050130ABCDEF20240105000001', note_number = 1, exporter_party_key = 'p1_b'",
    "amended_not_before_issued": "amended_on = date '2024-01-05'",
    "amendment_is_dated": "status = 'amended'",
    "number_names_its_year": "certificate_number = '99/BDG/2014'",
    "value_has_currency": "currency = null",
    "value_agrees_with_basis": "value_basis = 'absent'",
    "does_not_replace_itself": "replaces_number = certificate_number",
    "registered_before_the_edition": "registered_month = '2024-02'",
    "not_a_large_industry": "investment_idr = 250000000000000",
    "capacity_has_unit": "capacity_unit = null",
    "capacity_like_its_demand": "demand_per_month = 900000000",
    "exporter_has_key": "exporter_party_key = null",
    "trained_not_before_enrolled": "trained_on = date '2023-01-21'",
    "enrolled_not_before_listed": "enrolled_on = date '2022-12-01'",
    "listed_before_the_list": "listed_on = date '2023-12-16'",
    "status_agrees_with_days": "trained_on = null",
    "year_near_the_statement": "target_year = 2050",
    "areas_within_the_whole": "insert into {table} select * replace (1 as area_number, 101 as target_value, "
                              "row_number + 1000 as row_number) from {table} where load_id = '{load}'",
    "ends_not_before_start": "ends_on = date '2023-02-28'",
    "event_within_a_season": "ends_on = date '2024-03-05'",
    "one_business_is_one": "participants = 2",
    "country_was_read": "buyer_country_as_stated = 'JP', buyer_country_code = null",
    "range_in_order": "value_low = 2, value_high = 1",
    "value_within_its_range": "value_low = 20",
    "something_is_stated": "value = null",
    "published_after_the_month": "published_on = date '2023-12-31'",
    "month_is_one": "export_month = '2024-13'",
    "province_in_list": "bps_province_code = '09'",
    "week_in_order": "valid_to = valid_from - 1",
    "week_is_short": "valid_to = valid_from + 30",
    "weeks_do_not_overlap": "valid_from = valid_from - 3",
    "rate_like_the_ecb": "rate_idr = 143",
    "rate_near_the_ecb": "rate_idr = 17000",
    "row_once": "insert into {table} from {table} where load_id = '{load}'",
    ("stg_kmk__exchange_rates", "fresh"): "valid_from = date '2010-01-06', valid_to = date '2010-01-12'",
}
NO_SUCH = {"_in_list": "99.99", "_countries": "QQ", "_currencies": "QQQ", "_funding_sources": "sponsor"}


def fault_of(table: str, expectation: dict, period_column: str) -> str:
    """The fault of an expectation as a `set` clause or a whole statement. Raises KeyError where none is planted."""
    kwargs, name = expectation["kwargs"], expectation["meta"]["name"]
    column = kwargs.get("column") or expectation["meta"].get("column")
    if said := OF_QUERIES.get((table, name)) or OF_QUERIES.get(name):
        return said
    match expectation["type"]:
        case "expect_column_values_to_not_be_null":
            return f"{column} = null"
        case "expect_column_values_to_be_between" if "max_value" in kwargs:
            return f"{column} = {kwargs['max_value'] + 1}"
        case "expect_column_values_to_be_between":
            return f"{column} = {kwargs['min_value'] - (0 if kwargs.get('strict_min') else 1)}"
        case "expect_column_values_to_be_in_set":
            return f"{column} = 'mystery'"
        case "expect_measure_to_be_within" if name == "fresh":
            return f"{period_column} = date '2010-01-06', is_synthetic = false"
    if name.endswith("_not_in_future"):
        return f"{column} = date '2030-01-01'"
    if name.endswith("_pattern"):
        return f"{column} = '?'"
    return next(f"{column} = '{value}'" for ending, value in NO_SUCH.items() if name.endswith(ending))
