"""Nothing starts with a secret that is not set, still the example's, or somebody else's."""

import base64
import re
import subprocess
import sys

import pytest

from lumbung.lake.home import PROJECT

EXAMPLE = PROJECT / ".env.example"
# As docker-compose.yml calls them in the container.
IN_CONTAINER = {
    "AIRFLOW_DB_PASSWORD": "PGPASSWORD",
    "LUMBUNG_FERNET_KEY": "AIRFLOW__CORE__FERNET_KEY",
    "LUMBUNG_API_SECRET": "AIRFLOW__API__SECRET_KEY",
    "LUMBUNG_JWT_SECRET": "AIRFLOW__API_AUTH__JWT_SECRET",
}


def read(path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))


SECRETS = sorted(name for name, value in read(EXAMPLE).items() if value == "change-me")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """What deploy/make-env.sh makes, in a folder where nothing is yet."""
    folder = tmp_path_factory.mktemp("office")
    subprocess.run(["sh", PROJECT / "deploy" / "make-env.sh"], cwd=folder, check=True, capture_output=True)
    return folder / ".env"


def start(made, tmp_path, **changed: str) -> subprocess.CompletedProcess:
    """`init` with the secrets of .env, some of them changed; Airflow's own command is not to be found."""
    values = read(made) | changed
    environment = {IN_CONTAINER.get(name, name): value for name, value in values.items()}
    return subprocess.run([sys.executable, "-m", "lumbung.deployment"], check=False, capture_output=True, text=True,
                          cwd=PROJECT, env=environment | {
                              "PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT), "LUMBUNG_HOME": str(tmp_path)})


def test_every_secret_is_random_and_nobody_else_reads_them(made):
    values = [read(made)[name] for name in SECRETS]
    assert len(set(values)) == len(SECRETS) >= 10
    assert all(len(value) >= 32 and "change-me" not in value for value in values)
    assert len(base64.urlsafe_b64decode(read(made)["LUMBUNG_FERNET_KEY"])) == 32
    assert made.stat().st_mode & 0o777 == 0o600
    assert read(made).keys() == read(EXAMPLE).keys()
    assert (made.parent / read(made)["LUMBUNG_INBOX"]).is_dir()


def test_an_env_that_is_there_is_not_made_again(made):
    before = made.read_bytes()
    script = ["sh", PROJECT / "deploy" / "make-env.sh"]
    again = subprocess.run(script, cwd=made.parent, check=False, capture_output=True)
    assert again.returncode == 2
    assert made.read_bytes() == before


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(("value", "said"), [("", "is not set"), ("change-me", "is still the example's")])
def test_start_names_the_secret_that_is_missing(made, tmp_path, name, value, said):
    if not value and name in ("LUMBUNG_OPERATOR_PASSWORD", "LUMBUNG_VIEWER_PASSWORD"):
        said = ""                                       # no such account: nothing to complain of
    started = start(made, tmp_path, COMPOSE_PROFILES="celery", **{name: value})
    assert (f"{name} {said}" in started.stderr) == bool(said)
    assert started.returncode == 1 if said else "Nothing starts" not in started.stderr
    assert not any(read(made)[secret] in started.stderr for secret in SECRETS)


@pytest.mark.parametrize(("changed", "said"), [
    ({"LUMBUNG_JWT_SECRET": "short"}, "LUMBUNG_JWT_SECRET has 5 characters"),
    ({"LUMBUNG_FERNET_KEY": "f" * 44}, "LUMBUNG_FERNET_KEY is not 32 bytes"),
    ({"LUMBUNG_FERNET_KEY": f"{base64.urlsafe_b64encode(bytes(32)).decode()},old"}, "LUMBUNG_FERNET_KEY is not"),
    ({"REDIS_PASSWORD": "with space and :@/", "COMPOSE_PROFILES": "celery"}, "REDIS_PASSWORD may hold letters"),
    ({"LUMBUNG_VIEWER_PASSWORD": "the same for both", "LUMBUNG_ADMIN_PASSWORD": "the same for both"},
     "LUMBUNG_VIEWER_PASSWORD is the same as LUMBUNG_ADMIN_PASSWORD"),
    ({"LUMBUNG_KEY": "sixteen but few..."}, "32 is the least"),
])
def test_start_says_what_is_wrong_with_a_secret(made, tmp_path, changed, said):
    started = start(made, tmp_path, **changed)
    assert said in started.stderr
    assert started.returncode == 1


def test_without_celery_no_password_of_redis_is_asked_for(made, tmp_path):
    assert "REDIS_PASSWORD" not in start(made, tmp_path, REDIS_PASSWORD="").stderr
