"""A container engine and nothing else: `docker compose` starts what offices start. `make test-compose` runs these."""

import os
import signal
from types import SimpleNamespace

import pytest
from airflow_api import Account
from deployment import Deployment


@pytest.fixture(scope="session", autouse=True)
def _tidy_when_ended():
    """Whoever ends the tests before their time gets an engine without their containers all the same."""
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("ended by a signal", returncode=143))


@pytest.fixture(scope="module")
def new_deployment(request, tmp_path_factory):
    """Makes a deployment, none of its services started; it is gone with the module that made it."""
    made = []

    def new(**settings: str) -> Deployment:
        word = request.module.__name__.removeprefix("test_").replace("_", "-")
        project = f"lumbung-{word}-{os.getpid()}"
        deployment = Deployment.new(tmp_path_factory.mktemp("office") / "lumbung", project, **settings)
        made.append(deployment)
        deployment.compose("build", "init")
        return deployment

    yield new
    for deployment in made:
        deployment.remove()


@pytest.fixture(scope="module")
def accounts(office) -> SimpleNamespace:
    """The accounts of the module's office, each logged in: `admin`, `operator`, `viewer`."""
    env = office.env
    return SimpleNamespace(**{name: Account(env["LUMBUNG_URL"], name, env[f"LUMBUNG_{name.upper()}_PASSWORD"]).log_in()
                              for name in ("admin", "operator", "viewer")})
