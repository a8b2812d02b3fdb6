"""What people are told of: gates that fail or warn, files that are held, feeds that are late, runs that take long."""

import json
from datetime import date

import duckdb
import pytest
from clean_staging import STAGING_FEEDS, compared_with, staging_table
from dated_post import Post
from kept_file import earlier

from lumbung import alerts, flow, intake
from lumbung.errors import GateFailed
from lumbung.gates import CheckResult, GateResult
from lumbung.lake import ledger
from lumbung.lake.durable import write_text

HEAD = "No,Nama IKM,Kode Wilayah,Penanda Data,Per Tanggal"
NAMED = "banyak salah 081234567890.csv"


def told(home) -> list[tuple]:
    return [(one["kind"], one["what"]) for one in alerts.latest(home, 50)]


def warned(*load_ids: str, name: str = "rare", severity: str = "warning", **more) -> GateResult:
    return GateResult.of("staging", [CheckResult(
        "staging.t", "staging.t", name, None, severity, False, unexpected_count=1, load_ids=list(load_ids),
        reason="It is rare.", **more)])


def fresh(**days_by_agency: float) -> GateResult:
    return warned(name="fresh", at_most=70, measured=[
        {"feed": "ska", "agency": agency, "observed": days} for agency, days in days_by_agency.items()])


@pytest.fixture
def post(home, tmp_path, monkeypatch) -> Post:
    (tmp_path / "expected.csv").write_text("feed,agency_code,province_code,from_month,to_month\n"
                                           "peb,bea-cukai,32,2024-01-01,\n")
    monkeypatch.setattr("lumbung.deliveries.due.EXPECTED", tmp_path / "expected.csv")
    return Post(home)


@pytest.mark.parametrize(("mark", "is_called"), [("", True), ("DATA BUATAN", False)])
def test_a_held_file_is_told_once_with_the_commands_that_decide(home, channels, mail_server, monkeypatch, mark,
                                                                        is_called):
    channels(mail_server)
    monkeypatch.setenv("LUMBUNG_KEY", "k" * 40)
    folder = home.inbox / "agency_roster" / "dinas"
    folder.mkdir(parents=True)
    (folder / NAMED).write_text(f"{HEAD}\n1,UD Dua,32.76,{mark},2024-01-01\n" + f"2,,x,{mark},2024-01-01\n" * 2)
    [batch] = intake.plan(home, ["agency_roster"], 0)
    flow.take_in(home, batch)
    [load] = ledger.loads(home).values()
    alerts.taken_in(home)
    [said] = alerts.latest(home, 50)
    assert (said["kind"], said["is_made_up"]) == ("load_held", not is_called)
    assert "2 dari 3" in said["what"]
    assert said["where"] == "agency_roster/dinas/banyak salah [PHONE].csv"
    assert f"lumbung loads release {load.load_id}" in said["todo"]
    assert len(mail_server.came) == is_called


def test_a_failing_gate_is_told_with_the_files_behind_it_and_no_value(home, post, channels, mail_server):
    channels(mail_server)
    for load_id in (post.send("ska", "ipska-jabar", "2024-02-01", "2024-01-31") for _ in range(2)):
        assert load_id in ("load-1", "load-2")
    with duckdb.connect(str(home.build_database)) as connection:
        compared_with(connection)
        for table in STAGING_FEEDS:
            staging_table(connection, table, ["load-1", "load-2"])
        connection.execute("update staging.stg_ska__items set hs_code = 'nilai' where load_id = 'load-2'")
    write_text(home.run("run-1") / "run.json", json.dumps({"run_time": "2024-02-02T00:00:00+00:00"}))
    with pytest.raises(GateFailed):
        flow.gate(home, "run-1", "staging")
    failed = next(one for one in alerts.latest(home, 9) if one["kind"] == "gate_failed")
    for said in ("hs_code_pattern", "ska/ipska-jabar/load-2.csv (load load-2)", "Nothing was published",
                 'lumbung loads withdraw load-2 --reason "…" && lumbung run'):
        assert said in failed["body"]
    assert "load-1" not in failed["body"]
    assert "nilai" not in json.dumps(alerts.latest(home, 9))
    assert "rilis terakhir tetap berlaku" in mail_server.came[0]["subject"]


def test_what_is_held_by_gate_raw_is_no_failure_and_a_refused_file_is(home, post):
    loads = [post.send("ska", "ipska-jabar", "2024-02-01", "2024-01-31") for _ in range(2)]
    checks = [CheckResult("raw.load_profile", "raw.load_profile", name, None, "critical", False, load_ids=[load_id])
              for name, load_id in zip((intake.HELD_BY_GATE, "period_within_reason"), loads, strict=True)]
    alerts.judged(home, "batch-1", GateResult.of("raw", checks[:1]))
    assert told(home) == []
    alerts.judged(home, "batch-1", GateResult.of("raw", checks))
    alerts.judged(home, "batch-1", GateResult.of("raw", checks))
    [(kind, what)] = told(home)
    assert kind == "gate_failed"
    assert "The files behind it are refused" in what


def test_a_warning_is_told_once_of_each_load_behind_it(home, post):
    made_up = post.send("ska", "ipska-jabar", "2024-02-01", "2024-01-31", made_up=True)
    first, second = (post.send("ska", "ipska-jabar", "2024-02-01", "2024-01-31") for _ in range(2))
    alerts.judged(home, "run-1", warned(made_up))
    alerts.judged(home, "run-2", warned(made_up, first))
    alerts.judged(home, "run-3", warned(made_up, first))
    alerts.judged(home, "run-4", warned(first, second))
    alerts.judged(home, "run-5", warned(first, name="other"))
    earlier(home, minutes=31 * 24 * 60)
    alerts.judged(home, "run-6", warned(first, second))
    assert [what.split(" in ")[1][:5] for _, what in told(home)] == ["run-1", "run-2", "run-4", "run-5"]
    assert [one["is_made_up"] for one in alerts.latest(home, 9)] == [True, False, False, False]
    assert first not in alerts.latest(home, 9)[2]["body"]


def test_a_measure_is_told_of_each_thing_outside_its_limits_and_again_while_it_stands(home, post):
    alerts.judged(home, "run-1", fresh(jabar=80, banten=10))
    alerts.judged(home, "run-2", fresh(jabar=81, banten=11))
    alerts.judged(home, "run-3", fresh(jabar=82, banten=71))
    alerts.judged(home, "run-4", warned(name="whole_table"))
    alerts.judged(home, "run-5", warned(name="whole_table"))
    earlier(home, minutes=31 * 24 * 60)
    alerts.judged(home, "run-6", fresh(jabar=120))
    alerts.judged(home, "run-7", warned(name="whole_table"))
    assert [what.split(" in ")[1][:5] for _, what in told(home)] == ["run-1", "run-3", "run-4", "run-6", "run-7"]


def test_a_measure_of_made_up_rows_calls_nobody(home, post):
    alerts.judged(home, "run-1", warned(at_most=1, measured=[{"feed": "peb", "is_synthetic": True, "observed": 2}]))
    alerts.judged(home, "run-2", warned(at_most=1, measured=[{"feed": "peb", "is_synthetic": False, "observed": 2}]))
    assert [one["is_made_up"] for one in alerts.latest(home, 9)] == [True, False]


def test_a_failure_that_stands_is_told_once_a_day_and_another_one_at_once(home, post):
    for run in range(3):
        alerts.judged(home, f"run-{run}", warned("load-1", severity="critical"))
    alerts.judged(home, "run-3", warned("load-1", "load-2", severity="critical"))
    alerts.judged(home, "run-4", warned("load-1", severity="critical", name="other"))
    earlier(home, minutes=25 * 60)
    alerts.judged(home, "run-5", warned("load-1", severity="critical"))
    assert [what.split(" of ")[1][:5] for _, what in told(home)] == ["run-0", "run-3", "run-4", "run-5"]


def test_what_is_held_is_told_though_the_process_that_held_it_died(home, post):
    """The attempt that follows finds nothing to land."""
    held = post.send("ska", "ipska-jabar", "2024-02-01", "2024-01-31", status="held")
    flow.take_in(home, intake.Batch("agency_roster", "batch-1"))
    assert [one["keys"] for one in alerts.latest(home, 9)] == [[held]]
    alerts.taken_in(home)
    assert len(alerts.latest(home, 9)) == 1


def test_a_run_asks_channels_when_it_has_given_back_the_lease(home, channels, web_server):
    channels(web_server)
    leases = []
    web_server.meanwhile = lambda: leases.append((home.build / "lease.json").exists())
    folder = home.inbox / "agency_roster" / "dinas"
    folder.mkdir(parents=True)
    (folder / "tanpa-tanggal.csv").write_text("No,Nama IKM,Kode Wilayah,Penanda Data\n1,UD Satu,32.76,\n")
    flow.run(home)
    assert leases == [False]
    assert told(home)[0][0] == "load_held"


def test_a_late_feed_is_told_once_a_due_date_and_a_stopped_one_once(home, post):
    post.send("peb", "bea-cukai", "2024-02-09", "2024-01-31")
    days = [date(2024, month, day) for month in range(3, 13) for day in (10, 11, 12)]
    for day in days:
        alerts.late(home, day)
    assert [what.split(";")[0] for _, what in told(home)] == [
        *(f"peb of bea-cukai was due on 2024-{month:02}-10 and has not come" for month in (3, 4, 5)),
        "peb of bea-cukai has stopped: 4 deliveries did not come"]
    third = alerts.latest(home, 9)[2]
    assert "lumbung loads nil peb bea-cukai 2024-04" in third["todo"]
    assert third["body"].count("- missing: the period from") == 3
    post.send("peb", "bea-cukai", "2025-01-09", "2024-12-31")
    alerts.late(home, date(2025, 1, 20))
    alerts.late(home, date(2025, 2, 11))
    assert "was due on 2025-02-10" in told(home)[-1][1]
    assert len(told(home)) == 6
    again = alerts.latest(home, 9)[4]           # it sends again, and what it left out is named, once
    assert "was due on 2024-12-10" in again["what"]
    assert again["body"].count("- missing: the period from") == 10


def test_a_hole_is_told_once_and_a_stop_once_with_it(home, post):
    for landed_on, day in (("2024-02-05", "2024-01-31"), ("2024-04-05", "2024-03-31")):
        post.send("peb", "bea-cukai", landed_on, day)
    for month in range(4, 20):
        alerts.late(home, date(2024 + month // 13, (month - 1) % 12 + 1, 12))
    assert [what.split(";")[0].removeprefix("peb of bea-cukai ") for _, what in told(home)] == [
        f"was due on 2024-{month:02}-10 and has not come" for month in (3, 5, 6, 7)] + [
        "has stopped: 4 deliveries did not come"]


def test_rows_that_cannot_be_read_are_told_once_and_stop_neither_the_other_feeds_nor_a_run(home, post, tmp_path,
                                                                                         monkeypatch):
    for feed, agency in (("peb", "bea-cukai"), ("ska", "ipska-jabar")):
        for month in (1, 2):
            post.send(feed, agency, f"2024-{month + 1:02}-01", f"2024-{month:02}-29")
    (home.raw / "peb" / "batch-load-1.parquet").write_bytes(b"PAR1 broken")
    kept = {}
    monkeypatch.setattr("lumbung.transform.load_quality", lambda *said: kept.update(found=list(said[-1])))
    monkeypatch.setattr("lumbung.transform.dbt", lambda *said: None)
    write_text(home.run("run-1") / "run.json", json.dumps({"run_time": "2024-04-12T00:00:00+00:00"}))
    flow.build_quality(home, "run-1")
    assert {one["feed"] for one in kept["found"]} == {"ska"}
    assert [one.feed for one in alerts.late(home, date(2024, 4, 12))] == ["ska"]
    unread, late = alerts.latest(home, 9)
    assert (unread["kind"], unread["where"]) == ("feed_unread", "lake/raw/peb/batch-load-1.parquet")
    assert late["kind"] == "feed_late"


def test_a_slow_run_is_told_once(home):
    for _ in range(2):
        alerts.too_slow(home, "warehouse", "run-1", 120)
    assert told(home) == [("run_slow", "The run run-1 of warehouse is not done after 120 minutes; the last release "
                                       "stays until it is.")]
