"""Which lists of a release are published: of each province the last one by the headline in force, where facts add up
to it."""

from pathlib import Path
from typing import Protocol

import duckdb

from lumbung.report import is_explained

Key = tuple[str, bool, str]


class Release(Protocol):
    """What disclosure control needs of a release."""

    id: str
    path: Path
    manifest: dict

    def connect(self) -> duckdb.DuckDBPyConnection: ...


def lists_left_out(release: Release) -> list[tuple[Key, str]]:
    """Lists that would be published if the facts added up to them, each with its rule.

    A headline by other rates, another measure or place is ranked for insiders; who stands behind its figures nobody
    knows to the cent, so that nothing can be said on whom it gives away.
    """
    with release.connect() as connection:
        if not make_last_lists(release, connection):
            return []
        return [((basis, is_synthetic, province), f"{name} v{version}") for basis, is_synthetic, province, name, version
                in connection.execute("SELECT basis, is_synthetic, province_code, rule_name, rule_version "
                                      "FROM last_headline ANTI JOIN last_list USING "
                                      "(basis, is_synthetic, province_code) ORDER BY ALL").fetchall()]


def make_last_lists(release: Release, connection: duckdb.DuckDBPyConnection) -> bool:
    """Make `last_headline`, of each province the last list by the headline in force that compares a month, and
    `last_list`, those of them that may be published. False where the release has not the marts for it."""
    tables = {name for (name,) in connection.execute("SELECT DISTINCT table_name FROM duckdb_tables()").fetchall()}
    if not {"mart_growth_contribution", "mart_city_ranking"} <= tables:
        return False
    rules = release.manifest["rules"]
    headlines = [(rule["rule_name"], rule["rule_version"], rule["basis"], is_explained(rules, rule))
                 for rule in rules if rule["is_headline"]]
    connection.execute("CREATE TEMP TABLE headlines (rule_name VARCHAR, rule_version INTEGER, basis VARCHAR, "
                       "is_explained BOOLEAN)")
    if headlines:
        connection.executemany("INSERT INTO headlines VALUES (?, ?, ?, ?)", headlines)
    connection.execute("""
        CREATE TEMP TABLE last_headline AS
        SELECT DISTINCT rule_name, rule_version, basis, is_synthetic, province_code, year, through_month, is_explained
        FROM mart_city_ranking JOIN headlines USING (rule_name, rule_version, basis)
        WHERE is_in_force AND months_used <> ''
        QUALIFY through_month = max(through_month) OVER (PARTITION BY basis, is_synthetic, province_code)""")
    connection.execute("CREATE TEMP TABLE last_list AS FROM last_headline WHERE is_explained")
    return True
