"""Events reach the file of the day or a server, whole, and nothing that goes wrong there stops a step."""

import http.server
import json
import multiprocessing
import os
import threading

import pytest
from events import require_valid, told
from openlineage.client.event_v2 import Job, JobEvent

from lumbung import lineage
from lumbung.errors import GateFailed, LumbungError
from lumbung.lake.home import Home
from lumbung.lineage.day_file import DayFile, DayFileConfig

WRITERS, EACH, LONG = 4, 25, 200_000


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    for name in ("OPENLINEAGE_URL", "OPENLINEAGE_DISABLED", lineage.PARENT, lineage.ROOT):
        monkeypatch.delenv(name, raising=False)
    return Home(tmp_path / "home")


@pytest.fixture
def server(monkeypatch):
    """A lineage server that takes events, or refuses them all with `refuses`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.server.asked += 1
            if not self.server.refuses:
                self.server.came.append((self.path, event))
            self.send_response(400 if self.server.refuses else 201)
            self.end_headers()

        def log_message(self, *said):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.came, server.asked, server.refuses = [], 0, False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    # The client writes variables of its own beside OPENLINEAGE_URL.
    monkeypatch.setattr("os.environ", dict(os.environ))
    monkeypatch.setenv("OPENLINEAGE_URL", f"http://127.0.0.1:{server.server_port}")
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def run_of(event: dict) -> tuple[str, str, str]:
    return event["job"]["name"], event["eventType"], event["run"]["runId"]


def test_a_step_within_a_step_is_its_child_and_a_retry_the_same_run(home):
    for _ in range(2):
        with lineage.step(home, "run", "run-1"), lineage.step(home, "pin", "run-1"):
            pass
    events = told(home.lineage)
    for event in events:
        require_valid(event)
    assert [(job, state) for job, state, _ in map(run_of, events)] == [
        ("run", "START"), ("pin", "START"), ("pin", "COMPLETE"), ("run", "COMPLETE")] * 2
    assert len({run_of(event) for event in events}) == 4
    parent = events[1]["run"]["facets"]["parent"]
    assert (parent["job"]["name"], parent["run"]["runId"]) == ("run", events[0]["run"]["runId"])
    assert "parent" not in events[0]["run"]["facets"]


def test_the_outermost_step_is_a_child_of_the_run_that_the_environment_names(home, monkeypatch):
    task, dag = "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000002"
    monkeypatch.setenv(lineage.PARENT, f"kantor/warehouse.pin/{task}")
    monkeypatch.setenv(lineage.ROOT, f"kantor/warehouse/{dag}")
    with lineage.step(home, "pin", "airflow-1"):
        pass
    for event in told(home.lineage):
        parent = event["run"]["facets"]["parent"]
        assert (parent["job"]["namespace"], parent["job"]["name"], parent["run"]["runId"]) == (
            "kantor", "warehouse.pin", task)
        assert (parent["root"]["job"]["name"], parent["root"]["run"]["runId"]) == ("warehouse", dag)


@pytest.mark.parametrize(("problem", "said"), [
    (GateFailed("Gate staging stopped the run: 1 critical check failed.\n  nik=3276010101900015"),
     "Gate staging stopped the run: 1 critical check failed."),
    (LumbungError("dbt run failed: could not cast 'Budi'", where="peb/bea-cukai/Budi.csv"), "LumbungError"),
    (ValueError("Budi"), "ValueError"),
    (KeyboardInterrupt(), "KeyboardInterrupt")])
def test_a_step_that_fails_says_so_without_what_stood_in_the_files(home, problem, said):
    with pytest.raises(type(problem)), lineage.step(home, "gate_staging", "run-1"):
        raise problem
    *_, failed = told(home.lineage)
    require_valid(failed)
    assert failed["eventType"] == "FAIL"
    assert failed["run"]["facets"]["errorMessage"]["message"].startswith(said)
    for personal in ("Budi", "3276010101900015"):
        assert personal not in json.dumps(failed)


def write(folder: str, writer: int) -> None:
    file = DayFile(DayFileConfig(folder))
    for number in range(EACH):
        file.emit(JobEvent(eventTime="2026-01-01T00:00:00Z", job=Job("lumbung", f"{writer}-{number}-" + "x" * LONG)))


def test_lines_of_several_processes_are_whole_also_after_one_that_died_within_its_line(tmp_path):
    DayFile(DayFileConfig(str(tmp_path))).emit(JobEvent(eventTime="2026-01-01T00:00:00Z", job=Job("lumbung", "a")))
    [path] = tmp_path.glob("*.jsonl")
    with path.open("a") as file:
        file.write('{"job": {"na')
    writers = [multiprocessing.get_context("fork").Process(target=write, args=(str(tmp_path), n))
               for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    lines = [line for day in sorted(tmp_path.glob("*.jsonl")) for line in day.read_text().splitlines()]
    assert lines.pop(1) == '{"job": {"na'
    names = sorted(json.loads(line)["job"]["name"].rstrip("x") for line in lines)
    assert names == sorted(["a", *(f"{writer}-{n}-" for writer in range(WRITERS) for n in range(EACH))])
    assert path.stat().st_mode & 0o007 == 0


def test_a_configured_server_gets_the_events_and_the_file_none(home, server):
    with lineage.step(home, "pin", "run-1"):
        pass
    assert [(path, event["job"]["name"], event["eventType"]) for path, event in server.came] == [
        ("/api/v1/lineage", "pin", "START"), ("/api/v1/lineage", "pin", "COMPLETE")]
    assert told(home.lineage) == []


def test_what_a_server_refuses_is_in_the_file_and_it_is_asked_once(home, server, caplog):
    server.refuses = True
    done = []
    with lineage.step(home, "run", "run-1"), lineage.step(home, "pin", "run-1"):
        done.append("pin")
    assert done == ["pin"]
    assert [(event["job"]["name"], event["eventType"]) for event in told(home.lineage)] == [
        ("run", "START"), ("pin", "START"), ("pin", "COMPLETE"), ("run", "COMPLETE")]
    assert server.asked == 1
    assert "did not take an event" in caplog.text


@pytest.mark.parametrize("refuses", [False, True])
def test_a_configuration_may_have_both_the_file_and_a_server(home, server, tmp_path, monkeypatch, refuses):
    server.refuses = refuses
    (tmp_path / "openlineage.yml").write_text(json.dumps({"transport": {
        "type": "composite", "continue_on_failure": False, "transports": [
            {"type": "lumbung.lineage.day_file.DayFile", "folder": str(home.lineage)},
            {"type": "http", "url": os.environ["OPENLINEAGE_URL"], "timeout": 2, "retry": {"total": 1}}]}}))
    monkeypatch.delenv("OPENLINEAGE_URL")
    monkeypatch.setenv("OPENLINEAGE_CONFIG", str(tmp_path / "openlineage.yml"))
    with lineage.step(home, "run", "run-1"), lineage.step(home, "pin", "run-1"):
        pass
    # The event that the server refused is kept once more.
    assert [event["job"]["name"] for event in told(home.lineage)] == ["run"] * refuses + ["run", "pin", "pin", "run"]
    assert server.asked == (1 if refuses else 4)


def test_no_room_for_the_file_and_a_fault_in_making_events_are_logged_and_stop_nothing(home, caplog):
    home.root.mkdir()
    home.lineage.write_text("no folder")
    done = []
    with lineage.step(home, "pin", "run-1") as step:
        step.add("of_loads.taken_in", None, None)
        step.within("no_such_module.function")
        lineage.within("of_gates.gated_raw", "batch", None, None)
        done.append("pin")
    assert done == ["pin"]
    assert "is lost" in caplog.text
    assert caplog.text.count("is not complete") == 3


@pytest.mark.parametrize("off", ["environment", "silent"])
def test_nothing_is_told_where_it_is_switched_off(home, monkeypatch, off):
    if off == "environment":
        monkeypatch.setenv("OPENLINEAGE_DISABLED", "true")
        with lineage.step(home, "pin", "run-1"):
            pass
    else:
        with lineage.silent(), lineage.step(home, "pin", "run-1"):
            pass
    assert not home.lineage.exists()
