"""What a dashboard is told of a lake: what is there, what waits for a person, what a gate stopped, how old it is."""

import re
import socket
import textwrap
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import yaml
from planted import registered_too_early

from lumbung import metrics, publish
from lumbung.lake import ledger
from lumbung.lake.home import PROJECT, Home

STEPS = {"land", "type", "gate_raw", "pin", "resolve", "append", "dbt_staging", "gate_staging", "dbt_marts",
         "gate_marts", "dbt_quality", "publish"}
ROSTER = "No,Nama IKM,Kode Wilayah,Penanda Data\n1,UD Contoh,32.76,DATA BUATAN\n"
TABLES = PROJECT / "docs" / "operate" / "metrics.md"


def of(figures: list[dict], name: str, **labels: str) -> list[float]:
    return [one["value"] for one in figures if one["metric"] == name and labels.items() <= one["labels"].items()]


def test_a_lake_that_was_released_says_so(clean_run):
    figures, release = clean_run.data("metrics"), publish.current(Home(clean_run.root))
    told = Counter()
    for load in release.manifest["loads"]:
        told[load["feed"], load["agency"]] += load["rows"]
    assert {key: of(figures, "lumbung.rows", feed=key[0], agency=key[1], outcome="accepted")
            for key in told} == {key: [rows] for key, rows in told.items()}
    assert sum(of(figures, "lumbung.loads", status="loaded")) == len(release.manifest["loads"])
    assert set(of(figures, "lumbung.loads.unreleased")) == {0}
    (staging,) = [gate for gate in release.manifest["gates"] if gate["step"] == "staging"]
    assert sum(of(figures, "lumbung.gate.checks", step="staging")) == staging["checks"]
    assert {one["labels"]["step"] for one in figures if one["metric"] == "lumbung.gate.checks"} == {
        "raw", "staging", "marts"}
    assert set(of(figures, "lumbung.gate.checks", outcome="failed")) == {0}
    assert {one["labels"]["step"] for one in figures if one["metric"] == "lumbung.step.duration"} == STEPS
    assert all(seconds > 0 for seconds in of(figures, "lumbung.step.duration"))
    assert {one["metric"] for one in figures} == {metric.name for metric in metrics.METRICS}
    assert {name for one in figures for name in one["labels"]} == {
        "feed", "agency", "status", "outcome", "step", "is_synthetic"}


def test_a_release_grows_old_and_a_delivery_late(clean_run):
    home = Home(clean_run.root)
    made = datetime.fromisoformat(publish.current(home).manifest["run_time"])
    lake = metrics.Lake(home)

    def told(moment: datetime, metric) -> float:
        return sum(one.value for one in lake.figures(moment) if one.metric == metric)

    assert told(made + timedelta(hours=30), metrics.metric.RELEASE_AGE) == 30
    now = datetime.now(UTC)
    assert told(now + timedelta(days=365), metrics.metric.MISSING) > told(now, metrics.metric.MISSING) > 0


def test_what_waits_for_a_person_or_was_stopped_is_sent_when_a_run_ends(
        office_after_run, small_inbox, collector, monkeypatch):
    monkeypatch.setenv("LUMBUNG_METRICS_URL", collector.url)
    office, home = office_after_run, Home(office_after_run.root)
    lake, now = metrics.Lake(home), datetime.now(UTC)
    before = lake.figures(now)
    office.put("agency_roster/dinas/tanpa-tanggal.csv", ROSTER)
    office.put("ska/ipska-jabar/rusak.xlsx", b"PK\x03\x04 this is no workbook")
    office.put("peb/bea-cukai/keliru.json", registered_too_early(small_inbox))
    office.lumbung("run", fails=True)

    def last(name: str, **labels: str) -> float:
        return collector.of(name, **labels)[-1].value

    assert {one.service for one in collector.points} == {"lumbung"}
    assert last("lumbung.loads", feed="agency_roster", agency="dinas", status="held") == 1
    assert last("lumbung.loads", feed="ska", agency="ipska-jabar", status="rejected") == 1
    assert last("lumbung.loads.unreleased", feed="peb") == 1
    assert last("lumbung.gate.checks", step="staging", feed="peb", outcome="failed") == 1
    assert lake.figures(now) != before, "a lake that is read again and again shows what is new"
    assert ({str(one) for one in lake.figures(now) if one.metric != metrics.metric.FREE}
            == {str(one) for one in metrics.Lake(home).figures(now) if one.metric != metrics.metric.FREE})
    (load,) = [load for load in ledger.loads(home).values() if load.file_name == "keliru.json"]
    office.lumbung("loads", "withdraw", load.load_id, "--reason", "salah")
    assert of(office.data("metrics"), "lumbung.loads.unreleased", feed="peb") == [0]
    assert office.lumbung("metrics", "--send").count(collector.url) == 1


def test_a_collector_that_is_away_or_silent_stops_nothing(office, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:          # takes the question and never answers
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setenv("LUMBUNG_METRICS_URL", url)
        began = time.monotonic()
        assert "did not take the figures" in metrics.send_now(Home(office.root).make())
        assert time.monotonic() - began < 8              # OpenTelemetry's own limit is 10 seconds
        assert "Nothing changed" in office.lumbung("run")
        assert url in office.lumbung("metrics", "--send", fails=True)
    monkeypatch.setenv("LUMBUNG_METRICS_URL", url)
    assert "refused" in office.lumbung("metrics", "--send", fails=True)
    monkeypatch.setenv("LUMBUNG_METRICS_URL", "collector:4318")
    assert "no http" in office.lumbung("metrics", "--send", fails=True)
    assert "Nothing changed" in office.lumbung("run")
    monkeypatch.setenv("LUMBUNG_METRICS_URL", "")
    assert metrics.send_now(Home(office.root)) == ""
    assert "No collector" in office.lumbung("metrics", "--send", fails=True)


def test_a_figure_that_cannot_be_read_takes_no_other_along(office_after_run):
    home = Home(office_after_run.root)
    before = {one.metric.name for one in metrics.Lake(home).figures(datetime.now(UTC))}
    broken = next((home.quality / "results" / "staging").glob("*/*.parquet"))
    broken.chmod(0o600)
    broken.write_bytes(b"no Parquet")
    after = {one.metric.name for one in metrics.Lake(home).figures(datetime.now(UTC))}
    assert before - after == {"lumbung.gate.checks"}


def test_every_metric_stands_in_the_documentation_and_every_alarm_rests_on_one():
    text = TABLES.read_text(encoding="utf-8")
    for metric in metrics.METRICS:
        assert f"`{metric.name}`" in text
        assert metric.meaning in text
    rules = yaml.safe_load(textwrap.dedent("    groups:" + text.split("\n    groups:")[1].split("\n\n")[0]))
    alarms = " ".join(rule["expr"] for group in rules["groups"] for rule in group["rules"])
    ending = {"h": "_hours", "s": "_seconds", "By": "_bytes"}
    known = {metric.name.replace(".", "_") + ending.get(metric.unit, "") for metric in metrics.METRICS}
    assert known - set(re.findall(r"lumbung_[a-z_]+", alarms)) == {"lumbung_release_age_hours"}
    assert set(re.findall(r"lumbung_[a-z_]+", alarms)) <= known
