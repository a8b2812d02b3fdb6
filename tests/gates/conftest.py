"""A home in a temporary folder, raw batches as intake leaves them, and clean marts to spoil."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from clean_marts import make_marts
from clean_staging import CLEAN

from lumbung.contracts import contract_of
from lumbung.gates import check
from lumbung.gates.checks import EXPECTATIONS
from lumbung.lake.home import Home


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home").make()


@pytest.fixture
def batch(tmp_path):
    """Write a profile and a raw Parquet of PEB loads; by default two clean loads of two rows each."""

    def write(profile_fault: str = "", rows_fault: str = "") -> tuple[Path, Path]:
        profile, raw = tmp_path / "profile.parquet", tmp_path / "raw.parquet"
        with duckdb.connect() as connection:
            connection.execute("""
                create table profile as select load_id, 'peb' as feed, 'bea-cukai' as agency,
                    load_id || '.csv' as file_name, 3 as rows_read, 1 as rows_skipped, 2 as rows_accepted,
                    0 as rows_quarantined, 0.0::double as reject_pct, 0 as duplicate_key_rows,
                    4 as physical_rows, 1 as header_rows
                from (values ('load-a'), ('load-b')) as t (load_id)""")
            columns = ", ".join(f"{CLEAN['stg_peb__items'].get(c.name, 'null')}::{c.duckdb_type} as {c.name}"
                                for c in contract_of("peb").columns)
            connection.execute(f"""
                create table rows as select {columns}, load_id, '' as sheet, n::bigint as row_number, 0 as piece
                from (values ('load-a'), ('load-b')) as t (load_id), range(1, 3) as r (n)""")
            connection.execute(profile_fault or "select 1")
            connection.execute(rows_fault or "select 1")
            connection.execute(f"copy profile to '{profile}' (format parquet)")
            connection.execute(f"copy rows to '{raw}' (format parquet)")
        return profile, raw

    return write


@pytest.fixture(scope="session")
def clean_marts_database(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("marts") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        make_marts(connection)
    return path


@pytest.fixture
def marts_gate(clean_marts_database, tmp_path):
    """Spoil the clean marts and run gate marts: all suites, or one table's, or one expectation of it."""

    def run(fault: str = "", table: str = "", only: str = ""):
        home = Home(tmp_path / "home").make()
        shutil.copy(clean_marts_database, home.build_database)
        with duckdb.connect(str(home.build_database)) as connection:
            connection.execute(fault or "select 1")
        folder = EXPECTATIONS
        if table:
            suite = json.loads((EXPECTATIONS / "marts" / f"{table}.json").read_text())
            chosen = [e for e in suite["expectations"] if only in ("", e["meta"]["name"])]
            folder = tmp_path / "expectations"
            (folder / "marts").mkdir(parents=True, exist_ok=True)
            (folder / "marts" / f"{table}.json").write_text(json.dumps({**suite, "expectations": chosen}))
        return check(home, "run-1", "marts", expectations=folder)

    return run
