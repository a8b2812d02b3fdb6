"""A small build database with the tables of a run, and a way to publish it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from lumbung.lake.home import Home
from lumbung.publish import publish

META = {
    "fct_export_item": {"grain": ["document_number", "item_number"], "month": "registered_on"},
    "dim_region": {"grain": ["region_code"]},
    "mart_marker": {"grain": ["release_number"]},
}
LOADS = [{"load_id": "b" * 20, "feed": "peb", "agency": "bea-cukai", "file_name": "peb.csv", "sha256": "1" * 64,
          "contract_version": "1.0.0", "rows_accepted": 900, "batch_id": "x"},
         {"load_id": "a" * 20, "feed": "ska", "agency": "ipska-jabar", "file_name": "ska.csv", "sha256": "2" * 64,
          "contract_version": "1.0.0", "rows_accepted": 30, "batch_id": "y"}]


@dataclass
class Warehouse:
    """A home whose build database the test fills by SQL."""

    home: Home
    dbt_manifest: Path

    def sql(self, statement: str) -> None:
        with duckdb.connect(self.home.build_database) as connection:
            connection.execute(statement)

    def meta(self, meta: dict[str, dict]) -> None:
        """Write dbt's manifest with these models and their meta."""
        self.dbt_manifest.write_text(json.dumps({"nodes": {f"model.lumbung.{name}": {
            "resource_type": "model", "name": name, "alias": name, "schema": "marts", "description": f"About {name}.",
            "patch_path": f"lumbung://models/marts/{name}.yml", "columns": {
                "region_code": {"name": "region_code", "description": "Kemendagri's code"}}, "config": {"meta": one}}
            for name, one in meta.items()}}))

    def more_meta(self, meta: dict[str, dict]) -> None:
        """Add models to dbt's manifest."""
        self.meta({**META, **meta})

    def publish(self, second: int = 0, **more):
        asked = {"pinned": LOADS, "gates": [], "code_version": "0.1.0+abc", "dbt_manifest": self.dbt_manifest,
                 "run_time": datetime(2024, 10, 5, 3, 4, second, tzinfo=UTC), **more}
        return publish(self.home, f"run-{second}", **asked)


FACT = """
    SELECT 'D' || lpad((i // 3)::VARCHAR, 5, '0') AS document_number, (i % 3)::INTEGER AS item_number,
        CASE WHEN i // 3 % 100 = 7 THEN NULL ELSE DATE '2023-01-15' + INTERVAL (i // 3 % 4) MONTH END::DATE
            AS registered_on,
        '32.' || (71 + i % 9) AS region_code, (i * 7.25)::DECIMAL(18,2) AS fob_usd, 1 AS release_number
    FROM (SELECT unnest(range(900)) AS i)"""


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    made = Warehouse(Home(tmp_path / "home").make(), tmp_path / "manifest.json")
    made.meta(META)
    made.sql(f"""
        CREATE SCHEMA marts;
        CREATE SCHEMA seeds;
        CREATE TABLE marts.fct_export_item AS {FACT};
        CREATE TABLE marts.dim_region AS
            SELECT * FROM (VALUES ('32.76', 'Kota Depok'), ('32.73', 'Kota Bandung')) t(region_code, region_name);
        CREATE TABLE marts.mart_marker AS SELECT 1 AS release_number;
        CREATE TABLE seeds.ranking_rules AS
            SELECT 'headline' AS rule_name, 1 AS rule_version, 'peb' AS basis, 100000.00::DECIMAL(18,2) AS floor_usd""")
    return made
