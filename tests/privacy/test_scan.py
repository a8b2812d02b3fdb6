"""No personal data in build or releases, and the scan says so when there are."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from personal_values import personal_values

from lumbung import flow, privacy
from lumbung.lake.home import Home


@pytest.fixture(scope="module")
def sampled(tmp_path_factory) -> Home:
    """A home that made a release of a made-up inbox."""
    root = tmp_path_factory.mktemp("sampled")
    command = Path(sys.executable).with_name("lumbung")
    subprocess.run([command, "sample", "--rows", "900", "--seed", "7", "--out", root], check=True, capture_output=True)
    home = Home(root / "home").make()
    shutil.copytree(root / "inbox", home.inbox, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("LUMBUNG_KEY", raising=False)
        assert flow.run(home).release_id
    return home


def test_no_identifier_of_the_sample_is_in_build_or_releases(sampled):
    values = personal_values(sampled)
    assert len(values) > 100
    texts = set()
    for path in sampled.releases.rglob("*.parquet"):
        for row in duckdb.sql("select * from read_parquet(?)", params=[str(path)]).fetchall():
            texts |= {str(cell) for cell in row if cell is not None}
    for path in [sampled.build_database, *sampled.releases.glob("*/internal/*.duckdb")]:
        with duckdb.connect(str(path), read_only=True) as con:
            for schema, table in con.execute("select schema_name, table_name from duckdb_tables()").fetchall():
                for row in con.execute(f'select * from "{schema}"."{table}"').fetchall():
                    texts |= {str(cell) for cell in row if cell is not None}
    assert not values & texts
    for path in [*sampled.build.rglob("*"), *sampled.releases.rglob("*")]:
        if path.is_file() and path.suffix in (".json", ".html", ".log", ".sql"):
            text = path.read_text(errors="ignore")
            assert not [value for value in values if value in text], path
    assert privacy.scan(sampled) == []


def spoilt(sampled: Home, tmp_path: Path) -> Home:
    shutil.copytree(sampled.root, tmp_path / "spoilt", symlinks=True)
    return Home(tmp_path / "spoilt")


def test_personal_data_let_through_is_found(sampled, tmp_path):
    """What came in a personal column is known wherever it turns up; what came in another is told by its form."""
    home = spoilt(sampled, tmp_path)
    columns = ["npwp", "nib", "nik", "phone", "email", "address", "owner_name"]
    with duckdb.connect(str(home.build_database)) as con:
        for column in columns:
            con.execute(f"create table marts.leak_{column} as select {column} as note from read_parquet(?) "
                        "where note is not null", [str(home.raw / "agency_roster" / "*.parquet")])
            assert con.execute(f"select count(*) from marts.leak_{column}").fetchone()[0]
    texts = ["hubungi 0812-3456-7890", "budi.santoso@contoh.id", "NIK 3276014501900001"]
    folder = next(path for path in home.releases.glob("*/internal/tables") if "current" not in path.parts)
    for i, text in enumerate(texts):
        duckdb.sql(f"copy (select '{text}' as remark_{i}) to '{folder}/leak_{i}.parquet' (format parquet)")
    found = privacy.scan(home)
    known = {(f.place, f.column) for f in found if f.how == "known"}
    assert known == {(f"build/warehouse.duckdb: marts.leak_{column}", "note") for column in columns}
    detected = {(f.column, f.cells) for f in found if f.how == "detected" and f.column.startswith("remark")}
    assert detected == {(f"remark_{i}", 1) for i in range(len(texts))}
    assert not [text for text in texts if text in str(found)]
