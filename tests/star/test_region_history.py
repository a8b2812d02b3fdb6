"""Codes of Papua changed in 2022: the old and the new one are one place, and both can be shown."""

from datetime import date

# The same declarations as the place of today, as stated, and as the code was on the day.
TODAY = "join marts.dim_region as r on f.region_code = r.region_code"
STATED = "join marts.dim_region as r on f.stated_region_code = r.region_code"
ON_THE_DAY = ("join marts.dim_region as r on f.region_code = r.current_region_code "
              "and f.registered_on >= r.valid_from and f.registered_on < r.valid_to")


def shown(star, join: str) -> list[tuple]:
    return star.warehouse.rows(f"""
        select f.registered_on, r.region_code, r.province_name from marts.fct_export_item as f {join}
        where f.exporter_party_key = 'p1_x' order by all""")


def test_a_series_has_one_place_before_and_after_the_change_and_whatever_code_is_used(star):
    assert shown(star, TODAY) == [
        (date(2021, 5, 3), "93.01", "Papua Selatan"), (date(2024, 2, 5), "93.01", "Papua Selatan"),
        (date(2024, 3, 5), "93.01", "Papua Selatan")]


def test_the_code_as_stated_is_shown_beside_it(star):
    assert shown(star, STATED) == [
        (date(2021, 5, 3), "91.01", "Papua"), (date(2024, 2, 5), "93.01", "Papua Selatan"),
        (date(2024, 3, 5), "91.01", "Papua")]


def test_the_code_in_force_on_the_day_is_found_by_the_day(star):
    assert shown(star, ON_THE_DAY) == [
        (date(2021, 5, 3), "91.01", "Papua"), (date(2024, 2, 5), "93.01", "Papua Selatan"),
        (date(2024, 3, 5), "93.01", "Papua Selatan")]


def test_all_26_codes_that_changed_end_on_the_day_their_new_code_begins(star):
    assert star.warehouse.rows("""
        select count(*), count(distinct before.valid_to), min(before.valid_to), max(before.valid_to)
        from marts.dim_region as before
        join marts.dim_region as after on before.current_region_code = after.region_code
        where before.region_code <> after.region_code and before.valid_to = after.valid_from"""
    ) == [(26, 2, date(2022, 7, 25), date(2022, 12, 8))]


def test_of_any_day_each_kota_and_kabupaten_has_one_code(star):
    for day in ("1900-01-01", "2022-07-24", "2022-07-25", "2022-12-08", "2035-01-01"):
        assert star.warehouse.rows(f"""
            select count(*), count(distinct current_region_code) from marts.dim_region
            where region_level = 2 and valid_from <= date '{day}' and date '{day}' < valid_to""") == [(515, 515)], day
