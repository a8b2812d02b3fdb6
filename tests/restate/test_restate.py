"""Months that are restated are read and built again, by what holds today, into a release that says why."""

import duckdb
import pytest
from returned_files import item, peb

from lumbung import flow, publish, returning
from lumbung.errors import LeaseHeld, UsageError
from lumbung.lake import lease, restatements
from lumbung.lake.user import user


def of_build(office, sql: str) -> list[tuple]:
    with duckdb.connect(office.home.build_database) as connection:
        return connection.execute(sql).fetchall()


def weights(office) -> dict[str, int | None]:
    """Month -> kg of the declarations in the current release."""
    with publish.current(office.home).connect() as connection:
        return dict(connection.execute("SELECT strftime(registered_on, '%Y-%m'), sum(net_weight_kg)::int "
                                       "FROM fct_export_item GROUP BY ALL").fetchall())


def test_the_months_asked_for_are_read_under_todays_contract_and_the_release_says_why(office, other_contract):
    before = office.loads()
    other_contract()
    done = returning.restate(office.home, "2024-01", "2024-02", " berat tidak dikirim ")
    assert (done["retyped"]["peb"]["loads"], done["retyped"]["ska"]["loads"]) == (2, 0)
    after = office.loads()
    assert {name for name in after if after[name].load_id != before[name].load_id} == {"2024-01.csv", "2024-02.csv"}
    assert weights(office) == {"2024-01": 10, "2024-02": 10, "2024-09": None}
    release = publish.current(office.home)
    assert release.id == done["release_id"]
    [told] = release.manifest["restatements"]
    assert (told["from"], told["to"], told["feeds"], told["reason"], told["by"]) == (
        "2024-01", "2024-02", ["peb", "ska"], "berat tidak dikirim", user())
    assert restatements.open_ones(office.home) == []
    assert len(publish.releases(office.home)) == 2
    assert flow.run(office.home).release_id is None                 # it is not carried out twice


def test_where_nothing_changes_there_is_no_release_and_nothing_stays_open(office):
    before = publish.current(office.home)
    done = returning.restate(office.home, "2024-01", "2024-09", "sekadar memeriksa", feeds=["peb"])
    assert (done["release_id"], done["retyped"]["peb"]["same"]) == (None, 3)
    assert publish.current(office.home) == before
    assert restatements.open_ones(office.home) == []


def test_the_months_are_built_anew_and_no_others(office):
    """What stands in the build database for these months is not trusted."""
    of_build(office, "UPDATE marts.fct_export_item SET note_number = 7")
    assert flow.run(office.home).release_id is None
    assert returning.restate(office.home, "2024-01", "2024-02", "aturan diperiksa")["release_id"] is None
    assert of_build(office, "SELECT strftime(registered_on, '%m'), note_number FROM marts.fct_export_item "
                            "GROUP BY ALL ORDER BY ALL") == [("01", None), ("02", None), ("09", 7)]


def test_one_that_a_run_did_not_come_to_is_carried_out_by_the_next(office, other_contract):
    other_contract()
    asked = returning.ask_restatement(office.home, "2024-09", "2024-09", "berat", by="ani")
    assert restatements.open_ones(office.home) == [{key: asked[key] for key in restatements.TOLD}]
    release_id = flow.run(office.home).release_id
    assert [(r["by"], r["from"]) for r in publish.release(office.home, release_id).manifest["restatements"]] == [
        ("ani", "2024-09")]
    assert restatements.open_ones(office.home) == []


def test_documents_that_come_late_for_a_month_that_is_long_final_enter_the_next_release(office):
    """Final is a label. The last month there is lies eight months after this one."""
    before = publish.current(office.home)
    assert before.manifest["loads"][0]["published_since"]
    office.send("peb/bea-cukai/terlambat.csv", peb([
        item(40, registered_on="2024-01-30", registration_number="000040", item_fob="1000.00")]))
    after = publish.release(office.home, flow.run(office.home).release_id)
    amounts = []
    for release in (before, after):
        with release.connect() as connection:
            amounts.append(connection.execute(
                "SELECT sum(fob_usd) FROM mart_city_export_month WHERE region_code = '32.76' AND basis = 'peb' "
                "AND month = DATE '2024-01-01'").fetchone()[0])
    assert (float(amounts[0]), float(amounts[1])) == (200.5, 1200.5)
    assert "terlambat.csv" in {load["file_name"] for load in after.manifest["loads"]}
    assert publish.verify(office.home, before) == []


def test_what_a_run_asks_again_because_it_is_tried_again_is_asked_once(office):
    def ask(run_id: str, last: str = "2024-01") -> str:
        return returning.ask_restatement(office.home, "2024-01", last, "berat", run_id=run_id)["restatement_id"]

    first = ask("airflow-manual-1")
    assert ask("airflow-manual-1") == first
    assert ask("airflow-manual-2") != first
    assert ask("airflow-manual-1", "2024-02") != first
    assert len(restatements.open_ones(office.home)) == 3
    restatements.settle(office.home, [first], None)
    assert ask("airflow-manual-1") != first                         # what it came to is over


@pytest.mark.parametrize(("first", "last", "reason"), [
    ("2024-13", "2024-12", "x"), ("2024-02", "2024-01", "x"), ("Januari", "2024-01", "x"), ("2024-01", "2024-01", " ")])
def test_what_can_not_be_meant_is_refused_before_anything_is_done(office, first, last, reason):
    with pytest.raises(UsageError):
        returning.restate(office.home, first, last, reason)
    assert restatements.open_ones(office.home) == []


def test_none_is_asked_for_while_a_run_is_writing(office):
    with lease.step(office.home, "airflow-a-run"), pytest.raises(LeaseHeld):
        returning.ask_restatement(office.home, "2024-01", "2024-01", "berat", wait_seconds=0)
    assert restatements.open_ones(office.home) == []
