"""The keys of rows that failed in gates, of rows that are erased: they go from the lake and from gate results."""

import json
from pathlib import Path

import duckdb

from lumbung.lake.durable import sync_folder, write_text, written_aside
from lumbung.lake.home import Home
from lumbung.privacy.lake_rows import WRITTEN_AS, Batch
from lumbung.privacy.person import GONE, Person


def clean(home: Home, person: Person, batches: list[Batch], dry_run: bool) -> int:
    """Take out every failing row that names an erased one; gives how many. Done before the rows themselves go.

    A row is named by its load and number (build masks names of sheets, so these don't tell), else by its document or by
    the pseudonym of a party in it: what failed for such a document or party as a whole goes too.
    """
    with duckdb.connect() as con:
        con.execute("create temp table gone (load_id varchar, row_number bigint)")
        con.execute("create temp table named (said varchar)")
        for batch in batches:
            if batch.rows:
                con.executemany("insert into gone values (?, ?)", sorted(batch.rows))
            if named := batch.party_keys | batch.documents:
                con.executemany("insert into named values (?)", [(one,) for one in sorted(named)])
        found = sum(_file(con, person, path, dry_run)
                    for path in sorted((home.quality / "failures").glob("*/*/*.parquet"))
                    if not path.name.startswith("."))
        if not dry_run:
            for path in sorted(home.build.glob("**/gates/**/*.json")):
                _result(con, path)
    return found


def _file(con: duckdb.DuckDBPyConnection, person: Person, path: Path, dry_run: bool) -> int:
    con.execute(f"""create or replace temp table failing as
        select rows.*, coalesce(case when load_id is not null and row_number is not null
            then (load_id, row_number) in (select (load_id, row_number) from gone)
            else list_has_any(json_extract_string(row_key, '$.*'), (select list(said) from named)) end, false)
            as goes from read_parquet('{_quoted(path)}') as rows""")
    gone, named, kept = con.execute(
        "select count(*) filter (goes), count(*) filter (regexp_matches(sheet, ?)), count(*) filter (not goes) "
        "from failing", [person.sql]).fetchone()
    if dry_run or not (gone or named):
        return gone
    if kept:
        with written_aside(path) as aside:
            con.execute(f"copy (select * exclude goes replace (regexp_replace(sheet, '{_quoted(person.sql)}', '{GONE}',"
                        f" 'g') as sheet) from failing where not goes) to '{_quoted(aside)}' ({WRITTEN_AS})")
    else:
        path.unlink()
        sync_folder(path.parent)
    return gone


def _result(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Take the first keys that a gate's result tells people out of it, where they name an erased row."""
    told = json.loads(path.read_text(encoding="utf-8"))
    texts = {said for (said,) in con.execute("select said from named").fetchall()}
    rows = set(con.execute("select load_id, row_number::varchar from gone").fetchall())
    changed = False
    for check in told.get("checks", []):
        kept = [key for key in check["unexpected_keys"] if not (
            any((load_id, key["row_number"]) in rows for load_id in check["load_ids"]) if "row_number" in key
            else texts & set(key.values()))]
        changed |= len(kept) < len(check["unexpected_keys"])
        check["unexpected_keys"] = kept
    if changed:
        write_text(path, json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def _quoted(text: object) -> str:
    return str(text).replace("'", "''")
