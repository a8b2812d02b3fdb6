"""Months that are not complete in both years are never compared: whatever is missing leaves both windows."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from loaded_warehouse import Warehouse, aju

from lumbung import flow, transform
from lumbung.errors import LumbungError, UsageError
from lumbung.intake import nil_return
from lumbung.lake.home import Home

# Month -> dollars of Kota Depok in thousands. Of 2023 only January came: of the whole province.
UNLIKE = {"2022-01": 90, "2022-02": 50, "2022-03": Decimal("48.67925"), "2023-01": 100,
          "2024-01": 110, "2024-02": 120, "2024-03": 124}
HEADLINE = "basis = 'peb' AND rule_name = 'headline' AND region_code = '32.76'"


def declared(months: dict, **more) -> list[dict]:
    """Three exporters of Depok share a month's dollars."""
    return [{"nomor_aju": aju(100 * n + e), "registered_on": f"{month}-28", "exporter_party_key": f"k1:{e}",
             "item_fob": f"{Decimal(thousands) * 1000 - 2000 if e == 0 else 1000:.2f}", **more}
            for n, (month, thousands) in enumerate(months.items()) for e in range(3)]


@pytest.fixture(scope="module")
def unlike(tmp_path_factory):
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("unlike") / "home").make())
    warehouse.peb(*declared(UNLIKE))
    warehouse.build()
    return warehouse


def growths(warehouse: Warehouse, table: str) -> set:
    return {row[0] for row in warehouse.rows(
        f"SELECT DISTINCT growth_pct FROM marts.{table} WHERE basis = 'peb' AND region_code = '32.76'")}


def test_254_percent_and_minus_47_cannot_come_out_for_one_city(unlike):
    # What whoever adds up the files that there are would publish.
    usd = dict(unlike.rows("SELECT year(month), sum(fob_usd) FROM marts.mart_city_export_month "
                           "WHERE region_code = '32.76' GROUP BY ALL"))
    assert round(100 * (usd[2024] - usd[2023]) / usd[2023]) == 254
    assert round(100 * (usd[2023] - usd[2022]) / usd[2022]) == -47
    # January is all that is comparable, and it says something else, under every rule and in every list (its weight
    # is the same each year).
    for table in ("mart_city_ranking", "mart_city_export_growth"):
        assert growths(unlike, table) <= {Decimal("10.00"), Decimal("11.11"), Decimal(0), None}, table
        assert {Decimal("10.00"), Decimal("11.11")} <= growths(unlike, table)
    assert unlike.rows("SELECT through_month, base_usd, current_usd, growth_pct, months_compared, months_used, "
                       f"months_left_out FROM marts.mart_city_ranking WHERE {HEADLINE} AND year >= 2023 "
                       "ORDER BY 1") == [
        (date(2023, 1, 1), 90000, 100000, Decimal("11.11"), 1, "2023-01", ""),
        (date(2024, 1, 1), 100000, 110000, Decimal("10.00"), 1, "2024-01", ""),
        (date(2024, 2, 1), 100000, 110000, Decimal("10.00"), 1, "2024-01", "2024-02"),
        (date(2024, 3, 1), 100000, 110000, Decimal("10.00"), 1, "2024-01", "2024-02,2024-03")]


def test_a_list_that_can_compare_no_month_has_every_city_once(unlike):
    assert unlike.rows("SELECT count(*), count(DISTINCT region_code), count(rank), any_value(months_left_out) "
                       "FROM marts.mart_city_ranking WHERE rule_name = 'headline' AND through_month = '2022-03-01' "
                       "AND province_code = '32' AND unranked_reason = 'no_month_to_compare'") == [
        (27, 27, 0, "2022-01,2022-02,2022-03")]


def test_a_month_of_one_expected_agency_enters_with_its_rows_or_its_nil_return(tmp_path):
    """Declarations of West Java are expected of bea-cukai: another agency's rows do not make a month whole."""
    warehouse = Warehouse(Home(tmp_path / "home").make())
    months = {"2023-01": 100, "2023-02": 100, "2024-01": 120, "2024-02": 300}
    whole, partly = ({m: usd for m, usd in months.items() if (m == "2023-02") == late} for late in (False, True))
    warehouse.peb(*declared(whole), agency="bea-cukai")
    warehouse.peb(*({**row, "nomor_aju": aju(9000 + n)} for n, row in enumerate(declared(partly))),
                  agency="another", name="part.csv")
    # Made-up declarations, of which bea-cukai never sent any, are nobody's duty.
    warehouse.peb(*({**row, "nomor_aju": aju(8000 + n)} for n, row in enumerate(declared(months, is_synthetic=True))),
                  agency="another", name="made-up.csv")
    warehouse.build()
    asked = (f"SELECT growth_pct, months_used, months_left_out FROM marts.mart_city_ranking WHERE {HEADLINE} "
             "AND through_month = '2024-02-01' AND NOT is_synthetic")
    assert warehouse.rows(asked) == [(Decimal("20.00"), "2024-01", "2024-02")]
    assert warehouse.rows(asked.replace("NOT is", "is")) == [(Decimal("110.00"), "2024-01,2024-02", "")]
    warehouse.settle()

    nil_return(warehouse.home, "peb", "bea-cukai", "2023-02", "surat tanggal 3 Maret 2023")
    warehouse.build()
    assert transform.pinned_nil_returns(warehouse.home, f"run-{warehouse.runs}") == [
        {"feed": "peb", "agency": "bea-cukai", "month": "2023-02-01"}]
    assert warehouse.rows(asked) == [(Decimal("110.00"), "2024-01,2024-02", "")]
    warehouse.settle()

    nil_return(warehouse.home, "peb", "bea-cukai", "2023-02", "keliru", is_nil=False)
    warehouse.build()
    assert warehouse.rows(asked) == [(Decimal("20.00"), "2024-01", "2024-02")]


def test_rows_to_the_middle_of_a_month_are_not_the_month(tmp_path):
    """February 2024 came to the 22nd: it waits until something of its last seven days is there, whatever
    became of it."""
    warehouse = Warehouse(Home(tmp_path / "home").make())
    months = {"2023-01": 100, "2023-02": 100, "2024-01": 120}
    warehouse.peb(*declared(months), agency="bea-cukai")
    part = [{**row, "nomor_aju": aju(9000 + n), "registered_on": "2024-02-22"}
            for n, row in enumerate(declared({"2024-02": 60}))]
    warehouse.peb(*part, agency="bea-cukai", name="to-the-22nd.csv")
    warehouse.build()
    asked = ("SELECT growth_pct, months_used, cut_off_month, is_final FROM marts.mart_city_ranking "
             f"WHERE {HEADLINE} AND through_month = '2024-02-01'")
    assert warehouse.rows(asked) == [(Decimal("20.00"), "2024-01", date(2024, 1, 1), False)]
    warehouse.settle()

    warehouse.peb({**part[0], "nomor_aju": aju(9100), "registered_on": "2024-02-23", "cancelled_on": "2024-02-24"},
                  agency="bea-cukai", name="the-last-week.csv")
    warehouse.build()
    assert warehouse.rows(asked) == [(Decimal("-10.00"), "2024-01,2024-02", date(2024, 2, 1), False)]


def test_a_month_in_which_everybody_had_nothing_counts_as_nothing(tmp_path):
    warehouse = Warehouse(Home(tmp_path / "home").make())
    warehouse.peb(*declared({"2023-01": 100, "2023-02": 100, "2024-01": 100, "2024-03": 5}), agency="bea-cukai")
    for month in ("2024-02", "2024-04"):
        nil_return(warehouse.home, "peb", "bea-cukai", month, "nihil")
    warehouse.build()
    assert warehouse.rows(
        f"SELECT base_usd, current_usd, growth_pct, months_left_out FROM marts.mart_city_ranking WHERE {HEADLINE} "
        "AND through_month = '2024-03-01'") == [(200000, 100000, Decimal("-50.00"), "2024-03")]
    # That nothing came in April takes the source no further.
    assert warehouse.rows("SELECT DISTINCT cut_off_month, is_final FROM marts.mart_city_ranking "
                          f"WHERE {HEADLINE} AND through_month >= '2024-03-01'") == [(date(2024, 3, 1), False)]
    assert warehouse.rows(
        "SELECT count(*), bool_and(r.base_usd = g.base_usd AND r.current_usd = g.current_usd AND r.exporters = "
        "g.exporters) FROM marts.mart_city_ranking AS r JOIN marts.mart_city_export_growth AS g "
        "USING (basis, is_synthetic, region_code, through_month) "
        "WHERE g.window_kind = 'year_to_date' AND r.rule_name = 'headline'") == [(27 * 6, True)]


def test_a_release_goes_by_the_nil_returns_of_its_run(tmp_path):
    home = Home(tmp_path / "home").make()
    flow.pin(home, "run-1", datetime.now(UTC))
    nil_return(home, "ska", "ipska-jabar", "2023-02", "nihil")
    assert transform.pinned_nil_returns(home, "run-1") == []


@pytest.mark.parametrize(("asked", "error", "says"), [
    (("peb", "bea-cukai", "2023-13", "x"), UsageError, "no month"),
    (("peb", "bea-cukai", "2023-02", " "), UsageError, "needs a reason"),
    (("peb", "ipska-jabar", "2023-02", "x"), LumbungError, "Nobody waits for peb of ipska-jabar"),
    (("peb", "bea-cukai", "2020-12", "x"), LumbungError, "Nobody waits")])
def test_a_nil_return_that_means_nothing_is_refused(tmp_path, asked, error, says):
    with pytest.raises(error, match=says):
        nil_return(Home(tmp_path / "home").make(), *asked)


def test_nobody_had_nothing_to_send_for_a_month_that_goes_on(tmp_path):
    home, asked = Home(tmp_path / "home").make(), ("peb", "bea-cukai", "2024-04", "nihil")
    with pytest.raises(UsageError, match="2024-04 has not ended"):
        nil_return(home, *asked, today=date(2024, 4, 30))
    # By the clock, where nothing else is said.
    with pytest.raises(UsageError, match="has not ended"):
        nil_return(home, "peb", "bea-cukai", f"{datetime.now(UTC):%Y-%m}", "nihil")
    nil_return(home, *asked, today=date(2024, 4, 30), is_nil=False)
    nil_return(home, *asked, today=date(2024, 5, 1))
