"""`lumbung trace`: from any figure of the sample's release to the rows of the files it is made of."""

import csv
import hashlib
import io
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
from python_calamine import CalamineWorkbook
from sample_office import office

from lumbung import report, transform
from lumbung.errors import LumbungError, UsageError
from lumbung.lake.home import Home
from lumbung.publish import current, publish

EMPTY_IN_THE_SAMPLE = {"mart_conflict"}
# Marts whose rows are one sum of dollars, and the column that holds it.
SUMS = {"mart_city_export_month": "fob_usd", "mart_maker_export_month": "fob_usd", "mart_exporter_dynamics": "fob_usd",
        "mart_ikm_share": "fob_usd", "mart_revision_triangle": "latest_usd", "mart_city_export_growth": "fob_usd",
        "fct_export_item": "fob_usd", "fct_certificate_item": "value_usd", "bridge_export_item_producer": "fob_usd"}


@pytest.fixture(scope="session")
def received(tmp_path_factory):
    return office(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def release(received):
    return current(received.home)


def rows_of(release, table: str, number: int, where: str = "true") -> list[dict]:
    """Some rows of a table, the same ones each time."""
    with release.connect() as connection:
        result = connection.execute(
            f'SELECT * FROM "{table}" AS t WHERE {where} ORDER BY hash(t::VARCHAR) LIMIT {number}')
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def trace_of(release, table: str, row: dict):
    grain = release.manifest["tables"][table]["grain"]
    return report.trace_row(release, table, [f"{name}={'' if row[name] is None else row[name]}" for name in grain])


def payload(received, row: dict) -> bytes:
    return (received.home.landing / row["feed"] / row["sha256"] / "payload").read_bytes()


def test_every_mart_says_where_its_rows_come_from(received):
    nodes = json.loads(transform.manifest_path(received.home).read_text())["nodes"].values()
    silent = [node["name"] for node in nodes if node["resource_type"] == "model" and node["schema"] == "marts"
              and not node["config"]["meta"].get("trace")]
    assert silent == [], "write meta: trace beside the model, see docs/structure.md"


def test_a_row_of_every_mart_leads_to_rows_of_files(received, release):
    loads = {load["load_id"]: load for load in release.manifest["loads"]}
    empty = set()
    for table, about in release.manifest["tables"].items():
        if not about["rows"]:
            empty.add(table)
            continue
        # Some members stand in no file: a country that nobody sells to.
        asked = rows_of(release, table, 60, "rule_name = 'headline'" if table == "mart_city_ranking" else "true")
        found = next((found for row in asked
                      if (found := trace_of(release, table, row)).rows), None)
        assert found, table
        for row in found.rows[:5]:
            load = loads[row["load_id"]]
            assert (row["sha256"], row["feed"], row["agency"]) == (load["sha256"], load["feed"], load["agency"]), table
            assert hashlib.sha256(payload(received, row)).hexdigest() == row["sha256"], table
            assert datetime.fromisoformat(row["landed_at"]).tzinfo
            assert row["row_number"] is None or row["row_number"] >= 1, table
    assert empty <= EMPTY_IN_THE_SAMPLE


@pytest.mark.parametrize("table", SUMS)
def test_what_is_traced_adds_up_to_the_sum(release, table):
    seen = set()
    for row in rows_of(release, table, 6):
        found = trace_of(release, table, row)
        traced = sum((total["amount"] or Decimal(0) for total in found.totals), Decimal(0))
        assert traced == (row[SUMS[table]] or 0), row
        assert sum(total["rows"] for total in found.totals) == len(found.rows)
        seen |= {line["source_table"] for line in found.rows}
    assert seen


@pytest.mark.parametrize(("basis", "year", "through"), [
    ("peb", 2024, None), ("peb", 2023, "2023-05"), ("ska", 2024, "2024-09"), ("ska", 2022, None)])
def test_a_figure_of_the_ranking_is_its_rows_to_the_cent(release, basis, year, through):
    ranking = report.rank(release, "32", year, through, basis)
    assert len(ranking.rows) == 27
    # Depok, some others, and some without any export.
    for city in [*ranking.rows[:3], *ranking.rows[-3:], *(r for r in ranking.rows if r["region_code"] == "32.76")]:
        found = report.trace_figure(release, city["region_code"], year, through, basis, limit=3)
        sums = {total["window"]: total["amount"] for total in found.totals}
        assert (sums.get("base", 0), sums.get("current", 0)) == (city["base_usd"], city["current_usd"]), city
        assert len(found.rows) <= 3


@pytest.mark.parametrize("decomposition", ["exporter", "maker", "product", "market"])
def test_a_part_of_growth_is_its_rows_to_the_cent(release, decomposition):
    for row in rows_of(release, "mart_growth_contribution", 6, f"decomposition = '{decomposition}'"):
        sums: dict[str, Decimal] = {"base": Decimal(0), "current": Decimal(0)}
        for total in trace_of(release, "mart_growth_contribution", row).totals:
            sums[total["window"]] += total["amount"]
        assert (sums["base"], sums["current"]) == (row["base_usd"], row["current_usd"]), row


@pytest.mark.parametrize(("margin", "window"), [("entering", "current"), ("leaving", "base")])
def test_who_comes_and_goes_is_traced_too(release, margin, window):
    for row in rows_of(release, "mart_growth_contribution", 6, f"member_key = '{margin}'"):
        [total] = trace_of(release, "mart_growth_contribution", row).totals
        assert (total["window"], total["amount"]) == (window, row[f"{window}_usd"])


@pytest.mark.parametrize("arm", ["enrolled", "trained", "waiting"])
def test_an_outcome_is_traced_to_a_line_a_member(release, arm):
    """Also of a cohort, where a business that stands in several lists counts by its first."""
    seen = 0
    for row in rows_of(release, "mart_programme_outcome", 12, f"arm = '{arm}' AND members > 0"):
        assert len(trace_of(release, "mart_programme_outcome", row).rows) == row["members"], row
        seen += row["cohort"] != "all"
    assert seen


def test_a_figure_by_another_place_than_facts_say_is_not_traced_wrongly(release):
    [row] = rows_of(release, "mart_city_ranking", 1, "rule_name = 'maker_address' AND current_usd > 0 AND base_usd > 0")
    for ask in (lambda: trace_of(release, "mart_city_ranking", row),
                lambda: report.trace_figure(release, row["region_code"], row["year"], rule="maker_address")):
        with pytest.raises(LumbungError, match="add up to 0 dollars"):
            ask()
    [row] = rows_of(release, "mart_city_ranking", 1, "rule_name = 'headline' AND current_usd > 0 AND base_usd > 0")
    assert sum(total["amount"] for total in trace_of(release, "mart_city_ranking", row).totals) == (
        row["base_usd"] + row["current_usd"])


def test_the_row_of_a_certificate_is_the_one_in_the_file(received, release):
    found = report.trace_figure(release, "32.76", 2024, "2024-09", "ska", window="current")
    assert {row["window"] for row in found.rows} == {"current"}
    for row in found.rows[:8]:
        lines = list(csv.reader(io.StringIO(payload(received, row).decode("utf-8-sig"))))
        assert row["document"] in lines[row["row_number"]], row


def test_the_row_of_a_report_is_the_one_in_the_file(received, release):
    for figure in rows_of(release, "fct_reported_figure", 6, "NOT is_synthetic"):
        [row] = trace_of(release, "fct_reported_figure", figure).rows
        lines = list(csv.reader(io.StringIO(payload(received, row).decode("utf-8-sig"))))
        assert figure["figure_id"] in lines[row["row_number"]]


def test_a_maker_leads_to_its_line_of_the_roster(received, release):
    read = 0
    for member in rows_of(release, "dim_ikm", 8, "is_listed AND NOT is_inferred"):
        [row] = [row for row in trace_of(release, "dim_ikm", member).rows if row["source_table"] == "dim_ikm"]
        if row["file_name"].endswith(".xlsx"):
            book = CalamineWorkbook.from_filelike(io.BytesIO(payload(received, row)))
            cells = [[str(cell).strip() for cell in line] for line in book.get_sheet_by_name(row["sheet"]).to_python()]
            # Titles stand above the header, so the row is counted from it.
            header = next(n for n, line in enumerate(cells) if sum(bool(cell) for cell in line) > 3)
            assert member["business_name"] in " ".join(" ".join(cells[header + row["row_number"]]).split()), row
            read += 1
    assert read


def test_the_command_says_it_for_people_and_programs(received, warm_command):
    run = partial(warm_command.run, environment={
        **os.environ, "LUMBUNG_HOME": str(received.home.root), "COLUMNS": "200"})
    asked = ["trace", "--city", "32.76", "--year", "2024", "--basis", "ska"]
    told = run(*asked, "--limit", "2")
    assert told.returncode == 0
    assert "Jumlah fct_certificate_item (kini)" in told.stdout
    data = json.loads(run(*asked, "--json").stdout)
    assert sum(Decimal(row["amount"]) for row in data["rows"] if row["window"] == "base") == Decimal(
        data["totals"][0]["amount"])
    assert {"file_name", "sha256", "sheet", "row_number", "agency", "landed_at", "amount"} <= set(data["rows"][0])
    for wrong in (["trace"], ["trace", "no_table"], ["trace", "dim_date", "day=1"], ["trace", "dim_date", "date_day=x"],
                  [*asked, "--window", "both"], ["trace", "dim_date", "--city", "32.76"]):
        assert run(*wrong).returncode == 2, wrong
    assert run("trace", "dim_date", "year=2024").returncode == 1


def test_a_value_is_never_read_as_sql(release):
    with pytest.raises(LumbungError, match="No row"):
        report.trace_row(release, "dim_country", ["country_code=AU' OR 'a'='a"])
    with pytest.raises(UsageError):
        report.trace_row(release, "dim_country", ["country_code OR true=AU"])


def test_a_release_is_traced_by_what_it_says_itself(release):
    tables = {**release.manifest["tables"], "dim_country": {"rows": 1, "grain": ["country_code"], "trace": [
        {"in": "fct_buyer_lead", "where": "buyer_country_code = :country_code"}]}}
    [total] = report.trace_row(replace(release, manifest={**release.manifest, "tables": tables}), "dim_country",
                               ["country_code=JP"]).totals
    assert total["source_table"] == "fct_buyer_lead"
    old = {**tables, "dim_country": {"rows": 1, "grain": ["country_code"]}}
    with pytest.raises(LumbungError, match="does not say"):
        report.trace_row(replace(release, manifest={**release.manifest, "tables": old}), "dim_country",
                         ["country_code=JP"])


def test_a_conflict_leads_to_its_files(tmp_path):
    from loaded_warehouse import Warehouse, aju

    w = Warehouse(Home(tmp_path / "home").make())
    loads = {w.peb({"nomor_aju": aju(1), "item_fob": fob}, name=f"{fob}.csv") for fob in ("10.00", "20.00")}
    w.build()
    made = publish(w.home, "run-1", pinned=transform.pin(w.home, "run-1"), gates=[], code_version="test",
                   run_time=datetime(2024, 11, 1, tzinfo=UTC), dbt_manifest=transform.manifest_path(w.home))
    rows = [trace_of(made, "mart_conflict", row).rows[0] for row in rows_of(made, "mart_conflict", 9)]
    assert {row["load_id"] for row in rows} == loads


def test_months_left_out_are_not_traced(tmp_path):
    from loaded_warehouse import Warehouse, aju

    w = Warehouse(Home(tmp_path / "home").make())
    sold = ["2023-01", "2023-02", "2023-04", "2024-01", "2024-02", "2024-03", "2024-04"]
    w.peb(*({"nomor_aju": aju(number), "registered_on": f"{month}-28", "item_fob": f"{10 ** number}.00"}
            for number, month in enumerate(sold)))
    w.build()
    made = publish(w.home, "run-1", pinned=transform.pin(w.home, "run-1"), gates=[], code_version="test",
                   run_time=datetime(2024, 11, 1, tzinfo=UTC), dbt_manifest=transform.manifest_path(w.home))
    found = report.trace_figure(made, "32.76", 2024)
    assert {total["window"]: total["amount"] for total in found.totals} == {"base": 111, "current": 1011000}
    assert report.explain(made, "32.76", 2024).months == [
        (date(2024, month, 1), date(2023, month, 1)) for month in (1, 2, 4)]
