"""The whole way of an office on one machine, in the order of its life. Tasks run in the scheduler."""

import pytest
from airflow_api import Account
from delivery import DECLARATIONS, SAMPLES, assert_each_taken_in_once, drop, made_up, settled
from planted import found_in_image, found_in_logs, found_in_texts, found_in_volumes

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def office(new_deployment):
    deployment = new_deployment()
    deployment.up()
    return deployment


@pytest.fixture(scope="module")
def samples(office):
    return drop(office, SAMPLES)


def test_dropped_samples_become_a_release_and_its_ranking(office, accounts, samples):
    settled(office, accounts.admin, samples)
    assert accounts.admin.tasks(state="failed") == []
    assert_each_taken_in_once(office, samples)
    assert list(office.inbox.rglob("data-buatan-*")) == []
    ranking = office.data("rank", "--province", "32", "--year", "2024", "--through", "2024-09", "--basis", "ska")
    first = {name: ranking[0][name] for name in ("rank", "region_code", "base_usd", "current_usd", "growth_pct")}
    assert first == {"rank": 1, "region_code": "32.76", "base_usd": 241239.59, "current_usd": 326214.16,
                     "growth_pct": 35.22}


def test_nobody_is_let_in_with_a_wrong_password(office, accounts):
    stranger = Account(accounts.admin.url, "admin", "admin")
    assert stranger.refused("POST", "/auth/token", {"username": "admin", "password": "admin"}) == 401
    assert stranger.refused("GET", "/api/v2/dags") == 401


def test_a_viewer_reads_and_changes_nothing(accounts):
    viewer = accounts.viewer
    assert "warehouse" in {dag["dag_id"] for dag in viewer.get("/api/v2/dags")["dags"]}
    assert viewer.tasks(dag="warehouse", state="success")
    run = {"logical_date": None}
    assert viewer.refused("POST", "/api/v2/dags/feed_freshness/dagRuns", run) == 403
    assert viewer.refused("PATCH", "/api/v2/dags/warehouse", {"is_paused": True}) == 403
    assert viewer.refused("POST", "/api/v2/pools", {"name": "mine", "slots": 1}) == 403
    assert viewer.refused("GET", "/auth/fab/v1/users") == 403


def test_an_operator_runs_dags_and_makes_no_accounts(office, accounts):
    operator = accounts.operator
    run = operator.post("/api/v2/dags/feed_freshness/dagRuns", {"logical_date": None})
    assert run["triggering_user_name"] == "operator"
    assert operator.refused("GET", "/auth/fab/v1/users") == 403
    office.wait_until("the operator's run has succeeded", lambda: operator.get(
        f"/api/v2/dags/feed_freshness/dagRuns/{run['dag_run_id']}")["state"] == "success")


def test_an_admin_manages_accounts_and_pools(accounts):
    admin = accounts.admin
    assert {user["username"] for user in admin.get("/auth/fab/v1/users")["users"]} == {"admin", "operator", "viewer"}
    assert admin.get("/api/v2/pools/lumbung_writer")["slots"] == 1
    admin.post("/api/v2/pools", {"name": "mine", "slots": 1})
    admin.delete("/api/v2/pools/mine")


def test_postgres_takes_passwords_by_scram_only_and_airflow_owns_its_database_alone(office):
    def psql(role: str, password: str, database: str, query: str, fails: bool = False) -> str:
        return office.exec("postgres", "sh", "-c", f'PGPASSWORD={password} psql -XAtw -h 127.0.0.1 -U {role} '
                           f'-d {database} -c "{query}"', fails=fails).strip()

    assert psql("postgres", "$POSTGRES_PASSWORD", "postgres",
                "select distinct auth_method from pg_hba_file_rules") == "scram-sha-256"
    assert psql("postgres", "$POSTGRES_PASSWORD", "postgres", "select rolname from pg_authid "
                "where rolcanlogin and rolpassword not like 'SCRAM-SHA-256%'") == ""
    assert psql("postgres", "$POSTGRES_PASSWORD", "postgres", "select rolsuper or rolcreatedb or rolcreaterole or "
                "rolreplication or rolbypassrls from pg_roles where rolname = 'airflow'") == "f"
    assert "denied" in psql("airflow", "$AIRFLOW_DB_PASSWORD", "airflow", "create database mine", fails=True)
    assert "denied" in psql("airflow", "$AIRFLOW_DB_PASSWORD", "airflow", "create role mine", fails=True)
    assert "denied" in psql("airflow", "$AIRFLOW_DB_PASSWORD", "postgres", "select 1", fails=True)
    assert "authentication failed" in psql("airflow", "airflow", "airflow", "select 1", fails=True)


def test_containers_are_closed_in(office):
    services = office.services()
    assert len(services) == 7
    bound = {name: one["HostConfig"]["PortBindings"] for name, one in services.items()}
    assert {name: ports for name, ports in bound.items() if ports} == {
        "api-server": {"8080/tcp": [{"HostIp": "127.0.0.1", "HostPort": office.env["LUMBUNG_PORT"]}]}}
    for name, one in services.items():
        host = one["HostConfig"]
        assert (name, host["ReadonlyRootfs"], host["Privileged"]) == (name, True, False)
        assert (name, host["SecurityOpt"]) == (name, ["no-new-privileges:true"])
        assert host["Memory"] > 0, name
        assert set(host["LogConfig"]["Config"]) == {"max-size", "max-file"}, name
        if name not in ("check", "init"):
            assert host["RestartPolicy"]["Name"] == "unless-stopped", name
            assert office.exec(name, "sh", "-c", "awk '/^Uid:/ {print $2}' /proc/1/status").strip() != "0", name


def test_only_what_touches_rows_has_their_key(office):
    having = {name for name, one in office.services().items()
              if any(said.startswith("LUMBUNG_KEY=") for said in one["Config"]["Env"])}
    assert having == {"check", "init", "scheduler"}


def test_no_secret_lies_in_image_log_volume_database_or_what_airflow_shows(office, accounts, samples):
    secrets = office.secrets
    assert len(secrets) == 10
    assert found_in_image(office, secrets) == []
    assert found_in_logs(office, secrets) == []
    assert found_in_volumes(office, secrets) == []
    admin = accounts.admin
    dags = [dag["dag_id"] for dag in admin.get("/api/v2/dags")["dags"]]
    shown = {f"code of {dag}": str(admin.get(f"/api/v2/dagSources/{dag}")) for dag in dags}
    assert "flow" in shown["code of warehouse"] or "pin" in shown["code of warehouse"]
    shown["database"] = office.exec("postgres", "sh", "-c", "PGPASSWORD=$AIRFLOW_DB_PASSWORD "
                                    "pg_dump -h 127.0.0.1 -U airflow airflow")
    assert found_in_texts(shown, secrets) == []


def test_a_scheduler_killed_in_the_middle_comes_back_and_nothing_is_lost(
        office, accounts, samples, tmp_path_factory):
    admin = accounts.admin
    settled(office, admin, samples)
    before = office.manifest()["release_id"]
    second = drop(office, made_up(tmp_path_factory.mktemp("made") / "second", rows=900, seed=81), *DECLARATIONS)

    office.wait_until("files of the second load are being taken in",
                      lambda: len(list(office.inbox.rglob("data-buatan-*"))) < len(second), every=0.05)
    office.crash("scheduler")

    office.wait_until("the marts are being built", lambda: admin.tasks(
        dag="warehouse", task_id="dbt_marts", state="running"), every=0.2)
    office.crash("scheduler")

    settled(office, admin, [*samples, *second])
    assert office.manifest()["release_id"] != before
    assert_each_taken_in_once(office, [*samples, *second])
    assert admin.tasks(state="failed") == []
    assert {task["task_id"] for task in admin.tasks(try_number=2)} >= {"take_in", "dbt_marts"}   # interrupted
    # Made once more from the files as received, undisturbed: it is the same to the byte.
    office.lumbung("rebuild")


def test_down_and_up_again_with_another_image_finds_everything(office, accounts):
    release = office.manifest()
    ranking = ("rank", "--province", "32", "--year", "2024", "--basis", "peb")
    loads, ranked = office.data("loads"), office.data(*ranking)
    office.down()
    assert office.services() == {}
    office.docker("tag", f"lumbung:{office.project}", f"lumbung:{office.project}-next")
    office.set(LUMBUNG_VERSION=f"{office.project}-next")
    office.up()
    assert office.services()["scheduler"]["Config"]["Image"].endswith("-next")
    assert office.manifest() == release
    assert (office.data("loads"), office.data(*ranking)) == (loads, ranked)
    for account in vars(accounts).values():
        assert account.log_in().tasks(dag="warehouse", state="success")
