"""Where the rules place an item whose origin is not known, and what that does to what is said to be covered."""

from decimal import Decimal

import pytest
from loaded_warehouse import Warehouse, aju

from lumbung.lake.home import Home


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    """Of 2023 and 2024: 300 dollars of Depok, 100 of Central Java, and of 2024 alone 100 of no known place."""
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("placed") / "home").make())
    rows = [("2023-03-01", "32.76", 300), ("2023-03-01", "33.01", 100), ("2024-03-01", "32.76", 300),
            ("2024-03-01", "33.01", 100), ("2024-03-01", None, 100)]
    warehouse.peb(*({"nomor_aju": aju(n), "registered_on": day, "origin_region_code": region,
                     "exporter_party_key": "k1:maker", "item_fob": f"{usd}.00"}
                    for n, (day, region, usd) in enumerate(rows)))
    line = {"business_name": "CV A", "roster_number": 1, "party_key": "k1:maker", "as_of": "2022-01-15"}
    warehouse.send("agency_roster", [{**line, "region_code": "32.01", "is_synthetic": True}], agency="disdagin-depok")
    warehouse.build()
    return warehouse


def test_what_has_no_place_is_a_gap_of_coverage_by_the_provinces_part(placed):
    found = placed.rows("SELECT province_code, base_coverage_pct, current_coverage_pct, any_value(unranked_reason) "
                        "FILTER (region_code = '32.76') FROM marts.mart_city_ranking WHERE basis = 'peb' AND "
                        "rule_name = 'headline' AND year = 2024 GROUP BY ALL ORDER BY ALL")
    # Three quarters of the 100 dollars are West Java's: 300 of 375 are placed; a quarter, Central Java's: 100 of 125.
    assert found == [("32", 100, 80, "coverage"), ("33", 100, 80, None)]


def test_real_exports_are_not_where_a_made_up_roster_has_their_maker(placed):
    assert placed.rows("SELECT region_code, ikm_id FROM marts.dim_ikm WHERE is_synthetic AND region_code = '32.01'")
    assert placed.rows("SELECT region_code, current_usd FROM marts.mart_city_ranking WHERE rule_name = 'maker_address' "
                       "AND NOT is_synthetic AND current_usd > 0") == []


def test_the_registered_address_places_what_has_no_origin(tmp_path):
    warehouse = Warehouse(Home(tmp_path / "home").make())
    warehouse.peb(*({"nomor_aju": aju(n), "registered_on": day, "origin_region_code": region,
                     "exporter_party_key": "k1:maker", "item_fob": "100.00"}
                    for n, (day, region) in enumerate([("2023-03-01", None), ("2024-03-01", None),
                                                       ("2023-03-01", "32.76"), ("2024-03-01", "32.76")])))
    warehouse.ska(*({"certificate_number": f"00{n}/BDG/2024", "issued_on": day, "exporter_region_code": region,
                     "item_value": "100.00"}
                    for n, (day, region) in enumerate([("2023-03-01", None), ("2023-03-01", "32.76"),
                                                       ("2024-03-01", "32.76")])))
    warehouse.send("exporter_register", [
        {"register_number": 1, "exporter_name": "PT R", "exporter_party_key": "k1:maker", "is_synthetic": False,
         "as_of": "2023-01-01", "region_code": "32.73"}])
    warehouse.build()
    assert warehouse.rows(
        "SELECT rule_name, region_code, base_usd FROM marts.mart_city_ranking WHERE basis = 'peb' AND base_usd > 0 "
        "AND rule_name IN ('headline', 'exporter_address', 'maker_address') AND year = 2024 ORDER BY ALL") == [
        ("exporter_address", "32.73", Decimal(200)), ("headline", "32.76", Decimal(100)),
        ("maker_address", "32.73", Decimal(200))]
    assert warehouse.rows(
        "SELECT region_code, base_usd FROM marts.mart_city_ranking WHERE rule_name = 'issuer' AND year = 2024 "
        "AND base_usd > 0") == [("32.73", Decimal(200))]
