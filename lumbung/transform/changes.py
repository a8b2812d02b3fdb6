"""What a run has to build anew, and how it is remembered until a release holds it.

A whole build reads every row. Otherwise only the documents of `control.changed_documents` are judged anew (see
dbt_project/macros/changes), so that a day costs about its own rows. `control.built` says what the marts are made of
and how far they got: `whole` (built from all rows, in no release yet), `settled` (in a release since), `building`.
Only settled marts of the same code are changed; a build that died, or whose release failed, is made up for by a
whole one.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from lumbung.contracts import Contract
from lumbung.contracts.files import contract_files
from lumbung.lake.home import PROJECT, Home
from lumbung.lake.restatements import DOCUMENT_DAYS
from lumbung.transform import pinning
from lumbung.transform.database import opened

DBT_PROJECT = PROJECT / "dbt_project"
SEEDS = PROJECT / "seeds"
# Feeds of millions of rows. Marts of the small ones are built whole each time. As macros/changes/ has it.
BY_DOCUMENT = {"peb": ("replaces_nomor_aju", "fct_export_item"), "ska": ("replaces_number", "fct_certificate_item")}
# What the facts rest on beside documents: a table of control, what it is a copy of, and its columns.
APPLIED = {
    "applied_rates": ("intermediate.int_exchange_rates_daily", {
        "rate_source": "VARCHAR", "currency": "VARCHAR", "day": "DATE", "rate_date": "DATE",
        "usd_numerator": "HUGEINT", "usd_denominator": "HUGEINT", "is_synthetic": "BOOLEAN"}),
    "applied_register": ("intermediate.int_register__exporter_regions", {
        "is_synthetic": "BOOLEAN", "exporter_party_key": "VARCHAR", "region_code": "VARCHAR"}),
    "applied_decisions": ("control.decisions", pinning.DECISIONS)}


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that remember changes, where they are not there yet."""
    connection.execute("CREATE TABLE IF NOT EXISTS control.changed_documents "
                       "(feed VARCHAR, document_key VARCHAR, is_synthetic BOOLEAN)")
    connection.execute("CREATE TABLE IF NOT EXISTS control.built "
                       "(fingerprint VARCHAR, state VARCHAR, release_id VARCHAR)")
    for table, (_, columns) in APPLIED.items():
        shape = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"CREATE TABLE IF NOT EXISTS control.{table} ({shape})")
    if not _can_be_changed(connection):
        forget_marts(connection)


def note(connection: duckdb.DuckDBPyConnection, contract: Contract, load_ids: Iterable[str]) -> None:
    """Remember the documents of these loads, which stand in the feed's native table now and are not to, or are new.

    A document that one of them replaces counts as changed too: the row that said so may be gone when it is asked.
    """
    _note(connection, contract, "load_id IN (SELECT unnest(?))", [list(load_ids)])


def note_months(connection: duckdb.DuckDBPyConnection, contract: Contract, first: str, last: str) -> None:
    """Have the documents dated in the months `first` to `last` (YYYY-MM) be judged and built anew."""
    day = DOCUMENT_DAYS[contract.feed]
    _note(connection, contract, f"{day} >= ?::DATE AND {day} < ?::DATE + INTERVAL 1 MONTH",
          [f"{first}-01", f"{last}-01"])


def forget_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the next build be a whole one."""
    connection.execute("DELETE FROM control.built")


def _note(connection: duckdb.DuckDBPyConnection, contract: Contract, which: str, parameters: list) -> None:
    if contract.feed not in BY_DOCUMENT or not _can_be_changed(connection):
        return
    replaces, _ = BY_DOCUMENT[contract.feed]
    document = contract.document_key[0]
    connection.execute(
        f"INSERT INTO control.changed_documents SELECT DISTINCT '{contract.feed}', document_key, is_synthetic FROM ("
        f"SELECT unnest([{document}, {replaces}]) AS document_key, coalesce(is_synthetic, false) AS is_synthetic "
        f'FROM raw."{contract.feed}" WHERE {which}) WHERE document_key IS NOT NULL', parameters)


def is_whole_build(home: Home) -> bool:
    """Whether the marts have to be built from all rows."""
    with opened(home) as connection:
        return not _can_be_changed(connection)


def begin_marts(home: Home) -> None:
    """Say that the marts are being changed: a build that does not end is made up for by a whole one."""
    with opened(home) as connection:
        connection.execute("UPDATE control.built SET state = 'building'")


def end_marts(home: Home, is_whole: bool) -> None:
    """Say that the marts are done, and what they rest on."""
    with opened(home) as connection:
        connection.begin()
        release_id = _built(connection)[2]
        connection.execute("DELETE FROM control.built")
        connection.execute("INSERT INTO control.built VALUES (?, ?, ?)",
                           [fingerprint(), "whole" if is_whole else "settled", release_id])
        for table, (source, columns) in APPLIED.items():
            connection.execute(f"DELETE FROM control.{table}")
            connection.execute(f"INSERT INTO control.{table} SELECT {', '.join(columns)} FROM {source}")
        connection.commit()


def settle(home: Home, release_id: str | None) -> None:
    """Forget what changed: the release of this id holds it. Without this, it is merely built and written again."""
    with opened(home) as connection:
        connection.begin()
        connection.execute("DELETE FROM control.changed_documents")
        connection.execute("DELETE FROM changed.int_exports__changed_city_months")
        connection.execute("UPDATE control.built SET state = 'settled', release_id = ? WHERE state <> 'building'",
                           [release_id])
        connection.commit()


def changed_months(home: Home, since: str | None) -> dict[str, list[date]] | None:
    """First days of the months in which each big fact may differ from the release `since`; None: nobody knows."""
    with opened(home) as connection:
        if since is None or _built(connection)[2] != since:
            return None
        found = connection.execute(
            "SELECT basis, list(DISTINCT export_month ORDER BY export_month) "
            "FROM changed.int_exports__changed_city_months GROUP BY basis").fetchall()
    months = dict(found)
    return {fact: months.get(feed, []) for feed, (_, fact) in BY_DOCUMENT.items()}


def fingerprint() -> str:
    """Of all that marts are made from beside the loads: the dbt project, the seeds, the contracts."""
    return _of_files([*_project_files(), *contract_files()])


def project_fingerprint() -> str:
    """Of all that dbt reads."""
    return _of_files(_project_files())


def staging_fingerprint() -> str:
    """Of all that seeds and staging views are made from."""
    return _of_files([*DBT_PROJECT.glob("*.yml"), *(DBT_PROJECT / "macros").rglob("*.sql"),
                      *(DBT_PROJECT / "models" / "staging").rglob("*.*"), *SEEDS.glob("*.csv"), *contract_files()])


def _project_files() -> list[Path]:
    return [*DBT_PROJECT.glob("*.yml"), *(DBT_PROJECT / "macros").rglob("*.sql"),
            *(DBT_PROJECT / "models").rglob("*.*"), *SEEDS.glob("*.csv")]


def _of_files(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _can_be_changed(connection: duckdb.DuckDBPyConnection) -> bool:
    return _built(connection)[:2] == (fingerprint(), "settled")


def _built(connection: duckdb.DuckDBPyConnection) -> tuple[str | None, str | None, str | None]:
    found = connection.execute("SELECT fingerprint, state, release_id FROM control.built").fetchall()
    return found[0] if found else (None, None, None)
