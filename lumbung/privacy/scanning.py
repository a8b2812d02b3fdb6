"""Looks for personal data where none may be: the build database, the releases, what the lake keeps of gates."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from lumbung.contracts import contracts
from lumbung.lake.home import Home
from lumbung.privacy.masking import SUSPICIOUS, detected

SHORTEST = 6


@dataclass(frozen=True)
class Finding:
    """`cells` distinct texts of a column hold personal data; `how` is `known` (it came in a personal column) or
    `detected` (it looks like it)."""

    place: str
    column: str
    kind: str
    cells: int
    how: str

    def as_dict(self) -> dict:
        return asdict(self)


def scan(home: Home) -> list[Finding]:
    """Personal data in build, releases and what is kept of gates: texts that came in a personal column of any feed, and
    what lokal-id detects. Values themselves are not given. Reads the build database, so nothing may be writing to it.
    """
    with duckdb.connect() as con:
        _learn(con, home)
        found = [finding for place, source in _tables(con, home) for finding in _columns(con, place, source)]
    return found


def _learn(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Make the table `known` (kind, text): what ever came in a personal column, accepted or quarantined."""
    con.execute("create temp table known (kind varchar, said varchar)")
    for feed, contract in contracts().items():
        personal = [c.name for c in contract.columns if c.classification == "personal"]
        if raw := _parquet(home.raw / feed):
            rows = f"read_parquet({raw}, union_by_name = true)"
            there = {row[0] for row in con.execute(f"describe select * from {rows}").fetchall()}
            for name in (name for name in personal if name in there):
                con.execute(f"insert into known select distinct '{name}', {_folded(name)} from {rows}")
        if (bad := _parquet(home.quarantine / feed)) and personal:
            wanted = ", ".join(f"'{name}'" for name in personal)
            con.execute(f"insert into known select distinct column_name, {_folded('raw_value')} "
                        f"from read_parquet({bad}, union_by_name = true) where column_name in ({wanted})")
    con.execute(f"""create or replace temp table known as select distinct kind, said from known
        where length(said) >= {SHORTEST} and said not in (
            select said from (select unnest({_allowed()}) as said))""")


def _allowed() -> list[str]:
    """Texts that are lawful outside though they may stand in a personal column: the words of code lists."""
    return sorted({_fold(value) for contract in contracts().values() for c in contract.columns
                   for value in c.allowed} | {""})


def _columns(con: duckdb.DuckDBPyConnection, place: str, source: str) -> Iterator[Finding]:
    for name, kind, *_ in con.execute(f"describe select * from {source}").fetchall():
        if kind not in ("VARCHAR", "JSON") and not kind.endswith("[]"):
            continue
        column = '"' + name.replace('"', '""') + '"'
        con.execute(f"create or replace temp table texts as select distinct {column}::varchar as text from {source} "
                    f"where length({column}::varchar) >= {SHORTEST}")
        for personal, cells in con.execute(
                f"select kind, count(distinct text) from texts join known on said = {_folded('text')} "
                "group by kind order by kind").fetchall():
            yield Finding(place, name, personal, cells, "known")
        kinds: dict[str, int] = {}
        # Pseudonyms and hashes are no texts.
        odd = con.execute("select text from texts where not regexp_matches(text, '^p[0-9]+_[a-z2-7]{22}$') "
                          "and regexp_matches(text, ?)", [SUSPICIOUS]).fetchall()
        for (text,) in odd:
            for sort in {match.type for match in detected(text)}:
                kinds[sort] = kinds.get(sort, 0) + 1
        for sort, cells in sorted(kinds.items()):
            yield Finding(place, name, sort, cells, "detected")


def _tables(con: duckdb.DuckDBPyConnection, home: Home) -> Iterator[tuple[str, str]]:
    """(place, SQL source) of every table of the build database and of every file of every release."""
    databases = [home.build_database, *sorted(home.releases.glob("*/internal/*.duckdb"))]
    for number, path in enumerate(p for p in databases if p.is_file() and not _is_link(home, p)):
        con.execute(f"attach '{_quoted(path)}' as db{number} (read_only)")
        for schema, table in con.execute(
                "select schema_name, table_name from duckdb_tables() where database_name = ? order by all",
                [f"db{number}"]).fetchall():
            yield f"{path.relative_to(home.root)}: {schema}.{table}", f'db{number}."{schema}"."{table}"'
        con.execute(f"detach db{number}")
    for path in sorted(home.releases.rglob("*.parquet")):
        if not _is_link(home, path):
            yield str(path.relative_to(home.root)), f"read_parquet('{_quoted(path)}')"
    # A sheet is named as in the lake's own rows; of a key each value is a text of its own.
    keys = "* exclude (sheet, row_key), unnest(json_extract_string(row_key, '$.*')) as row_key"
    for kind, columns in (("failures", keys), ("results", "*")):
        if files := _parquet(home.quality / kind, "*/*/*.parquet"):
            yield str((home.quality / kind).relative_to(home.root)), f"(select {columns} from read_parquet({files}))"


def _is_link(home: Home, path: Path) -> bool:
    return home.releases / "current" in path.parents


def _parquet(folder: Path, pattern: str = "*.parquet") -> str:
    files = sorted(p for p in folder.glob(pattern) if not p.name.startswith("."))
    return "[" + ", ".join(f"'{_quoted(p)}'" for p in files) + "]" if files else ""


def _folded(name: str) -> str:
    """Numbers by their digits, words in capitals without signs: how a text is compared."""
    words = f"regexp_replace(upper({name}::varchar), '[^\\p{{L}}\\p{{N}}]+', '', 'g')"
    return f"coalesce({words}, '')"


def _fold(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

