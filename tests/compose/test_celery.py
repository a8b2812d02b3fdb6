"""The same way with COMPOSE_PROFILES=celery: tasks run in a worker."""

from itertools import pairwise

import pytest
from delivery import DECLARATIONS, assert_each_taken_in_once, drop, made_up, settled

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def office(new_deployment):
    deployment = new_deployment(COMPOSE_PROFILES="celery")
    deployment.up()
    return deployment


@pytest.fixture(scope="module")
def sent(office, tmp_path_factory):
    return drop(office, made_up(tmp_path_factory.mktemp("made") / "first", rows=600, seed=82), *DECLARATIONS)


def test_scheduler_and_worker_killed_in_the_middle_come_back_and_nothing_is_lost(office, accounts, sent):
    admin = accounts.admin
    office.wait_until("files are being taken in", lambda: len(list(office.inbox.rglob("data-buatan-*"))) < len(sent),
                      every=0.05)
    office.crash("worker")
    office.crash("scheduler")
    office.wait_until("the marts are being built",
                      lambda: admin.tasks(dag="warehouse", task_id="dbt_marts", state="running"), every=0.2)
    assert "is writing to this warehouse" in office.lumbung("run", service="worker", fails=True)

    settled(office, admin, sent)
    assert_each_taken_in_once(office, sent)
    assert admin.tasks(state="failed") == []
    assert admin.tasks(task_id="take_in", try_number=2), "nothing was interrupted"


def test_the_worker_did_the_tasks_and_the_warehouse_had_one_writer_at_a_time(office, accounts, sent):
    settled(office, accounts.admin, sent)
    tasks = [task for task in accounts.admin.tasks() if task["state"] == "success"]
    assert {task["hostname"] for task in tasks} == {office.services()["worker"]["Config"]["Hostname"]}
    writers = sorted((task["start_date"], task["end_date"]) for task in tasks if task["pool"] == "lumbung_writer")
    assert len(writers) >= 8
    assert all(ended <= began for (_, ended), (began, _) in pairwise(writers))


def test_down_and_up_again_finds_everything(office, accounts, sent):
    settled(office, accounts.admin, sent)
    release, loads = office.manifest(), office.data("loads")
    office.down()
    assert office.services() == {}
    office.up()
    assert (office.manifest(), office.data("loads")) == (release, loads)
    assert accounts.viewer.log_in().tasks(dag="warehouse", state="success")


def test_redis_lets_nobody_in_without_its_password(office):
    assert "NOAUTH" in office.exec("redis", "sh", "-c", "redis-cli ping 2>&1 || true")
