"""A release differs from itself in nothing, under each rule that can be explained, wherever an item says it is from."""

import csv

import pytest
from loaded_warehouse import aju
from released_office import ReleasedOffice

from lumbung.diff import Asked, explain
from lumbung.diff.lists import PLACES
from lumbung.lake.home import PROJECT, Home

with (PROJECT / "seeds" / "ranking_rules.csv").open(encoding="utf-8", newline="") as seed:
    EXPLAINED = [(row["rule_name"], row["basis"]) for row in csv.DictReader(seed)
                 if row["place"] in PLACES[row["basis"]]]
# What an item states, and where the register has its exporter.
STATED = {"k1:r": "32.76", "k1:s": None, "k1:t": None, "k1:u": "32", "k1:v": "99.99"}
REGISTERED = {"k1:r": "32.73", "k1:s": "32.73", "k1:u": "32.73", "k1:v": "33.01"}


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    office = ReleasedOffice(Home(tmp_path_factory.mktemp("rules") / "home").make())
    days = ("2023-02-10", "2023-12-10", "2024-02-10", "2024-12-10")
    office.peb(*({"nomor_aju": aju(100 * n + m), "registered_on": day, "exporter_party_key": key,
                  "item_fob": f"{1000 * (m + 1)}.00", "origin_region_code": region}
                 for n, day in enumerate(days) for m, (key, region) in enumerate(STATED.items())))
    office.ska(*({"certificate_number": f"{100 * n + m:04}/T/2024", "issued_on": day, "exporter_party_key": key,
                  "item_value": f"{1000 * (m + 1)}.00", "exporter_region_code": region}
                 for n, day in enumerate(days) for m, (key, region) in enumerate(STATED.items())))
    office.send("exporter_register", [
        {"as_of": "2024-01-01", "register_number": n, "exporter_name": f"PT {n}", "exporter_party_key": key,
         "region_code": region, "is_synthetic": False} for n, (key, region) in enumerate(REGISTERED.items())])
    return office.release()


@pytest.mark.parametrize(("rule", "basis"), EXPLAINED)
def test_a_release_differs_from_itself_in_nothing(released, rule, basis):
    found = explain(released, released, Asked(basis, "32", 2024, None, rule))
    assert len(found.cities) == 27
    assert not any(city.moved or city.causes for city in found.cities)


def test_what_says_no_origin_stands_where_its_exporter_is_registered(released):
    with released.connect() as connection:
        found = dict(connection.execute(
            "SELECT region_code, base_usd FROM mart_city_ranking WHERE rule_name = 'exporter_address' "
            "AND province_code = '32' AND year = 2024 AND base_usd > 0").fetchall())
    assert found == {"32.73": 2 * (1000 + 2000 + 4000)}
