"""What five public reports state, in the marts that the committed samples become: each statement as it was made.

The statements are those of samples/README.md; made-up rows lie in the same marts and are never among them.
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from money_macros import to_cents
from sample_office import office

from lumbung.lake.home import PROJECT

ECB_AUD = Fraction("16857.27") / Fraction("1.6114")      # 14 September 2021: rupiah and Australian dollars a euro
ECB_USD = Fraction("1.1814") / Fraction("1.6114")
KMK_AUD, KMK_USD = Fraction("10528.54"), Fraction(14302)  # 50/KM.10/2021, 8 to 14 September 2021
MONEY = "rate_source, stated_amount, stated_currency, stated_idr, converted_idr, converted_usd"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    return office(tmp_path_factory.getbasetemp())


def figure(reports, figure_id: str, columns: str = "value, unit, value_precision, region_code") -> tuple:
    [row] = reports.rows(f"select {columns} from marts.fct_reported_figure "
                         f"where figure_id = '{figure_id}' and not is_synthetic")
    return row


# Depok, September 2021

def test_depok_thirteen_makers_are_a_count_and_no_businesses(reports):
    assert figure(reports, "000-01") == (13, "IKM", "exact", "32.76")
    assert reports.rows("select count(*) from marts.fct_export_item where not is_synthetic") == [(0,)]


def test_depok_aud_45_000_is_kept_as_stated_and_converted_by_both_rates_of_14_september(reports):
    rows = reports.rows(f"select {MONEY}, valued_on, rate_date from marts.mart_reported_amount "
                        "where figure_id = '000-02' order by rate_source")
    day = dt.date(2021, 9, 14)
    assert rows == [
        ("ecb", 45000, "AUD", 450_000_000, to_cents(45000 * ECB_AUD), to_cents(45000 * ECB_USD), day, day),
        ("kurs_pajak", 45000, "AUD", 450_000_000, to_cents(45000 * KMK_AUD), to_cents(45000 * KMK_AUD / KMK_USD), day,
         dt.date(2021, 9, 8))]
    assert [row[4] for row in rows] == [Decimal("470756578.13"), Decimal("473784300.00")]


def test_depok_stated_450_million_rupiah_are_about_and_four_to_five_per_cent_low(reports):
    assert figure(reports, "000-03") == (450_000_000, "IDR", "about", "32.76")
    assert reports.rows("select rate_source, stated_idr_precision, stated_idr_off_pct from marts.mart_reported_amount "
                        "where figure_id = '000-02' order by 1") == [
        ("ecb", "about", Decimal("-4.41")), ("kurs_pajak", "about", Decimal("-5.02"))]


def test_depok_stated_rupiah_never_stand_where_converted_ones_do(reports):
    assert reports.rows("select figure_id, rate_source from marts.mart_reported_amount "
                        "where stated_currency = 'IDR' and converted_idr is not null "
                        "or converted_idr = 450000000") == []
    assert reports.rows("select count(*) from marts.mart_reported_amount where figure_id = '000-03'") == [(2,)]


# Nusa Tenggara Barat, October 2021

def test_ntb_seven_participants_two_by_apbn_two_by_a_partner_two_on_their_own_one_unknown(reports):
    assert figure(reports, "001-01")[0] == 7
    assert reports.rows("select funding_source, sum(participants) from marts.fct_exhibition_participation "
                        "where event_code = 'JAKARTA-EXPO-2021' and not is_synthetic group by all order by 1") == [
        ("apbn", 2), ("mandiri", 2), ("mitra", 2), ("unknown", 1)]


def test_ntb_funding_of_the_seven_adds_up_in_the_bridge(reports):
    assert reports.rows("""
        select bridge.funding_source_code, sum(bridge.participants) from marts.bridge_participation_funding as bridge
        join marts.fct_exhibition_participation as fact using (participation_key)
        join marts.dim_funding_source as source on bridge.funding_source_code = source.funding_source_code
        where fact.event_code = 'JAKARTA-EXPO-2021' and not fact.is_synthetic and not bridge.is_synthetic
        group by all order by 1""") == [("apbn", 2), ("mandiri", 2), ("mitra", 2), ("unknown", 1)]


def test_ntb_hundreds_even_thousands_of_buyers_are_expected_and_no_number(reports):
    assert figure(reports, "001-08", "value, value_text, value_precision, as_stated") == (
        None, "hundreds to thousands", "expected", "ratusan bahkan ribuan")


# West Java, October 2024

def test_depok_rank_is_what_a_report_states_and_in_no_ranking_of_ours(reports):
    assert figure(reports, "002-01") == (1, "rank", "exact", "32.76")
    assert reports.rows("select count(*) from marts.mart_city_ranking where not is_synthetic and rank is not null") == [
        (0,)]


# East Java, 2021

def test_east_java_target_is_a_hundred_in_five_areas_of_unstated_size(reports):
    assert reports.rows("select area_number, region_as_stated, target_value, unit, target_year "
                        "from marts.fct_programme_target where not is_synthetic order by 1") == [
        (0, "Jawa Timur", 100, "IKM", 2021), (1, "Sidoarjo", None, "IKM", 2021), (2, "Surabaya", None, "IKM", 2021),
        (3, "Gresik", None, "IKM", 2021), (4, "Mojokerto", None, "IKM", 2021), (5, "Lamongan", None, "IKM", 2021)]


def test_sidoarjo_twenty_were_visited(reports):
    assert figure(reports, "003-03", "value, measure, value_precision, region_code") == (
        20, "participants_visited", "exact", "35.15")


def test_sidoarjo_about_thirty_wait_outside_the_target(reports):
    assert figure(reports, "003-04", "value, measure, value_precision, region_code") == (
        30, "participants_waiting", "about", "35.15")
    assert reports.rows("select sum(target_value) from marts.fct_programme_target where not is_synthetic") == [(100,)]


def test_mojokerto_is_one_of_two_and_decided_by_nobody(reports):
    assert reports.rows("select region_code, stated_region_code, region_as_stated from marts.fct_programme_target "
                        "where area_number = 4 and not is_synthetic") == [("00.00", None, "Mojokerto")]
    code, note = figure(reports, "003-02", "region_code, data_note")
    assert (code, note) == ("00.00", "Mojokerto = 35.16 or 35.76")


def test_both_candidates_for_mojokerto_are_found_by_name(reports):
    assert reports.rows("select region_code, region_name from marts.dim_region "
                        "where lower(region_name) like '%mojokerto%' and is_current order by 1") == [
        ("35.16", "Kabupaten Mojokerto"), ("35.76", "Kota Mojokerto")]
    [(note,)] = reports.rows("select data_note from marts.fct_reported_figure where figure_id = '003-02'")
    assert note == "Mojokerto = 35.16 or 35.76"


def test_the_order_of_500_pairs_is_an_example_and_no_measure(reports):
    assert reports.rows("select figure_id, value, unit from marts.fct_reported_figure "
                        "where value_precision = 'hypothetical' order by 1") == [
        ("003-06a", 500, "pairs"), ("003-06b", 300, "pairs"), ("003-06c", 200, "pairs")]
    elsewhere = [table for (table,) in reports.rows(
        "select distinct table_name from information_schema.columns where table_schema = 'marts' "
        "and column_name = 'figure_id' and table_name <> 'fct_reported_figure'")]
    assert elsewhere == ["mart_reported_amount"]
    assert reports.rows("select count(*) from marts.mart_reported_amount where figure_id like '003-06%'") == [(0,)]
    assert reports.rows("select count(*) from marts.fct_readiness_assessment where not is_synthetic") == [(0,)]


def test_a_text_that_stands_twice_is_counted_once(reports):
    """The fixture sends report 003 once by itself and once with its whole text twice, as its page has it."""
    sent = reports.rows("select rows_accepted, rows_current + rows_duplicate from marts.mart_row_conservation "
                        "where feed = 'reported_figure' and file_name like '%laporan-003-%' order by 1")
    assert [(accepted, settled) for accepted, settled in sent] == [(18, 18), (36, 36)]
    assert reports.rows("select count(*), count(distinct figure_id), bool_or(has_conflict) "
                        "from marts.fct_reported_figure where report_code = 'laporan-003'") == [(18, 18, False)]
    assert reports.rows("select sum(value) from marts.fct_reported_figure "
                        "where report_code = 'laporan-003' and measure = 'participants_visited'") == [(20,)]


# Cilegon, March 2023

def test_cilegon_twelve_crafters_are_one_group(reports):
    assert figure(reports, "004-02") == (12, "pengrajin", "exact", "36.72")
    assert reports.rows("select participant_kind, participants from marts.fct_exhibition_participation "
                        "where event_code = 'INACRAFT-2023-1' and not is_synthetic") == [("group", 12)]


def test_cilegon_three_leads_each_at_its_stage_and_no_visiting_official(reports):
    assert reports.rows("select buyer_country_code, stage, lead_value from marts.fct_buyer_lead "
                        "where not is_synthetic order by 1") == [
        ("FR", "catalogue_requested", None), ("IN", "interest", None), ("KR", "sale", None)]
    assert figure(reports, "004-07", "value, measure, data_note") == (None, "visitors", "domestic sale, not a lead")


# All five

def test_every_statement_of_the_five_reports_is_there_once(reports):
    assert reports.rows("select report_code, count(*) from marts.fct_reported_figure where not is_synthetic "
                        "group by all order by 1") == [
        ("laporan-000", 12), ("laporan-001", 10), ("laporan-002", 9), ("laporan-003", 18), ("laporan-004", 10)]


def test_how_precisely_a_thing_was_said_survives(reports):
    assert reports.rows("select value_precision, string_agg(figure_id, ' ' order by figure_id) "
                        "from marts.fct_reported_figure where not is_synthetic and value_precision <> 'exact' "
                        "group by all order by 1") == [
        ("about", "000-03 003-04"), ("expected", "001-08 003-12"), ("hypothetical", "003-06a 003-06b 003-06c")]


def test_no_mart_adds_up_what_reports_state():
    """A statement may be an example, a hope, or the same heads said again: whoever reads the fact looks at each.
    A model added here must leave out what is hypothetical or expected, and have a test that says so."""
    readers = {path.stem for path in (PROJECT / "dbt_project" / "models").rglob("*.sql")
               if "ref('fct_reported_figure')" in path.read_text() or "ref('stg_reports__figures')" in path.read_text()}
    assert {name for name in readers if name.startswith("mart_")} == {"mart_reported_amount"}
    assert reports_summed(readers) == set()


def reports_summed(readers: set[str]) -> set[str]:
    """Models among these that sum or average a stated value."""
    found = set()
    for path in (PROJECT / "dbt_project" / "models").rglob("*.sql"):
        sql = path.read_text()
        if path.stem in readers and any(f"{adds}({column}" in sql for adds in ("sum", "avg")
                                        for column in ("value", "figures.value", "stated.value")):
            found.add(path.stem)
    return found


def test_targets_are_added_nowhere_where_they_are_hopes(reports):
    assert reports.rows("select distinct value_precision from marts.fct_programme_target") == [("exact",)]
