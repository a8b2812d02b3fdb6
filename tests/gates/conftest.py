"""A home in a temporary folder, and raw batches as intake leaves them."""

from pathlib import Path

import duckdb
import pytest
from clean_staging import CLEAN

from lumbung.contracts import contract_of
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
