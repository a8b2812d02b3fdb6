"""What people are told of: gates that fail or warn, files that are held, feeds that are late, runs that take long."""

import json
from datetime import date

import duckdb
import pytest
from clean_staging import STAGING_FEEDS, compared_with, staging_table
from dated_post import Post

from lumbung import alerts, flow, intake
from lumbung.errors import GateFailed
from lumbung.gates import CheckResult, GateResult
from lumbung.lake import ledger
from lumbung.lake.durable import write_text

HEAD = "No,Nama IKM,Kode Wilayah,Penanda Data,Per Tanggal"
NAMED = "banyak salah 081234567890.csv"


def told(home) -> list[tuple]:
    return [(one["kind"], one["what"]) for one in alerts.latest(home, 50)]


def warned(*agencies_loads: str, name: str = "rare") -> GateResult:
    return GateResult.of("staging", [
        CheckResult("staging.t", "staging.t", name, None, "warning", False, unexpected_count=1, load_ids=[load_id],
                    reason="It is rare.") for load_id in agencies_loads])


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
    alerts.taken_in(home, [{"loads": [{"load_id": load.load_id, "status": "held"}]}])
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
    checks = [CheckResult("raw.load_profile", "raw.load_profile", name, None, severity, False, load_ids=[load_id])
              for name, severity, load_id in zip((intake.HELD_BY_GATE, "period_within_reason"),
                                                 ("warning", "critical"), loads, strict=True)]
    alerts.judged(home, "batch-1", GateResult.of("raw", checks[:1]))
    assert told(home) == []
    alerts.judged(home, "batch-1", GateResult.of("raw", checks))
    alerts.judged(home, "batch-1", GateResult.of("raw", checks))
    [(kind, what)] = told(home)
    assert kind == "gate_failed"
    assert "The files behind it are refused" in what


def test_only_new_warnings_are_told(home, post):
    first, same_agency = (post.send("ska", "ipska-jabar", "2024-02-01", "2024-01-31") for _ in range(2))
    other = post.send("ska", "ipska-banten", "2024-02-01", "2024-01-31", made_up=True)
    alerts.judged(home, "run-1", warned(first))
    alerts.judged(home, "run-2", warned(same_agency))
    alerts.judged(home, "run-3", warned(first, other))
    alerts.judged(home, "run-4", warned(first, name="other"))
    assert [what.split(" in ")[1][:5] for _, what in told(home)] == ["run-1", "run-3", "run-4"]
    assert [one["is_made_up"] for one in alerts.latest(home, 9)] == [False, True, False]
    assert "ipska-jabar" not in alerts.latest(home, 9)[1]["body"]


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
