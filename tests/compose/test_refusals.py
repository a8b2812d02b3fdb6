"""What does not start, and says why."""

import shutil

import pytest

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def office(new_deployment):
    return new_deployment()


@pytest.fixture(autouse=True)
def _own_env(office):
    kept = (office.folder / ".env").read_text()
    yield
    (office.folder / ".env").write_text(kept)


def test_a_secret_that_is_missing(office):
    office.set(AIRFLOW_DB_PASSWORD="")
    said = office.compose("up", "--detach", fails=True)
    assert "AIRFLOW_DB_PASSWORD" in said
    assert "is not set, run sh deploy/make-env.sh" in said
    assert office.services() == {}


def test_the_secrets_of_the_example_start_nothing_and_stay_nowhere(office):
    ours = (office.folder / ".env").read_text()
    shutil.copy(office.folder / ".env.example", office.folder / ".env")
    office.set(LUMBUNG_VERSION=office.project)
    office.compose("up", "--detach", fails=True)
    assert "LUMBUNG_KEY is still the example's" in office.compose("logs", "--no-color")
    assert "running" not in {one["State"]["Status"] for one in office.services().values()}
    # Whoever mends it then has no database that knows the example's password.
    (office.folder / ".env").write_text(ours)
    office.compose("up", "--detach", "init")
    office.wait_until("what is done once is done", lambda: office.services()["init"]["State"]["Status"] == "exited")
    assert office.services()["init"]["State"]["ExitCode"] == 0, office.last_lines()
