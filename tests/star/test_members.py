"""Each fact joins each dimension by one column: its member, an inferred one, or the unknown one."""

from datetime import date

import pytest
from star_keys import business_of, key_of

from lumbung.gates import check
from lumbung.gates.suites.facts import SMALL_FACTS

# dimension -> (its key, what finds the member, a name of it), and (fact, what finds the row, its column).
COME_EARLY = {
    "dim_event": ("event_key", "event_code = 'EXPO-9'", "event_name", "Expo Sembilan",
                  "fct_buyer_lead", "lead_id = 'L1'", "event_key"),
    "dim_programme": ("programme_key", "programme_code = 'P9'", "programme_name", "Program Sembilan",
                      "fct_readiness_assessment", "visit_id = 'V1'", "programme_key"),
    "dim_exporter": ("party_key", "party_key = 'p1_x'", "region_code", "32.73",
                     "fct_export_item", "right(nomor_aju, 1) = '1'", "exporter_party_key"),
    "dim_ikm": ("ikm_id", f"ikm_id = '{business_of('p1_visit')}' and is_current", "region_code", "93.01",
                "fct_readiness_assessment", "visit_id = 'V1'", "party_key"),
}


@pytest.mark.parametrize("dimension", COME_EARLY)
def test_a_fact_before_its_dimension_row_has_an_inferred_member_that_is_filled_in_under_the_same_key(star, dimension):
    key, member, column, name, fact, row, joined_by = COME_EARLY[dimension]
    now = star.one(dimension, member)
    code, value = member.split(" and ")[0].split(" = ")
    [before] = [r for r in star.early[dimension] if r[code] == value.strip("'") and r.get("is_current", True)]
    assert before["is_inferred"]
    assert before[column] != name
    assert not now["is_inferred"]
    assert now[column] == name
    joined = star.one(fact, row)[joined_by]
    if dimension == "dim_ikm":
        joined = star.one("bridge_party_business", f"party_key = '{joined}'")["ikm_id"]
    assert before[key] == now[key] == joined


def test_an_event_that_a_report_names_first_is_described_by_the_list_that_comes_later(star):
    [before] = [r for r in star.early["dim_event"] if r["event_code"] == "JAKARTA-EXPO-2021"]
    now = star.one("dim_event", "event_code = 'JAKARTA-EXPO-2021'")
    [figure] = [r for r in star.early["fct_reported_figure"] if r["figure_id"] == "F1"]
    assert (before["is_inferred"], now["is_inferred"]) == (True, False)
    assert before["event_key"] == now["event_key"] == figure["event_key"]


def test_an_office_that_nobody_listed_is_inferred(star):
    assert star.one("dim_agency", "agency_code = 'dinas-baru'")["is_inferred"]
    assert star.one("fct_readiness_assessment", "visit_id = 'V1'")["agency_code"] == "dinas-baru"


def test_an_exporter_that_no_register_lists_stays_inferred(star):
    found = star.one("dim_exporter", "party_key = 'p1_only'")
    assert (found["exporter_name"], found["region_code"], found["is_inferred"]) == ("PT Y", "00.00", True)


def test_an_exporter_is_called_as_it_last_declared_and_seen_from_its_first_month_to_its_last(star):
    found = star.one("dim_exporter", "party_key = 'p1_x'")
    # On one day the register would come first; the declarations of March 2024 are later.
    assert (found["exporter_name"], found["first_month_seen"], found["last_month_seen"]) == (
        "PT X", date(2021, 5, 1), date(2024, 3, 1))


def test_what_names_nobody_joins_the_unknown_member(star):
    lead = star.one("fct_buyer_lead", "lead_id = 'L2'")
    visit = star.one("fct_readiness_assessment", "visit_id = 'V2'")
    figure = star.one("fct_reported_figure", "figure_id = 'F2'")
    assert (lead["party_key"], visit["programme_key"], figure["event_key"]) == ("unknown", 0, 0)
    assert star.one("dim_event", "event_key = 0")["event_name"] == "Tidak diketahui"


def test_a_day_before_the_calendar_is_inferred(star):
    assert star.one("dim_date", "date_day = '1999-02-01'")["is_inferred"]


def test_no_small_fact_loses_or_doubles_a_row_by_any_of_its_joins(star):
    for fact, (_, dimensions) in SMALL_FACTS.items():
        rows = star.warehouse.rows(f"select count(*) from marts.{fact}")
        for column, dimension, key in [*dimensions, ("region_code", "dim_region", "region_code"),
                                       ("load_id", "dim_source_file", "load_id")]:
            its_business = "join marts.dim_ikm as i on d.ikm_id = i.ikm_id and i.is_current" if (
                dimension == "bridge_party_business") else ""
            assert star.warehouse.rows(f"select count(*) from marts.{fact} as f join marts.{dimension} as d "
                                       f"on f.{column} = d.{key} {its_business}") == rows, (fact, column)


def test_the_gate_lets_the_star_pass(star):
    assert check(star.warehouse.home, "run-1", "marts").failures == []


def test_keys_are_the_same_in_every_rebuild_and_engine(star, other_way_round):
    assert star.one("dim_event", "event_code = 'EXPO-9'")["event_key"] == key_of("EXPO-9", "false")
    stand = star.one("fct_exhibition_participation", "event_code = 'EXPO-9'")
    assert stand["participation_key"] == key_of("EXPO-9", "1", "false")
    business = business_of("p1_a")
    version = star.one("dim_ikm", f"ikm_id = '{business}' and is_current")
    assert version["ikm_version_key"] == key_of(business, "2024-06-01")
    for dimension in ("dim_event", "dim_programme", "dim_ikm", "dim_region", "bridge_ikm_product",
                      "bridge_party_business"):
        assert star.table(dimension) == other_way_round.table(dimension), dimension
